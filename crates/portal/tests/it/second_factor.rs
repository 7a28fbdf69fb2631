//! The second step of signing in, and operators that ask for it, over HTTP.

use crate::{
    client::Client,
    tenants::{PASSWORD, Tenants, root},
};
use axum::{
    Router,
    http::{Method, StatusCode, header},
};
use catalog::CatalogFiles;
use operations::{permission::Role, seal::Seal};
use portal::addresses::Access;
use std::fs;
use testkit::one_time_code;

/// What the clock of the tests shows, in seconds since 1970.
const NOW: i64 = 1_795_262_400;

/// A house whose first operator asks its administrators for codes.
async fn asking(url: &str) -> (Tenants, Router) {
    let catalogs = root().join("catalogs");
    let (mut files, mut folders) = (Vec::new(), vec![catalogs.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the catalogues can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&catalogs).expect("it is below").display().to_string();
            let mut text = fs::read_to_string(&path).expect("a text");
            if name == "grandlarge/operator.toml" {
                text = format!("second_factor = [\"operator_admin\"]\n{text}");
            }
            files.push((name, text));
        }
    }
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    let seal = Seal::read(&Seal::fresh_line(Some("k1")).expect("a key")).expect("a file of keys");
    let tenants = Tenants::in_house(url, &hash, (&CatalogFiles::new(files), seal)).await;
    let router = portal::server::routes(tenants.app.clone());
    (tenants, router)
}

/// PLT-02, PLT-03: who has to have codes and has none opens nothing but the page that switches them on, signed in or not there is no way
/// around; then signing in takes two steps, and before the second there is no session.
#[tokio::test(flavor = "multi_thread")]
async fn who_has_to_have_codes_opens_nothing_before() {
    for database in testkit::databases() {
        let (tenants, router) = asking(database.url()).await;
        let person = |role| tenants.people.iter().find(|person| person.role == role).expect("somebody in that role").clone();
        let (admin, agent) = (person(Role::OperatorAdmin), person(Role::OperatorAgent));
        let mut other = Client::new(&router, &agent.host);
        other.sign_in(&agent.identifier, PASSWORD).await;
        assert_eq!(other.get("/lines").await.status, StatusCode::OK, "of other roles they are not asked");

        let mut client = Client::new(&router, &admin.host);
        assert_eq!(client.sign_in(&admin.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
        let page = client.get("/account/second-factor").await;
        assert!(page.status == StatusCode::OK && page.body.contains("id=\"codes-password\""), "{}", page.body);
        assert!(!page.body.contains("href=\"/lines\"") && !page.body.contains("/account/passkeys"), "nothing else is offered");
        let csrf = page.csrf().expect("a form");
        for address in portal::addresses::all(tenants.app.clone()) {
            let path = address.path.replace("{id}", "1").replace("{reference}", "1.1");
            let led = match address.access {
                Access::SignedIn | Access::Proving => true,
                Access::May(permission) => Role::OperatorAdmin.may(permission),
                Access::Anyone | Access::SettingUp => continue,
            };
            let answer = match address.method {
                Method::GET => client.get(&path).await,
                _ => client.form(&path, &[("csrf", &csrf)]).await,
            };
            let expected = if led { (StatusCode::SEE_OTHER, "/account/second-factor") } else { (StatusCode::NOT_FOUND, "") };
            assert_eq!((answer.status, answer.location()), expected, "{} {path}", address.method);
        }

        let answer = client.form("/account/second-factor/codes", &[("csrf", &csrf), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(client.get("/lines").await.location(), "/account/second-factor", "a seed alone is no code");
        let page = client.get("/account/second-factor").await.body;
        let (_, rest) = page.split_once("data-copy=\"").expect("the secret");
        let secret = rest.split('"').next().expect("its end").to_owned();
        let code = one_time_code(&secret, NOW);
        let answer = client.form("/account/second-factor/codes/confirmed", &[("csrf", &csrf), ("code", &code)]).await;
        assert_eq!((answer.status, answer.body.matches("<li><code>").count()), (StatusCode::OK, 10));
        assert!(!client.get("/account/second-factor").await.body.contains(&secret), "the secret is shown no more");
        assert_eq!(client.get("/lines").await.status, StatusCode::OK);
        let fields = [("csrf", csrf.as_str()), ("password", PASSWORD), ("code", "123456")];
        let refused = client.form("/account/second-factor/codes/ended", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "they cannot be switched off");

        two_steps(&router, (&admin.host, &admin.identifier), &one_time_code(&secret, NOW + 30)).await;
    }
}

/// Signing in of who has codes, with the next of them.
async fn two_steps(router: &Router, (host, identifier): (&str, &str), code: &str) {
    let mut client = Client::new(router, host);
    let answer = client.sign_in(identifier, PASSWORD).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in/code?next=%2F"));
    let cookies: Vec<_> = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok()).collect();
    assert!(cookies.len() == 1 && cookies[0].starts_with("pending="), "no session yet: {cookies:?}");
    assert!(["; HttpOnly", "; SameSite=Lax", "; Max-Age=300"].iter().all(|part| cookies[0].contains(part)), "{cookies:?}");
    assert_eq!(client.get("/lines").await.location(), "/sign-in?next=%2Flines");
    let pending = client.cookies["pending"].clone();
    let mut forged = client.clone();
    forged.cookies.insert("session".into(), pending.clone());
    assert_eq!(forged.get("/lines").await.location(), "/sign-in?next=%2Flines", "what waits for a code is no session");

    let page = client.get("/sign-in/code?next=https%3A%2F%2Fevil.example").await;
    assert!(page.status == StatusCode::OK && page.body.contains("name=\"next\" value=\"/\""), "{}", page.body);
    let csrf = page.csrf().expect("a form");
    let mut elsewhere = Client::new(router, host);
    let theirs = elsewhere.get("/sign-in").await.csrf().expect("a form");
    let answer = elsewhere.form("/sign-in/code", &[("csrf", &theirs), ("code", code)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "another browser");
    assert!(elsewhere.cookies.get("session").is_none_or(String::is_empty));
    let answer = client.form("/sign-in/code", &[("csrf", &csrf), ("code", "000000")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = client.form("/sign-in/code", &[("csrf", &csrf), ("code", code), ("next", "/lines")]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/lines"), "{}", answer.body);
    assert_eq!(client.get("/lines").await.status, StatusCode::OK);
    client.cookies.remove("session");
    client.cookies.insert("pending".into(), pending);
    let again = client.form("/sign-in/code", &[("csrf", &csrf), ("code", code)]).await;
    assert_ne!(again.status, StatusCode::SEE_OTHER, "a code is used once");
    assert!(!client.cookies.contains_key("session"), "and lets in once");
}

/// PLT-02, PLT-03: who has a passkey where a second factor is asked for, and came with the password alone, opens nothing but the page that asks
/// for it: neither with the password again, nor by switching codes on.
#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_passkey_shows_it_before_anything_else() {
    for database in testkit::databases() {
        let (tenants, router) = asking(database.url()).await;
        let admin = tenants.people.iter().find(|person| person.role == Role::OperatorAdmin).expect("an administrator");
        let transaction = tenants.house.store.begin().await.expect("a transaction");
        let new = store::NewPasskey {
            login: admin.id,
            host: &admin.host,
            credential_id: "id",
            user_handle: "handle",
            credential: "{}",
            name: "Telephone",
            made: vocabulary::Timestamp::EPOCH,
        };
        assert!(transaction.add_passkey(&new).await.expect("a database"));
        transaction.commit().await.expect("a database");
        let mut client = Client::new(&router, &admin.host);
        assert_eq!(client.sign_in(&admin.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
        assert_eq!(client.get("/lines?page=2").await.location(), "/proof?then=%2Flines%3Fpage%3D2");
        let page = client.get("/proof?then=%2Flines").await;
        assert!(
            page.status == StatusCode::OK && page.body.contains("data-passkey=\"/proof/passkey/challenge\""),
            "{}",
            page.body
        );
        assert!(!page.body.contains("name=\"password\"") && !page.body.contains("href=\"/lines\""), "nothing else is offered");
        let csrf = page.csrf().expect("a form");
        for address in portal::addresses::all(tenants.app.clone()) {
            let path = address.path.replace("{id}", "1").replace("{reference}", "1.1");
            let led = match address.access {
                Access::SignedIn | Access::SettingUp => true,
                Access::May(permission) => Role::OperatorAdmin.may(permission),
                Access::Anyone | Access::Proving => continue,
            };
            let answer = match address.method {
                Method::GET => client.get(&path).await,
                _ => client.form(&path, &[("csrf", &csrf)]).await,
            };
            let is_led = answer.status == StatusCode::SEE_OTHER && answer.location().starts_with("/proof?then=");
            assert_eq!(is_led, led, "{} {path}: {}", address.method, answer.status);
        }
        let fields = [("csrf", csrf.as_str()), ("password", PASSWORD), ("then", "/lines")];
        assert_eq!(client.form("/proof", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY, "it is known already");
        let fields = [("csrf", csrf.as_str()), ("answer", "{}"), ("then", "/lines")];
        assert_eq!(client.form("/proof/passkey", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(client.get("/lines").await.location().starts_with("/proof?"));
    }
}
