//! What an operator does about invoices that are not paid: `[dunning]` of `operator.toml` (BIL-09), within what the law of its country lets it do.

use crate::{FaultLog, Version, fields::Fields};
use vocabulary::{CountryCode, Money};

/// When each step comes, in days after the due day of what is late, and what it costs.
#[derive(Clone, Debug)]
pub struct Dunning {
    /// Nobody is reminded of less.
    pub minimum: Money,
    /// The reminder.
    pub reminder_days: i64,
    /// The second one; `None`: there is none.
    pub second_reminder_days: Option<i64>,
    /// Services are restricted; `None`: they are not.
    pub restriction_days: Option<i64>,
    /// Services are suspended; `None`: they are not.
    pub suspension_days: Option<i64>,
    /// The options that restrict: a line gets the first that is for such lines.
    pub restriction: Vec<String>,
    /// What a business owes for each late invoice with the second reminder.
    pub business_fee: Money,
    /// What a consumer owes with the second reminder.
    pub consumer_fee: Money,
}

/// The fixed compensation for recovery that a business owes in France (code de commerce, D441-5), and more only with proof.
const FRENCH_COMPENSATION: &str = "40.00";
/// What a further reminder to a consumer may cost in Belgium (code of economic law, XIX.4), postage aside.
const BELGIAN_REMINDER: &str = "7.50";
/// A Belgian consumer has fourteen days after the first reminder, which costs nothing: the second comes after them.
const BELGIAN_DAYS: i64 = 15;

impl Dunning {
    pub(crate) fn read(fields: &mut Fields<'_, '_>, country: CountryCode) -> Dunning {
        let mut money = |field| fields.money(field).unwrap_or(Money::ZERO);
        let (minimum, business_fee, consumer_fee) = (money("minimum"), money("business_fee"), money("consumer_fee"));
        if !fields.has("reminder_days") {
            fields.fault("reminder_days", "is missing: nothing is taken from who was not reminded");
        }
        let reminder_days = fields.integer("reminder_days", 1..=365).unwrap_or(1);
        let mut days = |field| fields.integer(field, 1..=365);
        let second_reminder_days = days("second_reminder_days");
        let (restriction_days, suspension_days) = (days("restriction_days"), days("suspension_days"));
        let mut last = reminder_days;
        let steps = [
            ("second_reminder_days", second_reminder_days),
            ("restriction_days", restriction_days),
            ("suspension_days", suspension_days),
        ];
        for (field, days) in steps {
            let Some(days) = days else { continue };
            if days <= last {
                fields.fault(field, format!("`{days}` does not come after the step before, {last} days after the due day"));
            }
            last = days.max(last);
        }
        let restriction: Vec<String> = fields.list("restriction").into_iter().map(|option| option.text).collect();
        if restriction_days.is_some() == restriction.is_empty() {
            fields.fault("restriction", "is to name the options that restrict, where `restriction_days` is said, and only there");
        }
        let dunning = Dunning {
            minimum,
            reminder_days,
            second_reminder_days,
            restriction_days,
            suspension_days,
            restriction,
            business_fee,
            consumer_fee,
        };
        dunning.check_law(fields, country);
        dunning
    }

    fn check_law(&self, fields: &Fields<'_, '_>, country: CountryCode) {
        let at_most = |text: &str| text.parse::<Money>().expect("an amount");
        let has_fee = self.business_fee.is_positive() || self.consumer_fee.is_positive();
        if has_fee && self.second_reminder_days.is_none() {
            let field = if self.business_fee.is_positive() { "business_fee" } else { "consumer_fee" };
            fields.fault(field, "is charged with the second reminder: say `second_reminder_days`");
        }
        match country.as_str() {
            "FR" => {
                if self.consumer_fee.is_positive() {
                    fields.fault("consumer_fee", "consumers are not charged for reminders in France");
                }
                if self.business_fee > at_most(FRENCH_COMPENSATION) {
                    fields
                        .fault("business_fee", format!("is more than the compensation of {FRENCH_COMPENSATION} for an invoice"));
                }
            }
            "BE" if self.consumer_fee.is_positive() => {
                if self.consumer_fee > at_most(BELGIAN_REMINDER) {
                    fields.fault(
                        "consumer_fee",
                        format!("is more than the {BELGIAN_REMINDER} that a reminder may cost in Belgium"),
                    );
                }
                let apart = self.second_reminder_days.map(|days| days - self.reminder_days);
                if apart.is_some_and(|apart| apart < BELGIAN_DAYS) {
                    let reason = format!(
                        "is to come {BELGIAN_DAYS} days after the reminder at the least where it costs a consumer something"
                    );
                    fields.fault("second_reminder_days", reason);
                }
            }
            _ => {}
        }
    }

    /// Options that restrict are the operator's to put on, in every version from the last on.
    pub(crate) fn check_options(&self, operator: &str, last: &Version, log: &FaultLog) {
        for id in &self.restriction {
            let option = last.options.find(id).map(|ix| last.options.get(ix));
            if option.is_none_or(|option| !option.imposed) {
                let reason =
                    format!("`[dunning]` restricts by option `{id}`, which options.toml does not have with `imposed = true`");
                log.add_to_file(&format!("{operator}/operator.toml"), reason);
            }
        }
    }
}
