//! Two operators on one database, each with two resellers, their customers, lines, usage and logins of every role. Whatever belongs to
//! somebody carries a text that stands nowhere else, and this file alone says who may see it.

use crate::{bills::Bills, known::Form};
use catalog::CatalogFiles;
use jiff::civil;
use mediation::Layout;
use operations::{
    Actor, House, IdentifierKind, NewBrand, NewCustomer, NewLine, NewLogin, NewOperator, NewReseller,
    line_change::{self, Asked, Change, ChangeAsked, When},
    permission::Role,
    provision,
    seal::Seal,
    usage_desk::UsageDesk,
    usage_import::{Interrupt, importing},
    voicemail::SoundFolder,
};
use portal::App;
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{
    BrandText, Company, DeliveryAddress, JournalCheck, NewDelivery, NewOrder, Party, Scope, Store, UsageOrder, UsageSelection,
    Window,
};
use tempfile::TempDir;
use vocabulary::{
    BillingAccountId, BrandId, Clock, CustomerId, FileId, Iccid, LineId, LoginId, Money, OperatorId, OrderId, ResellerId,
    SessionId, SimDeliveryId, SimId, Timestamp, WorkOrderId,
};

/// The password of everybody.
pub(crate) const PASSWORD: &str = "correct horse battery staple";
const NOW: &str = "2026-11-21T12:00:00Z";

/// To whom something belongs: an operator, and within it as far as it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Owner {
    pub(crate) operator: usize,
    pub(crate) reseller: Option<usize>,
    /// By its place among the operator's customers.
    pub(crate) customer: Option<usize>,
    /// By its place among the customer's lines.
    pub(crate) line: Option<usize>,
    /// The operator's own people only.
    pub(crate) staff: bool,
    /// Of money: who of the customer pays.
    pub(crate) paid_by: PaidBy,
}

/// Who of a customer pays something, and sees what it costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum PaidBy {
    /// It is no money.
    #[default]
    Nobody,
    /// The customer.
    Customer,
    /// Who uses the line, alone.
    User,
}

/// A text that nothing else has.
#[derive(Clone, Debug)]
pub(crate) struct Marker {
    /// A word in small letters; of numbers, digits without the country's.
    pub(crate) text: String,
    pub(crate) whose: Owned,
}

/// Whose a text is.
#[derive(Clone, Debug)]
pub(crate) enum Owned {
    By(Owner),
    /// A person's name, by the place among the logins.
    Person(usize, Owner),
    /// Everybody's at this host, and elsewhere of whoever changes its brand or reads its mails.
    Host(String, Owner),
}

/// Somebody who signs in.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) role: Role,
    pub(crate) owner: Owner,
    pub(crate) host: String,
    pub(crate) identifier: String,
    pub(crate) id: LoginId,
}

impl Person {
    /// Are both people of one operator, of one reseller, or of one customer?
    pub(crate) fn is_of_one_party_with(&self, other: &Person) -> bool {
        let party = |person: &Person| (person.owner.operator, person.owner.reseller, person.owner.customer);
        party(self) == party(other)
    }

    /// May the person see who has access like this other one? An auditor sees all and changes nothing; an agent looks after customers'
    /// people only.
    pub(crate) fn looks_after(&self, other: &Person, form: Form) -> bool {
        let is_of_customer = other.owner.customer.is_some();
        let is_staff = other.owner.staff;
        self.owner.operator == other.owner.operator
            && match self.role {
                Role::OperatorAdmin => true,
                Role::Auditor => matches!(form, Form::None),
                Role::OperatorAgent => is_of_customer,
                Role::ResellerAdmin => !is_staff && self.owner.reseller == other.owner.reseller,
                Role::ResellerAgent => is_of_customer && self.owner.reseller == other.owner.reseller,
                Role::FleetManager => is_of_customer && self.owner.customer == other.owner.customer,
                Role::Subscriber | Role::Member | Role::Accounting => false,
            }
    }

    /// May the person see what belongs so?
    pub(crate) fn sees(&self, owner: Owner) -> bool {
        if owner.operator != self.owner.operator {
            return false;
        }
        match self.role {
            Role::OperatorAgent | Role::OperatorAdmin | Role::Accounting | Role::Auditor => true,
            _ if owner.staff => false,
            Role::ResellerAgent | Role::ResellerAdmin => owner.reseller.is_some() && owner.reseller == self.owner.reseller,
            Role::Subscriber | Role::FleetManager => {
                owner.customer.is_some() && owner.customer == self.owner.customer && owner.paid_by != PaidBy::User
            }
            Role::Member => {
                owner.customer.is_some()
                    && owner.customer == self.owner.customer
                    && owner.paid_by != PaidBy::Customer
                    && (owner.line.is_none() || owner.line == self.owner.line)
            }
        }
    }

    /// May the person, by this place among the logins, see the text at a host?
    pub(crate) fn may_read(&self, place: usize, marker: &Marker, host: &str) -> bool {
        match &marker.whose {
            Owned::By(owner) => self.sees(*owner),
            Owned::Person(other, owner) => *other == place || (self.role != Role::Member && self.sees(*owner)),
            Owned::Host(own, owner) => {
                // Who changes a brand, who reads the mails that it sent, and who looks after what its reseller is billed.
                let elsewhere = [Role::OperatorAdmin, Role::ResellerAdmin, Role::OperatorAgent, Role::Auditor, Role::Accounting];
                own == host || (elsewhere.contains(&self.role) && self.sees(*owner))
            }
        }
    }
}

/// A line, and the addresses of its records within it.
#[derive(Clone, Debug)]
pub(crate) struct TestLine {
    pub(crate) id: LineId,
    pub(crate) owner: Owner,
    pub(crate) number: String,
    pub(crate) user: String,
    pub(crate) usage: Vec<String>,
}

/// A customer by what people type.
#[derive(Clone, Debug)]
pub(crate) struct TestCustomer {
    pub(crate) owner: Owner,
    pub(crate) name: String,
    pub(crate) reference: String,
    pub(crate) id: CustomerId,
}

/// All of it.
#[derive(Debug)]
pub(crate) struct Tenants {
    pub(crate) house: House,
    pub(crate) app: App,
    pub(crate) operators: Vec<OperatorId>,
    pub(crate) people: Vec<Person>,
    pub(crate) markers: Vec<Marker>,
    pub(crate) lines: Vec<TestLine>,
    pub(crate) customers: Vec<TestCustomer>,
    pub(crate) accounts: Vec<(BillingAccountId, Owner)>,
    /// The operator's customers that the resellers are.
    pub(crate) companies: Vec<(CustomerId, Owner)>,
    pub(crate) resellers: Vec<(ResellerId, Owner)>,
    pub(crate) files: Vec<(FileId, Owner)>,
    pub(crate) sims: Vec<(SimId, Owner)>,
    pub(crate) deliveries: Vec<(SimDeliveryId, Owner)>,
    pub(crate) orders: Vec<(OrderId, Owner)>,
    pub(crate) works: Vec<(WorkOrderId, Owner)>,
    pub(crate) bills: Bills,
    /// Every host name, with its operator and the reseller whose it is.
    pub(crate) brands: Vec<(BrandId, Owner)>,
    pub(crate) hosts: Vec<(String, usize, Option<usize>)>,
    pub(crate) inbox: TempDir,
}

/// Whose customers there are, and how many lines of a business or a household.
const CUSTOMERS: [(Option<usize>, bool, usize); 5] =
    [(None, true, 2), (None, false, 1), (Some(0), true, 2), (Some(0), false, 1), (Some(1), true, 1)];
/// Operators that keep the messages of their lines themselves.
const VOICEMAIL: &str = "[[voicemail]]\nservices = [\"mobile\"]\nhome = \"888\"\nabroad = \"+33353010888\"\nmessages = 3\n\
                         longest_seconds = 60\nkeep_days = 30\n";
const SLUGS: [&str; 2] = ["grandlarge", "zenne"];
const SOLD: [(&str, &str, &str); 2] = [("mobile", "orange", "unlimited-5"), ("mobile", "scaldis", "start")];

fn letter(place: usize) -> char {
    char::from(b"abcdefgh"[place])
}

/// The number of a line and the one that it called, with plus; the rest after the country's code stands nowhere else.
fn numbers(operator: usize, customer: usize, line: usize) -> (String, String) {
    match operator {
        0 => (format!("+336397{customer}{line}417"), format!("+3314477{customer}{line}88")),
        _ => (format!("+324708{customer}{line}539"), format!("+3223366{customer}{line}7")),
    }
}

struct Drawn {
    new: NewOperator,
    people: Vec<Person>,
    markers: Vec<Marker>,
    rows: String,
    hosts: Vec<(String, usize, Option<usize>)>,
}

/// Draws an operator up; `before` people are there already.
fn draw(operator: usize, before: usize, hash: &str) -> Drawn {
    let o = letter(operator);
    let staff = Owner { operator, staff: true, ..Owner::default() };
    let new = NewOperator { slug: SLUGS[operator].into(), name: format!("Oq{o}operator"), ..NewOperator::default() };
    let mut drawn = Drawn { new, people: Vec::new(), markers: Vec::new(), rows: String::new(), hosts: Vec::new() };
    drawn.mark(&format!("oq{o}operator"), Owned::By(staff));
    drawn
        .rows
        .push_str("record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n");
    for reseller in [None, Some(0), Some(1)] {
        let r = reseller.map_or('z', letter);
        if let Some(place) = reseller {
            let name = format!("Cq{o}{r}company");
            drawn.mark(&name, Owned::By(Owner { operator, reseller, ..Owner::default() }));
            drawn.new.companies.push((place, company(operator, name)));
            drawn.new.resellers.push(NewReseller { slug: format!("rs{o}{r}"), name: format!("Rs{o}{r}partner") });
            drawn.mark(&format!("rs{o}{r}partner"), Owned::By(Owner { operator, reseller, ..Owner::default() }));
        }
        let host = format!("hq{o}{r}.example");
        let owner = Owner { operator, reseller, staff: reseller.is_none(), ..Owner::default() };
        for text in [format!("bq{o}{r}brand"), format!("hq{o}{r}"), format!("lq{o}{r}legal")] {
            drawn.mark(&text, Owned::Host(host.clone(), owner));
        }
        drawn.hosts.push((host.clone(), operator, reseller));
        let (name, contact) = (format!("Bq{o}{r}brand"), format!("help@{host}"));
        drawn.new.brands.push(NewBrand { host, reseller, name, colour: "#1b3a8a".into(), contact });
    }
    for role in [Role::OperatorAgent, Role::OperatorAdmin, Role::Accounting, Role::Auditor] {
        drawn.person(before, role, staff, hash);
    }
    for reseller in [0, 1] {
        for role in [Role::ResellerAgent, Role::ResellerAdmin] {
            drawn.person(before, role, Owner { operator, reseller: Some(reseller), ..Owner::default() }, hash);
        }
    }
    for (customer, (reseller, business, lines)) in CUSTOMERS.into_iter().enumerate() {
        let owner = Owner { operator, reseller, customer: Some(customer), ..Owner::default() };
        let (name, reference) = (format!("Xq{o}{}ville", letter(customer)), format!("V90{operator}{customer}{customer}7"));
        drawn.mark(&name, Owned::By(owner));
        drawn.mark(&reference, Owned::By(owner));
        let lines = (0..lines).map(|line| drawn.line(Owner { line: Some(line), ..owner })).collect();
        drawn.new.customers.push(NewCustomer { reseller, business, ..NewCustomer::household(&reference, &name, lines) });
        drawn.person(before, if business { Role::FleetManager } else { Role::Subscriber }, owner, hash);
        if business {
            drawn.person(before, Role::Member, Owner { line: Some(0), ..owner }, hash);
        }
    }
    for row in 0..2 {
        drawn
            .rows
            .push_str(&format!("wq{o}aside{row},sms,made,33700000{row}{operator},0639981234,2026-11-02 10:00:00,,,,mobile\n"));
    }
    for text in ["wq{o}aside0", "wq{o}aside1", "fq{o}usage", "rq{o}refused"].map(|text| text.replace("{o}", &o.to_string())) {
        drawn.mark(&text, Owned::By(staff));
    }
    drawn
}

/// The company of a reseller where the operator is.
fn company(operator: usize, name: String) -> Company {
    let (legal_id, vat_number, country) = [("732829320", "FR44732829320", "FR"), ("0428759497", "BE0428759497", "BE")][operator];
    let text = str::to_owned;
    Company {
        name,
        legal_id: text(legal_id),
        vat_number: text(vat_number),
        street: text("1 rue"),
        postcode: text("1000"),
        town: text("Ville"),
        country: text(country),
        ..Company::default()
    }
}

impl Drawn {
    fn mark(&mut self, text: &str, whose: Owned) {
        self.markers.push(Marker { text: text.to_lowercase(), whose });
    }

    fn person(&mut self, before: usize, role: Role, owner: Owner, hash: &str) {
        let place = before + self.people.len();
        let o = letter(owner.operator);
        let name = format!("Zk{o}{:02}person", self.people.len());
        let identifier = format!("mq{o}{:02}@example.test", self.people.len());
        let owned = || Owned::Person(place, owner);
        self.mark(&name, owned());
        self.mark(identifier.split('@').next().unwrap_or_default(), owned());
        self.new.logins.push(NewLogin {
            identifiers: vec![(IdentifierKind::Email, identifier.clone())],
            email: identifier.clone(),
            password_hash: Some(hash.to_owned()),
            role: role.as_str().into(),
            name,
            reseller: owner.reseller.filter(|_| owner.customer.is_none()),
            customer: owner.customer,
            line: owner.line,
        });
        let host = format!("hq{o}{}.example", owner.reseller.map_or('z', letter));
        self.people.push(Person { role, owner, host, identifier, id: LoginId(0) });
    }

    fn line(&mut self, owner: Owner) -> NewLine {
        let (operator, customer, line) = (owner.operator, owner.customer.unwrap_or(0), owner.line.unwrap_or(0));
        let (number, called) = numbers(operator, customer, line);
        let mark = format!("{}{}{}", letter(operator), letter(customer), letter(line));
        let serial = format!("893399{operator}{customer}{line}0001234567").parse().expect("digits");
        let iccid = Iccid::from_serial(serial).expect("an ICCID").to_string();
        let user = format!("Yq{mark}user");
        for text in [&number[3..], &called[3..], &user, &iccid] {
            self.mark(text, Owned::By(owner));
        }
        let plain = number.trim_start_matches('+');
        for (row, rest) in [
            format!("voice,made,{plain},{called},2026-11-03 1{line}:20:00,600,,,"),
            format!("voice,made,{plain},{called},2026-11-04 1{line}:20:00,61,,22801,"),
            format!("data,made,{plain},,2026-11-05 1{line}:20:00,,9000000,,"),
        ]
        .into_iter()
        .enumerate()
        {
            let record = format!("tq{mark}{row}");
            self.mark(&record, Owned::By(owner));
            self.rows.push_str(&format!("{record},{rest}\n"));
        }
        NewLine { user, iccid: Some(iccid), ..NewLine::in_service(&number, SOLD[operator], at("2020-01-01T00:00:00Z")) }
    }
}

fn at(text: &str) -> Timestamp {
    text.parse::<jiff::Timestamp>().expect("an instant").into()
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn layout(id: &str) -> Arc<Layout> {
    let text = fs::read_to_string(root().join(format!("layouts/{id}.toml"))).expect("a layout of the repository");
    Arc::new(Layout::parse(id, &text).expect("a layout without mistake"))
}

impl Tenants {
    /// Sets everybody up on a fresh database; `hash` is of [`PASSWORD`].
    pub(crate) async fn on(url: &str, hash: &str) -> Self {
        let files = CatalogFiles::read(&root().join("catalogs")).expect("the catalogues can be read");
        let files = SLUGS.iter().fold(files, |files, slug| {
            let added = [("voicemail.toml".to_owned(), VOICEMAIL.to_owned())];
            files.with_draft(slug, civil::date(2026, 11, 1), added)
        });
        Self::in_house(url, hash, (&files, Seal::default())).await
    }

    /// The same with a key, so that mails can be written.
    pub(crate) async fn with_key(url: &str, hash: &str) -> Self {
        let files = CatalogFiles::read(&root().join("catalogs")).expect("the catalogues can be read");
        let key = Seal::fresh_line(Some("k1")).expect("a key");
        Self::in_house(url, hash, (&files, Seal::read(&key).expect("a list of one key"))).await
    }

    /// The same, with a line of each operator that its network is asked to suspend.
    pub(crate) async fn with_work(self) -> Self {
        let works = change(&self.house, &self.operators, &self.lines).await;
        Self { works, ..self }
    }

    /// The same with catalogues and keys of one's own.
    pub(crate) async fn in_house(url: &str, hash: &str, (files, seal): (&CatalogFiles, Seal)) -> Self {
        let store = Store::open(url).await.expect("a fresh database opens");
        let house = House::new(store, files, Clock::held_at(at(NOW))).expect("the catalogues have no mistake").with_seal(seal);
        let inbox = tempfile::tempdir().expect("a folder");
        let house = house.with_sounds(SoundFolder::at(inbox.path().join(".voicemail")));
        let layouts = BTreeMap::from(["jsonl", "mobile"].map(|id| (id.to_owned(), layout(id))));
        let desk = UsageDesk::new(layouts, Some(inbox.path().into()));
        let (mut operators, mut people, mut markers, mut hosts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut sims, mut accounts, mut companies) = (Vec::new(), Vec::new(), Vec::new());
        let (mut lines, mut customers, mut resellers, mut files) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for operator in [0, 1] {
            let drawn = draw(operator, people.len(), hash);
            let id = provision(&house, &drawn.new).await.expect("a valid operator");
            import(&house, id, &inbox.path().join(format!("fq{}usage.csv", letter(operator))), &drawn.rows).await;
            refuse_a_file(inbox.path(), operator);
            lines.extend(lines_of(&house, id, operator).await);
            for line in lines.iter().filter(|line| line.owner.operator == operator) {
                let sim = house.store.scoped(Scope::operator(id)).sim_of_line(line.id).await.expect("a look");
                sims.push((sim.expect("each line has a SIM").sim, line.owner));
            }
            let staff = Owner { operator, staff: true, ..Owner::default() };
            let scoped = house.store.scoped(Scope::operator(id));
            let listed = scoped.usage_files(Window { offset: 0, rows: 10 }).await.expect("files").expect("staff sees them").0;
            files.extend(listed.iter().map(|file| (file.id, staff)));
            for (place, new) in drawn.new.customers.iter().enumerate() {
                let owner = Owner { operator, reseller: new.reseller, customer: Some(place), ..Owner::default() };
                let found = scoped.customers_like(&new.reference, 1).await.expect("customers").remove(0).party;
                let Party::Customer(id) = found else { panic!("a customer") };
                let of_customer = scoped.accounts_of(id).await.expect("accounts");
                let payer = Owner { paid_by: PaidBy::Customer, ..owner };
                accounts.extend(of_customer.into_iter().map(|(account, _)| (account, payer)));
                customers.push(TestCustomer { owner, name: new.name.clone(), reference: new.reference.clone(), id });
            }
            for (place, found) in scoped.resellers().await.expect("resellers").iter().enumerate() {
                let owner = Owner { operator, reseller: Some(place), ..Owner::default() };
                let reseller = found.reseller.expect("a reseller");
                let company = scoped.reseller(reseller).await.expect("a look").expect("a reseller").company;
                let (customer, account, _) = company.expect("each has a company");
                accounts.push((account, owner));
                companies.push((customer, owner));
                resellers.push((reseller, owner));
            }
            for person in drawn.people {
                let found = house.store.known_by(id, &person.identifier).await.expect("a login").expect("a login");
                people.push(Person { id: found, ..person });
            }
            markers.extend(drawn.markers);
            hosts.extend(drawn.hosts);
            operators.push(id);
        }
        have_esims(url).await;
        let brands = write_legal_pages(&house, &operators).await;
        let app = App::new(house.clone(), desk, HashMap::new()).await.expect("brands");
        let orders = order(&house, &operators, &customers).await;
        let deliveries = order_cards(&house, &operators, &customers).await;
        let works = Vec::new();
        Self {
            house,
            app,
            operators,
            people,
            markers,
            lines,
            customers,
            accounts,
            companies,
            resellers,
            files,
            sims,
            deliveries,
            orders,
            works,
            bills: Bills::default(),
            brands,
            hosts,
            inbox,
        }
    }

    /// What of an operator nobody else may change, as one text.
    pub(crate) async fn state_of(&self, operator: usize) -> String {
        let id = self.operators[operator];
        let sums = self.house.store.operator_sums(id).await.expect("sums");
        let journal = self.house.store.verify_journal(id, None).await.expect("a journal");
        assert!(matches!(journal, JournalCheck::Whole { .. }), "{journal:?}");
        // That something was refused is noted, and changes nothing else.
        let mut noted = self.house.store.scoped(Scope::operator(id)).journal(None, None, u32::MAX).await.expect("entries");
        noted.retain(|entry| !["request_refused", "proof_refused"].contains(&entry.action.as_str()));
        let noted = noted.iter().map(|entry| (entry.at, &entry.action, &entry.object, entry.object_id)).collect::<Vec<_>>();
        let mut logins = Vec::new();
        for person in self.people.iter().filter(|person| person.owner.operator == operator) {
            let identifier = store::Identifier { writings: vec![person.identifier.clone()], after_letter: String::new() };
            logins.push(self.house.store.login_by_identifier(id, None, &identifier).await.expect("logins"));
        }
        let window = Window { offset: 0, rows: 100 };
        let files = self.house.store.scoped(Scope::operator(id)).usage_files(window).await.expect("files");
        let brands = self.house.store.scoped(Scope::operator(id)).brands().await.expect("brands");
        let folder = listing(&self.inbox.path().join(SLUGS[operator]));
        format!("{sums:?}\n{noted:?}\n{logins:?}\n{files:?}\n{brands:?}\n{folder:?}")
    }
}

/// Gives every brand a legal notice with its own mark; whose each brand is.
async fn write_legal_pages(house: &House, operators: &[OperatorId]) -> Vec<(BrandId, Owner)> {
    let mut brands = Vec::new();
    for (operator, id) in operators.iter().enumerate() {
        for brand in house.store.scoped(Scope::operator(*id)).brands().await.expect("brands") {
            let mark = brand.look.name.replace("Bq", "Lq").replace("brand", "legal");
            let reseller = [None, Some(0), Some(1)].into_iter().find(|r| mark.chars().nth(3) == Some(r.map_or('z', letter)));
            let reseller = reseller.expect("a mark names its reseller");
            let text = BrandText { page: "notice".into(), language: "fr".into(), content: mark };
            let transaction = house.store.begin().await.expect("a transaction");
            assert!(transaction.change_brand_texts(brand.id, brand.version, &[text]).await.expect("a legal page"));
            transaction.commit().await.expect("a commit");
            brands.push((brand.id, Owner { operator, reseller, staff: reseller.is_none(), ..Owner::default() }));
        }
    }
    brands
}

fn listing(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        found.push(path.display().to_string());
        found.extend(listing(&path));
    }
    found.sort();
    found
}

async fn import(house: &House, operator: OperatorId, path: &Path, rows: &str) {
    fs::write(path, rows).expect("a file");
    let catalog = house.catalog(operator).await.expect("the operator has a catalogue");
    let (house, path) = (house.clone(), path.to_owned());
    let taken = tokio::task::spawn_blocking(move || {
        let take = |importer: &mut operations::usage_import::Importer<'_>| importer.take(&layout("mobile"), &path, &|_| {});
        importing(&house, &catalog, operator, Interrupt::default(), take).map_err(|error| error.to_string())
    });
    let report = taken.await.expect("the import does not panic").expect("a file that can be read");
    assert_eq!((report.taken, report.set_aside), (21, 2), "three records of each line, two of nobody's");
}

fn refuse_a_file(inbox: &Path, operator: usize) {
    let refused = inbox.join(SLUGS[operator]).join("mobile/refused");
    fs::create_dir_all(&refused).expect("a folder");
    let name = refused_name(operator);
    fs::write(refused.join(&name), "a,b\n").expect("a file");
    fs::write(refused.join(&name).with_extension("why.txt"), "no column `msisdn`\n").expect("a file");
}

/// The file of an operator that could not be read.
pub(crate) fn refused_name(operator: usize) -> String {
    format!("rq{}refused.csv", letter(operator))
}

async fn lines_of(house: &House, id: OperatorId, operator: usize) -> Vec<TestLine> {
    let scoped = house.store.scoped(Scope::operator(id));
    let kept = scoped.line_choices().await.expect("the lines");
    let mut lines = Vec::new();
    for (customer, (reseller, _, count)) in CUSTOMERS.into_iter().enumerate() {
        for line in 0..count {
            let (number, _) = numbers(operator, customer, line);
            let found = kept.iter().find(|kept| kept.number.to_string() == number).expect("a line of that number");
            let mut usage = Vec::new();
            for month in scoped.usage_months(Some(found.id)).await.expect("months of a line") {
                let all = UsageSelection { line: Some(found.id), ..UsageSelection::default() };
                let window = Window { offset: 0, rows: 10 };
                let rows = scoped.usage_page(month, &all, UsageOrder::Latest, window).await.expect("usage of a line");
                usage.extend(rows.iter().map(|row| format!("{}.{:016x}", row.started.micros(), row.key.0)));
            }
            assert_eq!(usage.len(), 3, "{number}");
            let owner = Owner { operator, reseller, customer: Some(customer), line: Some(line), ..Owner::default() };
            let user = format!("Yq{}{}{}user", letter(operator), letter(customer), letter(line));
            lines.push(TestLine { id: found.id, owner, number: number[3..].to_owned(), user, usage });
        }
    }
    lines
}

/// An order for each customer.
async fn order(house: &House, operators: &[OperatorId], customers: &[TestCustomer]) -> Vec<(OrderId, Owner)> {
    let mut orders = Vec::new();
    for customer in customers {
        let transaction = house.store.begin().await.expect("a transaction");
        let id = OrderId(transaction.reserve_ids(1).await.expect("an id"));
        let operator = operators[customer.owner.operator];
        let reseller =
            house.store.scoped(Scope::operator(operator)).reseller_of(customer.id).await.expect("a customer").flatten();
        let order = NewOrder {
            id,
            owner: (operator, reseller, customer.id),
            token: &format!("order-{id}"),
            placed: at(NOW),
            placed_by: "",
            lines: 1,
            told: (Money::ZERO, Money::ZERO),
        };
        assert!(transaction.write_order(&order).await.expect("an order"));
        transaction.commit().await.expect("kept");
        orders.push((id, customer.owner));
    }
    orders
}

/// Blank cards that each customer ordered.
async fn order_cards(house: &House, operators: &[OperatorId], customers: &[TestCustomer]) -> Vec<(SimDeliveryId, Owner)> {
    let mut deliveries = Vec::new();
    for (place, customer) in customers.iter().enumerate() {
        let operator = operators[customer.owner.operator];
        let scoped = house.store.scoped(Scope::operator(operator));
        let reseller = scoped.reseller_of(customer.id).await.expect("a customer").flatten();
        let new = NewDelivery {
            owner: (operator, reseller, customer.id),
            token: &format!("cards-{place}"),
            network: "n",
            kind: "card_with_pin",
            cards: 10,
            address: DeliveryAddress::default(),
            asked: at(NOW),
            asked_by: (LoginId(1), ""),
            promised: "2026-11-24".to_owned(),
        };
        let transaction = house.store.begin().await.expect("a transaction");
        let id = transaction.order_delivery(&new).await.expect("an order").expect("a new one");
        transaction.commit().await.expect("kept");
        deliveries.push((id, customer.owner));
    }
    deliveries
}

/// A work order for each operator, whose network never answers.
async fn change(house: &House, operators: &[OperatorId], lines: &[TestLine]) -> Vec<(WorkOrderId, Owner)> {
    let mut works = Vec::new();
    for (place, operator) in operators.iter().enumerate() {
        let line = lines.iter().find(|line| line.owner.operator == place).expect("a line");
        let asked = ChangeAsked { change: Change::Suspend, when: When::Soonest };
        let staff = Actor {
            login: LoginId(1),
            session: SessionId(1),
            scope: Scope::operator(*operator),
            role: Role::OperatorAgent,
            name: String::new(),
            party: String::new(),
            owner: (None, None),
            proved: at(NOW),
            address: String::new(),
        };
        let Ok(Asked::Begun(work)) = line_change::ask(house, &staff, line.id, &asked).await.expect("asked").expect("seen") else {
            panic!("it may be suspended")
        };
        let staff_only = Owner { operator: place, staff: true, ..Owner::default() };
        works.push((work, staff_only));
    }
    works
}

/// Makes the SIM of each line in service an eSIM that waits for its telephone, as its server would have.
async fn have_esims(url: &str) {
    let sql = "INSERT INTO esim_profile (sim_id, name, operator_id, line_id, wish, standing, state, changed) \
               SELECT s.id, s.operator_id || '/' || s.iccid, s.operator_id, s.line_id, 'ready', 'ready', 'released', 0 \
               FROM sim s WHERE s.state = 'in_use'";
    testkit::raw::run(url, sql).await;
}
