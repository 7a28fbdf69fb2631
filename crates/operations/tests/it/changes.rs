//! What people ask of lines in service through the pages: many at once, and another SIM.

use crate::{
    people::{Town, actor_of, links, town},
    stage::{actor, after, at, house, line, operator},
};
use lines::{Reply, WorkEvent};
use operations::{
    Actor, House, Scope,
    bulk_change::{self, Among, BulkCame, BulkRefusal, BulkStage, Selection},
    life::{Doer, hours_due, work_events},
    line_change::{self, Change, ChangeAsked, Refusal, SimKind, When},
    line_services::{self, Act, Ceiling, Choosing, Doing, UnderwayStage},
    lines::LinesAsked,
    permission::Role,
    proof, sim_batches,
    sim_swap::{self, SwapAsked, SwapRefusal, Swapped, Wanted},
    sim_transfer::{self, TransferAsked, Way},
};
use store::{NewLetter, Object, Window};
use vocabulary::{BulkChangeId, Iccid, LineId, Money, OperatorId};

const TUESDAY: &str = "2026-11-17T10:00:00Z";
const FIRST_SIM: u128 = 893_326_321_220_018_000;
const LINES: usize = 200;

struct Fleet {
    house: House,
    operator: OperatorId,
    staff: Actor,
    lines: Vec<LineId>,
}

/// An operator with many lines.
async fn fleet(url: &str) -> Fleet {
    let house = house(url, TUESDAY).await;
    let sold = |place: usize| line(&format!("+3363998{place:04}"), &[], ("mobile", "orange", "unlimited-5"));
    let operator = operator(&house, "grandlarge", (0..LINES).map(sold).collect()).await;
    let staff = actor(Scope::operator(operator), Role::OperatorAgent);
    let lines = house.store.scoped(staff.scope).line_choices().await.unwrap().into_iter().map(|line| line.id).collect();
    Fleet { house, operator, staff, lines }
}

fn soonest(change: Change) -> ChangeAsked {
    ChangeAsked { change, when: When::Soonest }
}

impl Fleet {
    async fn select(&self, selection: &Selection) -> Result<Vec<LineId>, BulkRefusal> {
        bulk_change::select(&self.house, &self.staff, selection).await.unwrap().expect("who changes lines")
    }

    async fn ask(&self, among: Among, asked: &ChangeAsked, token: &str, digest: &str) -> BulkCame {
        let lines = (self.lines.as_slice(), among);
        bulk_change::ask(&self.house, &self.staff, lines, asked, (token, digest)).await.unwrap().expect("who changes lines")
    }

    async fn told(&self, among: Among, asked: &ChangeAsked) -> bulk_change::BulkTold {
        let lines = (self.lines.as_slice(), among);
        bulk_change::told(&self.house, &self.staff, lines, asked, "fr").await.unwrap().expect("who changes lines")
    }

    async fn stages(&self, id: BulkChangeId) -> Vec<(BulkStage, i64)> {
        bulk_change::show(&self.house, &self.staff, id, 1, "fr").await.unwrap().expect("a change").stages
    }

    /// The network does all that it is asked.
    async fn network_does(&self) {
        loop {
            let now = self.house.clock.now();
            let letters = self.house.store.take_letters(now, now.plus_seconds(60), 500).await.unwrap();
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
}

/// FLT-08: a plan of two hundred lines is told before with what it costs in all, is planned for all of them at once, is one change however
/// often the form is sent, and is followed line by line until the network has done it on the 1st.
#[tokio::test]
async fn the_plan_of_two_hundred_lines() {
    for database in testkit::databases() {
        let fleet = fleet(database.url()).await;
        let asked = soonest(Change::Plan { offer: "unlimited-10".into() });
        let all = fleet.select(&Selection::All(LinesAsked::default())).await.unwrap();
        assert_eq!(all.len(), LINES);
        assert_eq!(fleet.select(&Selection::These(Vec::new())).await, Err(BulkRefusal::Nothing));
        let told = fleet.told(Among::All, &asked).await;
        assert_eq!((told.able, told.unable, told.once), (LINES, 0, Money::ZERO));
        assert!(told.monthly.0 < told.monthly.1 && matches!(told.doing, Doing::Plan(_)), "{told:?}");
        let first = at("2026-11-30T23:00:00Z");
        assert_eq!(told.effect, Some((first, first)));
        assert!(matches!(fleet.ask(Among::All, &asked, "form-1", "another").await, BulkCame::Changed(_)), "not what was told");
        let BulkCame::Asked(id) = fleet.ask(Among::All, &asked, "form-1", &told.digest).await else { panic!("it may be") };
        let BulkCame::Asked(again) = fleet.ask(Among::All, &asked, "form-1", &told.digest).await else { panic!("the same") };
        assert_eq!((again, fleet.stages(id).await), (id, vec![(BulkStage::Planned, 200)]));
        let came = fleet.ask(Among::All, &asked, "form-2", &told.digest).await;
        let BulkCame::Changed(refused) = came else { panic!("all of them have it planned: {came:?}") };
        assert_eq!((refused.able, refused.unable), (0, LINES));
        assert!(refused.cannot.iter().all(|(_, why)| matches!(why, Refusal::Planned(_))));
        let services = line_services::services(&fleet.house, &fleet.staff, fleet.lines[7], "fr").await.unwrap().unwrap();
        line_change::take_back(&fleet.house, &fleet.staff, fleet.lines[7], services.planned[0].id)
            .await
            .unwrap()
            .unwrap()
            .unwrap();
        fleet.house.clock.set(first.plus_seconds(5));
        assert_eq!(hours_due(&fleet.house).await.unwrap(), LINES - 1);
        let begun = [(BulkStage::Asked, 199), (BulkStage::TakenBack, 1)];
        assert_eq!(fleet.stages(id).await, begun);
        fleet.network_does().await;
        assert_eq!(fleet.stages(id).await, [(BulkStage::TakenBack, 1), (BulkStage::Done, 199)]);
        let page = bulk_change::show(&fleet.house, &fleet.staff, id, 9, "fr").await.unwrap().unwrap();
        assert_eq!((page.page, page.rows.len(), page.total), (4, 50, 200));
        assert!(bulk_change::show(&fleet.house, &fleet.staff, BulkChangeId(id.0 + 90_000), 1, "fr").await.unwrap().is_none());
    }
}

/// FLT-08: what some lines cannot is done for none, each is named with why, and it is done for those that can when they alone are kept;
/// what is there to choose is what one of them may have.
#[tokio::test]
async fn those_that_cannot_are_named_and_left_out() {
    for database in testkit::databases() {
        let fleet = fleet(database.url()).await;
        let (busy, suspend) = (fleet.lines[3], soonest(Change::Suspend));
        line_change::ask(&fleet.house, &fleet.staff, busy, &suspend).await.unwrap().unwrap().unwrap();
        let choices =
            bulk_change::choices(&fleet.house, &fleet.staff, &fleet.lines, Some(&Choosing::Option), "fr").await.unwrap();
        assert!(choices.iter().any(|choice| choice.value == "number-secrecy"), "{choices:?}");
        let none = bulk_change::choices(&fleet.house, &fleet.staff, &fleet.lines, None, "fr").await.unwrap();
        assert!(none.is_empty(), "no line has an option to end: {none:?}");
        let asked = soonest(Change::AddOption { option: "number-secrecy".into() });
        let told = fleet.told(Among::All, &asked).await;
        let named: Vec<_> = told.cannot.iter().map(|(line, why)| (line.id, *why)).collect();
        assert_eq!((told.able, named), (LINES - 1, vec![(busy, Refusal::Underway)]));
        assert!(matches!(fleet.ask(Among::All, &asked, "a", &told.digest).await, BulkCame::Changed(_)));
        let able = fleet.told(Among::Able, &asked).await;
        assert_eq!((able.able, able.unable), (LINES - 1, 0));
        let BulkCame::Asked(id) = fleet.ask(Among::Able, &asked, "a", &able.digest).await else { panic!("those that can") };
        assert_eq!(fleet.stages(id).await, [(BulkStage::Asked, 199)]);
        fleet.network_does().await;
        assert_eq!(fleet.stages(id).await, [(BulkStage::Done, 199)]);
        // A subscriber changes nothing for many.
        let subscriber = Actor { role: Role::Subscriber, ..fleet.staff.clone() };
        let selected = bulk_change::select(&fleet.house, &subscriber, &Selection::All(LinesAsked::default())).await.unwrap();
        assert!(selected.is_none());
        assert!(bulk_change::show(&fleet.house, &subscriber, id, 1, "fr").await.unwrap().is_none());
    }
}

/// RES-04, RES-05, RES-24: a line's services say what it has and costs, what the network is asked for since when, what cannot be now and why;
/// asking the same once more is known as the same.
#[tokio::test]
async fn a_line_says_what_it_has_and_what_may_be_asked() {
    for database in testkit::databases() {
        let fleet = fleet(database.url()).await;
        let line = fleet.lines[0];
        let services = async || line_services::services(&fleet.house, &fleet.staff, line, "fr").await.unwrap().expect("a line");
        let before = services().await;
        assert!(before.acts.contains(&(Act::Plan, None)) && before.acts.contains(&(Act::Suspend, None)), "{:?}", before.acts);
        assert!(before.underway.is_none() && before.options.is_empty() && before.monthly > Money::ZERO);
        let add = soonest(Change::AddOption { option: "number-secrecy".into() });
        let told = line_services::told(&fleet.house, &fleet.staff, line, &add, "fr").await.unwrap().unwrap().unwrap();
        fleet.house.clock.set(fleet.house.clock.now().plus_seconds(90));
        let later = line_services::told(&fleet.house, &fleet.staff, line, &add, "fr").await.unwrap().unwrap().unwrap();
        assert!(told.is_now && told.digest == later.digest, "a minute later the same is told");
        line_change::ask(&fleet.house, &fleet.staff, line, &add).await.unwrap().unwrap().unwrap();
        let asked = services().await;
        let underway = asked.underway.expect("the network is asked");
        assert!(matches!(&underway.doing[..], [Doing::Add(_)]) && underway.since == Some(fleet.house.clock.now()));
        assert_eq!(underway.stage, UnderwayStage::Telling);
        assert!(asked.acts.iter().all(|(_, why)| *why == Some(Refusal::Underway)), "{:?}", asked.acts);
        let refused = line_services::told(&fleet.house, &fleet.staff, line, &add, "fr").await.unwrap().unwrap().err();
        assert_eq!(refused, Some(Refusal::Underway));
        let is_asked = async |change: Change| line_services::is_asked(&fleet.house, &fleet.staff, line, &change).await.unwrap();
        assert!(is_asked(add.change.clone()).await && !is_asked(Change::Suspend).await);
        fleet.network_does().await;
        let after = services().await;
        assert_eq!(after.options.iter().map(|option| option.id.as_str()).collect::<Vec<_>>(), ["number-secrecy"]);
        let end = soonest(Change::EndOption { option: "number-secrecy".into() });
        line_change::ask(&fleet.house, &fleet.staff, line, &end).await.unwrap().unwrap().unwrap();
        fleet.network_does().await;
        let after = services().await;
        assert!(after.options.is_empty() && after.ended.len() == 1, "the history has it: {:?}", after.ended);
    }
}

pub(crate) fn iccid(place: u128) -> String {
    Iccid::from_serial(FIRST_SIM + place).unwrap().to_string()
}

/// Two cards and two eSIM profiles come from the maker; the reseller's company is given the cards.
pub(crate) async fn stock(town: &Town) {
    let (olga, rita) = (actor_of(town, "olga@test.example").await, actor_of(town, "rita@near.example").await);
    for (kind, from) in [(SimKind::CardWithPin, 0), (SimKind::Esim, 50)] {
        let row = |place| format!("{};20801{:010};1234;87000002;5678;99000002\n", iccid(place), 40_000 + place);
        let text: String =
            std::iter::once("ICCID;IMSI;PIN1;PUK1;PIN2;PUK2\n".to_owned()).chain((from..from + 2).map(row)).collect();
        let file = sim_batches::BatchFile { name: "maker.csv", network: "orange", kind, bytes: text.as_bytes() };
        sim_batches::take(&town.house, &olga, file).await.unwrap().unwrap().unwrap();
    }
    let give = |customer: &str, reseller| {
        let (first, last) = (iccid(0), iccid(1));
        TransferAsked { way: Way::Give, first, last, customer: customer.to_owned(), reseller }
    };
    sim_transfer::carry_out(&town.house, &olga, &give("", Some(town.reseller)), 2).await.unwrap().unwrap().unwrap();
    sim_transfer::carry_out(&town.house, &rita, &give("V100001", None), 2).await.unwrap().unwrap().unwrap();
}

/// RES-06, RES-24, FLT-05, MOB-52, PLT-05: a line has another card among those given to its company, or an eSIM; with a proof, told before, to
/// the SIM that it has by text message and to who looks after it by mail; a card of others is not there; what was told has to be what is confirmed.
#[tokio::test(flavor = "multi_thread")]
async fn another_sim_is_told_to_the_one_before() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        stock(&town).await;
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        let [line, other] = town.lines[..2] else { panic!("two lines") };
        let choices = sim_swap::choices(&town.house, &hugo, line).await.unwrap().unwrap();
        let cards: Vec<String> = choices.cards.iter().map(Iccid::to_string).collect();
        assert_eq!((cards, choices.has_esim), (vec![iccid(0), iccid(1)], true));
        let told = async |wanted: Wanted<'_>| sim_swap::told(&town.house, &hugo, line, wanted, "fr").await.unwrap().unwrap();
        assert_eq!(told(Wanted::This("12")).await.err(), Some(SwapRefusal::NoNumber));
        assert_eq!(told(Wanted::This(&iccid(9))).await.err(), Some(SwapRefusal::NoSuchSim));
        let card = told(Wanted::This(&iccid(0))).await.unwrap();
        assert!(!card.is_esim && card.told.is_now);
        let proof = proof::asked(&hugo, town.house.clock.now()).expect("they signed in a moment ago");
        let ask = async |line, iccid: &str, digest: &str| {
            let contact = Some(("lea@lambert.example", "0612345678"));
            let asked = SwapAsked { iccid, contact, digest };
            sim_swap::ask(&town.house, proof, line, asked, &links()).await.unwrap().expect("their line")
        };
        assert!(matches!(ask(line, &iccid(0), "stale").await, Ok(Swapped::Changed(_))));
        assert!(matches!(ask(line, &iccid(0), &card.told.digest).await, Ok(Swapped::Asked(_))));
        let again = ask(line, &iccid(0), &card.told.digest).await;
        assert!(matches!(again, Err(SwapRefusal::Line(Refusal::Underway))), "nothing twice: {again:?}");
        let scope = Scope::operator(town.door.operator);
        let window = Window { offset: 0, rows: 50 };
        let (mails, _) = town.house.store.scoped(scope).mails(window).await.unwrap().unwrap();
        let told_to: Vec<_> =
            mails.iter().filter(|mail| mail.template == "sim-swapped").map(|mail| mail.recipient.as_str()).collect();
        assert_eq!(told_to, ["hugo@lambert.example"], "who looks after the line, once");
        let (texts, _) = town.house.store.scoped(scope).texts(window).await.unwrap().unwrap();
        let told_to: Vec<_> = texts.iter().map(|text| (text.template.as_str(), text.recipient.as_str())).collect();
        assert_eq!(told_to, [("sim-swapped", "+33639980011")]);
        // The other line has an eSIM, which lies in nobody's hand.
        let esim = sim_swap::told(&town.house, &hugo, other, Wanted::AnyEsim, "fr").await.unwrap().unwrap().unwrap();
        assert!(esim.is_esim && esim.told.preview.once > Money::ZERO, "{esim:?}");
        let taken = sim_swap::told(&town.house, &hugo, other, Wanted::This(&iccid(0)), "fr").await.unwrap().unwrap();
        assert!(matches!(taken.err(), Some(SwapRefusal::Line(Refusal::Sim(_)))), "it is reserved for the first line");
        assert!(matches!(ask(other, &esim.iccid.to_string(), &esim.told.digest).await, Ok(Swapped::Asked(_))));
        let kept = line_change::life(&town.house, &hugo, other).await.unwrap().unwrap();
        assert_eq!(kept.contact, ("lea@lambert.example".to_owned(), "0612345678".to_owned()));
        let journal = town.house.store.scoped(scope).journal(Some(Object::Line(line)), None, 5).await.unwrap();
        assert_eq!((journal[0].action.as_str(), after(&journal[0])["action"].as_str()), ("line_work_begun", Some("swap_sim")));
        // Of others nothing is there.
        let mona = actor_of(&town, "mona@other.example").await;
        assert!(sim_swap::choices(&town.house, &mona, line).await.unwrap().is_none());
        assert!(sim_swap::told(&town.house, &mona, line, Wanted::AnyEsim, "fr").await.unwrap().is_none());
    }
}

/// FLT-10, FLT-11, MOB-43, MOB-56: blocks are chosen among those for such lines and set by the network at once; a limit of
/// payments of nothing is asked about once more; a value that the line has is greyed with why; a block ends at once.
#[tokio::test]
async fn blocks_and_limits_are_chosen_from_what_suits_a_line() {
    for database in testkit::databases() {
        let house = house(database.url(), TUESDAY).await;
        let sold = ("mobile", "scaldis", "limitless");
        let operator = operator(&house, "zenne", vec![line("+32470000011", &[], sold)]).await;
        let staff = actor(Scope::operator(operator), Role::FleetManager);
        let lines = house.store.scoped(staff.scope).line_choices().await.unwrap().into_iter().map(|line| line.id).collect();
        let fleet = Fleet { house, operator, staff, lines };
        let line = fleet.lines[0];
        let choices = async |choosing: Choosing| {
            line_services::choices(&fleet.house, &fleet.staff, line, &choosing, "nl").await.unwrap().expect("their line")
        };
        let blocks = choices(Choosing::Block).await;
        assert_eq!((blocks.len(), blocks.iter().filter(|choice| choice.refusal.is_some()).count()), (12, 0), "{blocks:?}");
        let options = choices(Choosing::Option).await;
        assert!(options.iter().all(|option| !blocks.iter().any(|block| block.value == option.value)), "a block is no option");
        let block = soonest(Change::AddOption { option: blocks[0].value.as_str().into() });
        line_change::ask(&fleet.house, &fleet.staff, line, &block).await.unwrap().unwrap().unwrap();
        fleet.network_does().await;
        let values = choices(Choosing::Cutoff("mobile-payments".into())).await;
        let refused: Vec<_> = values.iter().filter_map(|choice| choice.refusal.map(|why| (choice.value.as_str(), why))).collect();
        assert_eq!(refused, [("50000000", Refusal::Same)], "the value that it has");
        let nothing = soonest(Change::Cutoff { cutoff: "mobile-payments".into(), value: 0 });
        let told = line_services::told(&fleet.house, &fleet.staff, line, &nothing, "nl").await.unwrap().unwrap().unwrap();
        assert_eq!((told.is_now, told.preview.asks.as_slice()), (true, &[line_change::Ask::ClosesZone][..]));
        line_change::ask(&fleet.house, &fleet.staff, line, &nothing).await.unwrap().unwrap().unwrap();
        fleet.network_does().await;
        let services = line_services::services(&fleet.house, &fleet.staff, line, "nl").await.unwrap().unwrap();
        let payments = services.cutoffs.iter().find(|cutoff| cutoff.id == "mobile-payments").expect("a limit");
        assert_eq!(payments.value, Ceiling::Amount(Money::ZERO));
        assert!(services.options.len() == 1 && services.options[0].is_block && services.options[0].stays.is_none());
        let end = soonest(Change::EndOption { option: services.options[0].id.as_str().into() });
        line_change::ask(&fleet.house, &fleet.staff, line, &end).await.unwrap().unwrap().unwrap();
        fleet.network_does().await;
        let services = line_services::services(&fleet.house, &fleet.staff, line, "nl").await.unwrap().unwrap();
        assert!(services.options.is_empty());
    }
}
