use super::{
    at,
    lines::{name, number, row},
    november, pages,
};
use crate::{
    Page, Role,
    compare::{BeginForm, Calculation, Stage, draft::DraftPage, offers::ComparisonPage},
    pagination::PageSize,
};
use operations::{
    CustomerName, Fault,
    compare::{BeginRefusal, Cost, DraftFound, DraftRefusal, NamedSaving, OfferDifference, OffersFound, Saving},
};
use std::sync::Arc;
use vocabulary::{LineId, Money, Party};

fn euros(cents: i64) -> Money {
    Money::from_micros(cents * 10_000)
}

fn form() -> BeginForm {
    let customer = |reference: &str, name: &str| CustomerName { reference: reference.into(), name: name.into() };
    let suggested = vec![customer("C104233", "Menuiserie Lambert"), customer("C104871", "Transports de la Vilaine")];
    BeginForm { suggested, customer: String::new(), refusal: None }
}

fn calculation(stage: Stage) -> Option<Calculation> {
    Some(Calculation { customer: None, begun: at(21, 14, 32, 0), stage })
}

/// Many lines of which some would have cost less.
pub(super) fn offers(page: Page, role: Role) -> ComparisonPage {
    let scale = match role {
        Role::Subscriber | Role::Member => 1,
        Role::FleetManager => 14,
        Role::ResellerAgent
        | Role::ResellerAdmin
        | Role::OperatorAgent
        | Role::OperatorAdmin
        | Role::Accounting
        | Role::Auditor => 480,
    };
    let better = 3 * scale;
    let rows = (0..better.min(25)).map(|index| {
        let listed = row(usize::try_from(index).unwrap_or_default());
        let saving = Saving {
            line: LineId(index + 1),
            offer: String::new(),
            cheapest: String::new(),
            in_family: index % 4 != 1,
            now: euros(6_300 + 40 * (better - index)),
            then: euros(2_100),
        };
        NamedSaving {
            saving,
            number: Party::Number(number(index)),
            user: (index % 5 != 2).then(|| name(usize::try_from(index).unwrap_or_default())),
            customer: listed.customer,
            offer: "Illimité 100 Go".into(),
            cheapest: if index % 4 == 1 { "À la consommation" } else { "Illimité 30 Go" }.into(),
        }
    });
    let count = better.unsigned_abs();
    let found = OffersFound {
        months: [november().previous().previous(), november().previous()].into(),
        lines: 4 * count,
        better: count,
        passed_over: if role == Role::Subscriber { 0 } else { 2 },
        now: euros(4_512_000),
        then: euros(3_871_350),
        savings: Vec::new(),
    };
    ComparisonPage {
        form: if page.sees_several_customers() { form() } else { BeginForm::default() },
        page,
        calculation: calculation(Stage::Done),
        rows: rows.collect(),
        pages: pages(1, PageSize::TwentyFive, count),
        found: Some(Arc::new(found)),
    }
}

/// A calculation that goes on.
pub(super) fn running(page: Page) -> ComparisonPage {
    let customer = page.sees_several_customers().then(|| form().suggested.remove(0));
    ComparisonPage {
        page,
        form: form(),
        calculation: Some(Calculation { customer, begun: at(21, 14, 32, 0), stage: Stage::Running(1_240, 2_874) }),
        rows: Vec::new(),
        pages: pages(1, PageSize::TwentyFive, 0),
        found: None,
    }
}

/// A draft that costs something.
pub(super) fn draft(page: Page) -> DraftPage {
    let cost = |subscription, refused| Cost { subscription: euros(subscription), refused, ..Cost::default() };
    let offer = |lines, now, then, refused| OfferDifference {
        offer: String::new(),
        lines,
        now: cost(now, 0),
        draft: cost(then, refused),
    };
    let found = DraftFound {
        files: vec!["offers.toml".into(), "prices.csv".into()],
        months: [november().previous().previous(), november().previous()].into(),
        offers: vec![offer(1_120, 2_352_000, 2_128_000, 0), offer(412, 576_800, 601_200, 0), offer(61, 128_100, 128_100, 14)],
    };
    let names = ["Illimité 30 Go", "Illimité 5 Go", "Voyage 20 Go"].map(str::to_owned).to_vec();
    DraftPage { calculation: calculation(Stage::Done), found: Some(Arc::new(found)), names, ..empty(page) }
}

/// A draft with mistakes, for a customer whom nobody knows.
pub(super) fn draft_with_mistakes(page: Page) -> DraftPage {
    let fault = |file: &str, line, field: &str, reason: &str| Fault {
        file: file.into(),
        line,
        field: field.into(),
        reason: reason.into(),
    };
    let faults = vec![
        fault("offers.toml", 40, "price", "`cheap` is not an amount such as 10.50"),
        fault("notes.csv", 0, "", "is no file of a catalogue version"),
    ];
    let form = BeginForm { customer: "Lambert".into(), refusal: Some(BeginRefusal::UnknownCustomer), ..form() };
    DraftPage { form, refusal: Some(DraftRefusal::Faults(faults)), ..empty(page) }
}

fn empty(page: Page) -> DraftPage {
    DraftPage {
        page,
        form: form(),
        file_names: vec!["offers.toml", "options.toml", "zones.csv", "prices.csv"],
        refusal: None,
        calculation: None,
        found: None,
        names: Vec::new(),
    }
}
