use super::{cents, day, invoice};
use billing::{Claim, OpenItems, Settlement};
use proptest::prelude::*;
use vocabulary::Cents;

fn claim(number: &str, amount: i64, due: &str) -> Claim {
    Claim { number: invoice(number), amount: cents(amount), due: day(due) }
}

fn pays(of: Option<&str>, amount: i64) -> Settlement {
    Settlement { of: of.map(invoice), amount: cents(amount) }
}

/// What is open, credit and owed beside, as text.
fn shown(claims: &[Claim], settlements: &[Settlement]) -> String {
    let open = OpenItems::of(claims, settlements);
    let items: Vec<String> = open.items.iter().map(|item| format!("{}:{}", item.number, item.open)).collect();
    format!("{} credit {} beside {}", items.join(" "), open.credit, open.beside)
}

/// BIL-08: a payment that names an invoice pays it first; the rest, and what names none, goes to the oldest.
#[test]
fn a_payment_pays_what_it_names_and_then_the_oldest() {
    let claims = [claim("A1", 1000, "2026-01-20"), claim("A2", 2000, "2026-02-20"), claim("A3", 3000, "2026-03-20")];
    assert_eq!(shown(&claims, &[]), "A1:10.00 A2:20.00 A3:30.00 credit 0.00 beside 0.00");
    assert_eq!(shown(&claims, &[pays(Some("A2"), 500)]), "A1:10.00 A2:15.00 A3:30.00 credit 0.00 beside 0.00");
    assert_eq!(shown(&claims, &[pays(Some("A2"), 2500)]), "A1:5.00 A3:30.00 credit 0.00 beside 0.00", "the rest pays the oldest");
    assert_eq!(shown(&claims, &[pays(None, 1500)]), "A2:15.00 A3:30.00 credit 0.00 beside 0.00");
    assert_eq!(
        shown(&claims, &[pays(Some("Z9"), 1500)]),
        "A2:15.00 A3:30.00 credit 0.00 beside 0.00",
        "of an invoice that is not here"
    );
    assert_eq!(shown(&claims, &[pays(None, 6100)]), " credit 1.00 beside 0.00");
    let returned = [pays(Some("A1"), 1000), pays(Some("A1"), -1000)];
    assert_eq!(shown(&claims[..1], &returned), "A1:10.00 credit 0.00 beside 0.00", "a debit that came back opens it again");
    assert_eq!(shown(&[], &[pays(None, -700)]), " credit 0.00 beside 7.00");
    let nothing = [claim("A0", 0, "2026-01-01"), claim("C1", -300, "2026-01-02"), claims[0].clone()];
    assert_eq!(shown(&nothing, &[]), "A1:7.00 credit 0.00 beside 0.00", "an invoice of less than nothing is credit");
    assert_eq!(OpenItems::of(&claims, &[]).overdue(day("2026-02-20")), cents(1000), "on its day it is not overdue");
}

prop_compose! {
    fn account()(
        claims in prop::collection::vec((0..12_usize, -500..5_000_i64, 1..28_i8), 0..12),
        settlements in prop::collection::vec((prop::option::of(0..14_usize), -2_000..6_000_i64), 0..12),
    ) -> (Vec<Claim>, Vec<Settlement>) {
        let name = |place: usize| format!("A{place}");
        (
            claims.into_iter().map(|(place, amount, due)| claim(&name(place), amount, &format!("2026-01-{due:02}"))).collect(),
            settlements.into_iter().map(|(of, amount)| pays(of.map(name).as_deref(), amount)).collect(),
        )
    }
}

proptest! {
    /// BIL-08: whatever came in whatever order, what is open adds up to what was asked less what was paid.
    #[test]
    fn what_is_open_is_the_balance_in_any_order((claims, settlements) in account(), seed in any::<u64>()) {
        let open = OpenItems::of(&claims, &settlements);
        let asked: Cents = claims.iter().map(|claim| claim.amount).sum();
        let paid: Cents = settlements.iter().map(|settlement| settlement.amount).sum();
        prop_assert_eq!(open.balance(), asked - paid);
        prop_assert!(open.items.iter().all(|item| item.open.is_positive()));
        prop_assert!(open.credit.is_zero() || (open.items.is_empty() && open.beside.is_zero()));
        prop_assert!(open.items.is_sorted_by_key(|item| (item.due, item.number.clone())));
        let turned = |length: usize| usize::try_from(seed % (length.max(1) as u64)).unwrap();
        let (mut others, mut again) = (claims, settlements);
        others.reverse();
        let (by_claims, by_settlements) = (turned(others.len()), turned(again.len()));
        others.rotate_left(by_claims);
        again.rotate_left(by_settlements);
        again.reverse();
        prop_assert_eq!(OpenItems::of(&others, &again), open);
    }
}
