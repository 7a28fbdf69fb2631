//! Another billing account pays for a line from the first of next month on.

use crate::{
    people::{actor_of, town},
    stage::at,
};
use operations::{
    Actor,
    line_account::{self, AccountRefusal},
    network_delivery::round,
    permission::Role,
};
use store::Object;
use vocabulary::BillingAccountId;

/// FLT-09: another account of the same customer pays from the first of next month, told before, taken back until then, and counted by nobody
/// while usage is taken in; whoever does not see the line, or changes none, gets the answer of one that is not there.
#[tokio::test(flavor = "multi_thread")]
async fn another_account_pays_from_the_first_of_next_month() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, line) = (&town.house, town.lines[0]);
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        let mona = actor_of(&town, "mona@other.example").await;
        let auditor = Actor { role: Role::Auditor, ..hugo.clone() };
        let shown = async || line_account::account(house, &hugo, line).await.unwrap().unwrap();
        let [atelier, bureau] =
            [0, 1].map(|place| (place, shown())).map(|(place, shown)| async move { shown.await.accounts[place].0 });
        let (atelier, bureau) = (atelier.await, bureau.await);
        let plan = async |actor: &Actor, account| line_account::plan(house, actor, line, account).await.unwrap();
        let first = at("2026-11-30T23:00:00Z");

        assert!(plan(&mona, bureau).await.is_none() && plan(&auditor, bureau).await.is_none());
        assert_eq!(plan(&hugo, atelier).await, Some(Err(AccountRefusal::Same)));
        let theirs = house.store.scoped(mona.scope).accounts_of(town.other).await.unwrap()[0].0;
        for other in [theirs, BillingAccountId(999_999)] {
            assert_eq!(plan(&hugo, other).await, Some(Err(AccountRefusal::Unknown)), "another customer's is not there");
        }
        assert_eq!(plan(&hugo, bureau).await, Some(Ok(first)));
        assert_eq!(plan(&hugo, bureau).await, Some(Err(AccountRefusal::Same)));
        assert_eq!(line_account::take_back(house, &hugo, line).await.unwrap(), Some(Ok(())));
        assert_eq!(line_account::take_back(house, &hugo, line).await.unwrap(), Some(Err(AccountRefusal::NothingPlanned)));
        assert_eq!(plan(&hugo, bureau).await, Some(Ok(first)));
        assert_eq!(shown().await.kept.planned.map(|(id, _, since)| (id, since)), Some((bureau, first)));

        let networks = operations::host_network::HostNetworks::default();
        round(house, &networks).await.unwrap();
        assert_eq!(shown().await.kept.account.0, atelier, "its day has not come");
        house.clock.set(first);
        let busy = house.store.take_import_lease(town.door.operator, "elsewhere:1:x", (first, first.plus_seconds(60)), |_| false);
        let lease = busy.await.unwrap().expect("nobody takes usage in");
        round(house, &networks).await.unwrap();
        assert_eq!(shown().await.kept.account.0, atelier, "usage is being taken in");
        house.store.give_import_lease_back(town.door.operator, lease.fence).await.unwrap();
        round(house, &networks).await.unwrap();
        let after = shown().await.kept;
        assert_eq!((after.account.0, after.planned.is_none()), (bureau, true));
        round(house, &networks).await.unwrap();
        let entries = house.store.scoped(hugo.scope).journal(Some(Object::Line(line)), None, 20).await.unwrap();
        let told: Vec<_> = entries.iter().rev().map(|entry| entry.action.as_str()).collect();
        let planned = ["line_account_planned", "line_account_taken_back", "line_account_planned"];
        assert_eq!(told, [&planned[..], &["line_account_changed"]].concat());
    }
}
