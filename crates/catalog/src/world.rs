//! What is the same for all operators: countries, who a number belongs to, where a visited network is, holidays, banks.

use crate::{
    Banks, Holidays, VatRates,
    fault::FaultLog,
    fields::{Document, read_document},
    files::CatalogFiles,
    table::read_rows,
    words::Words,
};
use std::{collections::HashMap, str::FromStr};
use vocabulary::{CountryCode, NumberingPlan, Party};

/// What a number is, besides where (RAT-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberClass {
    /// A fixed line.
    Geographic,
    /// A mobile line.
    Mobile,
    /// A machine's line.
    Machine,
    /// A value-added or shared-cost number, a satellite.
    Special,
    /// A short number of the home country.
    Short,
    /// An emergency number: free and never stopped.
    Emergency,
    /// A line of the same switch, dialled by its extension or name.
    Internal,
}

impl NumberClass {
    /// Every class and its word in files.
    pub const WORDS: [(&'static str, NumberClass); 7] = [
        ("geographic", Self::Geographic),
        ("mobile", Self::Mobile),
        ("machine", Self::Machine),
        ("special", Self::Special),
        ("short", Self::Short),
        ("emergency", Self::Emergency),
        ("internal", Self::Internal),
    ];

    /// Its word in files.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, class)| *class == self).map_or("", |(word, _)| word)
    }
}

impl FromStr for NumberClass {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::WORDS.iter().find(|(word, _)| *word == text);
        found.map(|(_, class)| *class).ok_or_else(|| {
            let words: Vec<_> = Self::WORDS.iter().map(|(word, _)| *word).collect();
            format!("`{text}` is not one of {}", words.join(", "))
        })
    }
}

/// Where a destination stands in [`World::destinations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DestinationIx(pub(crate) u16);

impl DestinationIx {
    /// Nobody: a data session, a caller who hides the number.
    pub const NONE: DestinationIx = DestinationIx(0);
    /// A line of the same switch, dialled by its extension or name.
    pub const INTERNAL: DestinationIx = DestinationIx(1);

    /// Its position, from 0.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What prices tell apart about the other party: country, class and group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Destination {
    /// Where the number belongs; the home country for [`DestinationIx::NONE`] and [`DestinationIx::INTERNAL`].
    pub country: CountryCode,
    /// What it is; `None` for nobody.
    pub class: Option<NumberClass>,
    /// What a tariff tells apart within a class (`sva-082`); empty for none.
    pub group: String,
}

/// A country of the world.
#[derive(Clone, Debug)]
pub struct Country {
    /// Its ISO code.
    pub code: CountryCode,
    /// Its calling code, without plus.
    pub calling_code: u16,
    /// Its names.
    pub name: Words,
}

/// Countries, numbers and networks as one operator's home country sees them.
#[derive(Clone, Debug)]
pub struct World {
    /// Every country, in the order of the file.
    pub countries: Vec<Country>,
    /// Every destination that prices can tell apart.
    pub destinations: Vec<Destination>,
    /// How numbers are dialled at home.
    pub plan: NumberingPlan,
    /// Names of groups and of short numbers, by group (or by prefix where there is no group).
    pub group_names: HashMap<String, Words>,
    /// The public holidays that the operator keeps.
    pub holidays: Holidays,
    /// The days on which banks do not settle between each other (TARGET).
    pub bank_holidays: Holidays,
    /// Which BIC belongs to which account.
    pub banks: Banks,
    /// What VAT is, where.
    pub vat: VatRates,
    country_index: HashMap<CountryCode, u16>,
    international: DigitTree,
    short: DigitTree,
    country_by_mcc: HashMap<u16, CountryCode>,
}

impl World {
    pub(crate) fn read(files: &CatalogFiles, home: CountryCode, plan_id: &str, log: &FaultLog) -> Option<World> {
        let (plan, numbering_file) = read_plan(files, plan_id, log)?;
        let nobody = Destination { country: home, class: None, group: String::new() };
        let internal = Destination { country: home, class: Some(NumberClass::Internal), group: String::new() };
        let mut world = World {
            countries: Vec::new(),
            destinations: vec![nobody, internal],
            plan,
            group_names: HashMap::new(),
            holidays: Holidays::default(),
            bank_holidays: Holidays::default(),
            banks: Banks::read(files, log),
            vat: VatRates::default(),
            country_index: HashMap::new(),
            international: DigitTree::default(),
            short: DigitTree::default(),
            country_by_mcc: HashMap::new(),
        };
        world.read_countries(files, log);
        let mut index = HashMap::new();
        world.add_calling_codes(&mut index);
        world.read_prefixes(files, &mut index, log);
        world.read_numbering(files, &numbering_file, home, &mut index, log);
        world.read_mcc(files, log);
        Some(world)
    }

    /// The country of that code.
    pub fn country(&self, code: CountryCode) -> Option<&Country> {
        self.country_index.get(&code).map(|&index| &self.countries[usize::from(index)])
    }

    /// Where a country stands in [`World::countries`].
    pub(crate) fn country_position(&self, code: CountryCode) -> Option<usize> {
        self.country_index.get(&code).map(|&index| usize::from(index))
    }

    /// The destination by the longest prefix (RAT-02); `None` where no prefix matches.
    pub fn destination(&self, party: &Party) -> Option<DestinationIx> {
        match party {
            Party::Number(number) => self.international.longest(&number.digits().to_string()),
            Party::Short(digits) => self.short.longest(digits),
            Party::Named(_) => None,
            Party::Unknown => Some(DestinationIx::NONE),
        }
    }

    /// The destination at an index.
    pub fn get(&self, ix: DestinationIx) -> &Destination {
        &self.destinations[ix.index()]
    }

    /// The country of a visited network, by the first three digits of its code (ITU-T E.212).
    pub fn country_of_network(&self, plmn: &str) -> Option<CountryCode> {
        let mcc = plmn.get(..3)?.parse().ok()?;
        self.country_by_mcc.get(&mcc).copied()
    }

    fn read_countries(&mut self, files: &CatalogFiles, log: &FaultLog) {
        const FILE: &str = "world/countries.csv";
        const COLUMNS: [&str; 6] = ["country", "calling_code", "fr", "nl", "de", "en"];
        let Some(text) = files.expect(FILE, log) else { return };
        for row in read_rows(FILE, text, &COLUMNS, log) {
            let (Some(code), Some(calling_code)) = (row.parsed("country"), row.parsed("calling_code")) else {
                row.fault("country", "has no code or no calling code");
                continue;
            };
            let name = Words::by_language(["fr", "nl", "de", "en"].map(|l| (l.to_owned(), row.required(l).to_owned())));
            let position = u16::try_from(self.countries.len()).expect("fewer countries than 65,536");
            if self.country_index.insert(code, position).is_some() {
                row.fault("country", format!("`{code}` stands twice"));
            }
            self.countries.push(Country { code, calling_code, name });
        }
    }

    fn add_calling_codes(&mut self, index: &mut HashMap<Destination, DestinationIx>) {
        for country in self.countries.clone() {
            let prefix = country.calling_code.to_string();
            // The first country of a shared code stands for it; finer prefixes tell the others apart.
            if self.international.exact(&prefix).is_none() {
                let geographic = self.intern(index, country.code, NumberClass::Geographic, "");
                self.international.insert(&prefix, geographic);
            }
        }
    }

    fn read_prefixes(&mut self, files: &CatalogFiles, index: &mut HashMap<Destination, DestinationIx>, log: &FaultLog) {
        const FILE: &str = "world/prefixes.csv";
        const COLUMNS: [&str; 3] = ["prefix", "country", "class"];
        let Some(text) = files.expect(FILE, log) else { return };
        let mut seen = HashMap::new();
        for row in read_rows(FILE, text, &COLUMNS, log) {
            let (Some(country), Some(class)) = (row.parsed::<CountryCode>("country"), row.parsed("class")) else { continue };
            let prefix = row.required("prefix");
            if !is_digits(prefix) {
                row.fault("prefix", format!("`{prefix}` is not made of digits"));
            } else if let Some(line) = seen.insert(prefix.to_owned(), row.place().line) {
                row.fault("prefix", format!("`{prefix}` stands on line {line} already"));
            } else if self.country(country).is_none() {
                row.fault("country", format!("`{country}` is not in world/countries.csv"));
            } else {
                let destination = self.intern(index, country, class, "");
                self.international.insert(prefix, destination);
            }
        }
    }

    fn read_numbering(
        &mut self,
        files: &CatalogFiles,
        file: &str,
        home: CountryCode,
        index: &mut HashMap<Destination, DestinationIx>,
        log: &FaultLog,
    ) {
        const COLUMNS: [&str; 7] = ["prefix", "class", "group", "fr", "nl", "de", "en"];
        let Some(text) = files.expect(file, log) else { return };
        let mut seen = HashMap::new();
        for row in read_rows(file, text, &COLUMNS, log) {
            let Some(class) = row.parsed::<NumberClass>("class") else { continue };
            let (prefix, group) = (row.required("prefix"), row.text("group"));
            if let Some(line) = seen.insert(prefix.to_owned(), row.place().line) {
                row.fault("prefix", format!("`{prefix}` stands on line {line} already"));
            }
            let destination = self.intern(index, home, class, group);
            match prefix.strip_prefix('+') {
                Some(digits) if is_digits(digits) => self.international.insert(digits, destination),
                None if is_digits(prefix) => self.short.insert(prefix, destination),
                _ => row.fault("prefix", format!("`{prefix}` is neither digits nor a plus and digits")),
            }
            let name = Words::by_language(["fr", "nl", "de", "en"].map(|l| (l.to_owned(), row.text(l).to_owned())));
            let key = if group.is_empty() { class.as_str() } else { group };
            self.group_names.entry(key.to_owned()).or_insert(name);
        }
    }

    fn read_mcc(&mut self, files: &CatalogFiles, log: &FaultLog) {
        const FILE: &str = "world/mcc.csv";
        let Some(text) = files.expect(FILE, log) else { return };
        for row in read_rows(FILE, text, &["mcc", "country"], log) {
            let (Some(mcc), Some(country)) = (row.parsed::<u16>("mcc"), row.parsed::<CountryCode>("country")) else { continue };
            if self.country(country).is_none() {
                row.fault("country", format!("`{country}` is not in world/countries.csv"));
            }
            if self.country_by_mcc.insert(mcc, country).is_some() {
                row.fault("mcc", format!("`{mcc}` stands twice"));
            }
        }
    }

    fn intern(
        &mut self,
        index: &mut HashMap<Destination, DestinationIx>,
        country: CountryCode,
        class: NumberClass,
        group: &str,
    ) -> DestinationIx {
        let destination = Destination { country, class: Some(class), group: group.to_owned() };
        *index.entry(destination.clone()).or_insert_with(|| {
            self.destinations.push(destination);
            DestinationIx(u16::try_from(self.destinations.len() - 1).expect("fewer destinations than 65,536"))
        })
    }
}

fn read_plan(files: &CatalogFiles, plan_id: &str, log: &FaultLog) -> Option<(NumberingPlan, String)> {
    const FILE: &str = "world/numbering.toml";
    let text = files.expect(FILE, log)?;
    let document = Document::new((FILE, text), log, &[]);
    let mut found = None;
    read_document(&document, |root| {
        for mut fields in root.tables("plan") {
            let id = fields.id();
            fields.parsed::<CountryCode>("country");
            let plan = NumberingPlan {
                calling_code: fields.integer("calling_code", 1..=999).and_then(|n| u16::try_from(n).ok()).unwrap_or(1),
                trunk_prefix: fields.required("trunk_prefix").text.into(),
                international_prefix: fields.required("international_prefix").text.into(),
                national_digits: fields
                    .integers("national_digits", 4..=14)
                    .iter()
                    .filter_map(|&n| u8::try_from(n).ok())
                    .collect(),
            };
            let file = fields.required("file").text;
            fields.finish();
            if id.text == plan_id {
                found = Some((plan, format!("world/{file}")));
            }
        }
    });
    if found.is_none() {
        log.add_to_file(FILE, format!("has no plan `{plan_id}`, which an operator names as its numbering"));
    }
    found
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Longest-prefix look-up: a tree of ten branches a digit.
#[derive(Clone, Debug)]
struct DigitTree {
    nodes: Vec<Node>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// The next node by digit; 0 for none, because the root is nobody's branch.
    next: [u32; 10],
    found: Option<DestinationIx>,
}

impl Default for DigitTree {
    fn default() -> Self {
        Self { nodes: vec![Node::default()] }
    }
}

impl DigitTree {
    fn insert(&mut self, digits: &str, destination: DestinationIx) {
        let mut at = 0;
        for digit in digits.bytes().map(|b| usize::from(b - b'0')) {
            if self.nodes[at].next[digit] == 0 {
                self.nodes[at].next[digit] = u32::try_from(self.nodes.len()).expect("fewer prefixes than four thousand million");
                self.nodes.push(Node::default());
            }
            at = self.nodes[at].next[digit] as usize;
        }
        self.nodes[at].found = Some(destination);
    }

    fn exact(&self, digits: &str) -> Option<DestinationIx> {
        self.walk(digits).last().filter(|(depth, _)| *depth == digits.len()).and_then(|(_, found)| found)
    }

    fn longest(&self, digits: &str) -> Option<DestinationIx> {
        self.walk(digits).filter_map(|(_, found)| found).last()
    }

    /// The nodes passed on the way down, with how many digits led there.
    fn walk<'a>(&'a self, digits: &'a str) -> impl Iterator<Item = (usize, Option<DestinationIx>)> + 'a {
        let mut at = 0;
        digits.bytes().enumerate().map_while(move |(depth, byte)| {
            let digit = usize::from(byte.wrapping_sub(b'0'));
            at = *self.nodes[at].next.get(digit)? as usize;
            (at != 0).then(|| (depth + 1, self.nodes[at].found))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RAT-02: the longest prefix wins, and a prefix that is not there finds nothing.
    #[test]
    fn the_longest_prefix_wins() {
        let mut tree = DigitTree::default();
        tree.insert("41", DestinationIx(2));
        tree.insert("417", DestinationIx(3));
        assert_eq!(tree.longest("41221234567"), Some(DestinationIx(2)));
        assert_eq!(tree.longest("41791234567"), Some(DestinationIx(3)));
        assert_eq!(tree.longest("41"), Some(DestinationIx(2)));
        assert_eq!(tree.longest("4"), None);
        assert_eq!(tree.longest("32470123456"), None);
        assert_eq!(tree.exact("417"), Some(DestinationIx(3)));
        assert_eq!(tree.exact("41799"), None);
    }
}
