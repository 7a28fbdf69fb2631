//! Mails by SMTP to a real server, which takes, refuses and loses them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use gateways::{SmtpPort, SmtpUrl};
use operations::mail::{HandOver, MailFile, MailPort, MailWords, NotSent, RenderedMail};
use std::fs;
use testkit::SmtpServer;
use vocabulary::{MailId, OperatorId, Timestamp};

fn mail(to: &str) -> RenderedMail {
    RenderedMail {
        id: MailId(1),
        operator: OperatorId(1),
        host: "one.example".into(),
        message_id: "0123@one.example".into(),
        from_name: "Étoile du Nord".into(),
        from: "bonjour@one.example".into(),
        to: to.into(),
        language: "fr".into(),
        template: "first-access".into(),
        written: Timestamp::EPOCH.plus_seconds(1_795_255_200),
        words: MailWords {
            subject: "Créez votre accès à l’espace client".into(),
            text: format!("Bonjour,\n\n.un point au début d’une ligne\n{}\n", "très longue ligne ".repeat(100)),
            html: "<!doctype html><p>Bonjour é</p>".into(),
            qr: None,
        },
        reply_to: None,
        logo: None,
        file: None,
    }
}

fn port(url: &str) -> SmtpPort {
    SmtpPort::new(url.parse::<SmtpUrl>().unwrap()).unwrap()
}

/// What came of a mail, and in which step.
async fn send(port: &SmtpPort, to: &str) -> (&'static str, HandOver) {
    match port.prepare(mail(to)).await {
        Err(not_sent) => ("before", HandOver::NotSent(not_sent)),
        Ok(ready) => ("after", ready.hand_over().await),
    }
}

/// PLT-07: a mail arrives in both writings, with a subject that is read everywhere, a Message-ID of its own, its date, and the sign that
/// a machine wrote it.
#[tokio::test]
async fn a_mail_arrives_with_its_headers() {
    let server = SmtpServer::start().unwrap();
    let port = port(&format!("smtp://127.0.0.1:{}", server.port()));
    assert_eq!(send(&port, "claire@example.org").await, ("after", HandOver::Taken));
    let mails = server.mails().unwrap();
    assert_eq!(mails.len(), 1);
    let (head, body) = mails[0].split_once("\r\n\r\n").unwrap();
    for line in [
        "To: claire@example.org",
        "Message-ID: <0123@one.example>",
        "Date: Sat, 21 Nov 2026 10:00:00 +0000",
        "Auto-Submitted: auto-generated",
        "Content-Language: fr",
        "MIME-Version: 1.0",
    ] {
        assert!(head.lines().any(|found| found == line), "{line} in\n{head}");
    }
    assert!(head.is_ascii() && head.lines().all(|line| line.len() < 200), "{head}");
    assert!(head.contains("Subject: =?utf-8?") && head.contains("<bonjour@one.example>"), "{head}");
    assert!(head.contains("multipart/alternative"), "{head}");
    let (plain, html) = (body.find("text/plain").unwrap(), body.find("text/html").unwrap());
    assert!(plain < html && body.is_ascii() && body.lines().all(|line| line.len() <= 998), "the plain one first");
}

/// PLT-07, RES-09: a brand's logo comes with the mail, beside its HTML, and answers go where the brand wants them.
#[tokio::test]
async fn a_logo_comes_with_the_mail() {
    let server = SmtpServer::start().unwrap();
    let port = port(&format!("smtp://127.0.0.1:{}", server.port()));
    let branded = RenderedMail {
        reply_to: Some("questions@one.example".into()),
        logo: Some(b"\x89PNG\r\n\x1a\n".to_vec()),
        ..mail("claire@example.org")
    };
    assert_eq!(port.prepare(branded).await.unwrap().hand_over().await, HandOver::Taken);
    let mails = server.mails().unwrap();
    let (head, body) = mails[0].split_once("\r\n\r\n").unwrap();
    assert!(head.lines().any(|line| line == "Reply-To: questions@one.example"), "{head}");
    let places = ["text/plain", "multipart/related", "text/html", "image/png"].map(|kind| body.find(kind).unwrap());
    assert!(head.contains("multipart/alternative") && places.is_sorted(), "{body}");
    assert!(
        body.contains("Content-ID: <logo>") && body.contains("Content-Disposition: inline") && body.contains("iVBORw0KGgo="),
        "{body}"
    );
}

/// FIX-02: the sound of a message comes with its mail as a file, beside both writings.
#[tokio::test]
async fn a_sound_goes_with_its_mail() {
    let server = SmtpServer::start().unwrap();
    let port = port(&format!("smtp://127.0.0.1:{}", server.port()));
    let (name, media_type) = ("voicemail-20261121-110000.wav".to_owned(), "audio/wav".to_owned());
    let file = Some(MailFile { name, media_type, bytes: b"RIFF and what follows".to_vec() });
    let ready = port.prepare(RenderedMail { file, ..mail("claire@example.org") }).await.unwrap_or_else(|_| panic!("it is taken"));
    assert_eq!(ready.hand_over().await, HandOver::Taken);
    let mails = server.mails().unwrap();
    let (head, body) = mails[0].split_once("\r\n\r\n").unwrap();
    assert!(head.contains("multipart/mixed") && body.contains("multipart/alternative"), "{head}");
    assert!(body.contains("Content-Type: audio/wav"), "{body}");
    assert!(body.contains("Content-Disposition: attachment; filename=\"voicemail-20261121-110000.wav\""), "{body}");
    assert!(body.contains("UklGRiBhbmQgd2hhdCBmb2xsb3dz") || body.contains("RIFF and what follows"), "{body}");
    assert!(body.find("text/html").unwrap() < body.find("audio/wav").unwrap(), "what is read first");
}

/// PLT-07: what a server refuses for good is told from what it refuses for now, and from what nobody can know.
#[tokio::test]
async fn answers_are_told_apart() {
    let server = SmtpServer::start().unwrap();
    let port = port(&format!("smtp://127.0.0.1:{}", server.port()));
    let never = |answer: &(&str, HandOver), code: &str| matches!(&answer.1, HandOver::NotSent(NotSent::Never(problem)) if problem.contains(code));
    let later = |answer: &(&str, HandOver), code: &str| matches!(&answer.1, HandOver::NotSent(NotSent::Later(problem)) if problem.contains(code));
    let nobody = send(&port, "nobody@example.org").await;
    assert!(nobody.0 == "before" && never(&nobody, "550"), "{nobody:?}");
    let busy = send(&port, "busy@example.org").await;
    assert!(busy.0 == "before" && later(&busy, "451"), "{busy:?}");
    let spam = send(&port, "spam@example.org").await;
    assert!(spam.0 == "after" && never(&spam, "554"), "{spam:?}");
    let full = send(&port, "full@example.org").await;
    assert!(full.0 == "after" && later(&full, "452"), "{full:?}");
    for bad in ["no address", "a@b\r\nBcc: c@example.org", ""] {
        let bad = send(&port, bad).await;
        assert!(never(&bad, "is not an address"), "{bad:?}");
    }
    assert!(server.mails().unwrap().is_empty());
    let lost = send(&port, "lost@example.org").await;
    assert!(matches!(lost.1, HandOver::Unknown(_)), "{lost:?}");
    assert_eq!(server.mails().unwrap().len(), 1, "it had arrived");
    assert_eq!(send(&port, "zoé@example.org").await.1, HandOver::Taken, "a letter beyond ASCII before the @");
    // A mail that was prepared and dropped did not leave.
    drop(port.prepare(mail("claire@example.org")).await.unwrap());
    drop(server);
    let gone = send(&port, "claire@example.org").await;
    assert!(gone.0 == "before" && matches!(gone.1, HandOver::NotSent(NotSent::Later(_))), "{gone:?}");
}

/// PLT-07: with STARTTLS and a password; with a wrong password or a stranger's certificate the mail waits, and no password is shown.
#[tokio::test]
async fn a_guarded_server_is_spoken_to_encrypted() {
    let folder = tempfile::tempdir().unwrap();
    let certified = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    fs::write(&certificate, certified.cert.pem()).unwrap();
    fs::write(&key, certified.signing_key.serialize_pem()).unwrap();
    let server = SmtpServer::start_guarded(&certificate, &key).unwrap();
    let address = format!("localhost:{}", server.port());
    let ca = format!("ca={}", certificate.display());
    let right = port(&format!("smtp://cadran:s%2Fcret@{address}?tls=required&{ca}"));
    assert_eq!(send(&right, "claire@example.org").await.1, HandOver::Taken);
    for (url, says) in [
        (format!("smtp://cadran:wrong@{address}?tls=required&{ca}"), "535"),
        (format!("smtp://{address}?{ca}"), "530"),
        (format!("smtp://cadran:s%2Fcret@{address}?tls=required"), "certificate"),
        (format!("smtp://cadran:s%2Fcret@{address}?tls=none"), ""),
    ] {
        let (step, outcome) = send(&port(&url), "claire@example.org").await;
        let HandOver::NotSent(NotSent::Later(problem)) = outcome else { panic!("{url}: {outcome:?}") };
        assert_eq!(step, "before", "{problem}");
        assert!(problem.contains(says) && !problem.contains("cret") && !problem.contains("wrong"), "{url}: {problem}");
    }
    assert_eq!(server.mails().unwrap().len(), 1);
}
