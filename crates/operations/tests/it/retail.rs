//! Resellers' own prices, their letterhead and their bill runs, on both engines.

use crate::stage::{actor, at, house, line};
use billing::{Invoice, PaymentMeans};
use jiff::civil::Date;
use operations::{
    Actor, House, NewCustomer, NewOperator, NewReseller, Reach, Scope,
    bill_run::{self, BillAsked, BillRunRefusal, desk},
    line_services,
    permission::Role,
    provision,
    retail::{self, HeadRefusal, LETTERHEAD_FIELDS, PriceRefusal, SheetRefusal, TypedHead, TypedPrice},
};
use store::{InvoiceQuery, Issuer, KeptRun, Party};
use vocabulary::{Cents, CustomerId, LineId, Money, Month, OperatorId, ResellerId};

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

    async fn monthly(&self, actor: &Actor, line: LineId) -> Money {
        line_services::services(&self.house, actor, line, "fr").await.unwrap().expect("a line").monthly
    }
}

fn plan(amount: &str, from: &str) -> TypedPrice {
    let item = ["plan", "mobile-20", "rhenane"].map(str::to_owned);
    TypedPrice { item, amount: amount.to_owned(), from: from.to_owned() }
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
