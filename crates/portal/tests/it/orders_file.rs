//! A file of ten thousand lines to order, through the page itself.

use crate::{
    client::{Answer, Client},
    tenants::{PASSWORD, Tenants, TestLine},
};
use axum::http::StatusCode;
use operations::{
    permission::Role,
    sim_batches::{self, BatchFile},
    sims::SimKind,
};
use std::collections::BTreeMap;
use store::Scope;
use vocabulary::{E164, Iccid};

const ROWS: usize = 10_000;
const WRONG: usize = 37;
const PAGE: &str = "/orders/file";
const COLUMNS: [&str; 13] = [
    "network",
    "offer",
    "capping",
    "options",
    "cutoffs",
    "sim",
    "iccid",
    "number",
    "rio",
    "begins",
    "user",
    "contact_email",
    "contact_number",
];
/// Beside the text of the file, which is sent again to confirm it, the page may have so many bytes.
const MOST_BESIDE: usize = 200_000;
/// The first card of the stock, and the first number.
const FIRST_CARD: u128 = 893_326_321_230_000_000;
const FIRST_NUMBER: u64 = 33_639_300_000;

fn card(place: usize) -> Iccid {
    Iccid::from_serial(FIRST_CARD + place as u128).expect("digits")
}

/// A row that has nothing wrong but these cells.
fn row(place: usize, cells: &[(&str, &str)]) -> String {
    let user = format!("Person {place}");
    let good = [("network", "orange"), ("offer", "unlimited-5"), ("capping", "capped"), ("user", user.as_str())];
    let cell = |column: &str| {
        let found = cells.iter().chain(&good).find(|(known, _)| *known == column);
        found.map_or("", |(_, text)| *text).to_owned()
    };
    COLUMNS.map(cell).join(";")
}

/// What can be wrong with a row: its cells, the column that is named, and what is said.
type Wrong<'a> = (Vec<(&'static str, &'a str)>, &'static str, &'static str);

fn wrongs<'a>(theirs: &'a str, own: &'a str, bad_digit: &'a str, first: &'a str) -> Vec<Wrong<'a>> {
    let ported = ("number", "06 12 34 56 78");
    vec![
        (vec![("network", "nowhere")], "network", "There is no such network"),
        (vec![("offer", "nothing")], "offer", "There is no such offer"),
        (vec![("capping", "")], "capping", "Choose whether the line is capped"),
        (vec![("capping", "perhaps")], "capping", "“perhaps” is not valid here"),
        (vec![("options", "nothing")], "options", "One of the options does not go"),
        (vec![("cutoffs", "nothing=1")], "cutoffs", "“nothing=1” is not valid here"),
        (vec![("sim", "paper")], "sim", "“paper” is not valid here"),
        (vec![("iccid", bad_digit)], "iccid", "is not valid here"),
        (vec![("iccid", theirs)], "iccid", "No SIM of this number is there"),
        (vec![("iccid", own)], "iccid", "This SIM is another line’s"),
        (vec![("iccid", first)], "iccid", "Stands in row 1 already"),
        (vec![("number", "12")], "number", "“12” is not valid here"),
        (vec![ported, ("rio", "01PEROY4P4TX")], "rio", "This RIO is not that of the number"),
        (vec![("rio", "01PEROY4P4TR")], "number", "Give the number that this proof is for"),
        (vec![("begins", "2020-01-01")], "begins", "The day has passed"),
        (vec![("user", "www.evil.example")], "user", "“www.evil.example” is not valid here"),
        (vec![("contact_email", "lea@")], "contact_email", "“lea@” is not valid here"),
        (vec![("contact_number", "12")], "contact_number", "“12” is not valid here"),
        (vec![("contact_number", "0612345678;one more")], "", "The row has not as many columns"),
    ]
}

/// The faults that a page names: row, column and words.
fn named(page: &Answer) -> Vec<(usize, String, String)> {
    let table = page.body.split("id=\"faults-title\"").nth(1).and_then(|rest| rest.split("</table>").next()).unwrap_or_default();
    let inner = |text: &str, tag: &str| {
        let (_, rest) = text.split_once(&format!("<{tag}"))?;
        let (_, rest) = rest.split_once('>')?;
        Some(rest.split(&format!("</{tag}>")).next()?.to_owned())
    };
    let fault = |row: &str| {
        let place = inner(row, "th scope=\"row\"").or_else(|| inner(row, "th"))?;
        let place = place.split("</th>").next()?.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()?;
        let words = row.rsplit_once("<td")?.1.split_once('>')?.1.split("</td>").next()?.to_owned();
        Some((place, inner(row, "code")?, words.replace("&#39;", "’").replace('\'', "’")))
    };
    table.split("<tr>").skip(1).filter_map(fault).collect()
}

/// Cards and numbers for all of them.
async fn stock(tenants: &Tenants) {
    let (house, operator) = (&tenants.house, tenants.operators[0]);
    let rows = (0..ROWS).map(|place| format!("{};20801{place:010};1234;87000002;5678;99000002\n", card(place)));
    let text: String = std::iter::once("ICCID;IMSI;PIN1;PUK1;PIN2;PUK2\n".to_owned()).chain(rows).collect();
    let file = BatchFile { name: "maker.csv", network: "orange", kind: SimKind::CardWithPin, bytes: text.as_bytes() };
    sim_batches::set_up(house, operator, file, &[]).await.expect("a database").expect("a good batch");
    let number = |place| E164::from_digits(FIRST_NUMBER + place).expect("digits");
    let numbers: Vec<E164> = (0..ROWS as u64).map(number).collect();
    let transaction = house.store.begin().await.expect("a transaction");
    let new = store::NewNumbers { operator, reseller: None, network: None, kind: None, numbers: &numbers };
    transaction.take_numbers_in(&new).await.expect("numbers");
    transaction.commit().await.expect("a database");
}

async fn iccid_of(tenants: &Tenants, line: &TestLine) -> String {
    let scoped = tenants.house.store.scoped(Scope::operator(tenants.operators[0]));
    scoped.esim_of_line(line.id).await.expect("a look").expect("each line has a SIM").iccid
}

/// FLT-21, RES-03, PLT-01: of a file of ten thousand lines each of the 37 wrong rows is named with its row, its column and why, whatever is wrong with
/// it, a SIM of somebody else included, and nothing is ordered; the good rows alone are ordered when that is chosen, once however often it is sent.
#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_lines_of_which_37_are_wrong() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::with_key(database.url(), &hash).await;
        stock(&tenants).await;
        let manager = |person: &&crate::tenants::Person| person.role == Role::FleetManager && person.owner.operator == 0;
        let manager = tenants.people.iter().find(manager).expect("a fleet manager");
        let (mut own, mut theirs) = (Vec::new(), Vec::new());
        for line in tenants.lines.iter().filter(|line| line.owner.operator == 0) {
            let is_own = line.owner.customer == manager.owner.customer;
            if is_own { &mut own } else { &mut theirs }.push(iccid_of(&tenants, line).await);
        }
        let first = card(0).to_string();
        let mut bad_digit = card(1).to_string();
        let last = bad_digit.pop().expect("a digit");
        bad_digit.push(if last == '0' { '1' } else { '0' });
        // A SIM that stands twice is another mistake: the second time, other cards of the same kind are meant.
        let kinds = (0..2).flat_map(|again| wrongs(&theirs[again], &own[again], &bad_digit, &first));
        let expected: BTreeMap<usize, Wrong<'_>> =
            kinds.take(WRONG).enumerate().map(|(place, kind)| (270 * (place + 1), kind)).collect();
        let mut text = COLUMNS.join(";") + "\n";
        for place in 1..=ROWS {
            let cells = match expected.get(&place) {
                Some((cells, ..)) => row(place, cells),
                None if place == 1 => row(place, &[("iccid", &first)]),
                None => row(place, &[]),
            };
            text.push_str(&cells);
            text.push('\n');
        }
        let scoped = tenants.house.store.scoped(Scope::operator(tenants.operators[0]));
        let orders =
            async || scoped.orders(None, (0, 99)).await.expect("a list").iter().map(|order| order.lines).collect::<Vec<_>>();
        let before = orders().await;
        let router = portal::server::routes(tenants.app.clone());
        let mut client = Client::new(&router, &manager.host).with("accept-language", "en");
        assert_eq!(client.sign_in(&manager.identifier, PASSWORD).await.status, StatusCode::SEE_OTHER);
        let csrf = client.get(PAGE).await.csrf().expect("a form");
        let page = client.files(PAGE, &[("csrf", &csrf)], ("lines.csv", &text)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let told = named(&page);
        let as_expected = told.iter().map(|(row, column, _)| (*row, column.as_str())).collect::<Vec<_>>();
        let rows = expected.iter().map(|(row, (_, column, _))| (*row, *column)).collect::<Vec<_>>();
        assert_eq!(as_expected, rows, "each of the 37, in its order, and no other");
        for ((row, _, words), (_, _, why)) in told.iter().zip(expected.values()) {
            assert!(words.contains(why), "row {row}: {words}");
        }
        assert!(page.body.contains("9,963"), "how many are good");
        assert!(page.body.len() < text.len() + MOST_BESIDE, "{} bytes for a file of {}", page.body.len(), text.len());
        assert_eq!(orders().await, before, "nothing is ordered by looking");
        let token = page.hidden("token").expect("a token");
        // Whoever says that all of it is good is told again what is not.
        let confirm = async |client: &mut Client, step: &str, good: &str| {
            let fields = [("csrf", csrf.as_str()), ("token", token.as_str()), ("step", step), ("good", good)];
            client.file_in("text", PAGE, &fields, ("text", &text)).await
        };
        let shown = page.body.split("name=\"good\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a count");
        assert_eq!(shown, "9963");
        assert_eq!(confirm(&mut client, "all", shown).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        // As many were good when whoever confirms saw it; one more has gone since, or come, or nothing is said of it.
        for other in ["9964", "9962", "", "all"] {
            let changed = confirm(&mut client, "good", other).await;
            assert_eq!(changed.status, StatusCode::UNPROCESSABLE_ENTITY, "{other}");
            assert!(changed.body.contains("has changed since you checked: nothing was ordered"), "{other}");
            assert!(changed.body.contains("name=\"good\" value=\"9963\""), "what is good now is shown to be confirmed");
        }
        assert_eq!(orders().await, before);
        let mut places = Vec::new();
        for _ in 0..2 {
            let placed = confirm(&mut client, "good", shown).await;
            assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.body);
            places.push(placed.location().to_owned());
        }
        assert_eq!(places[0], places[1], "the same form is the same order");
        let (ordered, after) = ((ROWS - WRONG) as u64, orders().await);
        assert_eq!((after[0], &after[1..]), (ordered, before.as_slice()), "once, and only the good rows");
        assert_eq!(client.get(&places[0]).await.status, StatusCode::OK);
    }
}
