//! Numbers at which a person can be reached, besides those of their lines (CUS-06).

use crate::{Store, StoreError, store::Transaction};
use vocabulary::{E164, LoginId};

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// A mobile telephone, which takes text messages.
    Mobile,
    /// At home.
    Home,
    /// Anything else, such as abroad.
    Other,
}

impl NumberKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Mobile, Self::Home, Self::Other];

    /// The word that is kept of it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mobile => "mobile",
            Self::Home => "home",
            Self::Other => "other",
        }
    }
}

impl Transaction {
    /// Puts a number in the place of the one before; none leaves the place empty.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_number(&self, login: LoginId, kind: NumberKind, number: Option<E164>) -> Result<(), StoreError> {
        let sql = "DELETE FROM login_number WHERE login_id = $1 AND kind = $2";
        self.execute("forget a number", sql, vec![login.0.into(), kind.as_str().into()]).await?;
        let Some(number) = number else { return Ok(()) };
        let sql = "INSERT INTO login_number (login_id, kind, number) VALUES ($1, $2, $3)";
        let values = vec![login.0.into(), kind.as_str().into(), number.to_string().into()];
        self.execute("write a number", sql, values).await.map(|_| ())
    }
}

impl Store {
    /// The numbers of a login, by kind.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn login_numbers(&self, login: LoginId) -> Result<Vec<(NumberKind, E164)>, StoreError> {
        let sql = "SELECT kind, number FROM login_number WHERE login_id = $1";
        let rows = self.rows("list numbers", sql, vec![login.0.into()]).await?;
        let mut numbers = Vec::new();
        for row in &rows {
            let (kind, number): (String, String) = (row.get("kind")?, row.get("number")?);
            let corrupt = |column, value: &str| StoreError::Corrupt { column, value: value.to_owned() };
            let known = NumberKind::ALL.into_iter().find(|known| known.as_str() == kind);
            let parsed = number.parse().map_err(|_| corrupt("number", &number))?;
            numbers.push((known.ok_or_else(|| corrupt("kind", &kind))?, parsed));
        }
        Ok(numbers)
    }
}
