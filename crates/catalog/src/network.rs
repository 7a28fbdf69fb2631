//! Host networks: what they can do and when they are open (MOB-40, MOB-54, MOB-64, MOB-65).

use crate::{Service, draft::Draft, fields::Fields, words::Words};
use jiff::civil::Time;
use vocabulary::Money;

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
    /// The numbers that reach the voicemail, at home and from abroad.
    pub voicemail: Option<(String, String)>,
    /// When it takes which work.
    pub hours: Vec<OpeningHours>,
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
    /// The kinds of work: `new-line`, `sim-swap`, `esim`, `esim-swap`, `porting`.
    pub work: Vec<String>,
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
}

/// One line of a network's parameter sheet.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// What it is for: `apn-internet`.
    pub topic: String,
    /// What people call it.
    pub name: Words,
    /// What is to be typed.
    pub value: String,
}

impl Network {
    pub(crate) fn read(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Network {
        Network {
            name: fields.required("name").text,
            own: fields.boolean("own", false),
            plmn: read_plmn(fields, draft),
            digits: read_digits(fields),
            number_choices: read_number_choices(fields, draft),
            sessions_at_once: fields.integer("sessions_at_once", 0..=1_000_000).unwrap_or(0),
            conference: read_pair(fields, "conference", |part| {
                let parties = |part: &mut Fields<'_, '_>, key| part.integer(key, 0..=100).unwrap_or(0);
                (parties(part, "home"), parties(part, "roaming"))
            }),
            blocks_international: fields.boolean("blocks_international", false),
            esim_price: fields.money("esim_price"),
            voicemail: read_pair(fields, "voicemail", |part| (part.required("home").text, part.required("abroad").text)),
            hours: fields.tables("hours").into_iter().map(read_hours).collect(),
            sheet: fields.tables("sheet").into_iter().map(read_sheet).collect(),
        }
    }
}

impl Network {
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

fn read_digits(fields: &mut Fields<'_, '_>) -> Vec<(String, u8)> {
    let mut digits = Vec::new();
    for mut part in fields.tables("digits") {
        for service in ["mobile", "data", "m2m", "fixed"] {
            if let Some(count) = part.integer(service, 4..=15).and_then(|n| u8::try_from(n).ok()) {
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
    const WORKS: [&str; 5] = ["new-line", "sim-swap", "esim", "esim-swap", "porting"];
    let work: Vec<String> = fields.list("work").into_iter().map(|w| w.text).collect();
    for unknown in work.iter().filter(|w| !WORKS.contains(&w.as_str())) {
        fields.fault("work", format!("`{unknown}` is not one of {}", WORKS.join(", ")));
    }
    let hours = OpeningHours {
        work,
        days: fields.choice("days", &Days::WORDS, false),
        from: read_time(&mut fields, "from"),
        to: read_time(&mut fields, "to"),
        public_holidays: fields.boolean("public_holidays", false),
        lead_days: fields.integer("lead_days", 0..=60).unwrap_or(0),
    };
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

fn read_sheet(mut fields: Fields<'_, '_>) -> SheetRow {
    let row = SheetRow { topic: fields.required("topic").text, name: fields.words("name"), value: fields.required("value").text };
    fields.finish();
    row
}
