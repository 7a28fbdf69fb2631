//! What goes wrong in orders and changes, each with its answer, and nothing half done: SIMs that are not theirs, numbers and changes that are
//! asked for twice, an end during an activation, a network that answers for what was cancelled.

use crate::{
    changes::{self, stock},
    orders::{Stage, iccid, ported, request, stage},
    people::{Town, actor_of, links, town},
    stage::{actor, after, at, operator},
};
use gateways::simulated_network::{Manners, SubscriptionState};
use lines::{Refusal, Reply, SimState, WorkEvent, WorkState};
use operations::{
    Actor, Scope,
    bulk_change::{self, Among, BulkCame},
    life::{Doer, work_events},
    line_change::{self, Asked, Change, ChangeAsked, EndCause, When},
    order::{self, LineFault, LineRequest, NumberRefusal, OrderFault, OrderRefused, PortingAnswer, SimRefusal, SimRequest, form},
    permission::Role,
    proof,
    sim_batches::{self, BatchFile},
    sim_swap::{self, SwapAsked, SwapRefusal, Swapped, Wanted},
    sims::SimKind,
    work_orders::{self, StaffStep},
};
use std::sync::Arc;
use store::{NewLetter, Object, WorkAsked};
use vocabulary::{CustomerId, E164, LineId, OperatorId, SimId, WorkOrderId};

fn soonest(change: Change) -> ChangeAsked {
    ChangeAsked { change, when: When::Soonest }
}

/// A card of another network lies in stock.
async fn card_of_elsewhere(house: &operations::House, staff: &Actor) {
    let text = format!("ICCID;IMSI;PIN1;PUK1;PIN2;PUK2\n{};208200000000001;1234;87000002;5678;99000002\n", iccid(500));
    let file = BatchFile { name: "other.csv", network: "bouygues", kind: SimKind::CardWithPin, bytes: text.as_bytes() };
    sim_batches::take(house, staff, file).await.unwrap().unwrap().unwrap();
}

async fn rows(town: &Town, actor: &Actor, customer: CustomerId, iccids: &[String]) -> form::Rows {
    let row = |iccid: &String| format!("orange;unlimited-5;capped;{iccid}\n");
    let text: String = std::iter::once("network;offer;capping;iccid\n".to_owned()).chain(iccids.iter().map(row)).collect();
    form::read_for(&town.house, actor, customer, &text).await.unwrap().unwrap()
}

/// RES-03, FLT-21, RES-06, PLT-01: a SIM that was given to somebody else is not there for who does not see it, and is named as somebody else's to
/// the operator's staff; a file says so row by row before anything is ordered, and the good row alone can be.
#[tokio::test(flavor = "multi_thread")]
async fn a_sim_of_somebody_else_is_not_there() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        stock(&town).await;
        let [olga, mona, hugo] = [
            actor_of(&town, "olga@test.example").await,
            actor_of(&town, "mona@other.example").await,
            actor_of(&town, "hugo@lambert.example").await,
        ];
        card_of_elsewhere(&town.house, &olga).await;
        let numbers: Vec<E164> = (0..4).map(|place| E164::from_digits(33_639_990_000 + place).unwrap()).collect();
        let transaction = town.house.store.begin().await.unwrap();
        let operator = town.door.operator;
        let new = store::NewNumbers { operator, reseller: None, network: None, kind: None, numbers: &numbers };
        transaction.take_numbers_in(&new).await.unwrap();
        transaction.commit().await.unwrap();
        let asked = [changes::iccid(0), changes::iccid(9), iccid(500).to_string(), changes::iccid(50), changes::iccid(0)];
        let theirs = rows(&town, &mona, town.other, &asked).await;
        let missing = [(1, OrderFault::NoSuchSim), (2, OrderFault::NoSuchSim), (3, OrderFault::Sim(SimRefusal::OtherNetwork))];
        assert_eq!(theirs.missing, missing, "a card of another company is like one that nobody made");
        let [twice] = theirs.faults.as_slice() else { panic!("{:?}", theirs.faults) };
        assert_eq!((twice.row, twice.column), (5, "iccid"));
        assert_eq!(theirs.good.iter().map(|row| row.row).collect::<Vec<_>>(), [4], "an eSIM profile in stock may be had");
        let staff = rows(&town, &olga, town.other, &asked).await;
        assert_eq!(staff.missing[0], (1, OrderFault::Sim(SimRefusal::NotTheirs)));
        assert_eq!(rows(&town, &hugo, town.company, &asked[..1]).await.missing, []);

        // Placed without having been looked at before, it is refused in the same words, whole.
        let whole = theirs.order(town.other, None, ("whole", order::Closing::Unasked));
        let mut stolen = whole.clone();
        stolen.token = "stolen".into();
        stolen.lines.push(whole.lines[0].clone());
        stolen.lines[1].request.sim = SimRequest::This(changes::iccid(1).parse().unwrap());
        let refused = order::place(&town.house, &mona, &stolen).await.unwrap().unwrap();
        assert_eq!(refused, Err(OrderRefused::Lines(vec![(1, OrderFault::NoSuchSim)])));
        assert_eq!(order::orders(&town.house, &olga, (0, 9)).await.unwrap().unwrap().len(), 0);
        assert!(order::place(&town.house, &mona, &whole).await.unwrap().unwrap().is_ok());

        // A swap says the same.
        let line = town.lines[0];
        let told = async |wanted: &str| {
            let told = sim_swap::told(&town.house, &hugo, line, Wanted::This(wanted), "fr").await.unwrap().unwrap();
            told.map(|told| told.iccid.to_string())
        };
        assert_eq!(told(&iccid(500).to_string()).await, Err(SwapRefusal::NoSuchSim), "in stock, and not given to them");
        assert_eq!(told(&changes::iccid(50)).await, Err(SwapRefusal::NoSuchSim), "an order has that profile");
        assert_eq!(told(&changes::iccid(1)).await, Ok(changes::iccid(1)));
    }
}

/// The SIM of a line that came into service, and the order of it.
async fn in_service(stage: &Stage, token: &str, asked: LineRequest) -> (LineId, SimId) {
    let order = stage.place(&stage.asked(token, vec![asked])).await.unwrap();
    stage.rounds().await;
    assert_eq!(stage.states(order).await, ["active"]);
    let life = stage.lives(order).await.remove(0).life;
    (life.line.id, life.line.sim.expect("a SIM"))
}

/// RES-03, MOB-62, FLT-05: a SIM that a line has, had, or is to have, and one of another network, are refused line by line in one answer, in an order
/// as in a swap; a SIM whose line ended is never used again.
#[tokio::test]
async fn a_used_sim_is_never_used_again() {
    for database in testkit::databases() {
        let stage = stage(database.url(), Manners::PROMPT).await;
        card_of_elsewhere(&stage.house, &stage.staff).await;
        let this = |place| LineRequest { sim: SimRequest::This(iccid(place)), ..request("unlimited-5") };
        let (line, _) = in_service(&stage, "first", this(0)).await;
        let (gone, sim_of_gone) = in_service(&stage, "second", this(1)).await;
        let end = soonest(Change::End { cause: EndCause::Asked });
        line_change::ask(&stage.house, &stage.staff, gone, &end).await.unwrap().unwrap().unwrap();
        stage.rounds().await;
        let faults = |refusals: &[SimRefusal]| refusals.iter().map(|why| OrderFault::Sim(*why)).enumerate().collect::<Vec<_>>();
        let asked = stage.asked("used", vec![this(0), this(1), this(500), this(2)]);
        let refused = faults(&[SimRefusal::InUse, SimRefusal::Ended, SimRefusal::OtherNetwork]);
        assert_eq!(stage.place(&asked).await, Err(OrderRefused::Lines(refused)), "all of it is told at once");
        let twice = stage.asked("twice", vec![this(2), this(2)]);
        let refused = vec![(1, OrderFault::Line(LineFault::SimTwice))];
        assert_eq!(stage.place(&twice).await, Err(OrderRefused::Lines(refused)));
        let proof = || proof::asked(&stage.staff, stage.staff.proved).unwrap();
        let swap = async |sim| line_change::swap_sim(&stage.house, proof(), line, sim).await.unwrap().unwrap();
        assert_eq!(swap(sim_of_gone).await, Err(Refusal::Sim(SimRefusal::Ended)));
        let known = stage.house.store.scoped(stage.staff.scope);
        let other = known.cards_named(stage.customer, &[iccid(500)]).await.unwrap().remove(0).sim.id;
        assert_eq!(swap(other).await, Err(Refusal::Sim(SimRefusal::OtherNetwork)));
        let card = known.cards_named(stage.customer, &[iccid(2)]).await.unwrap().remove(0).sim;
        assert_eq!(card.state, SimState::Free, "nothing of what was refused is kept");
        // Nor is the old one after a swap.
        assert!(matches!(swap(card.id).await, Ok(Asked::Begun(_))));
        stage.rounds().await;
        let asked = stage.asked("old", vec![this(0), this(2)]);
        let refused = faults(&[SimRefusal::Ended, SimRefusal::InUse]);
        assert_eq!(stage.place(&asked).await, Err(OrderRefused::Lines(refused)));
    }
}

/// FLT-04, RES-03: two people who bring the same number at once make one porting of it, and the other one reads why not, as does who comes while it is
/// on its way and once it is there; a number that the other operator keeps can be asked for again.
#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_ported_once() {
    for database in testkit::databases() {
        let stage = Arc::new(stage(database.url(), Manners::PROMPT).await);
        let brought = || LineRequest { number: ported(), ..request("unlimited-5") };
        let refused = |why| Err(OrderRefused::Lines(vec![(0, OrderFault::Number(why))]));
        let order = |token: &'static str| {
            let stage = stage.clone();
            tokio::spawn(async move {
                let asked = stage.asked(token, vec![LineRequest { number: ported(), ..request("unlimited-5") }]);
                stage.place(&asked).await
            })
        };
        let (one, other) = tokio::join!(order("one"), order("other"));
        let came = [one.unwrap(), other.unwrap()];
        let placed: Vec<_> = came.iter().filter_map(|came| came.as_ref().ok()).copied().collect();
        assert_eq!(placed.len(), 1, "{came:?}");
        assert!(came.contains(&refused(NumberRefusal::BeingPorted)), "{came:?}");
        let both = stage.asked("both", vec![brought(), brought()]);
        assert_eq!(
            stage.place(&both).await,
            Err(OrderRefused::Lines(vec![(1, OrderFault::Line(LineFault::NumberTwice))])),
            "the file itself is read first"
        );
        let line = stage.lives(placed[0]).await[0].life.line.id;
        let doer = Doer::Person(&stage.staff);
        let keeps = PortingAnswer::Refuses("wrong holder".into());
        assert!(order::porting_answered(&stage.house, doer, line, &keeps).await.unwrap());
        assert!(!order::porting_answered(&stage.house, doer, line, &keeps).await.unwrap(), "once");
        let again = stage.place(&stage.asked("again", vec![brought()])).await.unwrap();
        let line = stage.lives(again).await[0].life.line.id;
        assert_eq!(stage.place(&stage.asked("third", vec![brought()])).await, refused(NumberRefusal::BeingPorted));
        let agrees = PortingAnswer::LetsGo;
        assert!(order::porting_answered(&stage.house, doer, line, &agrees).await.unwrap());
        stage.house.clock.set(at("2026-11-20T12:00:00Z"));
        stage.rounds().await;
        assert_eq!(stage.states(again).await, ["active"]);
        assert_eq!(stage.place(&stage.asked("late", vec![brought()])).await, refused(NumberRefusal::Taken));
    }
}

/// FLT-08, PLT-12: of two people who plan a change at once one plans it, the other reads that it is planned, whichever plan they want; of two who give
/// one card to two lines at once one has it; a change for many lines and one of them change all of it or nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_ordered_once() {
    for database in testkit::databases() {
        let town = Arc::new(town(database.url()).await);
        stock(&town).await;
        let [hugo, rita] = [actor_of(&town, "hugo@lambert.example").await, actor_of(&town, "rita@near.example").await];
        let [line, other] = town.lines[..2] else { panic!("two lines") };
        let ask = |who: &Actor, line: LineId, change: Change| {
            let (town, who) = (town.clone(), who.clone());
            tokio::spawn(async move { line_change::ask(&town.house, &who, line, &soonest(change)).await.unwrap().unwrap() })
        };
        let plan = |offer: &str| Change::Plan { offer: offer.into() };
        let (one, second) = tokio::join!(ask(&hugo, line, plan("unlimited-10")), ask(&rita, line, plan("unlimited-30")));
        let came = [one.unwrap(), second.unwrap()];
        let planned: Vec<_> = came
            .iter()
            .filter_map(|came| match came {
                Ok(Asked::Planned(id)) => Some(*id),
                _ => None,
            })
            .collect();
        let [planned] = planned.as_slice() else { panic!("{came:?}") };
        assert!(came.contains(&Err(Refusal::Planned(*planned))), "{came:?}");
        let scoped = town.house.store.scoped(Scope::operator(town.door.operator));
        let story = async |line, action: &str| {
            let entries = scoped.journal(Some(Object::Line(line)), None, 50).await.unwrap();
            entries.into_iter().filter(|entry| entry.action == action).count()
        };
        assert_eq!(story(line, "line_change_planned").await, 1);

        // One card, two lines.
        let swap = |who: &Actor, line: LineId| {
            let (town, who) = (town.clone(), who.clone());
            tokio::spawn(async move {
                let card = changes::iccid(0);
                let told = sim_swap::told(&town.house, &who, line, Wanted::This(&card), "").await.unwrap().unwrap();
                let digest = match told {
                    Ok(told) => told.told.digest,
                    Err(refusal) => return Err(refusal),
                };
                let proof = proof::asked(&who, town.house.clock.now()).unwrap();
                let asked = SwapAsked { iccid: &card, contact: None, digest: &digest };
                sim_swap::ask(&town.house, proof, line, asked, &links()).await.unwrap().unwrap()
            })
        };
        let (one, second) = tokio::join!(swap(&hugo, line), swap(&rita, other));
        let came = [one.unwrap(), second.unwrap()];
        assert_eq!(came.iter().filter(|came| matches!(came, Ok(Swapped::Asked(_)))).count(), 1, "{came:?}");
        let refused = came.iter().find_map(|came| came.as_ref().err());
        assert_eq!(refused, Some(&SwapRefusal::Line(Refusal::Sim(SimRefusal::Reserved))), "{came:?}");
        assert_eq!(story(line, "line_work_begun").await + story(other, "line_work_begun").await, 1);
        let (free, busy) = if came[0].is_ok() { (other, line) } else { (line, other) };

        // Many lines and one of them: the busy one keeps all of them as they are.
        let all = [line, other];
        let asked = soonest(Change::Suspend);
        let told = bulk_change::told(&town.house, &hugo, (&all, Among::All), &asked, "fr").await.unwrap().unwrap();
        assert_eq!((told.able, told.unable), (1, 1));
        let came =
            bulk_change::ask(&town.house, &hugo, (&all, Among::All), &asked, ("form-1", &told.digest)).await.unwrap().unwrap();
        assert!(matches!(came, BulkCame::Changed(_)), "{came:?}");
        assert_eq!(story(free, "line_work_begun").await, 0, "nothing is half done");
        let many = |token: &'static str, who: &Actor| {
            let (town, who, digest) = (town.clone(), who.clone(), told.digest.clone());
            tokio::spawn(async move {
                let asked = soonest(Change::Suspend);
                let lines = [line, other];
                bulk_change::ask(&town.house, &who, (&lines, Among::Able), &asked, (token, &digest)).await.unwrap().unwrap()
            })
        };
        let able = bulk_change::told(&town.house, &hugo, (&all, Among::Able), &asked, "fr").await.unwrap().unwrap();
        assert_eq!(able.able, 1);
        let (one, second, alone) = tokio::join!(many("form-2", &hugo), many("form-3", &rita), ask(&rita, free, Change::Suspend));
        drop((one.unwrap(), second.unwrap(), alone.unwrap()));
        assert!(story(free, "line_work_begun").await <= 1, "whoever was first");
        assert_eq!(story(busy, "line_work_begun").await, 1);
    }
}

/// PLT-12, MOB-62: an end that is ordered while the network brings a line into service is refused with why, at once and for a day, and so is giving the
/// order up; once the line is there it ends, and the network's view and ours agree.
#[tokio::test]
async fn an_end_during_an_activation_waits() {
    for database in testkit::databases() {
        let slow = Manners { slow: 1_000, longest_s: 60, ..Manners::PROMPT };
        let stage = stage(database.url(), slow).await;
        let order = stage.place(&stage.asked("one", vec![request("unlimited-5")])).await.unwrap();
        stage.rounds().await;
        assert_eq!(stage.states(order).await, ["activating"]);
        let line = stage.lives(order).await[0].life.line.id;
        let before = stage.lives(order).await.remove(0).life;
        for when in [When::Soonest, When::On("2026-12-31".parse().unwrap())] {
            let end = ChangeAsked { change: Change::End { cause: EndCause::Asked }, when };
            let came = line_change::ask(&stage.house, &stage.staff, line, &end).await.unwrap().unwrap();
            assert_eq!(came, Err(Refusal::Activating));
        }
        assert_eq!(order::give_up(&stage.house, &stage.staff, line).await.unwrap(), Some(Err(Refusal::Activating)));
        assert_eq!(stage.lives(order).await.remove(0).life, before, "nothing moved");
        stage.house.clock.set(stage.house.clock.now().plus_seconds(61));
        stage.rounds().await;
        assert_eq!(stage.states(order).await, ["active"]);
        let end = soonest(Change::End { cause: EndCause::Asked });
        assert!(matches!(line_change::ask(&stage.house, &stage.staff, line, &end).await.unwrap().unwrap(), Ok(Asked::Begun(_))));
        stage.rounds().await;
        assert_eq!(stage.states(order).await, ["ending"]);
        let again = line_change::ask(&stage.house, &stage.staff, line, &end).await.unwrap().unwrap();
        assert_eq!(again, Err(Refusal::Ending));
        stage.house.clock.set(stage.house.clock.now().plus_seconds(61));
        stage.rounds().await;
        assert_eq!(stage.states(order).await, ["ended"]);
        let view = stage.network.view(line).map(|view| view.state);
        assert!(view.is_none() || view == Some(SubscriptionState::Ended), "{view:?}");
    }
}

/// Somebody who sees to one line of a stage with a network that says what a test says.
struct Told<'s> {
    stage: &'s Stage,
    line: LineId,
}

impl Told<'_> {
    async fn letters(&self) -> Vec<NewLetter> {
        let (store, now) = (&self.stage.house.store, self.stage.house.clock.now());
        let letters = store.take_letters(now, now.plus_seconds(60), 100).await.unwrap();
        store.letters_told(&letters.iter().map(|letter| letter.id).collect::<Vec<_>>()).await.unwrap();
        letters.into_iter().map(|letter| letter.letter).collect()
    }

    /// Asks for a change, whose work order the network is told of.
    async fn begun(&self, change: Change) -> WorkOrderId {
        let (house, staff) = (&self.stage.house, &self.stage.staff);
        let came = line_change::ask(house, staff, self.line, &soonest(change)).await.unwrap().unwrap();
        let Ok(Asked::Begun(work)) = came else { panic!("{came:?}") };
        assert_eq!(self.letters().await, [NewLetter::Request(work)]);
        work
    }

    async fn cancelled(&self, work: WorkOrderId) {
        let (house, staff) = (&self.stage.house, &self.stage.staff);
        assert_eq!(work_orders::step(house, staff, (work, StaffStep::Cancel)).await.unwrap(), Some(Ok(())));
        assert_eq!(self.letters().await, [NewLetter::Withdrawal(work)]);
    }

    async fn answer(&self, operator: OperatorId, (work, reply): (WorkOrderId, Reply)) {
        work_events(&self.stage.house, Doer::Program(operator), &[(work, WorkEvent::Answer(reply))]).await.unwrap();
    }

    async fn work(&self, id: WorkOrderId) -> WorkState {
        let asked = WorkAsked::OfLine(self.line);
        let works = work_orders::list(&self.stage.house, &self.stage.staff, asked, (0, 50)).await.unwrap().unwrap();
        works.into_iter().find(|work| work.id == id).expect("a work order of this line").state
    }

    async fn state(&self) -> String {
        self.stage.house.store.scoped(self.stage.staff.scope).line(self.line).await.unwrap().unwrap().state
    }

    /// What staff has to look at, the latest first.
    async fn notes(&self) -> Vec<String> {
        let scoped = self.stage.house.store.scoped(self.stage.staff.scope);
        let entries = scoped.journal(Some(Object::Line(self.line)), None, 50).await.unwrap();
        let noted = entries.iter().filter(|entry| entry.action == "line_needs_staff");
        noted.map(|entry| after(entry)["note"].as_str().unwrap().to_owned()).collect()
    }
}

/// PLT-12, PLT-02: an answer for what was cancelled: what the network forgot stays cancelled, and who says later that it was done tells staff of the
/// contradiction; done before it could be forgotten, it is done, and staff hears that too. Answers in the name of another operator, or about what
/// nobody asked, change nothing.
#[tokio::test]
async fn an_answer_for_what_was_cancelled() {
    for database in testkit::databases() {
        let stage = stage(database.url(), Manners::PROMPT).await;
        let (line, _) = in_service(&stage, "one", request("unlimited-5")).await;
        let told = Told { stage: &stage, line };
        let own = stage.operator;
        let done = || Reply::Done { number: None };
        let work = told.begun(Change::Suspend).await;
        let stranger = operator(&stage.house, "zenne", Vec::new()).await;
        told.answer(stranger, (work, done())).await;
        told.answer(own, (WorkOrderId(work.0 + 77_777), done())).await;
        assert!(matches!(told.work(work).await, WorkState::Sent { .. }), "nobody of theirs said so");
        told.cancelled(work).await;
        assert!(work_orders::step(&stage.house, &stage.staff, (work, StaffStep::Cancel)).await.unwrap().unwrap().is_err());
        let refused = line_change::ask(&stage.house, &stage.staff, line, &soonest(Change::Suspend)).await.unwrap().unwrap();
        assert_eq!(refused, Err(Refusal::Underway), "until the network has answered nobody knows what the line is");
        told.answer(own, (work, Reply::Accepted)).await;
        told.answer(own, (work, Reply::Withdrawn)).await;
        told.answer(own, (work, Reply::Withdrawn)).await;
        assert!(matches!(told.work(work).await, WorkState::Cancelled { .. }));
        assert_eq!((told.state().await.as_str(), told.notes().await.len()), ("active", 0));
        // Another change is underway when the network says that it had done the first.
        let second = told.begun(Change::Suspend).await;
        told.answer(own, (work, done())).await;
        assert!(matches!(told.work(work).await, WorkState::Cancelled { .. }));
        assert!(matches!(told.work(second).await, WorkState::Sent { .. }), "the answer is not the second one's");
        assert_eq!((told.state().await.as_str(), told.notes().await), ("active", vec!["contradiction".to_owned()]));
        // Done before it was forgotten.
        told.cancelled(second).await;
        told.answer(own, (second, done())).await;
        assert!(matches!(told.work(second).await, WorkState::Done { .. }));
        assert_eq!(told.state().await, "suspended");
        assert_eq!(told.notes().await, ["done_despite_cancel", "contradiction"]);
        let auditor = actor(Scope::operator(own), Role::Auditor);
        assert!(work_orders::step(&stage.house, &auditor, (second, StaffStep::Retry)).await.unwrap().is_none());
    }
}
