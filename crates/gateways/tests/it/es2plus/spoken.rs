//! What our client says, to the letter, and a server whose answers a test writes.

use super::{AMPLE, REQUESTER, call, cancellation, client, client_with, confirmation, iccid, order};
use gateways::es2plus::{Es2plusClient, Es2plusSettings, IccidForm, TlsFiles};
use operations::esim_port::{Leaves, ProfileCancellation, ProfileConfirmation, ProfileOrder, ProfileServer as _, Release};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinHandle,
};

/// What a server does once it has written its answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    Closes,
    KeepsOpen,
}

/// A server for one request: its address, and what it read up to the end of the request's body.
pub(crate) async fn scripted(answer: Vec<u8>, then: Then) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut read = Vec::new();
        while !is_whole(&read) {
            let mut some = [0; 4096];
            let length = stream.read(&mut some).await.unwrap();
            assert!(length > 0, "the request ended early");
            read.extend_from_slice(&some[..length]);
        }
        // Whoever reads no more than they want to ends the connection before all is written.
        drop(stream.write_all(&answer).await);
        if then == Then::KeepsOpen {
            let mut rest = Vec::new();
            drop(stream.read_to_end(&mut rest).await);
        }
        String::from_utf8(read).unwrap()
    });
    (url, serving)
}

fn is_whole(read: &[u8]) -> bool {
    let Some(head) = read.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let text = String::from_utf8_lossy(&read[..head]).to_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse::<usize>().unwrap();
    read.len() >= head + 4 + length
}

/// A whole answer of HTTP.
pub(crate) fn http(status: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// An answer that says that all went well, with more beside its header.
pub(crate) fn executed(told: &Value) -> String {
    let mut answer = told.clone();
    answer["header"] = json!({ "functionExecutionStatus": { "status": "Executed-Success" } });
    answer.to_string()
}

/// What was asked, checked for all that stands in each request.
fn asked(request: &str, path: &str) -> Value {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    assert_eq!(lines.next(), Some(format!("POST {path} HTTP/1.1").as_str()));
    let headers: Vec<String> = lines.map(str::to_lowercase).collect();
    for header in ["content-type: application/json;charset=utf-8", "x-admin-protocol: gsma/rsp/v2.2.2", "connection: close"] {
        assert!(headers.iter().any(|line| line == header), "{header} in {headers:?}");
    }
    assert!(headers.iter().any(|line| line.starts_with("host: 127.0.0.1:")), "{headers:?}");
    serde_json::from_str(body).unwrap()
}

/// MOB-52: each function is said as the standard writes it, with an ICCID of 19 digits padded for old peers.
#[tokio::test]
async fn each_function_is_said_as_the_standard_writes_it() {
    let header = json!({ "functionRequesterIdentifier": REQUESTER, "functionCallIdentifier": "order-1/confirm" });
    let padded = format!("{}F", iccid(1));

    let (url, served) = scripted(http("200 OK", &executed(&json!({ "iccid": padded }))), Then::Closes).await;
    let asked_for = ProfileOrder { profile_type: Some("consumer".into()), eid: Some(super::eid(1)), ..order(1) };
    assert_eq!(client(&url).order(call("order-1/confirm"), asked_for).await, Ok(iccid(1)));
    assert_eq!(
        asked(&served.await.unwrap(), "/gsma/rsp2/es2plus/downloadOrder"),
        json!({ "header": header, "eid": super::eid(1), "iccid": padded, "profileType": "consumer" })
    );

    let told = json!({ "matchingId": "ABC-1", "smdpAddress": "FAR.example.org", "somethingNew": [1, 2] });
    let (url, served) = scripted(http("200 OK", &executed(&told)), Then::Closes).await;
    let with_code = ProfileConfirmation {
        eid: Some(super::eid(1)),
        matching_id: Some("ABC-1".parse().unwrap()),
        confirmation_code: Some("123456".parse().unwrap()),
        release: Release::Now,
        ..confirmation(1)
    };
    let confirmed = client(&url).confirm(call("order-1/confirm"), with_code).await.unwrap();
    assert_eq!((confirmed.sm_dp.as_str(), confirmed.matching_id.as_str()), ("far.example.org", "ABC-1"));
    assert_eq!(
        asked(&served.await.unwrap(), "/gsma/rsp2/es2plus/confirmOrder"),
        json!({
            "header": header, "eid": super::eid(1), "iccid": padded, "matchingId": "ABC-1",
            "confirmationCode": "123456", "releaseFlag": true,
        })
    );

    // Without an address of its own, its profiles are where the settings say.
    let (url, served) = scripted(http("200 OK", &executed(&json!({ "matchingId": "XYZ" }))), Then::Closes).await;
    let confirmed = client(&url).confirm(call("order-1/confirm"), confirmation(1)).await.unwrap();
    assert_eq!((confirmed.sm_dp.as_str(), confirmed.matching_id.as_str()), ("other.example.org", "XYZ"));
    let said = asked(&served.await.unwrap(), "/gsma/rsp2/es2plus/confirmOrder");
    assert_eq!(said, json!({ "header": header, "iccid": padded, "releaseFlag": false }));

    let (url, served) = scripted(http("200 OK", &executed(&json!({}))), Then::Closes).await;
    assert_eq!(
        client_with(&format!("{url}/peer/"), AMPLE, TlsFiles::default()).release(call("order-1/confirm"), iccid(1)).await,
        Ok(())
    );
    assert_eq!(
        asked(&served.await.unwrap(), "/peer/gsma/rsp2/es2plus/releaseProfile"),
        json!({ "header": header, "iccid": padded })
    );

    for (leaves, word) in [(Leaves::Available, "Available"), (Leaves::Unavailable, "Unavailable")] {
        let (url, served) = scripted(http("200 OK", &executed(&json!({}))), Then::KeepsOpen).await;
        let client = Es2plusClient::new(Es2plusSettings {
            url,
            requester: REQUESTER.to_owned(),
            address: super::ADDRESS.parse().unwrap(),
            iccid_form: IccidForm::Digits,
            limits: AMPLE,
            tls: TlsFiles::default(),
        });
        let asked_for = ProfileCancellation { matching_id: Some("ABC-1".parse().unwrap()), leaves, ..cancellation(1) };
        assert_eq!(client.unwrap().cancel(call("order-1/confirm"), asked_for).await, Ok(()));
        assert_eq!(
            asked(&served.await.unwrap(), "/gsma/rsp2/es2plus/cancelOrder"),
            json!({ "header": header, "iccid": iccid(1), "matchingId": "ABC-1", "finalProfileStatusIndicator": word })
        );
    }
}
