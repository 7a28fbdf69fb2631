//! Stripe, against a small stand-in that keeps what it was asked, byte by byte.

use billing::{BankAmount, Currency, PaymentNews};
use gateways::stripe::{Limits, PAGES, SIGNATURE, Stripe, StripeSettings, StripeSetupError, TlsFiles};
use hmac::{Hmac, KeyInit, Mac};
use operations::{
    payment_provider::{CallbackRefusal, PaymentAsked, PaymentProvider, ProviderFault, RefundAsked, Told, Whose},
    payments::Issuer,
};
use sha2::Sha256;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinHandle,
};
use vocabulary::{Cents, OperatorId, PaymentId, Timestamp};

/// 1763750000 is the hour of the signatures below.
const NOW_S: i64 = 1_763_750_000;

fn now() -> Timestamp {
    Timestamp::EPOCH.plus_seconds(NOW_S)
}

fn euros(cents: i64) -> BankAmount {
    BankAmount { cents: Cents::new(cents), currency: Currency::EURO }
}

fn stripe(url: &str, keys: &[&str]) -> Result<Stripe, StripeSetupError> {
    Stripe::new(StripeSettings {
        url: url.to_owned(),
        pages: PAGES.to_owned(),
        secret: "sk_test_1".to_owned().into(),
        callback_keys: keys.iter().map(|key| (*key).to_owned().into()).collect(),
        limits: Limits::USUAL,
        tls: TlsFiles::default(),
    })
}

/// A stand-in that answers each request with the next of some answers, and then says what it was asked.
async fn stand_in(answers: Vec<(&'static str, &'static str)>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move {
        let mut asked = Vec::new();
        for (status, body) in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let (mut request, mut buffer) = (Vec::new(), [0_u8; 4_096]);
            while !is_whole(&request) {
                let read = stream.read(&mut buffer).await.unwrap();
                assert_ne!(read, 0, "a request is cut");
                request.extend_from_slice(&buffer[..read]);
            }
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
            stream.write_all(answer.as_bytes()).await.unwrap();
            asked.push(String::from_utf8(request).unwrap());
        }
        asked
    });
    (url, serving)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |length| length.parse().unwrap());
    body.len() >= length
}

fn asked() -> PaymentAsked {
    PaymentAsked {
        payment: PaymentId(17),
        issuer: Issuer::operator(OperatorId(1)),
        amount: euros(1_399),
        title: "Facture VA2026-000001 & solde".to_owned(),
        language: "fr".to_owned(),
        paid_url: "https://vallee.example/payments/17".to_owned(),
        left_url: "https://vallee.example/payments/17/left".to_owned(),
    }
}

/// BIL-07: a page is asked for with the amount in cents, whose payment it is, the secret, and a key by which the same is known again; so are a
/// look and a refund.
#[tokio::test]
async fn stripe_is_asked_for_a_page_a_state_and_a_refund() {
    let session = r#"{"id":"cs_test_a1","url":"https://checkout.stripe.example/c/a1","status":"open","payment_status":"unpaid"}"#;
    let paid = r#"{"id":"cs_test_a1","amount_total":1399,"currency":"eur","status":"complete","payment_status":"paid","payment_intent":"pi_1"}"#;
    let refund = r#"{"id":"re_1","amount":400}"#;
    let answers = vec![("200 OK", session), ("200 OK", session), ("200 OK", paid), ("200 OK", paid), ("200 OK", refund)];
    let (url, serving) = stand_in(answers).await;
    let stripe = stripe(&url, &["whsec_1"]).unwrap();
    let page = stripe.checkout(&asked()).await.unwrap();
    assert_eq!((page.reference.as_str(), page.url.as_str()), ("cs_test_a1", "https://checkout.stripe.example/c/a1"));
    assert_eq!(stripe.look("cs_test_a1").await, Ok(None));
    assert_eq!(stripe.look("cs_test_a1").await, Ok(Some(PaymentNews::Succeeded(euros(1_399)))));
    let refunded = RefundAsked {
        payment: PaymentId(17),
        reference: "cs_test_a1".to_owned(),
        amount: euros(400),
        total: Cents::new(600),
        failed: 0,
    };
    assert_eq!(stripe.refund(&refunded).await, Ok(Cents::new(400)));
    assert!(matches!(stripe.look("../v1/accounts").await, Err(ProviderFault::Refused(_))), "no other path is asked for");

    let requests = serving.await.unwrap();
    let (head, form) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v1/checkout/sessions HTTP/1.1\r\n"), "{head}");
    for header in [
        "authorization: Bearer sk_test_1",
        "content-type: application/x-www-form-urlencoded",
        "idempotency-key: payment-17",
        "stripe-version: 2024-06-20",
    ] {
        assert!(head.lines().any(|line| line == header), "{header} is not in {head}");
    }
    let expected = "mode=payment&client_reference_id=17&line_items%5B0%5D%5Bquantity%5D=1\
                    &line_items%5B0%5D%5Bprice_data%5D%5Bcurrency%5D=eur&line_items%5B0%5D%5Bprice_data%5D%5Bunit_amount%5D=1399\
                    &line_items%5B0%5D%5Bprice_data%5D%5Bproduct_data%5D%5Bname%5D=Facture+VA2026-000001+%26+solde\
                    &payment_intent_data%5Bmetadata%5D%5Bpayment%5D=17&payment_method_types%5B0%5D=card&locale=fr\
                    &success_url=https%3A%2F%2Fvallee.example%2Fpayments%2F17\
                    &cancel_url=https%3A%2F%2Fvallee.example%2Fpayments%2F17%2Fleft";
    assert_eq!(form, expected);
    assert!(requests[1].starts_with("GET /v1/checkout/sessions/cs_test_a1 HTTP/1.1\r\n"), "{}", requests[1]);
    let (head, form) = requests[4].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v1/refunds HTTP/1.1\r\n") && head.contains("idempotency-key: refund-17-600"), "{head}");
    assert_eq!(form, "payment_intent=pi_1&amount=400");
}

/// BIL-07: what Stripe refuses is told in its words; what passes is told apart from it.
#[tokio::test]
async fn refusals_and_faults_are_told_apart() {
    let refused = r#"{"error":{"message":"Invalid currency: xyz"}}"#;
    let answers = vec![("400 Bad Request", refused), ("429 Too Many Requests", "{}"), ("500 Oops", "<html>"), ("200 OK", "[]")];
    let (url, serving) = stand_in(answers).await;
    let stripe = stripe(&url, &["whsec_1"]).unwrap();
    assert_eq!(stripe.checkout(&asked()).await, Err(ProviderFault::Refused("400: Invalid currency: xyz".to_owned())));
    assert!(matches!(stripe.checkout(&asked()).await, Err(ProviderFault::NotReached(_))));
    assert!(matches!(stripe.checkout(&asked()).await, Err(ProviderFault::NotReached(_))));
    assert!(matches!(stripe.checkout(&asked()).await, Err(ProviderFault::NotUnderstood(_))));
    serving.await.unwrap();
    assert!(matches!(stripe.checkout(&asked()).await, Err(ProviderFault::NotReached(_))), "nobody listens");
}

/// A callback.
const BODY: &str = r#"{"id":"evt_1","type":"checkout.session.completed","data":{"object":{"id":"cs_test_a1","client_reference_id":"17","amount_total":1399,"currency":"eur","status":"complete","payment_status":"paid"}}}"#;
/// The HMAC-SHA256, with `whsec_1`, of the hour, a point and that body, as another program made it.
const SIGNED: &str = "4edbf2ecd16a81b0c18d3269505bf9792163365ce8d42df9a1305e95521fa21e";

/// BIL-07: a callback is taken that is signed with one of the keys and of now; a forged, changed or old one is a stranger's.
#[test]
fn callbacks_prove_who_calls() {
    assert!(matches!(stripe("https://api.stripe.example", &[]), Err(StripeSetupError::NoCallbackKey)));
    assert!(matches!(stripe("https://api.stripe.example", &[""]), Err(StripeSetupError::NoCallbackKey)));
    let changing = stripe("https://api.stripe.example", &["whsec_new", "whsec_1"]).unwrap();
    assert_eq!(changing.signature_header(), SIGNATURE);
    let good = format!("t={NOW_S},v1={SIGNED}");
    let read = |signature: &str, body: &str, at: Timestamp| changing.read_callback(Some(signature), body.as_bytes(), at);
    let callback = read(&good, BODY, now()).unwrap();
    assert_eq!((callback.event.as_str(), callback.payment), ("evt_1", Whose::Ours(PaymentId(17))));
    assert_eq!(callback.reference.as_deref(), Some("cs_test_a1"));
    assert_eq!(callback.told, Told::News(PaymentNews::Succeeded(euros(1_399))));
    assert!(read(&format!("t={NOW_S},v1={},v1={SIGNED},v0=x", "0".repeat(64)), BODY, now()).is_ok(), "keys are being changed");
    let stranger = Err(CallbackRefusal::Stranger);
    assert_eq!(read(&good, BODY, now().plus_seconds(301)), stranger, "replayed later");
    assert_eq!(read(&good, &BODY.replace("1399", "1"), now()), stranger);
    assert_eq!(read(&good.replace(&NOW_S.to_string(), "1763750001"), BODY, now()), stranger);
    assert_eq!(read(&format!("t={NOW_S},v1={}", "0".repeat(64)), BODY, now()), stranger);
    assert_eq!(changing.read_callback(None, BODY.as_bytes(), now()), stranger);
    let other = stripe("https://api.stripe.example", &["whsec_2"]).unwrap();
    assert_eq!(other.read_callback(Some(&good), BODY.as_bytes(), now()), stranger);
}

const SESSION: &str = r#"{"id":"cs_test_a1","amount_total":1399,"currency":"eur","status":"complete","payment_status":"paid","payment_intent":"pi_1"}"#;

/// BIL-07: a dispute that took money, one that was won, and a refund that did not arrive are told by another name of the payment, which Stripe is asked for;
/// what takes no money is nothing of ours.
#[tokio::test]
async fn disputes_and_failed_refunds_are_read() {
    let (url, serving) = stand_in(vec![
        ("200 OK", r#"{"id":"pi_1","metadata":{"payment":"17"}}"#),
        ("200 OK", r#"{"id":"pi_2"}"#),
        ("200 OK", SESSION),
        ("200 OK", r#"{"id":"pi_1","latest_charge":{"id":"ch_1","amount_refunded":400}}"#),
    ])
    .await;
    let stripe = stripe(&url, &["whsec_1"]).unwrap();
    let read = |kind: &str, object: &str| {
        let body = format!(r#"{{"id":"evt_9","type":"{kind}","data":{{"object":{object}}}}}"#);
        let mut mac = Hmac::<Sha256>::new_from_slice(b"whsec_1").unwrap();
        mac.update(format!("{NOW_S}.{body}").as_bytes());
        let code: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        stripe.read_callback(Some(&format!("t={NOW_S},v1={code}")), body.as_bytes(), now())
    };
    let dispute = r#"{"id":"dp_1","amount":1399,"currency":"eur","payment_intent":"pi_1","reason":"fraudulent"}"#;
    let (name, amount) = ("dp_1".to_owned(), euros(1_399));
    let came = read("charge.dispute.funds_withdrawn", dispute).unwrap();
    assert_eq!(came.payment, Whose::Theirs("pi_1".to_owned()));
    assert_eq!(came.told, Told::Withdrawn { dispute: name.clone(), amount });
    assert_eq!(read("charge.dispute.funds_reinstated", dispute).unwrap().told, Told::Reinstated { dispute: name, amount });
    // What is disputed is another amount than what comes again.
    let moved = dispute.replace(
        "\"reason\"",
        r#""balance_transactions":[{"amount":-1399,"currency":"eur"},{"amount":300,"currency":"eur"},{"amount":-20,"currency":"usd"}],"reason""#,
    );
    let told = |kind: &str| match read(kind, &moved).unwrap().told {
        Told::Withdrawn { amount, .. } | Told::Reinstated { amount, .. } => amount,
        other => panic!("{other:?}"),
    };
    assert_eq!(told("charge.dispute.funds_withdrawn"), euros(1_399));
    assert_eq!(told("charge.dispute.funds_reinstated"), euros(300));
    assert_eq!(read("charge.dispute.created", dispute), Err(CallbackRefusal::NotOurs));
    let refund = |status: &str| {
        format!(
            r#"{{"id":"re_1","amount":400,"currency":"eur","payment_intent":"pi_1","status":"{status}","failure_reason":"lost_or_stolen_card"}}"#
        )
    };
    let failed = Told::RefundFailed { refund: "re_1".to_owned(), amount: euros(400), why: "lost_or_stolen_card".to_owned() };
    for kind in ["refund.failed", "refund.updated", "charge.refund.updated"] {
        assert_eq!(read(kind, &refund("failed")).unwrap().told, failed, "{kind}");
        assert_eq!(read(kind, &refund("succeeded")), Err(CallbackRefusal::NotOurs), "{kind}");
    }
    assert!(matches!(read("refund.failed", r#"{"id":"re_1","status":"failed"}"#), Err(CallbackRefusal::NotUnderstood(_))));
    assert_eq!(stripe.payment_of("pi_1").await, Ok(Some(PaymentId(17))));
    assert_eq!(stripe.payment_of("pi_2").await, Ok(None), "another shop of the same account");
    assert!(matches!(stripe.payment_of("../v1/accounts").await, Err(ProviderFault::Refused(_))));
    assert_eq!(stripe.given_back("cs_test_a1").await, Ok(Cents::new(400)));
    let asked = serving.await.unwrap();
    assert!(asked[0].starts_with("GET /v1/payment_intents/pi_1 HTTP/1.1\r\n"), "{}", asked[0]);
    let charge = "GET /v1/payment_intents/pi_1?expand%5B%5D=latest_charge HTTP/1.1\r\n";
    assert!(asked[3].starts_with(charge), "{}", asked[3]);
}
