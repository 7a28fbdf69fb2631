//! A voicemail through its pages: sounds with their parts, what is refused, and who finds nothing there.

use crate::{
    client::Client,
    tenants::{PASSWORD, Person, Tenants, TestLine},
};
use axum::http::{StatusCode, header};
use operations::{
    permission::Role,
    voicemail::{self, Left, sound::LARGEST_SOUND},
};

/// One second in 8 bits: every byte is a letter or below, so that a form of text can hold it.
fn wav() -> String {
    let mut file =
        "RIFF\u{24}\u{20}\0\0WAVEfmt \u{10}\0\0\0\u{1}\0\u{1}\0\u{40}\u{1f}\0\0\u{40}\u{1f}\0\0\u{1}\0\u{8}\0data\0\u{20}\0\0"
            .to_owned();
    file.push_str(&"A".repeat(8_192));
    file
}

async fn signed_in(tenants: &Tenants, person: &Person) -> Client {
    let mut client = Client::new(&portal::server::routes(tenants.app.clone()), &person.host);
    assert_eq!(client.sign_in(&person.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
    client
}

/// A household with a line, and who holds its account.
fn household(tenants: &Tenants) -> (&Person, &TestLine) {
    let holder = tenants.people.iter().find(|person| person.role == Role::Subscriber).expect("a household");
    (holder, tenants.lines.iter().find(|line| holder.sees(line.owner)).expect("its line"))
}

async fn leave(tenants: &Tenants, line: &TestLine) {
    let left = Left { caller: "+33388110042".parse().ok(), bytes: wav().into_bytes() };
    let operator = tenants.operators[line.owner.operator];
    voicemail::leave(&tenants.house, operator, line.id, left).await.expect("a house").expect("a message");
}

/// FIX-01, PLT-01, PLT-02: a message is heard, in parts too, kept and deleted by its line's user, and is not there for anybody else of either
/// operator; the page says how the voicemail is reached (TEL-09).
#[tokio::test(flavor = "multi_thread")]
async fn messages_are_there_for_their_user_alone() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        let (holder, line) = household(&tenants);
        leave(&tenants, line).await;
        let here = format!("/lines/{}/voicemail", line.id);
        let mut client = signed_in(&tenants, holder).await;
        let page = client.get(&here).await;
        assert_eq!(page.status, StatusCode::OK);
        for text in ["03 88 11 00 42", "888", "+33 3 53 01 08 88"] {
            let plain = page.body.replace(['\u{a0}', '\u{202f}'], " ");
            assert!(plain.contains(text), "{text}: {plain}");
        }
        let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("a policy");
        assert!(policy.contains("media-src 'self';") && policy.contains("default-src 'none'"), "{policy}");
        let begin = format!("src=\"{here}/messages/");
        let id: String = page.body.split_once(&begin).expect("a player").1.chars().take_while(char::is_ascii_digit).collect();
        let sound = format!("{here}/messages/{id}");
        let whole = client.get(&sound).await;
        assert_eq!((whole.status, whole.body.len()), (StatusCode::OK, 8_236));
        assert_eq!(whole.headers[header::CONTENT_TYPE], "audio/wav");
        assert_eq!(whole.headers[header::ACCEPT_RANGES], "bytes");
        assert!(whole.headers[header::CONTENT_DISPOSITION].to_str().expect("text").starts_with("inline"));
        let part = client.clone().with("range", "bytes=8000-8099").get(&sound).await;
        assert_eq!((part.status, part.body.as_str()), (StatusCode::PARTIAL_CONTENT, "A".repeat(100).as_str()));
        assert_eq!(part.headers[header::CONTENT_RANGE], "bytes 8000-8099/8236");
        let beyond = client.clone().with("range", "bytes=9000-").get(&sound).await;
        assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
        let file = client.get(&format!("{sound}?file=yes")).await;
        assert!(
            file.headers[header::CONTENT_DISPOSITION].to_str().expect("text").starts_with("attachment; filename=\"voicemail-")
        );

        let is_user = |person: &Person| [Role::Subscriber, Role::Member].contains(&person.role) && person.sees(line.owner);
        for other in tenants.people.iter().filter(|person| !is_user(person)) {
            let mut client = signed_in(&tenants, other).await;
            let token = client.get("/").await.csrf().expect("a token");
            for path in [&here, &sound, &format!("{here}/messages/deleted"), &format!("{here}/greeting")] {
                assert_eq!(client.get(path).await.status, StatusCode::NOT_FOUND, "{path} as {other:?}");
            }
            for path in ["messages/deleted", &format!("messages/{id}/kept"), &format!("messages/{id}/deleted"), "code"] {
                let sent = client.form(&format!("{here}/{path}"), &[("csrf", &token), ("code", "2580"), ("again", "2580")]).await;
                assert_eq!(sent.status, StatusCode::NOT_FOUND, "{path} as {other:?}");
            }
        }

        let token = page.csrf().expect("a token");
        let sent = client.form(&format!("{sound}/kept"), &[("csrf", &token)]).await;
        assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, format!("{here}?done=kept").as_str()));
        let sent = client.form(&format!("{sound}/deleted"), &[("csrf", &token)]).await;
        assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, format!("{here}?done=deleted").as_str()));
        assert_eq!(client.form(&format!("{sound}/deleted"), &[("csrf", &token)]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(client.get(&sound).await.status, StatusCode::NOT_FOUND);
    }
}

/// FIX-01, FIX-02: a greeting, a code and an address that cannot be are refused where they stand, with the reason, and a greeting that can be is
/// heard; a file of a hundred megabytes is answered.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_where_it_stands() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    let database = testkit::databases().into_iter().next().expect("a database");
    let tenants = Tenants::on(database.url(), &hash).await;
    let (holder, line) = household(&tenants);
    let here = format!("/lines/{}/voicemail", line.id);
    let mut client = signed_in(&tenants, holder).await.with("accept-language", "fr");
    let token = client.get(&here).await.csrf().expect("a token");
    let csrf = [("csrf", token.as_str())];
    let at = format!("{here}/greeting");
    for (text, words) in [
        ("", "aucun n’a été choisi"),
        ("bonjour", "ni un WAV"),
        (&wav()[..4_000], "incomplet ou endommagé"),
        (&"R".repeat(LARGEST_SOUND + 1), "dépasse"),
    ] {
        let sent = client.file_in("greeting", &at, &csrf, ("a.wav", text)).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(sent.body.contains(words), "{words}: {}", sent.body);
    }
    let huge = client.file_in("greeting", &at, &csrf, ("a.wav", &"R".repeat(100_000_000))).await;
    // Read on for a while, or refused on the way, by how it comes in pieces.
    let answers = [StatusCode::PAYLOAD_TOO_LARGE, StatusCode::UNPROCESSABLE_ENTITY];
    assert!(answers.contains(&huge.status), "{}", huge.status);
    assert_eq!(client.get(&at).await.status, StatusCode::NOT_FOUND);
    assert_eq!(client.file_in("greeting", &at, &csrf, ("a.wav", &wav())).await.status, StatusCode::SEE_OTHER);
    assert_eq!(client.get(&at).await.body.len(), 8_236);
    for (code, again, words) in [
        ("258", "258", "De 4 à 8 chiffres"),
        ("123456789", "123456789", "De 4 à 8 chiffres"),
        ("25a0", "25a0", "De 4 à 8 chiffres"),
        ("1234", "1234", "trop facile"),
        ("2580", "2581", "pas identiques"),
    ] {
        let sent = client.form(&format!("{here}/code"), &[csrf[0], ("code", code), ("again", again)]).await;
        assert!(sent.status == StatusCode::UNPROCESSABLE_ENTITY && sent.body.contains(words), "{code}: {}", sent.body);
        assert!(!sent.body.contains(&format!("value=\"{code}\"")), "a code is not shown again");
    }
    for address in ["", "claire", "claire@", "a@b@c.example"] {
        let sent = client.form(&format!("{here}/mail-reception"), &[csrf[0], ("send", "on"), ("address", address)]).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        assert!(sent.body.contains("complète, comme") && sent.body.contains(&format!("value=\"{address}\"")));
    }
}
