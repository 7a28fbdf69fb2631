//! Accounts that do not pay, with time travel, on both engines: from the reminder to the suspension and back.

use crate::stage::{Opened, actor, at, house, line, opened, sealed};
use billing::{LedgerAccount, PaymentState, Transfer};
use jiff::civil::Date;
use lines::{Reply, WorkEvent};
use operations::{
    Actor, House, NewBrand, NewCustomer, NewLogin, NewOperator, Reach, Scope,
    bill_run::{self, BillAsked},
    dunning::{
        self, DunningStep,
        desk::{self, HoldRefusal},
    },
    life::{Doer, hours_due, work_events},
    line_change::{self, Change, ChangeAsked, Refusal, When},
    permission::Role,
    provision,
};
use store::{IdentifierKind, InvoiceQuery, Issuer, KeptLife, LivesAsked, NewLedgerEntry, NewLetter, NewPayment};
use vocabulary::{BillingAccountId, Cents, CustomerId, InvoiceId, LineId, OperatorId};

/// A household with a mobile line, one that it will suspend itself, the internet and a telephone, which cost less together; and a company that nobody can be told of.
struct Stage {
    house: House,
    operator: OperatorId,
    staff: Actor,
    lines: Vec<LineId>,
}

async fn stage(url: &str) -> Stage {
    let house = sealed(house(url, "2026-12-02T03:00:00Z").await);
    let mobile = |number: &str| line(number, &[], ("mobile", "rhenane", "mobile-20"));
    let internet = line("fibre-1", &[], ("internet", "vallee", "internet-300"));
    let fixed = line("+33353010011", &[], ("fixed", "vallee", "fixed-unlimited"));
    let household =
        NewCustomer::household("V1", "Famille Muller", vec![mobile("+33639980011"), mobile("+33639980012"), internet, fixed]);
    let company = NewCustomer { business: true, ..NewCustomer::household("V2", "Atelier", vec![mobile("+33639980021")]) };
    let login = NewLogin {
        identifiers: vec![(IdentifierKind::Email, "lea@test.example".to_owned())],
        email: "lea@test.example".to_owned(),
        password_hash: Some("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$x".to_owned()),
        role: "subscriber".to_owned(),
        name: "Léa Muller".to_owned(),
        reseller: None,
        customer: Some(0),
        line: None,
    };
    let brand = NewBrand {
        host: "vallee.example".to_owned(),
        reseller: None,
        name: "Vallée".to_owned(),
        colour: "#0f766e".to_owned(),
        contact: String::new(),
    };
    let new = NewOperator {
        slug: "vallee".to_owned(),
        name: "Vallée".to_owned(),
        brands: vec![brand],
        customers: vec![household, company],
        logins: vec![login],
        ..NewOperator::default()
    };
    let operator = provision(&house, &new).await.unwrap();
    let scope = Scope::operator(operator);
    let mut lines: Vec<LineId> =
        house.store.scoped(scope).line_choices().await.unwrap().into_iter().map(|line| line.id).collect();
    lines.sort();
    let stage = Stage { staff: actor(scope, Role::Accounting), house, operator, lines };
    let run = bill_run::begin(&stage.house, Issuer::operator(operator), "2026-12".parse().unwrap(), (BillAsked::Keep, "x")).await;
    bill_run::work(&stage.house, run.unwrap(), &|_| ()).await.unwrap();
    stage
}

impl Stage {
    fn scoped(&self) -> store::Scoped {
        self.house.store.scoped(Scope::operator(self.operator))
    }

    async fn account(&self, reference: &str) -> (BillingAccountId, CustomerId, InvoiceId, Cents) {
        let rows = self.scoped().invoices(&InvoiceQuery { text: reference, most: 1, ..InvoiceQuery::default() }).await.unwrap();
        (rows[0].account, rows[0].customer, rows[0].id, rows[0].gross)
    }

    async fn life(&self, line: LineId) -> KeptLife {
        let catalog = self.house.catalog(self.operator).await.unwrap();
        self.scoped().lives(LivesAsked::Lines(&[line]), &catalog).await.unwrap().remove(0)
    }

    /// Networks do what they are told, until nothing is left.
    async fn networks(&self) {
        loop {
            hours_due(&self.house).await.unwrap();
            let now = self.house.clock.now();
            let letters = self.house.store.take_letters(now, now.plus_seconds(60), 100).await.unwrap();
            if letters.is_empty() {
                return;
            }
            self.house.store.letters_told(&letters.iter().map(|letter| letter.id).collect::<Vec<_>>()).await.unwrap();
            for letter in letters {
                let NewLetter::Request(work) = letter.letter else { continue };
                let done = [(work, WorkEvent::Answer(Reply::Done { number: None }))];
                work_events(&self.house, Doer::Program(self.operator), &done).await.unwrap();
            }
        }
    }

    /// Rounds of one day, in which networks answer and lines are looked at again: the mails that were written.
    async fn day(&self, day: &str) -> Vec<Opened> {
        let morning = at(&format!("{day}T06:00:00Z"));
        for hour in 0..4 {
            self.house.clock.set(morning.plus_seconds(hour * 3_600));
            dunning::round(&self.house).await.unwrap();
            self.networks().await;
        }
        opened(&self.house).await.into_iter().filter(|mail| mail.template.starts_with("dunning-")).collect()
    }

    /// What happens from one day to another: each mail with its day.
    async fn through(&self, from: &str, to: &str) -> Vec<String> {
        let (mut today, last, mut story): (Date, Date, _) = (from.parse().unwrap(), to.parse().unwrap(), Vec::new());
        while today <= last {
            let mails = self.day(&today.to_string()).await;
            story.extend(mails.into_iter().map(|mail| format!("{} {}", today.strftime("%m-%d"), mail.template)));
            today = today.tomorrow().unwrap();
        }
        story
    }

    /// An account pays by transfer.
    async fn pay(&self, (account, customer): (BillingAccountId, CustomerId), amount: Cents, token: &str) {
        let transaction = self.house.store.begin().await.unwrap();
        let issuer = Issuer::operator(self.operator);
        let payer = store::Payer { account, customer, reseller: None, issuer };
        let new = NewPayment {
            payer,
            invoice: None,
            provider: "bank",
            kind: "transfer",
            state: PaymentState::Succeeded,
            amount: billing::BankAmount { cents: amount, currency: billing::Currency::EURO },
            token,
            gives_back: None,
            asked_by: store::Asker { name: "test", ..store::Asker::default() },
        };
        let now = self.house.clock.now();
        let payment = transaction.add_payment(&new, now).await.unwrap();
        let transfers = vec![Transfer { debit: LedgerAccount::Bank, credit: LedgerAccount::Receivable(account), amount }];
        let entry = NewLedgerEntry { kind: "payment", invoice: None, payment, transfers };
        transaction.add_to_ledger(issuer, vec![entry], now).await.unwrap();
        transaction.commit().await.unwrap();
    }

    async fn states(&self) -> Vec<String> {
        let mut states = Vec::new();
        for line in &self.lines[..3] {
            let life = self.life(*line).await.life;
            let bar = if life.line.service.has("unpaid") { " restricted" } else { "" };
            states.push(format!("{}{bar}", life.line.state.as_str()));
        }
        states
    }

    async fn ask(&self, who: &Actor, line: LineId, change: Change) -> Result<(), Refusal> {
        let asked = ChangeAsked { change, when: When::Soonest };
        line_change::ask(&self.house, who, line, &asked).await.unwrap().expect("one of theirs").map(|_| ())
    }

    async fn subscriber(&self) -> Actor {
        let (_, customer, ..) = self.account("V1").await;
        let scope = Scope { reach: Reach::Customer(customer), ..self.staff.scope };
        actor(scope, Role::Subscriber)
    }
}

/// BIL-09: reminded, reminded again, restricted, suspended, each on its day and told once; while suspended nobody reactivates the line; paid, every
/// service comes back by itself but the one that its customer had suspended; and the customer reads all along what is late and what comes next.
#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_pay_is_reminded_restricted_and_suspended_until_they_pay() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let lea = stage.subscriber().await;
        let (account, customer, _, gross) = stage.account("V1").await;
        stage.ask(&lea, stage.lines[1], Change::Suspend).await.unwrap();
        stage.networks().await;
        assert_eq!(stage.through("2026-12-22", "2026-12-24").await, ["12-24 dunning-reminder"]);
        let late = desk::late(&stage.house, &lea).await.unwrap();
        assert_eq!((late[0].late, late[0].since.to_string()), (gross, "2026-12-17".to_owned()));
        assert_eq!(
            late[0].next.map(|next| (next.step, next.day.to_string())),
            Some((DunningStep::SecondReminder, "2027-01-07".into()))
        );
        assert_eq!(stage.through("2027-01-06", "2027-01-08").await, ["01-07 dunning-second-reminder"]);
        assert_eq!(stage.states().await, ["active", "suspended", "active"], "told twice, and nothing taken away");

        assert_eq!(stage.through("2027-01-20", "2027-01-22").await, ["01-21 dunning-restriction"]);
        assert_eq!(
            stage.states().await,
            ["active restricted", "suspended restricted", "active"],
            "fibre has nothing to restrict"
        );
        let end = Change::EndOption { option: "unpaid".into() };
        let agent = actor(stage.staff.scope, Role::OperatorAgent);
        assert_eq!(
            stage.ask(&agent, stage.lines[0], end).await,
            Err(Refusal::Option(line_change::OptionRefusal::Imposed)),
            "nobody takes it off by hand"
        );

        assert_eq!(stage.through("2027-02-04", "2027-02-06").await, ["02-05 dunning-suspension"]);
        assert_eq!(stage.states().await, ["suspended restricted", "suspended restricted", "suspended"]);
        for line in &stage.lines[..3] {
            assert_eq!(stage.ask(&lea, *line, Change::Reactivate).await, Err(Refusal::Unpaid));
            assert_eq!(stage.ask(&agent, *line, Change::Reactivate).await, Err(Refusal::Unpaid));
        }
        let rows = desk::desk(&stage.house, &stage.staff, (0, 10)).await.unwrap().unwrap().rows;
        assert_eq!(rows[0].kept.case.map(|case| case.step), Some(DunningStep::Suspension));
        assert!(desk::desk(&stage.house, &lea, (0, 10)).await.unwrap().is_none());

        stage.pay((account, customer), gross, "all").await;
        assert_eq!(stage.through("2027-02-21", "2027-02-22").await, ["02-21 dunning-over"]);
        assert_eq!(stage.states().await, ["active", "suspended", "active"], "as before, with what its customer suspended");
        assert_eq!(stage.ask(&lea, stage.lines[1], Change::Reactivate).await, Ok(()));
        assert!(desk::late(&stage.house, &lea).await.unwrap().is_empty());
        let noted: Vec<String> =
            stage.scoped().journal(None, None, 100).await.unwrap().into_iter().map(|entry| entry.action).collect();
        assert_eq!(noted.iter().filter(|action| *action == "dunning_step").count(), 4);
        assert_eq!(noted.iter().filter(|action| *action == "dunning_ended").count(), 1);
        assert!(stage.house.store.check_ledger(stage.operator).await.unwrap().faults.is_empty());
        let check = stage.house.store.verify_journal(stage.operator, None).await.unwrap();
        assert!(matches!(check, store::JournalCheck::Whole { .. }), "{check:?}");
    }
}

/// BIL-09, FLT-17: each invoice is open for what it asks, with what is taken off it, and no other for more.
#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_open_for_what_it_asks() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        stage.house.clock.set(at("2027-01-02T03:00:00Z"));
        let issuer = Issuer::operator(stage.operator);
        let run = bill_run::begin(&stage.house, issuer, "2027-01".parse().unwrap(), (BillAsked::Keep, "x")).await.unwrap();
        bill_run::work(&stage.house, run, &|_| ()).await.unwrap();
        let (account, _, last, _) = stage.account("V1").await;
        let (_, facts) = stage.scoped().invoice(last).await.unwrap().unwrap();
        assert!(!facts.discounts.is_empty(), "they cost less together");
        let query = InvoiceQuery { account: Some(account), most: 10, ..InvoiceQuery::default() };
        let mut rows = stage.scoped().invoices(&query).await.unwrap();
        rows.reverse();
        let shown = desk::shown(&stage.house, &stage.staff, account).await.unwrap().unwrap();
        let open: Vec<_> = shown.items.iter().map(|(id, item, _)| (*id, item.open)).collect();
        assert_eq!(open, rows.iter().map(|row| (row.id, row.gross)).collect::<Vec<_>>());
    }
}

/// BIL-09: two programs at once remind once; who cannot be told is listed and nothing is taken from them; a business owes the fixed sum with the second
/// reminder, once, in the ledger.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_reminded_twice_or_restricted_untold() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        stage.house.clock.set(at("2026-12-24T06:00:00Z"));
        let both = tokio::join!(dunning::round(&stage.house), dunning::round(&stage.house));
        assert_eq!(both.0.unwrap().steps + both.1.unwrap().steps, 1);
        let mails = opened(&stage.house).await;
        assert_eq!(mails.iter().filter(|mail| mail.template == "dunning-reminder").count(), 1);
        for day in ["2027-01-07", "2027-01-21", "2027-02-05", "2027-03-31"] {
            stage.day(day).await;
        }
        let rows = desk::desk(&stage.house, &stage.staff, (0, 10)).await.unwrap().unwrap().rows;
        let untold = rows.iter().find(|row| row.reference == "V2").expect("it is listed");
        assert!(untold.kept.is_untold && untold.kept.case.is_none());
        assert_eq!(stage.life(stage.lines[4]).await.life.line.state.as_str(), "active");

        let named = "UPDATE billing_account SET invoice_email = 'atelier@test.example' \
                     WHERE customer_id = (SELECT id FROM customer WHERE reference = 'V2')";
        testkit::raw::run(database.url(), named).await;
        assert_eq!(stage.through("2027-04-01", "2027-04-02").await, ["04-01 dunning-reminder"]);
        assert_eq!(stage.through("2027-04-14", "2027-04-16").await, ["04-15 dunning-second-reminder"]);
        let (account, customer, invoice, gross) = stage.account("V2").await;
        let owed = stage.scoped().balance(account).await.unwrap().unwrap();
        assert_eq!(owed, gross + Cents::new(4_000), "the fixed sum of a business");
        stage.pay((account, customer), gross, "bill").await;
        assert_eq!(stage.through("2027-04-21", "2027-04-22").await, Vec::<String>::new(), "nothing had been taken away");
        let shown = desk::shown(&stage.house, &stage.staff, account).await.unwrap().unwrap();
        assert_eq!((shown.items.len(), shown.balance), (0, Cents::new(4_000)), "nobody is restricted for a fee, of {invoice}");
        assert!(stage.house.store.check_ledger(stage.operator).await.unwrap().faults.is_empty());
    }
}

/// Somebody else's statements, kept with the second reminder of an account: within a round, after all accounts of it were read and before the next one
/// of them has its own.
async fn with_its_second_reminder(url: &str, account: BillingAccountId, statements: &str) {
    let when = format!(
        "CREATE TRIGGER meanwhile AFTER UPDATE ON dunning FOR EACH ROW \
         WHEN (NEW.step = 'second_reminder' AND OLD.step = 'reminder' AND NEW.billing_account_id = {account})"
    );
    if url.starts_with("postgres") {
        let function = "CREATE FUNCTION meanwhile() RETURNS trigger LANGUAGE plpgsql";
        testkit::raw::run(url, &format!("{function} AS $$ BEGIN {statements} RETURN NULL; END $$")).await;
        testkit::raw::run(url, &format!("{when} EXECUTE FUNCTION meanwhile()")).await;
    } else {
        testkit::raw::run(url, &format!("{when} BEGIN {statements} END")).await;
    }
}

/// BIL-09: a payment or a dispute that comes while a round is under way counts: who was read as late, and is not when its step is written, is told nothing
/// and owes no fee.
#[tokio::test(flavor = "multi_thread")]
async fn who_pays_while_a_round_is_under_way_is_told_nothing() {
    for is_paid in [true, false] {
        for database in testkit::databases() {
            let stage = stage(database.url()).await;
            let named = "UPDATE billing_account SET invoice_email = 'atelier@test.example' \
                         WHERE customer_id = (SELECT id FROM customer WHERE reference = 'V2')";
            testkit::raw::run(database.url(), named).await;
            assert_eq!(stage.through("2026-12-23", "2026-12-24").await, ["12-24 dunning-reminder", "12-24 dunning-reminder"]);
            let (household, ..) = stage.account("V1").await;
            let (company, _, invoice, gross) = stage.account("V2").await;
            let statements = if is_paid {
                format!(
                    "INSERT INTO ledger_entry (id, operator_id, issuer, at, kind) VALUES (1000000, {}, 0, 0, 'payment'); \
                     INSERT INTO ledger_transfer (entry_id, place, debit, credit, amount, billing_account_id) \
                     VALUES (1000000, 0, 'bank', 'receivable/{company}', {}, {company});",
                    stage.operator,
                    gross.get()
                )
            } else {
                format!("INSERT INTO invoice_dispute (invoice_id, since, noted_by, reason) VALUES ({invoice}, 0, 'x', 'x');")
            };
            with_its_second_reminder(database.url(), household, &statements).await;
            let told: Vec<String> = stage.day("2027-01-07").await.into_iter().map(|mail| mail.to).collect();
            assert_eq!(told, ["lea@test.example"], "who still owes is");
            let owed = stage.scoped().balance(company).await.unwrap().unwrap();
            assert_eq!(owed, if is_paid { Cents::ZERO } else { gross }, "without a fee");
            let rows = desk::desk(&stage.house, &stage.staff, (0, 10)).await.unwrap().unwrap().rows;
            assert_eq!(rows.iter().map(|row| row.account).collect::<Vec<_>>(), [household], "the other case is over");
        }
    }
}

/// BIL-09: staff takes a fee back: once, however often it is asked, for who may, with an entry of the ledger the other way; the invoice stays open for what
/// it asks, and what had been paid of the fee is a credit.
#[tokio::test(flavor = "multi_thread")]
async fn a_fee_is_taken_back_once() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let named = "UPDATE billing_account SET invoice_email = 'atelier@test.example' \
                     WHERE customer_id = (SELECT id FROM customer WHERE reference = 'V2')";
        testkit::raw::run(database.url(), named).await;
        for day in ["2026-12-24", "2027-01-07"] {
            stage.day(day).await;
        }
        let (household, _, other, _) = stage.account("V1").await;
        let (account, customer, invoice, gross) = stage.account("V2").await;
        let fee = Cents::new(4_000);
        let shown = async || desk::shown(&stage.house, &stage.staff, account).await.unwrap().unwrap();
        let stands = shown().await;
        assert_eq!(stands.fees.iter().map(|fee| (fee.invoice, fee.amount)).collect::<Vec<_>>(), [(invoice, fee)]);
        assert_eq!(stands.balance, gross + fee);
        let take = async |who: &Actor, of| desk::take_fee_back(&stage.house, who, of).await.unwrap();
        let auditor = actor(stage.staff.scope, Role::Auditor);
        assert_eq!(take(&auditor, (account, invoice)).await, None);
        assert_eq!(take(&stage.staff, (household, invoice)).await, None, "of another account");
        assert_eq!(take(&stage.staff, (household, other)).await, Some(()), "none was charged");
        assert_eq!(shown().await.balance, gross + fee);

        let (one, two) = tokio::join!(take(&stage.staff, (account, invoice)), take(&stage.staff, (account, invoice)));
        assert_eq!((one, two), (Some(()), Some(())));
        let after = shown().await;
        assert_eq!((after.fees.len(), after.balance), (0, gross));
        assert_eq!(
            after.items.iter().map(|(_, item, _)| item.open).collect::<Vec<_>>(),
            [gross],
            "nothing of it is paid by a fee"
        );
        stage.pay((account, customer), gross + fee, "too much").await;
        assert_eq!(shown().await.balance, -fee, "a credit");
        let noted = stage.scoped().journal(None, None, 100).await.unwrap();
        assert_eq!(noted.iter().filter(|entry| entry.action == "dunning_fee_taken_back").count(), 1);
        assert!(stage.house.store.check_ledger(stage.operator).await.unwrap().faults.is_empty());
    }
}

/// BIL-09: staff puts an account on hold, with a reason and an end: services come back, and it goes on afterwards; a disputed invoice is left alone.
#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_put_on_hold_and_an_invoice_disputed() {
    for database in testkit::databases() {
        let stage = stage(database.url()).await;
        let (account, _, invoice, _) = stage.account("V1").await;
        for day in ["2026-12-24", "2027-01-07", "2027-01-21"] {
            stage.day(day).await;
        }
        assert_eq!(stage.states().await[0], "active restricted");
        let until = |day: &str, why: &'static str| Some((day.parse::<Date>().unwrap(), why));
        let hold = async |who: &Actor, asked| desk::hold(&stage.house, who, account, asked).await.unwrap();
        let auditor = actor(stage.staff.scope, Role::Auditor);
        assert_eq!(hold(&auditor, until("2027-02-28", "x")).await, None);
        assert_eq!(hold(&stage.staff, until("2027-02-28", " ")).await, Some(Err(HoldRefusal::Reason)));
        let last: Date = "2028-01-22".parse().unwrap();
        assert_eq!(hold(&stage.staff, until("2027-01-01", "x")).await, Some(Err(HoldRefusal::End(last))));
        assert_eq!(hold(&stage.staff, until("2027-02-28", "paie en trois fois")).await, Some(Ok(())));
        assert_eq!(stage.through("2027-01-22", "2027-01-23").await, ["01-22 dunning-over"]);
        assert_eq!(stage.through("2027-02-27", "2027-02-28").await, Vec::<String>::new());
        assert_eq!(stage.states().await[0], "active");
        let lea = stage.subscriber().await;
        let late = desk::late(&stage.house, &lea).await.unwrap();
        assert_eq!((late[0].held_until.map(|day| day.to_string()).as_deref(), late[0].next), (Some("2027-02-28"), None));
        assert_eq!(stage.through("2027-03-01", "2027-03-02").await, ["03-01 dunning-restriction"]);
        assert_eq!(stage.states().await[0], "active restricted");

        let disputed = desk::dispute(&stage.house, &stage.staff, invoice, Some("jamais commandé")).await.unwrap();
        assert_eq!(disputed, Some(Ok(account)));
        assert_eq!(stage.through("2027-03-03", "2027-03-04").await, ["03-03 dunning-over"]);
        assert_eq!(stage.through("2027-05-30", "2027-05-31").await, Vec::<String>::new());
        assert_eq!(stage.states().await[0], "active");
        assert_eq!(desk::dispute(&stage.house, &auditor, invoice, None).await.unwrap(), None);
        assert_eq!(desk::dispute(&stage.house, &stage.staff, invoice, None).await.unwrap(), Some(Ok(account)));
        assert_eq!(stage.through("2027-06-01", "2027-06-02").await, ["06-01 dunning-reminder"], "from the beginning");
    }
}
