//! A household that has its account debited, and staff that collect and take what the bank sends, through the pages.

use crate::{
    client::Client,
    invoices::{bill, issued, person, signed_in},
    tenants::{PASSWORD, Tenants},
};
use axum::http::{StatusCode, header};
use operations::permission::Role;

const IBAN: &str = "FR76 3000 6000 0112 3456 7890 189";
/// The account of the operator of these tests.
const OURS: &str = "FR1420041010050500013M02606";

fn camt(message: &str, entries: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\"><BkToCstmrDbtCdtNtfctn>\
         <GrpHdr><MsgId>{message}</MsgId><CreDtTm>2026-12-10T06:00:00Z</CreDtTm></GrpHdr><Ntfctn><Id>{message}</Id><Acct><Id><IBAN>{OURS}</IBAN></Id></Acct>\
         {entries}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    )
}

fn entry(key: &str, amount: &str, details: &str) -> String {
    format!(
        "<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-12-10</Dt></BookgDt>\
         <AcctSvcrRef>{key}</AcctSvcrRef><BkTxCd/><NtryDtls>{details}</NtryDtls></Ntry>"
    )
}

/// The household signs a mandate, and its account's page shows it; which account.
pub(crate) async fn sign(client: &mut Client) -> String {
    let list = client.get("/invoices").await.body;
    let (_, rest) = list.split_once("href=\"/billing-accounts/").expect("the way to how one pays");
    let account = rest.split('"').next().expect("an id").to_owned();
    let here = format!("/billing-accounts/{account}");
    let csrf = client.get(&here).await.csrf().expect("a form");
    let form = |iban: &'static str, password: &'static str| {
        [("iban", iban), ("holder", "Anne"), ("email", "anne@example.test"), ("agreed", "yes"), ("password", password)]
    };
    let mandates = format!("{here}/mandates");
    for (fields, status) in [
        (form("FR76 3000", PASSWORD), StatusCode::UNPROCESSABLE_ENTITY),
        (form(IBAN, ""), StatusCode::UNPROCESSABLE_ENTITY),
        (form(IBAN, "wrong"), StatusCode::UNPROCESSABLE_ENTITY),
        (form(IBAN, PASSWORD), StatusCode::SEE_OTHER),
    ] {
        let sent: Vec<(&str, &str)> = fields.into_iter().chain([("csrf", csrf.as_str())]).collect();
        let answer = client.form(&mandates, &sent).await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
    let page = client.get(&here).await.body;
    assert!(page.contains("***0 189") && !page.contains("3000 6000") && !page.contains("FR7630006000"), "{page}");
    account
}

/// CUS-08, BIL-08: a household signs, the invoice is collected by a file that is the same each time, what the bank books pays it once, and what nobody knows
/// the owner of is assigned by hand; whoever may not gets the answer of what is not there.
#[tokio::test(flavor = "multi_thread")]
async fn staff_collect_and_take_what_the_bank_sends() {
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    for database in testkit::databases() {
        let tenants = Tenants::with_key(database.url(), &hash).await;
        let holder = person(&tenants, Role::Subscriber);
        let mut household = signed_in(&tenants, holder).await;
        let account = sign(&mut household).await;
        bill(&tenants).await;
        let rows = issued(&tenants).await;
        let row = rows.iter().find(|row| row.account.to_string() == account).expect("an invoice");
        let invoice = household.get(&format!("/invoices/{}", row.id)).await.body;
        assert!(invoice.contains("Prélèvement le") && invoice.contains("***0"), "{invoice}");

        for role in [Role::OperatorAgent, Role::ResellerAdmin, Role::FleetManager] {
            let mut other = signed_in(&tenants, person(&tenants, role)).await;
            assert_eq!(other.get("/bank-files").await.status, StatusCode::NOT_FOUND, "{role:?}");
        }
        let mut staff = signed_in(&tenants, person(&tenants, Role::Accounting)).await;
        let desk = staff.get("/bank-files?until=2026-12-10").await;
        assert!(desk.body.contains("id=\"make\""), "{}", desk.body);
        let csrf = desk.csrf().expect("a form");
        let made = staff.form("/bank-files/collections", &[("csrf", &csrf), ("until", "2026-12-10")]).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let here = made.location().to_owned();
        let again = staff.form("/bank-files/collections", &[("csrf", &csrf), ("until", "2026-12-10")]).await;
        assert_eq!(again.location(), "/bank-files?nothing=0", "a double click collects once");
        let wrong = staff.form("/bank-files/collections", &[("csrf", &csrf), ("until", "soon")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = staff.get(&here).await.body;
        assert!(page.contains(&row.number) && page.contains("***0 189") && !page.contains("3000 6000"), "{page}");
        let file = staff.get(&format!("{here}/file")).await;
        assert_eq!(file.headers[header::CONTENT_TYPE], "application/xml");
        assert!(file.body.contains("pain.008.001.08") && file.body.contains("FR7630006000011234567890189"), "{}", file.body);
        assert_eq!(staff.get(&format!("{here}/file")).await.body, file.body, "the same bytes");
        let mut auditor = signed_in(&tenants, person(&tenants, Role::Auditor)).await;
        assert_eq!(auditor.get(&here).await.status, StatusCode::OK);
        assert_eq!(auditor.get(&format!("{here}/file")).await.status, StatusCode::NOT_FOUND, "IBANs are not an auditor's");

        let (_, rest) = file.body.split_once("<PmtInfId>").expect("a block");
        let block = rest.split('<').next().expect("its name");
        let amount = row.gross.to_string();
        let entries = [
            entry("A1", &amount, &format!("<Btch><PmtInfId>{block}</PmtInfId></Btch>")),
            entry("A2", "12.00", "<TxDtls><RltdPties><Dbtr><Pty><Nm>Jan</Nm></Pty></Dbtr></RltdPties></TxDtls>"),
        ];
        let xml = camt("M1", &entries.concat());
        let cut = staff.files("/bank-files", &[("csrf", &csrf)], ("camt.xml", &xml[..xml.len() / 2])).await;
        assert_eq!(cut.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(cut.body.contains("Rien n’a été compté") || cut.body.contains("pas un fichier XML"), "{}", cut.body);
        let taken = staff.files("/bank-files", &[("csrf", &csrf)], ("camt.xml", &xml)).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
        let shown = staff.get(taken.location()).await.body;
        assert!(shown.contains("1 prélèvement encaissé") && shown.contains("Ni communication structurée"), "{shown}");
        let before = staff.files("/bank-files", &[("csrf", &csrf)], ("other.xml", &xml)).await;
        assert_eq!(before.location(), format!("{}?before=yes", taken.location()), "the same file once");
        assert!(household.get("/invoices").await.body.contains("0,00"), "it is paid");

        let desk = staff.get("/bank-files").await.body;
        let (_, rest) = desk.split_once("/bank-files/items/").expect("something waits");
        let item = rest.split('/').next().expect("an id");
        let assign = format!("/bank-files/items/{item}/invoice");
        let unknown = staff.form(&assign, &[("csrf", &csrf), ("number", "GL2026-999999")]).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        let other = rows.iter().find(|other| other.account != row.account).expect("another invoice");
        let assigned = staff.form(&assign, &[("csrf", &csrf), ("number", &other.number)]).await;
        assert_eq!(assigned.location(), "/bank-files?done=yes", "{}", assigned.body);
        assert_eq!(
            staff.form(&assign, &[("csrf", &csrf), ("number", &other.number)]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let check = tenants.house.store.check_ledger(tenants.operators[0]).await.expect("a check");
        assert_eq!(check.faults, Vec::<String>::new());
        tenants.house.store.verify_journal(tenants.operators[0], None).await.expect("a chain");
    }
}
