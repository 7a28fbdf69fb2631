//! Resellers' own prices, their letterhead and their bill runs, on both engines.

use crate::stage::{actor, at, house, import, line};
use billing::{Invoice, PaymentMeans};
use jiff::civil::Date;
use operations::{
    Actor, House, NewCustomer, NewOperator, NewReseller, Reach, Scope,
    bill_run::{self, BillAsked, BillRunRefusal, desk},
    compare,
    consumption::{self, ConsumptionQuery},
    forward_cost::{self, CallCost},
    home,
    line::{self as line_page, LineQuery, Paging},
    line_services,
    lines::{self, LinesAsked},
    payments::{self, TypedPayment},
    permission::Role,
    provision,
    retail::{self, HeadRefusal, LETTERHEAD_FIELDS, PriceRefusal, SheetRefusal, TypedHead, TypedPrice},
    statement::{self, Charged},
    usage::{self as usage_page, Outcome, UsageAddress},
};
use std::fs;
use store::{InvoiceQuery, Issuer, KeptRun, Party};
use vocabulary::{Cents, CustomerId, LineId, Money, Month, OperatorId, ResellerId};

const HEADER: &str = "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n";

struct Town {
    house: House,
    operator: OperatorId,
    resellers: Vec<ResellerId>,
    customers: Vec<CustomerId>,
    lines: Vec<LineId>,
}

/// An operator with a customer of its own and two resellers, of which the first has two customers and the second one: a mobile line each.
async fn town(url: &str) -> Town {
    let house = house(url, "2026-12-02T03:00:00Z").await;
    let reseller = |slug: &str| NewReseller { slug: slug.to_owned(), name: slug.to_owned() };
    let customer = |number: u32, reseller| {
        let mobile = line(&format!("+3363998{number:04}"), &[], ("mobile", "rhenane", "mobile-20"));
        let reference = format!("C{number}");
        NewCustomer { reseller, ..NewCustomer::household(&reference, &reference, vec![mobile]) }
    };
    let new = NewOperator {
        slug: "vallee".to_owned(),
        name: "Vallée".to_owned(),
        resellers: vec![reseller("near"), reseller("far")],
        customers: vec![customer(1, None), customer(11, Some(0)), customer(12, Some(0)), customer(21, Some(1))],
        ..NewOperator::default()
    };
    let operator = provision(&house, &new).await.unwrap();
    let mut resellers = Vec::new();
    for slug in ["near", "far"] {
        resellers.push(house.store.reseller_named(operator, slug).await.unwrap().unwrap());
    }
    let (mut customers, mut lines) = (Vec::new(), Vec::new());
    let scoped = house.store.scoped(Scope::operator(operator));
    for number in [1, 11, 12, 21] {
        let found = scoped.customers_like(&format!("C{number}"), 10).await.unwrap();
        let found = found.into_iter().find(|found| found.reference == format!("C{number}")).unwrap();
        let Party::Customer(customer) = found.party else { panic!("{found:?}") };
        customers.push(customer);
        lines.push(scoped.line_of_customer(customer, &format!("+3363998{number:04}")).await.unwrap().unwrap());
    }
    Town { house, operator, resellers, customers, lines }
}

impl Town {
    fn of(&self, reach: Reach, role: Role) -> Actor {
        actor(Scope { operator: self.operator, reach }, role)
    }

    fn admin(&self) -> Actor {
        self.of(Reach::Reseller(self.resellers[0]), Role::ResellerAdmin)
    }

    fn issuer(&self) -> Issuer {
        Issuer { operator: self.operator, reseller: Some(self.resellers[0]) }
    }

    async fn set(&self, amount: &str, from: &str) -> Result<(), PriceRefusal> {
        retail::set(&self.house, &self.admin(), &plan(amount, from)).await.unwrap().expect("who may")
    }

    async fn bill(&self, issuer: Issuer, month: &str, asked: BillAsked) -> Result<KeptRun, BillRunRefusal> {
        let run = bill_run::begin(&self.house, issuer, month.parse().unwrap(), (asked, "Noé Garnier")).await?;
        bill_run::work(&self.house, run, &|_| ()).await
    }

    async fn invoices(&self, scope: Scope) -> Vec<Invoice> {
        let scoped = self.house.store.scoped(scope);
        let mut facts = Vec::new();
        for row in scoped.invoices(&InvoiceQuery { most: 100, ..InvoiceQuery::default() }).await.unwrap().into_iter().rev() {
            facts.push(scoped.invoice(row.id).await.unwrap().unwrap().1);
        }
        facts
    }

    /// Takes in usage of November.
    async fn used(&self, rows: &str) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("usage.csv");
        fs::write(&path, format!("{HEADER}{rows}")).unwrap();
        let report = import(&self.house, self.operator, "mobile", &path).await.unwrap();
        assert_eq!(report.set_aside, 0, "{report:?}");
    }

    async fn monthly(&self, actor: &Actor, line: LineId) -> Money {
        line_services::services(&self.house, actor, line, "fr").await.unwrap().expect("a line").monthly
    }
}

fn plan(amount: &str, from: &str) -> TypedPrice {
    let item = ["plan", "mobile-20", "rhenane"].map(str::to_owned);
    TypedPrice { item, amount: amount.to_owned(), from: from.to_owned() }
}

fn usage(amount: &str, from: &str) -> TypedPrice {
    TypedPrice { item: ["usage", "", ""].map(str::to_owned), amount: amount.to_owned(), from: from.to_owned() }
}

fn head() -> TypedHead {
    let texts = [
        "Près Télécom",
        "SAS au capital de 10 000 €, RCS Strasbourg",
        "732 829 320",
        "FR 44 732829320",
        "3 quai des Bateliers",
        "67000",
        "Strasbourg",
        "FR76 3000 6000 0112 3456 7890 189",
        "",
        "PT",
        "20",
        "Merci de votre confiance",
    ];
    TypedHead { texts: texts.map(str::to_owned), version: 0 }
}

fn with(word: &str, text: &str) -> TypedHead {
    let mut head = head();
    let place = LETTERHEAD_FIELDS.iter().position(|(known, _)| *known == word).unwrap();
    head.texts[place] = text.to_owned();
    head
}

/// RES-11: a reseller bills its customers at its own prices, in its own name and with numbers of its own, once the operator has closed the month; twice
/// is once; its prices change from tomorrow on, and what was bought keeps its price.
#[tokio::test(flavor = "multi_thread")]
async fn a_reseller_bills_its_customers_at_its_prices() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        town.set("15,37", "").await.unwrap();
        let early = town.bill(town.issuer(), "2026-12", BillAsked::Preview).await;
        assert!(matches!(early, Err(BillRunRefusal::NoLetterhead)), "{early:?}");
        retail::change_letterhead(&town.house, &town.admin(), &head()).await.unwrap().unwrap().unwrap();
        for asked in [BillAsked::Preview, BillAsked::Keep] {
            let early = town.bill(town.issuer(), "2026-12", asked).await;
            assert!(matches!(early, Err(BillRunRefusal::NotClosed(month)) if month == "2026-11".parse::<Month>().unwrap()));
        }
        assert_eq!(desk::desk(&town.house, &town.admin()).await.unwrap().unwrap().next, None);
        town.bill(Issuer::operator(town.operator), "2026-12", BillAsked::Keep).await.unwrap();
        let desk = desk::desk(&town.house, &town.admin()).await.unwrap().unwrap();
        assert_eq!((desk.next, desk.runs.len()), (Some("2026-12".parse().unwrap()), 0), "the operator's runs are not theirs");

        town.bill(town.issuer(), "2026-12", BillAsked::Preview).await.unwrap();
        town.bill(town.issuer(), "2026-12", BillAsked::Keep).await.unwrap();
        let again = town.bill(town.issuer(), "2026-12", BillAsked::Keep).await;
        assert!(matches!(again, Err(BillRunRefusal::Billed(_))), "{again:?}");
        let issued = town.invoices(town.admin().scope).await;
        let numbers: Vec<&str> = issued.iter().map(|invoice| invoice.number.as_str()).collect();
        assert_eq!(numbers, ["PT2026-000001", "PT2026-000002"]);
        for invoice in &issued {
            assert_eq!((invoice.totals.net, invoice.seller.name.as_str()), (Cents::new(1537), "Près Télécom"));
            assert_eq!((invoice.seller.vat_number.as_str(), invoice.due.to_string().as_str()), ("FR44732829320", "2026-12-22"));
            assert!(
                invoice.mentions.others.iter().any(|mention| mention == "Merci de votre confiance"),
                "{:?}",
                invoice.mentions
            );
            let PaymentMeans::Transfer { iban, reference, .. } = &invoice.means else { panic!("{:?}", invoice.means) };
            assert_eq!((iban.as_str(), reference.as_str()), ("FR7630006000011234567890189", invoice.number.as_str()));
        }
        let customer = Scope { operator: town.operator, reach: Reach::Customer(town.customers[1]) };
        assert_eq!(town.invoices(customer).await.len(), 1, "the customer sees its own");
        let check = town.house.store.check_ledger(town.operator).await.unwrap();
        assert!(check.faults.is_empty(), "{:?}", check.faults);

        // Billed is billed: a price begins tomorrow at the earliest, and what is so already is done.
        let tomorrow: Date = "2026-12-03".parse().unwrap();
        assert_eq!(town.set("16,00", "").await, Err(PriceRefusal::TooEarly(tomorrow)));
        assert_eq!(town.set("16,00", "2026-12-02").await, Err(PriceRefusal::TooEarly(tomorrow)));
        assert_eq!(town.set("15.37", "").await, Ok(()));
        town.set("16,00", "2026-12-03").await.unwrap();
        let stays =
            retail::change_letterhead(&town.house, &town.admin(), &TypedHead { version: 1, ..with("prefix", "XX") }).await;
        assert_eq!(stays.unwrap().unwrap(), Err(vec![HeadRefusal::PrefixStays("PT".to_owned())]));

        town.house.clock.set(at("2027-01-03T03:00:00Z"));
        town.bill(Issuer::operator(town.operator), "2027-01", BillAsked::Keep).await.unwrap();
        town.bill(town.issuer(), "2027-01", BillAsked::Keep).await.unwrap();
        let issued = town.invoices(town.admin().scope).await;
        assert_eq!(issued.len(), 4);
        assert_eq!(issued[2].totals.net, Cents::new(1537), "what was bought keeps its price: {:?}", issued[2].lines);
        assert_eq!(issued[2].past.len(), 2);
        let check = town.house.store.check_ledger(town.operator).await.unwrap();
        assert!(check.faults.is_empty(), "{:?}", check.faults);
    }
}

/// RES-11, PLT-01: a reseller's people and its customers see its prices, at once and on every node; the operator's people the operator's; another
/// reseller and its customers know nothing of them, and only its administrator sets them.
#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_the_prices_that_they_pay() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let operators: Money = "11.66".parse().unwrap();
        let staff = town.of(Reach::Operator, Role::OperatorAdmin);
        let customer = town.of(Reach::Customer(town.customers[1]), Role::Subscriber);
        let user = town.of(Reach::Line(town.lines[1]), Role::Member);
        let far = town.of(Reach::Reseller(town.resellers[1]), Role::ResellerAdmin);
        let far_customer = town.of(Reach::Customer(town.customers[3]), Role::Subscriber);
        assert_eq!(town.monthly(&customer, town.lines[1]).await, operators);
        town.set("15,37", "").await.unwrap();
        // Another program on the same database.
        let node = house(database.url(), "2026-12-02T03:00:00Z").await;
        let (own, admin): (Money, Actor) = ("15.37".parse().unwrap(), town.admin());
        for house in [&town.house, &node] {
            for (actor, sees) in [(&admin, own), (&customer, own), (&user, own), (&staff, operators)] {
                let services = line_services::services(house, actor, town.lines[1], "fr").await.unwrap().expect("a line");
                assert_eq!(services.monthly, sees, "{actor:?}");
            }
        }
        assert_eq!(town.monthly(&far, town.lines[3]).await, operators);
        assert_eq!(town.monthly(&far_customer, town.lines[3]).await, operators);
        let agent = town.of(Reach::Reseller(town.resellers[0]), Role::ResellerAgent);
        for other in [&agent, &staff, &customer, &user] {
            assert!(retail::prices(&town.house, other, "fr").await.unwrap().is_none(), "{other:?}");
            assert!(retail::set(&town.house, other, &plan("1", "")).await.unwrap().is_none(), "{other:?}");
            assert!(retail::letterhead(&town.house, other).await.unwrap().is_none(), "{other:?}");
        }
        let theirs = retail::prices(&town.house, &far, "fr").await.unwrap().unwrap();
        assert!(theirs.items.iter().all(|priced| priced.own.is_none()), "{:?}", theirs.items);
        // What a line keeps stays the operator's price: it is what the reseller pays.
        retail::set(&town.house, &town.admin(), &plan("0", "")).await.unwrap().unwrap().unwrap();
        assert_eq!(town.monthly(&customer, town.lines[1]).await, Money::ZERO);
        assert_eq!(town.monthly(&staff, town.lines[1]).await, operators);
    }
}

/// RES-11: many prices come as a file, all of them or none; what is wrong is said by line; the file that was downloaded changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn prices_come_as_a_file() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let admin = town.admin();
        let written = async || retail::written(&retail::prices(&town.house, &admin, "fr").await.unwrap().unwrap());
        let read = async |text: &str| retail::read(&town.house, &admin, text.as_bytes()).await.unwrap().expect("who may");
        let file = written().await;
        assert!(
            file.starts_with("kind;id;network;name;operator_price;price;from\n") && file.contains("plan;mobile-20;"),
            "{file}"
        );
        assert_eq!(read(&file).await, Ok(0));
        let wrong = "kind;id;network;price;from\nplan;mobile-20;rhenane;15,37;\nplan;mobile-0;rhenane;1;\nplan;mobile-20;rhenane;1,234;\n\
                     plan;mobile-20;rhenane;-1;\nplan;mobile-20;rhenane;2;31/12/2026\n";
        let Err(SheetRefusal::Rows(faults)) = read(wrong).await else { panic!("it was taken") };
        let told: Vec<_> = faults.into_iter().map(|fault| (fault.line, fault.why)).collect();
        let expected = [
            (3, PriceRefusal::NoSuchItem),
            (4, PriceRefusal::Amount("1,234".to_owned())),
            (5, PriceRefusal::OutOfBounds("-1".to_owned())),
            (6, PriceRefusal::Day("31/12/2026".to_owned())),
        ];
        assert_eq!(told, expected);
        assert_eq!(written().await, file, "nothing half done");
        let good = "kind,id,network,price,from\nplan,mobile-20,rhenane,15.37,\nplan,mobile-20,rhenane,16.37,2027-02-01\n";
        assert_eq!(read(good).await, Ok(2));
        assert_eq!(read(good).await, Ok(0), "twice is once");
        let list = retail::prices(&town.house, &admin, "fr").await.unwrap().unwrap();
        let priced = list.items.iter().find(|priced| priced.item.id == "mobile-20" && priced.item.network == "rhenane").unwrap();
        assert_eq!(
            (priced.own, priced.next),
            (Some((None, "15.37".parse().unwrap())), Some(("2027-02-01".parse().unwrap(), "16.37".parse().unwrap())))
        );
        assert_eq!(priced.margin(), "3.71".parse().unwrap());
        for (text, why) in [
            ("kind;id;network;from\n", SheetRefusal::NoColumn("price")),
            ("kind;id;network;price\n", SheetRefusal::NoColumn("from")),
        ] {
            assert_eq!(read(text).await, Err(why));
        }
        assert_eq!(retail::read(&town.house, &admin, &[0xff, 0xfe, 0x00]).await.unwrap().unwrap(), Err(SheetRefusal::Unreadable));
        let noted = town.house.store.scoped(admin.scope).journal(None, None, 100).await.unwrap();
        assert_eq!(noted.iter().filter(|entry| entry.action == "retail_price_set").count(), 2);
    }
}

/// RES-11: a letterhead is checked before anybody pays by it: each field says what is wrong; nobody else's numbers begin alike; what somebody else
/// changed meanwhile is not overwritten.
#[tokio::test(flavor = "multi_thread")]
async fn a_letterhead_is_checked() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let change = async |actor: &Actor, head: &TypedHead| {
            retail::change_letterhead(&town.house, actor, head).await.unwrap().expect("who may")
        };
        let admin = town.admin();
        let wrong = [
            (with("legal_id", "732 829 321"), HeadRefusal::LegalId("732 829 321".to_owned())),
            (with("vat_number", "FR 45 732829320"), HeadRefusal::VatNumber("FR 45 732829320".to_owned())),
            (with("vat_number", "FR 83 404833048"), HeadRefusal::OtherCompany),
            (with("vat_number", "DE 732829320"), HeadRefusal::OtherCompany),
            (with("prefix", "pt"), HeadRefusal::Prefix("pt".to_owned())),
            (with("prefix", "VA"), HeadRefusal::PrefixTaken("VA".to_owned())),
            (with("due_days", "91"), HeadRefusal::DueDays("91".to_owned())),
            (with("bic", "AGRI"), HeadRefusal::Bic("AGRI".to_owned())),
        ];
        for (head, why) in wrong {
            assert_eq!(change(&admin, &head).await, Err(vec![why]));
        }
        assert!(matches!(
            change(&admin, &with("iban", "FR76 3000 6000 0112 3456 7890 188")).await.unwrap_err()[..],
            [HeadRefusal::Iban(_)]
        ));
        assert!(matches!(change(&admin, &with("company", " ")).await.unwrap_err()[..], [HeadRefusal::Text(..)]));
        assert_eq!(retail::letterhead(&town.house, &admin).await.unwrap().unwrap().version, 0);
        change(&admin, &head()).await.unwrap();
        change(&admin, &head()).await.unwrap();
        let kept = retail::letterhead(&town.house, &admin).await.unwrap().unwrap();
        assert_eq!((kept.version, kept.legal_id.as_str(), kept.prefix.as_str()), (1, "732829320", "PT"));
        assert_eq!(change(&admin, &with("town", "Colmar")).await, Err(vec![HeadRefusal::Stale]));
        // Of two at once one is told that the other was faster, and not that its numbers are somebody else's.
        let [colmar, mulhouse] = ["Colmar", "Mulhouse"].map(|name| TypedHead { version: 1, ..with("town", name) });
        let (one, other) = tokio::join!(change(&admin, &colmar), change(&admin, &mulhouse));
        let late = [one, other].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        assert_eq!(late, [vec![HeadRefusal::Stale]]);
        let far = town.of(Reach::Reseller(town.resellers[1]), Role::ResellerAdmin);
        assert_eq!(change(&far, &head()).await, Err(vec![HeadRefusal::PrefixTaken("PT".to_owned())]));
        let noted = town.house.store.scoped(admin.scope).journal(None, None, 100).await.unwrap();
        assert_eq!(noted.iter().filter(|entry| entry.action == "letterhead_changed").count(), 2);
    }
}

/// RES-11, BIL-07: a reseller notes what its customers paid to its own account; nobody does it for another's invoices, its operator neither.
#[tokio::test(flavor = "multi_thread")]
async fn a_reseller_notes_what_its_customers_paid() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        town.set("15,37", "").await.unwrap();
        retail::change_letterhead(&town.house, &town.admin(), &head()).await.unwrap().unwrap().unwrap();
        for issuer in [Issuer::operator(town.operator), town.issuer()] {
            town.bill(issuer, "2026-12", BillAsked::Keep).await.unwrap();
        }
        let all = town.house.store.scoped(Scope::operator(town.operator));
        let rows = all.invoices(&InvoiceQuery { most: 100, ..InvoiceQuery::default() }).await.unwrap();
        let of = |customer: usize| rows.iter().find(|row| row.customer == town.customers[customer]).unwrap();
        let typed = TypedPayment {
            amount: Cents::new(1000),
            day: "2026-12-02".to_owned(),
            token: "t".to_owned(),
            ..TypedPayment::default()
        };
        let far = town.of(Reach::Reseller(town.resellers[1]), Role::ResellerAdmin);
        let agent = town.of(Reach::Reseller(town.resellers[0]), Role::ResellerAgent);
        let note = async |actor: &Actor, customer| payments::note(&town.house, actor, (of(customer).id, &typed)).await.unwrap();
        let operators = town.of(Reach::Operator, Role::OperatorAdmin);
        for (actor, customer) in [(&far, 1), (&agent, 1), (&operators, 1), (&town.admin(), 0)] {
            assert_eq!(note(actor, customer).await, None, "{actor:?}");
        }
        let payment = note(&town.admin(), 1).await.unwrap().unwrap();
        let shown = payments::noting(&town.house, &town.admin(), of(1).id).await.unwrap().unwrap();
        assert_eq!(shown.open, of(1).gross - Cents::new(1000));
        for other in [&far, &operators] {
            assert_eq!(payments::take_back(&town.house, other, payment).await.unwrap(), None);
        }
        assert_eq!(payments::take_back(&town.house, &town.admin(), payment).await.unwrap(), Some(Ok(())));
        let check = town.house.store.check_ledger(town.operator).await.unwrap();
        assert!(check.faults.is_empty(), "{:?}", check.faults);
    }
}

/// What somebody is told that a line's November costs beyond what is included, wherever it is told.
async fn told(town: &Town, actor: &Actor, line: LineId) -> Vec<(&'static str, Money)> {
    let (house, scope) = (&town.house, actor.scope);
    let november: Month = "2026-11".parse().unwrap();
    let paging = Paging { page: 1, rows: 100 };
    let query = LineQuery { month: Some(november), paging, ..LineQuery::default() };
    let page = line_page::line(house, scope, line, &query, "fr").await.unwrap().expect("a line");
    let listed = lines::list(house, scope, &LinesAsked { rows: 100, ..LinesAsked::default() }, "fr").await.unwrap();
    let listed = listed.rows.into_iter().find(|row| row.id == line).expect("it is listed");
    assert_eq!(page.is_wholesale, scope.reach == Reach::Operator && line != town.lines[0], "who pays something else is told of");
    let mut told = vec![
        ("the line's page", page.totals.out_of_bundle),
        ("its calls", page.totals.voice.price),
        ("its journal", page.usages.iter().map(|usage| usage.price).sum()),
        ("the list of lines", listed.out_of_bundle),
    ];
    for usage in &page.usages {
        let address = UsageAddress { line, start: usage.start, key: usage.key };
        let detail = usage_page::usage(house, scope, address, "fr").await.unwrap().expect("a usage");
        let parts: Money = detail.usage.parts.iter().map(|part| part.price).sum();
        assert_eq!((detail.usage.price, parts), (usage.price, usage.price));
        for part in detail.usage.parts {
            let Outcome::Charged { terms, .. } = part.outcome else { continue };
            let units = part.counted.units();
            let made = terms.price.for_quantity(units, terms.per.units()).unwrap().checked_add(terms.connection_fee).unwrap();
            assert_eq!(made, part.price, "the row explains the amount");
        }
    }
    if matches!(scope.reach, Reach::Customer(_) | Reach::Line(_)) {
        let query = ConsumptionQuery { month: Some(november), paging, ..ConsumptionQuery::default() };
        let found = consumption::consumption(house, scope, &query, "fr").await.unwrap().expect("usage");
        let overview = home::overview(house, scope, "fr").await.unwrap();
        told.push(("the consumption", found.price));
        told.push(("its usages", found.usages.iter().map(|usage| usage.price).sum()));
        told.push(("the first page", overview.few.iter().map(|row| row.out_of_bundle).sum()));
        if matches!(scope.reach, Reach::Customer(_)) {
            told.push(("its days", overview.out_of_bundle_by_day.iter().copied().sum()));
        }
    }
    let (_, compared) = compare::compare_line(house, scope, line, 1, "fr").await.unwrap().expect("a line");
    if let Some(compared) = compared {
        told.push(("the comparison", compared.now.cost.usage));
    }
    told
}

/// RES-11: a reseller's customers and its own people see usage at what it asks for it, to the millionth, wherever it is told, and pay it; the operator's
/// people see the operator's prices, which the reseller pays. A price holds for whole months.
#[tokio::test(flavor = "multi_thread")]
async fn usage_costs_what_the_reseller_asks() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        town.house.clock.set(at("2026-11-28T03:00:00Z"));
        let set = async |amount: &str, from: &str| {
            retail::set(&town.house, &town.admin(), &usage(amount, from)).await.unwrap().expect("who may")
        };
        assert_eq!(set("125", "").await, Err(PriceRefusal::NoMarkup("125".to_owned())));
        assert_eq!(set("-1", "").await, Err(PriceRefusal::NoMarkup("-1".to_owned())));
        assert_eq!(set("1,25", "2026-11-02").await, Err(PriceRefusal::NotFirst("2026-11-02".parse().unwrap())));
        set("1,25", "").await.unwrap();
        set("1,35", "").await.unwrap();
        town.used(
            "A1,voice,made,33639980011,0041791234567,2026-11-06 05:00:00,61,,,\n\
             A2,voice,made,33639980011,0041791234567,2026-11-07 05:00:00,600,,,\n\
             B1,voice,made,33639980001,0041791234567,2026-11-06 05:00:00,661,,,\n",
        )
        .await;
        // What was used goes by the price of its month.
        let december: Date = "2026-12-01".parse().unwrap();
        for from in ["", "2026-11-01"] {
            assert_eq!(set("1,90", from).await, Err(PriceRefusal::TooEarly(december)));
        }
        set("1,90", "2026-12-01").await.unwrap();
        let far = town.of(Reach::Reseller(town.resellers[1]), Role::ResellerAdmin);
        let of_far = retail::set(&town.house, &far, &usage("1,50", "")).await.unwrap();
        assert_eq!(of_far, Some(Ok(())), "nobody used anything there");
        let staff = town.of(Reach::Operator, Role::OperatorAdmin);
        let customer = town.of(Reach::Customer(town.customers[1]), Role::Subscriber);
        let user = town.of(Reach::Line(town.lines[1]), Role::Member);
        let own = town.of(Reach::Customer(town.customers[0]), Role::Subscriber);
        let line = town.lines[1];
        let more = |amount: Money, percent: i64| Money::from_micros(amount.micros() * percent / 100);
        let of_staff = told(&town, &staff, line).await;
        let operators = of_staff[0].1;
        assert!(operators.is_positive() && of_staff.iter().all(|(_, amount)| *amount == operators), "{of_staff:?}");
        for actor in [&customer, &user, &town.admin()] {
            for (place, amount) in told(&town, actor, line).await {
                assert_eq!(amount, more(operators, 135), "{place} as {actor:?}");
            }
        }
        let direct = told(&town, &staff, town.lines[0]).await[0].1;
        assert!(
            told(&town, &own, town.lines[0]).await.iter().all(|(_, amount)| *amount == direct),
            "the operator's own customer"
        );
        // A statement goes out in the reseller's name, whoever makes it.
        let november: Month = "2026-11".parse().unwrap();
        for actor in [&customer, &staff] {
            let statement = statement::statement(&town.house, actor, (line, november), "fr").await.unwrap().unwrap().unwrap();
            assert_eq!(statement.amount(), more(operators, 135), "{actor:?}");
        }
        let swiss = ["+41791234567".parse().unwrap()];
        let forwarded = async |actor: &Actor| {
            let costs = forward_cost::forward_costs(&town.house, actor, line, &swiss).await.unwrap().expect("a line");
            let CallCost::Charged(prices) = &costs[0].1 else { panic!("{costs:?}") };
            prices[0].per_minute
        };
        let minute = forwarded(&staff).await;
        assert_eq!(forwarded(&customer).await, more(minute, 135));

        // The reseller asks its customers for it, and pays the operator's price.
        retail::change_letterhead(&town.house, &town.admin(), &head()).await.unwrap().unwrap().unwrap();
        town.house.clock.set(at("2026-12-02T03:00:00Z"));
        assert_eq!(forwarded(&customer).await, more(minute, 190), "of December");
        for issuer in [Issuer::operator(town.operator), town.issuer()] {
            town.bill(issuer, "2026-12", BillAsked::Keep).await.unwrap();
        }
        let scope = |place: usize| Scope { operator: town.operator, reach: Reach::Customer(town.customers[place]) };
        let beyond = async |place: usize| {
            let invoices = town.invoices(scope(place)).await;
            let lines = invoices.iter().flat_map(|invoice| &invoice.lines);
            lines.filter(|line| matches!(line.item, billing::Item::Usage(_))).map(|line| line.net).sum::<Cents>()
        };
        assert_eq!(beyond(1).await, Cents::new(more(operators, 135).cents()));
        assert_eq!(beyond(0).await, Cents::new(direct.cents()));
        let all = town.house.store.scoped(Scope::operator(town.operator));
        let rows = all.invoices(&InvoiceQuery { most: 100, ..InvoiceQuery::default() }).await.unwrap();
        let row = rows.iter().find(|row| row.customer == town.customers[1]).unwrap();
        let (_, annex) = statement::invoiced_usage(&town.house, &customer, row.id).await.unwrap().unwrap().unwrap();
        let amounts = annex.lines.iter().flat_map(|line| &line.rows).filter_map(|row| match row.charged {
            Charged::Amount(amount) => Some(amount),
            Charged::Included => None,
        });
        assert_eq!(amounts.sum::<Money>(), more(operators, 135), "usage by usage");
        // A new price begins with a month.
        let january: Date = "2027-01-01".parse().unwrap();
        assert_eq!(set("1,40", "2026-12-01").await, Err(PriceRefusal::TooEarly(january)));
        let list = retail::prices(&town.house, &town.admin(), "fr").await.unwrap().unwrap();
        assert_eq!(list.earliest_of(&retail::RetailItem::usage()), Some(january));
        set("1,40", "2027-01-01").await.unwrap();
    }
}
