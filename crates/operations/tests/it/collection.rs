//! Direct debits from the invoice that announces them to what the bank sends back, on both engines (BIL-08).

use crate::stage::{actor, at, house, line};
use billing::{Invoice, LedgerAccount, PaymentMeans, Revenue, Transfer};
use jiff::civil::Date;
use operations::{
    Actor, House, IdentifierKind, NewBrand, NewCustomer, NewLogin, NewOperator,
    bank_file::{self, BankFileError, DecideRefusal, ItemOutcome, LeftReason, Next, RefusedAnswer, TakeRefusal, Taken},
    bill_run::{self, BillAsked},
    billing_account::{self, Wishes},
    collection::{self, DebitState, Made},
    mandate::{self, Agreed, Typed},
    payments::{self, TypedPayment},
    permission::Role,
    proof, provision,
    seal::Seal,
};
use std::fmt::Write as _;
use store::{InvoiceQuery, InvoiceRow, Issuer, NewLedgerEntry, Reach, Scope};
use vocabulary::{BillingAccountId, Cents, CollectionId, Month, OperatorId};

pub(crate) const ANNE: &str = "FR76 3000 6000 0112 3456 7890 189";
pub(crate) const BRUNO: &str = "FR14 2004 1010 0505 0001 3M02 606";
const OURS: &str = "FR7630006000011234567890189";

/// Three households of the municipal operator, of which two have mandates; December is billed on its second day.
pub(crate) struct Street {
    pub(crate) house: House,
    pub(crate) operator: OperatorId,
    pub(crate) staff: Actor,
    pub(crate) accounts: Vec<BillingAccountId>,
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

impl Street {
    pub(crate) async fn on(url: &str, slug: &str) -> Self {
        let key = Seal::fresh_line(Some("k1")).unwrap().as_str().to_owned();
        let house = house(url, "2026-12-02T03:00:00Z").await.with_seal(Seal::read(&key).unwrap());
        let sold = if slug == "zenne" { ("mobile", "scaldis", "start") } else { ("mobile", "rhenane", "mobile-20") };
        let number = |place: usize| if slug == "zenne" { format!("+3247080000{place}") } else { format!("+3363998000{place}") };
        let household = |place: usize| {
            NewCustomer::household(&format!("V{place}"), &format!("Famille {place}"), vec![line(&number(place), &[], sold)])
        };
        let brand = NewBrand {
            host: format!("{slug}.example"),
            reseller: None,
            name: slug.to_owned(),
            colour: "#0f766e".to_owned(),
            contact: String::new(),
        };
        let login = NewLogin {
            identifiers: vec![(IdentifierKind::Email, "compta@vallee.example".to_owned())],
            email: "compta@vallee.example".to_owned(),
            password_hash: None,
            role: Role::Accounting.as_str().to_owned(),
            name: "Zoé Comptable".to_owned(),
            reseller: None,
            customer: None,
            line: None,
        };
        let new = NewOperator {
            slug: slug.to_owned(),
            name: slug.to_owned(),
            brands: vec![brand],
            customers: (1..=3).map(household).collect(),
            logins: vec![login],
            ..NewOperator::default()
        };
        let operator = provision(&house, &new).await.unwrap();
        let staff = actor(Scope::operator(operator), Role::Accounting);
        let mut accounts = Vec::new();
        let scoped = house.store.scoped(Scope::operator(operator));
        for reference in ["V1", "V2", "V3"] {
            let store::Party::Customer(id) = scoped.customers_like(reference, 1).await.unwrap().remove(0).party else {
                panic!("a customer")
            };
            accounts.push(scoped.accounts_of(id).await.unwrap()[0].0);
        }
        Self { house, operator, staff, accounts }
    }

    pub(crate) async fn sign(&self, place: usize, iban: &str) {
        let fresh = Actor { proved: self.house.clock.now(), ..self.staff.clone() };
        let proof = proof::asked(&fresh, self.house.clock.now()).unwrap();
        let holder = format!("Famille {}", place + 1);
        let typed = Typed { iban, bic: "", holder: &holder, email: "famille@example.fr", agreed: Agreed::Yes };
        mandate::sign(&self.house, proof, self.accounts[place], &typed).await.unwrap().unwrap().unwrap();
        let wishes = Wishes { email: Some("famille@example.fr"), debit_day: "25", ..Wishes::default() };
        billing_account::change(&self.house, &self.staff, self.accounts[place], &wishes).await.unwrap().unwrap().unwrap();
    }

    pub(crate) async fn bill(&self, month: &str) {
        let month: Month = month.parse().unwrap();
        let issuer = Issuer::operator(self.operator);
        let run = bill_run::begin(&self.house, issuer, month, (BillAsked::Keep, "Zoé")).await.unwrap();
        bill_run::work(&self.house, run, &|_| ()).await.unwrap();
    }

    pub(crate) async fn invoices(&self) -> Vec<(InvoiceRow, Invoice)> {
        let scoped = self.house.store.scoped(Scope::operator(self.operator));
        let mut all = Vec::new();
        for row in scoped.invoices(&InvoiceQuery { most: 100, ..InvoiceQuery::default() }).await.unwrap().into_iter().rev() {
            all.push(scoped.invoice(row.id).await.unwrap().unwrap());
        }
        all
    }

    pub(crate) async fn owed(&self, place: usize) -> i64 {
        let owed = self.house.store.balances(&[self.accounts[place]]).await.unwrap();
        owed.get(&self.accounts[place]).copied().unwrap_or_default().get()
    }

    /// How many invoices nobody is reminded of.
    async fn left_alone(&self, place: usize) -> usize {
        self.house.store.accounts_to_dun(&[self.accounts[place]]).await.unwrap()[0].left_alone.len()
    }

    pub(crate) async fn make(&self, until: &str) -> Made {
        collection::make(&self.house, &self.staff, day(until)).await.unwrap().unwrap()
    }

    pub(crate) async fn made(&self, until: &str) -> CollectionId {
        match self.make(until).await {
            Made::File(id) => id,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn take(&self, name: &str, xml: &str) -> Result<Taken, TakeRefusal> {
        bank_file::take(&self.house, &self.staff, (name, xml.as_bytes().to_vec())).await.unwrap().unwrap()
    }

    /// What became of what a file says.
    pub(crate) async fn taken(&self, name: &str, xml: &str) -> Vec<ItemOutcome> {
        let Ok(Taken::Now(id)) = self.take(name, xml).await else { panic!("{name} is not taken") };
        let shown = bank_file::show(&self.house, &self.staff, id).await.unwrap().unwrap();
        shown.items.into_iter().map(|item| item.outcome).collect()
    }

    pub(crate) async fn ledger_is_right(&self) {
        let check = self.house.store.check_ledger(self.operator).await.unwrap();
        assert_eq!(check.faults, Vec::<String>::new());
    }

    pub(crate) async fn balance(&self, account: &str) -> i64 {
        let check = self.house.store.check_ledger(self.operator).await.unwrap();
        check.balances.iter().find(|(known, _)| known == account).map_or(0, |(_, amount)| amount.get())
    }
}

/// A booking: key, cents, and what stands in its transaction.
pub(crate) struct Booked<'a>(pub(crate) &'a str, pub(crate) i64, pub(crate) &'a str);

pub(crate) fn camt(message: &str, booked: &[Booked<'_>]) -> String {
    let mut entries = String::new();
    for Booked(key, cents, details) in booked {
        let (sign, cents) = if *cents < 0 { ("DBIT", -cents) } else { ("CRDT", *cents) };
        let amount = format!("{}.{:02}", cents / 100, cents % 100);
        write!(
            entries,
            "<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-12-28</Dt></BookgDt>\
             <AcctSvcrRef>{key}</AcctSvcrRef><BkTxCd/>{details}</Ntry>"
        )
        .unwrap();
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\"><BkToCstmrDbtCdtNtfctn>\
         <GrpHdr><MsgId>{message}</MsgId><CreDtTm>2026-12-28T06:00:00Z</CreDtTm></GrpHdr><Ntfctn><Id>{message}</Id><Acct><Id><IBAN>{OURS}</IBAN></Id></Acct>\
         {entries}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    )
}

fn transfer(text: &str) -> String {
    format!(
        "<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>Jan Peeters</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls>"
    )
}

pub(crate) fn block(name: &str) -> String {
    format!("<NtryDtls><Btch><PmtInfId>{name}</PmtInfId></Btch></NtryDtls>")
}

pub(crate) fn returned(end_to_end: &str, cents: i64, code: &str) -> String {
    format!(
        "<NtryDtls><TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId></Refs><Amt Ccy=\"EUR\">{}.{:02}</Amt><CdtDbtInd>DBIT</CdtDbtInd>\
         <RtrInf><Rsn><Cd>{code}</Cd></Rsn></RtrInf></TxDtls></NtryDtls>",
        cents / 100,
        cents % 100
    )
}

pub(crate) fn report(message: &str, original: &str, transactions: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt>\
         <GrpHdr><MsgId>{message}</MsgId><CreDtTm>2026-12-17T06:00:00Z</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>{original}</OrgnlMsgId>\
         <OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>{original}-1</OrgnlPmtInfId>\
         {transactions}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    )
}

pub(crate) fn rejected(end_to_end: &str, code: &str) -> String {
    format!(
        "<TxInfAndSts><OrgnlEndToEndId>{end_to_end}</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>{code}</Cd></Rsn></StsRsnInf></TxInfAndSts>"
    )
}

/// BIL-08, BIL-04: the invoice of an account with a mandate says that it is collected, when and under which mandate, and is due on that day, 14 days later at
/// least; those of the others are paid by transfer, in Belgium with a structured communication.
#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_says_when_it_is_collected() {
    for database in testkit::databases() {
        let street = Street::on(database.url(), "vallee").await;
        street.sign(0, ANNE).await;
        street.bill("2026-12").await;
        let invoices = street.invoices().await;
        let PaymentMeans::DirectDebit(shown) = &invoices[0].1.means else { panic!("{:?}", invoices[0].1.means) };
        // 14 days after the 2nd is the 16th; the day that is wished is Christmas, and banks settle on the 28th.
        assert_eq!((shown.day, invoices[0].0.due, invoices[0].1.due), (day("2026-12-28"), day("2026-12-28"), day("2026-12-28")));
        assert_eq!(shown.reference, format!("VA-{}-1", street.accounts[0]));
        assert_eq!((shown.iban.as_str(), shown.creditor.as_str()), ("FR** **** **** **** **** ***0 189", "FR72ZZZ123456"));
        let PaymentMeans::Transfer { reference, .. } = &invoices[1].1.means else { panic!("{:?}", invoices[1].1.means) };
        assert_eq!(*reference, invoices[1].0.number);
    }
    for database in testkit::databases() {
        let street = Street::on(database.url(), "zenne").await;
        street.bill("2026-12").await;
        let invoices = street.invoices().await;
        let PaymentMeans::Transfer { reference, .. } = &invoices[1].1.means else { panic!("{:?}", invoices[1].1.means) };
        assert_eq!((invoices[1].0.number.as_str(), reference.as_str()), ("ZE2026-000002", "+++260/0000/00271+++"));
    }
}

/// BIL-08: what was told is collected on its day and once, whoever asks; the file is the same bytes each time; a mandate of after the invoice is told first.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_collects_what_was_told_once() {
    for database in testkit::databases() {
        let street = Street::on(database.url(), "vallee").await;
        street.sign(0, ANNE).await;
        street.bill("2026-12").await;
        street.sign(1, BRUNO).await;
        let (house, staff) = (&street.house, &street.staff);
        let auditor = Actor { role: Role::Auditor, ..staff.clone() };
        let agent = Actor { role: Role::OperatorAgent, ..staff.clone() };
        assert!(collection::make(house, &auditor, day("2026-12-28")).await.unwrap().is_none());
        assert!(collection::desk(house, &agent, None).await.unwrap().is_none());
        assert_eq!(street.make("2026-11-30").await, Made::WrongDay);
        assert_eq!(street.make("2027-03-01").await, Made::WrongDay);
        let outlook = collection::desk(house, &auditor, Some(day("2026-12-28"))).await.unwrap().unwrap().outlook;
        assert_eq!(outlook.days.keys().copied().collect::<Vec<_>>(), [day("2026-12-28")]);
        assert_eq!((outlook.days[&day("2026-12-28")].0, outlook.announced.0), (1, 1));

        assert_eq!(
            (street.left_alone(0).await, street.left_alone(1).await),
            (1, 0),
            "who was told to do nothing is not reminded"
        );
        for (row, is_debited) in street.invoices().await.into_iter().map(|(row, _)| row).zip([true, false]) {
            let payer = actor(Scope { reach: Reach::Customer(row.customer), ..staff.scope }, Role::Subscriber);
            let owed = payments::owed_of(house, &payer, (row.account, None)).await.unwrap().unwrap();
            assert_eq!(owed.is_debited, is_debited, "who pays by card reads that a debit comes");
        }
        assert_eq!(street.make("2026-12-20").await, Made::Nothing(1), "the second is told, and nothing is due by then");
        assert_eq!(street.left_alone(1).await, 1);
        let both = tokio::join!(street.make("2026-12-28"), street.make("2026-12-28"));
        let files = [both.0, both.1].into_iter().filter(|made| matches!(made, Made::File(_))).count();
        assert!(files >= 1, "{both:?}");
        let desk = collection::desk(house, staff, Some(day("2026-12-28"))).await.unwrap().unwrap();
        let debits: i64 = desk.files.iter().map(|file| file.debits).sum();
        assert_eq!((debits, desk.outlook.days.len()), (2, 0), "each once, both of the 28th");
        assert_eq!(street.make("2026-12-28").await, Made::Nothing(0));
        assert_eq!(street.left_alone(0).await, 1, "nobody is reminded of what the bank has");

        let id = desk.files[0].id;
        let (name, first) = collection::fetch(house, staff, id).await.unwrap().unwrap();
        assert_eq!(name, format!("{}.xml", desk.files[0].message));
        house.clock.set(at("2026-12-20T03:00:00Z"));
        street.sign(0, "DE89 3704 0044 0532 0130 00").await;
        let (_, again) = collection::fetch(house, staff, id).await.unwrap().unwrap();
        assert_eq!(first, again, "the same bytes, also after the account changed");
        let text = String::from_utf8(first).unwrap();
        assert!(
            text.contains("pain.008.001.08") && text.contains(&ANNE.replace(' ', "")) && text.contains("VA2026-00000"),
            "{text}"
        );
        assert!(collection::fetch(house, &auditor, id).await.unwrap().is_none(), "IBANs are for who makes files");
        street.ledger_is_right().await;
        assert_eq!(street.owed(0).await, street.invoices().await[0].0.gross.get(), "nothing is paid before it is settled");
    }
}

/// BIL-08: a debit that was refused is presented once more and then left to the customer; one that arrived pays its invoice and is taken back with it; each
/// answer counts once, and a mandate that the bank does not know is over.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_bank_answers_is_counted_once() {
    for database in testkit::databases() {
        let street = Street::on(database.url(), "vallee").await;
        street.sign(0, ANNE).await;
        street.sign(1, BRUNO).await;
        street.bill("2026-12").await;
        let (house, staff) = (&street.house, &street.staff);
        let id = street.made("2026-12-28").await;
        let (file, debits) = collection::show(house, staff, id).await.unwrap().unwrap();
        let names: Vec<String> = debits.iter().map(|debit| debit.sent.end_to_end.to_string()).collect();
        let cents: Vec<i64> = debits.iter().map(|debit| debit.sent.amount().get()).collect();
        house.clock.set(at("2026-12-17T08:00:00Z"));

        let unknown = report("R0", "NOBODY", &rejected("VA-DD-999999", "AM04"));
        let outcomes = street.taken("r0.xml", &unknown).await;
        assert_eq!(outcomes, [ItemOutcome::Refused { why: RefusedAnswer::Unknown, name: "VA-DD-999999".into() }]);
        let first = report("R1", &file.message, &rejected(&names[0], "AM04"));
        let outcomes = street.taken("r1.xml", &first).await;
        let ItemOutcome::CameBack { reason, next: Next::Again { day: again }, .. } = &outcomes[0] else { panic!("{outcomes:?}") };
        assert_eq!(reason, "AM04");
        assert!(matches!(street.take("r1 again.xml", &first).await, Ok(Taken::Before(_))), "by its bytes, not its name");
        let twice = street.taken("r2.xml", &report("R2", &file.message, &rejected(&names[0], "AM04"))).await;
        assert_eq!(twice, [ItemOutcome::Refused { why: RefusedAnswer::Twice, name: names[0].clone() }]);
        assert_eq!((street.owed(0).await, street.left_alone(0).await), (cents[0], 1), "it is collected once more");

        // The block arrives without what was refused.
        let block_name = debits[1].sent.block.to_string();
        let wrong = street.taken("c0.xml", &camt("C0", &[Booked("B0", cents[1] + 1, &block(&block_name))])).await;
        assert_eq!(wrong, [ItemOutcome::Refused { why: RefusedAnswer::Amount, name: block_name.clone() }]);
        let arrived = street.taken("c1.xml", &camt("C1", &[Booked("B1", cents[1], &block(&block_name))])).await;
        assert_eq!(arrived, [ItemOutcome::Settled { debits: 1 }]);
        assert_eq!((street.owed(1).await, street.owed(0).await), (0, cents[0]));
        assert!(street.taken("c1 other.xml", &camt("C1b", &[Booked("B1", cents[1], &block(&block_name))])).await.is_empty());
        let back = returned(&names[1], cents[1], "MD01");
        let back = street.taken("c2.xml", &camt("C2", &[Booked("B2", -cents[1], &back)])).await;
        assert!(matches!(&back[0], ItemOutcome::CameBack { reason, .. } if reason == "MD01"), "{back:?}");
        assert_eq!(street.owed(1).await, cents[1], "it is owed again");
        assert_eq!((street.balance("bank").await, street.balance("unmatched").await), (cents[1] + 1, -(cents[1] + 1)));
        let states: Vec<DebitState> =
            collection::show(house, staff, id).await.unwrap().unwrap().1.iter().map(|debit| debit.state).collect();
        assert_eq!(states, [DebitState::Rejected, DebitState::Returned]);
        let shown = billing_account::show(house, staff, street.accounts[1]).await.unwrap().unwrap();
        assert!(shown.mandate.is_none() && shown.ended.len() == 1, "a mandate that the bank does not know is over");
        assert_eq!(street.left_alone(1).await, 0, "nothing collects it any more");

        // Once more, and then the customer pays otherwise.
        house.clock.set(at("2026-12-18T08:00:00Z"));
        let second = street.made(&again.to_string()).await;
        let (file, debits) = collection::show(house, staff, second).await.unwrap().unwrap();
        assert_eq!((debits.len(), debits[0].sent.tries), (1, 2));
        let refused = report("R3", &file.message, &rejected(&debits[0].sent.end_to_end.to_string(), "AM04"));
        let outcomes = street.taken("r3.xml", &refused).await;
        assert!(matches!(outcomes[0], ItemOutcome::CameBack { next: Next::CustomerPays, .. }), "{outcomes:?}");
        assert_eq!(street.left_alone(0).await, 0, "whoever has to pay it is reminded");
        assert_eq!(street.make("2027-01-10").await, Made::Nothing(0), "it is not told again");
        street.ledger_is_right().await;
        house.store.verify_journal(street.operator, None).await.unwrap();
    }
}

/// BIL-08: transfers pay what they name, by number or by structured communication; what names nothing waits, and somebody says whose it is, or what; each
/// booking counts once in whatever file it comes; a file that is cut, of another bank account or no file at all changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn transfers_pay_what_they_name() {
    for database in testkit::databases() {
        let street = Street::on(database.url(), "vallee").await;
        street.bill("2026-12").await;
        let (house, staff) = (&street.house, &street.staff);
        let gross = street.invoices().await[0].0.gross.get();
        let booked = [
            Booked("T1", gross, &transfer("Facture VA2026-000001 merci")),
            Booked("T2", gross + 100, &transfer("+++260/0000/00271+++")),
            Booked("T3", 500, &transfer("bonjour")),
            Booked("T4", 700, &transfer("cadeau")),
            Booked("T5", -900, &transfer("loyer")),
        ];
        let xml = camt("T", &booked);
        for at in [10, xml.len() / 2, xml.len() - 12] {
            let cut = street.take("cut.xml", &xml[..at]).await;
            assert!(matches!(cut, Err(TakeRefusal::File(BankFileError::Cut | BankFileError::Xml(_)))), "{cut:?}");
        }
        let other = xml.replace(OURS, "BE68539007547034");
        assert_eq!(street.take("other.xml", &other).await, Err(TakeRefusal::OtherAccount("BE68539007547034".into())));
        assert!(matches!(street.take("x.xml", "a,b\n1,2\n").await, Err(TakeRefusal::File(_))));
        let auditor = Actor { role: Role::Auditor, ..staff.clone() };
        assert!(bank_file::take(house, &auditor, ("t.xml", xml.clone().into_bytes())).await.unwrap().is_none());
        assert!(bank_file::desk(house, staff).await.unwrap().unwrap().files.is_empty(), "nothing of it is kept");

        let outcomes = street.taken("t.xml", &xml).await;
        let paid = |outcome: &ItemOutcome| match outcome {
            ItemOutcome::Paid { parts, rest, .. } => (parts.iter().map(|(number, _)| number.clone()).collect(), rest.get()),
            other => panic!("{other:?}"),
        };
        assert_eq!(paid(&outcomes[0]), (vec!["VA2026-000001".to_owned()], 0));
        assert_eq!(paid(&outcomes[1]), (vec!["VA2026-000002".to_owned()], 100));
        assert_eq!(outcomes[2], ItemOutcome::Left { reason: LeftReason::SaysNothing });
        assert_eq!(outcomes[4], ItemOutcome::Left { reason: LeftReason::WentOut });
        assert_eq!((street.owed(0).await, street.owed(1).await, street.owed(2).await), (0, -100, gross));
        assert!(street.taken("t2.xml", &camt("Another message", &booked)).await.is_empty(), "the same bookings count once");
        assert_eq!((street.balance("bank").await, street.balance("unmatched").await), (2 * gross + 1_300, -1_200));

        let waiting = bank_file::desk(house, staff).await.unwrap().unwrap().waiting;
        assert_eq!(waiting.len(), 2, "what went out is the operator's own matter");
        let (first, second) = (waiting[0].kept.id, waiting[1].kept.id);
        let assign = async |item, number: &str| bank_file::assign(house, staff, item, number).await.unwrap().unwrap();
        assert_eq!(assign(first, "VA2026-999999").await, Err(DecideRefusal::NoInvoice("VA2026-999999".into())));
        let both = tokio::join!(assign(first, "va2026-000003 "), assign(first, "VA2026-000003"));
        assert!([&both.0, &both.1].contains(&&Ok(())) && [&both.0, &both.1].contains(&&Err(DecideRefusal::Over)), "{both:?}");
        assert_eq!(street.owed(2).await, gross - 500);
        let say = async |what: &str| bank_file::say(house, staff, second, what).await.unwrap().unwrap();
        assert_eq!(say(" ").await, Err(DecideRefusal::Said(None)));
        assert_eq!(say("Remboursement d'assurance").await, Ok(()));
        assert_eq!(say("Autre chose").await, Err(DecideRefusal::Over));
        assert!(bank_file::desk(house, staff).await.unwrap().unwrap().waiting.is_empty());
        assert_eq!(street.balance("unmatched").await, -700);
        street.ledger_is_right().await;
    }
}

/// BIL-08: no more is collected than was told: what came to be open since is told anew, with its own tries, once the bank has settled the rest, be it a day
/// early.
#[tokio::test(flavor = "multi_thread")]
async fn only_what_was_told_is_collected() {
    for database in testkit::databases() {
        let street = Street::on(database.url(), "vallee").await;
        street.bill("2026-12").await;
        let (house, staff) = (&street.house, &street.staff);
        let (row, _) = street.invoices().await.remove(0);
        let paid = Cents::new(row.gross.get() / 3);
        let (today, token) = ("2026-12-02".to_owned(), "form".to_owned());
        let typed = TypedPayment { amount: paid, day: today, token, ..TypedPayment::default() };
        let noted = payments::note(house, staff, (row.id, &typed)).await.unwrap().unwrap().unwrap();
        street.sign(0, ANNE).await;
        assert_eq!(street.make("2026-12-20").await, Made::Nothing(1), "what is open of it is told");
        payments::take_back(house, staff, noted).await.unwrap().unwrap().unwrap();
        assert_eq!(street.owed(0).await, row.gross.get());

        house.clock.set(at("2026-12-20T03:00:00Z"));
        let id = street.made("2026-12-28").await;
        let (_, debits) = collection::show(house, staff, id).await.unwrap().unwrap();
        assert_eq!((debits.len(), debits[0].sent.amount()), (1, row.gross - paid));
        assert_eq!(street.make("2026-12-28").await, Made::Nothing(0), "the rest waits until the bank is done");
        house.clock.set(at("2026-12-27T08:00:00Z"));
        let (told, name) = (debits[0].sent.amount().get(), debits[0].sent.block.to_string());
        let arrived = street.taken("c.xml", &camt("C", &[Booked("B", told, &block(&name))])).await;
        assert_eq!(arrived, [ItemOutcome::Settled { debits: 1 }]);
        assert_eq!(street.owed(0).await, paid.get());
        assert_eq!(street.make("2026-12-29").await, Made::Nothing(1), "what was told is used up, and the rest is told");
        house.clock.set(at("2027-01-20T03:00:00Z"));
        let id = street.made("2027-01-25").await;
        let (_, debits) = collection::show(house, staff, id).await.unwrap().unwrap();
        assert_eq!((debits.len(), debits[0].sent.amount(), debits[0].sent.tries), (1, paid, 1));
        street.ledger_is_right().await;
    }
}

/// BIL-08: an invoice that staff stopped is not collected.
#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_invoice_is_not_collected() {
    for database in testkit::databases() {
        let street = Street::on(database.url(), "vallee").await;
        street.sign(0, ANNE).await;
        street.bill("2026-12").await;
        let invoice = street.invoices().await[0].0.id;
        let agent = Actor { role: Role::OperatorAgent, ..street.staff.clone() };
        assert_eq!(bank_file::stop_collection(&street.house, &agent, invoice).await.unwrap(), None);
        assert_eq!(bank_file::stop_collection(&street.house, &street.staff, invoice).await.unwrap(), Some(true));
        assert_eq!(bank_file::stop_collection(&street.house, &street.staff, invoice).await.unwrap(), Some(false));
        assert_eq!(street.make("2026-12-28").await, Made::Nothing(0));
    }
}

/// BIL-08: an invoice that is stopped while the bank has it holds up no debit of the account's next one; fees are neither announced nor collected.
#[tokio::test(flavor = "multi_thread")]
async fn a_stop_and_a_fee_hold_up_no_other_invoice() {
    for database in testkit::databases() {
        let street = Street::on(database.url(), "vallee").await;
        let (house, staff) = (&street.house, &street.staff);
        street.sign(0, ANNE).await;
        street.bill("2026-12").await;
        street.made("2026-12-28").await;
        let (first, _) = street.invoices().await.remove(0);
        assert_eq!(bank_file::stop_collection(house, staff, first.id).await.unwrap(), Some(true));
        let (debit, credit) = (LedgerAccount::Receivable(first.account), LedgerAccount::Revenue(Revenue::Dunning));
        let transfers = vec![Transfer { debit, credit, amount: Cents::new(500) }];
        let fee = NewLedgerEntry { kind: "fee", invoice: Some(first.id), payment: None, transfers };
        let transaction = house.store.begin().await.unwrap();
        transaction.add_to_ledger(Issuer::operator(street.operator), vec![fee], house.clock.now()).await.unwrap();
        transaction.commit().await.unwrap();

        house.clock.set(at("2027-01-02T03:00:00Z"));
        street.bill("2027-01").await;
        let of_account = |row: &InvoiceRow| row.account == first.account && row.id != first.id;
        let second = street.invoices().await.into_iter().map(|(row, _)| row).find(of_account).unwrap();
        house.clock.set(at("2027-01-20T03:00:00Z"));
        let outlook = collection::desk(house, staff, Some(day("2027-01-25"))).await.unwrap().unwrap().outlook;
        assert_eq!((&outlook.days[&day("2027-01-25")], outlook.announced), (&(1, second.gross), (0, Cents::ZERO)));
        let id = street.made("2027-01-25").await;
        let (_, debits) = collection::show(house, staff, id).await.unwrap().unwrap();
        assert_eq!((debits.len(), debits[0].sent.amount()), (1, second.gross));
        assert_eq!(street.make("2027-01-25").await, Made::Nothing(0));
        street.ledger_is_right().await;
    }
}

/// BIL-07, BIL-08: a transfer that somebody noted before its bank told of it is not counted twice: it waits, and once what was noted is taken back the
/// bank's pays the invoice.
#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_noted_before_its_bank_told_counts_once() {
    for database in testkit::databases() {
        let street = Street::on(database.url(), "vallee").await;
        street.bill("2026-12").await;
        let (house, staff) = (&street.house, &street.staff);
        let (row, _) = street.invoices().await.remove(0);
        let (today, token) = ("2026-12-02".to_owned(), "form".to_owned());
        let typed = TypedPayment { amount: row.gross, day: today, token, ..TypedPayment::default() };
        let noted = payments::note(house, staff, (row.id, &typed)).await.unwrap().unwrap().unwrap();
        house.clock.set(at("2026-12-04T08:00:00Z"));
        let booked = [Booked("T1", row.gross.get(), &transfer("VA2026-000001"))];
        let outcomes = street.taken("t.xml", &camt("T", &booked)).await;
        assert_eq!(outcomes, [ItemOutcome::Left { reason: LeftReason::NotedByHand }]);
        assert_eq!((street.owed(0).await, street.balance("unmatched").await), (0, -row.gross.get()));
        payments::take_back(house, staff, noted).await.unwrap().unwrap().unwrap();
        let waiting = bank_file::desk(house, staff).await.unwrap().unwrap().waiting;
        bank_file::assign(house, staff, waiting[0].kept.id, &row.number).await.unwrap().unwrap().unwrap();
        assert_eq!((street.owed(0).await, street.balance("unmatched").await), (0, 0));
        assert_eq!(street.balance("bank").await, row.gross.get());
        street.ledger_is_right().await;
    }
}
