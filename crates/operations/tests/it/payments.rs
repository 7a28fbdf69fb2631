//! Payments by card, on both engines: whatever browser and provider do, money counts once.

use crate::{
    identity::mails,
    stage::{actor, house, line},
};
use billing::{BankAmount, Currency};
use gateways::sandbox_payments::SandboxPayments;
use operations::{
    Actor, House, IdentifierKind, NewCustomer, NewLogin, NewOperator,
    bill_run::{self, BillAsked},
    first_access::Address,
    payment_provider::{CallbackRefusal, PaymentProvider, PaymentProviders, RefundAsked},
    payment_sandbox::{Chosen, Mood, PaymentSandbox},
    payments::{
        self, AmountRefusal, Asked, NoteRefusal, NotedMeans, PaymentRefusal, PaymentState, RefundRefusal, TakeBackRefusal, Taken,
        ToPay, TypedPayment,
    },
    permission::Role,
    provision,
    seal::Seal,
};
use std::sync::Arc;
use store::{InvoiceQuery, Issuer, Reach, Scope};
use testkit::raw;
use vocabulary::{BillingAccountId, Cents, InvoiceId, PaymentId};

/// A household that owes an invoice, and the way it pays.
pub(crate) struct Stage {
    pub(crate) house: House,
    pub(crate) sandbox: Arc<SandboxPayments>,
    pub(crate) issuer: Issuer,
    pub(crate) payer: Actor,
    account: BillingAccountId,
    invoice: InvoiceId,
    pub(crate) owed: Cents,
}

pub(crate) fn euros(cents: i64) -> BankAmount {
    BankAmount { cents: Cents::new(cents), currency: Currency::EURO }
}

fn here() -> Address {
    Address { scheme: "https", host: "vallee.example".to_owned(), brand: "vallee.example".to_owned() }
}

pub(crate) async fn stage(url: &str) -> Stage {
    let key = Seal::fresh_line(Some("k1")).unwrap();
    let house = house(url, "2026-12-02T03:00:00Z").await.with_seal(Seal::read(key.as_str()).unwrap());
    let mobile = |number: &str| line(number, &[], ("mobile", "rhenane", "mobile-20"));
    let customers = ["+33639980011", "+33639980021"]
        .into_iter()
        .map(|number| NewCustomer::household(number, "Famille", vec![mobile(number)]))
        .collect();
    let payer = NewLogin {
        identifiers: vec![(IdentifierKind::Own, "anne".to_owned())],
        email: "anne@example.fr".to_owned(),
        password_hash: Some("none that opens".to_owned()),
        role: Role::Subscriber.as_str().to_owned(),
        name: "Anne".to_owned(),
        reseller: None,
        customer: Some(0),
        line: None,
    };
    let (slug, name, logins) = ("vallee".to_owned(), "Vallée".to_owned(), vec![payer]);
    let new = NewOperator { slug, name, customers, logins, ..NewOperator::default() };
    let operator = provision(&house, &new).await.unwrap();
    let issuer = Issuer::operator(operator);
    let run = bill_run::begin(&house, issuer, "2026-12".parse().unwrap(), (BillAsked::Keep, "Noé Garnier")).await.unwrap();
    bill_run::work(&house, run, &|_| ()).await.unwrap();
    let scoped = house.store.scoped(Scope::operator(operator));
    let rows = scoped.invoices(&InvoiceQuery { most: 10, ..InvoiceQuery::default() }).await.unwrap();
    let row = rows.last().unwrap().clone();
    let sandbox = Arc::new(SandboxPayments::new("https://vallee.example/sandbox", "the sandbox's own key".to_owned().into()));
    let house = house.with_payment_providers(PaymentProviders::default().with(issuer, sandbox.clone()));
    let login = house.store.known_by(operator, "anne").await.unwrap().unwrap();
    let payer = Actor { login, ..actor(Scope { operator, reach: Reach::Customer(row.customer) }, Role::Subscriber) };
    Stage { house, sandbox, issuer, payer, account: row.account, invoice: row.id, owed: row.gross }
}

/// The header of a callback's signature.
pub(crate) fn signed(signature: Option<&str>) -> impl FnOnce(&str) -> Option<String> {
    let signature = signature.map(str::to_owned);
    move |name| signature.filter(|_| name == gateways::sandbox_payments::SIGNATURE)
}

impl Stage {
    async fn ask(&self, token: &str, amount: BankAmount) -> Result<ToPay, PaymentRefusal> {
        self.ask_as(&self.payer, token, amount).await.unwrap()
    }

    async fn ask_as(&self, actor: &Actor, token: &str, amount: BankAmount) -> Option<Result<ToPay, PaymentRefusal>> {
        let (account, invoice) = (self.account, Some(self.invoice));
        let asked = Asked { account, invoice, amount, token, title: "Facture", language: "fr", here: &here() };
        payments::ask(&self.house, actor, &asked).await.unwrap()
    }

    pub(crate) async fn ask_all(&self, token: &str) -> ToPay {
        self.ask(token, BankAmount { cents: self.owed, currency: Currency::EURO }).await.unwrap()
    }

    pub(crate) fn choose(&self, to_pay: &ToPay, mood: Mood) -> Chosen {
        let reference = to_pay.url.rsplit('/').next().unwrap();
        self.sandbox.choose(reference, mood, self.house.clock.now()).unwrap()
    }

    pub(crate) async fn deliver(&self, chosen: &Chosen) -> Vec<Result<Taken, CallbackRefusal>> {
        let mut taken = Vec::new();
        for callback in &chosen.callbacks {
            taken.push(
                payments::take_callback(&self.house, self.issuer, signed(Some(&callback.signature)), &callback.body)
                    .await
                    .unwrap(),
            );
        }
        taken
    }

    pub(crate) async fn state(&self, payment: PaymentId) -> PaymentState {
        payments::payment(&self.house, &self.payer, payment).await.unwrap().unwrap().state
    }

    /// What the account owes; the ledger has no fault.
    pub(crate) async fn balance(&self) -> Cents {
        let check = self.house.store.check_ledger(self.issuer.operator).await.unwrap();
        assert_eq!(check.faults, Vec::<String>::new());
        self.house.store.scoped(self.payer.scope).balance(self.account).await.unwrap().unwrap()
    }

    pub(crate) async fn aside(&self) -> Vec<String> {
        let aside = self.house.store.callbacks_aside(self.issuer.operator).await.unwrap();
        aside.into_iter().map(|callback| callback.problem).collect()
    }
}

/// BIL-07, CUS-09: a form that is sent twice, at one moment too, is one payment with one page; it counts at once, and the form then says that it is
/// over.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_pays_once() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        assert_eq!(stage.balance().await, stage.owed);
        let (one, two) = tokio::join!(stage.ask_all("form 1"), stage.ask_all("form 1"));
        assert_eq!(one, two);
        assert_eq!(stage.ask_all("form 1").await, one, "the back button");
        assert_eq!(stage.ask("form 1", euros(100)).await, Err(PaymentRefusal::OtherForm));
        let chosen = stage.choose(&one, Mood::Success);
        assert_eq!(chosen.goes, format!("https://vallee.example/payments/{}?came=paid", one.payment));
        assert_eq!(stage.deliver(&chosen).await, [Ok(Taken::Counted)]);
        assert_eq!((stage.state(one.payment).await, stage.balance().await), (PaymentState::Succeeded, Cents::ZERO));
        let all = BankAmount { cents: stage.owed, currency: Currency::EURO };
        assert_eq!(stage.ask("form 1", all).await, Err(PaymentRefusal::Over(one.payment)));
        assert_eq!(stage.ask("form 2", all).await, Err(PaymentRefusal::Amount(AmountRefusal::NothingOwed)));
        assert!(stage.choose(&one, Mood::Success).callbacks.is_empty(), "the page of what is paid pays nothing");
        let scoped = stage.house.store.scoped(Scope::operator(stage.issuer.operator));
        let noted = scoped.journal_asked(&store::JournalQuery::default(), 10).await.unwrap();
        let actions: Vec<_> =
            noted.iter().map(|entry| entry.action.as_str()).filter(|action| action.starts_with("payment_")).collect();
        assert_eq!(actions, ["payment_succeeded", "payment_asked"]);
    }
}

/// BIL-07: a callback that comes twice, at one moment too, counts once; the database itself refuses a second entry of a payment.
#[tokio::test(flavor = "multi_thread")]
async fn a_callback_counts_once() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let to_pay = stage.ask_all("form 1").await;
        let chosen = stage.choose(&to_pay, Mood::Twice);
        assert_eq!(chosen.callbacks.len(), 2);
        let (one, two) = tokio::join!(stage.deliver(&chosen), stage.deliver(&chosen));
        let counted = one.iter().chain(&two).filter(|taken| **taken == Ok(Taken::Counted)).count();
        let known = one.iter().chain(&two).filter(|taken| **taken == Ok(Taken::Known)).count();
        assert_eq!((counted, known), (1, 3));
        // Asked after, the provider tells the same once more.
        stage.house.clock.set(stage.house.clock.now().plus_seconds(payments::LOOKED_AFTER_S + 1));
        assert_eq!(payments::look_again(&stage.house).await.unwrap(), 0);
        assert_eq!((stage.balance().await, stage.aside().await), (Cents::ZERO, vec![]));
        let again = "INSERT INTO ledger_entry SELECT id + 100000, operator_id, issuer, at, kind, invoice_id, payment_id FROM ledger_entry \
                     WHERE kind = 'payment'";
        let url = database.url().to_owned();
        assert!(
            tokio::spawn(async move { raw::run(&url, again).await }).await.is_err(),
            "the database itself refuses a second entry"
        );
    }
}

/// BIL-07: a callback may come before the browser goes back, before the provider's page is even kept, late, after the payment expired, or never:
/// then the provider is asked.
#[tokio::test(flavor = "multi_thread")]
async fn a_success_counts_whenever_it_comes() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        // Before what the provider calls it is kept.
        let to_pay = stage.ask("early", euros(100)).await.unwrap();
        raw::run(database.url(), "UPDATE payment SET reference = NULL, page = NULL").await;
        assert_eq!(stage.deliver(&stage.choose(&to_pay, Mood::BeforeRedirect)).await, [Ok(Taken::Counted)]);
        let mut left = stage.owed - Cents::new(100);
        assert_eq!(stage.balance().await, left);

        // After it expired.
        let to_pay = stage.ask("expired", euros(200)).await.unwrap();
        let late = stage.choose(&to_pay, Mood::Late);
        let now = stage.house.clock.now();
        assert_eq!(stage.deliver(&late).await, [Ok(Taken::Counted)], "its signature is of two minutes later");
        left = left - Cents::new(200);
        let to_pay = stage.ask("expires", euros(300)).await.unwrap();
        raw::run(database.url(), "UPDATE payment SET state = 'expired' WHERE token = 'form expires'").await;
        assert_eq!(stage.deliver(&stage.choose(&to_pay, Mood::Success)).await, [Ok(Taken::Counted)]);
        left = left - Cents::new(300);
        assert_eq!(stage.balance().await, left);

        // Never.
        let to_pay = stage.ask("never", euros(50)).await.unwrap();
        stage.choose(&to_pay, Mood::Success);
        assert_eq!(payments::look_again(&stage.house).await.unwrap(), 0, "it is not time yet");
        stage.house.clock.set(now.plus_seconds(payments::LOOKED_AFTER_S + 1));
        assert_eq!(payments::look_again(&stage.house).await.unwrap(), 1);
        assert_eq!(payments::look_again(&stage.house).await.unwrap(), 0);
        assert_eq!(stage.state(to_pay.payment).await, PaymentState::Succeeded);
        assert_eq!(stage.balance().await, left - Cents::new(50));
    }
}

/// BIL-07: what is not signed by the provider, or not now, is not taken; another amount, currency or payment is set aside and counts nothing.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_forged_or_wrong_counts_nothing() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let to_pay = stage.ask_all("form 1").await;
        assert_eq!(stage.deliver(&stage.choose(&to_pay, Mood::Forged)).await, [Err(CallbackRefusal::Stranger)]);
        let now = stage.house.clock.now();
        let good = stage.choose(&to_pay, Mood::WrongAmount);
        stage.house.clock.set(now.plus_seconds(301));
        assert_eq!(stage.deliver(&good).await, [Err(CallbackRefusal::Stranger)], "a replayed signature");
        stage.house.clock.set(now);
        assert_eq!(stage.deliver(&good).await, [Ok(Taken::Aside)]);
        let to_pay = stage.ask_all("form 2").await;
        assert_eq!(stage.deliver(&stage.choose(&to_pay, Mood::WrongCurrency)).await, [Ok(Taken::Aside)]);
        assert_eq!(stage.state(to_pay.payment).await, PaymentState::Asked);
        // A payment that nobody asked for.
        let to_pay = stage.ask_all("form 3").await;
        raw::run(database.url(), "DELETE FROM payment WHERE token = 'form form 3'").await;
        assert_eq!(stage.deliver(&stage.choose(&to_pay, Mood::Success)).await, [Ok(Taken::Aside)]);
        let aside = stage.aside().await;
        assert_eq!(aside.len(), 3, "{aside:?}");
        assert!(aside.iter().any(|problem| problem.contains("CHF were paid")), "{aside:?}");
        assert_eq!(stage.balance().await, stage.owed);
        let none = payments::take_callback(&stage.house, stage.issuer, signed(None), b"{}").await.unwrap();
        assert_eq!(none, Err(CallbackRefusal::Stranger));
    }
}

/// CUS-09: an amount of nothing, below nothing, beyond what is owed, or in another currency is refused by name; of two tabs that both pay, the
/// second is a credit; a refusal and strong authentication are told.
#[tokio::test(flavor = "multi_thread")]
async fn amounts_and_tabs_have_a_clear_result() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let owed = stage.owed.get();
        let refused = |refusal| Err(PaymentRefusal::Amount(refusal));
        assert_eq!(stage.ask("a", euros(0)).await, refused(AmountRefusal::Nothing));
        assert_eq!(stage.ask("a", euros(-1)).await, refused(AmountRefusal::Negative));
        assert_eq!(stage.ask("a", euros(owed + 1)).await, refused(AmountRefusal::MoreThanOwed(stage.owed)));
        let francs = BankAmount { currency: Currency::try_from("CHF".to_owned()).unwrap(), ..euros(owed) };
        assert_eq!(stage.ask("a", francs).await, refused(AmountRefusal::OtherCurrency(Currency::EURO)));
        // Who may not, and who is somebody else.
        let scope = stage.payer.scope;
        let of_line = Scope { reach: Reach::Line(vocabulary::LineId(1)), ..scope };
        assert_eq!(stage.ask_as(&actor(of_line, Role::Member), "a", euros(1)).await, None);
        assert_eq!(stage.ask_as(&actor(scope, Role::Auditor), "a", euros(1)).await, None);
        let stranger = Scope { reach: Reach::Customer(vocabulary::CustomerId(999)), ..scope };
        assert_eq!(stage.ask_as(&actor(stranger, Role::Subscriber), "a", euros(1)).await, None);

        let to_pay = stage.ask_all("refused").await;
        assert_eq!(stage.deliver(&stage.choose(&to_pay, Mood::Refusal)).await, [Ok(Taken::Noted)]);
        let shown = payments::payment(&stage.house, &stage.payer, to_pay.payment).await.unwrap().unwrap();
        assert_eq!((shown.state, shown.problem.as_deref()), (PaymentState::Refused, Some("the bank refused")));

        let (one, two) = (stage.ask_all("tab 1").await, stage.ask_all("tab 2").await);
        let asked_more = stage.choose(&one, Mood::StrongAuthentication);
        assert_eq!(asked_more.goes, one.url);
        assert_eq!(stage.deliver(&asked_more).await, [Ok(Taken::Noted)]);
        assert_eq!(stage.state(one.payment).await, PaymentState::UnderWay);
        assert_eq!(stage.deliver(&stage.choose(&one, Mood::Success)).await, [Ok(Taken::Counted)]);
        assert_eq!(stage.balance().await, Cents::ZERO);
        assert_eq!(stage.deliver(&stage.choose(&two, Mood::Success)).await, [Ok(Taken::Counted)]);
        assert_eq!(stage.balance().await, -stage.owed, "both paid: the second is a credit");

        // What is given back with the provider counts once, however often it is told.
        let reference = two.url.rsplit('/').next().unwrap().to_owned();
        let amount = BankAmount { cents: stage.owed, currency: Currency::EURO };
        stage
            .sandbox
            .refund(&RefundAsked { payment: two.payment, reference: reference.clone(), amount, total: stage.owed, failed: 0 })
            .await
            .unwrap();
        for expected in [Taken::Counted, Taken::Known] {
            let told = stage.sandbox.tells_given_back(&reference, stage.house.clock.now()).unwrap();
            let taken =
                payments::take_callback(&stage.house, stage.issuer, signed(Some(&told.signature)), &told.body).await.unwrap();
            assert_eq!(taken, Ok(expected));
        }
        assert_eq!(stage.balance().await, Cents::ZERO);
    }
}

/// CUS-09, BIL-07: who paid is told by mail, once; staff gives some of it back, once however often it is asked for, and never more than is left;
/// whoever paid is told, and nobody else gives back.
#[tokio::test(flavor = "multi_thread")]
async fn who_paid_is_told_and_money_goes_back_once() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let operator = stage.issuer.operator;
        let staff = actor(Scope::operator(operator), Role::Accounting);
        let to_pay = stage.ask_all("form 1").await;
        let back = async |actor: &Actor, cents: i64, left: i64| {
            let amounts = (Cents::new(cents), Cents::new(left));
            payments::refund(&stage.house, actor, to_pay.payment, amounts).await.unwrap()
        };
        assert_eq!(back(&staff, 1, 0).await, Some(Err(RefundRefusal::NotPaid)));
        stage.deliver(&stage.choose(&to_pay, Mood::Twice)).await;
        let told = |template: &str| ("anne@example.fr".to_owned(), template.to_owned());
        assert_eq!(mails(&stage.house, operator).await, [told("payment-received")]);

        let owed = stage.owed.get();
        assert_eq!(back(&stage.payer, 100, owed).await, None, "nobody gives to themselves");
        assert_eq!(back(&actor(staff.scope, Role::OperatorAgent), 100, owed).await, None);
        assert_eq!(back(&staff, 0, owed).await, Some(Err(RefundRefusal::Nothing)));
        assert_eq!(back(&staff, owed + 1, owed).await, Some(Err(RefundRefusal::MoreThanLeft(stage.owed))));
        let (one, two) = tokio::join!(back(&staff, 100, owed), back(&staff, 100, owed));
        assert!([&one, &two].contains(&&Some(Ok(()))), "{one:?} {two:?}");
        assert_eq!(back(&staff, 100, owed).await, Some(Err(RefundRefusal::Meanwhile)), "a form of before");
        assert_eq!(stage.balance().await, Cents::new(100), "given back once");
        let reference = to_pay.url.rsplit('/').next().unwrap();
        let told_later = stage.sandbox.tells_given_back(reference, stage.house.clock.now()).unwrap();
        let signature = signed(Some(&told_later.signature));
        let taken = payments::take_callback(&stage.house, stage.issuer, signature, &told_later.body).await.unwrap();
        assert_eq!(taken, Ok(Taken::Known), "the provider tells what we asked for");
        assert_eq!(mails(&stage.house, operator).await, [told("payment-received"), told("payment-given-back")]);
        assert_eq!(back(&staff, owed - 100, owed - 100).await, Some(Ok(())));
        let (_, left) = payments::refundable(&stage.house, &staff, to_pay.payment).await.unwrap().unwrap();
        assert_eq!((left, stage.balance().await), (Cents::ZERO, stage.owed));
        let (_, listed) = payments::of_account(&stage.house, &stage.payer, stage.account).await.unwrap().unwrap();
        let kinds: Vec<_> = listed.iter().map(|kept| (kept.kind.as_str(), kept.gives_back.is_some())).collect();
        assert_eq!(kinds, [("refund", true), ("refund", true), ("card", false)]);
    }
}

/// FLT-17: what is open of each invoice follows from all that the account was asked for and paid: what names an invoice pays it first.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_open_of_an_invoice_is_told() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        stage.house.clock.set(crate::stage::at("2027-01-02T03:00:00Z"));
        let january = "2027-01".parse().unwrap();
        let run = bill_run::begin(&stage.house, stage.issuer, january, (BillAsked::Keep, "Noé Garnier")).await.unwrap();
        bill_run::work(&stage.house, run, &|_| ()).await.unwrap();
        let listed = async || {
            let asked = operations::invoices::Asked::default();
            let listed = operations::invoices::list(&stage.house, &stage.payer, &asked, 10).await.unwrap().unwrap();
            listed.rows.iter().map(|row| listed.open.get(&row.id).copied().unwrap_or_default()).collect::<Vec<_>>()
        };
        let both = listed().await;
        assert_eq!((both.len(), both[1]), (2, stage.owed));
        let later = both[0];
        let to_pay = stage.ask("form", euros(500)).await.unwrap();
        stage.deliver(&stage.choose(&to_pay, Mood::Success)).await;
        assert_eq!(listed().await, [later, stage.owed - Cents::new(500)], "the form named the first invoice");
        let target = (stage.account, Some(stage.invoice));
        let owed = payments::owed_of(&stage.house, &stage.payer, target).await.unwrap().unwrap();
        assert_eq!(owed.invoice.map(|(_, _, open)| open), Some(stage.owed - Cents::new(500)));
        assert_eq!(owed.whole.cents, later + stage.owed - Cents::new(500));
        let to_pay = stage.ask("rest", owed.whole).await.unwrap();
        stage.deliver(&stage.choose(&to_pay, Mood::Success)).await;
        assert_eq!(listed().await, [Cents::ZERO, Cents::ZERO], "what is more than one invoice pays the next");
    }
}

/// BIL-07, BIL-06: money that no bank tells of is noted once, whatever a form, two tabs or two people do; no more than is owed, unless it is said; what
/// was noted by mistake is taken back once, and the invoice is open again.
#[tokio::test(flavor = "multi_thread")]
async fn a_payment_is_noted_once_and_taken_back() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let (house, owed) = (&stage.house, stage.owed);
        let staff = actor(Scope::operator(stage.issuer.operator), Role::Accounting);
        let typed = |amount: Cents, token: &str| TypedPayment {
            amount,
            day: "2026-12-01".to_owned(),
            means: NotedMeans::Cheque,
            remark: " chèque  1234567 ".to_owned(),
            keeps_rest: false,
            is_another: false,
            token: token.to_owned(),
        };
        let note = async |typed: TypedPayment| payments::note(house, &staff, (stage.invoice, &typed)).await.unwrap().unwrap();
        let day = |day: &str| TypedPayment { day: day.to_owned(), ..typed(owed, "days") };
        let (cent, whole) = (Cents::new(1), typed(owed, "form"));
        let wrong = [
            (typed(Cents::ZERO, "a"), NoteRefusal::Nothing),
            (typed(Cents::new(-100), "a"), NoteRefusal::Nothing),
            (typed(owed + cent, "a"), NoteRefusal::MoreThanOwed(owed)),
            (typed(owed, ""), NoteRefusal::OtherForm),
            (day("31/12/2026"), NoteRefusal::Day("31/12/2026".to_owned())),
            (day("2026-12-03"), NoteRefusal::NotYet("2026-12-03".parse().unwrap())),
            (day("2025-11-30"), NoteRefusal::TooOld("2025-12-01".parse().unwrap())),
        ];
        for (typed, why) in wrong {
            assert_eq!(note(typed).await, Err(why));
        }
        let long = TypedPayment { remark: "é".repeat(payments::LONGEST_REMARK + 1), ..whole.clone() };
        assert!(matches!(note(long).await, Err(NoteRefusal::Remark(_))));
        assert_eq!(stage.balance().await, owed, "nothing half done");

        let (one, other) = tokio::join!(note(whole.clone()), note(typed(owed, "another tab")));
        let mut came = [one, other];
        came.sort_by_key(Result::is_err);
        let payment = came[0].clone().unwrap();
        assert_eq!(came[1], Err(NoteRefusal::Alike(payment)), "who comes second is asked");
        let another = TypedPayment { is_another: true, ..typed(owed, "third") };
        assert_eq!(note(another).await, Err(NoteRefusal::MoreThanOwed(Cents::ZERO)));
        assert_eq!(stage.balance().await, Cents::ZERO);
        let kept = payments::payment(house, &stage.payer, payment).await.unwrap().unwrap();
        assert_eq!(
            (kept.state, NotedMeans::of(&kept), kept.remark.as_str()),
            (PaymentState::Succeeded, Some(NotedMeans::Cheque), "chèque 1234567")
        );
        assert_eq!(kept.asked.to_string().get(..10), Some("2026-12-01"), "it stands on its day");
        let shown = payments::noting(house, &staff, stage.invoice).await.unwrap().unwrap();
        assert_eq!((shown.open, shown.owed), (Cents::ZERO, Cents::ZERO));

        for role in [Role::OperatorAgent, Role::Auditor] {
            let other = actor(staff.scope, role);
            assert!(payments::note(house, &other, (stage.invoice, &whole)).await.unwrap().is_none(), "{role:?}");
            assert!(payments::take_back(house, &other, payment).await.unwrap().is_none(), "{role:?}");
        }
        assert!(payments::noting(house, &stage.payer, stage.invoice).await.unwrap().is_none());
        let take_back = async || payments::take_back(house, &staff, payment).await.unwrap().unwrap();
        let (one, other) = tokio::join!(take_back(), take_back());
        assert!([(Ok(()), Err(TakeBackRefusal::Over)), (Err(TakeBackRefusal::Over), Ok(()))].contains(&(one, other)));
        assert_eq!(stage.balance().await, owed, "it is open again");
        assert_eq!(stage.state(payment).await, PaymentState::Refused);

        // A form that is sent again is the payment that it noted, as it was noted, and no other.
        let over = [note(whole.clone()).await, note(typed(owed, "another tab")).await];
        assert!(over.contains(&Err(NoteRefusal::OtherForm)), "what was taken back is not noted by its form: {over:?}");
        let last = over.into_iter().find_map(Result::ok).expect("the other form was free");
        payments::take_back(house, &staff, last).await.unwrap().unwrap().unwrap();
        let again = note(typed(cent, "twice")).await.unwrap();
        assert_eq!(note(typed(cent, "twice")).await, Ok(again));
        let corrected = TypedPayment { remark: "chèque 7654321".to_owned(), ..typed(cent, "twice") };
        for other in [typed(cent + cent, "twice"), corrected] {
            assert_eq!(note(other).await, Err(NoteRefusal::OtherForm));
        }
        assert_eq!(note(typed(cent, "other")).await, Err(NoteRefusal::Alike(again)));
        let on = |day: &str, token: &str| TypedPayment { day: day.to_owned(), ..typed(cent, token) };
        assert_eq!(note(on("2026-11-26", "days before")).await, Err(NoteRefusal::Alike(again)), "banks take days");
        let long_before = note(on("2026-11-23", "a week before")).await.unwrap();
        payments::take_back(house, &staff, long_before).await.unwrap().unwrap().unwrap();
        note(TypedPayment { is_another: true, ..typed(cent, "other") }).await.unwrap();
        assert_eq!(stage.balance().await, owed - cent - cent);
        // What a card paid is given back, and not taken back.
        let card = stage.ask("card", euros(1)).await.unwrap();
        stage.deliver(&stage.choose(&card, Mood::Success)).await;
        let refused = payments::take_back(house, &staff, card.payment).await.unwrap();
        assert_eq!(refused, Some(Err(TakeBackRefusal::NotNoted)));
        let more = TypedPayment { keeps_rest: true, ..typed(owed, "more") };
        note(more).await.unwrap();
        assert_eq!(stage.balance().await, -cent - cent - cent, "what is too much stays");
        let noted = house.store.scoped(staff.scope).journal(None, None, 100).await.unwrap();
        let count = |action: &str| noted.iter().filter(|entry| entry.action == action).count();
        assert_eq!((count("payment_noted"), count("payment_taken_back")), (6, 3));
        assert!(
            noted.iter().all(|entry| !entry.after.as_deref().unwrap_or_default().contains("1234567")),
            "the payer may read it"
        );
    }
}
