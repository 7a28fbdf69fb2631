//! Answers that are none, come too late, or are too long; and what is no request.

use super::{
    AMPLE, REQUESTER, call, client, client_with, confirmation, iccid, order, smdp,
    spoken::{Then, executed, http, scripted},
};
use gateways::{
    es2plus::{Es2plusClient, Es2plusSettings, IccidForm, Limits, TlsFiles},
    simulated_smdp::{Mood, StockState},
};
use operations::esim_port::{ProfileConfirmation, ProfileFailure, ProfileServer as _};
use serde_json::json;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

const TINY: Duration = Duration::from_millis(40);

fn kind(failure: &ProfileFailure) -> &'static str {
    match failure {
        ProfileFailure::Refused(_) => "refused",
        ProfileFailure::NotReached(_) => "not reached",
        ProfileFailure::TurnedAway(_) => "turned away",
        ProfileFailure::Unclear(_) => "unclear",
    }
}

/// MOB-52: whatever comes in place of an answer, nothing is taken for done, and it is told whether it may have been.
#[tokio::test]
async fn what_is_no_answer_is_told_from_a_refusal() {
    let good = executed(&json!({ "iccid": iccid(1) }));
    let whole = http("200 OK", &good);
    let long = format!("{}{}", good, " ".repeat(70_000));
    let endless = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    let endless =
        [endless, b"1000\r\n".to_vec().into_iter().chain([b' '; 0x1000]).chain(*b"\r\n").collect::<Vec<_>>().repeat(40)].concat();
    let head_without_end = [b"HTTP/1.1 200 OK\r\nX: ".to_vec(), vec![b'x'; 200_000]].concat();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", Vec::new(), "unclear"),
        ("half a head", whole[..30].to_vec(), "unclear"),
        ("a head alone", whole[..whole.len() - good.len()].to_vec(), "unclear"),
        ("half a body", whole[..whole.len() - 9].to_vec(), "unclear"),
        ("no HTTP", b"220 mail.example.org ESMTP\r\n".to_vec(), "unclear"),
        ("no JSON", http("200 OK", "<html>It works!</html>"), "unclear"),
        ("other JSON", http("200 OK", "{\"ok\":true}"), "unclear"),
        ("no profile", http("200 OK", &executed(&json!({}))), "unclear"),
        ("no ICCID", http("200 OK", &executed(&json!({ "iccid": "12" }))), "unclear"),
        ("another profile", http("200 OK", &executed(&json!({ "iccid": iccid(2) }))), "unclear"),
        ("long", http("200 OK", &long), "unclear"),
        ("endless", endless, "unclear"),
        ("a head without end", head_without_end, "unclear"),
        ("no content", b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(), "unclear"),
        ("500", http("500 Internal Server Error", &good), "unclear"),
        ("503", http("503 Service Unavailable", ""), "unclear"),
        ("429", http("429 Too Many Requests", ""), "not reached"),
        ("400", http("400 Bad Request", &good), "turned away"),
        ("403", http("403 Forbidden", ""), "turned away"),
        ("moved", b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n".to_vec(), "turned away"),
    ];
    for (case, answer, expected) in cases {
        let (url, served) = scripted(answer, Then::Closes).await;
        let failure = client(&url).order(call("1"), order(1)).await.unwrap_err();
        assert_eq!(kind(&failure), expected, "{case}: {failure}");
        assert!(failure.to_string().len() < 400 && !failure.to_string().contains('\n'), "{case}: {failure}");
        served.await.unwrap();
    }
    let (url, _served) = scripted(whole, Then::Closes).await;
    assert_eq!(client(&url).order(call("1"), order(1)).await, Ok(iccid(1)), "and the whole answer is one");
}

/// MOB-52: a confirmation whose answer says something else than was asked for is not taken.
#[tokio::test]
async fn a_confirmation_says_what_was_asked_for() {
    let asked = ProfileConfirmation { matching_id: Some("MINE".parse().unwrap()), ..confirmation(1) };
    for (told, is_good) in [
        (json!({ "matchingId": "MINE", "smdpAddress": "" }), true),
        (json!({}), true),
        (json!({ "matchingId": "YOURS" }), false),
        (json!({ "matchingId": "not one" }), false),
        (json!({ "matchingId": "MINE", "smdpAddress": "$1" }), false),
    ] {
        let (url, _served) = scripted(http("200 OK", &executed(&told)), Then::Closes).await;
        let confirmed = client(&url).confirm(call("1"), asked.clone()).await;
        assert_eq!(confirmed.is_ok(), is_good, "{told}: {confirmed:?}");
        assert!(confirmed.err().is_none_or(|failure| kind(&failure) == "unclear"), "{told}");
    }
    let (url, _served) = scripted(http("200 OK", &executed(&json!({}))), Then::Closes).await;
    let nothing = client(&url).confirm(call("1"), confirmation(1)).await.unwrap_err();
    assert_eq!(kind(&nothing), "unclear", "nobody said a matching id: {nothing}");
}

/// MOB-52: a server that does not answer in time may have done what was asked; one that is not reached has not. Asked again as the same call,
/// it says what it did.
#[tokio::test]
async fn time_outs_say_what_may_have_been_done() {
    let (smdp, url) = smdp(None).await;
    let hurried = client_with(&url, Limits { answer: TINY, ..AMPLE }, TlsFiles::default());
    smdp.set_mood(Mood::Silent);
    let silent = hurried.order(call("1"), order(1)).await.unwrap_err();
    assert_eq!((kind(&silent), silent.to_string().contains("40ms")), ("unclear", true), "{silent}");
    smdp.set_mood(Mood::Slow(Duration::from_secs(3_600)));
    assert_eq!(kind(&hurried.order(call("1"), order(1)).await.unwrap_err()), "unclear");
    assert_eq!(smdp.state(iccid(1)), Some(StockState::Allocated), "it was done all the same");
    smdp.set_mood(Mood::Slow(Duration::from_millis(1)));
    assert_eq!(client(&url).order(call("1"), order(1)).await, Ok(iccid(1)));

    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let https = format!("https://{}", silent.local_addr().unwrap());
    let waiting = client_with(&https, Limits { connect: TINY, ..AMPLE }, TlsFiles::default());
    let late = waiting.order(call("1"), order(1)).await.unwrap_err();
    assert_eq!((kind(&late), late.to_string().contains("no connection within 40ms")), ("not reached", true), "{late}");
    let closed = silent.local_addr().unwrap();
    drop(silent);
    let gone = client(&format!("http://{closed}")).order(call("1"), order(1)).await.unwrap_err();
    assert_eq!(kind(&gone), "not reached", "{gone}");
}

/// MOB-52: what is no address of a server is refused before any call, and what is ordered is not said in clear to another machine.
#[test]
fn an_address_of_a_server_is_read_strictly() {
    let new = |url: &str| {
        Es2plusClient::new(Es2plusSettings {
            url: url.to_owned(),
            requester: REQUESTER.to_owned(),
            address: super::ADDRESS.parse().unwrap(),
            iccid_form: IccidForm::Padded,
            limits: Limits::USUAL,
            tls: TlsFiles::default(),
        })
    };
    for good in
        ["https://smdp.example.org", "https://[::1]:8443/es2/", "http://localhost:1", "http://127.0.0.1:8080", "http://[::1]"]
    {
        assert!(new(good).is_ok(), "{good}");
    }
    for bad in [
        "",
        "smdp.example.org",
        "http://smdp.example.org",
        "http://127.0.0.1.example.org",
        "ftp://localhost",
        "https://me:secret@smdp.example.org",
        "https://smdp.example.org?a=b",
        "https://smdp.example.org#a",
        "https://smdp.example.org:99999",
    ] {
        assert!(new(bad).is_err(), "{bad}");
    }
}

/// MOB-52: the simulated server refuses what is no call of ES2+, with the status of HTTP.
#[tokio::test]
async fn what_is_no_call_is_turned_away() {
    let (_smdp, url) = smdp(None).await;
    let place = url.strip_prefix("http://").unwrap();
    let version = "X-Admin-Protocol: gsma/rsp/v2.1.0\r\n";
    let path = "/gsma/rsp2/es2plus/downloadOrder";
    let header = r#"{"header":{"functionRequesterIdentifier":"2.999.33.1","functionCallIdentifier":"1"}}"#;
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(40_000));
    for (line, headers, body, expected) in [
        (format!("POST {path}"), version, header, "200"),
        (format!("GET {path}"), version, "", "405"),
        (format!("POST {path}"), "", header, "400"),
        (format!("POST {path}"), "X-Admin-Protocol: gsma/rsp/v3.0.0\r\n", header, "400"),
        (format!("POST {path}"), version, "[]", "400"),
        (format!("POST {path}"), version, "{}", "400"),
        (format!("POST {path}"), version, "{", "400"),
        (format!("POST {path}"), version, long.as_str(), "413"),
        ("POST /gsma/rsp2/es2plus/handleDownloadProgressInfo".to_owned(), version, header, "404"),
        ("POST /".to_owned(), version, header, "404"),
    ] {
        let mut stream = TcpStream::connect(place).await.unwrap();
        let length = body.len();
        let request =
            format!("{line} HTTP/1.1\r\nHost: {place}\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {expected} ")), "{line} {body:.40}: {answer}");
    }
}
