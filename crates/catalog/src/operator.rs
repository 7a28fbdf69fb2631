//! The operator itself: where it is at home and what it speaks.

use crate::{
    dunning::Dunning,
    fault::FaultLog,
    fields::{Document, read_document},
    files::CatalogFiles,
    invoicing::Invoicing,
};
use jiff::tz::TimeZone;
use vocabulary::CountryCode;

/// What `operator.toml` says.
#[derive(Clone, Debug)]
pub struct Operator {
    /// The name of its folder.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its home country.
    pub country: CountryCode,
    /// ISO 4217 code of all its amounts.
    pub currency: String,
    /// By which its months begin and end.
    pub time_zone: TimeZone,
    /// Its languages, the first being its own.
    pub languages: Vec<String>,
    /// Per cent of a spend cap at which somebody is told, ascending (RAT-15).
    pub spend_steps: Vec<u8>,
    /// Those of its people who have to switch one-time codes on before anything else, by the words of their [roles](ROLES) (PLT-03).
    pub second_factor_roles: Vec<String>,
    /// How long changes with which somebody could take a login over are held (PLT-05).
    pub holds: Holds,
    /// How many days a number rests after its line ended: the law asks for 45 at the least and 120 at the most.
    pub number_quarantine_days: i64,
    /// What becomes of it then.
    pub after_quarantine: AfterQuarantine,
    /// What its invoices say of it; without it nothing is billed.
    pub invoicing: Option<Invoicing>,
    /// What it does about invoices that are not paid; without it nothing (BIL-09).
    pub dunning: Option<Dunning>,
    /// The calendar of `world/holidays.csv`.
    pub(crate) holidays: String,
    /// The numbering plan of `world/numbering.toml`.
    pub(crate) numbering: String,
}

/// As what somebody signs in, by the words that `second_factor` takes.
pub const ROLES: [&str; 9] = [
    "subscriber",
    "member",
    "fleet_manager",
    "reseller_agent",
    "reseller_admin",
    "operator_agent",
    "operator_admin",
    "accounting",
    "auditor",
];

/// Hours between a change being confirmed and its effect, in which its owner, who was told, can take it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds {
    /// Of the address that mails go to; 0: at once.
    pub email_h: i64,
    /// Of codes and passkeys that are taken away from who lost them; 0: at once.
    pub second_factor_h: i64,
}

/// What is held as long as the operator says nothing else, in hours.
const HOLD_H: i64 = 24;
/// The longest that a change is held, in hours: 30 days.
const LONGEST_HOLD_H: i64 = 720;

/// What becomes of a number that rested long enough after its line ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterQuarantine {
    /// It is given back and never used again (MOB-62).
    Gone,
    /// It may be given to another line.
    Free,
}

impl Operator {
    pub(crate) fn read(files: &CatalogFiles, id: &str, log: &FaultLog) -> Option<Self> {
        let path = format!("{id}/operator.toml");
        let text = files.expect(&path, log)?;
        let document = Document::new((&path, text), log, &[]);
        read_document(&document, |fields| {
            let name = fields.required("name").text;
            let country = fields.parsed("country");
            if country.is_none() && !fields.has("country") {
                fields.fault("country", "is missing");
            }
            let zone = fields.required("time_zone").text;
            let time_zone = TimeZone::get(&zone).unwrap_or_else(|_| {
                fields.fault("time_zone", format!("`{zone}` is not a time zone such as `Europe/Paris`"));
                TimeZone::UTC
            });
            let currency = fields.required("currency").text;
            if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
                fields.fault("currency", format!("`{currency}` is not a currency such as `EUR`: every price needs one"));
            }
            let languages: Vec<String> = fields.list("languages").into_iter().map(|l| l.text).collect();
            if languages.is_empty() {
                fields.fault("languages", "names no language");
            }
            let numbering = fields.required("numbering").text;
            let steps = fields.integers("spend_steps", 1..=1000);
            let ascending = steps.windows(2).all(|pair| pair[0] < pair[1]);
            if !ascending {
                fields.fault("spend_steps", "does not go up");
            }
            let spend_steps = steps.iter().filter_map(|&step| u8::try_from(step).ok()).collect();
            let second_factor_roles: Vec<String> = fields.list("second_factor").into_iter().map(|role| role.text).collect();
            for role in second_factor_roles.iter().filter(|role| !ROLES.contains(&role.as_str())) {
                fields.fault("second_factor", format!("`{role}` is not a role: it is one of {}", ROLES.join(", ")));
            }
            let mut holds = Holds { email_h: HOLD_H, second_factor_h: HOLD_H };
            for mut hours in fields.tables("hold_hours") {
                holds.email_h = hours.integer("email", 0..=LONGEST_HOLD_H).unwrap_or(HOLD_H);
                holds.second_factor_h = hours.integer("second_factor", 0..=LONGEST_HOLD_H).unwrap_or(HOLD_H);
                hours.finish();
            }
            let mut invoicing = None;
            for mut invoice in fields.tables("invoice") {
                invoicing = Some(Invoicing::read(&mut invoice, &languages));
                invoice.finish();
            }
            let mut dunning = None;
            for mut steps in fields.tables("dunning") {
                dunning = Some(Dunning::read(&mut steps, country.unwrap_or("FR".parse().expect("two capital letters"))));
                steps.finish();
            }
            let holidays = fields.required("holidays").text;
            let number_quarantine_days = fields.integer("number_quarantine_days", 45..=120).unwrap_or(45);
            const AFTER: [(&str, AfterQuarantine); 2] = [("gone", AfterQuarantine::Gone), ("free", AfterQuarantine::Free)];
            let after_quarantine = fields.choice("number_after_quarantine", &AFTER, true);
            let country = country.unwrap_or("FR".parse().expect("two capital letters"));
            Operator {
                id: id.to_owned(),
                name,
                country,
                currency,
                time_zone,
                languages,
                spend_steps,
                second_factor_roles,
                holds,
                invoicing,
                dunning,
                number_quarantine_days,
                after_quarantine,
                holidays,
                numbering,
            }
        })
    }
}
