//! What may follow of a payment, whatever its provider tells and in whatever order.

use billing::{
    AmountRefusal, AsideReason, BankAmount, Currency, LedgerAccount, PaymentNews, PaymentState, PaymentStep, given_back,
    may_be_paid, payment_transfer, refund_transfer,
};
use proptest::prelude::*;
use vocabulary::{BillingAccountId, Cents};

fn euros(cents: i64) -> BankAmount {
    BankAmount { cents: Cents::new(cents), currency: Currency::EURO }
}

fn francs(cents: i64) -> BankAmount {
    BankAmount { currency: Currency::try_from("CHF".to_owned()).unwrap(), ..euros(cents) }
}

const ASKED: i64 = 1_399;

fn news() -> impl Strategy<Value = PaymentNews> {
    prop_oneof![
        Just(PaymentNews::UnderWay),
        Just(PaymentNews::Succeeded(euros(ASKED))),
        Just(PaymentNews::Succeeded(euros(ASKED + 1))),
        Just(PaymentNews::Succeeded(francs(ASKED))),
        Just(PaymentNews::Refused("card declined".to_owned())),
        Just(PaymentNews::Expired),
    ]
}

/// CUS-09: what is owed may be paid, or less; nothing else, each with its reason.
#[test]
fn an_amount_is_refused_by_name() {
    assert_eq!(may_be_paid(euros(1), euros(ASKED)), Ok(()));
    assert_eq!(may_be_paid(euros(ASKED), euros(ASKED)), Ok(()));
    assert_eq!(may_be_paid(euros(0), euros(ASKED)), Err(AmountRefusal::Nothing));
    assert_eq!(may_be_paid(euros(-1), euros(ASKED)), Err(AmountRefusal::Negative));
    assert_eq!(may_be_paid(euros(ASKED + 1), euros(ASKED)), Err(AmountRefusal::MoreThanOwed(Cents::new(ASKED))));
    assert_eq!(may_be_paid(francs(ASKED), euros(ASKED)), Err(AmountRefusal::OtherCurrency(Currency::EURO)));
    for owed in [0, -5] {
        assert_eq!(may_be_paid(euros(1), euros(owed)), Err(AmountRefusal::NothingOwed));
    }
}

/// BIL-07: a success counts late too, after a refusal or an expiry, and once; nothing that comes after undoes it.
#[test]
fn a_success_counts_late_and_once() {
    let success = PaymentNews::Succeeded(euros(ASKED));
    for (word, state) in PaymentState::WORDS {
        assert_eq!(PaymentState::named(word), Some(state));
        let expected = if state == PaymentState::Succeeded { PaymentStep::Nothing } else { PaymentStep::Counts };
        assert_eq!(state.after(&success, euros(ASKED)), expected, "{word}");
        let wrong = PaymentNews::Succeeded(francs(ASKED));
        let aside = PaymentStep::Aside(AsideReason::OtherCurrency { asked: euros(ASKED), paid: francs(ASKED) });
        assert_eq!(state.after(&wrong, euros(ASKED)), aside, "{word}");
    }
    assert_eq!(PaymentState::Expired.after(&PaymentNews::UnderWay, euros(ASKED)), PaymentStep::Nothing);
    assert_eq!(PaymentState::Asked.after(&PaymentNews::Expired, euros(ASKED)), PaymentStep::Becomes(PaymentState::Expired));
}

/// BIL-07: what goes back is the rest of what was told in all, never more than was paid.
#[test]
fn no_more_is_given_back_than_was_paid() {
    let cents = Cents::new;
    assert_eq!(given_back(cents(10), cents(0), cents(4)), Some(cents(4)));
    assert_eq!(given_back(cents(10), cents(4), cents(10)), Some(cents(6)));
    for (known, told) in [(4, 4), (4, 3), (4, 11), (0, 0), (0, -1)] {
        assert_eq!(given_back(cents(10), cents(known), cents(told)), None, "{known} {told}");
    }
    let account = BillingAccountId(17);
    let (paid, back) = (payment_transfer(account, cents(10)).unwrap(), refund_transfer(account, cents(10)).unwrap());
    assert_eq!((paid.debit, paid.credit), (LedgerAccount::CardProvider, LedgerAccount::Receivable(account)));
    assert_eq!((back.debit, back.credit), (paid.credit, paid.debit));
    assert_eq!(payment_transfer(account, Cents::ZERO), None);
}

proptest! {
    /// BIL-07: whatever is told, however often and in whatever order, a payment counts once if what was asked was ever paid, and else never.
    #[test]
    fn a_payment_counts_once_in_any_order(told in prop::collection::vec(news(), 0..12)) {
        let (mut state, mut counted) = (PaymentState::Asked, 0);
        for news in &told {
            match state.after(news, euros(ASKED)) {
                PaymentStep::Counts => (state, counted) = (PaymentState::Succeeded, counted + 1),
                PaymentStep::Becomes(next) => {
                    prop_assert_ne!(state, PaymentState::Succeeded);
                    prop_assert_ne!(next, PaymentState::Succeeded);
                    state = next;
                }
                PaymentStep::Nothing | PaymentStep::Aside(_) => {}
            }
        }
        let was_paid = told.contains(&PaymentNews::Succeeded(euros(ASKED)));
        prop_assert_eq!(counted, i32::from(was_paid));
        prop_assert_eq!(state == PaymentState::Succeeded, was_paid);
    }
}
