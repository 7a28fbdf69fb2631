//! The fields of one row, by the slots that a layout numbers its columns with.

use crate::layout::Column;
use memchr::{memchr, memchr2};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The most columns a row can have; what comes after is counted and not kept.
const MAX_COLUMNS: usize = 512;

/// Where the fields of the current row stand. Kept from row to row, so that reading one allocates nothing.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    spans: Vec<(u32, u32)>,
    /// Fields that had to be rewritten: without their quotes, or taken out of JSON.
    rewritten: Vec<u8>,
    is_rewritten: bool,
    columns: usize,
}

/// Why a row has no fields.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SplitFault {
    /// A quote is open where the row ends.
    OpenQuote,
    /// Not a JSON object of texts and numbers.
    NotJson(String),
}

/// One row: its bytes and where its fields stand.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) bytes: &'a [u8],
    fields: &'a Fields,
    /// The column of each slot; without, slots are columns.
    by_slot: Option<&'a [Option<u16>]>,
}

impl<'a> Row<'a> {
    /// The first of a column's fields that is not empty, without blanks around it; empty when there is none.
    pub(crate) fn field(self, column: &Column) -> &'a [u8] {
        column.slots().iter().map(|&slot| self.slot(slot)).find(|field| !field.is_empty()).unwrap_or_default()
    }

    fn slot(self, slot: usize) -> &'a [u8] {
        let column = match self.by_slot {
            Some(columns) => columns.get(slot).copied().flatten().map(usize::from),
            None => Some(slot),
        };
        let span = column.and_then(|column| self.fields.spans.get(column));
        let text = if self.fields.is_rewritten { &self.fields.rewritten[..] } else { self.bytes };
        span.and_then(|&(start, end)| text.get(start as usize..end as usize)).unwrap_or_default().trim_ascii()
    }
}

impl Fields {
    /// The row that was split last.
    pub(crate) const fn row<'a>(&'a self, bytes: &'a [u8], by_slot: Option<&'a [Option<u16>]>) -> Row<'a> {
        Row { bytes, fields: self, by_slot }
    }

    /// How many columns the row has.
    pub(crate) const fn columns(&self) -> usize {
        self.columns
    }

    /// The fields as text: the names of a header.
    pub(crate) fn texts(&self, bytes: &[u8]) -> Vec<String> {
        let text = if self.is_rewritten { &self.rewritten[..] } else { bytes };
        let field = |&(start, end): &(u32, u32)| text.get(start as usize..end as usize).unwrap_or_default();
        self.spans.iter().map(|span| String::from_utf8_lossy(field(span)).trim().to_owned()).collect()
    }

    /// Splits a row of separated values (RFC 4180; text after a closing quote is kept as it stands).
    pub(crate) fn split_csv(&mut self, bytes: &[u8], delimiter: u8) -> Result<(), SplitFault> {
        self.clear();
        self.is_rewritten = memchr(b'"', bytes).is_some();
        if self.is_rewritten {
            return self.split_quoted(bytes, delimiter);
        }
        let mut start = 0;
        for end in memchr::memchr_iter(delimiter, bytes) {
            self.push(start, end);
            start = end + 1;
        }
        self.push(start, bytes.len());
        Ok(())
    }

    fn split_quoted(&mut self, bytes: &[u8], delimiter: u8) -> Result<(), SplitFault> {
        let mut rest = bytes;
        loop {
            let start = self.rewritten.len();
            if let Some(quoted) = rest.strip_prefix(b"\"") {
                rest = self.unquote(quoted)?;
            }
            let end = memchr(delimiter, rest).unwrap_or(rest.len());
            self.rewritten.extend_from_slice(&rest[..end]);
            self.push(start, self.rewritten.len());
            match rest.get(end + 1..) {
                Some(after) => rest = after,
                None => return Ok(()),
            }
        }
    }

    /// Copies a quoted field, whose opening quote was passed, and gives what comes after its closing quote.
    fn unquote<'a>(&mut self, mut rest: &'a [u8]) -> Result<&'a [u8], SplitFault> {
        loop {
            let quote = memchr(b'"', rest).ok_or(SplitFault::OpenQuote)?;
            self.rewritten.extend_from_slice(&rest[..quote]);
            rest = &rest[quote + 1..];
            match rest.strip_prefix(b"\"") {
                Some(after) => {
                    self.rewritten.push(b'"');
                    rest = after;
                }
                None => return Ok(rest),
            }
        }
    }

    /// Takes the named members out of a JSON object.
    pub(crate) fn split_json(&mut self, bytes: &[u8], names: &[String]) -> Result<(), SplitFault> {
        self.clear();
        self.is_rewritten = true;
        self.spans.resize(names.len(), (0, 0));
        let mut json = serde_json::Deserializer::from_slice(bytes);
        let read = Object { fields: self, names }.deserialize(&mut json).and_then(|()| json.end());
        read.map_err(|error| SplitFault::NotJson(error.to_string()))
    }

    /// Takes fields that were read elsewhere, one for each slot.
    pub(crate) fn fill<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        self.clear();
        self.is_rewritten = true;
        for text in texts {
            let start = self.rewritten.len();
            self.rewritten.extend_from_slice(text.as_bytes());
            self.push(start, self.rewritten.len());
        }
    }

    fn clear(&mut self) {
        self.spans.clear();
        self.rewritten.clear();
        self.columns = 0;
    }

    fn push(&mut self, start: usize, end: usize) {
        self.columns += 1;
        if self.columns <= MAX_COLUMNS {
            let at = |place| u32::try_from(place).unwrap_or(u32::MAX);
            self.spans.push((at(start), at(end)));
        }
    }
}

/// Is there something else than blanks in a line?
pub(crate) fn is_blank(line: &[u8]) -> bool {
    memchr2(b'\n', b'\r', line).unwrap_or(line.len()) == 0 || line.trim_ascii().is_empty()
}

struct Object<'a> {
    fields: &'a mut Fields,
    names: &'a [String],
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(slot) = members.next_key_seed(Name(self.names))? {
            let Some(slot) = slot else {
                members.next_value::<IgnoredAny>()?;
                continue;
            };
            let start = self.fields.rewritten.len();
            members.next_value_seed(Scalar(&mut self.fields.rewritten))?;
            let at = |place| u32::try_from(place).map_err(A::Error::custom);
            self.fields.spans[slot] = (at(start)?, at(self.fields.rewritten.len())?);
        }
        Ok(())
    }
}

/// The name of a member: its slot.
struct Name<'a>(&'a [String]);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<usize>;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<usize>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }
    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|known| known == name))
    }
}

/// The value of a member, as the text it would be in a CSV file.
struct Scalar<'a>(&'a mut Vec<u8>);

impl<'de> DeserializeSeed<'de> for Scalar<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scalar<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a number")
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }
    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }
    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }
    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        self.visit_str(if value { "true" } else { "false" })
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(A::Error::custom("a list where a text or a number is expected"))
    }
    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(A::Error::custom("an object where a text or a number is expected"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Result<Vec<String>, SplitFault> {
        let mut fields = Fields::default();
        fields.split_csv(text.as_bytes(), b',').map(|()| fields.texts(text.as_bytes()))
    }

    #[test]
    fn rows_are_split_as_switches_and_spreadsheets_write_them() {
        assert_eq!(split("a,b,,c").unwrap(), ["a", "b", "", "c"]);
        assert_eq!(split("").unwrap(), [""]);
        assert_eq!(split(r#""""0639980011"" <0639980011>",x,"#).unwrap(), [r#""0639980011" <0639980011>"#, "x", ""]);
        assert_eq!(split(r#""a,b",12,"","#).unwrap(), ["a,b", "12", "", ""]);
        assert_eq!(split(r#"a"b,"c"d"#).unwrap(), [r#"a"b"#, "cd"]);
        assert_eq!(split("\"a\nb\",c").unwrap(), ["a\nb", "c"]);
        assert_eq!(split(r#"a,"b"#), Err(SplitFault::OpenQuote));
    }

    #[test]
    fn members_of_json_are_found_by_name_and_others_passed_over() {
        let names = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        let mut fields = Fields::default();
        fields.split_json(br#"{"b":12,"x":{"a":[1]},"a":"t\u00e9","c":null}"#, &names).unwrap();
        assert_eq!(fields.texts(b""), ["té", "12", ""]);
        for bad in [r#"[1]"#, "{", "7", r#"{"a":[1]}"#, r#"{"a":1} x"#] {
            assert!(matches!(fields.split_json(bad.as_bytes(), &names), Err(SplitFault::NotJson(_))), "{bad}");
        }
    }
}
