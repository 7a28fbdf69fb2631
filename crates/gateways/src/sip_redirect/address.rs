//! SIP and telephone addresses as far as a number is looked for in them (RFC 3261, part 19.1; RFC 3966), and the lists in which headers hold them.

use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// An address.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// Whom: a number, a name, what was dialled; decoded. `None` where it names a machine only.
    pub(super) user: Option<Cow<'a, str>>,
    /// The machine; empty of a `tel:`.
    pub(super) host: &'a str,
    parameters: &'a str,
}

/// Why a text is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoAddress {
    /// It is of a kind that is not called here: `http:`.
    Scheme,
    /// It is none.
    Malformed,
}

impl<'a> Address<'a> {
    /// Reads `sip:`, `sips:` and `tel:`.
    pub(super) fn read(text: &'a str) -> Result<Self, NoAddress> {
        let (scheme, rest) = text.split_once(':').ok_or(NoAddress::Malformed)?;
        if scheme.eq_ignore_ascii_case("tel") {
            let (number, parameters) = rest.split_once(';').unwrap_or((rest, ""));
            return Ok(Self { user: Some(decoded(number)?), host: "", parameters });
        }
        if !scheme.eq_ignore_ascii_case("sip") && !scheme.eq_ignore_ascii_case("sips") {
            let is_scheme = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
            return Err(if is_scheme { NoAddress::Scheme } else { NoAddress::Malformed });
        }
        let (user, place) = rest.split_once('@').map_or((None, rest), |(user, place)| (Some(user), place));
        let place = place.split_once('?').map_or(place, |(place, _)| place);
        let (host, parameters) = place.split_once(';').unwrap_or((place, ""));
        if host.is_empty() || host.contains([' ', '<', '>', '"', '@']) {
            return Err(NoAddress::Malformed);
        }
        // A password, and the parameters of a number, are nothing of the number.
        let user = user.map(|user| user.split([':', ';']).next().unwrap_or_default());
        let user = user.map(decoded).transpose()?;
        Ok(Self { user, host, parameters })
    }

    /// The value of a parameter; empty where it has none.
    pub(super) fn parameter(&self, name: &str) -> Option<&'a str> {
        parameter(self.parameters, name)
    }
}

fn decoded(text: &str) -> Result<Cow<'_, str>, NoAddress> {
    let text = percent_decode_str(text).decode_utf8().map_err(|_| NoAddress::Malformed)?;
    if text.is_empty() || text.chars().any(char::is_control) { Err(NoAddress::Malformed) } else { Ok(text) }
}

/// The value of a parameter among several; empty where it has none.
pub(super) fn parameter<'a>(parameters: &'a str, name: &str) -> Option<&'a str> {
    parameters.split(';').find_map(|part| {
        let (found, value) = part.split_once('=').unwrap_or((part, ""));
        found.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
    })
}

/// One entry of a header that lists addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    /// The address.
    pub(super) address: &'a str,
    /// What follows it.
    pub(super) parameters: &'a str,
}

/// The entries of a header. A name in quotes before an address may hold anything, an address too: it is nobody's identity.
pub(super) fn entries(value: &str) -> impl Iterator<Item = Entry<'_>> {
    elements(value).filter_map(|element| {
        let Some(open) = outside(element, |sign| sign == '<') else {
            let (address, parameters) = element.split_once(';').unwrap_or((element, ""));
            return Some(Entry { address: address.trim(), parameters });
        };
        let (address, parameters) = element[open + 1..].split_once('>')?;
        Some(Entry { address: address.trim(), parameters: parameters.trim_start().trim_start_matches(';') })
    })
}

/// What stands between commas, those in quotes and angle brackets left alone.
pub(super) fn elements(value: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(value);
    std::iter::from_fn(move || {
        let text = rest?;
        let (element, after) = match outside(text, |sign| sign == ',') {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        rest = after;
        Some(element.trim())
    })
    .filter(|element| !element.is_empty())
}

/// Where a sign stands first that is neither in quotes nor in angle brackets.
fn outside(text: &str, is_it: impl Fn(char) -> bool) -> Option<usize> {
    let (mut is_quoted, mut is_escaped, mut is_in_brackets) = (false, false, false);
    for (at, sign) in text.char_indices() {
        if is_escaped {
            is_escaped = false;
            continue;
        }
        if !is_quoted && !is_in_brackets && is_it(sign) {
            return Some(at);
        }
        match sign {
            '\\' if is_quoted => is_escaped = true,
            '"' if !is_in_brackets => is_quoted = !is_quoted,
            '<' if !is_quoted => is_in_brackets = true,
            '>' if !is_quoted => is_in_brackets = false,
            _ => {}
        }
    }
    None
}
