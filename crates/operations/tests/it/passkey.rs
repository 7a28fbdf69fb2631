//! Passkeys, answered by an authenticator of the tests' own, which can lie about everything.

use crate::{
    identity::{NOW, PASSWORD, from, links, mails, town, town_in, try_it},
    stage::{at, house_with},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use operations::{
    Actor, House,
    first_access::Address,
    passkey::{self, PasskeyOutcome, PasskeyRefusal, Site},
    proof::{self, FRESH_S, ProofRefusal, Shown},
    second_factor::{self, Missing},
    sign_in::{self, Door, Outcome},
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::Scope;
use testkit::databases;
use vocabulary::{LabelRefusal, LoginId, OperatorId};

const ORIGIN: &str = "https://bellerive.localhost";
const HOST: &str = "bellerive.localhost";

/// A telephone with one passkey, and what it says.
#[derive(Clone)]
struct Telephone {
    key: SigningKey,
    id: Vec<u8>,
    handle: Option<Vec<u8>>,
    counter: u32,
    origin: String,
    rp: String,
    /// Somebody is there, and was checked.
    flags: u8,
    /// What it answers in place of the challenge.
    challenge: Option<String>,
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Telephone {
    fn new(seed: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[seed; 32]).unwrap(),
            id: vec![seed; 16],
            handle: None,
            counter: 0,
            origin: ORIGIN.to_owned(),
            rp: HOST.to_owned(),
            flags: 0x05,
            challenge: None,
        }
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let challenge = self.challenge.clone().unwrap_or_else(|| options["publicKey"]["challenge"].as_str().unwrap().to_owned());
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false }).to_string()
    }

    fn authenticator_data(&self, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(&self.rp).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// Makes the passkey.
    fn make(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        let asked = &options["publicKey"];
        assert_eq!(asked["rp"]["id"], HOST);
        assert_eq!(asked["authenticatorSelection"]["userVerification"], "required");
        assert_eq!(asked["authenticatorSelection"]["residentKey"], "required");
        self.handle = Some(URL_SAFE_NO_PAD.decode(asked["user"]["id"].as_str().unwrap()).unwrap());
        let mut data = self.authenticator_data(self.flags | 0x40);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        let point = self.key.verifying_key().to_sec1_point(false);
        // CBOR: a key for ES256 on P-256.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(point.x().unwrap().iter());
        data.extend([0x22, 0x58, 0x20]);
        data.extend(point.y().unwrap().iter());
        // { "fmt": "none", "attStmt": {}, "authData": … }
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let client = self.client_data("webauthn.create", &options);
        let response = json!({ "attestationObject": encoded(object), "clientDataJSON": encoded(client) });
        json!({ "id": encoded(&self.id), "rawId": encoded(&self.id), "type": "public-key", "response": response }).to_string()
    }

    /// Shows it.
    fn show(&mut self, options: &str) -> String {
        self.counter += 1;
        let options: Value = serde_json::from_str(options).unwrap();
        let (data, client) = (self.authenticator_data(self.flags), self.client_data("webauthn.get", &options));
        let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        let signature: Signature = self.key.sign(&signed);
        let mut response = json!({
            "authenticatorData": encoded(data),
            "clientDataJSON": encoded(client),
            "signature": encoded(signature.to_der().as_bytes()),
        });
        if let Some(handle) = &self.handle {
            response["userHandle"] = encoded(handle).into();
        }
        json!({ "id": encoded(&self.id), "rawId": encoded(&self.id), "type": "public-key", "response": response }).to_string()
    }
}

struct Stage {
    house: House,
    door: Door,
    links: Address,
    actor: Actor,
    telephone: Telephone,
}

impl Stage {
    /// Somebody who added a passkey.
    async fn on(url: &str) -> Self {
        let (house, door) = town(url).await;
        Self::of(house, door).await
    }

    async fn of(house: House, door: Door) -> Self {
        let Outcome::In { session, .. } = try_it(&house, door, ("V100000", PASSWORD), from("192.0.2.1", None)).await else {
            panic!("the right password lets in")
        };
        let actor = sign_in::session(&house, door, session.as_str(), "192.0.2.1").await.unwrap().unwrap();
        let mut stage = Self { house, door, links: links(), actor, telephone: Telephone::new(7) };
        let options = stage.begin(("Téléphone", PASSWORD)).await.unwrap();
        let answer = stage.telephone.make(&options);
        assert_eq!(stage.add(&answer).await, Ok(()));
        stage
    }

    fn site(&self) -> Site<'_> {
        Site { door: self.door, links: &self.links, name: "Bellerive", browser: "one browser" }
    }

    async fn begin(&self, typed: (&str, &str)) -> Result<String, PasskeyRefusal> {
        passkey::begin_adding(&self.house, &self.actor, self.site(), (typed.0, Shown::Password(typed.1))).await.unwrap()
    }

    async fn add(&self, answer: &str) -> Result<(), PasskeyRefusal> {
        passkey::add(&self.house, &self.actor, self.site(), answer).await.unwrap()
    }

    async fn ask(&self) -> String {
        passkey::begin_sign_in(&self.house, self.site(), "192.0.2.9").await.unwrap().unwrap()
    }

    async fn enter_at(&self, site: Site<'_>, answer: &str) -> PasskeyOutcome {
        passkey::sign_in(&self.house, site, answer, from("192.0.2.9", None)).await.unwrap()
    }

    /// Asked and shown, by a telephone that lies about something.
    async fn lie(&mut self, lie: impl FnOnce(&mut Telephone)) -> PasskeyOutcome {
        let options = self.ask().await;
        let mut liar = self.telephone.clone();
        lie(&mut liar);
        let outcome = self.enter_at(self.site(), &liar.show(&options)).await;
        self.telephone.counter += 1;
        outcome
    }

    /// The passkey lets in, as it is.
    async fn is_good(&mut self) -> bool {
        is_in(&self.lie(|_| ()).await)
    }
}

fn is_in(outcome: &PasskeyOutcome) -> bool {
    matches!(outcome, PasskeyOutcome::In { .. })
}

fn is_unknown(outcome: &PasskeyOutcome) -> bool {
    matches!(outcome, PasskeyOutcome::Unknown)
}

/// PLT-03: a passkey lets its owner in without a word typed; what was added, used and removed is told and noted; once removed, it opens nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_lets_in_until_it_is_removed() {
    for database in databases() {
        let mut stage = Stage::on(database.url()).await;
        let options = stage.ask().await;
        assert!(options.contains("\"allowCredentials\":[]"), "nobody is named before: {options}");
        let answer = stage.telephone.show(&options);
        let PasskeyOutcome::In { session, .. } = stage.enter_at(stage.site(), &answer).await else { panic!("in") };
        let actor = sign_in::session(&stage.house, stage.door, session.as_str(), "").await.unwrap().unwrap();
        assert_eq!(actor.login, stage.actor.login);
        assert!(is_unknown(&stage.enter_at(stage.site(), &answer).await), "the same answer again");
        let kept = stage.house.store.passkeys(stage.actor.login).await.unwrap();
        assert_eq!((kept.len(), kept[0].name.as_str(), kept[0].used.is_some()), (1, "Téléphone", true));

        let remove = async |id, password| {
            passkey::remove(&stage.house, &stage.actor, (id, Shown::Password(password)), &stage.links).await.unwrap()
        };
        assert_eq!(remove(vocabulary::PasskeyId(kept[0].id.0 + 1), PASSWORD).await, None);
        assert_eq!(remove(kept[0].id, "wrong").await, Some(Err(PasskeyRefusal::WrongPassword)));
        let stranger = Actor { login: LoginId(stage.actor.login.0 + 1), ..stage.actor.clone() };
        let theirs =
            passkey::remove(&stage.house, &stranger, (kept[0].id, Shown::Password(PASSWORD)), &stage.links).await.unwrap();
        assert_eq!(theirs, None, "somebody else's is not there");
        assert_eq!(remove(kept[0].id, PASSWORD).await, Some(Ok(())));
        assert!(!stage.is_good().await, "it was removed");

        let told: Vec<_> = mails(&stage.house, stage.door.operator).await.into_iter().map(|(_, template)| template).collect();
        for template in ["passkey-added", "new-device", "passkey-removed"] {
            assert!(told.contains(&template.to_owned()), "{told:?}");
        }
        let journal = stage.house.store.scoped(Scope::operator(stage.door.operator)).journal(None, None, 100).await.unwrap();
        let by_passkey = journal.iter().find(|entry| entry.action == "signed_in" && entry.after.is_some()).unwrap();
        assert_eq!(by_passkey.after.as_deref(), Some(r#"{"passkey":"Téléphone"}"#));
        assert!(journal.iter().any(|entry| entry.action == "passkey_removed"));
    }
}

/// PLT-01, PLT-03: an answer for another address, host name, challenge or browser, by another key, of a telephone that checked nobody or
/// was copied, cut short or made up, is refused like one of nobody; the passkey stays good.
#[tokio::test(flavor = "multi_thread")]
async fn a_forged_answer_is_nobodys() {
    for database in databases() {
        let mut stage = Stage::on(database.url()).await;
        assert!(stage.is_good().await);
        for origin in [
            "https://evil.example",
            "https://bellerive.localhost.evil.example",
            "https://sub.bellerive.localhost",
            "http://bellerive.localhost",
            "https://bellerive.localhost:8443",
            "null",
        ] {
            assert!(is_unknown(&stage.lie(|telephone| telephone.origin = origin.to_owned()).await), "{origin}");
        }
        assert!(is_unknown(&stage.lie(|telephone| telephone.rp = "evil.example".to_owned()).await), "another host name");
        let made_up = Some(encoded([1; 32]));
        assert!(is_unknown(&stage.lie(|telephone| telephone.challenge = made_up).await), "a challenge of its own");
        assert!(is_unknown(&stage.lie(|telephone| telephone.key = Telephone::new(9).key).await), "another key");
        assert!(is_unknown(&stage.lie(|telephone| telephone.id = vec![9; 16]).await), "another's name");
        assert!(is_unknown(&stage.lie(|telephone| telephone.flags = 0x01).await), "nobody was checked");
        assert!(is_unknown(&stage.lie(|telephone| telephone.flags = 0x04).await), "nobody was there");
        assert!(is_unknown(&stage.lie(|telephone| telephone.handle = None).await), "no handle");
        assert!(is_unknown(&stage.lie(|telephone| telephone.handle = Some(vec![1; 32])).await), "another handle");
        assert!(is_unknown(&stage.lie(|telephone| telephone.counter = 0).await), "a copy, whose counter is behind");

        let options = stage.ask().await;
        let answer = stage.telephone.show(&options);
        let elsewhere = Site { browser: "another browser", ..stage.site() };
        assert!(is_unknown(&stage.enter_at(elsewhere, &answer).await), "another browser");
        assert!(is_in(&stage.enter_at(stage.site(), &answer).await), "which took nothing away");
        for cut in
            ["", "{}", "null", "[]", &answer[..answer.len() / 2], &answer.replace("\"signature\":\"", "\"signature\":\"AA")]
        {
            let options = stage.ask().await;
            let _asked = stage.telephone.show(&options);
            assert!(is_unknown(&stage.enter_at(stage.site(), cut).await), "{cut:.60}");
        }
        let options = stage.ask().await;
        stage.house.clock.set(stage.house.clock.now().plus_seconds(301));
        let answer = stage.telephone.show(&options);
        assert!(is_unknown(&stage.enter_at(stage.site(), &answer).await), "five minutes later");
        assert!(stage.is_good().await);

        // Of two answers with one counter at the same time, one gets in.
        let (one, other) = (stage.ask().await, stage.ask().await);
        let mut copy = stage.telephone.clone();
        let (one, other) = (stage.telephone.show(&one), copy.show(&other));
        let (one, other) = tokio::join!(stage.enter_at(stage.site(), &one), stage.enter_at(stage.site(), &other));
        assert_eq!(usize::from(is_in(&one)) + usize::from(is_in(&other)), 1, "{one:?} {other:?}");
    }
}

/// PLT-01, PLT-03: a passkey is its host name's and its operator's, and opens to who may sign in.
#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_of_one_house() {
    for database in databases() {
        let mut stage = Stage::on(database.url()).await;
        let theirs = Address { scheme: "https", host: "other.localhost".into(), brand: "other.localhost".into() };
        let there = Site { links: &theirs, ..stage.site() };
        let options = passkey::begin_sign_in(&stage.house, there, "192.0.2.9").await.unwrap().unwrap();
        let mut telephone = stage.telephone.clone();
        (telephone.origin, telephone.rp) = ("https://other.localhost".into(), "other.localhost".into());
        assert!(is_unknown(&stage.enter_at(there, &telephone.show(&options)).await), "at another host name");
        let door = Door { operator: OperatorId(stage.door.operator.0 + 1), reseller: None };
        let options = stage.ask().await;
        let answer = stage.telephone.show(&options);
        assert!(is_unknown(&stage.enter_at(Site { door, ..stage.site() }, &answer).await), "at another operator's door");
        assert!(stage.is_good().await);
        for state in ["blocked", "invited"] {
            testkit::raw::run(database.url(), &format!("UPDATE login SET state = '{state}' WHERE id = {}", stage.actor.login))
                .await;
            assert!(!stage.is_good().await, "{state}");
        }
        testkit::raw::run(database.url(), &format!("UPDATE login SET state = 'validated' WHERE id = {}", stage.actor.login))
            .await;
        assert!(stage.is_good().await);
        assert_eq!(at(crate::identity::NOW), stage.house.clock.now());
    }
}

/// PLT-03: who asks for passkeys and answers none has to wait, at that address; who answers does not use the tries of others up.
#[tokio::test(flavor = "multi_thread")]
async fn asking_for_passkeys_waits() {
    for database in databases() {
        let mut stage = Stage::on(database.url()).await;
        for _ in 0..40 {
            assert!(stage.is_good().await);
        }
        for _ in 0..30 {
            stage.ask().await;
        }
        let asked = async |address| passkey::begin_sign_in(&stage.house, stage.site(), address).await.unwrap();
        assert_eq!(asked("192.0.2.9").await, Err(PasskeyRefusal::Wait(1)));
        assert!(asked("192.0.2.10").await.is_ok());
        stage.house.clock.set(stage.house.clock.now().plus_seconds(15));
        assert!(stage.is_good().await);
    }
}

/// PLT-03, PLT-05: adding asks for the password and for an answer to this very question; nobody's passkey is added twice, and one proves who
/// is there only with its own challenge.
#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_added_by_who_was_asked() {
    for database in databases() {
        let mut stage = Stage::on(database.url()).await;
        assert_eq!(stage.begin(("Autre", "wrong")).await, Err(PasskeyRefusal::WrongPassword));
        assert_eq!(stage.begin((" ", PASSWORD)).await, Err(PasskeyRefusal::Name(LabelRefusal::Empty)));
        let long = "x".repeat(41);
        for (name, refusal) in [
            (long.as_str(), LabelRefusal::TooLong(40)),
            ("Key\u{202e}", LabelRefusal::Unseen('\u{202e}')),
            ("evil.example", LabelRefusal::Address),
        ] {
            assert_eq!(stage.begin((name, PASSWORD)).await, Err(PasskeyRefusal::Name(refusal)), "{name}");
        }
        let add = async |lie: &dyn Fn(&mut Telephone)| {
            let options = stage.begin(("Autre", PASSWORD)).await.unwrap();
            let mut telephone = Telephone::new(8);
            lie(&mut telephone);
            stage.add(&telephone.make(&options)).await
        };
        let unknown = Err(PasskeyRefusal::Unknown);
        assert_eq!(add(&|telephone| telephone.origin = "https://evil.example".into()).await, unknown);
        assert_eq!(add(&|telephone| telephone.rp = "evil.example".into()).await, unknown);
        assert_eq!(add(&|telephone| telephone.challenge = Some(encoded([1; 32]))).await, unknown);
        assert_eq!(add(&|telephone| telephone.flags = 0x01).await, unknown, "nobody was checked");
        assert_eq!(add(&|telephone| *telephone = Telephone::new(7)).await, unknown, "it is there already");
        let options = stage.begin(("Autre", PASSWORD)).await.unwrap();
        let answer = Telephone::new(8).make(&options);
        let stranger = Actor { login: LoginId(stage.actor.login.0 + 1), ..stage.actor.clone() };
        let theirs = passkey::add(&stage.house, &stranger, stage.site(), &answer).await.unwrap();
        assert_eq!(theirs, unknown, "somebody else was asked");
        let options = stage.begin(("Autre", PASSWORD)).await.unwrap();
        let mut other = Telephone::new(8);
        let answer = other.make(&options);
        assert_eq!(other.handle, stage.telephone.handle, "one handle a login and host name");
        assert_eq!(stage.add(&answer).await, Ok(()));
        assert_eq!(stage.add(&answer).await, unknown, "again");

        // A proof in a session: with its own challenge, and by oneself.
        let mut telephone = stage.telephone.clone();
        let ask = async || passkey::begin_proof(&stage.house, &stage.actor, stage.site()).await.unwrap();
        let prove = async |actor: &Actor, answer: &str| {
            passkey::prove_by_passkey(&stage.house, actor, stage.site(), answer).await.unwrap()
        };
        let options = ask().await;
        assert!(options.contains(&encoded([7; 16])) && options.contains(&encoded([8; 16])), "{options}");
        let answer = telephone.show(&options);
        assert_eq!(prove(&stage.actor, &answer).await, Ok(()));
        assert_eq!(prove(&stage.actor, &answer).await, unknown);
        let answer = telephone.show(&stage.ask().await);
        assert_eq!(prove(&stage.actor, &answer).await, unknown, "a challenge of signing in");
        let answer = telephone.show(&ask().await);
        assert_eq!(prove(&stranger, &answer).await, unknown);
        stage.telephone = telephone;
        assert!(stage.is_good().await);
    }
}

/// PLT-03, PLT-05: a passkey proves who has a session that was left open; a forged answer, or another's, does not, and is counted and noted.
#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_a_proof() {
    for database in databases() {
        let mut stage = Stage::on(database.url()).await;
        stage.house.clock.set(stage.house.clock.now().plus_seconds(FRESH_S));
        assert!(proof::asked(&stage.actor, stage.house.clock.now()).is_err());
        let ways = proof::ways(&stage.house, &stage.actor, &stage.links.brand).await.unwrap();
        assert!(ways.has_passkeys && !proof::ways(&stage.house, &stage.actor, "elsewhere.localhost").await.unwrap().has_passkeys);
        let options = passkey::begin_proof(&stage.house, &stage.actor, stage.site()).await.unwrap();
        let answer = stage.telephone.show(&options);
        let shown = Shown::Passkey(stage.site(), &answer);
        assert!(proof::shown(&stage.house, &stage.actor, shown, &stage.links).await.unwrap().is_ok());
        let mut refusals = Vec::new();
        for _ in 0..6 {
            refusals.push(proof::shown(&stage.house, &stage.actor, shown, &stage.links).await.unwrap().err());
        }
        assert_eq!(refusals[0], Some(ProofRefusal::WrongPasskey), "a challenge is answered once");
        assert_eq!(refusals[5], Some(ProofRefusal::Wait(1)));
        let scoped = stage.house.store.scoped(Scope::operator(stage.door.operator));
        let journal = scoped.journal(None, None, 100).await.unwrap();
        assert_eq!(journal.iter().filter(|entry| entry.action == "proof_refused").count(), 5);
    }
}

/// PLT-03: where the operator asks for a second factor, a passkey is one: who came with it is asked for nothing, who has one and came with the
/// password alone shows it before anything else; who has neither switches codes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_what_the_operator_asks_for() {
    for database in databases() {
        let asking = house_with(database.url(), NOW, ("grandlarge", "second_factor = [\"subscriber\"]")).await;
        let (house, door) = town_in(asking).await;
        let mut stage = Stage::of(house, door).await;
        let missing = async |stage: &Stage, actor: &Actor| second_factor::missing(&stage.house, actor).await.unwrap();
        assert_eq!(missing(&stage, &stage.actor).await, Some(Missing::Passkey), "the password alone");
        let options = stage.ask().await;
        let answer = stage.telephone.show(&options);
        let PasskeyOutcome::In { session, .. } = stage.enter_at(stage.site(), &answer).await else { panic!("its passkey") };
        let came = sign_in::session(&stage.house, door, session.as_str(), "192.0.2.9").await.unwrap().unwrap();
        assert_eq!(missing(&stage, &came).await, None, "came with it");
        let options = passkey::begin_proof(&stage.house, &stage.actor, stage.site()).await.unwrap();
        stage.telephone.counter += 1;
        let answer = stage.telephone.show(&options);
        let shown = Shown::Passkey(stage.site(), &answer);
        assert!(proof::shown(&stage.house, &stage.actor, shown, &stage.links).await.unwrap().is_ok());
        assert_eq!(missing(&stage, &stage.actor).await, None, "showed it since");
        let kept = stage.house.store.passkeys(stage.actor.login).await.unwrap();
        let removing = (kept[0].id, Shown::Password(PASSWORD));
        passkey::remove(&stage.house, &stage.actor, removing, &stage.links).await.unwrap().unwrap().unwrap();
        let Outcome::In { session, .. } = try_it(&stage.house, door, ("V100000", PASSWORD), from("192.0.2.1", None)).await else {
            panic!("the right password lets in")
        };
        let bare = sign_in::session(&stage.house, door, session.as_str(), "192.0.2.1").await.unwrap().unwrap();
        assert_eq!(missing(&stage, &bare).await, Some(Missing::Codes));
    }
}
