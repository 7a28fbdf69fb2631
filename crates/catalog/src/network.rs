//! Host networks: what they can do, when they are open and how long one waits for them (MOB-40, MOB-54, MOB-64, MOB-65, PLT-12).

use crate::{
    Service,
    draft::Draft,
    fields::Fields,
    sheet::{self, SheetRow},
};
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use vocabulary::{Money, Quantity, UsageKind};

/// A network that lines live on.
#[derive(Clone, Debug)]
pub struct Network {
    /// What people call it.
    pub name: String,
    /// Is it the operator's own?
    pub own: bool,
    /// Its codes (ITU-T E.212), by which a record says that the line was at home.
    pub plmn: Vec<String>,
    /// How many digits the numbers it gives have, by service.
    pub digits: Vec<(String, u8)>,
    /// How a number is chosen, by service; the pool where a service is not there.
    pub number_choices: Vec<(Service, NumberChoice)>,
    /// How many data sessions at once; 0 for no limit. An option may lift it.
    pub sessions_at_once: i64,
    /// Parties of a conference at home and roaming; `None` where there is none.
    pub conference: Option<(i64, i64)>,
    /// Can it block calls and messages abroad and to abroad?
    pub blocks_international: bool,
    /// What an eSIM costs once; `None` where there is none.
    pub esim_price: Option<Money>,
    /// What another SIM card costs once.
    pub sim_swap_price: Money,
    /// The numbers that reach the voicemail, at home and from abroad.
    pub voicemail: Option<(String, String)>,
    /// When it takes which work.
    pub hours: Vec<OpeningHours>,
    /// How long one waits for its answers, and how often one asks.
    pub requests: Requests,
    /// What a person has to type on a telephone.
    pub sheet: Vec<SheetRow>,
}

/// Who chooses a new line's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberChoice {
    /// The network gives it at the order.
    Network,
    /// At random from the pool.
    Pool,
    /// The person picks one.
    Pick,
}

/// Days of the week on which a network works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// Monday to Friday.
    MonFri,
    /// Monday to Saturday.
    MonSat,
    /// Every day.
    MonSun,
    /// Saturday and Sunday.
    SatSun,
}

impl Days {
    pub(crate) const WORDS: [(&'static str, Days); 4] =
        [("mon-fri", Self::MonFri), ("mon-sat", Self::MonSat), ("mon-sun", Self::MonSun), ("sat-sun", Self::SatSun)];

    /// Is a day of the week, 1 for Monday to 7 for Sunday, one of them?
    pub const fn hold(self, weekday: i8) -> bool {
        match self {
            Self::MonFri => weekday <= 5,
            Self::MonSat => weekday <= 6,
            Self::MonSun => true,
            Self::SatSun => weekday >= 6,
        }
    }
}

/// When a network does a kind of work.
#[derive(Clone, Debug)]
pub struct OpeningHours {
    /// The kinds of work.
    pub work: Vec<Work>,
    /// On these days.
    pub days: Days,
    /// From this local time.
    pub from: Time,
    /// To this local time; midnight is the end of the day.
    pub to: Time,
    /// On public holidays too?
    pub public_holidays: bool,
    /// Working days that lie between order and work at the least.
    pub lead_days: i64,
    /// Seconds of opening hours within which it is done, where the network says so (MOB-63).
    pub within_s: Option<i64>,
}

/// What a network is asked to do, as far as its opening hours tell it apart. What no hours name is done at any hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// A new line with a SIM card.
    NewLine,
    /// Another SIM card for a line.
    SimSwap,
    /// A new line with an eSIM profile.
    Esim,
    /// An eSIM profile for a line that has another SIM.
    EsimSwap,
    /// A new line with a number that comes from another operator.
    Porting,
    /// Another plan, another option, another cut-off.
    Change,
    /// Suspending and reactivating.
    Suspension,
    /// Ending a line.
    End,
}

impl Work {
    /// Every kind and its word in files and tables.
    pub const WORDS: [(&'static str, Work); 8] = [
        ("new-line", Self::NewLine),
        ("sim-swap", Self::SimSwap),
        ("esim", Self::Esim),
        ("esim-swap", Self::EsimSwap),
        ("porting", Self::Porting),
        ("change", Self::Change),
        ("suspension", Self::Suspension),
        ("end", Self::End),
    ];
}

/// How a network is asked (PLT-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requests {
    /// So many seconds may pass between asking and its answer before it is asked again.
    pub answer_within_s: i64,
    /// So often it is asked before somebody has to look.
    pub tries: u32,
    /// So many seconds pass before the second time, and twice as many before each further one.
    pub pause_s: i64,
    /// And never more than so many.
    pub longest_pause_s: i64,
}

impl Requests {
    /// Where a catalogue says nothing: an hour for an answer, eight tries, half a minute that doubles up to an hour.
    pub const USUAL: Requests = Requests { answer_within_s: 3_600, tries: 8, pause_s: 30, longest_pause_s: 3_600 };
}

impl Network {
    pub(crate) fn read(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Network {
        Network {
            name: fields.required("name").text,
            own: fields.boolean("own", false),
            plmn: read_plmn(fields, draft),
            digits: read_digits(fields, draft),
            number_choices: read_number_choices(fields, draft),
            sessions_at_once: fields.integer("sessions_at_once", 0..=1_000_000).unwrap_or(0),
            conference: read_pair(fields, "conference", |part| {
                let parties = |part: &mut Fields<'_, '_>, key| part.integer(key, 0..=100).unwrap_or(0);
                (parties(part, "home"), parties(part, "roaming"))
            }),
            blocks_international: fields.boolean("blocks_international", false),
            esim_price: fields.money("esim_price"),
            sim_swap_price: fields.money("sim_swap_price").unwrap_or(Money::ZERO),
            voicemail: read_pair(fields, "voicemail", |part| (part.required("home").text, part.required("abroad").text)),
            hours: fields.tables("hours").into_iter().map(read_hours).collect(),
            requests: read_requests(fields),
            sheet: sheet::read(fields),
        }
    }
}

impl Network {
    /// How many digits the numbers of a service have, as they are dialled at home; `None` where the network has no such lines (MOB-10).
    pub fn digits_of(&self, service: Service) -> Option<u8> {
        self.digits.iter().find(|(known, _)| known == service.as_str()).map(|(_, digits)| *digits)
    }

    /// When it does a kind of work; nothing where it does so at any hour (MOB-64).
    pub fn hours_of(&self, work: Work) -> impl Iterator<Item = &OpeningHours> {
        self.hours.iter().filter(move |hours| hours.work.contains(&work))
    }

    /// How the number of a new line of a service is chosen (MOB-10).
    pub fn number_choice(&self, service: Service) -> NumberChoice {
        self.number_choices.iter().find(|(known, _)| *known == service).map_or(NumberChoice::Pool, |(_, choice)| *choice)
    }
}

/// One word for all services, or one a service.
fn read_number_choices(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Vec<(Service, NumberChoice)> {
    const FIELD: &str = "number_choice";
    const CHOICES: [(&str, NumberChoice); 3] =
        [("pool", NumberChoice::Pool), ("network", NumberChoice::Network), ("pick", NumberChoice::Pick)];
    let mut choices = Vec::new();
    for (service, choice) in fields.entries(FIELD) {
        let Some((_, chosen)) = CHOICES.iter().find(|(word, _)| *word == choice.text) else {
            draft.log.add(&choice.place, FIELD, format!("`{}` is not one of pool, network, pick", choice.text));
            continue;
        };
        match Service::WORDS.iter().find(|(word, _)| *word == service.text) {
            Some((_, service)) => choices.push((*service, *chosen)),
            None if service.text == "*" => choices.extend(Service::WORDS.map(|(_, service)| (service, *chosen))),
            None => {
                let words = Service::WORDS.map(|(word, _)| word).join(", ");
                draft.log.add(&service.place, FIELD, format!("`{}` is not one of {words}", service.text));
            }
        }
    }
    choices
}

fn read_plmn(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Vec<String> {
    let codes = fields.list("plmn");
    for code in &codes {
        if !matches!(code.text.len(), 5 | 6) || !code.text.bytes().all(|b| b.is_ascii_digit()) {
            draft.log.add(&code.place, "plmn", format!("`{}` is not a network code of five or six digits", code.text));
        }
    }
    codes.into_iter().map(|code| code.text).collect()
}

fn read_requests(fields: &mut Fields<'_, '_>) -> Requests {
    let Some(mut part) = fields.tables("requests").into_iter().next() else { return Requests::USUAL };
    let usual = Requests::USUAL;
    let mut seconds = |field, otherwise| part.quantity(field, UsageKind::Voice).map_or(otherwise, Quantity::units);
    let answer_within_s = seconds("answer_within", usual.answer_within_s);
    let (pause_s, longest_pause_s) = (seconds("pause", usual.pause_s), seconds("longest_pause", usual.longest_pause_s));
    let tries = part.integer("tries", 1..=100).and_then(|n| u32::try_from(n).ok()).unwrap_or(usual.tries);
    for (field, seconds) in [("answer_within", answer_within_s), ("pause", pause_s)] {
        if seconds < 1 {
            part.fault(field, "is not a second at the least");
        }
    }
    if longest_pause_s < pause_s {
        part.fault("longest_pause", "is shorter than `pause`");
    }
    part.finish();
    Requests { answer_within_s, tries, pause_s, longest_pause_s }
}

fn read_digits(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Vec<(String, u8)> {
    let plan = &draft.world.plan;
    let dialled = |digits: &u8| usize::from(*digits) + plan.trunk_prefix.len();
    let mut digits = Vec::new();
    for mut part in fields.tables("digits") {
        for service in ["mobile", "data", "m2m", "fixed"] {
            if let Some(count) = part.integer(service, 4..=15).and_then(|n| u8::try_from(n).ok()) {
                if !plan.national_digits.iter().any(|digits| dialled(digits) == usize::from(count)) {
                    part.fault(service, format!("`{count}` is no length of the numbering plan's numbers as they are dialled"));
                }
                digits.push((service.to_owned(), count));
            }
        }
        part.finish();
    }
    digits
}

fn read_pair<T>(fields: &mut Fields<'_, '_>, field: &'static str, read: impl Fn(&mut Fields<'_, '_>) -> T) -> Option<T> {
    let mut part = fields.tables(field).into_iter().next()?;
    let value = read(&mut part);
    part.finish();
    Some(value)
}

fn read_hours(mut fields: Fields<'_, '_>) -> OpeningHours {
    let mut work = Vec::new();
    for word in fields.list("work") {
        match Work::WORDS.iter().find(|(known, _)| *known == word.text) {
            Some((_, known)) => work.push(*known),
            None => {
                let known = Work::WORDS.map(|(known, _)| known).join(", ");
                fields.fault("work", format!("`{}` is not one of {known}", word.text));
            }
        }
    }
    if work.is_empty() {
        fields.fault("work", "names no work: what is named nowhere is done at any hour");
    }
    let hours = OpeningHours {
        work,
        days: fields.choice("days", &Days::WORDS, false),
        from: read_time(&mut fields, "from"),
        to: read_time(&mut fields, "to"),
        public_holidays: fields.boolean("public_holidays", false),
        lead_days: fields.integer("lead_days", 0..=60).unwrap_or(0),
        within_s: fields.quantity("within", UsageKind::Voice).map(Quantity::units),
    };
    if hours.to != Time::midnight() && hours.to <= hours.from {
        fields.fault("to", "is not after `from`: hours past midnight are two entries");
    }
    fields.finish();
    hours
}

/// A local time written `07:00`; `24:00` is the end of the day, kept as midnight.
pub(crate) fn read_time(fields: &mut Fields<'_, '_>, field: &'static str) -> Time {
    let text = fields.required(field).text;
    if text == "24:00" {
        return Time::midnight();
    }
    let parsed = text.split_once(':').and_then(|(h, m)| Time::new(h.parse().ok()?, m.parse().ok()?, 0, 0).ok());
    parsed.unwrap_or_else(|| {
        fields.fault(field, format!("`{text}` is not a time such as `07:00`"));
        Time::midnight()
    })
}
