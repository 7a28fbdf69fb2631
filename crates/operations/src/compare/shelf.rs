//! Calculations that go on in the background, and their results for a while: in memory, one a person.

use super::{OnProgress, desk::Asker};
use crate::{OperationError, Scope, rate_again::RateAgainError};
use std::{
    collections::HashMap,
    error::Error,
    ops::ControlFlow,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};
use store::CustomerName;
use tokio::sync::Semaphore;
use vocabulary::{LoginId, Timestamp};

/// How many calculations of a sort are kept, whether they go on or are done.
pub const MOST_JOBS: usize = 32;
/// How long a result is kept from its beginning on, in seconds: an hour to look at it.
const KEPT_S: i64 = 3_600;

/// Logs a fault once and answers the reference under which it is found again.
pub type OnFault = fn(&(dyn Error + 'static)) -> String;

/// How far a calculation is.
#[derive(Debug)]
pub enum Standing<T> {
    /// It waits for another to end, or looks for its lines.
    Waiting,
    /// It goes on.
    Running {
        /// Lines that are done.
        done: u64,
        /// Lines that are meant.
        meant: u64,
    },
    /// Somebody stopped it.
    Stopped,
    /// Nobody who is meant has usage.
    NoUsage,
    /// It broke.
    Failed {
        /// What a person can read to support.
        reference: String,
    },
    /// This came out.
    Done(Arc<T>),
}

/// A person's calculation.
#[derive(Debug)]
pub struct Shown<T> {
    /// The customer whose lines are meant; `None` for all that the person sees.
    pub customer: Option<CustomerName>,
    /// When it was begun.
    pub begun: Timestamp,
    /// How far it is.
    pub standing: Standing<T>,
}

/// The calculations of one sort: one a person, [`MOST_JOBS`] in all, each for an hour. Whoever begins another gives up the one before, and
/// a shelf that is given up stops them all.
#[derive(Debug)]
pub(super) struct Shelf<T>(Mutex<HashMap<LoginId, Job<T>>>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

/// What is calculated for whom.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) asker: Asker,
    pub(super) customer: Option<CustomerName>,
    pub(super) now: Timestamp,
}

#[derive(Debug)]
struct Job<T> {
    scope: Scope,
    customer: Option<CustomerName>,
    begun: Timestamp,
    steps: Arc<Steps>,
    end: Arc<OnceLock<End<T>>>,
}

/// A calculation that nobody can look at any more is in vain.
impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.steps.is_stopped.store(true, Ordering::Relaxed);
    }
}

#[derive(Debug, Default)]
struct Steps {
    done: AtomicU64,
    meant: AtomicU64,
    is_stopped: AtomicBool,
}

impl Steps {
    fn moved(&self, done: u64, meant: u64) -> ControlFlow<()> {
        self.done.store(done, Ordering::Relaxed);
        self.meant.store(meant, Ordering::Relaxed);
        if self.is_stopped.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[derive(Debug)]
enum End<T> {
    NoUsage,
    Failed(String),
    Done(Arc<T>),
}

impl<T: Send + Sync + 'static> Shelf<T> {
    /// Begins a calculation on a thread that may block, as soon as one of `free` is; `false` when too many go on.
    pub(super) fn begin(
        &self,
        asked: Asked,
        (free, on_fault): (&Arc<Semaphore>, OnFault),
        work: impl FnOnce(&OnProgress<'_>) -> Result<T, RateAgainError> + Send + 'static,
    ) -> bool {
        let job = Job {
            scope: asked.asker.scope,
            customer: asked.customer,
            begun: asked.now,
            steps: Arc::default(),
            end: Arc::new(OnceLock::new()),
        };
        let (steps, end, free) = (job.steps.clone(), job.end.clone(), free.clone());
        if !self.put(asked.asker.login, job) {
            return false;
        }
        tokio::spawn(async move {
            let Ok(_one) = free.acquire_owned().await else { return };
            let at = steps.clone();
            let worked = tokio::task::spawn_blocking(move || match at.moved(0, 0) {
                ControlFlow::Continue(()) => work(&|done, meant| at.moved(done, meant)),
                ControlFlow::Break(()) => Err(OperationError::Stopped.into()),
            });
            let found = worked.await.unwrap_or_else(|_| Err(OperationError::Stopped.into()));
            if steps.is_stopped.load(Ordering::Relaxed) {
                return;
            }
            // Nobody else writes the end.
            let _written = end.set(match found {
                Ok(found) => End::Done(Arc::new(found)),
                Err(RateAgainError::Nobody(_)) => End::NoUsage,
                Err(error) => End::Failed(on_fault(&error)),
            });
        });
        true
    }

    /// Ends the person's calculation, if it goes on.
    pub(super) fn stop(&self, asker: Asker) {
        if let Some(job) = self.jobs().get(&asker.login) {
            job.steps.is_stopped.store(true, Ordering::Relaxed);
        }
    }

    /// The person's calculation; nothing of one that was begun when the person saw something else.
    pub(super) fn shown(&self, asker: Asker, now: Timestamp) -> Option<Shown<T>> {
        let mut jobs = self.jobs();
        jobs.retain(|_, job| job.is_kept(now));
        let job = jobs.get(&asker.login).filter(|job| job.scope == asker.scope)?;
        Some(Shown { customer: job.customer.clone(), begun: job.begun, standing: job.standing() })
    }

    fn put(&self, login: LoginId, job: Job<T>) -> bool {
        let mut jobs = self.jobs();
        jobs.retain(|_, kept| kept.is_kept(job.begun));
        if !jobs.contains_key(&login) && jobs.len() >= MOST_JOBS {
            let oldest =
                jobs.iter().filter(|(_, kept)| !kept.goes_on()).min_by_key(|(_, kept)| kept.begun).map(|(login, _)| *login);
            let Some(oldest) = oldest else { return false };
            jobs.remove(&oldest);
        }
        jobs.insert(login, job);
        true
    }

    fn jobs(&self) -> MutexGuard<'_, HashMap<LoginId, Job<T>>> {
        // Nothing is left half done under the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Job<T> {
    fn goes_on(&self) -> bool {
        self.end.get().is_none() && !self.steps.is_stopped.load(Ordering::Relaxed)
    }

    fn is_kept(&self, now: Timestamp) -> bool {
        self.goes_on() || now < self.begun.plus_seconds(KEPT_S)
    }

    fn standing(&self) -> Standing<T> {
        match self.end.get() {
            Some(End::Done(found)) => Standing::Done(found.clone()),
            Some(End::NoUsage) => Standing::NoUsage,
            Some(End::Failed(reference)) => Standing::Failed { reference: reference.clone() },
            None if self.steps.is_stopped.load(Ordering::Relaxed) => Standing::Stopped,
            None => match self.steps.meant.load(Ordering::Relaxed) {
                0 => Standing::Waiting,
                meant => Standing::Running { done: self.steps.done.load(Ordering::Relaxed).min(meant), meant },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::OperatorId;

    fn asker(login: i64) -> Asker {
        Asker { login: LoginId(login), scope: Scope::operator(OperatorId(1)) }
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    fn fault(error: &(dyn Error + 'static)) -> String {
        error.to_string()
    }

    fn begin(shelf: &Shelf<u64>, login: i64, now: i64, free: &Arc<Semaphore>) -> bool {
        let asked = Asked { asker: asker(login), customer: None, now: at(now) };
        shelf.begin(asked, (free, fault), move |on_progress| {
            let mut lines = 0;
            while lines < 3 {
                lines += 1;
                if on_progress(lines, 3).is_break() {
                    return Err(OperationError::Stopped.into());
                }
            }
            Ok(lines)
        })
    }

    async fn ended(shelf: &Shelf<u64>, login: i64, now: i64) -> Option<Standing<u64>> {
        loop {
            match shelf.shown(asker(login), at(now))?.standing {
                Standing::Waiting | Standing::Running { .. } => tokio::task::yield_now().await,
                ended => return Some(ended),
            }
        }
    }

    /// RAT-13, PLT-01: a person sees the person's own calculation, as long as it is of what the person may see, and for an hour.
    #[tokio::test]
    async fn a_calculation_is_seen_by_who_asked() {
        let (shelf, free) = (Shelf::default(), Arc::new(Semaphore::new(1)));
        assert!(begin(&shelf, 1, 0, &free));
        assert!(matches!(ended(&shelf, 1, 0).await, Some(Standing::Done(lines)) if *lines == 3));
        assert!(shelf.shown(asker(2), at(0)).is_none(), "a colleague of the same scope asked nothing");
        let elsewhere = Asker { scope: Scope::operator(OperatorId(2)), ..asker(1) };
        assert!(shelf.shown(elsewhere, at(0)).is_none(), "who moved elsewhere does not take it along");
        assert!(shelf.shown(asker(1), at(KEPT_S - 1)).is_some());
        assert!(shelf.shown(asker(1), at(KEPT_S)).is_none());
    }

    /// RAT-13: what is stopped is not worked on, and neither is what nobody can look at any more.
    #[tokio::test]
    async fn what_is_stopped_does_no_work() {
        let (shelf, free) = (Shelf::default(), Arc::new(Semaphore::new(0)));
        assert!(begin(&shelf, 1, 0, &free) && begin(&shelf, 2, 0, &free));
        assert!(matches!(shelf.shown(asker(1), at(0)).unwrap().standing, Standing::Waiting));
        shelf.stop(asker(1));
        let all: Vec<Arc<Steps>> = shelf.jobs().values().map(|job| job.steps.clone()).collect();
        // Both stand in the queue before the last, which comes when they are through.
        tokio::task::yield_now().await;
        shelf.jobs().remove(&LoginId(2));
        free.add_permits(1);
        drop(free.acquire().await.unwrap());
        assert!(matches!(ended(&shelf, 1, 0).await, Some(Standing::Stopped)));
        for steps in all {
            assert_eq!((steps.done.load(Ordering::Relaxed), steps.is_stopped.load(Ordering::Relaxed)), (0, true));
        }
    }

    /// RAT-13: there are not more than so many; the oldest that is done makes room, and one that goes on does not.
    #[tokio::test]
    async fn the_shelf_has_an_end() {
        let (shelf, free) = (Shelf::default(), Arc::new(Semaphore::new(0)));
        let most = i64::try_from(MOST_JOBS).unwrap();
        assert!((0..most).all(|login| begin(&shelf, login, login, &free)));
        assert!(!begin(&shelf, most, most, &free), "all of them go on");
        assert!(begin(&shelf, 3, most, &free), "who asks anew gives up what was asked before");
        shelf.stop(asker(7));
        assert!(begin(&shelf, most, most, &free));
        assert!(shelf.shown(asker(7), at(most)).is_none() && shelf.shown(asker(6), at(most)).is_some());
    }

    /// RAT-13: a fault is told once, with its reference, and work that breaks off is one.
    #[tokio::test]
    async fn a_fault_has_a_reference() {
        let (shelf, free) = (Shelf::<u64>::default(), Arc::new(Semaphore::new(1)));
        let asked = |login| Asked { asker: asker(login), customer: None, now: at(0) };
        assert!(shelf.begin(asked(1), (&free, fault), |_| Err(OperationError::NoCatalog("x".to_owned()).into())));
        assert!(shelf.begin(asked(2), (&free, fault), |_| Err(RateAgainError::Nobody("x".to_owned()))));
        let Some(Standing::Failed { reference }) = ended(&shelf, 1, 0).await else { panic!("it failed") };
        assert!(reference.contains("has no catalogue"), "{reference}");
        assert!(matches!(ended(&shelf, 2, 0).await, Some(Standing::NoUsage)));
    }
}
