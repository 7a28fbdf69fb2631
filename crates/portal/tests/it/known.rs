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
const PEOPLE_SEERS: &[Role] = &[FleetManager, ResellerAgent, ResellerAdmin, OperatorAgent, OperatorAdmin, Auditor];
const PEOPLE_CHANGERS: &[Role] = &[FleetManager, ResellerAgent, ResellerAdmin, OperatorAgent, OperatorAdmin];
/// Who looks after people of their own party.
const INVITERS: &[Role] = &[FleetManager, ResellerAdmin, OperatorAdmin];
/// Who looks after people below them.
const DESKS: &[Role] = &[ResellerAgent, ResellerAdmin, OperatorAgent, OperatorAdmin];
/// No form shows this version, and no address is one: nothing is changed.
const STALE: &[(&str, &str)] = &[("version", "-1"), ("role", "auditor"), ("email", "x"), ("name", "x"), ("password", "x")];
/// The same, proved by signing in a moment ago.
const STALE_AND_PROVED: &[(&str, &str)] = &[("version", "-1"), ("email", "x"), ("name", "x")];
const SIM_SEERS: &[Role] = PEOPLE_SEERS;
const PUK_SEERS: &[Role] = &[Subscriber, Member, FleetManager, ResellerAgent, ResellerAdmin, OperatorAgent, OperatorAdmin];
const CHANGERS: &[Role] = &[FleetManager, ResellerAgent, ResellerAdmin, OperatorAgent, OperatorAdmin];
const SUSPENDERS: &[Role] = PUK_SEERS;
const USER_CHANGERS: &[Role] = &[Subscriber, FleetManager, ResellerAgent, ResellerAdmin, OperatorAgent, OperatorAdmin];
const READERS: &[Role] = &[FleetManager, ResellerAdmin, OperatorAdmin, Auditor];
const INVOICE_READERS: &[Role] =
    &[Subscriber, Member, FleetManager, ResellerAgent, ResellerAdmin, OperatorAgent, OperatorAdmin, Accounting, Auditor];
const PAYERS: &[Role] =
    &[Subscriber, Member, FleetManager, ResellerAgent, ResellerAdmin, OperatorAgent, OperatorAdmin, Accounting];
const BANKERS: &[Role] = &[OperatorAdmin, Accounting, Auditor];
const BILLERS: &[Role] = &[OperatorAdmin, Accounting];
/// Who runs bills: the operator's, and a reseller's for its own customers.
const RUNNERS: &[Role] = &[ResellerAdmin, OperatorAdmin, Accounting];
const RUN_SEERS: &[Role] = &[ResellerAdmin, OperatorAgent, OperatorAdmin, Accounting, Auditor];
/// Who says what a reseller's customers pay.
const SELLERS: &[Role] = &[ResellerAdmin];
const ACCOUNTANTS: &[Role] = &[OperatorAdmin, Accounting, Auditor];
/// Who asks for whole numbers on statements: subscribers, and who does it in their name; no manager of somebody else's line.
const NUMBER_ASKERS: &[Role] = &[Subscriber, Member, ResellerAgent, ResellerAdmin, OperatorAgent, OperatorAdmin];
const BRANDERS: &[Role] = &[ResellerAdmin, OperatorAdmin];
const EVERYBODY: &[Role] =
    &[Subscriber, Member, FleetManager, ResellerAgent, ResellerAdmin, OperatorAgent, OperatorAdmin, Accounting, Auditor];

/// What a form sends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    None,
    Fields(&'static [(&'static str, &'static str)]),
    /// With a file of this name.
    File(&'static [(&'static str, &'static str)], &'static str),
    /// Nothing but a file, in this field, of this name.
    FileIn(&'static str, &'static str),
}

use Form::{Fields, File, FileIn};

/// One address.
pub(crate) struct Known {
    method: Method,
    pub(crate) path: &'static str,
    pub(crate) who: Who,
    pub(crate) form: Form,
}

#[rustfmt::skip]
static KNOWN: &[Known] = &[
    get("/favicon.ico", Anyone),
    get("/", SignedIn),
    get("/sign-in", Anyone),
    post("/sign-in", Anyone, Fields(&[("identifier", "nobody@example.test"), ("password", "x"), ("next", "/lines")])),
    get("/sign-in/code", Anyone),
    post("/sign-in/code", Anyone, Fields(&[("code", "123456"), ("next", "/lines")])),
    post("/sign-in/passkey/challenge", Anyone, Fields(&[])),
    post("/sign-in/passkey", Anyone, Fields(&[("answer", "{}"), ("next", "/lines")])),
    get("/access", Anyone),
    post("/access", Anyone, Fields(&[("identifier", "nobody@example.test"), ("proof", "67000"), ("answer", "0")])),
    get("/access/{token}", Anyone),
    post("/access/{token}", Anyone, Fields(&[("password", "quatre ramettes violettes")])),
    get("/account", SignedIn),
    post("/account/password", SignedIn, Fields(&[("new", "quatre ramettes violettes")])),
    post("/account/identifier", SignedIn, Fields(&[("identifier", "x")])),
    post("/account/sessions/ended", SignedIn, Fields(&[("session", "999999999")])),
    get("/account/second-factor", SignedIn),
    post("/account/second-factor/codes", SignedIn, Fields(&[("password", "wrong")])),
    post("/account/second-factor/codes/confirmed", SignedIn, Fields(&[("code", "123456")])),
    post("/account/second-factor/codes/ended", SignedIn, Fields(&[("password", "wrong"), ("code", "123456")])),
    post("/account/second-factor/removal/taken-back", SignedIn, Fields(&[])),
    post("/account/second-factor/recovery-codes", SignedIn, Fields(&[("password", "wrong"), ("code", "123456")])),
    post("/account/passkeys/challenge", SignedIn, Fields(&[("name", "crawler"), ("password", "wrong")])),
    post("/account/passkeys", SignedIn, Fields(&[("answer", "{}")])),
    post("/account/passkeys/removed", SignedIn, Fields(&[("passkey", "999999999"), ("password", "wrong")])),
    get("/account/email", SignedIn),
    post("/account/email", SignedIn, Fields(&[("email", "crawler@example.test"), ("again", "other@example.test")])),
    post("/account/email/taken-back", SignedIn, Fields(&[])),
    get("/account/email/{token}", SignedIn),
    post("/account/email/{token}", SignedIn, Fields(&[])),
    get("/account/numbers", SignedIn),
    post("/account/numbers", SignedIn, Fields(&[("mobile", "12"), ("home", ""), ("other", "")])),
    get("/account/notifications", SignedIn),
    post("/account/notifications", SignedIn, Fields(&[("kind", "nothing")])),
    get("/proof", SignedIn),
    post("/proof", SignedIn, Fields(&[("then", "/account/email")])),
    post("/proof/passkey/challenge", SignedIn, Fields(&[])),
    post("/proof/passkey", SignedIn, Fields(&[("answer", "{}"), ("then", "/account/email")])),
    get("/not-me/{token}", Anyone),
    post("/not-me/{token}", Anyone, Fields(&[])),
    get("/mailbox", Demonstration),
    get("/mailbox/{id}", Demonstration),
    get("/mailbox/{id}/html", Demonstration),
    get("/mailbox/{id}/file", Demonstration),
    post("/sign-out", Anyone, Fields(&[])),
    post("/preferences", Anyone, Fields(&[("theme", "system"), ("back", "/")])),
    get("/legal/{page}", Anyone),
    get("/brand", Only(BRANDERS)),
    get("/brands/{id}", Only(BRANDERS)),
    post("/brands/{id}", Only(BRANDERS), File(&[("version", "1")], "logo.svg")),
    post("/brands/{id}/hosts/confirmed", Only(&[OperatorAdmin]), Fields(&[("host", "nobody.example")])),
    post("/brands/{id}/hosts/refused", Only(&[OperatorAdmin]), Fields(&[("host", "nobody.example")])),
    get("/brands/{id}/preview", Only(BRANDERS)),
    post("/brands/{id}/preview", Only(BRANDERS), File(&[("version", "1"), ("name", "<b>x</b>")], "logo.svg")),
    get("/brands/{id}/texts", Only(BRANDERS)),
    post("/brands/{id}/texts", Only(BRANDERS), File(&[("version", "0")], "text.txt")),
    get("/lines", Only(EVERYBODY)),
    get("/lines/{id}", Only(EVERYBODY)),
    get("/lines/change", Only(CHANGERS)),
    post("/lines/change", Only(CHANGERS), Fields(&[("asked", "all=yes&what=plan&to=none"), ("digest", "x"), ("token", "crawl")])),
    get("/lines/changes/{id}", Only(CHANGERS)),
    get("/lines/{id}/change", Only(SUSPENDERS)),
    post("/lines/{id}/change", Only(SUSPENDERS), Fields(&[("asked", "what=suspend"), ("digest", "stale")])),
    post("/lines/{id}/planned/taken-back", Only(SUSPENDERS), Fields(&[("planned", "999999999")])),
    get("/lines/{id}/sim", Only(CHANGERS)),
    post("/lines/{id}/sim", Only(CHANGERS), Fields(&[("sim", "1"), ("password", "wrong")])),
    get("/lines/{id}/account", Only(CHANGERS)),
    post("/lines/{id}/account", Only(CHANGERS), Fields(&[("account", "999999999")])),
    post("/lines/{id}/account/taken-back", Only(CHANGERS), Fields(&[])),
    get("/lines/{id}/split", Only(CHANGERS)),
    post("/lines/{id}/split", Only(CHANGERS), Fields(&[("profile", "999999999")])),
    post("/lines/{id}/split/taken-back", Only(CHANGERS), Fields(&[])),
    get("/lines/{id}/user", Only(EVERYBODY)),
    post("/lines/{id}/user", Only(PUK_SEERS), Fields(&[("version", "-1"), ("last_name", "www.example.test/x")])),
    post("/lines/{id}/user/confirmed", Only(&[Member]), Fields(&[("version", "-1")])),
    get("/lines/{id}/user/new", Only(USER_CHANGERS)),
    post("/lines/{id}/user/new", Only(USER_CHANGERS), Fields(&[("version", "-1"), ("email", "x")])),
    get("/lines/{id}/telephone", Only(EVERYBODY)),
    post("/lines/{id}/telephone", Only(PUK_SEERS), Fields(&[("always", "on"), ("always_to", "112")])),
    get("/lines/{id}/telephone/changes", Only(EVERYBODY)),
    get("/lines/{id}/telephone/reset", Only(PUK_SEERS)),
    post("/lines/{id}/telephone/reset", Only(PUK_SEERS), Fields(&[])),
    get("/lines/{id}/cap", Only(EVERYBODY)),
    post("/lines/{id}/cap", Only(USER_CHANGERS), Fields(&[("option", "none"), ("to", "lifted")])),
    get("/lines/{id}/convergence", Only(EVERYBODY)),
    post("/lines/{id}/convergence", Only(USER_CHANGERS), Fields(&[("mobile", "999999999"), ("digest", "x")])),
    post("/lines/{id}/convergence/ended", Only(USER_CHANGERS), Fields(&[])),
    post("/lines/{id}/convergence/kept", Only(USER_CHANGERS), Fields(&[])),
    get("/lines/{id}/voicemail", Only(HOUSEHOLD)),
    get("/lines/{id}/voicemail/messages/deleted", Only(HOUSEHOLD)),
    post("/lines/{id}/voicemail/messages/deleted", Only(HOUSEHOLD), Fields(&[])),
    get("/lines/{id}/voicemail/messages/{message}", Only(HOUSEHOLD)),
    post("/lines/{id}/voicemail/messages/{message}/kept", Only(HOUSEHOLD), Fields(&[])),
    post("/lines/{id}/voicemail/messages/{message}/deleted", Only(HOUSEHOLD), Fields(&[])),
    get("/lines/{id}/voicemail/greeting", Only(HOUSEHOLD)),
    post("/lines/{id}/voicemail/greeting", Only(HOUSEHOLD), FileIn("greeting", "crawl.wav")),
    post("/lines/{id}/voicemail/greeting/removed", Only(HOUSEHOLD), Fields(&[])),
    post("/lines/{id}/voicemail/code", Only(HOUSEHOLD), Fields(&[("code", "12"), ("again", "12")])),
    post("/lines/{id}/voicemail/mail-reception", Only(HOUSEHOLD), Fields(&[("send", "on"), ("address", "x")])),
    get("/lines/{id}/lost", Only(SUSPENDERS)),
    get("/lines/{id}/offers", Only(EVERYBODY)),
    get("/lines/{id}/contract", Only(EVERYBODY)),
    get("/lines/{id}/settings", Only(EVERYBODY)),
    get("/lines/{id}/esim", Only(PUK_SEERS)),
    post("/lines/{id}/esim/code", Only(PUK_SEERS), Fields(&[("password", "wrong")])),
    post("/lines/{id}/esim/mail", Only(PUK_SEERS), Fields(&[("password", "wrong"), ("email", "x")])),
    post("/lines/{id}/esim/text-message", Only(PUK_SEERS), Fields(&[("password", "wrong"), ("number", "x")])),
    post("/lines/{id}/esim/renewed", Only(PUK_SEERS), Fields(&[("password", "wrong")])),
    post("/lines/{id}/esim/telephone", Demonstration, Fields(&[("what", "install"), ("typed", "000000")])),
    get("/lines/{id}/statement", Only(EVERYBODY)),
    get("/lines/{id}/statement/pdf", Only(EVERYBODY)),
    get("/lines/{id}/statement/csv", Only(EVERYBODY)),
    post("/lines/{id}/statement/numbers", Only(NUMBER_ASKERS), Fields(&[("numbers", "hidden")])),
    get("/lines/{id}/usage/{reference}", Only(EVERYBODY)),
    get("/comparison", Only(EVERYBODY)),
    post("/comparison", Only(EVERYBODY), Fields(&[("customer", "")])),
    post("/comparison/stopped", Only(EVERYBODY), Fields(&[])),
    get("/comparison/draft", Only(DRAFTERS)),
    post("/comparison/draft", Only(DRAFTERS), File(&[("customer", "")], "prices.csv")),
    post("/comparison/draft/stopped", Only(DRAFTERS), Fields(&[])),
    post("/lines/{id}/access", Only(&[Subscriber]), Fields(STALE)),
    post("/lines/{id}/access/invitation", Only(&[Subscriber]), Fields(STALE)),
    post("/lines/{id}/access/joined", Only(&[Subscriber]), Fields(STALE)),
    get("/orders", Only(PEOPLE_SEERS)),
    get("/orders/new", Only(PEOPLE_CHANGERS)),
    post("/orders/new", Only(PEOPLE_CHANGERS), Fields(&[("customer", "x"), ("network", "orange"), ("count", "1")])),
    get("/orders/file", Only(PEOPLE_CHANGERS)),
    post("/orders/file", Only(PEOPLE_CHANGERS), File(&[("customer", "x")], "lines.csv")),
    get("/orders/{id}", Only(PEOPLE_SEERS)),
    post("/orders/{id}", Only(PEOPLE_SEERS), Fields(&[("line", "999999999"), ("what", "give-up")])),
    get("/work-orders", Only(MAIL_READERS)),
    post("/work-orders/{id}", Only(TAKERS), Fields(&[("step", "retry")])),
    get("/sims", Only(SIM_SEERS)),
    get("/sims/export", Only(SIM_SEERS)),
    get("/sims/batches", Only(MAIL_READERS)),
    post("/sims/batches", Only(TAKERS), File(&[("network", ""), ("kind", "esim")], "batch.csv")),
    get("/sims/transfer", Only(DESKS)),
    post("/sims/transfer", Only(DESKS), Fields(&[("way", "give"), ("first", "x"), ("count", "1")])),
    get("/sims/deliveries", Only(SIM_SEERS)),
    post("/sims/deliveries", Only(CHANGERS), Fields(&[("cards", "7"), ("kind", "esim"), ("network", "x")])),
    get("/sims/deliveries/new", Only(CHANGERS)),
    get("/sims/deliveries/{id}", Only(SIM_SEERS)),
    post("/sims/deliveries/{id}/sent", Only(TAKERS), Fields(&[("first", "x"), ("last", "x")])),
    post("/sims/deliveries/{id}/arrived", Only(CHANGERS), Fields(&[])),
    post("/sims/deliveries/{id}/cancelled", Only(CHANGERS), Fields(&[])),
    get("/sims/{id}", Only(EVERYBODY)),
    get("/numbers", Only(SIM_SEERS)),
    get("/numbers/transfer", Only(DESKS)),
    post("/numbers/transfer", Only(DESKS), Fields(&[("way", "give"), ("first", "x"), ("count", "1")])),
    get("/numbers/intake", Only(TAKERS)),
    post("/numbers/intake", Only(TAKERS), Fields(&[("first", "x"), ("network", "x"), ("kind", "x")])),
    post("/sims/{id}/puk", Only(PUK_SEERS), Fields(&[("password", "wrong")])),
    get("/line-access", Only(&[Subscriber])),
    get("/members", Only(PEOPLE_SEERS)),
    post("/members", Only(INVITERS), Fields(STALE)),
    get("/customers/{id}/members", Only(PEOPLE_SEERS)),
    post("/customers/{id}/members", Only(PEOPLE_CHANGERS), Fields(STALE)),
    get("/customers/{id}/split-profiles", Only(CHANGERS)),
    post("/customers/{id}/split-profiles", Only(CHANGERS), Fields(&[("name", "")])),
    post("/customers/{id}/split-profiles/offered", Only(CHANGERS), Fields(&[("profile", "999999999")])),
    get("/resellers", Only(STAFF)),
    get("/resellers/{id}", Only(STAFF)),
    post("/resellers/{id}", Only(BILLERS), Fields(&[("name", "x"), ("country", "FR"), ("legal_id", "1")])),
    get("/resellers/{id}/members", Only(&[ResellerAdmin, OperatorAdmin, Auditor])),
    post("/resellers/{id}/members", Only(&[ResellerAdmin, OperatorAdmin]), Fields(STALE)),
    get("/members/{id}", Only(PEOPLE_SEERS)),
    post("/members/{id}/role", Only(PEOPLE_CHANGERS), Fields(STALE)),
    post("/members/{id}/blocked", Only(PEOPLE_CHANGERS), Fields(STALE)),
    post("/members/{id}/unblocked", Only(PEOPLE_CHANGERS), Fields(STALE)),
    post("/members/{id}/invitation", Only(PEOPLE_CHANGERS), Fields(STALE)),
    post("/members/{id}/invitation/withdrawn", Only(PEOPLE_CHANGERS), Fields(STALE)),
    post("/members/{id}/email", Only(DESKS), Fields(STALE_AND_PROVED)),
    post("/members/{id}/identifier", Only(DESKS), Fields(STALE_AND_PROVED)),
    post("/members/{id}/link", Only(DESKS), Fields(STALE_AND_PROVED)),
    post("/members/{id}/second-factor/removed", Only(DESKS), Fields(STALE)),
    get("/consumption", Only(HOUSEHOLD)),
    get("/invoices", Only(INVOICE_READERS)),
    get("/invoices/late", Only(STAFF)),
    get("/invoices/late/{id}", Only(STAFF)),
    post("/invoices/late/{id}/hold", Only(DRAFTERS), Fields(&[("what", "release")])),
    post("/invoices/late/{id}/disputes", Only(DRAFTERS), Fields(&[("invoice", "999999999"), ("reason", "x")])),
    post("/invoices/late/{id}/fees/taken-back", Only(DRAFTERS), Fields(&[("invoice", "999999999")])),
    get("/invoices/{id}", Only(INVOICE_READERS)),
    get("/invoices/{id}/lines", Only(INVOICE_READERS)),
    get("/invoices/{id}/pdf", Only(INVOICE_READERS)),
    get("/invoices/{id}/usage", Only(INVOICE_READERS)),
    get("/invoices/{id}/ubl", Only(INVOICE_READERS)),
    get("/bank-files", Only(BANKERS)),
    post("/bank-files", Only(BILLERS), File(&[], "camt.xml")),
    get("/bank-files/{id}", Only(BANKERS)),
    post("/bank-files/collections", Only(BILLERS), Fields(&[("until", "x")])),
    get("/bank-files/collections/{id}", Only(BANKERS)),
    get("/bank-files/collections/{id}/file", Only(BILLERS)),
    get("/bank-files/debits", Only(BANKERS)),
    get("/bank-files/debits/{id}", Only(BANKERS)),
    post("/bank-files/debits/{id}/returned", Only(BILLERS), Fields(&[("reason", "AM04")])),
    post("/bank-files/items/{id}/invoice", Only(BILLERS), Fields(&[("number", "x")])),
    post("/bank-files/items/{id}/arrived", Only(BILLERS), Fields(&[])),
    post("/bank-files/items/{id}/said", Only(BILLERS), Fields(&[("what", "x")])),
    post("/invoices/{id}/collection/stopped", Only(BILLERS), Fields(&[])),
    get("/billing-accounts/{id}", Only(INVOICE_READERS)),
    post("/billing-accounts/{id}", Only(PAYERS), Fields(&[("told", "yes"), ("email", "x")])),
    post("/billing-accounts/{id}/mandates", Only(PAYERS), Fields(&[("iban", "FR76"), ("holder", "x"), ("password", "wrong")])),
    post("/billing-accounts/{id}/mandates/ended", Only(PAYERS), Fields(&[])),
    get("/invoices/{id}/credit", Only(RUNNERS)),
    post("/invoices/{id}/credit", Only(RUNNERS), Fields(&[("line", "0"), ("amount", "x"), ("reason", "x"), ("token", "crawl")])),
    get("/invoices/{id}/payment", Only(RUNNERS)),
    post("/invoices/{id}/payment", Only(RUNNERS), Fields(&[("amount", "x"), ("day", "x"), ("token", "crawl")])),
    get("/payments", Only(INVOICE_READERS)),
    post("/payments", Only(PAYERS), Fields(&[("account", "999999999"), ("amount", "1"), ("token", "x")])),
    get("/payments/new", Only(PAYERS)),
    get("/payments/problems", Only(STAFF)),
    post("/payments/problems", Only(BILLERS), Fields(&[("provider", "x"), ("event", "x"), ("what", "x")])),
    get("/payments/{id}", Only(INVOICE_READERS)),
    post("/payments/{id}/refunds", Only(BILLERS), Fields(&[("amount", "1"), ("left", "0"), ("sure", "yes")])),
    post("/payments/{id}/taken-back", Only(RUNNERS), Fields(&[])),
    get("/sandbox-payments/{reference}", Demonstration),
    post("/sandbox-payments/{reference}", Demonstration, Fields(&[("mood", "success")])),
    get("/bill-runs", Only(RUN_SEERS)),
    post("/bill-runs", Only(RUNNERS), Fields(&[("month", "2030-01")])),
    post("/bill-runs/issues", Only(RUNNERS), Fields(&[("preview", "999999999"), ("sure", "yes")])),
    get("/bill-runs/{id}", Only(RUN_SEERS)),
    post("/bill-runs/{id}/stopped", Only(RUNNERS), Fields(&[])),
    post("/bill-runs/{id}/resumed", Only(RUNNERS), Fields(&[])),
    get("/prices", Only(SELLERS)),
    get("/prices/export", Only(SELLERS)),
    post("/prices/file", Only(SELLERS), File(&[], "prices.csv")),
    get("/prices/item", Only(SELLERS)),
    post("/prices/item", Only(SELLERS), Fields(&[("kind", "x"), ("amount", "x")])),
    get("/letterhead", Only(SELLERS)),
    post("/letterhead", Only(SELLERS), Fields(&[("version", "-1"), ("company", "x")])),
    get("/revenue", Only(ACCOUNTANTS)),
    get("/revenue/export", Only(ACCOUNTANTS)),
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
    /// The login by this place among the people.
    Person(usize),
    Nobody,
}

/// The address with each of these ids.
fn owned<T: ToString>(path: &'static str, ids: &[(T, Owner)]) -> Vec<Filled> {
    let filled = |(id, owner): &(T, Owner)| Filled { path: path.replace("{id}", &id.to_string()), whose: Whose::Owner(*owner) };
    ids.iter().map(filled).collect()
}

/// The address with everybody's ids.
pub(crate) fn fill(method: &Method, path: &'static str, tenants: &Tenants) -> Vec<Filled> {
    let nothing = ["999999999", "0", "-1", "x", "9223372036854775808", "1%00"].map(str::to_owned);
    let filled = |path: String, whose| Filled { path, whose };
    let with_nobody = |mut found: Vec<Filled>| {
        found.extend(nothing.iter().map(|id| filled(path.replace("{id}", id).replace("{reference}", "1.1"), Whose::Nobody)));
        found
    };
    match path {
        "/lines/changes/{id}" | "/sandbox-payments/{reference}" => with_nobody(Vec::new()),
        "/invoices/{id}" | "/invoices/{id}/usage" | "/invoices/{id}/collection/stopped" => {
            with_nobody(owned(path, &tenants.bills.invoices))
        }
        // Whoever issued an invoice credits it, and notes that it was paid: here that is always the operator.
        "/invoices/{id}/credit" | "/invoices/{id}/payment" => {
            let issued = tenants.bills.invoices.iter();
            with_nobody(owned(path, &issued.map(|(id, owner)| (*id, Owner { staff: true, ..*owner })).collect::<Vec<_>>()))
        }
        // To set a page takes a while: one of each operator is enough.
        "/invoices/{id}/pdf" => with_nobody(owned(path, &tenants.bills.invoices).into_iter().step_by(3).collect()),
        "/invoices/{id}/lines" => with_nobody(owned(path, &tenants.bills.wholesale)),
        // Of households and of French sellers there is none.
        "/invoices/{id}/ubl" => with_nobody(Vec::new()),
        "/payments/{id}" | "/payments/{id}/refunds" | "/payments/{id}/taken-back" => {
            with_nobody(owned(path, &tenants.bills.payments))
        }
        // What stands after the question mark is whose it is.
        "/payments" | "/payments/new" if method == Method::GET => {
            let accounts = tenants.bills.accounts.iter();
            let mut found: Vec<_> =
                accounts.map(|(id, owner)| filled(format!("{path}?account={id}"), Whose::Owner(*owner))).collect();
            let nothing = nothing.iter().filter(|id| !id.contains('%'));
            found.extend(nothing.map(|id| filled(format!("{path}?account={id}"), Whose::Nobody)));
            found
        }
        "/invoices/late/{id}" | "/invoices/late/{id}/hold" => with_nobody(owned(path, &tenants.bills.accounts)),
        // Their forms name an invoice that is nobody's.
        "/invoices/late/{id}/disputes" | "/invoices/late/{id}/fees/taken-back" => with_nobody(Vec::new()),
        "/bill-runs/{id}" | "/bill-runs/{id}/stopped" | "/bill-runs/{id}/resumed" => {
            with_nobody(owned(path, &tenants.bills.runs))
        }
        _ if !path.contains('{') => vec![filled(path.to_owned(), Whose::NoId)],
        "/mailbox/{id}" | "/mailbox/{id}/html" | "/mailbox/{id}/file" | "/mails/{id}/again" | "/mails/texts/{id}/again" => {
            with_nobody(Vec::new())
        }
        // A link that nobody was sent: of no account, and no secret to try.
        "/access/{token}" | "/account/email/{token}" | "/not-me/{token}" => {
            vec![filled(path.replace("{token}", &"0".repeat(64)), Whose::NoId)]
        }
        _ if path.starts_with("/customers/{id}") => with_nobody(
            tenants
                .customers
                .iter()
                .map(|customer| filled(path.replace("{id}", &customer.id.to_string()), Whose::Owner(customer.owner)))
                .collect(),
        ),
        // Nothing was collected.
        _ if path.starts_with("/bank-files/") => with_nobody(Vec::new()),
        _ if path.starts_with("/billing-accounts/{id}") => with_nobody(owned(path, &tenants.accounts)),
        _ if path.starts_with("/resellers/{id}") => with_nobody(owned(path, &tenants.resellers)),
        "/legal/{page}" => vec![filled("/legal/notice".to_owned(), Whose::NoId)],
        "/brands/{id}"
        | "/brands/{id}/hosts/confirmed"
        | "/brands/{id}/hosts/refused"
        | "/brands/{id}/preview"
        | "/brands/{id}/texts" => with_nobody(owned(path, &tenants.brands)),
        _ if path.starts_with("/members/{id}") => with_nobody(
            tenants
                .people
                .iter()
                .enumerate()
                .map(|(place, person)| filled(path.replace("{id}", &person.id.to_string()), Whose::Person(place)))
                .collect(),
        ),
        _ if path.starts_with("/sims/deliveries/{id}") => with_nobody(owned(path, &tenants.deliveries)),
        _ if path.starts_with("/sims/{id}") => with_nobody(
            tenants.sims.iter().map(|(id, owner)| filled(path.replace("{id}", &id.to_string()), Whose::Owner(*owner))).collect(),
        ),
        "/orders/{id}" => with_nobody(owned(path, &tenants.orders)),
        "/work-orders/{id}" => with_nobody(
            tenants.works.iter().map(|(id, owner)| filled(path.replace("{id}", &id.to_string()), Whose::Owner(*owner))).collect(),
        ),
        "/lines/{id}"
        | "/lines/{id}/change"
        | "/lines/{id}/planned/taken-back"
        | "/lines/{id}/sim"
        | "/lines/{id}/account"
        | "/lines/{id}/account/taken-back"
        | "/lines/{id}/split"
        | "/lines/{id}/split/taken-back"
        | "/lines/{id}/user"
        | "/lines/{id}/user/confirmed"
        | "/lines/{id}/user/new"
        | "/lines/{id}/telephone"
        | "/lines/{id}/telephone/changes"
        | "/lines/{id}/telephone/reset"
        | "/lines/{id}/cap"
        | "/lines/{id}/convergence"
        | "/lines/{id}/convergence/ended"
        | "/lines/{id}/convergence/kept"
        | "/lines/{id}/voicemail"
        | "/lines/{id}/voicemail/messages/deleted"
        | "/lines/{id}/voicemail/greeting/removed"
        | "/lines/{id}/voicemail/code"
        | "/lines/{id}/voicemail/mail-reception"
        | "/lines/{id}/lost"
        | "/lines/{id}/offers"
        | "/lines/{id}/statement"
        | "/lines/{id}/statement/pdf"
        | "/lines/{id}/statement/csv"
        | "/lines/{id}/statement/numbers"
        | "/lines/{id}/access"
        | "/lines/{id}/access/invitation"
        | "/lines/{id}/access/joined"
        | "/lines/{id}/esim"
        | "/lines/{id}/esim/code"
        | "/lines/{id}/esim/mail"
        | "/lines/{id}/contract"
        | "/lines/{id}/settings"
        | "/lines/{id}/esim/text-message"
        | "/lines/{id}/esim/renewed"
        | "/lines/{id}/esim/telephone" => with_nobody(
            tenants
                .lines
                .iter()
                .map(|line| filled(path.replace("{id}", &line.id.to_string()), Whose::Owner(line.owner)))
                .collect(),
        ),
        // A form that is sent has a greeting; nobody of the crawl recorded one, or left a message.
        "/lines/{id}/voicemail/greeting" if *method == Method::POST => with_nobody(
            tenants
                .lines
                .iter()
                .map(|line| filled(path.replace("{id}", &line.id.to_string()), Whose::Owner(line.owner)))
                .collect(),
        ),
        "/lines/{id}/voicemail/greeting" => with_nobody(
            tenants.lines.iter().map(|line| filled(path.replace("{id}", &line.id.to_string()), Whose::Nobody)).collect(),
        ),
        _ if path.contains("{message}") => {
            let of_lines = tenants.lines.iter().map(|line| (line.id.to_string(), "1"));
            let of_first = tenants.lines.iter().take(1).flat_map(|line| ["0", "x"].map(|message| (line.id.to_string(), message)));
            let each = of_lines.chain(of_first);
            each.map(|(line, message)| filled(path.replace("{id}", &line).replace("{message}", message), Whose::Nobody)).collect()
        }
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
