//! What the holder of a household's account chooses beside its plans: the cap of a capped one (TEL-10), a mobile line that rings with the fixed one
//! (TEL-11), and what is told of forwarded calls (FIX-06), on both databases.

use crate::stage::{actor, at, house, line};
use lines::{EndCause, Reply, WorkEvent};
use operations::{
    Actor, House, NewBrand, NewCustomer, NewLine, NewOperator, Reach, Scope,
    cap_lift::{self, Cap, CapShown},
    convergence::{self, Barrier, Came, ConvergenceShown},
    forward_cost::{CallCost, forward_costs},
    host_network::HostNetworks,
    journal::Object,
    life::{Doer, hours_due, work_events},
    line_change::{self, Capping, Change, ChangeAsked, Refusal, When},
    line_services::{self, Choosing},
    network_delivery::round,
    permission::Role,
    provision,
    telephony::{self, Caller, Goes, Presentation, Source, Standing},
};
use store::NewLetter;
use vocabulary::{CustomerId, E164, LineId, OperatorId, UsageKind};

const NOW: &str = "2026-11-17T10:00:00Z";
/// In the operator's zone, the 1st of December begins an hour before it does in UTC.
const DECEMBER: &str = "2026-11-30T23:00:00Z";
const UNLIMITED: u64 = 33_388_110_000;
const METERED: u64 = 33_388_110_001;
const MOBILE: u64 = 33_639_980_011;
const SECOND: u64 = 33_639_980_012;
const CAPPED: u64 = 33_639_980_013;
const ALONE: u64 = 33_388_110_002;
const STRANGER: u64 = 33_639_980_021;

struct Town {
    house: House,
    operator: OperatorId,
    holder: Actor,
    /// Of a household that has a fixed line only.
    neighbour: Actor,
}

fn sold(number: u64, what: (&str, &str, &str)) -> NewLine {
    line(&format!("+{number}"), &[], what)
}

async fn town(url: &str) -> Town {
    let house = house(url, NOW).await;
    let mobile = ("mobile", "rhenane", "mobile-20");
    let capped = NewLine { capping: Capping::Capped, ..sold(CAPPED, ("mobile", "rhenane", "mobile-capped")) };
    let household = vec![
        sold(UNLIMITED, ("fixed", "vallee", "fixed-unlimited")),
        sold(METERED, ("fixed", "vallee", "fixed-metered")),
        sold(MOBILE, mobile),
        sold(SECOND, mobile),
        capped,
    ];
    let neighbours = vec![sold(ALONE, ("fixed", "vallee", "fixed-metered"))];
    let customers = vec![
        NewCustomer::household("V100001", "Famille Test", household),
        NewCustomer::household("V100002", "Voisins", neighbours),
        NewCustomer::household("V100003", "Ailleurs", vec![sold(STRANGER, mobile)]),
    ];
    let brand = NewBrand {
        host: "vallee.example".to_owned(),
        reseller: None,
        name: "vallee".to_owned(),
        colour: "#0f766e".to_owned(),
        contact: String::new(),
    };
    let new = NewOperator {
        slug: "vallee".to_owned(),
        name: "vallee".to_owned(),
        customers,
        brands: vec![brand],
        ..NewOperator::default()
    };
    let operator = provision(&house, &new).await.expect("a valid operator");
    let scoped = house.store.scoped(Scope::operator(operator));
    let mut holders = Vec::new();
    for reference in ["V100001", "V100002"] {
        let store::Party::Customer(id) = scoped.customers_like(reference, 1).await.unwrap().remove(0).party else {
            panic!("a customer")
        };
        holders.push(holder(operator, id));
    }
    let neighbour = holders.pop().unwrap();
    Town { house, operator, holder: holders.pop().unwrap(), neighbour }
}

fn holder(operator: OperatorId, customer: CustomerId) -> Actor {
    actor(Scope { operator, reach: Reach::Customer(customer) }, Role::Subscriber)
}

fn number(digits: u64) -> E164 {
    E164::from_digits(digits).expect("a number")
}

impl Town {
    async fn line(&self, digits: u64) -> LineId {
        let known = self.house.store.scoped(Scope::operator(self.operator)).line_choices().await.unwrap();
        known.iter().find(|line| line.number.to_string() == format!("+{digits}")).expect("a line").id
    }

    async fn caps(&self, actor: &Actor) -> CapShown {
        cap_lift::caps(&self.house, actor, self.line(CAPPED).await, "fr").await.unwrap().expect("a line of theirs")
    }

    /// What calls and data are now, and will be.
    async fn standing(&self) -> [(Cap, Option<Cap>); 2] {
        let shown = self.caps(&self.holder).await;
        let of = |kind| {
            let choice = shown.choices.iter().find(|choice| choice.kinds == [kind]).expect("a choice");
            (choice.now, choice.coming.map(|(cap, _)| cap))
        };
        [of(UsageKind::Voice), of(UsageKind::Data)]
    }

    async fn choose(&self, option: &str, wanted: Cap) {
        let line = self.line(CAPPED).await;
        let came = cap_lift::choose(&self.house, &self.holder, line, (option, wanted)).await.unwrap();
        assert_eq!(came, Some(Ok(())), "{option} {wanted:?}");
    }

    async fn actions(&self, digits: u64) -> Vec<String> {
        let scoped = self.house.store.scoped(Scope::operator(self.operator));
        let entries = scoped.journal(Some(Object::Line(self.line(digits).await)), None, 50).await.unwrap();
        entries.into_iter().rev().map(|entry| entry.action.to_string()).collect()
    }

    /// What is due happens, and networks do all that they are asked.
    async fn networks_do(&self) {
        loop {
            hours_due(&self.house).await.unwrap();
            let now = self.house.clock.now();
            let letters = self.house.store.take_letters(now, now.plus_seconds(60), 100).await.unwrap();
            if letters.is_empty() {
                return;
            }
            let done = |letter: &store::TakenLetter| match letter.letter {
                NewLetter::Request(work) | NewLetter::Withdrawal(work) => (work, WorkEvent::Answer(Reply::Done { number: None })),
            };
            let events: Vec<_> = letters.iter().map(done).collect();
            work_events(&self.house, Doer::Program(self.operator), &events).await.unwrap();
            self.house.store.letters_told(&letters.iter().map(|letter| letter.id).collect::<Vec<_>>()).await.unwrap();
        }
    }

    async fn shown(&self, digits: u64) -> ConvergenceShown {
        let line = self.line(digits).await;
        let staff = actor(Scope::operator(self.operator), Role::OperatorAgent);
        convergence::convergence(&self.house, &staff, line, "fr").await.unwrap().expect("a fixed line")
    }

    async fn begin(&self, digits: u64, mobile: u64, digest: &str) -> Option<Came> {
        let (line, mobile) = (self.line(digits).await, self.line(mobile).await);
        convergence::begin(&self.house, &self.holder, line, (mobile, digest)).await.unwrap()
    }

    async fn rings(&self, digits: u64) -> Option<E164> {
        let caller = Caller { number: Some(number(33_612_345_678)), shown: Presentation::Shown };
        let (line, scope) = (self.line(digits).await, Scope::operator(self.operator));
        let route =
            telephony::route(&self.house, scope, line, (Standing::Free, caller, &[])).await.unwrap().expect("a telephone");
        let Goes::Ring { with, .. } = route.goes else { panic!("{route:?}") };
        with
    }
}

/// TEL-10: the holder lifts the cap on calls and on data, each apart; the choice is stored at once, works from the 1st of next month in the operator's
/// time zone, can be taken back until then, and is put back the same way; the journal says so, and who may not changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn the_cap_is_lifted_from_the_first_of_next_month() {
    use Cap::{Holds, Lifted};
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let line = town.line(CAPPED).await;
        let shown = town.caps(&town.holder).await;
        assert_eq!((shown.capping, shown.begins, shown.may_choose), (Capping::Capped, at(DECEMBER), true));
        assert_eq!(town.standing().await, [(Holds, None), (Holds, None)]);

        town.choose("calls-beyond", Lifted).await;
        town.choose("calls-beyond", Lifted).await;
        assert_eq!(town.standing().await, [(Holds, Some(Lifted)), (Holds, None)], "calls alone, and once");
        assert_eq!(town.caps(&town.holder).await.choices[0].coming, Some((Lifted, at(DECEMBER))));
        town.choose("calls-beyond", Holds).await;
        assert_eq!(town.standing().await, [(Holds, None), (Holds, None)], "taken back");
        assert_eq!(town.actions(CAPPED).await, ["line_change_planned", "line_change_taken_back"]);
        town.choose("calls-beyond", Lifted).await;
        town.choose("data-beyond", Lifted).await;
        assert_eq!(town.standing().await, [(Holds, Some(Lifted)); 2]);
        town.choose("data-beyond", Holds).await;

        town.house.clock.set(at("2026-11-30T22:59:59Z"));
        town.networks_do().await;
        assert_eq!(town.standing().await, [(Holds, Some(Lifted)), (Holds, None)], "a second before");
        town.house.clock.set(at("2026-12-01T09:00:00Z"));
        let late = cap_lift::choose(&town.house, &town.holder, line, ("calls-beyond", Holds)).await.unwrap();
        assert_eq!(late, Some(Err(Refusal::Underway)), "its hour has come");
        town.networks_do().await;
        assert_eq!(town.standing().await, [(Lifted, None), (Holds, None)]);
        town.choose("calls-beyond", Holds).await;
        assert_eq!(town.standing().await, [(Lifted, Some(Holds)), (Holds, None)], "put back from January on");
        town.choose("calls-beyond", Lifted).await;
        assert_eq!(town.standing().await, [(Lifted, None), (Holds, None)], "or left lifted");
        town.choose("calls-beyond", Holds).await;
        town.house.clock.set(at("2027-01-01T09:00:00Z"));
        town.networks_do().await;
        assert_eq!(town.standing().await, [(Holds, None), (Holds, None)]);

        // Who may not, whose it is not, and what cannot be.
        let ask = async |actor: &Actor, line, option| cap_lift::choose(&town.house, actor, line, (option, Lifted)).await.unwrap();
        let user = actor(Scope { reach: Reach::Line(line), ..town.holder.scope }, Role::Member);
        assert!(!town.caps(&user).await.may_choose, "whoever uses the line does not pay for it");
        assert_eq!(ask(&user, line, "calls-beyond").await, None);
        assert_eq!(ask(&actor(town.holder.scope, Role::Auditor), line, "calls-beyond").await, None);
        assert_eq!(ask(&town.neighbour, line, "calls-beyond").await, None, "another household's is not there");
        assert!(cap_lift::caps(&town.house, &town.neighbour, line, "fr").await.unwrap().is_none());
        assert_eq!(ask(&town.holder, line, "switzerland").await, None, "no cap is lifted by it");
        let uncapped = town.line(MOBILE).await;
        assert_eq!(ask(&town.holder, uncapped, "calls-beyond").await, None);
        assert!(cap_lift::caps(&town.house, &town.holder, uncapped, "fr").await.unwrap().unwrap().choices.is_empty());
        assert_eq!(town.standing().await, [(Holds, None), (Holds, None)]);
    }
}

/// TEL-11: who is not eligible reads why, each reason; who is chooses one mobile line of the account, for a price that is told before; then calls ring
/// both at once, and only then; and none of another account, of another customer, or that is suspended.
#[tokio::test(flavor = "multi_thread")]
async fn a_fixed_line_rings_with_a_mobile_one() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let other_plan = Barrier::OtherPlan(vec!["Fixe illimité".to_owned()]);
        assert_eq!(town.shown(METERED).await.barriers, std::slice::from_ref(&other_plan));
        assert_eq!(town.shown(ALONE).await.barriers, [other_plan, Barrier::NoMobile]);
        let staff = actor(Scope::operator(town.operator), Role::OperatorAgent);
        let of_mobile = convergence::convergence(&town.house, &staff, town.line(MOBILE).await, "fr").await.unwrap();
        assert!(of_mobile.is_none(), "a mobile line is what rings too");
        let options = line_services::choices(&town.house, &staff, town.line(UNLIMITED).await, &Choosing::Option, "fr").await;
        assert!(options.unwrap().unwrap().iter().all(|choice| choice.value != "convergence"), "it has a page of its own");

        let shown = town.shown(UNLIMITED).await;
        let numbers: Vec<E164> = shown.mobiles.iter().map(|mobile| mobile.number).collect();
        assert_eq!((shown.barriers, numbers), (vec![], [MOBILE, SECOND, CAPPED].map(number).to_vec()));
        let told = shown.told.expect("what it costs");
        assert_eq!(told.preview.monthly_after.checked_sub(told.preview.monthly_before), Some(shown.monthly));
        assert_eq!(shown.monthly, "2.5".parse().unwrap());
        assert_eq!(town.begin(UNLIMITED, MOBILE, "other").await, Some(Came::Changed), "nobody pays what they were not told");
        assert_eq!(town.begin(UNLIMITED, STRANGER, &told.digest).await, None, "another customer's is not to be chosen");
        assert_eq!(town.begin(METERED, MOBILE, &told.digest).await.map(|came| came == Came::Done), Some(false));
        assert_eq!(town.rings(UNLIMITED).await, None);
        assert_eq!(town.begin(UNLIMITED, MOBILE, &told.digest).await, Some(Came::Done));
        assert!(town.shown(UNLIMITED).await.is_underway);
        assert_eq!(town.rings(UNLIMITED).await, None, "the option is not there yet");
        town.house.clock.set(at("2026-11-18T10:00:00Z"));
        town.networks_do().await;
        assert_eq!(town.rings(UNLIMITED).await, Some(number(MOBILE)));
        assert_eq!(town.rings(METERED).await, None);
        let shown = town.shown(UNLIMITED).await;
        assert!(shown.held.is_some() && shown.ends.is_none() && shown.told.is_none() && shown.rings_with == Some(number(MOBILE)));
        assert!(town.actions(UNLIMITED).await.contains(&"line_telephony_changed".to_owned()));

        assert_eq!(town.begin(UNLIMITED, SECOND, "").await, Some(Came::Done), "another one costs nothing more");
        assert_eq!(town.rings(UNLIMITED).await, Some(number(SECOND)));
        let (suspend, second) = (Change::Suspend, town.line(SECOND).await);
        let asked = ChangeAsked { change: suspend, when: When::Soonest };
        line_change::ask(&town.house, &staff, second, &asked).await.unwrap().unwrap().unwrap();
        town.networks_do().await;
        assert_eq!(town.rings(UNLIMITED).await, None, "a suspended line is not rung");

        let user = actor(Scope { reach: Reach::Line(town.line(UNLIMITED).await), ..town.holder.scope }, Role::Member);
        let seen = convergence::convergence(&town.house, &user, town.line(UNLIMITED).await, "fr").await.unwrap().unwrap();
        assert!(seen.mobiles.is_empty() && !seen.may_choose, "who uses one line knows nothing of the others");
        let mine = (town.line(MOBILE).await, "");
        assert_eq!(convergence::begin(&town.house, &user, town.line(UNLIMITED).await, mine).await.unwrap(), None);
    }
}

/// TEL-11: the option ends on the 1st of next month, which may be taken back; when the mobile line ends, nothing rings with the fixed one any more and
/// the option ends too; when the fixed one ends, all of it does.
#[tokio::test(flavor = "multi_thread")]
async fn ending_either_line_ends_it() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let fixed = town.line(UNLIMITED).await;
        let digest = town.shown(UNLIMITED).await.told.unwrap().digest;
        assert_eq!(town.begin(UNLIMITED, MOBILE, &digest).await, Some(Came::Done));
        town.networks_do().await;
        let end = async || convergence::end(&town.house, &town.holder, fixed).await.unwrap();
        assert_eq!((end().await, end().await), (Some(Ok(())), Some(Ok(()))));
        assert_eq!(town.shown(UNLIMITED).await.ends.map(|(_, due)| due), Some(at(DECEMBER)));
        assert_eq!(town.rings(UNLIMITED).await, Some(number(MOBILE)), "until then it rings");
        assert_eq!(convergence::keep(&town.house, &town.holder, fixed).await.unwrap(), Some(true));
        assert_eq!(convergence::keep(&town.house, &town.holder, fixed).await.unwrap(), Some(false));
        assert_eq!(town.shown(UNLIMITED).await.ends, None);
        assert_eq!(convergence::end(&town.house, &town.neighbour, fixed).await.unwrap(), None);

        let staff = actor(Scope::operator(town.operator), Role::OperatorAgent);
        let over = ChangeAsked { change: Change::End { cause: EndCause::Asked }, when: When::Soonest };
        line_change::ask(&town.house, &staff, town.line(SECOND).await, &over).await.unwrap().unwrap().unwrap();
        town.networks_do().await;
        round(&town.house, &HostNetworks::default()).await.unwrap();
        assert_eq!(town.rings(UNLIMITED).await, Some(number(MOBILE)), "another mobile line is nothing to it");
        line_change::ask(&town.house, &staff, town.line(MOBILE).await, &over).await.unwrap().unwrap().unwrap();
        town.networks_do().await;
        assert_eq!(town.rings(UNLIMITED).await, None);
        round(&town.house, &HostNetworks::default()).await.unwrap();
        let shown = town.shown(UNLIMITED).await;
        assert_eq!((shown.rings_with, shown.ends.map(|(_, due)| due)), (None, Some(at(DECEMBER))), "nobody pays on for nothing");
        town.house.clock.set(at("2026-12-01T12:00:00Z"));
        town.networks_do().await;
        assert_eq!(town.shown(UNLIMITED).await.held, None);

        // The other way round: the fixed line ends.
        let digest = town.shown(UNLIMITED).await.told.unwrap().digest;
        assert_eq!(town.begin(UNLIMITED, CAPPED, &digest).await, Some(Came::Done));
        town.networks_do().await;
        assert_eq!(town.rings(UNLIMITED).await, Some(number(CAPPED)));
        line_change::ask(&town.house, &staff, fixed, &over).await.unwrap().unwrap().unwrap();
        town.networks_do().await;
        round(&town.house, &HostNetworks::default()).await.unwrap();
        let caller = Caller { number: None, shown: Presentation::Hidden };
        let route = telephony::route(&town.house, staff.scope, fixed, (Standing::Free, caller, &[])).await.unwrap().unwrap();
        assert!(matches!(route.goes, Goes::Refuse(_)), "{route:?}");
    }
}

/// FIX-06, FIX-16: what a forwarded call costs is told by the plan and the options of the line, in its owner's scope; a page changes nothing of what a host
/// network keeps, and a code that comes from a switch does.
#[tokio::test(flavor = "multi_thread")]
async fn a_forwarded_call_is_told_its_price() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let line = town.line(METERED).await;
        let numbers = [number(33_388_123_456), number(MOBILE), number(999_123_456_789)];
        let costs = forward_costs(&town.house, &town.holder, line, &numbers).await.unwrap().unwrap();
        let told: Vec<(E164, usize, String)> = costs
            .iter()
            .map(|(number, cost)| match cost {
                CallCost::Charged(prices) => (*number, prices.len(), prices[0].per_minute.to_string()),
                other => panic!("{number}: {other:?}"),
            })
            .collect();
        // fixed-national by the hour, fixed-mobile; what no catalogue knows is left out.
        assert_eq!(told, [(numbers[0], 2, "0.012".to_owned()), (numbers[1], 1, "0.09".to_owned())]);
        assert_eq!(forward_costs(&town.house, &town.neighbour, line, &numbers).await.unwrap(), None);

        let mobile = town.line(MOBILE).await;
        let shown = telephony::telephone(&town.house, &town.holder, mobile).await.unwrap().unwrap();
        assert_eq!(shown.kept_by.as_deref(), Some("Rhénane Mobile"));
        let asked = telephony::ChangeAsked::Other(telephony::Change::StraightToVoicemail { to: telephony::Switch::On });
        let came = telephony::change(&town.house, Doer::Person(&town.holder), mobile, (&asked, Source::Page)).await.unwrap();
        assert_eq!(came, Some(Err(telephony::TelephonyRefusal::KeptElsewhere)));
        let dialled = telephony::dial(&town.house, Doer::Program(town.operator), mobile, "**21*0388123456#").await.unwrap();
        assert!(matches!(dialled, Some(telephony::Answer::Changed(changed)) if changed.len() == 1));
        let own = telephony::telephone(&town.house, &town.holder, line).await.unwrap().unwrap();
        assert_eq!(own.kept_by, None);
    }
}
