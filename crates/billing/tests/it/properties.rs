//! What holds whatever a customer has.

use crate::stage::{MAIN, Story, at_home, grandlarge, line, month, usage};
use billing::{
    Address, Buyer, InvoiceKind, LedgerAccount, LegalId, Letterhead, LineTerms, Mentions, PaymentMeans, Reach, Seller,
    SplitProfile, SplitSpell, Transfer, shared,
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use vocabulary::{BillingAccountId, Cents, Money, Timestamp, UsageKind};

const OFFERS: [&str; 6] = ["unlimited-30", "unlimited-100", "metered", "metered-data", "data-only-50", "travel-20"];
const DAY: i64 = 86_400;

fn any_line(id: i64) -> impl Strategy<Value = LineTerms> {
    let ended = prop::option::of(0_i64..120);
    let used = prop::collection::vec((0_usize..4, 0_i64..50_000_000), 0..4);
    (0..OFFERS.len(), 0_i64..100, ended, used, prop::option::of(0_u8..=100)).prop_map(
        move |(offer, start, ended, used, split)| {
            let offer = if OFFERS[offer] == "data-only-50" { "unlimited-5" } else { OFFERS[offer] };
            let mut one = line(id, ("orange", offer), "2026-09-01T00:00");
            one.started = one.started.plus_seconds(start * DAY / 2);
            one.ended = ended.map(|days| one.started.plus_seconds(days * DAY / 2));
            let reach = [Reach::Home, Reach::Special, Reach::Abroad, Reach::Roaming];
            one.usage = used
                .iter()
                .map(|(at, micros)| {
                    let mut charge = usage(UsageKind::Voice, reach[*at], "0");
                    charge.amount = Money::from_micros(*micros);
                    charge
                })
                .collect();
            one.usage.sort_by_key(|charge| charge.group);
            one.usage.dedup_by_key(|charge| charge.group);
            let share = |per_cent| Some((SplitProfile::Share { per_cent }, BillingAccountId(2)));
            one.splits =
                split.map(|per_cent| SplitSpell { since: month("2026-12"), share: share(per_cent) }).into_iter().collect();
            one
        },
    )
}

pub(crate) fn any_lines() -> impl Strategy<Value = Vec<LineTerms>> {
    (1_i64..6).prop_flat_map(|count| (0..count).map(|id| any_line(id + 1)).collect::<Vec<_>>())
}

pub(crate) fn letterhead() -> Letterhead {
    let address = |town: &str| Address {
        lines: vec!["1 rue du Pont".to_owned()],
        postcode: "68000".to_owned(),
        town: town.to_owned(),
        country: "FR".parse().unwrap(),
    };
    let seller = Seller {
        name: "Vallée".to_owned(),
        trading_name: None,
        legal_form: String::new(),
        legal_id: LegalId { scheme: "0002".to_owned(), number: "732829320".to_owned() },
        vat_number: "FR44732829320".to_owned(),
        address: address("Colmar"),
        electronic: None,
        telephone: String::new(),
        email: String::new(),
        colour: "#1d4ed8".to_owned(),
        logo: None,
    };
    let buyer = Buyer {
        name: "Claire Muller".to_owned(),
        business: false,
        reference: "C1".to_owned(),
        account: "main".to_owned(),
        legal_id: None,
        vat_number: None,
        address: address("Munster"),
        electronic: None,
    };
    Letterhead {
        number: billing::InvoiceNumber::new("VA", 2026, 1),
        kind: InvoiceKind::Invoice,
        issued: "2026-12-01".parse().unwrap(),
        due: "2026-12-15".parse().unwrap(),
        month: "2026-12".parse().unwrap(),
        currency: "EUR".into(),
        language: "fr".into(),
        seller,
        buyer,
        means: PaymentMeans::Nothing,
        mentions: Mentions::default(),
        past: Vec::new(),
    }
}

/// What the accounts of the ledger stand at after some transfers: debits less credits.
fn balances(transfers: &[Transfer]) -> BTreeMap<LedgerAccount, Cents> {
    let mut balances: BTreeMap<LedgerAccount, Cents> = BTreeMap::new();
    for transfer in transfers {
        assert!(transfer.amount.is_positive() && transfer.debit != transfer.credit);
        let debited = balances.entry(transfer.debit).or_default();
        *debited = *debited + transfer.amount;
        let credited = balances.entry(transfer.credit).or_default();
        *credited = *credited - transfer.amount;
    }
    balances
}

proptest! {
    /// BIL-01: whatever is billed twice is asked for once, and the order of the lines does not matter.
    #[test]
    fn a_run_made_twice_is_made_once(lines in any_lines()) {
        let mut turned = lines.clone();
        turned.reverse();
        let mut story = Story::of(grandlarge(), lines);
        let drafts = |story: &Story<'_>| [1, 2].map(|account| story.draft("2026-12", BillingAccountId(account), at_home()));
        let again = Story::of(grandlarge(), turned);
        prop_assert_eq!(drafts(&story), drafts(&again));
        story.bill("2026-12");
        prop_assert_eq!(story.bill_again("2026-12"), Vec::<String>::new());
    }

    /// BIL-01: whenever a line begins and ends, all its bills together are its days of the first month and whole months after it.
    #[test]
    fn all_bills_together_are_what_a_line_was_there(start in 0_i64..200, days in 1_i64..400) {
        let mut one = line(1, ("orange", "unlimited-30"), "2026-09-01T00:00");
        one.started = Timestamp::from_micros(one.started.micros() + start * DAY * 500_000);
        one.ended = Some(one.started.plus_seconds(days * DAY / 2));
        let zone = jiff::tz::TimeZone::get("Europe/Paris").unwrap();
        let first = one.started.to_local(&zone).date();
        let last = Timestamp::from_micros(one.ended.unwrap().micros() - 1).to_local(&zone).date();
        let months = i64::from(last.year() - first.year()) * 12 + i64::from(last.month() - first.month());
        let counted = i64::from(last.min(first.last_of_month()).day() - first.day()) + 1;
        let by_days = (10_500_000 * counted * 2 / i64::from(first.days_in_month()) + 10_000) / 20_000;
        let mut story = Story::of(grandlarge(), vec![one]);
        let mut all = 0;
        let mut month: vocabulary::Month = "2026-09".parse().unwrap();
        for _ in 0..14 {
            let before = story.customer.billed.len();
            story.bill(&month.to_string());
            all += story.customer.billed[before..].iter().map(|billed| billed.amount.get()).sum::<i64>();
            month = month.next();
        }
        prop_assert_eq!(all, by_days + months * 1050);
    }

    /// FLT-20: the bills of both payers together are the whole.
    #[test]
    fn split_bills_are_the_whole(lines in any_lines()) {
        let story = Story::of(grandlarge(), lines);
        let dues = story.run("2026-12").due(&story.customer).unwrap();
        let whole: Cents = dues.iter().map(|due| due.amount).sum();
        let paid: Cents = shared(&story.customer, &dues).values().flatten().map(|charge| charge.amount).sum();
        prop_assert_eq!(paid, whole);
    }

    /// BIL-06, BIL-02: transfers balance, and the customer owes what the bill says, to the cent.
    #[test]
    fn transfers_balance(lines in any_lines()) {
        let story = Story::of(grandlarge(), lines);
        let Some(draft) = story.draft("2026-12", MAIN, at_home()) else { return Ok(()) };
        let invoice = draft.issue(letterhead());
        let balances = balances(&invoice.transfers(MAIN));
        prop_assert_eq!(balances.values().copied().sum::<Cents>(), Cents::ZERO);
        let owed = balances.get(&LedgerAccount::Receivable(MAIN)).copied().unwrap_or_default();
        prop_assert_eq!(owed, invoice.totals.gross);
        prop_assert_eq!(invoice.totals.net, invoice.vat.iter().map(|vat| vat.base).sum());
        prop_assert_eq!(invoice.totals.gross, invoice.totals.net + invoice.totals.vat);
    }
}
