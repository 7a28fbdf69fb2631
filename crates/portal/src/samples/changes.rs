//! What is asked of lines in service: one and many.

use super::{at, lines::name, lines::number, pages};
use crate::{
    Page, Role,
    lines::{
        bulk::{BulkPage, BulkWish},
        bulk_result::BulkResultPage,
        change::{ChangePage, What, Wish},
        lost::LostPage,
        sim_swap::SimSwapPage,
    },
    pagination::PageSize,
};
use askama::DynTemplate;
use operations::{
    bulk_change::{BulkLine, BulkShown, BulkStage, BulkTold, NamedLine},
    line_change::{Ask, Capping, OptionRefusal, Preview, Refusal},
    line_services::{
        Act, Ceiling, Choice, Doing, EndedOption, HeldOption, LineCutoff, LineServices, Planned, Told, Underway, UnderwayStage,
    },
    proof::{ProofRefusal, Ways},
    sim_swap::{SwapChoices, SwapRefusal, SwapTold},
};
use vocabulary::{BulkChangeId, LineId, Money, ScheduledChangeId, SimId};

fn euros(cents: i64) -> Money {
    Money::from_micros(cents * 10_000)
}

/// A line that its network is asked about, with something planned.
pub(super) fn services(role: Role) -> LineServices {
    let option = |name: &str, is_block, stays| HeldOption {
        id: "option".into(),
        name: name.into(),
        monthly: euros(if is_block { 0 } else { 4_500 }),
        since: at(1, 0, 0, 0),
        is_block,
        is_replaceable: !is_block,
        stays,
    };
    let mut acts = vec![(Act::Suspend, Some(Refusal::Underway))];
    if role.may(crate::Permission::ChangeLines) {
        let all = [Act::Plan, Act::Capping, Act::Option, Act::Block, Act::SwapSim];
        acts.extend(all.map(|act| (act, None)));
        acts.push((Act::End, Some(Refusal::Leaving)));
    }
    LineServices {
        has_cap: true,
        may_converge: false,
        line: LineId(1),
        number: Some(number(3)),
        user: name(3),
        offer: "Illimité 30 Go".into(),
        offer_monthly: euros(1_050),
        monthly: euros(5_550),
        capping: Some(Capping::Uncapped),
        options: vec![
            option("Maghreb et Turquie 5 Go", false, None),
            option("Appels vers l’étranger interdits", true, Some(Refusal::Option(OptionRefusal::NeededByAnother))),
        ],
        ended: vec![EndedOption { name: "Conférence".into(), since: at(1, 0, 0, 0), until: at(12, 9, 30, 0) }],
        cutoffs: vec![LineCutoff {
            id: "cutoff".into(),
            name: "Données, reste du monde".into(),
            value: Ceiling::Amount(euros(5_000)),
            stays: None,
        }],
        underway: Some(Underway {
            doing: vec![Doing::Add("Conférence".into())],
            since: Some(at(21, 10, 3, 0)),
            stage: UnderwayStage::Taken,
        }),
        planned: vec![Planned {
            id: ScheduledChangeId(4),
            doing: Doing::Plan("Illimité 50 Go".into()),
            due: at(30, 0, 0, 0),
            is_theirs: true,
        }],
        sim: Some(SimId(1)),
        is_suspended: false,
        is_over: false,
        acts,
    }
}

fn preview(asks: Vec<Ask>) -> Preview {
    Preview {
        effect: at(30, 0, 0, 0),
        runs: at(30, 7, 0, 0),
        once: euros(150),
        this_month: euros(4_500),
        monthly_before: euros(1_050),
        monthly_after: euros(1_300),
        ends_options: Vec::new(),
        asks,
    }
}

pub(super) fn told(doing: Doing, asks: Vec<Ask>) -> Told {
    Told {
        doing,
        preview: preview(asks),
        is_now: false,
        opens: Some(at(30, 7, 0, 0)),
        ends: vec!["Conférence".into()],
        digest: "0c5e1d".into(),
    }
}

fn choices() -> Vec<Choice> {
    let choice = |name: &str, cents: i64, refusal| Choice {
        value: name.to_lowercase(),
        doing: Doing::Plan(name.into()),
        monthly: Some(euros(cents)),
        once: None,
        refusal,
    };
    vec![
        choice("Illimité 10 Go", 800, None),
        choice("Illimité 30 Go", 1_050, Some(Refusal::Same)),
        choice("Illimité 50 Go", 1_300, None),
    ]
}

fn change(page: Page, role: Role, what: What) -> ChangePage {
    let wish = Wish { what: Some(what), ..Wish::default() };
    ChangePage { page, services: services(role), wish, choices: Vec::new(), told: None, refusal: None, has_changed: false }
}

fn swap(page: Page, role: Role) -> SimSwapPage {
    SimSwapPage {
        page,
        services: services(role),
        choices: SwapChoices {
            network: "Réseau du Nord".into(),
            cards: Vec::new(),
            card_price: euros(0),
            esim_price: Some(euros(150)),
            has_esim: true,
            refusal: None,
            contact: (String::new(), String::new()),
            is_contact_theirs: false,
        },
        typed: "8933".into(),
        contact: ("camille@lambert.example".into(), String::new()),
        told: None,
        refusal: Some(SwapRefusal::NoNumber),
        ways: Ways { has_codes: true, has_passkeys: false },
        needs_proof: true,
        proof_refusal: None,
        has_changed: false,
    }
}

fn line(index: usize) -> NamedLine {
    let ordinal = i64::try_from(index).unwrap_or_default();
    NamedLine { id: LineId(ordinal + 1), number: (index != 4).then(|| number(ordinal)), user: name(index) }
}

fn bulk(page: Page) -> BulkPage {
    BulkPage {
        page,
        wish: BulkWish::read("all=yes&filter=state%3Dactive&what=plan&to=m50"),
        chosen: 200,
        refusal: None,
        choices: Vec::new(),
        told: Some(BulkTold {
            doing: Doing::Plan("Illimité 50 Go".into()),
            can: (0..12)
                .map(|index| BulkLine {
                    line: line(index),
                    plan: Some("Illimité 30 Go".into()),
                    preview: preview(Vec::new()),
                    ends: if index == 2 { vec!["Conférence".into()] } else { Vec::new() },
                })
                .collect(),
            able: 198,
            cannot: vec![(line(20), Refusal::Underway), (line(21), Refusal::OtherFamily)],
            unable: 2,
            once: euros(0),
            this_month: euros(0),
            monthly: (euros(210_000), euros(260_000)),
            effect: Some((at(30, 0, 0, 0), at(30, 0, 0, 0))),
            asks: vec![Ask::BilledTwice],
            digest: "0c5e1d".into(),
        }),
        has_changed: true,
        token: "t".into(),
        latest: Vec::new(),
    }
}

fn bulk_result(page: Page) -> BulkResultPage {
    let stages =
        [BulkStage::Refused, BulkStage::Unanswered, BulkStage::Asked, BulkStage::Planned, BulkStage::TakenBack, BulkStage::Done];
    BulkResultPage {
        page,
        shown: BulkShown {
            id: BulkChangeId(7),
            doing: Doing::Suspend,
            asked: at(21, 10, 3, 0),
            asked_by: "Hugo Lambert".into(),
            stages: stages.into_iter().zip([1, 1, 40, 5, 3, 150]).collect(),
            rows: (0..18).map(|index| (line(index), stages[index % 6], Some(at(30, 0, 0, 0)))).collect(),
            total: 200,
            page: 1,
        },
        pages: pages(1, PageSize::Fifty, 200),
    }
}

/// Every page of them, by what its file is called.
pub(super) fn all(role: Role, frame: impl Fn(&str) -> Page) -> Vec<(&'static str, Box<dyn DynTemplate>)> {
    let suspend = ChangePage {
        told: Some(Told { is_now: true, opens: None, ..told(Doing::Suspend, vec![Ask::StaysBilled]) }),
        ..change(frame("/lines/1/change?what=suspend"), role, What::Suspend)
    };
    let lost = LostPage {
        page: frame("/lines/1/lost"),
        services: LineServices { underway: None, ..services(role) },
        told: Some(told(Doing::Suspend, vec![Ask::StaysBilled])),
    };
    let mut pages: Vec<(&'static str, Box<dyn DynTemplate>)> =
        vec![("line-suspend", Box::new(suspend)), ("line-lost", Box::new(lost))];
    pages.extend(super::extras::all(frame("/lines/1/cap"), frame("/lines/1/convergence")));
    pages.extend(super::telephone::all(frame("/lines/1/telephone/reset"), frame("/lines/1/telephone")));
    if role.may(crate::Permission::UseVoicemail) {
        pages.extend(super::voicemail::all(frame("/lines/1/voicemail")));
    }
    pages.extend(super::users::all(frame("/lines/1/user"), frame("/lines/1/user/new")));
    if !role.may(crate::Permission::ChangeLines) {
        return pages;
    }
    let here = || frame("/lines/1/change?what=plan");
    let chosen = told(Doing::Plan("Illimité 50 Go".into()), vec![Ask::ClosesZone, Ask::BilledTwice]);
    let iccid = "8933263212200169065".parse().expect("a number of a SIM");
    pages.push(("line-plan", Box::new(ChangePage { choices: choices(), ..change(here(), role, What::Plan) })));
    pages.push((
        "line-plan-told",
        Box::new(ChangePage { told: Some(chosen), has_changed: true, ..change(here(), role, What::Plan) }),
    ));
    pages.push((
        "line-plan-refused",
        Box::new(ChangePage { refusal: Some(Refusal::Underway), ..change(here(), role, What::End) }),
    ));
    pages.push(("line-sim", Box::new(swap(frame("/lines/1/sim"), role))));
    let esim = SwapTold { told: told(Doing::SwapSim, Vec::new()), iccid, is_esim: true };
    let esim = SimSwapPage {
        told: Some(esim),
        refusal: None,
        proof_refusal: Some(ProofRefusal::Wrong),
        ..swap(frame("/lines/1/sim"), role)
    };
    pages.push(("line-sim-told", Box::new(esim)));
    pages.push(("lines-change", Box::new(bulk(frame("/lines/change")))));
    let begun = BulkPage {
        told: None,
        choices: choices(),
        latest: vec![(BulkChangeId(7), "Suspension".into(), at(21, 10, 3, 0), 200)],
        ..bulk(frame("/lines/change"))
    };
    pages.push(("lines-change-begun", Box::new(begun)));
    pages.push(("lines-change-result", Box::new(bulk_result(frame("/lines/changes/7")))));
    pages
}
