//! The life of a line on the real store: a change is asked for, a network is told and answers, hours come.

use crate::stage::{actor, after, at, house, line, operator};
use lines::{Reply, WorkEvent};
use operations::{
    Actor, House, Reach, Scope,
    life::{Doer, hours_due, work_events},
    line_change::{self, Asked, BulkAsked, Change, ChangeAsked, EndCause, Refusal, When},
    permission::Role,
};
use store::{KeptLife, LivesAsked, NewLetter, Object};
use vocabulary::{LineId, OperatorId, WorkOrderId};

const TUESDAY: &str = "2026-11-17T10:00:00Z";

struct Stage {
    house: House,
    operator: OperatorId,
    staff: Actor,
    lines: Vec<LineId>,
}

async fn stage(url: &str) -> Stage {
    let house = house(url, TUESDAY).await;
    let sold = ["+33639980011", "+33639980012", "+33639980013"];
    let mut lines: Vec<_> = sold.map(|number| line(number, &[], ("mobile", "orange", "unlimited-5"))).into();
    for (place, line) in lines.iter_mut().enumerate() {
        line.iccid = Some(["8933263212200169065", "8933263212200169073", "8933263212200169081"][place].to_owned());
    }
    let operator = operator(&house, "grandlarge", lines).await;
    let scope = Scope::operator(operator);
    let lines = house.store.scoped(scope).line_choices().await.unwrap().into_iter().map(|line| line.id).collect();
    Stage { staff: actor(scope, Role::OperatorAgent), house, operator, lines }
}

impl Stage {
    async fn life(&self, line: LineId) -> KeptLife {
        let catalog = self.house.catalog(self.operator).await.unwrap();
        let scoped = self.house.store.scoped(Scope::operator(self.operator));
        scoped.lives(LivesAsked::Lines(&[line]), &catalog).await.unwrap().pop().expect("a line")
    }

    async fn ask(&self, line: LineId, change: Change) -> Result<Asked, Refusal> {
        let asked = ChangeAsked { change, when: When::Soonest };
        line_change::ask(&self.house, &self.staff, line, &asked).await.unwrap().expect("one of theirs")
    }

    /// What networks are told since the last time.
    async fn letters(&self) -> Vec<NewLetter> {
        let now = self.house.clock.now();
        let letters = self.house.store.take_letters(now, now.plus_seconds(60), 100).await.unwrap();
        self.house.store.letters_told(&letters.iter().map(|letter| letter.id).collect::<Vec<_>>()).await.unwrap();
        letters.into_iter().map(|letter| letter.letter).collect()
    }

    async fn answer(&self, work: WorkOrderId, reply: Reply) {
        let events = [(work, WorkEvent::Answer(reply))];
        work_events(&self.house, Doer::Program(self.operator), &events).await.unwrap();
    }

    async fn state(&self, line: LineId) -> String {
        self.house.store.scoped(Scope::operator(self.operator)).line(line).await.unwrap().unwrap().state
    }

    /// What the journal says of a line, the earliest first.
    async fn story(&self, line: LineId) -> Vec<String> {
        let scoped = self.house.store.scoped(Scope::operator(self.operator));
        let entries = scoped.journal(Some(Object::Line(line)), None, 50).await.unwrap();
        entries.into_iter().rev().map(|entry| entry.action).collect()
    }
}

fn done() -> Reply {
    Reply::Done { number: None }
}

/// RES-24, TEL-08, PLT-12: a suspension is told to the network at once, in the transaction that asks for it; the line is suspended when the
/// network says so, and each step stands in the journal.
#[tokio::test]
async fn a_suspension_goes_to_the_network_at_once() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let line = stage.lines[0];
        let Ok(Asked::Begun(work)) = stage.ask(line, Change::Suspend).await else { panic!("it may be suspended") };
        assert_eq!(stage.letters().await, [NewLetter::Request(work)]);
        assert_eq!((stage.state(line).await.as_str(), stage.letters().await), ("active", Vec::new()), "told once, not done yet");
        assert_eq!(stage.ask(line, Change::Reactivate).await, Err(Refusal::NotSuspended));
        stage.answer(work, done()).await;
        stage.answer(work, done()).await;
        assert_eq!(stage.state(line).await, "suspended");
        assert_eq!(stage.ask(line, Change::Suspend).await, Err(Refusal::AlreadySuspended));
        let Ok(Asked::Begun(work)) = stage.ask(line, Change::Reactivate).await else { panic!("it may go on") };
        stage.answer(work, Reply::Refused { reason: "barred".into() }).await;
        assert_eq!(stage.state(line).await, "suspended", "it stays as it was");
        let told = ["line_work_begun", "line_work_done", "line_work_begun", "line_work_not_done", "line_needs_staff"];
        assert_eq!(stage.story(line).await, told);
        let check = stage.house.store.verify_journal(stage.operator, None).await.unwrap();
        assert!(matches!(check, store::JournalCheck::Whole { .. }), "{check:?}");
    }
}

/// MOB-61, FLT-08: another plan is planned for the 1st of next month in the operator's time zone, can be taken back before, and holds from
/// that hour on, even where the network did it later; usage of the month before keeps its plan.
#[tokio::test]
async fn another_plan_holds_from_the_first_of_the_month() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let line = stage.lines[0];
        let plan = || Change::Plan { offer: "unlimited-10".into() };
        let Ok(Asked::Planned(first)) = stage.ask(line, plan()).await else { panic!("it is planned") };
        assert_eq!(stage.ask(line, plan()).await, Err(Refusal::Planned(first)));
        let took = line_change::take_back(&stage.house, &stage.staff, line, first).await.unwrap();
        assert_eq!(took, Some(Ok(())));
        let Ok(Asked::Planned(_)) = stage.ask(line, plan()).await else { panic!("it is planned anew") };
        assert_eq!(hours_due(&stage.house).await.unwrap(), 0, "its hour has not come");
        let first = at("2026-11-30T23:00:00Z");
        stage.house.clock.set(first.plus_seconds(5));
        assert_eq!(hours_due(&stage.house).await.unwrap(), 1);
        let [NewLetter::Request(work)] = stage.letters().await[..] else { panic!("one request") };
        stage.house.clock.set(first.plus_seconds(7_200));
        stage.answer(work, done()).await;
        let life = stage.life(line).await.life;
        assert_eq!((life.line.service.offer.as_str(), life.due()), ("unlimited-10", None));
        let scoped = stage.house.store.scoped(Scope::operator(stage.operator));
        let terms = scoped.lines_to_rate(&[line]).await.unwrap().remove(&line).unwrap().terms;
        for (begins, offer, bought) in
            [(at("2026-10-31T23:00:00Z"), "unlimited-5", at("2020-01-01T00:00:00Z")), (first, "unlimited-10", first)]
        {
            let month = terms.in_month(begins);
            assert_eq!((month.offer.as_str(), month.bought), (offer, bought), "the month that begins {begins}");
        }
        let told = ["line_change_planned", "line_change_taken_back", "line_change_planned", "line_work_begun", "line_work_done"];
        assert_eq!(stage.story(line).await, told);
    }
}

/// FLT-08: a change for many lines is done for all of them or for none, and says which cannot and why.
#[tokio::test]
async fn many_lines_change_together_or_not_at_all() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let asked = ChangeAsked { change: Change::AddOption { option: "number-secrecy".into() }, when: When::Soonest };
        stage.ask(stage.lines[1], Change::Suspend).await.unwrap();
        let came = line_change::ask_many(&stage.house, &stage.staff, &stage.lines, &asked).await.unwrap();
        let Some(BulkAsked::Refused(bulk)) = came else { panic!("one is busy: {came:?}") };
        assert_eq!((bulk.can.len(), bulk.cannot.clone()), (2, vec![(stage.lines[1], Refusal::Underway)]));
        assert_eq!(stage.letters().await.len(), 1, "the suspension only");
        let others = [stage.lines[0], stage.lines[2]];
        let came = line_change::ask_many(&stage.house, &stage.staff, &others, &asked).await.unwrap();
        assert!(matches!(came, Some(BulkAsked::Done(2))), "{came:?}");
        for letter in stage.letters().await {
            let NewLetter::Request(work) = letter else { panic!("a request") };
            stage.answer(work, done()).await;
        }
        for line in others {
            assert!(stage.life(line).await.life.line.service.has("number-secrecy"));
        }
        let entries = stage.house.store.scoped(Scope::operator(stage.operator));
        let entries = entries.journal(Some(Object::Line(others[0])), None, 10).await.unwrap();
        assert_eq!(after(&entries[1])["added"][0], "number-secrecy");
    }
}

/// MOB-62: a line that ends takes its SIM with it for ever; its number rests, and is free again when the operator's catalogue says so.
#[tokio::test]
async fn an_ended_line_leaves_nothing_in_use() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let line = stage.lines[0];
        let Ok(Asked::Begun(work)) = stage.ask(line, Change::End { cause: EndCause::Asked }).await else { panic!("it may end") };
        assert_eq!(stage.state(line).await, "ending");
        assert_eq!(stage.ask(line, Change::Suspend).await, Err(Refusal::Ending));
        stage.answer(work, done()).await;
        let life = stage.life(line).await.life;
        assert_eq!(life.line.state.as_str(), "ended");
        assert!(matches!(life.sim.unwrap().state, lines::SimState::Ended { .. }));
        assert!(matches!(life.number.unwrap().state, lines::NumberState::Quarantined { .. } | lines::NumberState::Gone { .. }));
        assert_eq!(stage.ask(line, Change::Suspend).await, Err(Refusal::Over));
    }
}

/// PLT-02, TEL-08: a subscriber suspends the line that was stolen and changes nothing else; who does not see a line does not change it.
#[tokio::test]
async fn who_may_not_see_or_change_a_line_does_not() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let line = stage.lines[0];
        let subscriber = Actor { role: Role::Subscriber, ..stage.staff.clone() };
        let end = ChangeAsked { change: Change::End { cause: EndCause::Asked }, when: When::Soonest };
        assert_eq!(line_change::ask(&stage.house, &subscriber, line, &end).await.unwrap(), None);
        let other = Scope { reach: Reach::Line(stage.lines[1]), ..stage.staff.scope };
        let stranger = Actor { scope: other, ..subscriber.clone() };
        let suspend = ChangeAsked { change: Change::Suspend, when: When::Soonest };
        assert_eq!(line_change::ask(&stage.house, &stranger, line, &suspend).await.unwrap(), None);
        assert_eq!(stage.letters().await, []);
        let came = line_change::ask(&stage.house, &subscriber, line, &suspend).await.unwrap();
        assert!(matches!(came, Some(Ok(Asked::Begun(_)))), "{came:?}");
    }
}

/// PLT-12: of two people who press at once, one is served and the other reads why not.
#[tokio::test]
async fn two_who_press_at_once() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let line = stage.lines[0];
        let (one, other) = tokio::join!(stage.ask(line, Change::Suspend), stage.ask(line, Change::Suspend));
        let refused = [&one, &other].into_iter().filter(|came| **came == Err(Refusal::Underway)).count();
        assert_eq!(refused, 1, "{one:?} {other:?}");
        assert_eq!(stage.letters().await.len(), 1);
    }
}
