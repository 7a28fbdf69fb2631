//! What became of what a bank said, in words.

use super::DeskNews;
use crate::Page;
use operations::bank_file::{
    ArriveRefusal, BankFileError, DecideRefusal, ItemOutcome, LeftReason, MOST_FILE_BYTES, Next, RefusedAnswer, TakeRefusal,
};
use vocabulary::Cents;

/// The reason of a bank by its code (ISO 20022), with the code behind it.
pub(super) fn reason(page: &Page, code: &str) -> String {
    let words = match code {
        "AC01" => page.t("reason-ac01"),
        "AC04" => page.t("reason-ac04"),
        "AC06" => page.t("reason-ac06"),
        "AG01" => page.t("reason-ag01"),
        "AG02" => page.t("reason-ag02"),
        "AM04" => page.t("reason-am04"),
        "AM05" => page.t("reason-am05"),
        "BE05" => page.t("reason-be05"),
        "FF05" => page.t("reason-ff05"),
        "MD01" => page.t("reason-md01"),
        "MD06" => page.t("reason-md06"),
        "MD07" => page.t("reason-md07"),
        "MS02" => page.t("reason-ms02"),
        "RC01" => page.t("reason-rc01"),
        "RR01" => page.t("reason-rr01"),
        "" | "MS03" => return page.t("reason-ms03").to_owned(),
        other => return page.ta("reason-other", other),
    };
    format!("{words} ({code})")
}

/// What became of something.
pub(super) fn outcome(page: &Page, outcome: &ItemOutcome) -> String {
    let money = |amount: &Cents| page.money(amount.money());
    match outcome {
        ItemOutcome::Accepted { name } => page.ta("bank-accepted", name),
        ItemOutcome::Paid { customer, account, parts, rest } => {
            let mut said = vec![format!("{customer}, {account}")];
            said.extend(parts.iter().map(|(number, amount)| format!("{number}: {}", money(amount))));
            if rest.is_positive() {
                said.push(page.ta("bank-credit", money(rest)));
            }
            said.join(" · ")
        }
        ItemOutcome::Settled { debits } => page.tn("bank-settled", *debits),
        ItemOutcome::CameBack { customer, numbers, amount, reason: code, next, .. } => {
            let next = match next {
                Next::Again { day } => page.ta("bank-again", page.long_day(*day)),
                Next::CustomerPays => page.t("bank-customer-pays").to_owned(),
                Next::Look => page.t("bank-look").to_owned(),
            };
            [format!("{customer}, {}: {}", numbers.join(", "), money(amount)), reason(page, code), next].join(" · ")
        }
        ItemOutcome::Left { reason } => left(page, reason),
        ItemOutcome::Refused { why, name } => match why {
            RefusedAnswer::Unknown => page.ta("bank-unknown-debit", name),
            RefusedAnswer::Twice => page.ta("bank-told-before", name),
            RefusedAnswer::Amount => page.ta("bank-other-amount", name),
            RefusedAnswer::Currency => page.ta("bank-other-currency", name),
        },
        ItemOutcome::Parted => page.t("bank-parted").to_owned(),
        ItemOutcome::Said { what } => what.clone(),
    }
}

fn left(page: &Page, reason: &LeftReason) -> String {
    match reason {
        LeftReason::SaysNothing => page.t("bank-says-nothing").into(),
        LeftReason::UnknownReference { reference } => page.ta("bank-unknown-reference", reference.to_string()),
        LeftReason::SeveralAccounts { .. } => page.t("bank-several-accounts").into(),
        LeftReason::Currency { currency } => page.ta("bank-not-euros", currency.as_str()),
        LeftReason::WentOut => page.t("bank-went-out").into(),
        LeftReason::Twice => page.t("bank-twice").into(),
        LeftReason::NotedByHand => page.t("bank-noted-by-hand").into(),
    }
}

/// What was done a moment ago, or why it was not.
pub(super) fn news(page: &Page, news: &DeskNews) -> String {
    match news {
        DeskNews::NothingDue(0) => page.t("collect-nothing").into(),
        DeskNews::NothingDue(announced) => page.tn("collect-announced-only", *announced),
        DeskNews::Busy | DeskNews::NotTaken(TakeRefusal::Busy) => page.t("bank-busy").into(),
        DeskNews::WrongDay => page.t("collect-wrong-day").into(),
        DeskNews::NotTaken(TakeRefusal::File(error)) => file(page, error),
        DeskNews::NotTaken(TakeRefusal::OtherAccount(account)) => page.ta("bank-other-account", account),
        DeskNews::NotTaken(TakeRefusal::NoAccount) => page.t("bank-no-account").into(),
        DeskNews::NoFile => page.t("upload-no-file").into(),
        DeskNews::Decided => page.t("bank-decided").into(),
        DeskNews::NotArrived(ArriveRefusal::Busy) => page.t("bank-busy").into(),
        DeskNews::NotArrived(ArriveRefusal::NoAccount) => page.t("bank-no-account").into(),
        DeskNews::NotArrived(ArriveRefusal::Over) => page.t("bank-decided-before").into(),
        DeskNews::NotArrived(ArriveRefusal::TooMuch(more)) => page.ta("bank-arrived-too-much", page.money(more.money())),
        DeskNews::NotDecided(_, DecideRefusal::Over) => page.t("bank-decided-before").into(),
        DeskNews::NotDecided(_, DecideRefusal::NoInvoice(number)) if number.is_empty() => page.t("bank-invoice-missing").into(),
        DeskNews::NotDecided(_, DecideRefusal::NoInvoice(number)) => page.ta("bank-no-invoice", number),
        DeskNews::NotDecided(_, DecideRefusal::NoMoney) => page.t("bank-no-money").into(),
        DeskNews::NotDecided(_, DecideRefusal::Said(None)) => page.t("bank-say-what").into(),
        DeskNews::NotDecided(_, DecideRefusal::Said(Some(sign))) => page.label_words(*sign, page.t("bank-say-what")),
    }
}

/// Why a file cannot be read.
fn file(page: &Page, error: &BankFileError) -> String {
    match error {
        BankFileError::TooLarge(_) => {
            let most = i64::try_from(MOST_FILE_BYTES / 1_000_000).unwrap_or(i64::MAX);
            page.tn("bank-file-too-large", most)
        }
        BankFileError::Encoding(_) => page.t("bank-file-encoding").into(),
        BankFileError::Cut => page.t("bank-file-cut").into(),
        BankFileError::Dtd | BankFileError::Xml(_) => page.t("bank-file-no-xml").into(),
        BankFileError::Namespace(name) => page.ta("bank-file-other", name),
        BankFileError::Missing { what, place } => page.ta("bank-file-missing", format!("{place}/{what}")),
        BankFileError::Value { value, place } => page.ta("bank-file-value", format!("{place}: {value}")),
    }
}
