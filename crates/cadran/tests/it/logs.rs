//! What the program writes of itself while people go about: no secret is in it.

use crate::{access, portal::Demo};

/// PLT-16: logs never show a password, the token of a link, a session or a form, at any level.
#[tokio::test(flavor = "multi_thread")]
async fn logs_never_show_a_secret() {
    let demo = Demo::start_logging();
    let secrets = access::first_access(&demo).await;
    let log = demo.log();
    // It is the log of this walk, with all that there is to say.
    assert!(log.contains("mail sent") && log.contains("DEBUG"), "{log}");
    for secret in secrets.iter().filter(|secret| secret.len() >= SHORTEST) {
        assert!(!log.contains(secret.as_str()), "`{secret}` stands in the log");
    }
}

/// Shorter values, such as a language, are no secret.
const SHORTEST: usize = 8;
