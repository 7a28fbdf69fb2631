//! Usage files that are handed in by people: the watched folder's part of an operator.

use crate::{
    import::{NOW, mobile_operator},
    stage::{actor, after, house, layout},
};
use operations::{
    Actor, House, Reach, Scope,
    permission::Role,
    usage_desk::{InboxFile, InboxFiles, UploadRefusal, UsageDesk},
};
use serde_json::json;
use std::{collections::BTreeMap, fs, path::Path};
use vocabulary::CustomerId;

fn desk(inbox: &Path) -> UsageDesk {
    let layouts = BTreeMap::from(["jsonl", "mobile"].map(|id| (id.to_owned(), layout(id))));
    UsageDesk::new(layouts, Some(inbox.into())).taking_at_most(100)
}

async fn upload(desk: &UsageDesk, house: &House, by: &Actor, pieces: &[&str]) -> Result<String, UploadRefusal> {
    let mut upload = desk.receive(house, by, "mobile", "../november.csv").await.expect("a folder")?;
    for piece in pieces {
        upload.write(piece.as_bytes()).await.expect("a disk")?;
    }
    upload.finish().await.expect("a disk")
}

fn visible(name: &str) -> InboxFile {
    InboxFile { layout: "mobile".into(), name: name.into() }
}

/// RAT-08, PLT-02, PLT-06: a file that is handed in lies whole where it is taken in, beside others of its name, and the
/// journal has it; one that is refused leaves nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_received_whole_or_not_at_all() {
    for database in testkit::databases() {
        let inbox = tempfile::tempdir().expect("a folder");
        let (house, desk) = (house(database.url(), NOW).await, desk(inbox.path()));
        let scope = Scope::operator(mobile_operator(&house).await);
        let agent = &actor(scope, Role::OperatorAgent);
        let place = inbox.path().join("grandlarge/mobile");
        assert_eq!(desk.files(&house, scope).await.expect("no folder yet"), InboxFiles::default());

        let begun = desk.receive(&house, agent, "mobile", "november.csv").await.expect("a folder").expect("a known layout");
        assert!(place.join(".november.csv.part").exists());
        assert_eq!(desk.files(&house, scope).await.expect("a folder"), InboxFiles::default(), "nobody takes what is not whole");
        drop(begun);
        assert_eq!(upload(&desk, &house, agent, &["one,", "two"]).await, Ok("november.csv".into()));
        assert_eq!(fs::read_to_string(place.join("november.csv")).expect("the file"), "one,two");
        assert_eq!(upload(&desk, &house, agent, &["three"]).await, Ok("1-november.csv".into()));
        assert_eq!(upload(&desk, &house, agent, &[]).await, Err(UploadRefusal::Empty));
        let large = "x".repeat(60);
        assert_eq!(upload(&desk, &house, agent, &[&large, &large]).await, Err(UploadRefusal::TooLarge));
        let unknown = desk.receive(&house, agent, "../mobile", "a.csv").await.expect("a folder");
        assert_eq!(unknown.err(), Some(UploadRefusal::UnknownLayout));
        for role in [Role::Auditor, Role::Accounting, Role::ResellerAdmin] {
            let refused = desk.receive(&house, &actor(scope, role), "mobile", "a.csv").await.expect("an answer");
            assert_eq!(refused.err(), Some(UploadRefusal::UnknownLayout), "{role:?}");
        }
        let entries = house.store.scoped(scope).journal(None, None, 9).await.expect("a journal");
        let noted: Vec<_> = entries.iter().map(|entry| (entry.action.as_str(), after(entry))).collect();
        let received = |name, bytes| ("usage_file_received", json!({ "layout": "mobile", "name": name, "bytes": bytes }));
        assert_eq!(noted, [received("1-november.csv", 5), received("november.csv", 7)]);
        let names = fs::read_dir(&place).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        assert_eq!(names.count(), 2, "what was refused left nothing");
        let files = desk.files(&house, scope).await.expect("a folder");
        assert_eq!(files.waiting, [visible("1-november.csv"), visible("november.csv")]);
    }
}

/// RAT-08, PLT-01, PLT-02, PLT-06: files that were refused are shown with their reason until somebody has read it, and to nobody else.
#[tokio::test(flavor = "multi_thread")]
async fn refused_files_are_shown_until_they_are_dismissed() {
    for database in testkit::databases() {
        let inbox = tempfile::tempdir().expect("a folder");
        let (house, desk) = (house(database.url(), NOW).await, desk(inbox.path()));
        let scope = Scope::operator(mobile_operator(&house).await);
        let stranger = Scope { reach: Reach::Customer(CustomerId(1)), ..scope };
        let place = inbox.path().join("grandlarge/mobile");
        let refused = place.join("refused");
        fs::create_dir_all(&refused).expect("a folder");
        fs::write(refused.join("a.csv"), "a,b\n").expect("a file");
        fs::write(refused.join("a.why.txt"), format!("`{}`: no column `msisdn`\n", place.join("a.csv").display()))
            .expect("a file");

        let files = desk.files(&house, scope).await.expect("a folder");
        assert_eq!(files.refused, [(visible("a.csv"), "`a.csv`: no column `msisdn`".into())]);
        assert_eq!(desk.files(&house, stranger).await.expect("an answer"), InboxFiles::default());
        let agent = &actor(scope, Role::OperatorAgent);
        for by in [actor(stranger, Role::OperatorAgent), actor(scope, Role::Auditor), actor(scope, Role::Accounting)] {
            assert!(!desk.dismiss(&house, &by, visible("a.csv")).await.expect("an answer"), "{by:?}");
        }
        for elsewhere in ["../a.csv", "a.why.txt/../a.csv", "b.csv", ""] {
            assert!(!desk.dismiss(&house, agent, visible(elsewhere)).await.expect("an answer"), "{elsewhere:?}");
        }
        assert!(house.store.scoped(scope).journal(None, None, 9).await.expect("a journal").is_empty(), "nothing was done");
        assert!(desk.dismiss(&house, agent, visible("a.csv")).await.expect("a folder"));
        let entries = house.store.scoped(scope).journal(None, None, 9).await.expect("a journal");
        let noted: Vec<_> = entries.iter().map(|entry| (entry.action.as_str(), after(entry))).collect();
        assert_eq!(noted, [("usage_file_dismissed", json!({ "layout": "mobile", "name": "a.csv" }))]);
        assert_eq!(desk.files(&house, scope).await.expect("a folder"), InboxFiles::default());
        assert!(refused.join("dismissed/a.csv").exists() && refused.join("dismissed/a.why.txt").exists(), "nothing is lost");
    }
}
