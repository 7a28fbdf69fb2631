//! What the holder of an account chooses beside a plan: the cap, and a mobile line that rings too.

use super::{at, changes::told, lines::number};
use crate::{
    Page,
    lines::{cap::CapPage, convergence::ConvergencePage},
};
use askama::DynTemplate;
use operations::{
    cap_lift::{Cap, CapChoice, CapShown},
    convergence::{AccountMobile, Barrier, ConvergenceShown},
    line_change::{Capping, Refusal},
    line_services::Doing,
};
use vocabulary::{LineId, Money, ScheduledChangeId, UsageKind};

fn caps() -> CapShown {
    let choice = |id: &str, kind, coming, refusal| CapChoice {
        id: id.into(),
        name: "Au-delà du forfait bloqué".into(),
        kinds: vec![kind],
        monthly: Money::ZERO,
        now: Cap::Holds,
        coming,
        refusal,
    };
    CapShown {
        line: LineId(1),
        number: Some(number(3)),
        user: "Léa Muller".into(),
        offer: "Mobile bloqué 2 h".into(),
        capping: Capping::Capped,
        choices: vec![
            choice("calls", UsageKind::Voice, Some((Cap::Lifted, at(30, 23, 0, 0))), None),
            choice("data", UsageKind::Data, None, None),
            choice("messages", UsageKind::Sms, None, Some(Refusal::Underway)),
        ],
        begins: at(30, 23, 0, 0),
        may_choose: true,
    }
}

fn together() -> ConvergenceShown {
    let mobile = |place, user: &str| AccountMobile { line: LineId(7), number: number(place), user: user.into() };
    ConvergenceShown {
        line: LineId(1),
        number: Some(number(3)),
        user: "Claire Muller".into(),
        option: "Convergence fixe et mobile".into(),
        monthly: Money::from_micros(2_500_000),
        held: None,
        ends: None,
        is_underway: false,
        rings_with: None,
        mobiles: vec![mobile(5, "Léa Muller"), mobile(6, "")],
        barriers: Vec::new(),
        told: Some(told(Doing::Add("Convergence".into()), Vec::new())),
        may_choose: true,
    }
}

pub(super) fn all(cap: Page, convergence: Page) -> Vec<(&'static str, Box<dyn DynTemplate>)> {
    let of = |shown| ConvergencePage { page: convergence.clone(), shown, refusal: None, has_changed: false, is_done: false };
    let barriers = vec![
        Barrier::OtherPlan(vec!["Fixe illimité".into()]),
        Barrier::NoMobile,
        Barrier::Line(Refusal::Underway),
        Barrier::OtherPlan(Vec::new()),
    ];
    let not = ConvergenceShown { barriers, told: None, mobiles: Vec::new(), ..together() };
    let held = ConvergenceShown {
        held: Some(at(1, 0, 0, 0)),
        ends: Some((ScheduledChangeId(1), at(30, 23, 0, 0))),
        rings_with: Some(number(5)),
        told: None,
        ..together()
    };
    let alone = ConvergenceShown { ends: None, rings_with: None, mobiles: Vec::new(), ..held.clone() };
    let unchosen = ConvergenceShown { ends: None, rings_with: None, ..held.clone() };
    let underway = ConvergenceShown { held: None, is_underway: true, ..held.clone() };
    let capped = |shown| CapPage { page: cap.clone(), shown, refusal: None, is_done: false };
    let empty = CapShown { choices: Vec::new(), ..caps() };
    vec![
        ("line-cap", Box::new(CapPage { is_done: true, refusal: Some(Refusal::Underway), ..capped(caps()) })),
        ("line-cap-none", Box::new(capped(CapShown { capping: Capping::Uncapped, ..empty.clone() }))),
        ("line-cap-fixed", Box::new(capped(empty))),
        ("line-convergence", Box::new(ConvergencePage { has_changed: true, ..of(together()) })),
        ("line-convergence-not", Box::new(ConvergencePage { refusal: Some(Refusal::Over), ..of(not) })),
        ("line-convergence-held", Box::new(ConvergencePage { is_done: true, ..of(held) })),
        ("line-convergence-alone", Box::new(of(alone))),
        ("line-convergence-unchosen", Box::new(of(unchosen))),
        ("line-convergence-underway", Box::new(of(underway))),
    ]
}
