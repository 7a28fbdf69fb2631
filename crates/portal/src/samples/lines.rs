use super::{megabytes, november, pages, units};
use crate::{
    Page, Role,
    lines::{
        list::{Filter, ListPage},
        offers::OffersPage,
        show::{JournalFilter, ShowPage},
    },
    pagination::PageSize,
};
use jiff::civil;
use operations::{
    AllowanceUse, AtEnd, Consumed, LineKind, SpendOwner, SpendPeriod,
    compare::{Cost, LineComparison, OfferCost},
    line::{AlertEvent, LineAlert, LineHead, LineTotals, Sum},
    lines::{DataHold, LineState, ListedLine},
};
use vocabulary::{E164, LineId, Money, Party, UsageKind};

const FIRST: [&str; 12] =
    ["Alice", "Mehdi", "Zoé", "Baptiste", "Lina", "Théo", "Aminata", "Jules", "Camille", "Ömer", "Sofia", "Élise"];
const LAST: [&str; 9] = ["Martin", "Benali", "Roux", "Schneider", "Da Silva", "Nguyen", "Lefebvre", "Diallo", "Van den Berghe"];
const CUSTOMERS: [&str; 5] =
    ["Menuiserie Lambert", "Cabinet Roux & Associés", "Transports de la Vilaine", "Clinique du Parc", "Ville de Saint-Servan"];
const OFFERS: [(&str, &str, i64); 6] = [
    ("m30", "Illimité 30 Go", 30_000),
    ("m100", "Illimité 100 Go", 100_000),
    ("m5", "Illimité 5 Go", 5_000),
    ("v20", "Voyage 20 Go", 20_000),
    ("d50", "Données seules 50 Go", 50_000),
    ("m2m", "M2M 50 Mo", 50),
];

pub(super) fn number(index: i64) -> E164 {
    E164::from_digits(33_639_980_000 + index.unsigned_abs() * 37 % 10_000).expect("a number of the world")
}

pub(super) fn name(index: usize) -> String {
    format!("{} {}", FIRST[index % FIRST.len()], LAST[index * 5 % LAST.len()])
}

pub(super) fn row(index: usize) -> ListedLine {
    let ordinal = i64::try_from(index).unwrap_or_default();
    let (_, offer, size) = OFFERS[index * 7 % OFFERS.len()];
    let used = size * (113 - ordinal * 9 % 112) / 100;
    let kind = if offer.starts_with('D') || offer.starts_with("M2M") { LineKind::Data } else { LineKind::Mobile };
    let state = match index {
        5 => LineState::Suspended,
        9 => LineState::Activating,
        _ => LineState::Active,
    };
    let data_hold = match index {
        0 => DataHold::Stopped,
        1 => DataHold::Slowed,
        _ => DataHold::None,
    };
    let here = state != LineState::Activating;
    ListedLine {
        id: LineId(ordinal + 1),
        number: here.then(|| number(ordinal)),
        kind,
        state,
        data_hold,
        delivered: here.then(|| civil::date(2025, 1, 14).saturating_add(jiff::Span::new().days(ordinal * 17 % 600))),
        user: (index % 8 != 3).then(|| name(index)),
        customer: CUSTOMERS[index * 3 % CUSTOMERS.len()].into(),
        offer: offer.into(),
        sim: here.then(|| format!("893326321{:010}", 2_200_169_065 + ordinal * 7_919)),
        data: Some(Consumed { used: megabytes(if here { used } else { 0 }), included: Some(megabytes(size)) }),
        voice: units(0),
        out_of_bundle: Money::from_micros(if index % 4 == 2 { 1_350_000 * (ordinal % 13) + 84_500 } else { 0 }),
    }
}

pub(super) fn list(page: Page, role: Role, query: &str) -> ListPage {
    let filter = Filter::read(query);
    let total = match role {
        Role::Subscriber | Role::Member => 3,
        Role::FleetManager => 42,
        Role::ResellerAgent | Role::ResellerAdmin => 1_500,
        Role::OperatorAgent | Role::OperatorAdmin | Role::Accounting | Role::Auditor => 3_000,
    };
    let total = if filter.number.is_empty() { total } else { 0 };
    let shown = usize::try_from(total).unwrap_or_default().min(filter.size.rows() as usize);
    let current = if total > u64::from(filter.size.rows()) { filter.page.map_or(1, u32::from) } else { 1 };
    ListPage {
        page,
        offers: OFFERS.iter().map(|(key, name, _)| ((*key).to_owned(), (*name).to_owned())).collect(),
        rows: (0..shown).map(row).collect(),
        pages: pages(current, filter.size, total),
        filter,
    }
}

/// The same line as the holder of the account sees it, while its own holder alone sees what it uses.
pub(super) fn private(page: Page) -> ShowPage {
    ShowPage { is_private: true, ..show(page) }
}

pub(super) fn show(page: Page) -> ShowPage {
    let month = november();
    let role = page.viewer.as_ref().map_or(Role::Subscriber, |viewer| viewer.role);
    let data_by_day = (0..21).map(|day| megabytes(700 + day * 53 % 900 + if day > 13 { 1_400 } else { 0 })).collect::<Vec<_>>();
    let used = data_by_day.iter().map(|day| day.units()).sum();
    let sum = |count, quantity, price: i64| Sum { count, quantity: units(quantity), price: Money::from_micros(price) };
    let allowance = |name: &str, kind, used, included: Option<i64>| AllowanceUse {
        name: name.into(),
        kind,
        consumed: Consumed { used: units(used), included: included.map(units) },
    };
    let amount = Money::from_micros(5_000_000);
    let reached = |percent, day, hour| LineAlert {
        at: super::at(day, hour, 42, 0),
        event: AlertEvent::Reached { percent, allowance: "Illimité 30 Go".into() },
    };
    ShowPage {
        page,
        head: LineHead {
            id: LineId(1),
            number: Some(Party::Number(number(11))),
            kind: LineKind::Mobile,
            state: LineState::Active,
            data_hold: DataHold::None,
            user: Some(name(3)),
            customer: CUSTOMERS[0].into(),
            offer: "Illimité 30 Go".into(),
            options: vec!["Reste du monde 1 Go".into(), "Conférence".into()],
            network: Some("Réseau Nord".into()),
            at_end: Some(AtEnd::Stop),
            sim: Some("8933263212200169065".into()),
            delivered: Some(civil::date(2025, 3, 18)),
        },
        history: super::journal::history(&["identifier_changed"]),
        month,
        months: vec![month, month.previous(), month.previous().previous()],
        totals: LineTotals {
            data: Some(Consumed { used: units(used), included: Some(megabytes(35_000)) }),
            recharges: megabytes(5_000),
            options: units(0),
            data_out_of_bundle: megabytes(18),
            voice: sum(148, 34_420, 1_050_000),
            value_added: sum(3, 412, 2_550_000),
            sms: sum(212, 212, 0),
            mms: sum(9, 9, 300_000),
            out_of_bundle: Money::from_micros(7_512_500),
        },
        allowances: vec![
            allowance("Recharge 5 Go", UsageKind::Data, 1_850_000_000, Some(5_000_000_000)),
            allowance("Reste du monde 1 Go", UsageKind::Data, 873_000_000, Some(1_000_000_000)),
            allowance("Appels France et Europe", UsageKind::Voice, 34_420, None),
            allowance("Appels États-Unis et Canada 1 h", UsageKind::Voice, 1_295, Some(3_600)),
            allowance("SMS États-Unis et Canada", UsageKind::Sms, 100, Some(100)),
        ],
        alerts: vec![
            reached(80, 17, 9),
            reached(100, 19, 22),
            LineAlert { at: super::at(19, 22, 42, 10), event: AlertEvent::Stopped { kind: UsageKind::Data } },
            LineAlert { at: super::at(20, 8, 5, 0), event: AlertEvent::Lifted },
            LineAlert { at: super::at(20, 9, 12, 0), event: AlertEvent::OutOfBundle { amount, pack: None } },
            LineAlert {
                at: super::at(20, 9, 40, 0),
                event: AlertEvent::OutOfBundle { amount, pack: Some("Pack groupe 50 Go".into()) },
            },
            LineAlert {
                at: super::at(20, 10, 3, 0),
                event: AlertEvent::CapReached { percent: 80, owner: Some(SpendOwner::Customer), period: SpendPeriod::Month },
            },
            LineAlert { at: super::at(20, 11, 20, 0), event: AlertEvent::DespiteBlock { kind: UsageKind::Voice } },
            LineAlert { at: super::at(20, 11, 21, 0), event: AlertEvent::DespiteGuard },
        ],
        data_by_day,
        filter: JournalFilter::default(),
        usages: super::usage::journal(),
        is_private: false,
        is_wholesale: false,
        sim: Some((vocabulary::SimId(1), true)),
        to_confirm: Some(super::users::user(None)),
        payer: Some(super::users::payer()),
        split: Some(super::users::split()),
        services: super::changes::services(role),
        done: None,
        has_esim: true,
        has_voicemail: true,
        pages: pages(1, PageSize::TwentyFive, 431),
    }
}

/// A line that would have been better off with a smaller plan.
pub(super) fn offers(page: Page) -> OffersPage {
    let euros = |cents: i64| Money::from_micros(cents * 10_000);
    let offer = |name: &str, in_family, subscription: i64, usage: i64, held_back: i64| OfferCost {
        offer: name.to_lowercase(),
        name: name.into(),
        in_family,
        cost: Cost {
            subscription: euros(subscription),
            usage: euros(usage),
            data_held_back: megabytes(held_back),
            refused: u64::from(held_back > 20_000),
            ..Cost::default()
        },
    };
    let month = november();
    OffersPage {
        page,
        line: LineId(1),
        number: Party::Number(number(11)),
        comparison: Some(LineComparison {
            line: LineId(1),
            number: number(11).to_string(),
            months: vec![month.previous().previous(), month.previous()],
            now: offer("Illimité 30 Go", true, 2_100, 145, 0),
            others: vec![
                offer("Illimité 10 Go", true, 1_600, 145, 0),
                offer("Illimité 50 Go", true, 2_600, 145, 0),
                offer("Sans forfait", false, 500, 4_812, 0),
                offer("Illimité 5 Go", true, 1_400, 145, 6_400),
                offer("Illimité sans données", true, 800, 145, 22_900),
            ],
        }),
    }
}
