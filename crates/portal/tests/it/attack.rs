//! What an enemy tries: foreign hosts, forged sessions and forms, hostile texts, many passwords.

use crate::{
    client::{Answer, Client},
    known::{Form, Who, known},
    tenants::{PASSWORD, Person, Tenants},
};
use axum::{
    Router,
    http::{Method, StatusCode, header},
};
use operations::permission::Role;
use store::{JournalQuery, Scope};

/// A house to attack, on one database.
struct Target {
    tenants: Tenants,
    router: Router,
    url: String,
}

impl Target {
    async fn on(url: &str) -> Self {
        let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
        let tenants = Tenants::on(url, &hash).await;
        let router = portal::server::routes(tenants.app.clone());
        Self { router, tenants, url: url.to_owned() }
    }

    fn person(&self, role: Role) -> &Person {
        self.tenants.people.iter().find(|person| person.role == role).expect("somebody in that role")
    }

    async fn signed_in(&self, role: Role) -> (Client, String) {
        let person = self.person(role);
        let mut client = Client::new(&self.router, &person.host);
        assert_eq!(client.sign_in(&person.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
        let csrf = client.get("/lines").await.csrf().expect("a page with a form");
        (client, csrf)
    }

    /// What of an operator was noted in the word of an action, the latest first.
    async fn noted(&self, action: &str, operator: usize) -> Vec<store::Entry> {
        let scoped = self.tenants.house.store.scoped(Scope::operator(self.tenants.operators[operator]));
        let query = JournalQuery { action: Some(action), ..JournalQuery::default() };
        scoped.journal_asked(&query, 1_000).await.expect("entries")
    }

    /// Does something to the database that no page does.
    async fn execute(&self, sql: String) {
        testkit::raw::run(&self.url, &sql).await;
    }
}

fn is_led_to_sign_in(answer: &Answer) -> bool {
    answer.status == StatusCode::SEE_OTHER && answer.location().starts_with("/sign-in")
}

/// The attributes of a cookie that an answer sets.
fn cookie<'a>(answer: &'a Answer, name: &str) -> &'a str {
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    cookies.filter_map(|cookie| cookie.strip_prefix(name)).find(|rest| rest.starts_with('=')).expect("the cookie is set")
}

/// PLT-01: a host name is one of ours or nobody's, in any writing; what a proxy or a browser says besides does not change whose.
#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_is_nobodys_shows_nothing() {
    let databases = testkit::databases();
    let target = Target::on(databases[0].url()).await;
    let (signed, _) = target.signed_in(Role::OperatorAdmin).await;
    let own = target.person(Role::OperatorAdmin).host.clone();
    for host in [
        "evil.example",
        "hqaz.example.evil.example",
        "evil.example:443",
        "hqaz.example.",
        "localhost",
        "127.0.0.1:8080",
        "x:y:z",
        "",
    ] {
        let mut client = Client { host: host.to_owned(), ..signed.clone() }.with("x-forwarded-host", &own);
        for path in ["/", "/lines", "/sign-in", "/usage-files/1"] {
            let answer = client.get(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{host} {path}");
            assert!(!answer.everything().contains("hqa") && !answer.everything().contains("brand\""), "{host}: {}", answer.body);
        }
        assert_eq!(client.form("/sign-in", &[("identifier", "x")]).await.status, StatusCode::NOT_FOUND);
    }
    for host in ["HQAZ.example", "hqaz.EXAMPLE:8443", "hqaz.example:80"] {
        let mut client = Client { host: host.to_owned(), ..signed.clone() }.with("x-forwarded-host", "hqbz.example");
        let answer = client.get("/lines").await;
        assert!(answer.status == StatusCode::OK && answer.body.contains("Bqazbrand"), "{host}");
        assert!(!answer.body.contains("Bqbz"), "{host}");
    }
}

/// PLT-01, PLT-03: only the cookie that signing in gave is a session, and it is one as long as its login may sign in.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_what_signing_in_gave() {
    for database in testkit::databases() {
        let target = Target::on(database.url()).await;
        let person = target.person(Role::FleetManager).clone();
        let planted = "0123456789abcdef".repeat(4);
        let mut client = Client::new(&target.router, &person.host);
        client.cookies.insert("session".into(), planted.clone());
        assert!(is_led_to_sign_in(&client.get("/lines").await));
        let answer = client.sign_in(&person.identifier, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let real = client.cookies["session"].clone();
        assert!(real != planted && real.len() == 64, "a session that was planted is not taken up");
        for name in ["session", "device"] {
            let attributes = cookie(&answer, name);
            assert!(
                attributes.contains("; HttpOnly") && attributes.contains("; SameSite=Lax") && attributes.contains("; Path=/")
            );
            assert!(!attributes.contains("Domain"), "{attributes}");
        }
        assert_eq!(client.get("/lines").await.status, StatusCode::OK);
        let others = [
            real.to_uppercase(),
            real[..63].to_owned(),
            format!("{real}0"),
            "f".repeat(10_000),
            "f".repeat(64),
            "' OR 1=1 --".into(),
        ];
        for forged in others.into_iter().filter(|forged| *forged != real) {
            let mut client = client.clone();
            client.cookies.insert("session".into(), forged.clone());
            assert!(is_led_to_sign_in(&client.get("/lines").await), "{forged:.80}");
        }
        let proxied = Client { peer: [127, 0, 0, 1], ..Client::new(&target.router, &person.host) };
        let mut secure = proxied.with("x-forwarded-proto", "https");
        let page = secure.get("/sign-in").await;
        assert!(cookie(&page, "__Host-form").contains("; Secure") && cookie(&page, "__Host-form").contains("; HttpOnly"));
        let answer = secure.sign_in(&person.identifier, PASSWORD).await;
        assert!(["__Host-session", "__Host-device"].iter().all(|name| cookie(&answer, name).contains("; Secure")));
        assert_eq!(secure.get("/lines").await.status, StatusCode::OK);
        let ours = secure.cookies.remove("__Host-session").expect("a session");
        secure.cookies.insert("session".into(), ours);
        assert!(is_led_to_sign_in(&secure.get("/lines").await), "a cookie that another host could plant");

        let of = format!("(SELECT login_id FROM login_identifier WHERE identifier = '{}')", person.identifier);
        target.execute(format!("UPDATE login SET state = 'blocked' WHERE id = {of}")).await;
        assert!(is_led_to_sign_in(&client.get("/lines").await), "a session of a blocked login");
        let mut again = Client::new(&target.router, &person.host);
        let answer = again.sign_in(&person.identifier, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "a blocked login does not come in");
        target.execute(format!("UPDATE login SET state = 'validated' WHERE id = {of}")).await;
        assert_eq!(client.get("/lines").await.status, StatusCode::OK);
        target.execute(format!("UPDATE session SET expires = 1 WHERE login_id = {of}")).await;
        assert!(is_led_to_sign_in(&client.get("/lines").await), "a session that is over");
    }
}

/// PLT-01: a form that another site's page sends is refused, whatever it holds; what is typed leads to no other site.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_is_refused() {
    let databases = testkit::databases();
    let target = Target::on(databases[0].url()).await;
    let (client, csrf) = target.signed_in(Role::OperatorAgent).await;
    let own = format!("http://{}", client.host);
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://hqbz.example"),
        ("origin", &format!("{own}.evil.example")),
        ("origin", ""),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let mut client = client.clone().with(name, value);
        for path in ["/preferences", "/sign-out", "/sign-in", "/usage-files/dismissed", "/comparison"] {
            let answer = client.form(path, &[("csrf", &csrf)]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} with {name}: {value}");
        }
        let answer = client.files("/usage-files", &[("csrf", &csrf), ("layout", "mobile")], ("a.csv", "x")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    let mut from_here = client.clone().with("origin", &own).with("sec-fetch-site", "same-origin");
    for back in ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)"] {
        let answer = from_here.form("/preferences", &[("csrf", &csrf), ("theme", "dark"), ("back", back)]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"), "{back}");
        let mut visitor = Client::new(&target.router, &client.host);
        let page =
            visitor.get(&format!("/sign-in?next={}", form_urlencoded::byte_serialize(back.as_bytes()).collect::<String>())).await;
        assert!(page.body.contains("name=\"next\" value=\"/\""), "{back}");
        let person = target.person(Role::OperatorAgent);
        let fields = [
            ("csrf", page.csrf().expect("a form")),
            ("identifier", person.identifier.clone()),
            ("password", PASSWORD.into()),
            ("next", back.into()),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = visitor.form("/sign-in", &fields).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"), "{back}");
    }
}

/// PLT-01: whatever is typed into whichever field is text, too much of it is refused, and nothing breaks.
#[tokio::test(flavor = "multi_thread")]
async fn hostile_texts_break_nothing() {
    let long = "x".repeat(10_000);
    let escaped = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let hostile = [
        escaped(&long),
        escaped("a\0b"),
        escaped("\u{202e}\u{2066}\u{feff}"),
        escaped("🦀🦀👩‍👩‍👧‍👦"),
        escaped("\"><script>alert(1)</script>"),
        escaped("' OR 1=1 --"),
        "%FF%FE%C0%80%ED%A0%80".to_owned(),
        "%zz%".to_owned(),
        "-9223372036854775809".to_owned(),
        String::new(),
    ];
    for database in testkit::databases() {
        let target = Target::on(database.url()).await;
        let (staff, holder) = (target.signed_in(Role::OperatorAdmin).await, target.signed_in(Role::Subscriber).await);
        let (user, seller) = (target.signed_in(Role::Member).await, target.signed_in(Role::ResellerAdmin).await);
        let addresses = portal::addresses::all(target.tenants.app.clone());
        for address in addresses.iter().filter(|address| address.method == Method::POST && address.path != "/sign-out") {
            // Whoever may ask the address: what a household may, or who uses a line, staff may not.
            let may = |role| known(address).who.may(role) && !known(address).who.may(Role::OperatorAdmin);
            let (mut client, csrf) = match () {
                () if may(Role::Subscriber) => holder.clone(),
                () if may(Role::Member) => user.clone(),
                () if may(Role::ResellerAdmin) => seller.clone(),
                () => staff.clone(),
            };
            let path = address.path.replace("{id}", "1").replace("{message}", "1");
            let names: Vec<&str> = match known(address).form {
                Form::Fields(fields) => {
                    fields.iter().map(|(name, _)| *name).chain(["raw", "reason", "back", "language"]).collect()
                }
                Form::File(fields, _) => fields.iter().map(|(name, _)| *name).collect(),
                Form::FileIn(..) | Form::None => Vec::new(),
            };
            for text in &hostile {
                let answer = if let Form::FileIn(place, _) = known(address).form {
                    client.file_in(place, &path, &[("csrf", csrf.as_str())], ("a\u{202e}.wav", text)).await
                } else if let Form::File(..) = known(address).form {
                    let plain = form_urlencoded::parse(format!("v={text}").as_bytes())
                        .next()
                        .map(|(_, v)| v.into_owned())
                        .unwrap_or_default();
                    let fields: Vec<(&str, &str)> =
                        [("csrf", csrf.as_str())].into_iter().chain(names.iter().map(|name| (*name, plain.as_str()))).collect();
                    client.files(&path, &fields, (&plain.replace(['\0', '"'], ""), "a,b\n\0,\u{202e}\n")).await
                } else {
                    let fields: String = names.iter().map(|name| format!("&{name}={text}")).collect();
                    client.post(&path, format!("csrf={csrf}{fields}")).await
                };
                assert!(!answer.status.is_server_error(), "{path} with {text:.60}: {} {}", answer.status, answer.body);
                assert!(!answer.body.contains("<script>alert"), "{path} with {text:.60}");
            }
            if let (Form::Fields(_), Who::Demonstration) = (known(address).form, known(address).who) {
                let answer = client.post(&path, format!("csrf={csrf}")).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: whatever is sent, it is not there");
            } else if let Form::Fields(_) = known(address).form {
                let many: String = (0..2_001).map(|field| format!("f{field}=1&")).collect();
                let answer = client.post(&path, format!("{many}csrf={csrf}")).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: a token behind two thousand fields");
                let answer = client.post(&path, format!("csrf={csrf}&{many}")).await;
                assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}: more fields than any of ours");
                let large = client.post(&path, format!("csrf={csrf}&a={}", "x".repeat(100_000))).await;
                assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
            }
        }
    }
}

/// PLT-03: who tries passwords waits after the fifth, and learns neither from the answer whether anybody is known by the identifier;
/// the owner comes in meanwhile from a browser that was used before.
#[tokio::test(flavor = "multi_thread")]
async fn who_tries_passwords_waits_and_the_owner_comes_in() {
    for database in testkit::databases() {
        let target = Target::on(database.url()).await;
        let person = target.person(Role::Subscriber).clone();
        let (mut owner, csrf) = target.signed_in(Role::Subscriber).await;
        assert_eq!(owner.form("/sign-out", &[("csrf", &csrf)]).await.status, StatusCode::SEE_OTHER);
        let mut enemy = Client { peer: [198, 51, 100, 9], ..Client::new(&target.router, &person.host) };
        let mut answers = Vec::new();
        for identifier in [person.identifier.as_str(), "nobody@example.test"] {
            let mut statuses = Vec::new();
            for password in ["a", "b", "c", "d", "e", "f", PASSWORD] {
                let answer = enemy.sign_in(identifier, password).await;
                statuses.push(answer.status.as_u16());
                answers.push((identifier, answer.without(&[identifier])));
            }
            assert_eq!(statuses, [422, 422, 422, 422, 422, 429, 429], "{identifier}");
        }
        let (known, unknown) = answers.split_at(7);
        for (one, other) in known.iter().zip(unknown) {
            let differing = one.1.lines().zip(other.1.lines()).find(|(one, other)| one != other);
            assert_eq!(differing, None, "the answer tells that somebody is known so");
        }
        let answer = owner.sign_in(&person.identifier, PASSWORD).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"), "the owner, from a browser that is known");
        assert_eq!(enemy.sign_in(&person.identifier, PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS, "and nobody else");
    }
}

/// PLT-01: what every response carries, pages, refusals and assets alike; behind encryption also that there is no way without.
#[tokio::test(flavor = "multi_thread")]
async fn every_response_carries_its_policies() {
    let databases = testkit::databases();
    let target = Target::on(databases[0].url()).await;
    let (client, _) = target.signed_in(Role::OperatorAdmin).await;
    for path in ["/", "/lines", "/sign-in", "/nothing-here", "/healthz", "/assets/0/x.css", "/brand/0/x.css", "/lines/0"] {
        for host in [client.host.as_str(), "evil.example"] {
            let mut plain = Client { host: host.to_owned(), ..client.clone() };
            let answer = plain.get(path).await;
            let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("a text");
            assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"), "{policy}");
            assert!(
                policy.contains("frame-ancestors 'none'")
                    && policy.contains("base-uri 'none'")
                    && policy.contains("form-action 'self'")
            );
            assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
            assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
            assert_eq!(answer.headers[header::X_FRAME_OPTIONS], "DENY", "{path}");
            assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store", "{path}");
            assert!(!answer.headers.contains_key(header::STRICT_TRANSPORT_SECURITY), "{path}: not over plain HTTP");
            assert!(
                !answer.body.contains("<script>") && !answer.body.contains(" onclick="),
                "{path}: nothing that the policy stops"
            );
            let mut claimed = plain.with("x-forwarded-proto", "https");
            let answer = claimed.get(path).await;
            assert!(!answer.headers.contains_key(header::STRICT_TRANSPORT_SECURITY), "{path}: anybody can claim a proxy");
            claimed.peer = [127, 0, 0, 1];
            let answer = claimed.get(path).await;
            assert_eq!(answer.headers[header::STRICT_TRANSPORT_SECURITY], "max-age=31536000", "{path}");
        }
    }
}

/// PLT-06: what was refused is noted: a wrong password at the person whom somebody wanted to be, a forged form and a page that one may not
/// have at who sent them; and so few of each that nobody fills the journal.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_is_noted() {
    for database in testkit::databases() {
        let target = Target::on(database.url()).await;
        let person = target.person(Role::FleetManager).clone();
        let mut stranger = Client::new(&target.router, &person.host);
        assert_eq!(stranger.sign_in(&person.identifier, "azerty").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        // It is noted beside the answer.
        let refused = loop {
            let refused = target.noted("sign_in_refused", person.owner.operator).await;
            if !refused.is_empty() {
                break refused;
            }
            tokio::task::yield_now().await;
        };
        assert_eq!((refused.len(), refused[0].by.login, refused[0].object.as_str()), (1, None, "login"));
        let (mut client, csrf) = target.signed_in(Role::FleetManager).await;
        assert_eq!(client.form("/account/password", &[("csrf", &"0".repeat(64))]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(client.form("/usage-files/dismissed", &[("csrf", &csrf)]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(client.get("/lines/999999?password=1").await.status, StatusCode::NOT_FOUND);
        let after = |entry: &store::Entry| entry.after.clone().unwrap_or_default();
        let noted: Vec<_> = target.noted("request_refused", person.owner.operator).await.iter().map(after).collect();
        let expected = ["GET /lines/999999", "POST /usage-files/dismissed", "POST /account/password"];
        assert!(noted.len() == 3 && noted.iter().zip(expected).all(|(noted, request)| noted.contains(request)), "{noted:?}");
        assert!(!noted.concat().contains("password=1"), "a query may hold anything: {noted:?}");
        for _ in 0..60 {
            client.get("/lines/999999").await;
        }
        assert_eq!(target.noted("request_refused", person.owner.operator).await.len(), 20);
    }
}

/// PLT-05, PLT-01: a proof that is too old is asked for, and leads back to this host only; a form that was sent loses nothing; no form of
/// another host, and no wrong password, changes anything.
#[tokio::test(flavor = "multi_thread")]
async fn a_proof_leads_back_to_this_host_only() {
    for database in testkit::databases() {
        let target = Target::on(database.url()).await;
        let (mut client, csrf) = target.signed_in(Role::FleetManager).await;
        assert_eq!(client.get("/account/email").await.status, StatusCode::OK, "signing in is a proof");
        target.execute("UPDATE session SET started = 0, proved = NULL".into()).await;
        let answer = client.get("/account/email").await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/proof?then=%2Faccount%2Femail"));
        let typed = [("csrf", csrf.as_str()), ("email", "typed@example.org"), ("again", "typed@example.org")];
        let answer = client.form("/account/email", &typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.body.matches("value=\"typed@example.org\"").count(), 2, "what was typed is not lost");
        assert!(answer.body.contains("name=\"password\""), "and the proof is asked beside it");
        let wrong = [("csrf", csrf.as_str()), ("password", "wrong"), ("then", "/account/email")];
        let answer = client.form("/proof", &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for forged in
            ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\r\nset-cookie: a=b"]
        {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("then", forged).finish();
            let shown = client.get(&format!("/proof?{query}")).await;
            assert!(shown.status == StatusCode::OK && shown.body.contains("name=\"then\" value=\"/\""), "{forged}");
        }
        let forged = [("csrf", csrf.as_str()), ("password", PASSWORD), ("then", "//evil.example/")];
        let answer = client.form("/proof", &forged).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));
        let answer = client.get("/proof?then=%2F%2Fevil.example").await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"), "also with a proof");
        let foreign = [("email", "typed@example.org"), ("again", "typed@example.org")];
        assert_eq!(client.form("/account/email", &foreign).await.status, StatusCode::FORBIDDEN, "without the form's token");
    }
}
