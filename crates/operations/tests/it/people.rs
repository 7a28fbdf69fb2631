//! An operator with a reseller, two companies and a household, for tests of who has access.

use crate::stage::{house, line};
use operations::{
    Actor, House, IdentifierKind, NewBrand, NewCustomer, NewLogin, NewOperator, NewReseller,
    first_access::Address,
    permission::Role,
    proof::{self, FreshProof},
    provision_and_invite,
    seal::Seal,
    sign_in::{self, Credentials, Door, Origin, Outcome},
};
use store::{Party, Scope, Window};
use vocabulary::{CustomerId, LineId, LoginId, ResellerId};

pub(crate) const NOW: &str = "2026-11-21T10:00:00Z";
pub(crate) const PASSWORD: &str = "le chat dort sur le radiateur";

pub(crate) struct Town {
    pub(crate) house: House,
    pub(crate) door: Door,
    pub(crate) reseller: ResellerId,
    /// The reseller's: two lines, +33639980011 and 12.
    pub(crate) company: CustomerId,
    /// The operator's own: one line, +33639980021.
    pub(crate) other: CustomerId,
    /// The operator's own: +33639980031 and 32.
    pub(crate) household: CustomerId,
    /// The company's, then the household's.
    pub(crate) lines: Vec<LineId>,
    /// The line of the one key.
    pub(crate) key: String,
}

impl Town {
    pub(crate) async fn login(&self, identifier: &str) -> LoginId {
        self.house.store.known_by(self.door.operator, identifier).await.unwrap().expect("somebody")
    }
}

pub(crate) async fn town(url: &str) -> Town {
    let key = Seal::fresh_line(Some("k1")).unwrap().as_str().to_owned();
    let house = house(url, NOW).await.with_seal(Seal::read(&key).unwrap());
    let hash = sign_in::hash_password(PASSWORD.to_owned()).await.unwrap();
    let customer = |reference: &str, name: &str, reseller: Option<usize>, lines: &[&str]| {
        let lines = lines.iter().map(|number| line(number, &[], ("mobile", "orange", "unlimited-5"))).collect();
        NewCustomer { reseller, business: true, ..NewCustomer::household(reference, name, lines) }
    };
    let login = |kind, identifier: &str, role: Role, reseller, customer| NewLogin {
        identifiers: vec![(kind, identifier.to_owned())],
        email: if kind == IdentifierKind::Email { identifier.to_owned() } else { "anne@example.fr".to_owned() },
        password_hash: Some(hash.clone()),
        role: role.as_str().to_owned(),
        name: identifier.split('@').next().unwrap().to_owned(),
        reseller,
        customer,
        line: None,
    };
    let email = IdentifierKind::Email;
    let brand = |host: &str, reseller| NewBrand {
        host: host.to_owned(),
        reseller,
        name: host.to_owned(),
        colour: "#0f766e".to_owned(),
        contact: String::new(),
    };
    let mut mona = login(email, "mona@other.example", Role::FleetManager, None, Some(1));
    mona.identifiers.push((IdentifierKind::Own, "taken.by-other".to_owned()));
    let mut anne = login(IdentifierKind::Reference, "V100003", Role::Subscriber, None, Some(2));
    anne.identifiers.extend(["+33639980031", "+33639980032"].map(|number| (IdentifierKind::Number, number.to_owned())));
    let ines = NewLogin {
        identifiers: vec![],
        password_hash: None,
        email: "ines@lambert.example".to_owned(),
        ..login(email, "ines@lambert.example", Role::FleetManager, None, Some(0))
    };
    let new = NewOperator {
        slug: "grandlarge".to_owned(),
        name: "Test".to_owned(),
        resellers: vec![NewReseller { slug: "near".to_owned(), name: "Near".to_owned() }],
        companies: Vec::new(),
        brands: vec![brand("test.localhost", None), brand("near.localhost", Some(0))],
        customers: vec![
            NewCustomer {
                billing_accounts: vec!["atelier".to_owned(), "bureau".to_owned()],
                ..customer("V100001", "Menuiserie Lambert", Some(0), &["+33639980011", "+33639980012"])
            },
            customer("V100002", "Other", None, &["+33639980021"]),
            NewCustomer { business: false, ..customer("V100003", "Famille Schneider", None, &["+33639980031", "+33639980032"]) },
        ],
        logins: vec![
            login(email, "hugo@lambert.example", Role::FleetManager, None, Some(0)),
            mona,
            login(email, "rita@near.example", Role::ResellerAdmin, Some(0), None),
            login(email, "olga@test.example", Role::OperatorAdmin, None, None),
            anne,
            ines,
        ],
    };
    let operator = provision_and_invite(&house, &new, &[5], address).await.unwrap();
    let scoped = house.store.scoped(Scope::operator(operator));
    let mut customers = Vec::new();
    for reference in ["V100001", "V100002", "V100003"] {
        let found = scoped.customers_like(reference, 1).await.unwrap().remove(0).party;
        let Party::Customer(id) = found else { panic!("a customer") };
        customers.push(id);
    }
    let mut lines = Vec::new();
    for (customer, number) in [(0, "11"), (0, "12"), (2, "31"), (2, "32")] {
        let number = format!("+336399800{number}");
        lines.push(scoped.line_of_customer(customers[customer], &number).await.unwrap().unwrap());
    }
    let reseller = scoped.resellers().await.unwrap().remove(0).reseller.unwrap();
    let door = Door { operator, reseller: None };
    Town { house, door, reseller, company: customers[0], other: customers[1], household: customers[2], lines, key }
}

fn address(host: &str) -> Address {
    Address { scheme: "https", host: host.to_owned(), brand: host.to_owned() }
}

pub(crate) fn links() -> Address {
    address("test.localhost")
}

pub(crate) fn from() -> Origin<'static> {
    Origin { address: "192.0.2.1", agent: "Firefox", device: None, language: "" }
}

/// Somebody who signed in.
pub(crate) async fn actor_of(town: &Town, identifier: &str) -> Actor {
    let typed = Credentials { identifier, password: PASSWORD };
    let Outcome::In { session, .. } = sign_in::sign_in(&town.house, town.door, typed, from(), &links()).await.unwrap() else {
        panic!("{identifier} has that password")
    };
    sign_in::session(&town.house, town.door, session.as_str(), "192.0.2.1").await.unwrap().unwrap()
}

/// The same who proved just now who they are.
pub(crate) fn proven(house: &House, actor: &Actor) -> Actor {
    Actor { proved: house.clock.now(), ..actor.clone() }
}

/// What a desk that proved just now who it is does.
pub(crate) fn fresh<'a>(house: &House, actor: &'a Actor) -> FreshProof<'a> {
    proof::asked(actor, house.clock.now()).expect("signing in is a proof")
}

/// To whom which mails were written, the oldest first.
pub(crate) async fn given(house: &House) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for number in 1.. {
        let Some(mail) = house.store.mail(vocabulary::MailId(number)).await.unwrap() else { break };
        found.push((mail.recipient, mail.template));
    }
    found
}

/// Everybody who has access anywhere, in words.
pub(crate) async fn states(town: &Town) -> Vec<String> {
    let scoped = town.house.store.scoped(Scope::operator(town.door.operator));
    let mut found = Vec::new();
    for party in [
        Party::Operator,
        Party::Reseller(town.reseller),
        Party::Customer(town.company),
        Party::Customer(town.other),
        Party::Customer(town.household),
    ] {
        let (people, _) = scoped.members(party, Window { offset: 0, rows: 50 }).await.unwrap();
        found.extend(people.iter().map(|person| format!("{} {} {} {:?}", person.email, person.role, person.state, person.line)));
    }
    found
}
