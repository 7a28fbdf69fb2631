use super::{
    at,
    lines::{number, row},
    megabytes, november, units,
};
use crate::{
    Page, Role,
    home::{Attention, Concern, HomePage, StateCount},
};
use operations::{
    Consumed, LineKind,
    lines::{DataHold, LineState, ListedLine, OfferLines},
};
use vocabulary::{E164, LineId, Money};

pub(super) fn home(page: Page, role: Role) -> HomePage {
    let (counts, scale) = match role {
        Role::Subscriber | Role::Member => ([0, 3, 0, 0], 1),
        Role::FleetManager => ([1, 38, 2, 1], 20),
        Role::ResellerAgent | Role::ResellerAdmin => ([12, 1_431, 24, 33], 600),
        Role::OperatorAgent | Role::OperatorAdmin | Role::Accounting | Role::Auditor => ([31, 2_874, 41, 54], 1_200),
    };
    let small = role == Role::Subscriber;
    let tiles = if small { tiles() } else { Vec::new() };
    let offers = [
        ("m30", "Illimité 30 Go", 38),
        ("m100", "Illimité 100 Go", 24),
        ("m5", "Illimité 5 Go", 17),
        ("d50", "Données seules 50 Go", 11),
        ("v20", "Voyage 20 Go", 7),
        ("m2m", "M2M 50 Mo", 3),
    ];
    HomePage {
        month: november(),
        states: LineState::ALL
            .into_iter()
            .filter(|state| *state != LineState::Ending)
            .zip(counts)
            .map(|(state, count)| StateCount { state, count })
            .collect(),
        tiles,
        attention: attention(if small { 1 } else { 8 }),
        attention_total: if small { 1 } else { counts[1] / 14 + 6 },
        out_of_bundle_by_day: (0..21).map(|day| Money::from_micros(scale * (day * 37 % 11) * (day * 13 % 7) * 21_300)).collect(),
        out_of_bundle_before: Money::from_micros(scale * 2_845_000),
        data_by_day: (0..21).map(|day| megabytes(scale * (900 + day * 53 % 700))).collect(),
        data_before: (0..31).map(|day| megabytes(scale * (820 + day * 71 % 640))).collect(),
        offers: offers
            .into_iter()
            .map(|(key, offer, share)| OfferLines { name: offer.into(), id: key.into(), lines: (counts[1] * share / 100).max(1) })
            .collect(),
        imported_at: Some(at(21, 14, 32, 0)),
        page,
    }
}

fn tiles() -> Vec<ListedLine> {
    let tile = |id, number: u64, kind, user: &str, offer: &str| ListedLine {
        id: LineId(id),
        number: E164::from_digits(number),
        kind,
        state: LineState::Active,
        data_hold: DataHold::None,
        delivered: None,
        user: Some(user.into()),
        customer: "Foyer Muller".into(),
        sim: None,
        offer: offer.into(),
        data: None,
        voice: units(5_412 * id),
        out_of_bundle: Money::ZERO,
    };
    let data = |used, included| Some(Consumed { used: megabytes(used), included: Some(megabytes(included)) });
    vec![
        ListedLine {
            out_of_bundle: Money::from_micros(1_840_000),
            ..tile(1, 33_388_001_122, LineKind::Fixed, "Claire", "Fixe illimité")
        },
        ListedLine { data: data(12_400, 30_000), ..tile(2, 33_639_980_011, LineKind::Mobile, "Claire", "Mobile 30 Go") },
        ListedLine {
            data: data(5_000, 5_000),
            data_hold: DataHold::Stopped,
            ..tile(3, 33_639_980_085, LineKind::Mobile, "Léo", "Mobile 5 Go bloqué")
        },
    ]
}

fn attention(count: usize) -> Vec<Attention> {
    let lines = (0..count).map(|index| {
        let row = row(index);
        let concern = match (index, row.data) {
            (0, _) => Concern::Data(DataHold::Stopped),
            (1, _) => Concern::Data(DataHold::Slowed),
            (2..4, Some(data)) => Concern::Allowance(data),
            _ => Concern::OutOfBundle(Money::from_micros(84_320_000 / i64::try_from(index).unwrap_or(1).max(1))),
        };
        let number = if count == 1 { E164::from_digits(33_639_980_085) } else { row.number }.unwrap_or_else(|| number(0));
        Attention { line: row.id, number, kind: row.kind, user: row.user, customer: row.customer, concern }
    });
    lines.collect()
}
