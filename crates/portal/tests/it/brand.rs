//! A brand, as its owner changes it and as everybody sees it.

use crate::{
    client::{Answer, Client},
    tenants::{PASSWORD, Tenants},
};
use axum::{
    Router,
    http::{StatusCode, header},
};
use operations::permission::Role;
use portal::App;
use std::{collections::HashMap, time::Instant};

const SVG: &str = concat!(
    r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60" onload="alert(1)"><script>alert(1)</script>"##,
    r##"<rect width="120" height="60" fill="#0b6e4f"/></svg>"##
);

struct House {
    tenants: Tenants,
    router: Router,
    _database: testkit::TestDatabase,
}

async fn houses() -> Vec<House> {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    let mut houses = Vec::new();
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        let router = portal::server::routes(tenants.app.clone());
        houses.push(House { tenants, router, _database: database });
    }
    houses
}

/// A reseller's administrator, the address of its brand, and its token.
async fn admin(house: &House) -> (Client, String, String) {
    let person = house.tenants.people.iter().find(|person| person.role == Role::ResellerAdmin).expect("an administrator");
    let mut client = Client::new(&house.router, &person.host);
    assert_eq!(client.sign_in(&person.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
    let answer = client.get("/brand").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "who has one brand is led to it");
    let path = answer.location().to_owned();
    let csrf = client.get(&path).await.csrf().expect("a form");
    (client, path, csrf)
}

/// The fields of the form, with the version that the page has.
async fn fields(client: &mut Client, path: &str, csrf: &str) -> Vec<(&'static str, String)> {
    let page = client.get(path).await.body;
    let version = page.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a version");
    vec![
        ("csrf", csrf.to_owned()),
        ("version", version.to_owned()),
        ("name", "Étoile & Fils".into()),
        ("colour", "#0b6e4f".into()),
        ("colour_on_dark", String::new()),
        ("telephone", "01 99 00 00 00".into()),
        ("email", "bonjour@etoile.example".into()),
        ("postal_address", "1 quai\r\n67000 Ville".into()),
        ("language", "fr".into()),
        ("first_language", "fr".into()),
        ("own_hosts", "Espace.Étoile.example".into()),
    ]
}

async fn send(client: &mut Client, path: &str, fields: &[(&'static str, String)], file: &str) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.file_in("logo_light", path, &fields, ("logo.svg", file)).await
}

/// What the operator's administrator does with a host name that waits; the reseller cannot.
async fn confirm(house: &House, path: &str, host: &str) {
    let (mut reseller, _, csrf) = admin(house).await;
    let own = reseller.get(path).await.body;
    assert!(own.contains(&format!("<dd class=\"file-name\">{host}</dd>")) && !own.contains("/hosts/confirmed"), "{own}");
    let address = format!("{path}/hosts/confirmed");
    assert_eq!(reseller.form(&address, &[("csrf", &csrf), ("host", host)]).await.status, StatusCode::NOT_FOUND);
    let person = house.tenants.people.iter().find(|person| person.role == Role::OperatorAdmin).expect("an administrator");
    let mut client = Client::new(&house.router, &person.host);
    client.sign_in(&person.identifier, PASSWORD).await;
    assert!(client.get("/brand").await.body.contains("1 nom d’hôte à confirmer"));
    let page = client.get(path).await;
    assert!(page.body.contains(&format!("name=\"host\" value=\"{host}\"")), "{}", page.body);
    let csrf = page.csrf().expect("a form");
    let answer = client.form(&address, &[("csrf", &csrf), ("host", host)]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, format!("{path}?done=host-confirmed").as_str()));
    assert_eq!(client.form(&address, &[("csrf", &csrf), ("host", host)]).await.location(), path, "it is done");
}

fn header_of(answer: &Answer, name: header::HeaderName) -> &str {
    answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// RES-09: what a reseller saves is seen at once, on every host name of its brand and no other; its drawing is served as harmless pixels.
#[tokio::test(flavor = "multi_thread")]
async fn a_saved_brand_is_seen_at_once() {
    for house in houses().await {
        let (mut client, path, csrf) = admin(&house).await;
        let old_host = client.host.clone();
        let new_host = "espace.xn--toile-9ra.example";
        assert_eq!(Client::new(&house.router, new_host).get("/sign-in").await.status, StatusCode::NOT_FOUND);
        let fields = fields(&mut client, &path, &csrf).await;
        let answer = send(&mut client, &path, &fields, SVG).await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, format!("{path}?done").as_str()),
            "{}",
            answer.body
        );
        assert_eq!(
            Client::new(&house.router, new_host).get("/sign-in").await.status,
            StatusCode::NOT_FOUND,
            "not before it is confirmed"
        );
        confirm(&house, &path, new_host).await;
        for host in [old_host.as_str(), new_host] {
            let page = Client::new(&house.router, host).get("/sign-in").await;
            assert_eq!(page.status, StatusCode::OK, "{host}");
            let logo = page.body.split("src=\"/brand/").nth(1).and_then(|rest| rest.split('"').next()).expect("a logo");
            assert!(page.body.contains("alt=\"Étoile &#38; Fils\""), "{}", page.body);
            assert!(page.body.contains("tel:0199000000") && page.body.contains("mailto:bonjour@etoile.example"));
            let picture = Client::new(&house.router, host).get(&format!("/brand/{logo}")).await;
            assert_eq!(header_of(&picture, header::CONTENT_TYPE), "image/png");
            assert_eq!(header_of(&picture, header::X_CONTENT_TYPE_OPTIONS), "nosniff");
            let policy = header_of(&picture, header::CONTENT_SECURITY_POLICY);
            assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"), "{policy}");
            assert!(header_of(&picture, header::CACHE_CONTROL).contains("immutable"));
            assert!(!picture.body.contains("script") && !picture.body.contains("svg"));
            let sheet =
                page.body.split("href=\"/brand/").filter_map(|rest| rest.split('"').next()).find(|file| file.ends_with(".css"));
            assert!(sheet.is_some_and(|sheet| sheet.contains("/0b6e4f-")), "{sheet:?}");
            assert_eq!(page.body.matches("name=\"language\"").count(), 1, "one language is offered");
        }
        for (host, ..) in house.tenants.hosts.iter().filter(|(host, ..)| *host != old_host) {
            let page = Client::new(&house.router, host).get("/sign-in").await.everything();
            assert!(!page.contains("étoile") && !page.contains("toile-9ra"), "{host}");
        }
        // The same form once more: the version is another one now.
        let again = send(&mut client, &path, &fields, SVG).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert!(again.body.contains("entre-temps"), "{}", again.body);
    }
}

/// RES-09: a preview shows what is typed, in a frame of this host only, and keeps nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_preview_keeps_nothing() {
    for house in houses().await {
        let (mut client, path, csrf) = admin(&house).await;
        let before = house.tenants.state_of(0).await;
        let page = client.get(&path).await;
        assert!(header_of(&page, header::CONTENT_SECURITY_POLICY).contains("frame-src 'self'"));
        assert_eq!(header_of(&page, header::X_FRAME_OPTIONS), "DENY");
        let mut fields = fields(&mut client, &path, &csrf).await;
        for (shown, expected) in [("sign-in", "id=\"identifier\""), ("table", "id=\"lines\""), ("mail", "Claire Muller")] {
            for theme in ["light", "dark"] {
                fields.retain(|(name, _)| !["shown", "theme"].contains(name));
                fields.extend([("shown", shown.to_owned()), ("theme", theme.to_owned())]);
                let preview = send(&mut client, &format!("{path}/preview"), &fields, SVG).await;
                assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
                assert!(preview.body.contains(expected) && preview.body.contains("Étoile"), "{shown}: {}", preview.body);
                assert!(preview.body.contains("data:image/png;base64,"), "the logo that was chosen");
                let policy = header_of(&preview, header::CONTENT_SECURITY_POLICY);
                assert!(policy.contains("frame-ancestors 'self'") && !policy.contains("script-src"), "{policy}");
                assert_eq!(header_of(&preview, header::X_FRAME_OPTIONS), "SAMEORIGIN");
                assert!(!preview.body.contains("<script"), "a frame without scripts has none");
            }
        }
        fields.retain(|(name, _)| !["shown", "colour"].contains(name));
        fields.push(("colour", "#7fd1ae".to_owned()));
        let refused = send(&mut client, &format!("{path}/preview"), &fields, "no logo").await.body;
        assert!(refused.contains("pour 1") && refused.contains("ni un PNG ni un SVG"), "{refused}");
        assert_eq!(house.tenants.state_of(0).await, before);
        let unsaved = send(&mut client, &path, &fields, "no logo").await;
        assert_eq!(unsaved.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unsaved.body.contains("2 points") && unsaved.body.contains("aria-invalid=\"true\""), "{}", unsaved.body);
        assert_eq!(house.tenants.state_of(0).await, before);
    }
}

/// RES-09: what is wrong is said at its field, each fault once, however long the text, with nothing else of the form lost; a preview does not
/// speak of host names.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_at_its_field() {
    for house in houses().await {
        let (mut client, path, csrf) = admin(&house).await;
        let mut fields = fields(&mut client, &path, &csrf).await;
        let long = "n".repeat(10_000);
        for (name, value) in fields.iter_mut() {
            match *name {
                "name" => value.clone_from(&long),
                "own_hosts" => *value = "near b/ near b/".to_owned(),
                _ => {}
            }
        }
        let page = send(&mut client, &path, &fields, SVG).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.body);
        assert!(page.body.contains("3 points") && page.body.contains(&format!("value=\"{long}\"")), "nothing is lost");
        assert!(page.body.contains("id=\"name-refusal\"") && page.body.contains("value=\"bonjour@etoile.example\""));
        for host in ["near", "b/"] {
            assert_eq!(page.body.matches(&format!("«\u{a0}{host}\u{a0}»")).count(), 1, "{host}");
        }
        let preview = send(&mut client, &format!("{path}/preview"), &fields, SVG).await.body;
        assert!(preview.contains("60 caractères") && !preview.contains("nom d’hôte"), "{preview}");
    }
}

/// RES-09, PLT-08: legal pages are there for anybody in the reader's language, else in the brand's; what is typed stays text.
#[tokio::test(flavor = "multi_thread")]
async fn legal_pages_are_for_anybody() {
    for house in houses().await {
        let (mut client, path, csrf) = admin(&house).await;
        let page = client.get(&format!("{path}/texts")).await.body;
        let version = page.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a version");
        let sent = [
            ("csrf", csrf.as_str()),
            ("version", version),
            ("notice_fr", "# Éditeur\r\nNous <script>alert(1)</script>\r\n- un\r\n- deux"),
            ("terms_fr", " "),
            ("privacy_fr", "Rien n'est gardé."),
        ];
        let answer = client.files(&format!("{path}/texts"), &sent, ("x", "")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let mut anybody = Client::new(&house.router, &client.host);
        let notice = anybody.get("/legal/notice").await;
        assert_eq!(notice.status, StatusCode::OK);
        assert!(notice.body.contains("<h2>Éditeur</h2>") && notice.body.contains("<li>deux</li>"), "{}", notice.body);
        assert!(notice.body.contains("&#60;script&#62;") && !notice.body.contains("<script>alert"), "{}", notice.body);
        assert_eq!(anybody.get("/legal/terms").await.status, StatusCode::NOT_FOUND, "an empty page is not there");
        assert_eq!(anybody.get("/legal/else").await.status, StatusCode::NOT_FOUND);
        let foot = anybody.get("/sign-in").await.body;
        assert!(foot.contains("/legal/privacy") && !foot.contains("/legal/terms"));
        let mut english = Client::new(&house.router, &client.host).with("accept-language", "en");
        let other = english.get("/legal/privacy").await.body;
        assert!(
            other.contains("gardé") && other.contains("<html lang=\"en\"") && other.contains("card\" lang=\"fr\""),
            "{other}"
        );
        let long = "x".repeat(20_001);
        let refused =
            client.files(&format!("{path}/texts"), &[("csrf", &csrf), ("version", "9"), ("notice_fr", &long)], ("x", "")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

/// RES-09, PLT-14: another node of the same database sees a change soon, without being told.
#[tokio::test(flavor = "multi_thread")]
async fn another_node_sees_a_changed_brand() {
    for house in houses().await {
        let (mut client, path, csrf) = admin(&house).await;
        let desk = operations::usage_desk::UsageDesk::new(Default::default(), None);
        let other = App::new(house.tenants.house.clone(), desk, HashMap::new()).await.expect("brands");
        let mut elsewhere = Client::new(&portal::server::routes(other), &client.host);
        assert!(!elsewhere.get("/sign-in").await.body.contains("Étoile"));
        let fields = fields(&mut client, &path, &csrf).await;
        assert_eq!(send(&mut client, &path, &fields, SVG).await.status, StatusCode::SEE_OTHER);
        let begun = Instant::now();
        while !elsewhere.get("/sign-in").await.body.contains("Étoile") {
            assert!(begun.elapsed().as_secs() < 20, "it is not seen");
        }
    }
}

/// RES-09: the operator's administrators see its own brand and those of its resellers, and give them host names.
#[tokio::test(flavor = "multi_thread")]
async fn the_operator_lists_its_brands_and_its_resellers() {
    for house in houses().await {
        let person = house.tenants.people.iter().find(|person| person.role == Role::OperatorAdmin).expect("an administrator");
        let mut client = Client::new(&house.router, &person.host);
        client.sign_in(&person.identifier, PASSWORD).await;
        let list = client.get("/brand").await.body;
        assert_eq!(list.matches("href=\"/brands/").count(), 3, "{list}");
        for (id, owner) in &house.tenants.brands {
            let page = client.get(&format!("/brands/{id}")).await;
            let is_own = owner.operator == person.owner.operator;
            assert_eq!(page.status == StatusCode::OK, is_own, "{owner:?}");
            assert_eq!(page.body.contains("name=\"given_hosts\""), is_own, "{owner:?}");
        }
    }
}
