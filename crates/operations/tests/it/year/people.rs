//! What people do in the year: they order, change, take back, give up, two at once, and send a form again whose answer they did not see.

use super::{DAY, Year};
use catalog::Capping;
use lines::LineState;
use operations::{
    life::Doer,
    line_change::{self, Change, ChangeAsked, EndCause, When},
    order::{
        self, LineAsked, LineRequest, NumberRequest, OrderAsked, OrderRefused, PortingAnswer, PortingProof, SimRequest, UserAsked,
    },
    proof,
    sims::{SimKind, kind_word},
    work_orders::{self, StaffStep, WorkState},
};
use store::{KeptLife, LivesAsked, WorkAsked};
use vocabulary::{E164, LineId, NationalNumber, Rio, SimId, Timestamp};

/// What is ordered: network, offer, with a choice of capping, with an eSIM.
const ORDERS: [(&str, &str, bool, bool); 5] = [
    ("orange", "unlimited-30", true, false),
    ("bouygues", "unlimited-30", true, false),
    ("orange", "unlimited-5", true, true),
    ("orange", "data-10", true, false),
    ("bouygues", "metered", false, false),
];
const OFFERS: [&str; 5] = ["unlimited-10", "unlimited-50", "unlimited-100", "data-20", "travel-20"];
const OPTIONS: [&str; 4] = ["world-1", "maghreb-turkey-1", "number-secrecy", "sva-off"];

/// Something that happens by itself.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Somebody sends the order form of this token.
    Order(u64),
    /// Somebody looks at a line and does something with it.
    Person(LineId),
    /// The other operator answers about the number of a line.
    Porting(LineId),
    /// Staff looks at what is stuck.
    Staff,
    /// Time passes.
    Nothing,
}

/// Does the order of this token bring its number along?
const fn is_ported(token: u64) -> bool {
    token % 7 == 3 && matches!(token % 5, 0..3)
}

impl Year {
    pub(super) async fn act(&mut self, step: Step) {
        match step {
            Step::Order(token) => self.order(token).await,
            Step::Person(line) => self.person(line).await,
            Step::Porting(line) => self.porting(line).await,
            Step::Staff => self.staff().await,
            Step::Nothing => {}
        }
    }

    fn count(&mut self, what: &'static str, is_done: bool) {
        let tally = if is_done { &mut self.tally.done } else { &mut self.tally.refused };
        *tally.entry(what).or_default() += 1;
    }

    /// A form is sent; who does not see the answer sends it again, and two windows may send it at once: one order comes of it.
    async fn order(&mut self, token: u64) {
        let asked = self.asked(token);
        let came = if self.per_cent(20) {
            self.tally.at_once += 1;
            let (one, other) =
                tokio::join!(order::place(&self.house, &self.staff, &asked), order::place(&self.house, &self.staff, &asked));
            let (one, other) = (one.unwrap().unwrap(), other.unwrap().unwrap());
            if let (Ok(one), Ok(other)) = (&one, &other) {
                assert_eq!(one, other, "seed {}: a form is one order", self.seed);
            }
            if one.is_ok() { one } else { other }
        } else {
            order::place(&self.house, &self.staff, &asked).await.unwrap().unwrap()
        };
        match came {
            Ok(order) => {
                assert!(self.orders.get(&token).is_none_or(|known| *known == order), "seed {}: order {token} twice", self.seed);
                if self.orders.insert(token, order).is_none() && self.per_cent(30) {
                    self.tally.forms_again += 1;
                    let again = self.within(300);
                    self.at(again, Step::Order(token));
                }
                let (_, lines) = order::order(&self.house, &self.staff, order).await.unwrap().unwrap();
                assert_eq!(lines.len(), 1, "seed {}: order {token}", self.seed);
                if self.lines.insert(lines[0]) {
                    let next = self.next_look();
                    self.at(next, Step::Person(lines[0]));
                    if is_ported(token) {
                        for days in [2, 4] {
                            let answer = self.within(days * DAY);
                            self.at(answer, Step::Porting(lines[0]));
                        }
                    }
                }
            }
            // A number that another line has cannot come.
            Err(OrderRefused::Lines(_)) if is_ported(token) => {
                self.given_up.insert(token);
            }
            Err(OrderRefused::Lines(faults)) => panic!("seed {}: order {token}: {faults:?}", self.seed),
            Err(other) => panic!("seed {}: order {token}: {other:?}", self.seed),
        }
    }

    fn asked(&mut self, token: u64) -> OrderAsked {
        let (network, offer, has_choice, esim) = ORDERS[usize::try_from(token % ORDERS.len() as u64).unwrap()];
        let capping = has_choice.then_some(if token.is_multiple_of(2) { Capping::Capped } else { Capping::Uncapped });
        let cutoffs: &[(&str, i64)] = match network {
            "bouygues" => &[("data-europe-euros", 50_000_000), ("data-world-euros", 0)],
            _ => &[],
        };
        let number = if is_ported(token) {
            // Two orders each want the same number.
            let national: NationalNumber = format!("06123{:05}", 45_000 + token / 14).parse().unwrap();
            let rio = format!("01PEROY4P{}", Rio::key("01PEROY4P", &national).expect("a key"));
            let proof = PortingProof::Rio(Rio::of(&rio, &national).expect("the number's RIO"));
            NumberRequest::Ported { number: E164::from_digits(33_612_345_000 + token / 14).unwrap(), proof, day: None }
        } else {
            NumberRequest::Any
        };
        let request = LineRequest {
            network: network.into(),
            offer: offer.into(),
            capping,
            options: Vec::new(),
            cutoffs: cutoffs.iter().map(|(id, value)| ((*id).into(), *value)).collect(),
            sim: SimRequest::Any(if esim { SimKind::Esim } else { SimKind::CardWithPin }),
            number,
            begins: When::Soonest,
        };
        OrderAsked {
            customer: self.customer,
            account: None,
            token: format!("form-{token}"),
            closing: order::Closing::Meant,
            split: None,
            lines: vec![LineAsked { request, user: UserAsked::named("Léa Martin") }],
        }
    }

    async fn life(&self, line: LineId) -> KeptLife {
        line_change::life(&self.house, &self.staff, line).await.unwrap().expect("a line")
    }

    async fn person(&mut self, line: LineId) {
        let kept = self.life(line).await;
        if !self.is_open || kept.life.line.state.as_str() == "ended" {
            return;
        }
        let roll = self.chance.below(100);
        if let Some(work) = kept.life.line.underway.filter(|_| roll < 25) {
            let came = work_orders::step(&self.house, &self.staff, (work, StaffStep::Cancel)).await.unwrap().unwrap();
            self.count("cancel", came.is_ok());
        } else if kept.life.line.state.as_str() == "ordered" {
            if roll < 20 {
                let came = order::give_up(&self.house, &self.staff, line).await.unwrap().unwrap();
                self.count("give_up", came.is_ok());
            }
        } else if let Some(planned) = kept.life.scheduled.iter().find(|planned| planned.is_planned()).filter(|_| roll < 35) {
            let came = line_change::take_back(&self.house, &self.staff, line, planned.id).await.unwrap().unwrap();
            self.count("take_back", came.is_ok());
        } else {
            self.change(&kept, roll).await;
        }
        let next = self.next_look();
        self.at(next, Step::Person(line));
    }

    /// Some look again while something is on its way.
    fn next_look(&mut self) -> Timestamp {
        let seconds = if self.per_cent(40) { 6 * 3_600 } else { 24 * DAY };
        self.within(seconds)
    }

    /// Somebody asks for something, and one time in six somebody else presses at the same moment.
    async fn change(&mut self, kept: &KeptLife, roll: u64) {
        let line = kept.life.line.id;
        let (what, change) = match roll {
            82.. => return self.swap(kept).await,
            0..20 if kept.life.line.state.as_str() == "suspended" => ("reactivate", Change::Reactivate),
            0..20 => ("suspend", Change::Suspend),
            20..40 => ("plan", Change::Plan { offer: self.any(&OFFERS).into() }),
            40..48 => {
                ("capping", Change::Capping { to: if roll.is_multiple_of(2) { Capping::Capped } else { Capping::Uncapped } })
            }
            48..68 => match kept.life.line.service.options.first() {
                Some(held) if roll < 56 => ("end_option", Change::EndOption { option: held.option.clone() }),
                _ => ("add_option", Change::AddOption { option: self.any(&OPTIONS).into() }),
            },
            68..74 => ("cutoff", Change::Cutoff { cutoff: "data-world".into(), value: 1_000_000_000 }),
            _ => ("end", Change::End { cause: EndCause::Asked }),
        };
        let is_dated = matches!(change, Change::Suspend | Change::End { .. }) && self.per_cent(40);
        let when = if is_dated {
            When::On(self.within(20 * DAY).to_local(&jiff::tz::TimeZone::get("Europe/Paris").unwrap()).date())
        } else {
            When::Soonest
        };
        let asked = ChangeAsked { change, when };
        let once = line_change::ask(&self.house, &self.staff, line, &asked);
        if self.chance.below(6) == 0 {
            self.tally.at_once += 1;
            let other = line_change::ask(&self.house, &self.staff, line, &asked);
            let (one, other) = tokio::join!(once, other);
            let served = [one, other].map(|came| came.unwrap().unwrap().is_ok());
            // What both may ask for, such as a limit, is served twice; a suspension is not.
            assert!(
                !(served[0] && served[1] && matches!(asked.change, Change::Suspend | Change::End { .. })),
                "seed {}: {asked:?} twice for {line}",
                self.seed
            );
            self.count(what, served.contains(&true));
        } else {
            let came = once.await.unwrap().unwrap();
            self.count(what, came.is_ok());
        }
    }

    async fn swap(&mut self, kept: &KeptLife) {
        let network = kept.life.line.network.as_str();
        let kind = if self.per_cent(30) { SimKind::Esim } else { SimKind::CardWithPin };
        let scoped = self.house.store.scoped(self.staff.scope);
        let free = scoped.cards_for(self.customer, (network, kind_word(kind)), 40).await.unwrap();
        // Now and then one that somebody has.
        let to: Option<SimId> = if self.per_cent(15) {
            kept.life.sim.as_ref().map(|sim| sim.id)
        } else {
            let place = usize::try_from(self.chance.below(free.len().max(1) as u64)).unwrap();
            free.get(place).map(|card| card.sim.id)
        };
        let Some(to) = to else { return };
        let proof = proof::asked(&self.staff, self.staff.proved).unwrap();
        let came = line_change::swap_sim(&self.house, proof, kept.life.line.id, to).await.unwrap().unwrap();
        self.count("swap_sim", came.is_ok());
    }

    fn any(&mut self, of: &[&'static str]) -> &'static str {
        of[usize::try_from(self.chance.below(of.len() as u64)).unwrap()]
    }

    /// The other operator lets a number go, or does not; it says so twice.
    async fn porting(&mut self, line: LineId) {
        let answer = if line.0 % 8 == 0 { PortingAnswer::Refuses("wrong holder".into()) } else { PortingAnswer::LetsGo };
        let doer = Doer::Program(self.operator);
        let came = order::porting_answered(&self.house, doer, line, &answer).await.unwrap();
        self.count("porting_answered", came);
    }

    /// Staff has sent again what nobody answered, takes some of it back, and asks anew for what was refused or gives it up.
    async fn staff(&mut self) {
        let stuck = work_orders::list(&self.house, &self.staff, WorkAsked::Stuck, (0, 500)).await.unwrap().unwrap();
        for work in stuck.into_iter().filter(|work| matches!(work.state, WorkState::Unanswered { .. })) {
            let step = if self.per_cent(70) { StaffStep::Retry } else { StaffStep::Cancel };
            let came = work_orders::step(&self.house, &self.staff, (work.id, step)).await.unwrap().unwrap();
            self.count(if step == StaffStep::Retry { "retry" } else { "cancel" }, came.is_ok());
        }
        let lines: Vec<LineId> = self.lines.iter().copied().collect();
        let mut waits = false;
        for kept in self.lives(LivesAsked::Lines(&lines)).await {
            if !matches!(kept.life.line.state, LineState::Ordered { begins: None, .. }) {
                continue;
            }
            waits = true;
            let line = kept.life.line.id;
            let came = if self.per_cent(70) {
                order::activate(&self.house, &self.staff, line).await.unwrap().unwrap().is_ok()
            } else {
                order::give_up(&self.house, &self.staff, line).await.unwrap().unwrap().is_ok()
            };
            self.count("anew", came);
        }
        let is_over = !self.is_open && !waits && self.house.store.next_due().await.unwrap().is_none() && self.agenda.is_empty();
        if !is_over {
            let next = self.now().plus_seconds(DAY / 2);
            self.at(next, Step::Staff);
        }
    }

    pub(super) async fn lives(&self, asked: LivesAsked<'_>) -> Vec<KeptLife> {
        let catalog = self.house.catalog(self.operator).await.unwrap();
        self.house.store.scoped(self.staff.scope).lives(asked, &catalog).await.unwrap()
    }
}
