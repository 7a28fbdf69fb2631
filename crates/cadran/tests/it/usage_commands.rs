//! `cadran rate-again` and `cadran compare` as somebody at a terminal meets them.

use crate::{
    cadran,
    import::{Stage, usage},
};

/// RAT-10, RAT-13, PLT-17: both say in words what they found, and name what is not there.
#[tokio::test(flavor = "multi_thread")]
async fn rating_again_and_comparing_say_what_they_found() {
    let (_folder, file) = usage(2_000);
    for database in testkit::databases() {
        let stage = Stage::on(database.url()).await;
        stage.import(&file);
        let with = |command: &'static str, arguments: &[&'static str]| {
            let all = [&[command, "--operator", "grandlarge", "--database", database.url()], arguments].concat();
            let output = cadran(&all, "");
            let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            (output.status.code(), said)
        };
        let (code, said) = with("rate-again", &["--month", "2026-11"]);
        assert_eq!(code, Some(0), "{said}");
        // Of 2,000 rows every 41st is of nobody: 48.
        assert!(said.contains("1952 records rated again; 0 lines come out differently"), "{said}");
        let (code, said) = with("rate-again", &["--month", "2026-11", "--line", "+33600000000"]);
        assert_eq!(code, Some(1));
        assert!(said.contains("`+33600000000` has no usage in that month"), "{said}");
        let (code, said) = with("rate-again", &["--month", "november"]);
        assert_eq!(code, Some(2));
        assert!(said.contains("november"), "{said}");
        let (code, said) = with("compare", &["--line", "+33639980002"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("metered") && said.contains("serves as well"), "{said}");
        let (code, said) = with("compare", &["--draft", "/nowhere"]);
        assert_eq!(code, Some(1));
        assert!(said.contains("/nowhere"), "{said}");
    }
}
