//! What the crawl knows of each address: who may ask it, what its form sends, whose ids its braces take. It is written here a second
//! time, so that a mistake in the first shows.

use crate::tenants::{Owner, Tenants};
use axum::http::Method;
use operations::permission::Role::{
    self, Accounting, Auditor, FleetManager, Member, OperatorAdmin, OperatorAgent, ResellerAdmin, ResellerAgent, Subscriber,
};
use portal::addresses::Address;

/// Who gets something else than what is not there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Who {
    Anyone,
    SignedIn,
    Only(&'static [Role]),
    /// It is there in a demonstration only, which this is not.
    Demonstration,
}

use Who::{Anyone, Demonstration, Only, SignedIn};

const HOUSEHOLD: &[Role] = &[Subscriber, Member];
const STAFF: &[Role] = &[OperatorAgent, OperatorAdmin, Accounting, Auditor];
const DRAFTERS: &[Role] = &[OperatorAgent, OperatorAdmin, Accounting];
const TAKERS: &[Role] = &[OperatorAgent, OperatorAdmin];
const MAIL_READERS: &[Role] = &[OperatorAgent, OperatorAdmin, Auditor];
const READERS: &[Role] = &[FleetManager, ResellerAdmin, OperatorAdmin, Auditor];
const EVERYBODY: &[Role] =
    &[Subscriber, Member, FleetManager, ResellerAgent, ResellerAdmin, OperatorAgent, OperatorAdmin, Accounting, Auditor];

/// What a form sends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    None,
    Fields(&'static [(&'static str, &'static str)]),
    /// With a file of this name.
    File(&'static [(&'static str, &'static str)], &'static str),
}

use Form::{Fields, File};

/// One address.
pub(crate) struct Known {
    method: Method,
    pub(crate) path: &'static str,
    pub(crate) who: Who,
    pub(crate) form: Form,
}

#[rustfmt::skip]
static KNOWN: [Known; 49] = [
    get("/", SignedIn),
    get("/sign-in", Anyone),
    post("/sign-in", Anyone, Fields(&[("identifier", "nobody@example.test"), ("password", "x"), ("next", "/lines")])),
    get("/access", Anyone),
    post("/access", Anyone, Fields(&[("identifier", "nobody@example.test"), ("proof", "67000"), ("answer", "0")])),
    get("/access/{token}", Anyone),
    post("/access/{token}", Anyone, Fields(&[("password", "quatre ramettes violettes")])),
    get("/account", SignedIn),
    post("/account/password", SignedIn, Fields(&[("new", "quatre ramettes violettes")])),
    post("/account/identifier", SignedIn, Fields(&[("identifier", "x")])),
    post("/account/sessions/ended", SignedIn, Fields(&[("session", "999999999")])),
    get("/account/email", SignedIn),
    post("/account/email", SignedIn, Fields(&[("email", "crawler@example.test"), ("again", "other@example.test")])),
    post("/account/email/taken-back", SignedIn, Fields(&[])),
    get("/account/email/{token}", SignedIn),
    post("/account/email/{token}", SignedIn, Fields(&[])),
    get("/account/numbers", SignedIn),
    post("/account/numbers", SignedIn, Fields(&[("mobile", "12"), ("home", ""), ("other", "")])),
    get("/proof", SignedIn),
    post("/proof", SignedIn, Fields(&[("then", "/account/email")])),
    get("/not-me/{token}", Anyone),
    post("/not-me/{token}", Anyone, Fields(&[])),
    get("/mailbox", Demonstration),
    get("/mailbox/{id}", Demonstration),
    get("/mailbox/{id}/html", Demonstration),
    post("/sign-out", Anyone, Fields(&[])),
    post("/preferences", Anyone, Fields(&[("theme", "system"), ("back", "/")])),
    get("/lines", Only(EVERYBODY)),
    get("/lines/{id}", Only(EVERYBODY)),
    get("/lines/{id}/offers", Only(EVERYBODY)),
    get("/lines/{id}/usage/{reference}", Only(EVERYBODY)),
    get("/comparison", Only(EVERYBODY)),
    post("/comparison", Only(EVERYBODY), Fields(&[("customer", "")])),
    post("/comparison/stopped", Only(EVERYBODY), Fields(&[])),
    get("/comparison/draft", Only(DRAFTERS)),
    post("/comparison/draft", Only(DRAFTERS), File(&[("customer", "")], "prices.csv")),
    post("/comparison/draft/stopped", Only(DRAFTERS), Fields(&[])),
    get("/consumption", Only(HOUSEHOLD)),
    get("/mails", Only(MAIL_READERS)),
    post("/mails/{id}/again", Only(TAKERS), Fields(&[])),
    get("/mails/texts", Only(MAIL_READERS)),
    post("/mails/texts/{id}/again", Only(TAKERS), Fields(&[])),
    get("/journal", Only(READERS)),
    get("/usage-files", Only(STAFF)),
    post("/usage-files", Only(TAKERS), File(&[("layout", "mobile")], "crawl.csv")),
    post("/usage-files/dismissed", Only(TAKERS), Fields(&[("layout", "mobile"), ("name", "crawl-nobody.csv")])),
    get("/usage-files/{id}", Only(STAFF)),
    get("/usage-files/{id}/again", Only(TAKERS)),
    post("/usage-files/{id}/again", Only(TAKERS), Fields(&[("row", "999")])),
];

const fn get(path: &'static str, who: Who) -> Known {
    Known { method: Method::GET, path, who, form: Form::None }
}

const fn post(path: &'static str, who: Who, form: Form) -> Known {
    Known { method: Method::POST, path, who, form }
}

/// What is known of an address.
pub(crate) fn known(address: &Address) -> &'static Known {
    let found = KNOWN.iter().find(|known| known.method == address.method && known.path == address.path);
    found.unwrap_or_else(|| {
        panic!(
            "{} {} is new: write into KNOWN of crates/portal/tests/it/known.rs who may ask it and what its form sends",
            address.method, address.path
        )
    })
}

/// How many addresses are known.
pub(crate) fn count() -> usize {
    KNOWN.len()
}

impl Who {
    pub(crate) fn may(self, role: Role) -> bool {
        match self {
            Anyone | SignedIn => true,
            Only(roles) => roles.contains(&role),
            Demonstration => false,
        }
    }
}

/// An address with ids in its braces, and whose they are; nobody's for what is not there.
#[derive(Clone, Debug)]
pub(crate) struct Filled {
    pub(crate) path: String,
    pub(crate) whose: Whose,
}

/// Whose ids an address has.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Whose {
    /// It has none.
    NoId,
    Owner(Owner),
    Nobody,
}

/// The address with everybody's ids.
pub(crate) fn fill(path: &'static str, tenants: &Tenants) -> Vec<Filled> {
    let nothing = ["999999999", "0", "-1", "x", "9223372036854775808", "1%00"].map(str::to_owned);
    let filled = |path: String, whose| Filled { path, whose };
    let with_nobody = |mut found: Vec<Filled>| {
        found.extend(nothing.iter().map(|id| filled(path.replace("{id}", id).replace("{reference}", "1.1"), Whose::Nobody)));
        found
    };
    match path {
        _ if !path.contains('{') => vec![filled(path.to_owned(), Whose::NoId)],
        "/mailbox/{id}" | "/mailbox/{id}/html" | "/mails/{id}/again" | "/mails/texts/{id}/again" => with_nobody(Vec::new()),
        // A link that nobody was sent: of no account, and no secret to try.
        "/access/{token}" | "/account/email/{token}" | "/not-me/{token}" => {
            vec![filled(path.replace("{token}", &"0".repeat(64)), Whose::NoId)]
        }
        "/lines/{id}" | "/lines/{id}/offers" => with_nobody(
            tenants
                .lines
                .iter()
                .map(|line| filled(path.replace("{id}", &line.id.to_string()), Whose::Owner(line.owner)))
                .collect(),
        ),
        "/lines/{id}/usage/{reference}" => {
            let mut found = Vec::new();
            for line in &tenants.lines {
                let of_line = path.replace("{id}", &line.id.to_string());
                found.push(filled(of_line.replace("{reference}", &line.usage[0]), Whose::Owner(line.owner)));
                let other = tenants.lines.iter().find(|other| other.owner.operator != line.owner.operator);
                let other = other.expect("a line of another operator");
                // Somebody else's record at one's own line.
                found.push(filled(of_line.replace("{reference}", &other.usage[1]), Whose::Nobody));
            }
            with_nobody(found)
        }
        "/usage-files/{id}" | "/usage-files/{id}/again" => with_nobody(
            tenants.files.iter().map(|(id, owner)| filled(path.replace("{id}", &id.to_string()), Whose::Owner(*owner))).collect(),
        ),
        _ => panic!(
            "{path} has braces that the crawl cannot fill: write into `fill` of crates/portal/tests/it/known.rs whose ids they take"
        ),
    }
}
