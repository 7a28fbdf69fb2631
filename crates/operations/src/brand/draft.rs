//! What is typed for a brand, and what of it is refused.

use super::{
    Colour, Ground, LogoFault, READABLE, gives_hosts,
    host::{host_name, is_address, is_within},
    logo,
};
use crate::Reach;
use store::{Brand, BrandHost, BrandLogo, BrandLook};

/// The longest name, telephone number or sender, in characters.
pub(crate) const LONGEST_NAME: usize = 60;
/// The longest address of mails, in characters.
const LONGEST_EMAIL: usize = 200;
/// The longest postal address: lines, and characters in all.
const LONGEST_POSTAL: (usize, usize) = (6, 400);
/// The most host names of a kind that a brand has.
const MOST_HOSTS: usize = 10;

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BrandField {
    /// What the pages call themselves.
    Name,
    /// The colour on light ground.
    Colour,
    /// The colour on dark ground.
    ColourOnDark,
    /// The logo of a theme.
    Logo(Ground),
    /// Where to call.
    Telephone,
    /// Where to write.
    Email,
    /// Where letters go.
    PostalAddress,
    /// Who mails are from.
    SenderName,
    /// The address that mails are from.
    SenderAddress,
    /// What is spoken.
    Languages,
    /// Host names that the operator gave.
    GivenHosts,
    /// Host names of one's own.
    OwnHosts,
}

/// Why a field is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BrandRefusal {
    /// Nothing is there, and something has to be.
    Empty(BrandField),
    /// It is longer than so many characters, or holds signs that nobody types.
    TooLong(BrandField, usize),
    /// It is not written `#0b6e4f`.
    NoColour(BrandField),
    /// It cannot be read in its theme.
    Unreadable {
        /// Which.
        field: BrandField,
        /// In hundredths; less than [`READABLE`].
        contrast: u32,
        /// The nearest that can.
        nearest: Colour,
    },
    /// It is no telephone number.
    NoTelephone(BrandField),
    /// It is no e-mail address.
    NoAddress(BrandField),
    /// It is no host name.
    NoHost(BrandField, String),
    /// It is a brand's that is not this one, or lies below one.
    HostTaken(BrandField, String),
    /// The reader is at it just now.
    HostInUse(BrandField, String),
    /// More than a brand has.
    TooManyHosts(BrandField, usize),
    /// Without one, nobody finds the brand.
    NoHosts(BrandField),
    /// The file is no logo.
    Logo(BrandField, LogoFault),
}

impl BrandRefusal {
    /// The field that it is about.
    pub const fn field(&self) -> BrandField {
        match self {
            Self::Empty(field)
            | Self::TooLong(field, _)
            | Self::NoColour(field)
            | Self::Unreadable { field, .. }
            | Self::NoTelephone(field)
            | Self::NoAddress(field)
            | Self::NoHost(field, _)
            | Self::HostTaken(field, _)
            | Self::HostInUse(field, _)
            | Self::TooManyHosts(field, _)
            | Self::NoHosts(field)
            | Self::Logo(field, _) => *field,
        }
    }
}

/// What becomes of a logo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LogoDraft {
    /// It stays.
    #[default]
    Keep,
    /// There is none any more.
    Remove,
    /// This file takes its place.
    Replace(Vec<u8>),
}

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct BrandDraft {
    /// The version of the brand that the form was filled from.
    pub version: i64,
    /// Its fields. An empty colour on dark ground is made from the other.
    pub look: BrandLook,
    /// Host names that the operator gives, one a line; `None` where the form has none to change.
    pub given_hosts: Option<String>,
    /// Host names of one's own, one a line.
    pub own_hosts: String,
    /// The logos on light and on dark ground.
    pub logos: [LogoDraft; 2],
}

/// A draft that was looked at.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What is typed; where that is refused, what the brand has.
    pub look: BrandLook,
    /// The host names.
    pub hosts: Vec<BrandHost>,
    /// The logos that change.
    pub logos: Vec<(Ground, Vec<BrandLogo>)>,
}

impl Checked {
    /// The brand's logos once this is kept.
    pub fn logos_after(&self, brand: &Brand) -> Vec<BrandLogo> {
        let changes = |ground| self.logos.iter().any(|(changed, _)| *changed == ground);
        let stay = brand.logos.iter().filter(|logo| !changes(logo.ground)).cloned();
        stay.chain(self.logos.iter().flat_map(|(_, logos)| logos.clone())).collect()
    }

    /// Takes out the host names that have to be confirmed before they serve: those that a reseller's people want and do not have. What
    /// waits stays as it is where the operator's people change the brand.
    pub(super) fn take_asked(&mut self, brand: &Brand, reach: Reach) -> Vec<String> {
        let has = |hosts: &[BrandHost], host: &str| hosts.iter().any(|known| known.host == host);
        if gives_hosts(reach) {
            return brand.asked.iter().filter(|host| !has(&self.hosts, host)).cloned().collect();
        }
        let is_had = |host: &BrandHost| has(&brand.hosts, &host.host);
        let (had, asked) = std::mem::take(&mut self.hosts).into_iter().partition(is_had);
        self.hosts = had;
        let asked: Vec<BrandHost> = asked;
        asked.into_iter().map(|host| host.host).collect()
    }
}

/// Looks at a draft; `spoken` are the operator's languages. Whose host names are is asked elsewhere.
pub fn checked(brand: &Brand, spoken: &[String], draft: &BrandDraft) -> (Checked, Vec<BrandRefusal>) {
    let mut refusals = Vec::new();
    let (typed, now) = (&draft.look, &brand.look);
    let mut take = |checked: Result<String, BrandRefusal>, now: &str| {
        checked.unwrap_or_else(|refusal| {
            refusals.push(refusal);
            now.to_owned()
        })
    };
    let mut look = BrandLook {
        name: take(required(BrandField::Name, &typed.name), &now.name),
        colour: take(colour(BrandField::Colour, Ground::Light, &typed.colour), &now.colour),
        colour_on_dark: match typed.colour_on_dark.trim() {
            "" => String::new(),
            chosen => take(colour(BrandField::ColourOnDark, Ground::Dark, chosen), &now.colour_on_dark),
        },
        telephone: take(telephone(&typed.telephone), &now.telephone),
        email: take(address(BrandField::Email, &typed.email), &now.email),
        postal_address: take(postal(&typed.postal_address), &now.postal_address),
        sender_name: take(line(BrandField::SenderName, &typed.sender_name), &now.sender_name),
        sender_address: take(address(BrandField::SenderAddress, &typed.sender_address), &now.sender_address),
        languages: Vec::new(),
    };
    for tag in &typed.languages {
        if spoken.contains(tag) && !look.languages.contains(tag) {
            look.languages.push(tag.clone());
        }
    }
    if look.languages.is_empty() {
        refusals.push(BrandRefusal::Empty(BrandField::Languages));
        look.languages.clone_from(&now.languages);
    }
    let given = match &draft.given_hosts {
        Some(typed) => hosts(BrandField::GivenHosts, typed, &mut refusals),
        None => brand.hosts.iter().filter(|host| host.is_given).map(|host| host.host.clone()).collect(),
    };
    let own = hosts(BrandField::OwnHosts, &draft.own_hosts, &mut refusals);
    let mut all: Vec<BrandHost> = given.into_iter().map(|host| BrandHost { host, is_given: true }).collect();
    for host in own {
        if !all.iter().any(|known| known.host == host) {
            all.push(BrandHost { host, is_given: false });
        }
    }
    let mut logos = Vec::new();
    for (ground, logo) in Ground::ALL.into_iter().zip(&draft.logos) {
        match logo {
            LogoDraft::Keep => {}
            LogoDraft::Remove => logos.push((ground, Vec::new())),
            LogoDraft::Replace(file) => match logo::logo(ground, file) {
                Ok(made) => logos.push((ground, made)),
                Err(fault) => refusals.push(BrandRefusal::Logo(BrandField::Logo(ground), fault)),
            },
        }
    }
    (Checked { look, hosts: all, logos }, refusals)
}

/// Which host names are not this brand's to have. `others` are all brands of all operators; the asker has that reach and is at `here`.
pub(super) fn hosts_refused(
    brand: &Brand,
    (checked, asked): (&Checked, &[String]),
    others: &[Brand],
    (reach, here): (Reach, &str),
) -> Vec<BrandRefusal> {
    let mut refusals = Vec::new();
    let had = |host: &str| brand.hosts.iter().any(|known| known.host == host);
    let added = checked.hosts.iter().filter(|host| !had(&host.host)).map(|host| (field_of(host), &host.host));
    // What waited already is looked at again when it is answered for.
    let asked = asked.iter().filter(|host| !brand.asked.contains(host)).map(|host| (BrandField::OwnHosts, host));
    for (field, host) in added.chain(asked) {
        if is_anothers(brand, host, others, reach) {
            refusals.push(BrandRefusal::HostTaken(field, host.clone()));
        }
    }
    if had(here) && !checked.hosts.iter().any(|host| host.host == here) {
        let was_given = brand.hosts.iter().any(|host| host.host == here && host.is_given);
        let field = if was_given && gives_hosts(reach) { BrandField::GivenHosts } else { BrandField::OwnHosts };
        refusals.push(BrandRefusal::HostInUse(field, here.to_owned()));
    }
    if checked.hosts.is_empty() {
        refusals.push(BrandRefusal::NoHosts(if gives_hosts(reach) { BrandField::GivenHosts } else { BrandField::OwnHosts }));
    }
    let sender = checked.look.sender_address.rsplit_once('@').map(|(_, domain)| domain);
    if let Some(domain) = sender.filter(|_| checked.look.sender_address != brand.look.sender_address) {
        let is_anothers = others.iter().filter(|other| other.id != brand.id).any(|other| {
            let may = other.operator == brand.operator && gives_hosts(reach);
            !may && other.hosts.iter().any(|theirs| is_within(domain, &theirs.host))
        });
        if is_anothers {
            refusals.push(BrandRefusal::HostTaken(BrandField::SenderAddress, domain.to_owned()));
        }
    }
    refusals
}

/// Is a host name that a brand does not have another's, for who has that reach?
pub(super) fn is_anothers(brand: &Brand, host: &str, others: &[Brand], reach: Reach) -> bool {
    others.iter().filter(|other| other.id != brand.id).any(|other| {
        // Below its own host names an operator gives what it likes; nobody else takes what looks like somebody's.
        let may_be_below = other.operator == brand.operator && gives_hosts(reach);
        other.hosts.iter().any(|theirs| {
            if may_be_below { theirs.host == host } else { is_within(host, &theirs.host) || is_within(&theirs.host, host) }
        })
    })
}

/// The refusal of a host name that somebody else took in the same moment.
pub(super) fn taken(checked: &Checked, host: String) -> BrandRefusal {
    let field = checked.hosts.iter().find(|known| known.host == host).map_or(BrandField::OwnHosts, field_of);
    BrandRefusal::HostTaken(field, host)
}

const fn field_of(host: &BrandHost) -> BrandField {
    if host.is_given { BrandField::GivenHosts } else { BrandField::OwnHosts }
}

/// One line without signs that nobody types, nor those that headers of mails and pages give a meaning to.
fn line(field: BrandField, typed: &str) -> Result<String, BrandRefusal> {
    let typed = typed.trim();
    let is_odd = |c: char| {
        c.is_control()
            || matches!(c, '<' | '>' | '"' | '\\' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let is_line = typed.chars().count() <= LONGEST_NAME && !typed.chars().any(is_odd);
    if is_line { Ok(typed.to_owned()) } else { Err(BrandRefusal::TooLong(field, LONGEST_NAME)) }
}

fn required(field: BrandField, typed: &str) -> Result<String, BrandRefusal> {
    line(field, typed).and_then(|typed| if typed.is_empty() { Err(BrandRefusal::Empty(field)) } else { Ok(typed) })
}

fn colour(field: BrandField, ground: Ground, typed: &str) -> Result<String, BrandRefusal> {
    let colour: Colour = typed.trim().parse().map_err(|_| BrandRefusal::NoColour(field))?;
    let contrast = colour.least_contrast(ground);
    if contrast >= READABLE {
        return Ok(colour.to_string());
    }
    Err(BrandRefusal::Unreadable { field, contrast, nearest: colour.readable(ground) })
}

fn telephone(typed: &str) -> Result<String, BrandRefusal> {
    let typed = line(BrandField::Telephone, typed)?;
    let digits = typed.bytes().filter(u8::is_ascii_digit).count();
    let is_number =
        typed.chars().all(|c| c.is_ascii_digit() || " +.-()/\u{a0}\u{202f}".contains(c)) && (3..=15).contains(&digits);
    if typed.is_empty() || is_number { Ok(typed) } else { Err(BrandRefusal::NoTelephone(BrandField::Telephone)) }
}

fn address(field: BrandField, typed: &str) -> Result<String, BrandRefusal> {
    let typed = typed.trim();
    if typed.is_empty() || (typed.chars().count() <= LONGEST_EMAIL && is_address(typed)) {
        return Ok(typed.to_owned());
    }
    Err(BrandRefusal::NoAddress(field))
}

fn postal(typed: &str) -> Result<String, BrandRefusal> {
    let (most_lines, longest) = LONGEST_POSTAL;
    let lines: Vec<&str> = typed.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let whole = lines.join("\n");
    let is_plain = whole.chars().all(|c| c == '\n' || !c.is_control());
    if lines.len() <= most_lines && whole.chars().count() <= longest && is_plain {
        return Ok(whole);
    }
    Err(BrandRefusal::TooLong(BrandField::PostalAddress, longest))
}

/// The host names of a field, one a line; each that is none is refused once.
fn hosts(field: BrandField, typed: &str, refusals: &mut Vec<BrandRefusal>) -> Vec<String> {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for typed in typed.split_whitespace() {
        let (known, host) = match host_name(typed) {
            Some(host) => (&mut found, host),
            None => (&mut wrong, typed.chars().take(LONGEST_NAME).collect()),
        };
        if !known.contains(&host) {
            known.push(host);
        }
        if found.len() + wrong.len() > MOST_HOSTS {
            refusals.push(BrandRefusal::TooManyHosts(field, MOST_HOSTS));
            found.truncate(MOST_HOSTS);
            return found;
        }
    }
    refusals.extend(wrong.into_iter().map(|host| BrandRefusal::NoHost(field, host)));
    found
}
