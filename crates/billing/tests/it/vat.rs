//! VAT: by country, customer, class and day.

use crate::stage::{MAIN, Story, at, at_home, cents, line, option, usage, vallee, vallee_with_rates};
use billing::{Before, Item, Reach, Taxable, Unbillable, VatCategory, VatParties};
use vocabulary::UsageKind;

fn parties(buyer: &str, taxable: Taxable) -> VatParties {
    VatParties { seller: "FR".parse().unwrap(), buyer: buyer.parse().unwrap(), taxable }
}

/// BIL-02: at home at the rate of home, a business of the Union by reverse charge, a consumer of the Union at its own rate, others not at all.
#[test]
fn vat_is_of_where_the_customer_is() {
    let rates = &vallee().world.vat;
    let terms = |buyer: &str, taxable| {
        let day = "2026-12-01".parse().unwrap();
        let terms = parties(buyer, taxable).terms(rates, catalog::VatClass::Standard, day).unwrap();
        (terms.category.code(), terms.rate.hundredths())
    };
    assert_eq!(terms("FR", Taxable::Consumer), ("S", 2000));
    assert_eq!(terms("FR", Taxable::Business), ("S", 2000));
    assert_eq!(terms("RE", Taxable::Business), ("S", 850), "overseas");
    assert_eq!(terms("MC", Taxable::Consumer), ("S", 2000), "Monaco is France for VAT (directive 2006/112, article 7)");
    assert_eq!(terms("BE", Taxable::Business), ("AE", 0));
    assert_eq!(terms("BE", Taxable::Consumer), ("S", 2100));
    assert_eq!(terms("CH", Taxable::Business), ("O", 0));
    assert_eq!(terms("CH", Taxable::Consumer), ("O", 0));
}

/// BIL-02: an invoice by reverse charge says so and asks for no VAT.
#[test]
fn a_reverse_charge_is_said() {
    let mut story = Story::of(vallee(), vec![line(1, ("vallee", "internet-300"), "2026-03-01T00:00")]);
    story.before = Before::Elsewhere;
    let draft = story.draft("2026-12", MAIN, parties("BE", Taxable::Business)).unwrap();
    assert_eq!(draft.vat.len(), 1);
    assert_eq!((draft.vat[0].terms.category, draft.vat[0].exemption.as_str()), (VatCategory::ReverseCharge, "Autoliquidation"));
    assert_eq!((draft.totals.net.get(), draft.totals.gross.get()), (2490, 2490));
}

/// BIL-02: VAT is of the sum of each rate, not of each line.
#[test]
fn vat_is_of_the_sum() {
    let mut one = line(1, ("rhenane", "mobile-2"), "2026-03-01T00:00");
    one.usage = [Reach::Home, Reach::Abroad, Reach::Special].map(|reach| usage(UsageKind::Voice, reach, "0.02")).to_vec();
    let mut story = Story::of(vallee(), vec![one]);
    story.before = Before::Elsewhere;
    let draft = story.draft("2026-12", MAIN, at_home()).unwrap();
    // 6.66 + 3 × 0.02 = 6.72; a fifth is 1.344. By line it would be 1.33.
    assert_eq!((draft.totals.net.get(), draft.totals.vat.get()), (672, 134));
}

/// BIL-02: a rate that changes in the middle of a month parts what is paid for its days; usage has the rate of its last day.
#[test]
fn a_change_of_rate_parts_a_month() {
    let catalog = vallee_with_rates("FR,FR,standard,2026-12-16,21\n");
    let mut one = line(1, ("rhenane", "mobile-20"), "2026-03-01T00:00");
    one.options = vec![option("mobile-data-5", "2026-03-01T00:00", None)];
    one.usage = vec![usage(UsageKind::Voice, Reach::Home, "1.00")];
    let mut story = Story::of(&catalog, vec![one]);
    story.before = Before::Elsewhere;
    let draft = story.draft("2026-12", MAIN, at_home()).unwrap();
    let lines: Vec<_> = draft.lines.iter().map(|l| (l.from.day(), l.to.day(), l.net.get(), l.vat.rate.hundredths())).collect();
    // 11.66 × 15/31 = 5.64; 4.16 × 15/31 = 2.01.
    assert_eq!(lines, [(1, 15, 564, 2000), (16, 31, 602, 2100), (1, 15, 201, 2000), (16, 31, 215, 2100), (1, 30, 100, 2000)]);
    assert_eq!(draft.totals.net.get(), 1166 + 416 + 100);
}

/// BIL-02: what is sold once has the rate of its day.
#[test]
fn what_is_sold_once_has_the_rate_of_its_day() {
    let catalog = vallee_with_rates("FR,FR,standard,2026-12-16,21\n");
    let mut one = line(1, ("rhenane", "mobile-20"), "2026-03-01T00:00");
    let swap = |day: &str| (at(day), Item::SimSwap, "5.00".parse().unwrap());
    one.fees = ["2026-12-10T12:00", "2026-12-15T23:59", "2026-12-16T00:00"].map(swap).to_vec();
    let draft = Story::of(&catalog, vec![one]).draft("2027-01", MAIN, at_home()).unwrap();
    let swaps = draft.lines.iter().filter(|line| line.item == Item::SimSwap);
    let told: Vec<_> = swaps.map(|line| (line.from.day(), line.net.get(), line.vat.rate.hundredths())).collect();
    assert_eq!(told, [(10, 500, 2000), (15, 500, 2000), (16, 500, 2100)]);
}

/// BIL-02, BIL-03: what is asked for at one rate and given back at another comes to VAT that goes the other way than its amount: no invoice says that,
/// and the customer is put aside for somebody to look.
#[test]
fn vat_goes_the_way_of_its_amount() {
    let tv = line(1, ("vallee", "tv-premium"), "2026-03-01T00:00");
    let mut mobile = line(2, ("rhenane", "mobile-2"), "2026-03-01T00:00");
    mobile.corrections = vec![("2026-10".parse().unwrap(), "-22.50".parse().unwrap())];
    let mut story = Story::of(vallee(), vec![tv, mobile]);
    story.before = Before::Elsewhere;
    // 26.90 at 10 % and 6.66 - 22.50 at 20 %.
    let refused = story.tried("2026-12", MAIN, at_home()).unwrap_err();
    let (net, vat) = (cents(1106), cents(-48));
    assert_eq!(refused, Unbillable::MixedRates { net, vat });
    story.customer.lines[1].corrections.clear();
    assert_eq!(story.draft("2026-12", MAIN, at_home()).unwrap().totals.vat, cents(269 + 133));
}

/// BIL-02: without a rate nothing is guessed.
#[test]
fn a_rate_that_is_not_known_is_named() {
    let day = "1950-01-01".parse().unwrap();
    let error = at_home().terms(&vallee().world.vat, catalog::VatClass::Standard, day).unwrap_err();
    assert_eq!(error.to_string(), "no rate of VAT is known for `FR` on 1950-01-01: world/vat.csv needs a row");
}
