use crate::town::{Town, towns};
use store::{MemberChange, NewMember, Party, Reach, Scope, Window};
use vocabulary::{CustomerId, LoginId, Timestamp};

const ALL: Window = Window { offset: 0, rows: 50 };

async fn customer(town: &Town, reference: &str) -> CustomerId {
    let found = town.store.scoped(Scope::operator(town.one)).customers_like(reference, 1).await.unwrap().remove(0);
    let Party::Customer(id) = found.party else { panic!("a customer") };
    id
}

fn asked<'t>(town: &Town, party: Party, email: &'t str) -> NewMember<'t> {
    let (role, name, language, invited) = ("fleet_manager", "Zoé", "fr", Timestamp::EPOCH);
    NewMember { operator: town.one, party, line: None, role, name, email, language, invited }
}

async fn add(town: &Town, party: Party, email: &str) -> Option<LoginId> {
    let transaction = town.store.begin().await.unwrap();
    let added = transaction.add_member(&asked(town, party, email)).await.unwrap();
    transaction.commit().await.unwrap();
    added
}

/// PLT-01, FLT-14: people are seen within a scope only; whoever sees one line sees nobody.
#[tokio::test]
async fn people_are_seen_within_a_scope() {
    for town in towns().await {
        let (near, own) = (customer(&town, "C100").await, customer(&town, "C102").await);
        let staff = town.store.scoped(Scope::operator(town.one));
        let (people, total) = staff.members(Party::Customer(near), ALL).await.unwrap();
        assert_eq!((total, people.len(), people[0].name.as_str()), (1, 1, "Manager 0"));
        let login = people[0].login;
        let resellers = staff.resellers().await.unwrap();
        assert_eq!(resellers.iter().map(|found| found.name.as_str()).collect::<Vec<_>>(), ["FAR", "NEAR"]);
        let reseller = resellers[1].reseller.unwrap();
        let sees = async |reach| {
            let scoped = town.store.scoped(Scope { operator: town.one, reach });
            (scoped.member(login).await.unwrap().is_some(), scoped.party(Party::Customer(near)).await.unwrap().is_some())
        };
        assert_eq!(sees(Reach::Operator).await, (true, true));
        assert_eq!(sees(Reach::Reseller(reseller)).await, (true, true));
        assert_eq!(sees(Reach::Reseller(resellers[0].reseller.unwrap())).await, (false, false));
        assert_eq!(sees(Reach::Customer(near)).await, (true, true));
        assert_eq!(sees(Reach::Customer(own)).await, (false, false));
        let line = staff.line_of_customer(near, "+33610000000").await.unwrap().expect("its first line");
        assert_eq!(staff.line_of_customer(own, "+33610000000").await.unwrap(), None, "another's");
        assert_eq!(sees(Reach::Line(line)).await, (false, false));
        let elsewhere = town.store.scoped(Scope::operator(town.other));
        assert!(elsewhere.member(login).await.unwrap().is_none());
        assert!(elsewhere.party(Party::Customer(near)).await.unwrap().is_none());
        assert!(elsewhere.party(Party::Reseller(reseller)).await.unwrap().is_none());
        let scoped = town.store.scoped(Scope { operator: town.one, reach: Reach::Reseller(reseller) });
        assert!(scoped.party(Party::Operator).await.unwrap().is_none() && scoped.resellers().await.unwrap().is_empty());
        assert!(scoped.customers_like("%", 9).await.unwrap().is_empty(), "signs of LIKE mean themselves");
    }
}

/// FLT-14: an address is one person's among the people of a party, also when it is asked for at once, and in capital letters.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_one_persons_of_a_party() {
    for town in towns().await {
        let (near, own) = (Party::Customer(customer(&town, "C100").await), Party::Customer(customer(&town, "C102").await));
        let town = std::sync::Arc::new(town);
        let tries = (0..6).map(|_| {
            let town = town.clone();
            tokio::spawn(async move { add(&town, near, "zoe@x.example").await })
        });
        let mut added = Vec::new();
        for tried in tries.collect::<Vec<_>>() {
            added.extend(tried.await.unwrap());
        }
        assert_eq!(added.len(), 1, "of six at once, one is taken up");
        assert!(add(&town, near, "ZOE@x.example").await.is_none());
        let elsewhere = add(&town, own, "zoe@x.example").await.expect("another party's own affair");
        let other = add(&town, own, "max@x.example").await.unwrap();
        let change = async |login, version, change: MemberChange<'_>| {
            let transaction = town.store.begin().await.unwrap();
            let changed = transaction.change_member((login, version), change).await.unwrap();
            transaction.commit().await.unwrap();
            changed
        };
        assert!(!change(other, 0, MemberChange::Email("Zoe@x.example")).await, "taken");
        assert!(change(other, 0, MemberChange::Email("maximilian@x.example")).await);
        assert!(!change(other, 0, MemberChange::Blocked).await, "of before");
        assert!(change(other, 1, MemberChange::Blocked).await);
        assert!(change(elsewhere, 0, MemberChange::Role("member", None)).await);
    }
}

/// TEL-07: a line has one access of its own, and is joined as somebody saw it.
#[tokio::test]
async fn a_line_has_one_access_of_its_own() {
    for town in towns().await {
        let customer = customer(&town, "C102").await;
        let scope = Scope { operator: town.one, reach: Reach::Customer(customer) };
        let scoped = town.store.scoped(scope);
        let line = scoped.line_of_customer(customer, "+33610000006").await.unwrap().unwrap();
        let party = Party::Customer(customer);
        let (one, other) = (add(&town, party, "a@x.example").await.unwrap(), add(&town, party, "b@x.example").await.unwrap());
        let transaction = town.store.begin().await.unwrap();
        assert!(transaction.split_line(line, one, Timestamp::EPOCH).await.unwrap());
        assert!(!transaction.split_line(line, other, Timestamp::EPOCH).await.unwrap());
        transaction.commit().await.unwrap();
        let found = scoped.line_access(line).await.unwrap().unwrap().own.unwrap();
        assert_eq!((found.login, found.accepted, found.state.as_str()), (one, None, "invited"));
        assert_eq!(scoped.line_accesses().await.unwrap().iter().filter(|line| line.own.is_some()).count(), 1);
        let elsewhere = town.store.scoped(Scope::operator(town.other));
        assert!(elsewhere.line_access(line).await.unwrap().is_none());
        for (version, joined) in [(1, false), (0, true), (0, false)] {
            let transaction = town.store.begin().await.unwrap();
            assert_eq!(transaction.join_line(town.one, (one, version)).await.unwrap(), joined);
            transaction.commit().await.unwrap();
        }
        assert!(scoped.line_access(line).await.unwrap().unwrap().own.is_none());
        assert!(scoped.member(one).await.unwrap().is_none() && scoped.member(other).await.unwrap().is_some());
    }
}
