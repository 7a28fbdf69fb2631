//! Who is told by mail of what others do to lines and orders.

use crate::{
    orders::{networks, request, stage, stock},
    people::{actor_of, links, town},
};
use gateways::simulated_network::Manners;
use operations::{
    Actor, House,
    bulk_change::{self, Among, BulkCame},
    line_change::{self, Change, ChangeAsked, When},
    line_user::{self, Field, Typed},
    network_delivery::round,
    notification::{self, NotificationKind},
    order::{self, Closing, LineAsked, OrderAsked, UserAsked},
    permission::Role,
};
use serde_json::Value;
use store::{MailClaim, NewMember, Party};
use vocabulary::LoginId;

/// What is told since the last time: to whom, in which template, and what it says.
async fn told(house: &House) -> Vec<(String, String, Value)> {
    let now = house.clock.now();
    let claim = MailClaim { holder: "test", now, until: now.plus_seconds(86_400), most: 100 };
    let mut claimed = house.store.claim_mails(claim).await.unwrap();
    claimed.sort_by_key(|mail| mail.id);
    let open = |mail: store::ClaimedMail| {
        let place = operations::seal::Place { table: "mail", column: "arguments", row: &mail.kept.message_id };
        let said = house.seal.open(place, mail.arguments.as_deref().unwrap_or_default()).unwrap();
        (mail.kept.recipient.clone(), mail.kept.template.clone(), serde_json::from_slice(&said).unwrap())
    };
    claimed.into_iter().map(open).filter(|(_, template, _): &(_, String, _)| template.starts_with("told-")).collect()
}

async fn choose(house: &House, actor: &Actor, kinds: &[NotificationKind]) {
    notification::choose(house, actor, kinds, &links()).await.unwrap();
}

fn heads(told: &[(String, String, Value)]) -> Vec<(&str, &str)> {
    told.iter().map(|(to, template, _)| (to.as_str(), template.as_str())).collect()
}

/// RES-10, PLT-07: of each kind those are told who chose it and see the line, with links to it, but not who did it; nobody is told who of the
/// people above them it was; a change of many lines is one mail.
#[tokio::test(flavor = "multi_thread")]
async fn those_are_told_who_chose_it_and_see_the_line() {
    use NotificationKind::{OrderPlaced, Plan, Suspension, User};
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let house = &town.house;
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        let mona = actor_of(&town, "mona@other.example").await;
        let rita = actor_of(&town, "rita@near.example").await;
        let olga = actor_of(&town, "olga@test.example").await;
        let anne = actor_of(&town, "V100003").await;
        told(house).await;
        let suspend = async |actor: &Actor, line| {
            let asked = ChangeAsked { change: Change::Suspend, when: When::Soonest };
            line_change::ask(house, actor, line, &asked).await.unwrap().unwrap().unwrap()
        };
        suspend(&hugo, town.lines[0]).await;
        assert!(told(house).await.is_empty(), "nobody chose anything");
        for person in [&hugo, &mona, &rita, &anne] {
            choose(house, person, &[Suspension, OrderPlaced]).await;
        }
        choose(house, &olga, &[Plan]).await;
        let kinds = notification::choices(house, &anne).await.unwrap();
        assert!(
            kinds.iter().all(|(kind, wanted)| !kind.is_of_orders() && *wanted == (*kind == Suspension)),
            "orders are not hers"
        );

        suspend(&hugo, town.lines[1]).await;
        let mails = told(house).await;
        assert_eq!(heads(&mails), [("rita@near.example", "told-suspension")], "not who did it, nor who sees another company");
        let said = &mails[0].2;
        assert_eq!((said["by"].as_str(), said["party"].as_str()), (Some("hugo"), Some("Menuiserie Lambert")));
        assert_eq!(
            said["link"].as_str(),
            Some(&*format!("https://test.localhost/lines/{}", town.lines[1])),
            "the door they chose at"
        );
        assert_eq!(said["number"].as_str(), Some("+33639980012"));
        suspend(&olga, town.lines[2]).await;
        let mails = told(house).await;
        assert_eq!(heads(&mails), [("anne@example.fr", "told-suspension")]);
        assert_eq!(mails[0].2["by"].as_str(), Some(""), "staff is not named to customers");

        choose(house, &hugo, &[User, Plan]).await;
        choose(house, &rita, &[]).await;
        let entries = house.store.scoped(rita.scope).journal(None, None, 50).await.unwrap();
        let chosen = entries.iter().filter(|entry| entry.action == "notifications_chosen" && entry.by.login == Some(rita.login));
        assert_eq!(chosen.count(), 2);
        let paul = Typed::with(|field| if field == Field::LastName { "Paul".to_owned() } else { String::new() });
        line_user::replace(house, &rita, (town.lines[0], 0), &paul).await.unwrap().unwrap().unwrap();
        assert_eq!(heads(&told(house).await), [("hugo@lambert.example", "told-user")]);
    }
}

/// RES-10: a change of many lines is one mail for each who is told, with the way to what becomes of each.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_many_lines_is_one_mail() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let house = &town.house;
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        let rita = actor_of(&town, "rita@near.example").await;
        choose(house, &rita, &[NotificationKind::Plan]).await;
        told(house).await;
        let asked = ChangeAsked { change: Change::Plan { offer: "unlimited-10".into() }, when: When::Soonest };
        let lines = (&town.lines[..2], Among::All);
        let digest = bulk_change::told(house, &hugo, lines, &asked, "fr").await.unwrap().unwrap().digest;
        let Some(BulkCame::Asked(bulk)) = bulk_change::ask(house, &hugo, lines, &asked, ("form", &digest)).await.unwrap() else {
            panic!("both lines can")
        };
        let mails = told(house).await;
        assert_eq!(heads(&mails), [("rita@near.example", "told-plan")]);
        let said = &mails[0].2;
        assert_eq!(said["link"].as_str(), Some(&*format!("https://test.localhost/lines/changes/{bulk}")));
        assert_eq!((said["lines"].as_i64(), said["number"].as_str()), (Some(2), Some("")));
        assert!(said["detail"].as_str().is_some_and(|name| name.contains("10")) && said["effect"].is_i64(), "{said}");
        bulk_change::ask(house, &hugo, lines, &asked, ("form", &digest)).await.unwrap();
        assert!(told(house).await.is_empty(), "the same form twice is one change");
    }
}

/// RES-10, FLT-04: of an order people are told when it is placed, when the network refuses a line of it, and when nothing of it is to come any
/// more: each once, however many lines it has.
#[tokio::test(flavor = "multi_thread")]
async fn of_an_order_people_are_told_three_times() {
    for database in testkit::databases() {
        let mut stage = stage(database.url(), Manners { refusing: 1_000, ..Manners::PROMPT }).await;
        stage.staff.login = LoginId(99);
        let house = &stage.house;
        let transaction = house.store.begin().await.unwrap();
        let new = NewMember {
            operator: stage.operator,
            party: Party::Customer(stage.customer),
            line: None,
            role: Role::FleetManager.as_str(),
            name: "Hugo",
            email: "hugo@lambert.example",
            language: "fr",
            invited: house.clock.now(),
        };
        let hugo = transaction.add_member(&new).await.unwrap().unwrap();
        transaction.set_password(hugo, "x").await.unwrap();
        transaction.commit().await.unwrap();
        let actor = Actor { login: hugo, role: Role::FleetManager, ..stage.staff.clone() };
        choose(house, &actor, &NotificationKind::ALL).await;

        let order = stage.place(&stage.asked("two", vec![request("unlimited-5"); 2])).await.unwrap();
        let mails = told(house).await;
        let link = format!("https://test.localhost/orders/{order}");
        assert_eq!(
            (heads(&mails), mails[0].2["link"].as_str()),
            (vec![("hugo@lambert.example", "told-order-placed")], Some(&*link))
        );
        stage.rounds().await;
        let mails = told(house).await;
        assert_eq!(heads(&mails), [("hugo@lambert.example", "told-order-failed")], "of two refused lines one mail");
        assert!(mails[0].2["order"] == link.as_str() || mails[0].2["link"] == link.as_str());
        let lines: Vec<_> = stage.lives(order).await.iter().map(|kept| kept.life.line.id).collect();
        for (line, expected) in [(lines[0], 0), (lines[1], 1)] {
            assert_eq!(order::give_up(house, &stage.staff, line).await.unwrap(), Some(Ok(())));
            let mails = told(house).await;
            assert_eq!(mails.len(), expected);
            assert!(mails.iter().all(|(_, template, _)| template == "told-order-done"));
        }
    }
}

/// RES-10: what becomes of orders of several customers in one bundle is told to each one's own people: who wants to be told is looked up once for
/// all of them, and nobody hears of another's order.
#[tokio::test(flavor = "multi_thread")]
async fn orders_of_one_bundle_are_told_to_their_own_people() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let house = &town.house;
        let olga = actor_of(&town, "olga@test.example").await;
        stock(house, &olga).await;
        for (login, kinds) in [
            ("hugo@lambert.example", NotificationKind::ALL.as_slice()),
            ("mona@other.example", &NotificationKind::ALL),
            ("rita@near.example", &[NotificationKind::OrderFailed]),
            ("olga@test.example", &[NotificationKind::OrderFailed]),
        ] {
            choose(house, &actor_of(&town, login).await, kinds).await;
        }
        let mut orders = Vec::new();
        for (customer, token) in [(town.company, "one"), (town.company, "two"), (town.other, "three")] {
            let line = LineAsked { request: request("unlimited-5"), user: UserAsked::named("Léa") };
            let asked = OrderAsked {
                closing: Closing::Unasked,
                split: None,
                customer,
                account: None,
                token: token.into(),
                lines: vec![line],
            };
            orders.push(order::place(house, &olga, &asked).await.unwrap().expect("who may order").unwrap());
        }
        told(house).await;
        let (_, networks) = networks(olga.scope.operator, Manners { refusing: 1_000, ..Manners::PROMPT });
        while !round(house, &networks).await.unwrap().is_quiet() {}
        let mails = told(house).await;
        let mut heard: Vec<(&str, &str, &str)> = mails
            .iter()
            .map(|(to, _, said)| {
                let text = said.to_string();
                let order = orders.iter().position(|order| text.contains(&format!("/orders/{order}\""))).expect("its order");
                (to.as_str(), ["one", "two", "three"][order], said["party"].as_str().unwrap_or_default())
            })
            .collect();
        heard.sort_unstable();
        assert!(mails.iter().all(|(_, template, _)| template == "told-order-failed"), "{:?}", heads(&mails));
        let (company, other) = ("Menuiserie Lambert", "Other");
        assert_eq!(
            heard,
            [
                ("hugo@lambert.example", "one", ""),
                ("hugo@lambert.example", "two", ""),
                ("mona@other.example", "three", ""),
                ("olga@test.example", "one", company),
                ("olga@test.example", "three", other),
                ("olga@test.example", "two", company),
                ("rita@near.example", "one", company),
                ("rita@near.example", "two", company),
            ]
        );
    }
}
