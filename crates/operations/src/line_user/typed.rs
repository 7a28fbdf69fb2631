//! What is typed of the user of a line, field by field: read by the rules that hold for people everywhere, each fault at its field.

use super::UserData;
use crate::{
    Actor, House, OperationError,
    members::{MemberRefusal, address, name},
};
use catalog::Catalog;
use jiff::civil::{Date, date};
use vocabulary::{Label, LabelRefusal, Party, Timestamp};

/// No field is typed longer, in characters: an address of mail is the longest (RFC 5321).
pub const LONGEST_FIELD: usize = 254;
/// No description, street or town is longer.
const LONGEST_TEXT: usize = 80;
/// No postcode is longer anywhere.
const LONGEST_POSTCODE: usize = 12;
/// Nobody who uses a telephone was born before.
const FIRST_BIRTH: Date = date(1900, 1, 1);
/// The words of titles.
pub const TITLES: [&str; 2] = ["ms", "mr"];

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the field of the same name of `UserData`")]
pub enum Field {
    Description,
    Title,
    FirstName,
    LastName,
    Born,
    Email,
    Number,
    Language,
    Street,
    Postcode,
    Town,
}

impl Field {
    /// Every field, in the order of the form.
    pub const ALL: [Self; 11] = [
        Self::Description,
        Self::Title,
        Self::FirstName,
        Self::LastName,
        Self::Born,
        Self::Email,
        Self::Number,
        Self::Language,
        Self::Street,
        Self::Postcode,
        Self::Town,
    ];

    /// Its word in forms and in the journal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Title => "title",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Born => "born",
            Self::Email => "email",
            Self::Number => "number",
            Self::Language => "language",
            Self::Street => "street",
            Self::Postcode => "postcode",
            Self::Town => "town",
        }
    }

    /// The field of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == word)
    }

    /// What is known there, as it is typed.
    pub fn of(self, data: &UserData) -> String {
        match self {
            Self::Description => data.description.clone(),
            Self::Title => data.title.clone(),
            Self::FirstName => data.first_name.clone(),
            Self::LastName => data.last_name.clone(),
            Self::Born => data.born.map(|day| day.to_string()).unwrap_or_default(),
            Self::Email => data.email.clone(),
            Self::Number => data.number.clone(),
            Self::Language => data.language.clone(),
            Self::Street => data.street.clone(),
            Self::Postcode => data.postcode.clone(),
            Self::Town => data.town.clone(),
        }
    }
}

/// Why what a field says is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no text of this sort.
    Text(LabelRefusal),
    /// No mail can go there.
    Address,
    /// No such number can be called.
    Number,
    /// It is no day.
    Day,
    /// Nobody who uses a line was born then.
    NotThen,
    /// It is none of those to choose from.
    Unknown,
    /// Who it is has neither a name nor a description.
    NoName,
}

/// What stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed([String; Field::ALL.len()]);

impl Typed {
    /// What is typed in each field; of what is longer than any field takes, the beginning.
    pub fn with(text: impl Fn(Field) -> String) -> Self {
        Self(Field::ALL.map(|field| text(field).trim().chars().take(LONGEST_FIELD + 1).collect()))
    }

    /// The form as it is filled in with what is known.
    pub fn of(data: &UserData) -> Self {
        Self::with(|field| field.of(data))
    }

    /// What stands in a field.
    pub fn get(&self, field: Field) -> &str {
        &self.0[field as usize]
    }

    /// What it says, or each field that is wrong.
    pub(super) async fn read(
        &self,
        house: &House,
        actor: &Actor,
    ) -> Result<Result<UserData, Vec<(Field, Fault)>>, OperationError> {
        let catalog = house.catalog(actor.scope.operator).await?;
        Ok(self.read_at(&catalog, house.clock.now()))
    }

    fn read_at(&self, catalog: &Catalog, now: Timestamp) -> Result<UserData, Vec<(Field, Fault)>> {
        let data = self.fields(catalog, now)?;
        let is_somebody = data != UserData::default();
        if is_somebody && shown(&data).is_empty() { Err(vec![(Field::LastName, Fault::NoName)]) } else { Ok(data) }
    }

    /// What it says of somebody whose name may be known otherwise, or each field that is wrong.
    pub(crate) fn fields(&self, catalog: &Catalog, now: Timestamp) -> Result<UserData, Vec<(Field, Fault)>> {
        let mut faults = Vec::new();
        let mut read = |field: Field| {
            let typed = self.get(field);
            if typed.is_empty() {
                return String::new();
            }
            value(field, typed, catalog).unwrap_or_else(|fault| {
                faults.push((field, fault));
                String::new()
            })
        };
        let [description, title, first_name, last_name, born, email, number, language, street, postcode, town] =
            Field::ALL.map(&mut read);
        let born: Option<Date> = born.parse().ok();
        if born.is_some_and(|day| day < FIRST_BIRTH || day > now.to_local(&catalog.operator.time_zone).date()) {
            faults.push((Field::Born, Fault::NotThen));
        }
        let data = UserData { description, title, first_name, last_name, born, email, number, language, street, postcode, town };
        if faults.is_empty() { Ok(data) } else { Err(faults) }
    }
}

/// The name that lists show: the person's, or what the line is for.
pub(crate) fn shown(data: &UserData) -> String {
    match (data.first_name.is_empty(), data.last_name.is_empty()) {
        (true, true) => data.description.clone(),
        (false, false) => format!("{} {}", data.first_name, data.last_name),
        _ => format!("{}{}", data.first_name, data.last_name),
    }
}

fn value(field: Field, typed: &str, catalog: &Catalog) -> Result<String, Fault> {
    let text = |label: Result<Label, LabelRefusal>| label.map(String::from).map_err(Fault::Text);
    match field {
        Field::FirstName | Field::LastName => name(typed).map_err(|refusal| match refusal {
            MemberRefusal::Name(refusal) => Fault::Text(refusal),
            _ => Fault::Unknown,
        }),
        Field::Description => text(Label::of_thing(typed, LONGEST_TEXT)),
        Field::Street | Field::Town => text(Label::remark(typed, LONGEST_TEXT)),
        Field::Postcode => text(Label::of_thing(typed, LONGEST_POSTCODE)),
        Field::Email => address(typed).map_err(|_| Fault::Address),
        Field::Number => match catalog.world.plan.read(typed) {
            Party::Number(number) => Ok(number.to_string()),
            _ => Err(Fault::Number),
        },
        Field::Born => typed.parse::<Date>().map(|day| day.to_string()).map_err(|_| Fault::Day),
        Field::Title => one_of(typed, &TITLES),
        Field::Language => one_of(typed, &catalog.operator.languages),
    }
}

fn one_of(typed: &str, known: &[impl AsRef<str>]) -> Result<String, Fault> {
    if known.iter().any(|word| word.as_ref() == typed) { Ok(typed.to_owned()) } else { Err(Fault::Unknown) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use catalog::CatalogFiles;

    fn typed(fields: &[(Field, &str)]) -> Typed {
        Typed::with(|field| fields.iter().find(|(known, _)| *known == field).map_or("", |(_, text)| text).to_owned())
    }

    /// FLT-07, FLT-03: what is typed of a user is read by the rules of people everywhere, and each field that is wrong is named.
    #[test]
    fn each_field_of_a_user_that_is_wrong_is_named() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
        let catalog = Catalog::load(&CatalogFiles::read(&folder).unwrap(), "zenne").unwrap();
        let now: Timestamp = "2026-11-21T10:00:00Z".parse::<jiff::Timestamp>().unwrap().into();
        let read = |fields: &[(Field, &str)]| typed(fields).read_at(&catalog, now);
        let good = read(&[
            (Field::Title, "ms"),
            (Field::FirstName, " Marie-Ève "),
            (Field::LastName, "D’Hondt"),
            (Field::Born, "1990-02-28"),
            (Field::Email, "Marie@Example.BE"),
            (Field::Number, "0470 12 34 56"),
            (Field::Language, "nl"),
            (Field::Street, "Rue de la Loi 16/4"),
            (Field::Postcode, "1000"),
            (Field::Town, "Bruxelles"),
        ])
        .unwrap();
        assert_eq!((shown(&good).as_str(), good.email.as_str()), ("Marie-Ève D’Hondt", "marie@example.be"));
        assert_eq!((good.number.as_str(), good.born), ("+32470123456", Some(date(1990, 2, 28))));
        assert_eq!(shown(&read(&[(Field::Description, "Camionnette 3")]).unwrap()), "Camionnette 3");
        assert_eq!(read(&[]), Ok(UserData::default()), "nobody is an answer");

        let wrong = read(&[
            (Field::Title, "sir"),
            (Field::FirstName, "a\u{202e}b"),
            (Field::LastName, "www.example.com/x"),
            (Field::Born, "1990-02-30"),
            (Field::Email, "marie@"),
            (Field::Number, "12"),
            (Field::Language, "tlh"),
            (Field::Town, "…"),
        ]);
        let fields: Vec<Field> = wrong.unwrap_err().into_iter().map(|(field, _)| field).collect();
        use Field::*;
        assert_eq!(fields, [Title, FirstName, LastName, Born, Email, Number, Language, Town]);
        for day in ["1899-12-31", "2026-11-22", "9999-01-01"] {
            assert_eq!(read(&[(LastName, "Roux"), (Born, day)]), Err(vec![(Born, Fault::NotThen)]), "{day}");
        }
        assert_eq!(read(&[(Email, "a@b.fr")]), Err(vec![(LastName, Fault::NoName)]));
        let long = "a".repeat(300);
        assert_eq!(read(&[(LastName, &long)]), Err(vec![(LastName, Fault::Text(LabelRefusal::TooLong(80)))]));
    }
}
