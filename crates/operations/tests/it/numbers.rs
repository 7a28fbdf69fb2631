//! The inventory of numbers: taking a range in, finding, giving and taking back.

use crate::{
    people::{Town, actor_of, town},
    stage::after,
};
use operations::{
    Actor,
    number_intake::{self, IntakeAsked, IntakeRefusal},
    number_transfer::{self, MoveRefusal, Moved, NotThisNumber, NumberPlan, NumbersMoved, RangeRefusal},
    numbers::{self, HeldByWhom, NumberList, NumberPlace, NumberStage, NumbersAsked, Service},
    sim_transfer::Way,
};
use store::{Entry, NewNumbers, NumbersFor, Scope};
use vocabulary::E164;

fn intake(first: &str, last: &str, (network, kind): (&str, Service)) -> IntakeAsked {
    IntakeAsked { first: first.into(), last: last.into(), network: network.into(), kind: Some(kind) }
}

async fn take(town: &Town, actor: &Actor, asked: &IntakeAsked) -> Result<usize, IntakeRefusal> {
    number_intake::take(&town.house, actor, asked).await.unwrap().expect("who may")
}

async fn list(town: &Town, actor: &Actor, asked: NumbersAsked) -> NumberList {
    numbers::list(&town.house, actor, &NumbersAsked { rows: 5, ..asked }).await.unwrap().expect("who may")
}

async fn staged(town: &Town, actor: &Actor, stage: NumberStage) -> Vec<String> {
    let found = list(town, actor, NumbersAsked { stage: Some(stage), ..NumbersAsked::default() }).await;
    written(&found.rows)
}

fn written(rows: &[HeldByWhom]) -> Vec<String> {
    rows.iter().map(|row| row.number.to_string()).collect()
}

fn moved(way: Way, (first, last): (&str, &str), customer: &str) -> NumbersMoved {
    NumbersMoved { way, first: first.into(), last: last.into(), customer: customer.into(), reseller: None }
}

async fn plan(town: &Town, actor: &Actor, asked: &NumbersMoved) -> Result<NumberPlan, MoveRefusal> {
    number_transfer::plan(&town.house, actor, asked).await.unwrap().expect("who may")
}

async fn carry_out(town: &Town, actor: &Actor, asked: &NumbersMoved, count: usize) -> Moved {
    number_transfer::carry_out(&town.house, actor, asked, count).await.unwrap().expect("who may").unwrap()
}

async fn noted(town: &Town, action: &str) -> Vec<Entry> {
    let journal = town.house.store.scoped(Scope::operator(town.door.operator)).journal(None, None, 100).await.unwrap();
    journal.into_iter().filter(|entry| entry.action == action).collect()
}

/// RES-07, MOB-10: a range of numbers comes in whole or not at all: of the shape that the network's lines of the service have, ascending, and
/// none that is there already; the journal has one entry of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_range_of_numbers_comes_in_whole_or_not_at_all() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let olga = actor_of(&town, "olga@test.example").await;
        let mobile = ("orange", Service::Mobile);
        for (asked, refusal) in [
            (intake("abc", "", mobile), IntakeRefusal::Range(RangeRefusal::First)),
            (intake("06 39 99 50 00", "+32470123456", mobile), IntakeRefusal::Range(RangeRefusal::Last)),
            (intake("06 39 99 50 09", "06 39 99 50 00", mobile), IntakeRefusal::Range(RangeRefusal::Descending)),
            (intake("06 39 99 50 00", "07 00 12 34 56 78 90", mobile), IntakeRefusal::Range(RangeRefusal::Lengths)),
            (intake("06 39 00 00 00", "06 39 99 50 00", mobile), IntakeRefusal::Range(RangeRefusal::TooMany(100_000))),
            (intake("06 39 99 50 00", "", ("none", Service::Mobile)), IntakeRefusal::NoNetwork),
            (intake("06 39 99 50 00", "", ("orange", Service::Tv)), IntakeRefusal::NoKind),
            (intake("06 39 99 50 00", "", ("orange", Service::M2m)), IntakeRefusal::Digits(14)),
            (intake("07 00 12 34 56 78 90", "", mobile), IntakeRefusal::Digits(10)),
        ] {
            assert_eq!(take(&town, &olga, &asked).await, Err(refusal), "{asked:?}");
        }
        let none =
            written(&list(&town, &olga, NumbersAsked { number: "06 39 99 5".into(), ..NumbersAsked::default() }).await.rows);
        assert_eq!(none, Vec::<String>::new());

        assert_eq!(take(&town, &olga, &intake("06 39 99 50 00", "+33 6 39 99 50 09", mobile)).await, Ok(10));
        assert_eq!(take(&town, &olga, &intake("07001234567890", "", ("orange", Service::M2m))).await, Ok(1));
        let overlapping = intake("06 39 99 50 08", "06 39 99 50 12", mobile);
        let Err(IntakeRefusal::Known(known, 2)) = take(&town, &olga, &overlapping).await else { panic!("two are there") };
        assert_eq!(known, ["+33639995008", "+33639995009"].map(|number| number.parse().unwrap()));
        let beyond = list(&town, &olga, NumbersAsked { number: "0639995010".into(), ..NumbersAsked::default() }).await;
        assert_eq!(beyond.total, 0, "the others did not come in alone");
        let entries = noted(&town, "numbers_taken_in").await;
        assert_eq!(entries.len(), 2);
        assert_eq!((&after(&entries[1])["numbers"], &after(&entries[1])["first"]), (&10.into(), &"+33639995000".into()));
        for nobody in ["hugo@lambert.example", "rita@near.example"] {
            let actor = actor_of(&town, nobody).await;
            assert!(number_intake::take(&town.house, &actor, &overlapping).await.unwrap().is_none(), "{nobody}");
        }
    }
}

/// RES-07: numbers are found by how they begin and end, by state, network, kind and holder; a page goes on after the last number of the one
/// before, and back.
#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_found_by_their_beginning_and_end() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let olga = actor_of(&town, "olga@test.example").await;
        take(&town, &olga, &intake("06 39 99 50 00", "06 39 99 50 11", ("orange", Service::Mobile))).await.unwrap();
        take(&town, &olga, &intake("07 00 12 34 56 50 01", "", ("orange", Service::Data))).await.unwrap();
        let own = |asked: NumbersAsked| NumbersAsked { number: "06 39 99 50".into(), ..asked };
        let first = list(&town, &olga, own(NumbersAsked::default())).await;
        assert_eq!((first.rows.len(), first.total, first.has_more), (5, 12, (false, true)));
        let after = NumberPlace::After(first.rows[4].number);
        let second = list(&town, &olga, own(NumbersAsked { place: Some(after), ..NumbersAsked::default() })).await;
        assert_eq!(written(&second.rows)[0], "+33639995005");
        assert_eq!((second.total, second.has_more), (12, (true, true)));
        let before = NumberPlace::Before(second.rows[0].number);
        let again = list(&town, &olga, own(NumbersAsked { place: Some(before), ..NumbersAsked::default() })).await;
        assert_eq!((written(&again.rows), again.has_more), (written(&first.rows), (false, true)));
        let last = NumberPlace::After(second.rows[4].number);
        let last = list(&town, &olga, own(NumbersAsked { place: Some(last), ..NumbersAsked::default() })).await;
        assert_eq!((written(&last.rows), last.has_more.1), (vec!["+33639995010".into(), "+33639995011".into()], false));

        let ends = list(&town, &olga, NumbersAsked { ends: "50 01".into(), ..NumbersAsked::default() }).await;
        assert_eq!(written(&ends.rows), ["+33639995001", "+337001234565001"]);
        let data =
            list(&town, &olga, NumbersAsked { kind: Some(Service::Data), number: "0700".into(), ..NumbersAsked::default() })
                .await;
        assert_eq!(written(&data.rows), ["+337001234565001"]);
        assert_eq!(data.rows[0].network.as_deref(), Some("Orange"));
        let exact = list(&town, &olga, NumbersAsked { number: "0639995003".into(), ..NumbersAsked::default() }).await;
        assert_eq!((exact.rows.len(), exact.rows[0].stage), (1, NumberStage::Free));
        let none =
            list(&town, &olga, NumbersAsked { network: "bouygues".into(), ends: "5001".into(), ..NumbersAsked::default() }).await;
        assert_eq!(none.rows, []);
        let of_lines = list(&town, &olga, NumbersAsked { stage: Some(NumberStage::InUse), ..NumbersAsked::default() }).await;
        assert!(of_lines.rows.iter().all(|row| row.line.is_some() && row.kind.is_some()), "{of_lines:?}");
        assert!(of_lines.total > 0);
    }
}

/// RES-07, MOB-62: a range is given to a reseller, by it to its customer, and taken back: all or none, what cannot be is named, and a customer sees
/// what was given to it alone; what a line has, or had, is never given. The journal has an entry of each holder.
#[tokio::test(flavor = "multi_thread")]
async fn a_range_of_numbers_is_given_and_taken_back() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let [olga, rita, hugo] = [
            actor_of(&town, "olga@test.example").await,
            actor_of(&town, "rita@near.example").await,
            actor_of(&town, "hugo@lambert.example").await,
        ];
        take(&town, &olga, &intake("06 39 99 50 00", "06 39 99 50 05", ("orange", Service::Mobile))).await.unwrap();
        let to_near =
            NumbersMoved { reseller: Some(town.reseller), ..moved(Way::Give, ("06 39 99 50 00", "06 39 99 50 04"), "") };
        assert_eq!(plan(&town, &olga, &to_near).await.map(|plan| (plan.changed, plan.to)), Ok((5, "Near".to_owned())));
        assert!(matches!(carry_out(&town, &olga, &to_near, 4).await, Moved::Changed(_)), "another number was confirmed");
        assert_eq!(staged(&town, &rita, NumberStage::Free).await, Vec::<String>::new());
        assert_eq!(carry_out(&town, &olga, &to_near, 5).await, Moved::Done(5));
        assert_eq!(staged(&town, &rita, NumberStage::Free).await.len(), 5);

        let of_near =
            |place| NumbersAsked { holder: "nEa".into(), number: "06 39 99 50".into(), place, ..NumbersAsked::default() };
        let found = list(&town, &olga, of_near(None)).await;
        assert_eq!((found.total, written(&found.rows).len()), (5, 5), "by who has them");
        let after_two = list(&town, &olga, of_near(Some(NumberPlace::After(found.rows[1].number)))).await;
        assert_eq!(written(&after_two.rows), written(&found.rows)[2..]);

        let lambert = moved(Way::Give, ("0639995001", "0639995003"), "v100001");
        let stranger = moved(Way::Give, ("0639995001", "0639995003"), "V100002");
        assert_eq!(plan(&town, &rita, &stranger).await, Err(MoveRefusal::NoSuchCustomer));
        let past = plan(&town, &rita, &moved(Way::Give, ("0639995003", "0639995006"), "V100001")).await.unwrap();
        let why: Vec<_> = past.refused.iter().map(|(_, why)| *why).collect();
        assert_eq!(why, [NotThisNumber::Unknown; 2], "not hers, and not there");
        assert_eq!(carry_out(&town, &rita, &lambert, 3).await, Moved::Done(3));
        assert_eq!(plan(&town, &rita, &lambert).await.map(|plan| (plan.changed, plan.unchanged)), Ok((0, 3)));
        let given = staged(&town, &hugo, NumberStage::Given).await;
        assert_eq!(given, ["+33639995001", "+33639995002", "+33639995003"]);
        assert_eq!(staged(&town, &hugo, NumberStage::Free).await, Vec::<String>::new());
        let mona = actor_of(&town, "mona@other.example").await;
        assert_eq!(staged(&town, &mona, NumberStage::Given).await, Vec::<String>::new(), "another customer's is not there");

        // What was given to somebody is offered to them first, and to nobody else.
        let wanted = NumbersFor { network: "orange", kind: "mobile", digits: 11 };
        let scoped = town.house.store.scoped(Scope::operator(town.door.operator));
        let offered = scoped.free_numbers(town.company, wanted, 4).await.unwrap();
        let numbers = |kept: &store::KeptNumber| kept.number.number.to_string();
        assert_eq!(offered.iter().map(numbers).collect::<Vec<_>>()[..3], given[..]);
        let elsewhere = scoped.free_numbers(town.company, NumbersFor { network: "bouygues", ..wanted }, 4).await.unwrap();
        assert!(!elsewhere.iter().any(|kept| given.contains(&numbers(kept))), "they are another network's");

        let taken = moved(Way::Release, ("0639995000", "0639995002"), "");
        assert_eq!(carry_out(&town, &olga, &taken, 3).await, Moved::Done(3), "a reseller's, and two of its customer");
        assert_eq!(staged(&town, &hugo, NumberStage::Given).await, ["+33639995003"]);
        let released = noted(&town, "numbers_released").await;
        assert_eq!(released.len(), 2, "one entry of each holder");
        let of_lambert = released.iter().find(|entry| entry.owner.1 == Some(town.company)).expect("its customer's");
        assert_eq!(after(of_lambert)["numbers"], 2);
        let given = noted(&town, "numbers_given").await;
        assert_eq!(given.iter().map(|entry| after(entry)["numbers"].clone()).collect::<Vec<_>>(), [3, 5]);
        assert!(number_transfer::plan(&town.house, &hugo, &lambert).await.unwrap().is_none(), "a customer gives nothing");

        let in_use = staged(&town, &olga, NumberStage::InUse).await;
        let used = plan(&town, &olga, &moved(Way::Give, (&in_use[0], ""), "V100001")).await.unwrap();
        assert_eq!(used.refused, [(in_use[0].parse().unwrap(), NotThisNumber::Taken)]);
        let used = plan(&town, &olga, &moved(Way::Release, (&in_use[0], ""), "")).await.unwrap();
        assert_eq!((used.changed, used.refused_total), (0, 1));
    }
}

/// RES-07: with a hundred thousand numbers in stock a page is a handful of look-ups, wherever it stands and whatever is looked for.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_many_numbers_reads_few() {
    const MANY: u64 = 100_000;
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let olga = actor_of(&town, "olga@test.example").await;
        let numbers: Vec<E164> = (0..MANY).map(|place| E164::from_digits(33_730_000_000 + place).unwrap()).collect();
        let transaction = town.house.store.begin().await.unwrap();
        let operator = town.door.operator;
        let new = NewNumbers { operator, reseller: None, network: Some("orange"), kind: Some("mobile"), numbers: &numbers };
        assert_eq!(transaction.take_numbers_in(&new).await.unwrap(), MANY);
        transaction.commit().await.unwrap();
        let place = Some(NumberPlace::After("+33730090000".parse().unwrap()));
        let far = list(&town, &olga, NumbersAsked { place, ..NumbersAsked::default() }).await;
        assert_eq!(written(&far.rows)[0], "+33730090001");
        assert_eq!(far.total, i64::from(numbers::MOST_COUNTED) + 1, "counted so far and no further");
        let ends = list(&town, &olga, NumbersAsked { ends: "77777".into(), ..NumbersAsked::default() }).await;
        assert_eq!((written(&ends.rows), ends.total), (vec!["+33730077777".to_owned()], 1));
    }
}

/// RES-03, RES-07: a form offers the free numbers of its network, its service and its customer's stock, or of any, by number whichever of these they
/// are of, and no others; those that were given to the customer come first.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_offers_what_its_line_may_have_by_number() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let operator = town.door.operator;
        let first = 33_639_997_000_u64;
        let mut expected = (Vec::new(), Vec::new());
        let mut place = 0;
        let transaction = town.house.store.begin().await.unwrap();
        for kind in [Some("data"), Some("mobile"), None] {
            for network in [None, Some("bouygues"), Some("orange")] {
                for reseller in [Some(town.reseller), None] {
                    let number = E164::from_digits(first + place).unwrap();
                    place += 1;
                    let new = NewNumbers { operator, reseller, network, kind, numbers: &[number] };
                    transaction.take_numbers_in(&new).await.unwrap();
                    if kind != Some("data") && network != Some("bouygues") {
                        expected.0.push(number);
                        expected.1.extend((reseller.is_none()).then_some(number));
                    }
                }
            }
        }
        transaction.commit().await.unwrap();
        let scoped = town.house.store.scoped(Scope::operator(operator));
        let wanted = NumbersFor { network: "orange", kind: "mobile", digits: 11 };
        let offered = async |customer, most| {
            let found = scoped.free_numbers(customer, wanted, most).await.unwrap();
            let numbers = found.iter().map(|kept| kept.number.number);
            numbers.filter(|number| number.digits() >= first && number.digits() < first + place).collect::<Vec<_>>()
        };
        assert_eq!(offered(town.company, 50).await, expected.0, "the stock of its reseller, and the operator's");
        assert_eq!(offered(town.other, 50).await, expected.1, "the operator's only");
        assert_eq!(offered(town.company, 3).await, expected.0[..3], "no more than are asked for");
        let last = *expected.0.last().unwrap();
        let olga = actor_of(&town, "olga@test.example").await;
        let typed = last.to_string();
        assert_eq!(carry_out(&town, &olga, &moved(Way::Give, (&typed, ""), "V100001"), 1).await, Moved::Done(1));
        assert_eq!(offered(town.company, 50).await[..2], [last, expected.0[0]], "what was given comes first");
        assert!(!offered(town.other, 50).await.contains(&last), "and is offered to nobody else");
        let elsewhere = Scope::operator(vocabulary::OperatorId(operator.0 + 1));
        assert!(town.house.store.scoped(elsewhere).free_numbers(town.company, wanted, 50).await.unwrap().is_empty());
    }
}
