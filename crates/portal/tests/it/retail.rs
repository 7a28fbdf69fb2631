//! A reseller's prices on the pages: who sets them, and that nobody who pays them sees the operator's.

use crate::{
    client::Client,
    invoices::signed_in,
    tenants::{PASSWORD, Person, Tenants},
};
use axum::http::StatusCode;
use catalog::{RetailItem, RetailKind, RetailPrice};
use operations::permission::Role;
use std::collections::{BTreeSet, VecDeque};
use store::{Issuer, Scope};
use vocabulary::{Markup, Money, ResellerId};

/// What the reseller asks for each euro of usage.
const USAGE: Money = Money::from_micros(3_170_000);
/// So many pages are looked at.
const MOST_PAGES: usize = 400;

fn person(tenants: &Tenants, role: Role, reseller: Option<usize>) -> &Person {
    let is_it = |person: &&Person| person.role == role && person.owner.operator == 0 && person.owner.reseller == reseller;
    tenants.people.iter().find(is_it).unwrap_or_else(|| panic!("no {role:?} of {reseller:?}"))
}

/// The first reseller of the first operator.
fn reseller(tenants: &Tenants) -> ResellerId {
    let found = tenants.resellers.iter().find(|(_, owner)| owner.operator == 0 && owner.reseller == Some(0));
    found.expect("a reseller").0
}

/// What is sold, with the operator's price.
async fn sold(tenants: &Tenants) -> Vec<(RetailItem, Money)> {
    let catalog = tenants.house.catalog(tenants.operators[0]).await.expect("a catalogue");
    catalog.version_at(tenants.house.clock.now()).retail_items()
}

/// A price that nothing else has.
fn odd(place: usize) -> Money {
    Money::from_micros((7_000 + i64::try_from(place).expect("few")) * 1_000_000 + 130_000)
}

/// What usage of the first reseller's lines costs at the operator's prices, each record of it and each line's.
async fn used(tenants: &Tenants) -> Vec<Money> {
    let lines = tenants.lines.iter().filter(|line| line.owner.operator == 0 && line.owner.reseller == Some(0));
    let scoped = tenants.house.store.scoped(Scope::operator(tenants.operators[0]));
    let mut amounts = Vec::new();
    for line in lines {
        for month in scoped.usage_months(Some(line.id)).await.expect("months") {
            let kept = scoped.usage_as_it_came(month, &[line.id]).await.expect("usage");
            amounts.extend(kept.iter().map(|usage| usage.price));
            amounts.push(kept.iter().map(|usage| usage.price).sum());
        }
    }
    amounts.retain(|amount| amount.is_positive());
    amounts.sort_unstable();
    amounts.dedup();
    assert!(!amounts.is_empty(), "usage that costs something");
    amounts
}

/// An amount as pages in English and French write it, without its currency.
fn written(amount: Money) -> [String; 2] {
    let point = amount.to_string();
    [point.replace('.', ","), point]
}

/// The addresses that a page leads to, of this house, without those that do something.
fn links(body: &str) -> Vec<String> {
    let hrefs = body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = hrefs.filter(|href| href.starts_with('/') && !href.starts_with("//") && !href.starts_with("/assets"));
    let page = |href: &str| href.split('#').next().unwrap_or_default().replace("&amp;", "&").replace("&#38;", "&");
    own.map(page).filter(|href| !href.contains("/pdf") && !href.contains("sign-out") && !href.contains("/logo")).collect()
}

/// Goes from page to page, and reads each.
async fn walk(client: &mut Client, mut read: impl FnMut(&str, &str)) -> usize {
    let (mut known, mut next) = (BTreeSet::from(["/".to_owned()]), VecDeque::from(["/".to_owned()]));
    let mut pages = 0;
    while let Some(path) = next.pop_front() {
        let answer = client.get(&path).await;
        if answer.status != StatusCode::OK {
            continue;
        }
        pages += 1;
        read(&path, &answer.body);
        for link in links(&answer.body) {
            // Order and pages of one list say the same.
            let is_same_list = link.contains("sort=") || link.contains("page=");
            if !is_same_list && known.len() < MOST_PAGES && known.insert(link.clone()) {
                next.push_back(link);
            }
        }
    }
    pages
}

/// RES-11, PLT-01: once a reseller has prices of its own, no page of its agents, of its customers or of their users says a price of the operator's; the
/// operator's own people see the operator's.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_who_pays_a_reseller_sees_the_operator_s_prices() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        let (items, id) = (sold(&tenants).await, reseller(&tenants));
        let amount = |place, item: &RetailItem| if item.kind == RetailKind::Usage { USAGE } else { odd(place) };
        let priced = items.iter().enumerate();
        let priced = priced.map(|(place, (item, _))| RetailPrice { item: item.clone(), from: None, amount: amount(place, item) });
        let priced: Vec<RetailPrice> = priced.collect();
        let transaction = tenants.house.store.begin().await.expect("a transaction");
        transaction.add_retail_prices(id, &priced, (tenants.house.clock.now(), "Test")).await.expect("prices");
        transaction.commit().await.expect("a commit");
        let plan = |network: &str| items.iter().position(|(item, _)| item.id == "unlimited-5" && item.network == network);
        let place = plan("orange").expect("the plan of every line");
        // As pages in French group thousands.
        let (operators, own) = (items[place].1, written(odd(place))[0].replacen('7', "7\u{a0}", 1));
        // What is sold for the lines of these customers. Amounts that end in nothing but halves stand in many texts, but for that of their plan.
        let is_theirs = |item: &RetailItem| item.network.is_empty() || item.network == "orange";
        let is_telling = |price: Money| price.is_positive() && (price.micros() % 500_000 != 0 || price == operators);
        let telling = items.iter().filter(|(item, price)| is_theirs(item) && is_telling(*price)).map(|(_, price)| *price);
        let used = used(&tenants).await;
        let mut forbidden: BTreeSet<String> = telling.flat_map(written).map(|price| format!(">{price}\u{a0}€")).collect();
        forbidden.extend(
            used.iter()
                .copied()
                .flat_map(written)
                .flat_map(|amount| [">", "\u{a0}"].map(|before| format!("{before}{amount}\u{a0}€"))),
        );
        let markup = Markup::new(USAGE).expect("a markup");
        let own_usage: BTreeSet<String> = used.iter().flat_map(|amount| written(markup.on(*amount))).collect();
        for role in [Role::FleetManager, Role::Subscriber, Role::Member, Role::ResellerAgent] {
            let mut client = signed_in(&tenants, person(&tenants, role, Some(0))).await;
            let (mut seen, mut seen_usage) = (false, false);
            let pages = walk(&mut client, |path, body| {
                let plain = body.replace(['\u{202f}', ' '], "\u{a0}");
                seen |= plain.contains(&own);
                seen_usage |= own_usage.iter().any(|amount| plain.contains(amount));
                for price in &forbidden {
                    assert!(!plain.contains(price.as_str()), "{path} as {role:?} says {price}");
                }
            })
            .await;
            assert!(
                pages > 5 && seen && seen_usage,
                "{role:?} saw {pages} pages, its own price: {seen}, its usage: {seen_usage}"
            );
        }
        let mut staff = signed_in(&tenants, person(&tenants, Role::OperatorAdmin, None)).await;
        let line = tenants.lines.iter().find(|line| line.owner.operator == 0 && line.owner.reseller == Some(0)).expect("a line");
        let page = staff.get(&format!("/lines/{}/contract", line.id)).await.body.replace(['\u{202f}', ' '], "\u{a0}");
        assert!(written(operators).iter().any(|price| page.contains(price.as_str())), "{page}");
    }
}

/// RES-11, PLT-01, PLT-02: an administrator of a reseller changes a price, on its page and by a file, is told what is wrong with either, and keeps what was
/// typed; nobody else finds the pages; its bill runs are its own.
#[tokio::test(flavor = "multi_thread")]
async fn prices_are_set_by_a_reseller_s_administrator() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::on(database.url(), &hash).await;
        let mut admin = signed_in(&tenants, person(&tenants, Role::ResellerAdmin, Some(0))).await;
        let list = admin.get("/prices").await;
        assert_eq!(list.status, StatusCode::OK, "{}", list.body);
        let csrf = list.csrf().expect("a form");
        let here = "/prices/item?kind=plan&id=unlimited-5&network=orange";
        assert!(list.body.replace("&amp;", "&").replace("&#38;", "&").contains(here), "{}", list.body);
        assert_eq!(admin.get(here).await.status, StatusCode::OK);
        let fields = |amount: &'static str, from: &'static str| {
            [
                ("csrf", csrf.clone()),
                ("kind", "plan".into()),
                ("id", "unlimited-5".into()),
                ("network", "orange".into()),
                ("amount", amount.to_owned()),
                ("from", from.to_owned()),
            ]
        };
        async fn send(admin: &mut Client, fields: &[(&str, String)]) -> crate::client::Answer {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            admin.form("/prices/item", &fields).await
        }
        let wrong = send(&mut admin, &fields("neuf", "2030-01-01")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("value=\"neuf\"") && wrong.body.contains("value=\"2030-01-01\""), "{}", wrong.body);
        let good = send(&mut admin, &fields("19,37", "")).await;
        assert_eq!((good.status, good.location()), (StatusCode::SEE_OTHER, "/prices?changed=1#plan-title"), "{}", good.body);
        assert!(admin.get("/prices/export").await.body.contains("plan;unlimited-5;orange;"));
        let sheet = "kind;id;network;price;from\nplan;unlimited-5;orange;20,37;2031-01-01\nplan;nothing;orange;1;\n";
        let wrong = admin.files("/prices/file", &[("csrf", &csrf)], ("prices.csv", sheet)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sheet = "kind;id;network;price;from\nplan;unlimited-5;orange;20,37;2031-01-01\n";
        let good = admin.files("/prices/file", &[("csrf", &csrf)], ("prices.csv", sheet)).await;
        assert_eq!((good.status, good.location()), (StatusCode::SEE_OTHER, "/prices?changed=1"), "{}", good.body);
        let export = admin.get("/prices/export").await.body;
        assert!(export.contains(";19.37;\n"), "{export}");
        for (role, of) in [
            (Role::ResellerAgent, Some(0)),
            (Role::FleetManager, Some(0)),
            (Role::Subscriber, Some(0)),
            (Role::OperatorAdmin, None),
            (Role::FleetManager, None),
        ] {
            let mut other = signed_in(&tenants, person(&tenants, role, of)).await;
            for path in ["/prices", "/prices/export", here, "/letterhead"] {
                assert_eq!(other.get(path).await.status, StatusCode::NOT_FOUND, "{path} as {role:?}");
            }
        }
        let mut far = signed_in(&tenants, person(&tenants, Role::ResellerAdmin, Some(1))).await;
        assert!(!far.get("/prices/export").await.body.contains("19.37"));
        // Bills: nothing before there is a letterhead, and then nothing before the operator has closed the month.
        let refused = admin.form("/bill-runs", &[("csrf", &csrf), ("month", "2026-11")]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        let head = [
            ("csrf", csrf.as_str()),
            ("version", "0"),
            ("company", "Une SAS"),
            ("legal_form", "SAS au capital de 1 000 €"),
            ("legal_id", "732829320"),
            ("vat_number", "FR44732829320"),
            ("street", "1 rue du Port"),
            ("postcode", "29200"),
            ("town", "Brest"),
            ("iban", "FR7630006000011234567890189"),
            ("prefix", "UN"),
            ("due_days", "30"),
        ];
        let mut wrong = head.to_vec();
        wrong[9].1 = "FR7630006000011234567890188";
        let answer = admin.form("/letterhead", &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("id=\"iban-why\"") && answer.body.contains("Une SAS"), "{}", answer.body);
        assert_eq!(admin.form("/letterhead", &head).await.location(), "/letterhead?done=yes");
        let refused = admin.form("/bill-runs", &[("csrf", &csrf), ("month", "2026-11")]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        let operators = Issuer::operator(tenants.operators[0]);
        let asked = (operations::bill_run::BillAsked::Keep, "Test");
        let run = operations::bill_run::begin(&tenants.house, operators, "2026-11".parse().expect("a month"), asked)
            .await
            .expect("a run");
        let run = operations::bill_run::work(&tenants.house, run, &|_| ()).await.expect("bills");
        assert_eq!(admin.get(&format!("/bill-runs/{}", run.id)).await.status, StatusCode::NOT_FOUND, "the operator's run");
        let asked = admin.form("/bill-runs", &[("csrf", &csrf), ("month", "2026-11")]).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
        let preview = asked.location().to_owned();
        operations::bill_run::take_up(&tenants.house).await.expect("a run");
        assert_eq!(far.get(&preview).await.status, StatusCode::NOT_FOUND, "another reseller's run");
        let preview_id = preview.trim_start_matches("/bill-runs/");
        let issued = admin.form("/bill-runs/issues", &[("csrf", &csrf), ("preview", preview_id), ("sure", "yes")]).await;
        assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.body);
        operations::bill_run::take_up(&tenants.house).await.expect("a run");
        let scope: Scope = Issuer { operator: tenants.operators[0], reseller: Some(reseller(&tenants)) }.into();
        let query = store::InvoiceQuery { most: 10, ..store::InvoiceQuery::default() };
        let mut rows = tenants.house.store.scoped(scope).invoices(&query).await.expect("invoices");
        // What its own company received is the operator's.
        rows.retain(|row| !row.issuer.is_operator());
        assert!(!rows.is_empty() && rows.iter().all(|row| row.number.starts_with("UN2026-")), "{rows:?}");
        let holder = person(&tenants, Role::FleetManager, Some(0));
        let customer = tenants.customers.iter().find(|customer| customer.owner == holder.owner).expect("a business").id;
        let row = rows.iter().find(|row| row.customer == customer).expect("an invoice");
        let mut client = signed_in(&tenants, holder).await;
        let page = client.get(&format!("/invoices/{}", row.id)).await;
        assert!(page.status == StatusCode::OK && page.body.contains(&row.number), "{}", page.body);
        assert_eq!(client.get(&format!("/invoices/{}/pdf", row.id)).await.status, StatusCode::OK);
    }
}
