//! Who of the invented customers has paid: most on the day on which it was due, some later, a few not at all, so that there is somebody to remind.

use billing::{BankAmount, Currency, LedgerAccount, PaymentState, Transfer};
use catalog::Catalog;
use jiff::{
    Span,
    civil::{Date, time},
};
use operations::{House, dunning};
use store::{AccountToDun, Asker, DunningHold, InvoiceQuery, Issuer, KeptDunning, NewLedgerEntry, NewPayment, Payer, Scope};
use vocabulary::{BillingAccountId, Cents, Clock, OperatorId, Timestamp};

/// So many accounts are looked at together.
const BUNDLE: usize = 1_000;
/// One of so many accounts pays late.
const ONE_OF: i64 = 17;
/// So many days late.
const LATE_DAYS: i64 = 16;
/// So many days lie between two looks at who does not pay.
const BETWEEN_DAYS: i64 = 7;
/// At that hour banks and reminders do their work.
const HOUR: i8 = 6;

/// The household of the tour owes all of its invoices, and has been given time.
const GIVEN_TIME: &str = "V100042";
/// Another one pays nothing, and was suspended for it.
const PAYS_NOTHING: &str = "V100180";
/// For so many days time is given.
const TIME_DAYS: i64 = 60;

/// How an account pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Habit {
    OnTime,
    Late,
    Never,
}

/// Who does not pay at all, by account; all others do sooner or later.
struct Habits(Vec<BillingAccountId>);

impl Habits {
    fn of(&self, account: BillingAccountId) -> Habit {
        match account.0 % ONE_OF {
            _ if self.0.contains(&account) => Habit::Never,
            5 => Habit::Late,
            _ => Habit::OnTime,
        }
    }
}

/// The account of the customer of this reference that was billed.
async fn account_of(house: &House, id: OperatorId, reference: &str) -> anyhow::Result<Option<BillingAccountId>> {
    let query = InvoiceQuery { text: reference, most: 1, ..InvoiceQuery::default() };
    Ok(house.store.scoped(Scope::operator(id)).invoices(&query).await?.first().map(|row| row.account))
}

/// Lets the days pass from the first invoices to today: what is due is paid, or not, and who does not pay is reminded.
pub(super) async fn pass(house: &House, id: OperatorId, catalog: &Catalog, (first, today): (Date, Date)) -> anyhow::Result<()> {
    let Some(invoicing) = &catalog.operator.invoicing else { return Ok(()) };
    let plus = |day: Date, days: i64| day.saturating_add(Span::new().days(days));
    let given_time = account_of(house, id, GIVEN_TIME).await?;
    let habits = Habits([given_time, account_of(house, id, PAYS_NOTHING).await?].into_iter().flatten().collect());
    if let Some(account) = given_time {
        hold(house, id, (account, plus(today, TIME_DAYS))).await?;
    }
    let mut due_days = Vec::new();
    let mut issued = first;
    while issued <= today {
        due_days.push(plus(issued, invoicing.due_days));
        issued = issued.first_of_month().saturating_add(Span::new().months(1));
    }
    let mut day = first;
    while day <= today {
        let due = due_days.contains(&day);
        let late = due_days.iter().any(|due| plus(*due, LATE_DAYS) == day);
        let at = |day: Date| Timestamp::from_local(day.to_datetime(time(HOUR, 0, 0, 0)), &catalog.operator.time_zone);
        let then = house.clone().with_clock(Clock::held_at(at(day)?));
        if due || late {
            pay(&then, id, &habits, (day, if due { Habit::OnTime } else { Habit::Late })).await?;
        }
        if due || (day - first).get_days() % i32::try_from(BETWEEN_DAYS)? == 0 {
            dunning::round_of(&then, id).await?;
        }
        day = plus(day, 1);
    }
    Ok(())
}

/// Somebody gave an account time to pay.
async fn hold(house: &House, id: OperatorId, (account, until): (BillingAccountId, Date)) -> anyhow::Result<()> {
    let Some(known) = house.store.accounts_to_dun(&[account]).await?.pop().filter(|known| known.kept.is_none()) else {
        return Ok(());
    };
    let hold = DunningHold { until, reason: "Règlement en plusieurs fois".to_owned(), by: "Martine Klein".to_owned() };
    let transaction = house.store.begin().await?;
    transaction.save_dunning(id, &known, &KeptDunning { hold: Some(hold), ..KeptDunning::default() }).await?;
    transaction.commit().await?;
    Ok(())
}

/// What is due is paid by whoever has this habit.
async fn pay(house: &House, id: OperatorId, habits: &Habits, (day, habit): (Date, Habit)) -> anyhow::Result<()> {
    let mut after = BillingAccountId(0);
    loop {
        let accounts = house.store.own_accounts(id, (after, BUNDLE)).await?;
        let Some(last) = accounts.last() else { return Ok(()) };
        after = *last;
        let paying: Vec<BillingAccountId> = accounts.into_iter().filter(|account| habits.of(*account) == habit).collect();
        let open = house.store.open_items(&paying).await?;
        let (issuer, now) = (Issuer::operator(id), house.clock.now());
        let transaction = house.store.begin().await?;
        let mut entries = Vec::new();
        for AccountToDun { account, customer, reseller, .. } in house.store.accounts_to_dun(&paying).await? {
            let items = open.get(&account).map_or(&[][..], |open| &open.items);
            let amount: Cents = items.iter().filter(|item| item.due <= day).map(|item| item.open).sum();
            if !amount.is_positive() {
                continue;
            }
            let token = format!("demo-{account}-{day}");
            let new = NewPayment {
                payer: Payer { account, customer, reseller, issuer },
                invoice: None,
                provider: "bank",
                kind: "transfer",
                state: PaymentState::Succeeded,
                amount: BankAmount { cents: amount, currency: Currency::EURO },
                token: &token,
                gives_back: None,
                asked_by: Asker { name: "cadran demo", ..Asker::default() },
            };
            let Some(payment) = transaction.add_payment(&new, now).await? else { continue };
            let transfer = Transfer { debit: LedgerAccount::Bank, credit: LedgerAccount::Receivable(account), amount };
            entries.push(NewLedgerEntry { kind: "payment", invoice: None, payment: Some(payment), transfers: vec![transfer] });
        }
        transaction.add_to_ledger(issuer, entries, now).await?;
        transaction.commit().await?;
    }
}
