//! What an INVITE asks: who is called or what was dialled, who calls, how the line stands, through whom the call came. docs/switches.md says it to
//! those who set a switch up.

use super::{
    address::{Address, Entry, NoAddress, entries, parameter},
    message::Message,
    reply::Status,
    request::Request,
};
use operations::telephony::{Presentation, Standing};

/// So many numbers that a call came through are looked at: fewer are a loop already.
const MOST_PASSED: usize = 20;
/// How often one entry may say that it forwarded (RFC 5806, `counter`).
const MOST_TIMES: usize = 5;

/// The words of `standing=`, as `cadran route` has them.
pub(crate) const STANDINGS: [(&str, Standing); 6] = [
    ("free", Standing::Free),
    ("busy", Standing::Busy),
    ("full", Standing::Full),
    ("unreachable", Standing::Unreachable),
    ("no-answer", Standing::NotAnswered),
    ("not-taken", Standing::NotTaken),
];

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// Whom, or what was dialled.
    pub(super) called: String,
    /// Was it dialled on a line's telephone, and so means what it means there?
    pub(super) is_dialled: bool,
    pub(super) standing: Standing,
    pub(super) caller: Option<String>,
    pub(super) presentation: Presentation,
    /// The first called first.
    pub(super) passed: Vec<String>,
}

/// Reads what an INVITE asks.
pub(super) fn read(request: &Request<'_>) -> Result<Asked, Status> {
    let address = Address::read(request.address).map_err(|fault| match fault {
        NoAddress::Scheme => Status::UNSUPPORTED_SCHEME,
        NoAddress::Malformed => Status::BAD_REQUEST,
    })?;
    let Some(called) = address.user.as_deref() else { return Err(Status::NOT_FOUND) };
    let is_dialstring = address.parameter("user").is_some_and(|user| user.eq_ignore_ascii_case("dialstring"));
    let is_dialled = is_dialstring || called.contains(['*', '#']);
    let message = request.message;
    let passed = passed(message, called);
    let standing = standing(&address, passed.is_empty())?;
    let (asserted, told, presentation) = caller(message, request.from);
    // A code is done in the name of the line that the network vouches for, and of no other.
    let caller = if is_dialled { asserted } else { asserted.or(told) };
    Ok(Asked { called: called.to_owned(), is_dialled, standing, caller, presentation, passed })
}

/// By our own word; else by the cause of RFC 4458. That one also tells why a call was sent here from elsewhere: it says something of the called
/// line only where the call comes from nowhere else.
fn standing(address: &Address<'_>, is_first: bool) -> Result<Standing, Status> {
    if let Some(word) = address.parameter("standing") {
        let found = STANDINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
        return found.map(|(_, standing)| *standing).ok_or(Status::BAD_REQUEST);
    }
    Ok(match address.parameter("cause").filter(|_| is_first) {
        Some("486" | "600") => Standing::Full,
        Some("408" | "487") => Standing::NotAnswered,
        Some("404" | "480" | "503") => Standing::Unreachable,
        _ => Standing::Free,
    })
}

/// The number that the network vouches for, the one that the telephone tells (RFC 3325), and may it be shown (RFC 3323)?
fn caller(message: &Message<'_>, from: &str) -> (Option<String>, Option<String>, Presentation) {
    let named = |user: &String| !user.eq_ignore_ascii_case("anonymous");
    let asserted = message.values("p-asserted-identity").flat_map(entries).find_map(user_of).filter(named);
    let told = entries(from).next().and_then(user_of).filter(named);
    let mut wishes = message.values("privacy").flat_map(|value| value.split([';', ',']));
    let is_hidden = wishes.any(|wish| ["id", "user", "header"].iter().any(|hiding| wish.trim().eq_ignore_ascii_case(hiding)));
    (asserted, told, if is_hidden { Presentation::Hidden } else { Presentation::Shown })
}

fn user_of(entry: Entry<'_>) -> Option<String> {
    let address = Address::read(entry.address).ok()?;
    address.user.filter(|_| !address.host.eq_ignore_ascii_case("anonymous.invalid")).map(std::borrow::Cow::into_owned)
}

/// By Diversion (RFC 5806), whose newest entry stands first, or by History-Info (RFC 7044), whose newest stands last and is the called itself.
fn passed(message: &Message<'_>, called: &str) -> Vec<String> {
    let mut passed = Vec::new();
    for entry in message.values("diversion").flat_map(entries).take(MOST_PASSED) {
        let times = parameter(entry.parameters, "counter").and_then(|times| times.parse().ok()).unwrap_or(1);
        if let Some(user) = user_of(entry) {
            passed.extend(std::iter::repeat_n(user, usize::clamp(times, 1, MOST_TIMES)));
        }
    }
    if !passed.is_empty() {
        passed.truncate(MOST_PASSED);
        passed.reverse();
        return passed;
    }
    passed.extend(message.values("history-info").flat_map(entries).take(MOST_PASSED).filter_map(user_of));
    passed.dedup();
    if passed.last().is_some_and(|last| last == called) {
        passed.pop();
    }
    passed
}
