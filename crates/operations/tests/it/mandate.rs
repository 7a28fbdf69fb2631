//! How an account pays: mandates signed, changed and ended, who is told, and where invoices go (CUS-08), on both engines.

use crate::{
    people::{Town, actor_of, town},
    stage::{after, at},
};
use operations::{
    Actor, House,
    billing_account::{self, BillingAddress, MandateEnd, MandateState, Refusal, Wishes},
    keys,
    mandate::{self, Agreed, SignRefusal, Typed},
    permission::Role,
    proof,
    seal::{Place, Seal},
};
use store::{Reach, Scope};
use vocabulary::{BillingAccountId, IbanError};

const FIRST: &str = "FR76 3000 6000 0112 3456 7890 189";
const SECOND: &str = "BE71 0961 2345 6769";
const MASKED_FIRST: &str = "FR** **** **** **** **** ***0 189";
const MASKED_SECOND: &str = "BE** **** **** 6769";

fn typed(iban: &str) -> Typed<'_> {
    Typed { iban, bic: "", holder: "Anne Schneider", email: "factures@schneider.example", agreed: Agreed::Yes }
}

/// A town of which no mail waits.
async fn quiet_town(url: &str) -> Town {
    let town = town(url).await;
    letters(&town.house).await;
    town
}

async fn account_of(town: &Town, customer: vocabulary::CustomerId) -> BillingAccountId {
    let scoped = town.house.store.scoped(Scope::operator(town.door.operator));
    scoped.accounts_of(customer).await.unwrap()[0].0
}

async fn sign(house: &House, actor: &Actor, account: BillingAccountId, typed: &Typed<'_>) -> Option<Result<String, SignRefusal>> {
    let fresh = Actor { proved: house.clock.now(), ..actor.clone() };
    let proof = proof::asked(&fresh, house.clock.now()).unwrap();
    let signed = mandate::sign(house, proof, account, typed).await.unwrap()?;
    Some(signed.map(|reference| reference.to_string()))
}

/// Takes the mails that wait, the oldest first: recipient, template, what it says.
async fn letters(house: &House) -> Vec<(String, String, serde_json::Value)> {
    let claim =
        store::MailClaim { holder: "test", now: house.clock.now(), until: house.clock.now().plus_seconds(9_999_999), most: 100 };
    let mut claimed = house.store.claim_mails(claim).await.unwrap();
    claimed.sort_by_key(|mail| mail.id);
    let open = |mail: store::ClaimedMail| {
        let place = Place { table: "mail", column: "arguments", row: &mail.kept.message_id };
        let said = house.seal.open(place, mail.arguments.as_deref().unwrap()).unwrap();
        (mail.kept.recipient.clone(), mail.kept.template.clone(), serde_json::from_slice(&said).unwrap())
    };
    claimed.into_iter().map(open).collect()
}

async fn entries(town: &Town, action: &str) -> Vec<store::Entry> {
    let scoped = town.house.store.scoped(Scope::operator(town.door.operator));
    let all = scoped.journal(None, None, u32::MAX).await.unwrap();
    all.into_iter().rev().filter(|entry| entry.action == action).collect()
}

/// CUS-08: what is no IBAN of SEPA, another bank's BIC, and a mandate that nobody agreed to are refused, each with what is wrong; nothing is kept or told.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_account_of_sepa_is_refused() {
    for database in testkit::databases() {
        let town = quiet_town(database.url()).await;
        let anne = actor_of(&town, "V100003").await;
        let account = account_of(&town, town.household).await;
        let refused = async |typed: Typed<'_>| sign(&town.house, &anne, account, &typed).await.unwrap().unwrap_err();
        let of_iban = async |iban: &str| match refused(typed(iban)).await {
            SignRefusal::Iban(error) => error,
            other => panic!("{other:?}"),
        };
        assert_eq!(of_iban("  ").await, IbanError::Empty);
        assert!(matches!(of_iban("FR76 3000 6000 0112 3456 7890 18").await, IbanError::Length { has: 26, needs: 27, .. }));
        assert!(matches!(of_iban("FR76 3000 6000 0112 3456 7890 198").await, IbanError::Check(_)));
        assert!(matches!(of_iban("TN59 1000 6035 1835 9847 8831").await, IbanError::NotSepa(..)));
        assert!(matches!(of_iban("XX59 1000").await, IbanError::UnknownCountry(..)));
        assert!(matches!(refused(Typed { bic: "PSSTFRPP", ..typed(FIRST) }).await, SignRefusal::OtherBank(_)));
        assert!(matches!(refused(Typed { bic: "AGRI", ..typed(FIRST) }).await, SignRefusal::Bic(_)));
        assert_eq!(refused(Typed { holder: " ", ..typed(FIRST) }).await, SignRefusal::Holder(None));
        assert_eq!(refused(Typed { email: "anne@", ..typed(FIRST) }).await, SignRefusal::Email(None));
        assert_eq!(refused(Typed { agreed: Agreed::No, ..typed(FIRST) }).await, SignRefusal::NotAgreed);
        assert!(matches!(refused(typed("CH93 0076 2011 6238 5295 7")).await, SignRefusal::OutsideTheEea(_)));
        let shown = billing_account::show(&town.house, &anne, account).await.unwrap().unwrap();
        assert!(shown.mandate.is_none() && shown.ended.is_empty() && letters(&town.house).await.is_empty());
        assert!(entries(&town, "mandate_signed").await.is_empty());
    }
}

/// CUS-08, PLT-16: another IBAN is told to the address before, the new one and who did it, with both IBANs masked; it makes a mandate with a reference of
/// its own and ends the one before; the journal has it masked, and the whole number stands nowhere in clear.
#[tokio::test(flavor = "multi_thread")]
async fn another_iban_is_told_and_makes_another_mandate() {
    for database in testkit::databases() {
        let town = quiet_town(database.url()).await;
        let house = &town.house;
        let anne = actor_of(&town, "V100003").await;
        let account = account_of(&town, town.household).await;
        let first = sign(house, &anne, account, &typed(FIRST)).await.unwrap().unwrap();
        assert_eq!(first, format!("GL-{account}-1"));
        let told = letters(house).await;
        let recipients: Vec<_> = told.iter().map(|(to, template, _)| (to.as_str(), template.as_str())).collect();
        assert_eq!(recipients, [("factures@schneider.example", "debit-begun"), ("anne@example.fr", "debit-begun")]);
        let shown = async || billing_account::show(house, &anne, account).await.unwrap().unwrap();
        let kept = shown().await;
        let mandate = kept.mandate.clone().unwrap();
        assert_eq!((mandate.iban.as_str(), mandate.bic.unwrap().as_str()), (MASKED_FIRST, "AGRIFRPP"), "the bank is known");
        assert_eq!(kept.account.invoice_email, "factures@schneider.example");

        assert_eq!(sign(house, &anne, account, &typed(FIRST)).await, Some(Err(SignRefusal::Same)));
        let nobody = billing_account::change(house, &anne, account, &Wishes::default()).await.unwrap();
        assert_eq!(nobody, Some(Err(Refusal::MustBeTold)), "whoever is debited is told before");
        assert!(letters(house).await.is_empty());
        let other = Typed { email: "compta@schneider.example", ..typed(SECOND) };
        let second = sign(house, &anne, account, &other).await.unwrap().unwrap();
        assert_eq!(second, format!("GL-{account}-2"));
        let told = letters(house).await;
        let recipients: Vec<_> = told.iter().map(|(to, ..)| to.as_str()).collect();
        assert_eq!(recipients, ["factures@schneider.example", "compta@schneider.example", "anne@example.fr"]);
        for (to, template, said) in &told {
            assert_eq!(template, "debit-changed", "{to}");
            assert_eq!((said["before"].as_str(), said["after"].as_str()), (Some(MASKED_FIRST), Some(MASKED_SECOND)));
            assert_eq!(said["reference"].as_str(), Some(second.as_str()));
        }
        let kept = shown().await;
        assert_eq!(kept.mandate.unwrap().reference.as_str(), second);
        assert_eq!(kept.ended.len(), 1);
        assert!(matches!(kept.ended[0].state, MandateState::Ended { why: MandateEnd::IbanChanged, .. }), "{:?}", kept.ended);
        let noted = entries(&town, "mandate_signed").await;
        assert_eq!(after(&noted[1])["iban"].as_str(), Some(MASKED_SECOND));
        assert!(noted[1].before.as_deref().unwrap().contains(MASKED_FIRST));
        for (table, columns) in [("mandate", &["iban", "masked", "holder"][..]), ("journal", &["before", "after"])] {
            for part in ["300060000112", "3000 6000 0112", "0961234567", "0961 2345 67"] {
                let holds: Vec<_> = columns.iter().map(|column| format!("{column} LIKE '%{part}%'")).collect();
                let sql = format!("SELECT COUNT(*) FROM {table} WHERE {}", holds.join(" OR "));
                assert_eq!(testkit::raw::count(database.url(), &sql).await, 0, "{sql}");
            }
        }

        assert_eq!(mandate::end(house, &anne, account).await.unwrap(), Some(true));
        assert_eq!(mandate::end(house, &anne, account).await.unwrap(), Some(false), "there is none any more");
        let told = letters(house).await;
        let recipients: Vec<_> = told.iter().map(|(to, template, _)| (to.as_str(), template.as_str())).collect();
        assert_eq!(recipients, [("compta@schneider.example", "debit-ended"), ("anne@example.fr", "debit-ended")]);
        assert!(shown().await.mandate.is_none());
        // The same account again, after an end, is a mandate of its own.
        assert_eq!(sign(house, &anne, account, &typed(SECOND)).await.unwrap().unwrap(), format!("GL-{account}-3"));
        house.store.verify_journal(town.door.operator, None).await.unwrap();
    }
}

/// CUS-08, BIL-08: a mandate that the bank refused, and one that lapsed, are signed anew for the same account: the one before ends, and who is told reads that
/// its debits begin, not that another account is debited.
#[tokio::test(flavor = "multi_thread")]
async fn a_mandate_that_may_not_be_used_is_signed_for_the_same_account() {
    for database in testkit::databases() {
        let town = quiet_town(database.url()).await;
        let house = &town.house;
        let anne = actor_of(&town, "V100003").await;
        let account = account_of(&town, town.household).await;
        let signed = async || sign(house, &anne, account, &typed(FIRST)).await.unwrap();
        let shown = async || billing_account::show(house, &anne, account).await.unwrap().unwrap();
        let first = signed().await.unwrap();
        letters(house).await;
        let transaction = house.store.begin().await.unwrap();
        let kept = transaction.last_mandate(account).await.unwrap().unwrap();
        transaction.save_mandate(&kept.mandate.blocked("2026-11-22".parse().unwrap())).await.unwrap();
        transaction.commit().await.unwrap();

        let second = signed().await.unwrap();
        assert_eq!(second, format!("GL-{account}-2"));
        let told = letters(house).await;
        assert_eq!(told.len(), 2);
        for (to, template, said) in &told {
            assert_eq!(template, "debit-begun", "{to}");
            assert_eq!((said["before"].as_str(), said["after"].as_str()), (Some(""), Some(MASKED_FIRST)));
            assert_eq!(said["reference"].as_str(), Some(second.as_str()));
        }
        let kept = shown().await;
        assert_eq!(kept.mandate.unwrap().reference.as_str(), second);
        assert_eq!((kept.ended.len(), kept.ended[0].reference.as_str()), (1, first.as_str()));
        assert!(matches!(kept.ended[0].state, MandateState::Ended { why: MandateEnd::Bank, .. }), "{:?}", kept.ended);
        assert_eq!(signed().await, Err(SignRefusal::Same), "it may be used");

        house.clock.set(at("2029-11-20T10:00:00Z"));
        assert_eq!((signed().await, shown().await.has_lapsed), (Err(SignRefusal::Same), false));
        house.clock.set(at("2029-11-21T10:00:00Z"));
        assert!(shown().await.has_lapsed, "36 months after it was signed");
        assert_eq!(signed().await, Ok(format!("GL-{account}-3")));
        let kept = shown().await;
        assert_eq!((kept.has_lapsed, kept.ended.len()), (false, 2));
        assert!(matches!(kept.ended[0].state, MandateState::Ended { why: MandateEnd::Revoked, .. }), "{:?}", kept.ended);
        house.store.verify_journal(town.door.operator, None).await.unwrap();
    }
}

/// CUS-08, PLT-01: who does not see an account, or may not change it, gets the answer of one that is not there; what a reseller bills is not collected by the
/// operator; two who change at once leave one mandate.
#[tokio::test(flavor = "multi_thread")]
async fn an_account_has_one_mandate_whoever_asks() {
    for database in testkit::databases() {
        let town = quiet_town(database.url()).await;
        let house = &town.house;
        let (anne, mona) = (actor_of(&town, "V100003").await, actor_of(&town, "mona@other.example").await);
        let (hugo, olga) = (actor_of(&town, "hugo@lambert.example").await, actor_of(&town, "olga@test.example").await);
        let (account, theirs) = (account_of(&town, town.household).await, account_of(&town, town.company).await);
        let auditor = Actor { role: Role::Auditor, ..olga.clone() };
        let of_line = Scope { reach: Reach::Line(town.lines[2]), ..anne.scope };
        let member = Actor { role: Role::Member, scope: of_line, ..anne.clone() };
        for actor in [&mona, &auditor, &member] {
            assert_eq!(sign(house, actor, account, &typed(FIRST)).await, None, "{:?}", actor.role);
            assert_eq!(mandate::end(house, actor, account).await.unwrap(), None);
            assert!(billing_account::change(house, actor, account, &Wishes::default()).await.unwrap().is_none());
        }
        assert!(billing_account::show(house, &mona, account).await.unwrap().is_none());
        assert!(!billing_account::show(house, &auditor, account).await.unwrap().unwrap().can_change);
        assert_eq!(sign(house, &hugo, theirs, &typed(FIRST)).await, Some(Err(SignRefusal::NotCollected)));
        let both = tokio::join!(async { sign(house, &anne, account, &typed(FIRST)).await.unwrap() }, async {
            sign(house, &olga, account, &typed(SECOND)).await.unwrap()
        },);
        assert!(both.0.is_ok() && both.1.is_ok(), "{both:?}");
        let shown = billing_account::show(house, &anne, account).await.unwrap().unwrap();
        assert_eq!((shown.mandate.is_some(), shown.ended.len()), (true, 1));
    }
}

/// PLT-16, CUS-08: an IBAN is sealed anew when the key changes, and opens with the new one alone.
#[tokio::test(flavor = "multi_thread")]
async fn an_iban_is_sealed_anew() {
    for database in testkit::databases() {
        let town = quiet_town(database.url()).await;
        let anne = actor_of(&town, "V100003").await;
        let account = account_of(&town, town.household).await;
        sign(&town.house, &anne, account, &typed(FIRST)).await.unwrap().unwrap();
        let fresh = Seal::fresh_line(Some("k2")).unwrap().as_str().to_owned();
        let house = town.house.clone().with_seal(Seal::read(&format!("{fresh}\n{}", town.key)).unwrap());
        keys::rotate(&house, &|_| ()).await.unwrap();
        let house = house.with_seal(Seal::read(&fresh).unwrap());
        keys::check(&house).await.unwrap();
        assert_eq!(sign(&house, &anne, account, &typed(FIRST)).await, Some(Err(SignRefusal::Same)), "it is known again");
    }
}

/// CUS-08: invoices are told to one address, or nobody; both addresses hear of another; a day that is not offered, an address that no mail reaches and half of
/// a postal address are refused.
#[tokio::test(flavor = "multi_thread")]
async fn whom_invoices_are_told_to_is_changed() {
    for database in testkit::databases() {
        let town = quiet_town(database.url()).await;
        let house = &town.house;
        let anne = actor_of(&town, "V100003").await;
        let account = account_of(&town, town.household).await;
        let change = async |wishes: Wishes<'_>| billing_account::change(house, &anne, account, &wishes).await.unwrap().unwrap();
        let shown = async || billing_account::show(house, &anne, account).await.unwrap().unwrap();
        let days: Vec<i8> = shown().await.collector.unwrap().terms.days.iter().map(|day| day.get()).collect();
        assert_eq!((days, shown().await.debit_day().map(|day| day.get())), (vec![10, 20], Some(10)));
        assert_eq!(change(Wishes { debit_day: "11", ..Wishes::default() }).await, Err(Refusal::Day("11".into())));
        assert_eq!(change(Wishes { debit_day: "x", ..Wishes::default() }).await, Err(Refusal::Day("x".into())));
        assert_eq!(change(Wishes { email: Some("anne"), ..Wishes::default() }).await, Err(Refusal::Email(None)));
        assert_eq!(change(Wishes { street: "1 rue du Bac", ..Wishes::default() }).await, Err(Refusal::Address(None)));
        let long = "x".repeat(71);
        let too_long = Wishes { street: &long, postcode: "67000", town: "Strasbourg", ..Wishes::default() };
        assert_eq!(change(too_long).await, Err(Refusal::Address(None)));
        assert!(letters(house).await.is_empty() && entries(&town, "billing_account_changed").await.is_empty());

        let wishes = Wishes {
            email: Some("factures@schneider.example"),
            street: "1 rue du Bac",
            postcode: "67000",
            town: "Strasbourg",
            debit_day: "20",
        };
        assert_eq!(change(wishes).await, Ok(()));
        assert_eq!(change(wishes).await, Ok(()), "the same again changes nothing");
        let kept = shown().await;
        assert_eq!(kept.debit_day().map(|day| day.get()), Some(20));
        assert_eq!(kept.account.goes_to().town, "Strasbourg");
        let readers = async || billing_account::invoice_readers(house, &[account]).await.unwrap();
        let told = readers().await;
        assert_eq!(told[&account].email, "factures@schneider.example");
        assert_eq!(told[&account].name, "Famille Schneider");
        assert_eq!(change(Wishes { email: Some("compta@schneider.example"), ..wishes }).await, Ok(()));
        let told = letters(house).await;
        let recipients: Vec<_> = told.iter().map(|(to, ..)| to.as_str()).collect();
        assert_eq!(recipients, ["factures@schneider.example", "factures@schneider.example", "compta@schneider.example"]);
        assert_eq!(told[1].2["to"].as_str(), Some("c*******@…example"), "masked");
        assert_eq!(change(Wishes { email: None, street: "", postcode: "", town: "", debit_day: "" }).await, Ok(()));
        assert!(readers().await.is_empty(), "nobody is told");
        assert_eq!(shown().await.account.address, BillingAddress::default());
        assert_eq!(letters(house).await.len(), 1, "the address before hears of it");
        assert_eq!(change(Wishes { email: Some(" "), ..Wishes::default() }).await, Ok(()));
        assert_eq!(readers().await[&account].email, "", "the customer's own people are");
        assert_eq!(entries(&town, "billing_account_changed").await.len(), 4);
    }
}
