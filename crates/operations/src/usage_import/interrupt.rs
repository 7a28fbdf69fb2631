//! The wish that an import end: by Ctrl-C, or by whoever shares it.

use super::ImportError;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Shared between an import and whoever may wish it to end. The import then keeps what it has decided, gives its lease back, and says
/// that it was interrupted; the next one goes on from there.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Asks the import to end.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn check(&self) -> Result<(), ImportError> {
        if self.is_asked() { Err(ImportError::Interrupted { taken: 0 }) } else { Ok(()) }
    }
}
