//! What is dialled on a mobile telephone for a service: the grammar of 3GPP TS 22.030, part 6.5, and what each code asks for by its Annex B.
//!
//! The grammar comes first and knows no service: [`read`]. What a code means, and whether its parts fit, is [`meaning`].

use crate::When;

/// No more signs are looked at: what does not fit into one message of unstructured data (3GPP TS 23.038) was not dialled by a person.
pub const MOST_SIGNS: usize = 182;

/// What is asked of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Procedure {
    /// `*`
    Activate,
    /// `#`
    Deactivate,
    /// `*#`
    Interrogate,
    /// `**`
    Register,
    /// `##`
    Erase,
}

impl Procedure {
    /// What stands before the code, the longer ones first.
    const SIGNS: [(&'static str, Procedure); 5] = [
        ("**", Procedure::Register),
        ("##", Procedure::Erase),
        ("*#", Procedure::Interrogate),
        ("*", Procedure::Activate),
        ("#", Procedure::Deactivate),
    ];
}

/// A code as it was dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code<'a> {
    /// What is asked.
    pub procedure: Procedure,
    /// Of which service: two or three digits.
    pub service: &'a str,
    /// What stands between the stars after it; `None` where there is no star for it.
    pub parts: [Option<&'a str>; 4],
    /// A number that is called with it.
    pub called: Option<&'a str>,
}

/// What was dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialled<'a> {
    /// A code of a service.
    Code(Code<'a>),
    /// Something for the network's own programs.
    Ussd(&'a str),
    /// One or two digits: what they mean depends on whether somebody is on the line.
    Short(&'a str),
    /// A number to call.
    Number(&'a str),
}

/// Why a text cannot have been dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDialled {
    /// There is none.
    #[error("nothing was dialled")]
    Empty,
    /// No telephone sends so many.
    #[error("more than {MOST_SIGNS} signs")]
    TooLong,
    /// A telephone has only digits, star and hash.
    #[error("`{}` is on no telephone", .0.escape_default())]
    Sign(char),
    /// It has stars or hashes, and does not end as a code does.
    #[error("a code ends with #")]
    Unended,
}

/// Reads what was dialled.
///
/// # Errors
/// When no telephone sends it.
pub fn read(dialled: &str) -> Result<Dialled<'_>, NotDialled> {
    if dialled.is_empty() {
        return Err(NotDialled::Empty);
    }
    if dialled.len() > MOST_SIGNS {
        return Err(NotDialled::TooLong);
    }
    let is_key = |(at, sign): (usize, char)| {
        sign.is_ascii_digit() || matches!(sign, '*' | '#') || (sign == '+' && may_be_plus(dialled, at))
    };
    if let Some((_, sign)) = dialled.char_indices().find(|found| !is_key(*found)) {
        return Err(NotDialled::Sign(sign));
    }
    if let Some(code) = code(dialled) {
        return Ok(Dialled::Code(code));
    }
    if dialled.ends_with('#') {
        return Ok(Dialled::Ussd(dialled));
    }
    if dialled.contains(['*', '#']) {
        return Err(NotDialled::Unended);
    }
    // Two digits that begin with 1 are called: they are emergency numbers somewhere (part 6.5.3.2).
    match dialled.len() {
        1 | 2 if !(dialled.len() == 2 && dialled.starts_with('1')) => Ok(Dialled::Short(dialled)),
        _ => Ok(Dialled::Number(dialled)),
    }
}

/// A plus begins a number: at the very beginning, or after a star or hash.
fn may_be_plus(dialled: &str, at: usize) -> bool {
    dialled[..at].chars().next_back().is_none_or(|before| matches!(before, '*' | '#'))
}

fn code(dialled: &str) -> Option<Code<'_>> {
    let (procedure, rest) =
        Procedure::SIGNS.iter().find_map(|(sign, procedure)| Some((*procedure, dialled.strip_prefix(sign)?)))?;
    let (body, called) = rest.split_once('#')?;
    let mut fields = body.split('*');
    let service = fields.next()?;
    if !matches!(service.len(), 2 | 3) || !service.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let parts = [fields.next(), fields.next(), fields.next(), fields.next()];
    let is_number = || !called.contains(['*', '#']) && matches!(procedure, Procedure::Activate | Procedure::Deactivate);
    if fields.next().is_some() || !(called.is_empty() || is_number()) {
        return None;
    }
    Some(Code { procedure, service, parts, called: Some(called).filter(|called| !called.is_empty()) })
}

/// What a code asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// Forwards.
    Forward {
        /// In which cases.
        when: &'static [When],
        /// To where, as it was dialled.
        to: Option<&'a str>,
        /// After so many seconds without an answer.
        seconds: Option<u8>,
    },
    /// A second caller's tone.
    CallWaiting,
    /// Who sees whose number, by the service's code: 30 the caller's, 31 one's own, 76 and 77 that of who answers, 300 the caller's name.
    Presentation,
    /// A call for which one's own number is hidden.
    CallHidden(&'a str),
    /// A call for which one's own number is shown.
    CallShown(&'a str),
    /// A bar on calls, with its password.
    Barring,
    /// Another password for bars.
    BarringPassword,
    /// The card's own codes: they never leave the telephone.
    Card,
    /// Something of Annex B that no line here has.
    Other,
    /// Nothing of Annex B: the network's own programs.
    Ussd,
}

/// Why a code is refused whose grammar is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeRefusal {
    /// It is not for such a service.
    #[error("this is not for service {0}")]
    Basic(u8),
    /// One of its parts is missing or not as it has to be.
    #[error("{0}")]
    Part(PartFault),
    /// The service cannot be asked so.
    #[error("this service cannot be asked so")]
    Procedure,
}

/// What is wrong with a part of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartFault {
    /// No number to forward to.
    #[error("the number is missing")]
    NoNumber,
    /// No basic service has that code.
    #[error("no service has that code")]
    Service,
    /// The time is not 5 to 30 seconds.
    #[error("the time is 5 to 30 seconds")]
    Seconds,
    /// The new code and its repetition differ.
    #[error("the new code was not typed twice alike")]
    Repetition,
    /// A password has four digits.
    #[error("the password has 4 digits")]
    Password,
    /// A code of a card has four to eight digits, one that unblocks it eight.
    #[error("the code has not as many digits as it has to")]
    Digits,
}

const BUSY: &[When] = &[When::Busy];
const UNREACHABLE: &[When] = &[When::Unreachable];
const NO_ANSWER: &[When] = &[When::NoAnswer];
const ALWAYS: &[When] = &[When::Always];

/// What a code means (Annex B).
///
/// # Errors
/// When its parts or its procedure do not fit the service.
pub fn meaning<'a>(code: &Code<'a>) -> Result<Meaning<'a>, CodeRefusal> {
    match code.service {
        "21" => forward(code, ALWAYS),
        "67" => forward(code, BUSY),
        "62" => forward(code, UNREACHABLE),
        "61" => forward(code, NO_ANSWER),
        "002" => forward(code, &When::ALL),
        "004" => forward(code, &When::CONDITIONAL),
        "43" => {
            basic_service(code.parts[0])?;
            not(code, &[Procedure::Register, Procedure::Erase]).map(|()| Meaning::CallWaiting)
        }
        "31" => match (code.procedure, code.called) {
            (Procedure::Activate, Some(called)) => Ok(Meaning::CallShown(called)),
            (Procedure::Deactivate, Some(called)) => Ok(Meaning::CallHidden(called)),
            (Procedure::Interrogate, None) => Ok(Meaning::Presentation),
            _ => Err(CodeRefusal::Procedure),
        },
        "30" | "76" | "77" | "300" => only(code, &[Procedure::Interrogate]).map(|()| Meaning::Presentation),
        "33" | "331" | "332" | "35" | "351" => barring(code, &[Procedure::Register, Procedure::Erase]),
        "330" | "333" | "353" => {
            barring(code, &[Procedure::Register, Procedure::Erase, Procedure::Activate, Procedure::Interrogate])
        }
        "03" => {
            only(code, &[Procedure::Register])?;
            let [_, old, new, again] = code.parts;
            (new == again).then_some(()).ok_or(CodeRefusal::Part(PartFault::Repetition))?;
            [old, new].into_iter().try_for_each(password).map(|()| Meaning::BarringPassword)
        }
        "04" | "042" => card(code, 4..=8),
        "05" | "052" => card(code, 8..=8),
        "66" | "75" | "96" | "88" | "214" | "360" | "361" | "362" | "363" => Ok(Meaning::Other),
        other if other.len() == 3 && (other.starts_with("37") || other.starts_with("59")) => Ok(Meaning::Other),
        _ => Ok(Meaning::Ussd),
    }
}

fn forward<'a>(code: &Code<'a>, when: &'static [When]) -> Result<Meaning<'a>, CodeRefusal> {
    if code.called.is_some() {
        return Err(CodeRefusal::Procedure);
    }
    let to = code.parts[0];
    if to == Some("") || (code.procedure == Procedure::Register && to.is_none()) {
        return Err(CodeRefusal::Part(PartFault::NoNumber));
    }
    // Messages, group calls and packets are not forwarded (3GPP TS 22.004, Annex A).
    if let Some(basic @ (16 | 17 | 18 | 99)) = basic_service(code.parts[1])? {
        return Err(CodeRefusal::Basic(basic));
    }
    let seconds = match code.parts[2] {
        None | Some("") => None,
        Some(text) => {
            let seconds = text.parse().ok().filter(|seconds| (5..=30).contains(seconds));
            Some(seconds.ok_or(CodeRefusal::Part(PartFault::Seconds))?)
        }
    };
    Ok(Meaning::Forward { when, to, seconds })
}

/// The basic service that a code is about; all of them where it says none (Annex C).
fn basic_service(part: Option<&str>) -> Result<Option<u8>, CodeRefusal> {
    let Some(text) = part.filter(|text| !text.is_empty()) else { return Ok(None) };
    let known = |number: &u8| matches!(number, 10..=13 | 16..=22 | 24..=26 | 99);
    text.parse().ok().filter(known).map(Some).ok_or(CodeRefusal::Part(PartFault::Service))
}

fn barring<'a>(code: &Code<'a>, without: &[Procedure]) -> Result<Meaning<'a>, CodeRefusal> {
    not(code, without)?;
    basic_service(code.parts[1])?;
    match code.procedure {
        Procedure::Interrogate => Ok(Meaning::Barring),
        _ => password(code.parts[0]).map(|()| Meaning::Barring),
    }
}

fn password(part: Option<&str>) -> Result<(), CodeRefusal> {
    let is_one = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    part.is_some_and(is_one).then_some(()).ok_or(CodeRefusal::Part(PartFault::Password))
}

fn card<'a>(code: &Code<'a>, first: std::ops::RangeInclusive<usize>) -> Result<Meaning<'a>, CodeRefusal> {
    only(code, &[Procedure::Register])?;
    let [old, new, again, _] = code.parts.map(Option::unwrap_or_default);
    let is_code = |text: &str, digits: &std::ops::RangeInclusive<usize>| digits.contains(&text.len());
    if !is_code(old, &first) || !is_code(new, &(4..=8)) {
        return Err(CodeRefusal::Part(PartFault::Digits));
    }
    if new == again { Ok(Meaning::Card) } else { Err(CodeRefusal::Part(PartFault::Repetition)) }
}

fn only(code: &Code<'_>, procedures: &[Procedure]) -> Result<(), CodeRefusal> {
    let is_one = procedures.contains(&code.procedure) && code.called.is_none();
    is_one.then_some(()).ok_or(CodeRefusal::Procedure)
}

fn not(code: &Code<'_>, procedures: &[Procedure]) -> Result<(), CodeRefusal> {
    let is_one = procedures.contains(&code.procedure) || code.called.is_some();
    (!is_one).then_some(()).ok_or(CodeRefusal::Procedure)
}
