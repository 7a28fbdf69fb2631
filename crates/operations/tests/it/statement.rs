//! Statements of lines, and the usage behind invoices: what they tell, to whom, and for how long.

use crate::{
    line_access::accepted_by_paul,
    people::{Town, actor_of, town},
    stage::{actor, after, at, house, import, line},
};
use operations::{
    Actor, House, NewCustomer, NewOperator, Reach,
    bill_run::{self, BillAsked},
    line::{self as line_page, LineQuery},
    line_user::{self, Field, Typed},
    permission::Role,
    provision,
    statement::{self, CalledNumbers, NoDocument, Standing, Statement, Verdict},
};
use std::fs;
use store::{InvoiceQuery, Issuer, Object, Scope};
use testkit::raw;
use vocabulary::{Direction, InvoiceId, LineId, Money, Month, OperatorId, UsageKind};

const HEADER: &str = "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n";

async fn take_in(house: &House, operator: OperatorId, rows: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("usage.csv");
    fs::write(&path, format!("{HEADER}{rows}")).unwrap();
    let report = import(house, operator, "mobile", &path).await.unwrap();
    assert_eq!(report.set_aside, 0, "{report:?}");
}

fn november() -> Month {
    "2026-11".parse().unwrap()
}

/// Some usage of one of Anne's lines.
const USED: &str = "A1,voice,made,33639980032,0612345678,2026-11-05 05:00:00,125,,,\n\
                    A2,voice,made,33639980032,0041791234567,2026-11-06 05:00:00,61,,,\n\
                    A3,voice,received,33639980032,0388123456,2026-11-07 05:00:00,30,,,\n\
                    A4,sms,made,33639980032,0612345678,2026-11-07 06:00:00,,,,\n\
                    A5,data,made,33639980032,,2026-11-08 05:00:00,,1200000,,\n\
                    A6,voice,made,33639980032,3179,2026-11-09 05:00:00,10,,,\n";

async fn told(town: &Town, who: &Actor, line: LineId) -> Option<Result<Statement, NoDocument>> {
    statement::statement(&town.house, who, (line, november()), "fr").await.unwrap()
}

/// BIL-11: a statement has each usage of a line's month, the earliest first, with what was included and what it cost; its sums are those of the line's
/// page. The last four digits of numbers are hidden unless the subscriber asked otherwise, which the journal knows and which ends with them.
#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_told_usage_by_usage() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, line) = (&town.house, town.lines[3]);
        take_in(house, town.door.operator, USED).await;
        let anne = actor_of(&town, "V100003").await;
        let statement = told(&town, &anne, line).await.unwrap().unwrap();
        assert_eq!(
            (statement.number.replace('\u{a0}', " ").as_str(), statement.customer.as_str()),
            ("06 39 98 00 32", "Famille Schneider")
        );
        assert_eq!((statement.called, statement.so_far.unwrap().to_string()), (CalledNumbers::Hidden, "2026-11-21".to_owned()));
        let rows: Vec<_> = statement
            .rows
            .iter()
            .map(|row| (row.at.to_string(), row.kind, row.direction, row.party.replace('\u{a0}', " "), row.units))
            .collect();
        assert_eq!(rows.len(), 6);
        let first = ("2026-11-05T05:00:00".to_owned(), UsageKind::Voice, Direction::Made, "06 12 34 56 78".to_owned(), 125);
        assert_eq!(rows[0], first, "by the operator's clock");
        assert_eq!((rows[4].1, rows[4].3.as_str()), (UsageKind::Data, ""));
        assert_eq!(statement.called.shown(&statement.rows[0].party).replace('\u{a0}', " "), "06 12 34 •• ••");
        assert_eq!(statement.rows[0].verdict, Verdict::Included);
        assert!(matches!(statement.rows[1].verdict, Verdict::Amount(amount) if amount.is_positive()));
        assert_eq!((statement.rows[1].destination.as_str(), statement.rows[1].charged_units), ("Suisse", 61));

        let page = line_page::line(house, anne.scope, line, &LineQuery::default(), "fr").await.unwrap().unwrap();
        assert_eq!(statement.amount(), page.totals.out_of_bundle);
        let sums = statement.sums();
        let told: Vec<_> = sums.iter().map(|sum| (sum.kind, sum.direction, sum.records)).collect();
        use {Direction::*, UsageKind::*};
        assert_eq!(told, [(Voice, Made, 3), (Voice, Received, 1), (Sms, Made, 1), (Data, Made, 1)]);
        assert_eq!((sums[0].included + sums[0].charged, sums[0].amount), (196, page.totals.out_of_bundle));
        assert_eq!(sums.iter().map(|sum| sum.amount).sum::<Money>(), statement.amount());
        let beyond = statement::pdf(house, &anne, (line, november(), 1), "fr").await.unwrap().unwrap();
        assert_eq!(beyond.unwrap_err(), NoDocument::Parts(1));

        // Who asks for whole numbers: the subscriber or who does it in their name, once.
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        let staff = |role| actor(Scope::operator(town.door.operator), role);
        for who in [&hugo, &staff(Role::Accounting), &staff(Role::Auditor)] {
            assert!(statement::ask_numbers(house, who, line, CalledNumbers::Whole).await.unwrap().is_none(), "{who:?}");
        }
        for _ in 0..2 {
            assert_eq!(statement::ask_numbers(house, &anne, line, CalledNumbers::Whole).await.unwrap(), Some(()));
        }
        let whole = async || told_as(&town, &anne, line).await;
        assert_eq!(whole().await, CalledNumbers::Whole);
        let scoped = house.store.scoped(Scope::operator(town.door.operator));
        let noted = scoped.journal(Some(Object::Line(line)), None, 50).await.unwrap();
        assert_eq!((noted.len(), noted[0].action.as_str()), (1, "line_numbers_shown"));
        assert_eq!(after(&noted[0]), serde_json::json!({ "numbers_shown": "whole" }));
        statement::ask_numbers(house, &staff(Role::OperatorAgent), line, CalledNumbers::Hidden).await.unwrap().unwrap();
        assert_eq!(whole().await, CalledNumbers::Hidden);

        // Somebody else in the user's place has not asked.
        statement::ask_numbers(house, &anne, line, CalledNumbers::Whole).await.unwrap().unwrap();
        let version = line_user::user(house, &anne, line).await.unwrap().unwrap().version;
        let paul = Typed::with(|field| if field == Field::LastName { "Paul".to_owned() } else { String::new() });
        line_user::replace(house, &anne, (line, version), &paul).await.unwrap().unwrap().unwrap();
        assert_eq!(whole().await, CalledNumbers::Hidden);
    }
}

async fn told_as(town: &Town, who: &Actor, line: LineId) -> CalledNumbers {
    told(town, who, line).await.unwrap().unwrap().called
}

/// BIL-11, TEL-07, PLT-01: who pays for a line with access of its own gets no statement of it, its holder does; another's line is not there.
#[tokio::test(flavor = "multi_thread")]
async fn a_statement_is_for_who_sees_the_usage() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, line) = (&town.house, town.lines[3]);
        take_in(house, town.door.operator, USED).await;
        let anne = actor_of(&town, "V100003").await;
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        assert!(told(&town, &hugo, line).await.is_none(), "another's line");
        assert!(statement::shown(house, &hugo, line, None).await.unwrap().is_none());
        accepted_by_paul(&town, &anne, line).await;
        assert_eq!(told(&town, &anne, line).await, Some(Err(NoDocument::Private)));
        let shown = statement::shown(house, &anne, line, None).await.unwrap().unwrap();
        assert_eq!((shown.standing, shown.may_ask), (Standing::Private, false));
        assert!(statement::ask_numbers(house, &anne, line, CalledNumbers::Whole).await.unwrap().is_none());
        let paul = Actor { scope: Scope { reach: Reach::Line(line), ..anne.scope }, role: Role::Member, ..anne.clone() };
        assert_eq!(told(&town, &paul, line).await.unwrap().unwrap().rows.len(), 6);
        assert_eq!(statement::shown(house, &paul, line, None).await.unwrap().unwrap().standing, Standing::Records(6));
        assert!(statement::ask_numbers(house, &paul, line, CalledNumbers::Whole).await.unwrap().is_some());
        let document = statement::pdf(house, &paul, (line, november(), 0), "nl").await.unwrap().unwrap().unwrap();
        assert_eq!(document.number, "0639980032-2026-11");
        assert!(document.bytes.starts_with(b"%PDF-1.7"));
    }
}

/// BIL-11: of a month whose records were erased there is no statement, and that is said; a month without usage has an empty one.
#[tokio::test(flavor = "multi_thread")]
async fn an_erased_month_is_said_to_be() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let (house, line) = (&town.house, town.lines[3]);
        take_in(house, town.door.operator, USED).await;
        let anne = actor_of(&town, "V100003").await;
        let unused = statement::statement(house, &anne, (line, "2026-10".parse().unwrap()), "fr").await.unwrap();
        assert_eq!(unused.unwrap().unwrap().rows.len(), 0);
        for erased in ["DELETE FROM usage_202611", "DROP TABLE usage_202611"] {
            raw::run(database.url(), erased).await;
            assert_eq!(told(&town, &anne, line).await, Some(Err(NoDocument::Erased)), "{erased}");
            let pdf = statement::pdf(house, &anne, (line, november(), 0), "fr").await.unwrap().unwrap();
            assert_eq!(pdf.unwrap_err(), NoDocument::Erased, "{erased}");
            let shown = statement::shown(house, &anne, line, Some(november())).await.unwrap().unwrap();
            assert_eq!(shown.standing, Standing::Erased, "{erased}");
        }
    }
}

/// BIL-04, BIL-11: the usage that an invoice asks for is a document of its own, for who sees the invoice, as long as the records are kept.
#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_has_the_usage_behind_it() {
    for database in testkit::databases() {
        let house = house(database.url(), "2026-12-02T03:00:00Z").await;
        let mobile = |number: &str| line(number, &[], ("mobile", "rhenane", "mobile-20"));
        let household = |reference: &str, number| NewCustomer::household(reference, "Famille", vec![mobile(number)]);
        let customers = vec![household("V1", "+33639980011"), household("V2", "+33639980021")];
        let new = NewOperator { slug: "vallee".to_owned(), name: "Vallée".to_owned(), customers, ..NewOperator::default() };
        let operator = provision(&house, &new).await.unwrap();
        let rows = "A1,voice,made,33639980011,0041791234567,2026-11-05 05:00:00,60,,,\n\
                    A2,voice,made,33639980011,0612345678,2026-12-01 05:00:00,60,,,\n";
        take_in(&house, operator, rows).await;
        let issuer = Issuer::operator(operator);
        let run = bill_run::begin(&house, issuer, "2026-12".parse().unwrap(), (BillAsked::Keep, "Noé Garnier")).await.unwrap();
        bill_run::work(&house, run, &|_| ()).await.unwrap();
        let scoped = house.store.scoped(Scope::operator(operator));
        let invoices = scoped.invoices(&InvoiceQuery { most: 10, ..InvoiceQuery::default() }).await.unwrap();
        let (with, without) = (invoices.last().unwrap().clone(), invoices[0].clone());
        let payer = actor(Scope { operator, reach: Reach::Customer(with.customer) }, Role::Subscriber);
        let asked = async |who: &Actor, id: InvoiceId| statement::annex(&house, who, (id, None)).await.unwrap();
        let document = asked(&payer, with.id).await.unwrap().unwrap();
        assert_eq!(document.number, format!("{}-usage", with.number));
        assert!(document.bytes.starts_with(b"%PDF-1.7"));
        assert!(asked(&payer, without.id).await.is_none(), "another's");
        let staff = actor(Scope::operator(operator), Role::Accounting);
        assert_eq!(asked(&staff, without.id).await.unwrap().unwrap_err(), NoDocument::Nothing);
        house.clock.set(at("2028-01-01T00:00:00Z"));
        raw::run(database.url(), "DROP TABLE usage_202611").await;
        assert_eq!(asked(&payer, with.id).await.unwrap().unwrap_err(), NoDocument::Erased);
    }
}
