//! Usage files that are handed in by people: the watched folder's part of an operator.

use crate::{
    import::{NOW, mobile_operator},
    stage::{house, layout},
};
use operations::{
    House, Reach, Scope,
    usage_desk::{InboxFile, InboxFiles, UploadRefusal, UsageDesk},
};
use std::{collections::BTreeMap, fs, path::Path};
use vocabulary::CustomerId;

fn desk(inbox: &Path) -> UsageDesk {
    let layouts = BTreeMap::from(["jsonl", "mobile"].map(|id| (id.to_owned(), layout(id))));
    UsageDesk::new(layouts, Some(inbox.into())).taking_at_most(100)
}

async fn upload(desk: &UsageDesk, house: &House, scope: Scope, pieces: &[&str]) -> Result<String, UploadRefusal> {
    let mut upload = desk.receive(house, scope, "mobile", "../november.csv").await.expect("a folder")?;
    for piece in pieces {
        upload.write(piece.as_bytes()).await.expect("a disk")?;
    }
    upload.finish().await.expect("a disk")
}

fn visible(name: &str) -> InboxFile {
    InboxFile { layout: "mobile".into(), name: name.into() }
}

/// RAT-08: a file that is handed in lies whole where it is taken in, beside others of its name; one that is refused leaves nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_received_whole_or_not_at_all() {
    for database in testkit::databases() {
        let inbox = tempfile::tempdir().expect("a folder");
        let (house, desk) = (house(database.url(), NOW).await, desk(inbox.path()));
        let scope = Scope::operator(mobile_operator(&house).await);
        let place = inbox.path().join("grandlarge/mobile");
        assert_eq!(desk.files(&house, scope).await.expect("no folder yet"), InboxFiles::default());

        let begun = desk.receive(&house, scope, "mobile", "november.csv").await.expect("a folder").expect("a known layout");
        assert!(place.join(".november.csv.part").exists());
        assert_eq!(desk.files(&house, scope).await.expect("a folder"), InboxFiles::default(), "nobody takes what is not whole");
        drop(begun);
        assert_eq!(upload(&desk, &house, scope, &["one,", "two"]).await, Ok("november.csv".into()));
        assert_eq!(fs::read_to_string(place.join("november.csv")).expect("the file"), "one,two");
        assert_eq!(upload(&desk, &house, scope, &["three"]).await, Ok("1-november.csv".into()));
        assert_eq!(upload(&desk, &house, scope, &[]).await, Err(UploadRefusal::Empty));
        let large = "x".repeat(60);
        assert_eq!(upload(&desk, &house, scope, &[&large, &large]).await, Err(UploadRefusal::TooLarge));
        let unknown = desk.receive(&house, scope, "../mobile", "a.csv").await.expect("a folder");
        assert_eq!(unknown.err(), Some(UploadRefusal::UnknownLayout));
        let names = fs::read_dir(&place).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        assert_eq!(names.count(), 2, "what was refused left nothing");
        let files = desk.files(&house, scope).await.expect("a folder");
        assert_eq!(files.waiting, [visible("1-november.csv"), visible("november.csv")]);
    }
}

/// RAT-08, PLT-01: files that were refused are shown with their reason until somebody has read it, and to nobody else.
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
        assert!(!desk.dismiss(&house, stranger, visible("a.csv")).await.expect("an answer"));
        for elsewhere in ["../a.csv", "a.why.txt/../a.csv", "b.csv", ""] {
            assert!(!desk.dismiss(&house, scope, visible(elsewhere)).await.expect("an answer"), "{elsewhere:?}");
        }
        assert!(desk.dismiss(&house, scope, visible("a.csv")).await.expect("a folder"));
        assert_eq!(desk.files(&house, scope).await.expect("a folder"), InboxFiles::default());
        assert!(refused.join("dismissed/a.csv").exists() && refused.join("dismissed/a.why.txt").exists(), "nothing is lost");
    }
}
