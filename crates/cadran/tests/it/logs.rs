//! What the program writes of itself while people go about: no secret is in it.

use crate::{
    access, direct_debit, helped, members,
    portal::{Demo, IN_PASSING},
    proof, second_factor,
};

/// PLT-16: logs never show a password, a code, the token of a link, a session or a form, an IBAN, at any level: whoever goes about, at two doors at once.
#[tokio::test(flavor = "multi_thread")]
async fn logs_never_show_a_secret() {
    let demo = Demo::start_logging();
    let households = async {
        let ways = [access::first_access(&demo).await, proof::new_address(&demo).await, direct_debit::walk(&demo).await];
        let staff = ("fr", "vallee.localhost", "direction@vallee.example");
        [ways.concat(), second_factor::walk_with_a_passkey(&demo, staff, "Ordinateur").await].concat()
    };
    let companies = async {
        let first = members::colleague(&demo).await;
        let manager = ("fr", "zenne.localhost", "fleet@gudule.example");
        [first, second_factor::walk_with_codes(&demo, manager, "désactivés").await].concat()
    };
    let walks = async { tokio::join!(households, companies, helped::walk(&demo)) };
    let (households, companies, helped) = IN_PASSING.scope((), walks).await;
    let secrets = [households, companies, helped].concat();
    let log = demo.log();
    // It is the log of this walk, with all that there is to say.
    assert!(log.contains("mail sent") && log.contains("DEBUG"), "{log}");
    for secret in secrets.iter().filter(|secret| secret.len() >= SHORTEST) {
        assert!(!log.contains(secret.as_str()), "`{secret}` stands in the log");
    }
}

/// Shorter values, such as a language, are no secret.
const SHORTEST: usize = 8;
