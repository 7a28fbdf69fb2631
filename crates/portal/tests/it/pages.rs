//! What pages say when something is refused, and where they lead who came too late.

use crate::{
    client::{Answer, Client},
    tenants::{PASSWORD, Person, Tenants, root},
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use catalog::CatalogFiles;
use operations::{permission::Role, seal::Seal};
use tower::ServiceExt as _;

/// A house that can write mails.
struct House {
    tenants: Tenants,
    router: Router,
}

impl House {
    async fn on(url: &str) -> Self {
        let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
        let seal = Seal::read(&Seal::fresh_line(Some("k1")).expect("a key")).expect("a file of keys");
        let files = CatalogFiles::read(&root().join("catalogs")).expect("the catalogues can be read");
        let tenants = Tenants::in_house(url, &hash, (&files, seal)).await;
        let router = portal::server::routes(tenants.app.clone());
        Self { tenants, router }
    }

    /// Somebody of the operator that speaks several languages.
    fn person(&self, role: Role) -> &Person {
        let found = self.tenants.people.iter().find(|person| person.role == role && person.owner.operator == 1);
        found.expect("somebody in that role")
    }

    async fn signed_in(&self, role: Role) -> Client {
        let person = self.person(role);
        let mut client = Client::new(&self.router, &person.host);
        assert_eq!(client.sign_in(&person.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
        client
    }
}

/// PLT-07: the list of mails shows the subject that was sent: in the name of the brand that wrote, in the language of who got it.
#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_mails_shows_the_subject_that_was_sent() {
    for database in testkit::databases() {
        let house = House::on(database.url()).await;
        let mut admin = house.signed_in(Role::ResellerAdmin).await;
        let csrf = admin.get("/members").await.csrf().expect("a form");
        let role = Role::ResellerAgent.as_str();
        let asked = [("csrf", csrf.as_str()), ("name", "Ada"), ("email", "ada@example.test"), ("role", role), ("language", "nl")];
        let answer = admin.form("/members", &asked).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let reseller = house.person(Role::ResellerAdmin);
        let mut brands = house.tenants.house.store.brands().await.expect("brands").into_iter();
        let brand = brands.find(|brand| brand.hosts.iter().any(|host| host.host == reseller.host)).expect("a brand").look.name;
        let mut staff = house.signed_in(Role::OperatorAdmin).await;
        let page = staff.get("/mails").await.body;
        let subject = portal::Locale::Dutch.text_with("mail-invitation-subject", [("value", brand.as_str().into())]);
        assert!(page.contains(&format!("<span lang=\"nl\">{subject}</span>")), "{subject}: {page}");
        assert!(page.contains(&format!("<span class=\"note\">{brand}</span>")), "{page}");
    }
}

async fn asked(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.expect("a router does not fail");
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
}

/// PLT-01, PLT-08: what the framework refuses by itself is a page of the brand in the reader's language: too much, no text, no form, no
/// such method; nothing of it is in words of a program.
#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_is_a_page_of_the_brand() {
    let databases = testkit::databases();
    let house = House::on(databases[0].url()).await;
    let person = house.person(Role::OperatorAdmin).clone();
    let mut client = house.signed_in(Role::OperatorAdmin).await;
    let csrf = client.get("/lines").await.csrf().expect("a form");
    let brand = house.tenants.brands.iter().find(|(_, owner)| owner.operator == 1 && owner.staff).expect("a brand").0;
    let session = client.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let request = |method: Method, path: &str, kind: &str, body: Vec<u8>| {
        let request = Request::builder().method(method).uri(path).header(header::HOST, &person.host);
        let request = request.header(header::COOKIE, &session).header(header::ACCEPT_LANGUAGE, "nl");
        request.header(header::CONTENT_TYPE, kind).body(Body::from(body)).expect("a request")
    };
    const FORM: &str = "application/x-www-form-urlencoded";
    let long = format!("csrf={csrf}&identifier={}", "a".repeat(70_000)).into_bytes();
    let longest = format!("csrf={csrf}&identifier={}", "a".repeat(6_000_000)).into_bytes();
    let broken = b"--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n".to_vec();
    let (unreadable, too_large) = (StatusCode::BAD_REQUEST, StatusCode::PAYLOAD_TOO_LARGE);
    let brand_path = format!("/brands/{brand}");
    for (method, path, kind, body, expected) in [
        (Method::POST, "/account/identifier", FORM, long.clone(), too_large),
        (Method::POST, "/account/identifier", FORM, longest, too_large),
        (Method::POST, "/sign-in", FORM, long, too_large),
        (Method::GET, "/lines/%FF", FORM, Vec::new(), unreadable),
        (Method::GET, "/access/%C3%28", FORM, Vec::new(), unreadable),
        (Method::GET, "/assets/%FF/x.css", FORM, Vec::new(), unreadable),
        (Method::GET, "/assets/0/x.css", FORM, Vec::new(), StatusCode::NOT_FOUND),
        (Method::POST, brand_path.as_str(), "application/json", b"{}".to_vec(), unreadable),
        (Method::POST, brand_path.as_str(), "multipart/form-data; boundary=x", broken, unreadable),
        (Method::POST, "/usage-files", FORM, b"a=b".to_vec(), unreadable),
        (Method::POST, "/lines", FORM, Vec::new(), StatusCode::NOT_FOUND),
        (Method::DELETE, "/account", FORM, Vec::new(), StatusCode::NOT_FOUND),
        (Method::POST, "/account/password", "text/plain", b"x".to_vec(), StatusCode::FORBIDDEN),
        (Method::GET, "/sign-in?next=%FF%zz&&=", FORM, Vec::new(), StatusCode::SEE_OTHER),
    ] {
        let answer = asked(&house.router, request(method.clone(), path, kind, body)).await;
        assert_eq!(answer.status, expected, "{method} {path}: {}", answer.body);
        if expected != StatusCode::SEE_OTHER {
            let is_page = answer.body.contains("<html lang=\"nl\"") && answer.body.contains("Bqbzbrand");
            assert!(is_page && answer.body.contains("class=\"card failure\""), "{method} {path}: {}", answer.body);
            let code = format!("<p class=\"failure-code\">{}</p>", expected.as_u16());
            assert!(answer.body.contains(&code), "{method} {path}: {}", answer.body);
            for words in ["Invalid", "UTF-8", "Failed", "length limit", "boundary"] {
                assert!(!answer.body.contains(words), "{method} {path} says {words}");
            }
        }
    }
}

/// PLT-01: a request that names two hosts is nobody's, and is told so without a brand.
#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_two_hosts_is_refused() {
    let databases = testkit::databases();
    let house = House::on(databases[0].url()).await;
    let own = house.person(Role::OperatorAdmin).host.clone();
    let two = [Some("hqaz.example"), Some(own.as_str()), None];
    for second in two {
        let mut request = Request::builder().uri(match second {
            Some(_) => "/sign-in".to_owned(),
            None => "http://hqaz.example/sign-in".to_owned(),
        });
        request = request.header(header::HOST, &own).header(header::ACCEPT_LANGUAGE, "de");
        if let Some(second) = second {
            request = request.header(header::HOST, second);
        }
        let answer = asked(&house.router, request.body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{second:?}");
        assert!(answer.body.contains("<html lang=\"de\"") && !answer.everything().contains("hq"), "{}", answer.body);
        assert!(!answer.everything().contains("set-cookie"), "{:?}", answer.headers);
    }
    let same = Request::builder().uri(format!("http://{own}:8080/sign-in")).header(header::HOST, &own);
    assert_eq!(asked(&house.router, same.body(Body::empty()).expect("a request")).await.status, StatusCode::OK);
}

/// PLT-03: who signed in in another tab meanwhile goes on where they wanted to go, without a second session; a form from before is
/// believed for that and for nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_tab_goes_on_where_it_wanted() {
    for database in testkit::databases() {
        let house = House::on(database.url()).await;
        let person = house.person(Role::FleetManager).clone();
        let mut client = Client::new(&house.router, &person.host);
        let csrf = client.get("/sign-in?next=%2Flines").await.csrf().expect("a form");
        let typed = [("csrf", csrf.as_str()), ("identifier", &person.identifier), ("password", PASSWORD), ("next", "/lines")];
        assert_eq!(client.form("/sign-in", &typed).await.location(), "/lines");
        let session = client.cookies["session"].clone();
        for (path, next, leads) in [
            ("/sign-in", "/lines", "/lines"),
            ("/sign-in/code", "/account", "/account"),
            ("/sign-in", "//evil.example", "/"),
            ("/access", "", "/"),
            ("/sign-out", "", "/"),
        ] {
            let typed = [("csrf", csrf.as_str()), ("identifier", "x"), ("password", "wrong"), ("next", next)];
            let answer = client.form(path, &typed).await;
            assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, leads), "{path}");
        }
        assert_eq!(client.cookies["session"], session, "nothing was done");
        assert_eq!(client.get("/lines").await.status, StatusCode::OK);
        let foreign = [("csrf", "0".repeat(64)), ("next", "/lines".into())].map(|(name, value)| (name, value));
        let foreign: Vec<(&str, &str)> = foreign.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(client.form("/sign-in", &foreign).await.status, StatusCode::FORBIDDEN);
    }
}

/// PLT-03: a form that comes after its session ended changes nothing and leads to signing in, and from there to the page that it stood on;
/// never to another host, and never to an address that only takes forms.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_after_its_session_leads_back_to_its_page() {
    for database in testkit::databases() {
        let house = House::on(database.url()).await;
        let client = house.signed_in(Role::FleetManager).await;
        let csrf = client.clone().get("/account").await.csrf().expect("a form");
        let mut other = house.signed_in(Role::FleetManager).await;
        let others = other.get("/account").await.csrf().expect("a form");
        assert_eq!(other.form("/account/sessions/ended", &[("csrf", &others)]).await.status, StatusCode::SEE_OTHER);
        let here = format!("http://{}", client.host);
        for (path, came, leads) in [
            ("/account/password", format!("{here}/account"), "/sign-in?next=%2Faccount"),
            ("/account/password", format!("{here}/account/password"), "/sign-in?next=%2Faccount"),
            ("/account/password", "https://evil.example/lines".into(), "/sign-in?next=%2Faccount"),
            ("/members/7/blocked", String::new(), "/sign-in?next=%2Fmembers%2F7"),
            ("/preferences", format!("{here}/lines?state=active"), "/sign-in?next=%2Flines%3Fstate%3Dactive"),
            ("/sign-out", format!("{here}/"), "/sign-in"),
        ] {
            let mut late = client.clone();
            if !came.is_empty() {
                late = late.with("referer", &came);
            }
            let answer = late.form(path, &[("csrf", csrf.as_str()), ("theme", "dark"), ("password", PASSWORD)]).await;
            assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, leads), "{path} from {came}");
            assert!(!answer.everything().contains("theme=dark"), "nothing is done");
        }
    }
}

/// PLT-08, CUS-05: a refusal stands in the part of the page that its form leads to, and names its field to who does not see it.
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_stands_beside_its_field() {
    let databases = testkit::databases();
    let house = House::on(databases[0].url()).await;
    let mut client = house.signed_in(Role::FleetManager).await;
    let csrf = client.get("/account").await.csrf().expect("a form");
    let field = |page: &str, id: &str| {
        let at = page.find(&format!(" id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}"));
        let begin = page[..at].rfind('<').expect("a tag");
        page[begin..begin + page[begin..].find('>').expect("its end")].to_owned()
    };
    for (path, fields, id, refusal) in [
        ("/account/password", vec![("password", "wrong"), ("new", "quatre ramettes violettes")], "old", "password-refusal"),
        ("/account/password", vec![("password", PASSWORD), ("new", "azerty")], "new", "password-refusal"),
        ("/account/identifier", vec![("identifier", "x")], "own", "identifier-refusal"),
        ("/account/identifier", vec![("identifier", "anne67"), ("password", "wrong")], "own", "identifier-refusal"),
        ("/account/second-factor/codes", vec![("password", "wrong")], "codes-password", "codes-refusal"),
        ("/account/email", vec![("email", "a@example.org"), ("again", "b@example.org")], "again", "refusal"),
        ("/account/numbers", vec![("mobile", "12")], "mobile", "refusal"),
    ] {
        let sent: Vec<(&str, &str)> = std::iter::once(("csrf", csrf.as_str())).chain(fields).collect();
        let page = client.form(path, &sent).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", page.body);
        assert_eq!(page.body.matches("role=\"alert\"").count() - page.body.matches("data-said hidden").count(), 1, "{path}");
        let tag = field(&page.body, id);
        let is_marked = tag.contains("aria-invalid=\"true\"") && tag.contains(refusal);
        let is_proof = sent.contains(&("password", "wrong")) && path.ends_with("identifier");
        assert!(is_marked || is_proof, "{path}: {tag}");
        assert!(page.body.contains(&format!("role=\"alert\" id=\"{refusal}\"")), "{path}");
        if let Some((_, rest)) = page.body.split_once(&format!("action=\"{path}#")) {
            let target = rest.split('"').next().expect("a fragment");
            let (begin, refused) = (page.body.find(&format!(" id=\"{target}\"")), page.body.find(&format!("id=\"{refusal}\"")));
            assert!(begin.is_some() && begin < refused, "{path}: the page lands above its refusal");
        }
    }
}

/// FLT-14, PLT-03: what takes access away asks a second time first, without any script.
#[tokio::test(flavor = "multi_thread")]
async fn what_takes_away_asks_a_second_time() {
    let databases = testkit::databases();
    let house = House::on(databases[0].url()).await;
    let mut admin = house.signed_in(Role::FleetManager).await;
    let manager = house.person(Role::FleetManager);
    let of_manager = |person: &&Person| person.role == Role::Member && person.is_of_one_party_with(manager);
    let member = house.tenants.people.iter().find(of_manager).expect("a member").id;
    let csrf = admin.get("/members").await.csrf().expect("a form");
    let fields = [("csrf", csrf.as_str()), ("name", "Ada"), ("email", "ada@example.test"), ("role", "member"), ("line", "")];
    let mut fields = fields.to_vec();
    fields.push(("language", "fr"));
    fields[3] = ("role", Role::FleetManager.as_str());
    let invited = admin.form("/members", &fields).await.location().to_owned();
    let asks = |page: &str, form: &str| {
        let at = page.find(form).unwrap_or_else(|| panic!("no {form}"));
        let (opened, closed) = (page[..at].rfind("<details class=\"confirm\""), page[..at].rfind("</details>"));
        assert!(opened.is_some() && opened > closed, "{form} stands open");
        let begin = opened.expect("it opens");
        assert!(page[begin..at].contains("<summary") && !page[begin..begin + 40].contains(" open"), "{form}");
    };
    asks(&admin.get(&format!("/members/{member}")).await.body, "/blocked#");
    asks(&admin.get(&invited).await.body, "/invitation/withdrawn#");
    let _other = house.signed_in(Role::FleetManager).await;
    let account = admin.get("/account").await.body;
    asks(&account[account.find("end-others").map_or(0, |at| at.saturating_sub(600))..], "id=\"end-others\"");
}
