//! What payment providers tell in an order of their own, and what counts nothing until somebody has looked at it (BIL-07).

use crate::{
    payments::{signed, stage},
    stage::actor,
};
use billing::{BankAmount, Currency};
use operations::{
    payment_provider::{PaymentProvider, RefundAsked},
    payment_sandbox::{Mood, SandboxCallback},
    payments::{self, PaymentState, SettleRefusal, Taken},
    permission::Role,
};
use store::Scope;
use vocabulary::Cents;

/// BIL-07: a provider may tell that money was given back before it tells that it was paid: both count, once each.
#[tokio::test(flavor = "multi_thread")]
async fn a_refund_told_before_its_payment_counts() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let to_pay = stage.ask_all("form 1").await;
        let chosen = stage.choose(&to_pay, Mood::Success);
        let reference = to_pay.url.rsplit('/').next().unwrap().to_owned();
        let amount = BankAmount { cents: Cents::new(300), currency: Currency::EURO };
        let back = RefundAsked { payment: to_pay.payment, reference: reference.clone(), amount, total: amount.cents, failed: 0 };
        stage.sandbox.refund(&back).await.unwrap();
        let told = stage.sandbox.tells_given_back(&reference, stage.house.clock.now()).unwrap();
        let first = payments::take_callback(&stage.house, stage.issuer, signed(Some(&told.signature)), &told.body).await.unwrap();
        assert_eq!(first, Ok(Taken::Counted));
        assert_eq!((stage.state(to_pay.payment).await, stage.balance().await), (PaymentState::Succeeded, amount.cents));
        assert_eq!(stage.deliver(&chosen).await, [Ok(Taken::Known)], "what it tells late is known");
        assert_eq!((stage.balance().await, stage.aside().await), (amount.cents, vec![]));
    }
}

/// BIL-07: what was set aside waits until somebody says what it was, once; only who gives money back may.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_set_aside_is_settled_once() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let scope = Scope::operator(stage.issuer.operator);
        let (staff, agent) = (actor(scope, Role::Accounting), actor(scope, Role::OperatorAgent));
        let to_pay = stage.ask_all("form 1").await;
        let chosen = stage.choose(&to_pay, Mood::WrongAmount);
        assert_eq!(stage.deliver(&chosen).await, [Ok(Taken::Aside)]);

        let shown = payments::problems(&stage.house, &staff).await.unwrap().unwrap();
        assert_eq!((shown.waiting.len(), shown.settled.len(), shown.can_settle), (1, 0, true));
        assert!(payments::problems(&stage.house, &stage.payer).await.unwrap().is_none());
        let event = (shown.waiting[0].provider.as_str(), shown.waiting[0].event.as_str());
        assert_eq!(payments::settle(&stage.house, &agent, event, "x").await.unwrap(), None);
        assert!(!payments::problems(&stage.house, &agent).await.unwrap().unwrap().can_settle);
        let settle = async |said: &str| payments::settle(&stage.house, &staff, event, said).await.unwrap().unwrap();
        assert_eq!(settle("  ").await, Err(SettleRefusal::Said(None)));
        assert!(matches!(settle("a\u{202e}b").await, Err(SettleRefusal::Said(Some(_)))));
        let both = tokio::join!(settle("Vu avec le prestataire"), settle("Vu avec le prestataire"));
        assert!([both.0, both.1].contains(&Ok(())) && [both.0, both.1].contains(&Err(SettleRefusal::Over)), "{both:?}");
        let shown = payments::problems(&stage.house, &staff).await.unwrap().unwrap();
        assert_eq!((shown.waiting.len(), shown.settled.len()), (0, 1));
        let (said, _, by) = shown.settled[0].settled.clone().unwrap();
        assert_eq!((said.as_str(), by), ("Vu avec le prestataire", staff.name.clone()));
        stage.house.store.verify_journal(stage.issuer.operator, None).await.unwrap();
    }
}

/// BIL-07: what who paid disputes is owed again, once however often it is told, and is for staff to answer; a dispute that is won pays again. What was given back
/// and did not arrive is the account's again, once whatever Stripe calls the event, and may be given back anew.
#[tokio::test(flavor = "multi_thread")]
async fn disputes_and_refunds_that_fail_count_once() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let staff = actor(Scope::operator(stage.issuer.operator), Role::Accounting);
        let to_pay = stage.ask_all("form 1").await;
        stage.deliver(&stage.choose(&to_pay, Mood::Success)).await;
        let reference = to_pay.url.rsplit('/').next().unwrap().to_owned();
        let now = || stage.house.clock.now();
        let tell = async |told: SandboxCallback| {
            payments::take_callback(&stage.house, stage.issuer, signed(Some(&told.signature)), &told.body).await.unwrap().unwrap()
        };
        let some = Cents::new(500);
        let disputed = |is_won| stage.sandbox.disputed(&reference, (some, is_won), now()).unwrap();
        assert_eq!(tell(disputed(true)).await, Taken::Aside, "nobody told of that dispute");
        assert_eq!((tell(disputed(false)).await, stage.balance().await), (Taken::Counted, some));
        assert_eq!((tell(disputed(false)).await, stage.balance().await), (Taken::Known, some));
        assert!(stage.aside().await.iter().any(|problem| problem.contains("disputes 5.00 EUR")), "somebody has to answer");
        let all = stage.sandbox.disputed(&reference, (stage.owed + Cents::new(1), false), now());
        let all = stage.sandbox.told(&String::from_utf8(all.unwrap().body).unwrap().replace("dp_", "dp_more_"), now());
        assert_eq!((tell(all).await, stage.balance().await), (Taken::Aside, some), "more than was paid");
        let too_much = stage.sandbox.disputed(&format!("{reference}x"), (some, false), now());
        assert!(too_much.is_none(), "no such payment");

        // What is given back beside it is counted by itself.
        let back = async |left: Cents, cents: i64| {
            payments::refund(&stage.house, &staff, to_pay.payment, (Cents::new(cents), left)).await.unwrap().unwrap()
        };
        assert_eq!(back(stage.owed - some, 300).await, Ok(()));
        assert_eq!(stage.balance().await, some + Cents::new(300));
        assert_eq!(tell(stage.sandbox.tells_given_back(&reference, now()).unwrap()).await, Taken::Known);
        assert_eq!((tell(disputed(true)).await, stage.balance().await), (Taken::Counted, Cents::new(300)));
        assert_eq!((tell(disputed(true)).await, stage.balance().await), (Taken::Known, Cents::new(300)));

        let failed = stage.sandbox.refund_failed(&reference, Cents::new(300), now()).unwrap();
        let body = String::from_utf8(failed.body.clone()).unwrap().replace("refund.failed", "charge.refund.updated");
        let again = stage.sandbox.told(&body.replace("\"id\":\"evt_", "\"id\":\"evt_2_"), now());
        assert_eq!((tell(failed).await, stage.balance().await), (Taken::Counted, Cents::ZERO));
        assert_eq!((tell(again).await, stage.balance().await), (Taken::Known, Cents::ZERO));
        assert!(stage.aside().await.iter().any(|problem| problem.contains("3.00 EUR that were given back did not arrive")));
        let (_, left) = payments::refundable(&stage.house, &staff, to_pay.payment).await.unwrap().unwrap();
        assert_eq!(left, stage.owed);
        assert_eq!((back(left, 300).await, stage.balance().await), (Ok(()), Cents::new(300)));
        // What the provider gives back by itself after that counts, too: it is asked how much that is by now.
        assert_eq!(tell(stage.sandbox.tells_given_back(&reference, now()).unwrap()).await, Taken::Known);
        let more = RefundAsked {
            payment: to_pay.payment,
            reference: reference.clone(),
            amount: BankAmount { cents: Cents::new(100), currency: Currency::EURO },
            total: Cents::new(400),
            failed: 1,
        };
        stage.sandbox.refund(&more).await.unwrap();
        assert_eq!(tell(stage.sandbox.tells_given_back(&reference, now()).unwrap()).await, Taken::Counted);
        assert_eq!(stage.balance().await, Cents::new(400));
        let unknown = stage.sandbox.refund_failed(&reference, Cents::new(7), now()).unwrap();
        assert_eq!((tell(unknown).await, stage.balance().await), (Taken::Aside, Cents::new(400)));
        stage.house.store.verify_journal(stage.issuer.operator, None).await.unwrap();
    }
}
