//! Tries to sign in, counted by subject: whom somebody wants to be, and from where.

use crate::{Store, StoreError};
use vocabulary::Timestamp;

/// How many tries of a subject failed since one that did not, and when the latest was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    /// How many.
    pub failures: i32,
    /// The latest.
    pub latest: Timestamp,
}

/// Tries of so long ago are forgotten, in seconds.
const FORGOTTEN_AFTER_S: i64 = 86_400;

impl Store {
    /// Counts one more try of these subjects as failed, unless one of them has to wait: then nothing is counted, and that is until when.
    /// Tries at the same time are counted one after the other, so that none slips through.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_try(
        &self,
        subjects: &[String],
        now: Timestamp,
        mut waiting: impl FnMut(usize, Tries) -> Option<Timestamp>,
    ) -> Result<Option<Timestamp>, StoreError> {
        let transaction = self.begin().await?;
        let old = now.plus_seconds(-FORGOTTEN_AFTER_S);
        transaction.execute("forget tries", "DELETE FROM sign_in_try WHERE latest < $1", vec![old.into()]).await?;
        let mut until = None;
        for (index, subject) in subjects.iter().enumerate() {
            // Written as it is, so that others wait for it.
            let sql = "INSERT INTO sign_in_try (subject, failures, latest) VALUES ($1, 0, $2) \
                       ON CONFLICT (subject) DO UPDATE SET failures = sign_in_try.failures RETURNING failures, latest";
            let rows = transaction.rows("look for tries", sql, vec![subject.as_str().into(), now.into()]).await?;
            for row in rows {
                let tries = Tries { failures: row.get("failures")?, latest: row.instant("latest")? };
                until = until.max(waiting(index, tries));
            }
        }
        if until.is_some() {
            return Ok(until);
        }
        for subject in subjects {
            let sql = "UPDATE sign_in_try SET failures = failures + 1, latest = $2 WHERE subject = $1";
            transaction.execute("count a try", sql, vec![subject.as_str().into(), now.into()]).await?;
        }
        transaction.commit().await?;
        Ok(None)
    }

    /// A try did not fail: `forgotten` begins anew, `others` get this one back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn try_succeeded(&self, forgotten: &str, others: &[String]) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        transaction.execute("forget tries", "DELETE FROM sign_in_try WHERE subject = $1", vec![forgotten.into()]).await?;
        for subject in others {
            let sql = "UPDATE sign_in_try SET failures = failures - 1 WHERE subject = $1 AND failures > 0";
            transaction.execute("give a try back", sql, vec![subject.as_str().into()]).await?;
        }
        transaction.commit().await
    }
}
