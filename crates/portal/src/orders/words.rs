//! What is wrong with an order, in words.

use crate::{Page, lines::user::label, mail::key};
use operations::{
    line_change::Refusal,
    line_user::Field,
    order::{LineFault, MOST_LINES, NumberRefusal, OrderFault, OrderRefused, PortingDayRefusal, SimRefusal, form::CsvError},
    split_bill::SplitRefusal,
};

/// Why nothing was ordered, where it is not about one line.
pub(crate) fn refused_words(page: &Page, refused: &OrderRefused) -> String {
    match refused {
        OrderRefused::Count(0) => page.t("order-no-lines").into(),
        OrderRefused::Count(_) => page.tn("order-too-many", i64::try_from(MOST_LINES).unwrap_or(i64::MAX)),
        OrderRefused::Token => page.t("order-no-token").into(),
        OrderRefused::Closes(_) => page.t("order-closes-unmeant").into(),
        OrderRefused::Account => page.t("order-no-account").into(),
        OrderRefused::Split(SplitRefusal::NotAgreed) => page.t("order-split-not-agreed").into(),
        OrderRefused::Split(_) => page.t("split-unknown").into(),
        OrderRefused::Lines(_) => page.t("order-lines-wrong").into(),
    }
}

/// What is wrong with a line.
pub(crate) fn fault_words(page: &Page, fault: &OrderFault) -> String {
    match fault {
        OrderFault::Line(fault) => line_words(page, *fault),
        OrderFault::Payer(column) => page.ta("order-payer-missing", column_name(page, column)),
        OrderFault::People(column) => page.ta("order-people-wrong", column_name(page, column)),
        OrderFault::NoSuchSim => page.t("order-sim-unknown").into(),
        OrderFault::Sim(refusal) => sim_words(page, *refusal),
        OrderFault::NoSimLeft => page.t("order-no-sim-left").into(),
        OrderFault::NotOurNumber => page.t("order-number-not-ours").into(),
        OrderFault::Number(refusal) => number_words(page, *refusal),
        OrderFault::NoNumberLeft => page.t("order-no-number-left").into(),
    }
}

/// What a form calls a column about the user.
fn column_name(page: &Page, column: &'static str) -> &'static str {
    match column {
        "user" => page.t("column-user"),
        "user_of" => page.t("order-user-of"),
        "contact_email" => label(page, Field::Email),
        "contact_number" => label(page, Field::Number),
        column => Field::named(column).map_or(column, |field| label(page, field)),
    }
}

/// What is wrong with a row of a form or a file.
pub(crate) fn csv_words(page: &Page, fault: &CsvError) -> String {
    match fault {
        CsvError::Header(text) => page.ta("order-header", text),
        CsvError::TooLong => page.tn("order-too-many", i64::try_from(MOST_LINES).unwrap_or(i64::MAX)),
        CsvError::Row => page.t("order-row").into(),
        CsvError::Value(text) if text.is_empty() => page.t("order-value-missing").into(),
        CsvError::Value(text) => page.ta("order-value", text),
        CsvError::Proof(_) => page.t("order-rio-wrong").into(),
        CsvError::Twice(row) => page.ta("order-twice", row.to_string()),
        CsvError::Line(fault) => line_words(page, *fault),
    }
}

fn line_words(page: &Page, fault: LineFault) -> String {
    match fault {
        LineFault::Network => page.t("order-network-unknown").into(),
        LineFault::Offer => page.t("order-offer-unknown").into(),
        LineFault::OfferNotOnNetwork => page.t("order-offer-elsewhere").into(),
        LineFault::CappingMissing => page.t("order-capping-missing").into(),
        LineFault::NoCapChoice => page.t("order-no-capping").into(),
        LineFault::Option(..) => page.t("order-option-wrong").into(),
        LineFault::Cutoff(_, Refusal::OptionInstead) => page.t("order-cutoff-or-option").into(),
        LineFault::Cutoff(..) => page.t("order-cutoff-wrong").into(),
        LineFault::CutoffMissing => page.t("order-cutoff-missing").into(),
        LineFault::NoEsim => page.t("order-no-esim").into(),
        LineFault::Sim(refusal) => sim_words(page, refusal),
        LineFault::SimTwice => page.t("order-sim-twice").into(),
        LineFault::NoPicking => page.t("order-no-picking").into(),
        LineFault::OtherDigits => page.t("order-other-digits").into(),
        LineFault::NumberTwice => page.t("order-number-twice").into(),
        LineFault::NoPorting => page.t("order-no-porting").into(),
        LineFault::PortingDay(PortingDayRefusal::TooEarly(day)) => page.ta("order-porting-early", page.long_day(day)),
        LineFault::PortingDay(PortingDayRefusal::NoWorkingDay) => page.t("order-porting-holiday").into(),
        LineFault::PortingDay(PortingDayRefusal::Never) => page.t("order-no-porting").into(),
        LineFault::Day(_) => page.t("order-day-passed").into(),
        LineFault::NeverOpen => page.t("order-never-open").into(),
    }
}

fn sim_words(page: &Page, refusal: SimRefusal) -> String {
    let key = match refusal {
        SimRefusal::Ended => key!("order-sim-ended"),
        SimRefusal::InUse => key!("order-sim-in-use"),
        SimRefusal::Reserved => key!("order-sim-reserved"),
        SimRefusal::NotTheirs => key!("order-sim-not-theirs"),
        SimRefusal::OtherNetwork => key!("order-sim-other-network"),
        SimRefusal::OtherKind => key!("order-sim-other-kind"),
    };
    page.t(key).into()
}

fn number_words(page: &Page, refusal: NumberRefusal) -> String {
    let key = match refusal {
        NumberRefusal::Taken | NumberRefusal::NotOfThatLine => key!("order-number-taken"),
        NumberRefusal::BeingPorted => key!("order-number-ported"),
        NumberRefusal::Quarantined => key!("order-number-rests"),
        NumberRefusal::Gone => key!("order-number-gone"),
    };
    page.t(key).into()
}
