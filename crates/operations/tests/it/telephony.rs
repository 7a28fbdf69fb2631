//! The telephone of a line on both databases: pages and codes change the same, and calls go where it says.

use crate::stage::{actor, at, fixed_line, house, line, operator};
use operations::{
    Actor, House, Scope,
    journal::Object,
    life::Doer,
    permission::Role,
    telephony::{
        self, Answer, Caller, Change, ChangeAsked, ChangeRefusal, Changed, Difference, ForwardRefusal, Goes, Presentation,
        RingTime, Source, Standing, Switch, TelephonyRefusal, Unheard, When,
    },
};
use vocabulary::{E164, LineId, OperatorId};

const NOW: &str = "2026-11-17T10:00:00Z";
const FIRST: u64 = 33_388_110_000;
const MOBILE: u64 = 33_639_980_011;
const ELSEWHERE: u64 = 33_612_345_678;

struct Town {
    house: House,
    operator: OperatorId,
    actor: Actor,
    /// Six fixed lines, a mobile one, and one for data.
    lines: Vec<LineId>,
}

async fn town(url: &str) -> Town {
    let house = house(url, NOW).await;
    let mut lines: Vec<_> = (0..6).map(|place| fixed_line(&format!("+{}", FIRST + place), &[])).collect();
    lines.push(line(&format!("+{MOBILE}"), &[], ("mobile", "rhenane", "mobile-20")));
    lines.push(line("tv-1", &[], ("tv", "vallee", "tv-essential")));
    let operator = operator(&house, "vallee", lines).await;
    let actor = actor(Scope::operator(operator), Role::OperatorAgent);
    let known = house.store.scoped(actor.scope).line_choices().await.unwrap();
    let named = |text: &str| known.iter().find(|line| line.number.to_string() == text).expect("a line").id;
    let mut lines: Vec<LineId> = (0..6).map(|place| named(&format!("+{}", FIRST + place))).collect();
    lines.extend([named(&format!("+{MOBILE}")), named("tv-1")]);
    Town { house, operator, actor, lines }
}

impl Town {
    async fn change(&self, at: usize, asked: ChangeAsked<'_>) -> Changed {
        let doer = Doer::Person(&self.actor);
        telephony::change(&self.house, doer, self.lines[at], (&asked, Source::Page)).await.unwrap().expect("who may")
    }

    async fn forward(&self, at: usize, typed: &str) -> Changed {
        self.change(at, ChangeAsked::Forward { when: vec![When::Always], typed, ring_time: None }).await
    }

    async fn dial(&self, at: usize, dialled: &str) -> Answer {
        telephony::dial(&self.house, Doer::Program(self.operator), self.lines[at], dialled).await.unwrap().expect("a telephone")
    }

    async fn goes(&self, at: usize, standing: Standing) -> Goes {
        let caller = Caller { number: Some(number(ELSEWHERE)), shown: Presentation::Shown };
        let scope = Scope::operator(self.operator);
        telephony::route(&self.house, scope, self.lines[at], (standing, caller, &[])).await.unwrap().expect("a telephone").goes
    }
}

fn number(digits: u64) -> E164 {
    E164::from_digits(digits).expect("a number")
}

fn refused(refusal: ForwardRefusal) -> Changed {
    Err(TelephonyRefusal::Forward(refusal))
}

/// FIX-03, FIX-04, FIX-06, FIX-12, FIX-13, FIX-15: a page and a code change the same settings at once, each sees what the other did, the journal
/// says from where, and calls go where it says.
#[tokio::test]
async fn a_page_and_a_code_change_the_same() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        assert_eq!(town.goes(0, Standing::NotAnswered).await, Goes::Voicemail);
        let ring_time = RingTime::of_seconds(40).unwrap();
        let changed = town.change(0, ChangeAsked::Other(Change::RingTime { to: ring_time })).await.unwrap();
        assert_eq!(changed, [Difference::RingTime { before: RingTime::DEFAULT, after: ring_time }]);
        assert!(matches!(town.goes(0, Standing::Free).await, Goes::Ring { seconds: 40, .. }));
        let Answer::Changed(changed) = town.dial(0, "*21*0612345678#").await else { panic!("a change") };
        assert_eq!((changed.len(), changed[0].forwards_to()), (1, Some(number(ELSEWHERE))));
        let forwarded = Goes::Forward { to: number(ELSEWHERE), when: When::Always };
        assert_eq!(town.goes(0, Standing::Unreachable).await, forwarded, "while the modem is off");
        let shown = telephony::telephone(&town.house, &town.actor, town.lines[0]).await.unwrap().unwrap();
        assert_eq!(shown.kept.services.always.target(), Some(number(ELSEWHERE)));
        assert_eq!(shown.kept.changed, Some((at(NOW), "telephone".to_owned())));
        assert_eq!(town.dial(0, "*21*0612345678#").await, Answer::Changed(Vec::new()), "it is so already");
        assert_eq!(town.dial(0, "*#21#").await, Answer::Stands(vec![(Some(When::Always), Switch::On)]));
        assert!(matches!(town.dial(0, "*93#").await, Answer::Changed(changed) if changed.len() == 1));
        let called = |to: &str, shows| Answer::Connected { to: to.to_owned(), shows };
        assert_eq!(town.dial(0, "0612345678").await, called("0612345678", None));
        assert_eq!(town.dial(0, "112").await, called("112", Some(number(FIRST))), "an emergency service sees who calls");
        assert!(matches!(town.dial(0, "*95#").await, Answer::Changed(changed) if changed.len() == 2));
        assert_eq!(town.dial(0, "0612345678").await, called("0612345678", Some(number(FIRST))));
        assert_eq!(town.dial(0, "*92*0612345678#").await, called("0612345678", None));
        let scoped = town.house.store.scoped(Scope::operator(town.operator));
        let journal = scoped.journal(Some(Object::Line(town.lines[0])), None, 20).await.unwrap();
        let said: Vec<_> = journal.iter().rev().map(crate::stage::after).collect();
        let sources: Vec<_> = said.iter().map(|said| said["source"].as_str().unwrap()).collect();
        assert_eq!(sources, ["page", "telephone", "telephone", "telephone"]);
        assert_eq!((&said[1]["telephone_services"], &said[1]["forwarded_to"]), (&"always".into(), &"+33612345678".into()));
    }
}

/// FIX-06, FIX-15, FIX-16: forwards to oneself, to emergency, service and short numbers, to what is no number, and in a ring of five lines are
/// refused with the reason, and nothing changes; nor by codes that are none.
#[tokio::test]
async fn a_forward_that_cannot_be_changes_nothing() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        assert_eq!(town.forward(0, "0388110000").await, refused(ForwardRefusal::Itself(number(FIRST))));
        assert_eq!(town.forward(0, "112").await, refused(ForwardRefusal::Emergency("112".into())));
        assert_eq!(town.forward(0, "0899123456").await, refused(ForwardRefusal::Special("0899123456".into())));
        assert_eq!(town.forward(0, "118218").await, refused(ForwardRefusal::Short("118218".into())));
        assert_eq!(town.forward(0, "").await, refused(ForwardRefusal::Empty));
        for bad in ["06 12 ab", "123", &"1".repeat(25), "+999123456789"] {
            assert!(town.forward(0, bad).await.is_err(), "{bad}");
        }
        for at in 1..5 {
            let to = if at == 4 { FIRST } else { FIRST + at + 1 };
            town.forward(usize::try_from(at).unwrap(), &format!("+{to}")).await.unwrap();
        }
        assert_eq!(town.forward(0, "0388110001").await, refused(ForwardRefusal::Loop(Vec::new())));
        assert!(town.forward(0, "0388110005").await.is_ok());
        let switched = ChangeAsked::Other(Change::SwitchForward { when: vec![When::Busy], to: Switch::On });
        let nothing = Err(TelephonyRefusal::Change(ChangeRefusal::NoNumber(When::Busy)));
        assert_eq!(town.change(0, switched).await, nothing);
        for bad in ["*21*#", "*21", "**#", "*77#", "*21*112#", &format!("*21*{}#", "1".repeat(300)), "*21*06\u{7}#"] {
            let answer = town.dial(1, bad).await;
            assert!(matches!(answer, Answer::Unheard(_) | Answer::Refused(_)), "{bad:?}: {answer:?}");
        }
        assert_eq!(town.goes(1, Standing::Free).await, Goes::Forward { to: number(FIRST + 2), when: When::Always });
    }
}

/// FIX-16: on a mobile line the codes of the GSM world; of a line without a telephone there is nothing.
#[tokio::test]
async fn a_mobile_line_has_the_codes_of_the_gsm_world() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let Answer::Changed(changed) = town.dial(6, "**61*0388110000*11*30#").await else { panic!("a change") };
        assert_eq!(changed.len(), 2, "{changed:?}");
        assert_eq!(town.goes(6, Standing::NotAnswered).await, Goes::Forward { to: number(FIRST), when: When::NoAnswer });
        assert_eq!(town.dial(6, "*#61#").await, Answer::Stands(vec![(Some(When::NoAnswer), Switch::On)]));
        assert!(matches!(town.dial(6, "##002#").await, Answer::Changed(changed) if changed.len() == 1));
        assert_eq!(town.dial(6, "*75#").await, Answer::Unheard(Unheard::NotOffered));
        assert!(telephony::telephone(&town.house, &town.actor, town.lines[7]).await.unwrap().is_none());
        let change = (&ChangeAsked::Other(Change::Reset), Source::Page);
        let doer = Doer::Person(&town.actor);
        assert!(telephony::change(&town.house, doer, town.lines[7], change).await.unwrap().is_none());
    }
}

/// TEL-07: a line with access of its own keeps its telephone to itself: who holds the account neither sees to where it forwards nor changes it.
#[tokio::test]
async fn a_split_line_keeps_its_telephone_to_itself() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (line, other) = (town.lines[0], town.lines[1]);
        town.forward(0, "0612345678").await.unwrap();
        let store::Party::Customer(customer) =
            town.house.store.scoped(town.actor.scope).customers_like("V100001", 1).await.unwrap().remove(0).party
        else {
            panic!("a customer")
        };
        let scope = Scope { reach: operations::Reach::Customer(customer), ..town.actor.scope };
        let holder = actor(scope, Role::Subscriber);
        assert!(telephony::telephone(&town.house, &holder, line).await.unwrap().is_some());
        let split = format!(
            "INSERT INTO login (operator_id, customer_id, line_id, role, name, email, language, state, invited) \
             VALUES ({0}, {1}, {2}, 'member', 'Léa', '', 'fr', 'validated', 0); \
             INSERT INTO line_access (line_id, login_id, given, accepted) SELECT {2}, MAX(id), 0, 0 FROM login",
            town.operator.0, customer.0, line.0
        );
        testkit::raw::run(database.url(), &split).await;
        let shown = async |line| telephony::telephone(&town.house, &holder, line).await.unwrap().is_some();
        assert_eq!((shown(line).await, shown(other).await), (false, true));
        let reset = ChangeAsked::Other(Change::Reset);
        let came = telephony::change(&town.house, Doer::Person(&holder), line, (&reset, Source::Page)).await.unwrap();
        assert_eq!(came, None);
        // Its own telephone still changes it, and its journal does not tell others to where.
        assert!(matches!(town.dial(0, "*21*0612345679#").await, Answer::Changed(changed) if changed.len() == 1));
        let scoped = town.house.store.scoped(Scope::operator(town.operator));
        let journal = scoped.journal(Some(Object::Line(line)), None, 1).await.unwrap();
        assert_eq!(crate::stage::after(&journal[0])["forwarded_to"], serde_json::Value::Null);
    }
}

/// PLT-01, PLT-02: who sees a line changes its telephone where their role may; of a line that is not theirs there is nothing; two at once are
/// both served.
#[tokio::test(flavor = "multi_thread")]
async fn a_telephone_is_its_line_s() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let reset = ChangeAsked::Other(Change::Reset);
        for role in [Role::Auditor, Role::Accounting] {
            let reader = Actor { role, ..town.actor.clone() };
            assert!(telephony::telephone(&town.house, &reader, town.lines[0]).await.unwrap().is_some());
            let came = telephony::change(&town.house, Doer::Person(&reader), town.lines[0], (&reset, Source::Page)).await;
            assert_eq!(came.unwrap(), None, "{role:?}");
        }
        let member = actor(Scope { reach: operations::Reach::Line(town.lines[1]), ..town.actor.scope }, Role::Member);
        assert!(telephony::telephone(&town.house, &member, town.lines[0]).await.unwrap().is_none());
        let came = telephony::change(&town.house, Doer::Person(&member), town.lines[0], (&reset, Source::Page)).await;
        assert_eq!(came.unwrap(), None);
        let hide = ChangeAsked::Other(Change::HideNumber { to: Switch::On });
        let (page, code) = tokio::join!(
            telephony::change(&town.house, Doer::Person(&member), town.lines[1], (&hide, Source::Page)),
            telephony::dial(&town.house, Doer::Program(town.operator), town.lines[1], "*21*0612345678#")
        );
        assert_eq!(page.unwrap().unwrap().unwrap().len(), 1);
        assert!(matches!(code.unwrap().unwrap(), Answer::Changed(changed) if changed.len() == 1));
        let shown = telephony::telephone(&town.house, &member, town.lines[1]).await.unwrap().unwrap().kept;
        assert!(shown.services.hides_number && shown.services.always.active && shown.version == 2);
    }
}
