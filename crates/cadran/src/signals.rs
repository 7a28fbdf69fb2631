//! Ctrl-C and SIGTERM: how a person or a service manager ends the program.

use operations::usage_import::Interrupt;
use std::process::{self, ExitCode};

/// What a shell expects of a program that was interrupted: 128 and the number of SIGINT.
const INTERRUPTED: u8 = 130;

/// The exit code of work that was interrupted.
pub(crate) fn interrupted() -> ExitCode {
    ExitCode::from(INTERRUPTED)
}

/// An [`Interrupt`] that the first signal asks for; a second one ends the program at once, which loses nothing either.
pub(crate) fn interrupt() -> Interrupt {
    let interrupt = Interrupt::default();
    let asked = interrupt.clone();
    tokio::spawn(async move {
        ended().await;
        asked.ask();
        ended().await;
        process::exit(INTERRUPTED.into());
    });
    interrupt
}

/// Waits for Ctrl-C or SIGTERM.
pub(crate) async fn ended() {
    let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(signal) => signal,
        Err(error) => {
            tracing::error!(%error, "SIGTERM cannot be heard; Ctrl-C still ends the program");
            let _ended = tokio::signal::ctrl_c().await;
            return;
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
