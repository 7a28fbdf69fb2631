//! `cadran voicemail`: does what a switch does for a line's voicemail: leaves a message, or walks through the menu with keys (FIX-01).

use crate::{dial::line_of, house::HouseArguments, whose::operator_named};
use anyhow::{Context, bail};
use operations::{
    House, Scope,
    life::Doer,
    telephony,
    voicemail::{self, CallRefusal, From, Key, LeaveRefusal, Left, Prompt, VoicemailCall},
};
use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};
use vocabulary::{LineId, OperatorId};

/// Leave a message on a line's voicemail, or walk through its menu
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "Without --leave or --press, it says how many messages there are. A shell takes * and # for itself: write '1 4 *' in quotes."
)]
pub(crate) struct VoicemailArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// Whose line it is, by the name of the catalogue's folder
    #[arg(long, value_name = "NAME")]
    operator: String,
    /// The line, by its number as it is dialled at home, or with a plus
    #[arg(required_unless_present = "check")]
    line: Option<String>,
    /// Leave this sound as a message: WAV, or Opus in Ogg
    #[arg(long, value_name = "FILE", conflicts_with = "press")]
    leave: Option<PathBuf>,
    /// Who leaves it; left out, their number is hidden
    #[arg(long, value_name = "NUMBER", requires = "leave")]
    from: Option<String>,
    /// The keys that are pressed: '1 1 4 2 2 2580# 2580#'
    #[arg(long, value_name = "KEYS")]
    press: Option<String>,
    /// The sound that is spoken where the menu records a greeting
    #[arg(long, value_name = "FILE", requires = "press")]
    record: Option<PathBuf>,
    /// The call comes from another telephone than the line's own: the code is asked for
    #[arg(long, requires = "press")]
    elsewhere: bool,
    /// Erase what is to be erased, and compare the folder of sounds with the database, for all lines
    #[arg(long, conflicts_with_all = ["line", "leave", "press"])]
    check: bool,
}

pub(crate) async fn run(arguments: VoicemailArguments) -> anyhow::Result<ExitCode> {
    let house = arguments.house.open().await?;
    let operator = operator_named(&house, &arguments.operator).await?;
    let Some(number) = &arguments.line else { return check(&house, operator).await };
    let line = line_of(&house, operator, number).await?;
    match (&arguments.leave, &arguments.press) {
        (Some(file), _) => leave(&house, (operator, line), (file, arguments.from.as_deref())).await,
        (None, Some(keys)) => walk(&house, (operator, line), (keys, &arguments)).await,
        (None, None) => counts(&house, (operator, line)).await,
    }
}

async fn check(house: &House, operator: OperatorId) -> anyhow::Result<ExitCode> {
    let tidied = voicemail::tidy(house, operator).await?;
    let mut out = io::stdout();
    writeln!(out, "messages whose time was over: {}", tidied.expired)?;
    writeln!(out, "voicemails of lines that ended: {}", tidied.emptied)?;
    writeln!(out, "files of nobody, erased: {}", tidied.erased)?;
    for file in &tidied.unknown {
        writeln!(out, "no row names the file {file}: it stays")?;
    }
    for file in &tidied.missing {
        writeln!(out, "a row names the file {file}, which is not there")?;
    }
    let is_whole = tidied.unknown.is_empty() && tidied.missing.is_empty();
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn leave(
    house: &House,
    (operator, line): (OperatorId, LineId),
    (file, from): (&PathBuf, Option<&str>),
) -> anyhow::Result<ExitCode> {
    let caller = match from {
        None => None,
        Some(typed) => {
            let number = telephony::number_typed(house, Scope::operator(operator), typed).await?;
            Some(number.with_context(|| format!("`{typed}` is no telephone number: write it as it is dialled, or with a plus"))?)
        }
    };
    let bytes = fs::read(file).with_context(|| format!("sound `{}` cannot be read", file.display()))?;
    match voicemail::leave(house, operator, line, Left { caller, bytes }).await? {
        Ok(_) => writeln!(io::stdout(), "the message is there")?,
        Err(LeaveRefusal::NoVoicemail) => bail!("the line has no voicemail"),
        Err(LeaveRefusal::Full) => bail!("the voicemail is full: the caller is told"),
        Err(LeaveRefusal::Sound(fault)) => bail!("sound `{}` is not taken: {fault}", file.display()),
    }
    Ok(ExitCode::SUCCESS)
}

async fn counts(house: &House, (operator, line): (OperatorId, LineId)) -> anyhow::Result<ExitCode> {
    let shown = voicemail::mailbox(house, Doer::Program(operator), line).await?.context("the line has no voicemail")?;
    writeln!(io::stdout(), "{}", told(&Prompt::Counts { new: shown.new_count(), kept: shown.kept_count() }, None))?;
    Ok(ExitCode::SUCCESS)
}

async fn walk(
    house: &House,
    (operator, line): (OperatorId, LineId),
    (keys, arguments): (&str, &VoicemailArguments),
) -> anyhow::Result<ExitCode> {
    let keys = keys.chars().filter(|key| !key.is_whitespace()).map(key).collect::<anyhow::Result<Vec<_>>>()?;
    let greeting = match &arguments.record {
        Some(file) => Some(fs::read(file).with_context(|| format!("sound `{}` cannot be read", file.display()))?),
        None => None,
    };
    let from = if arguments.elsewhere { From::Elsewhere } else { From::OwnLine };
    let (mut call, said) = match VoicemailCall::answer(house, operator, line, from).await? {
        Ok(answered) => answered,
        Err(CallRefusal::NoVoicemail) => bail!("the line has no voicemail"),
        Err(CallRefusal::NoCode) => bail!("no code is set: the voicemail answers the line's own telephone alone"),
        Err(CallRefusal::Wait(minutes)) => bail!("too many wrong codes: the next may be typed in {minutes} minutes"),
    };
    say(&call, &said)?;
    for key in keys {
        let said = call.press(house, key).await?;
        say(&call, &said)?;
        if let Some(bytes) = greeting.clone().filter(|_| call.is_recording()) {
            match call.recorded(house, bytes).await? {
                Ok(said) => say(&call, &said)?,
                Err(fault) => bail!("the greeting is not taken: {fault}"),
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn key(key: char) -> anyhow::Result<Key> {
    match key {
        '*' => Ok(Key::Star),
        '#' => Ok(Key::Hash),
        digit => match digit.to_digit(10).and_then(|digit| u8::try_from(digit).ok()) {
            Some(digit) => Ok(Key::Digit(digit)),
            None => bail!("`{key}` is no key of a telephone: they are 0 to 9, * and #"),
        },
    }
}

fn say(call: &VoicemailCall, said: &[Prompt]) -> io::Result<()> {
    let mut out = io::stdout();
    for prompt in said {
        writeln!(out, "{}", told(prompt, Some(call)))?;
    }
    Ok(())
}

fn told(prompt: &Prompt, call: Option<&VoicemailCall>) -> String {
    let text = match prompt {
        Prompt::TypeCode => "type the code, then #",
        Prompt::WrongCode => "that is not the code",
        Prompt::Counts { new, kept } => return format!("{new} new messages, {kept} kept"),
        Prompt::Top => "1 messages, 2 settings, * leave",
        Prompt::Choices => "1 hear again, 2 next, 4 keep, 5 delete, * back",
        Prompt::Play(at) => {
            let Some(message) = call.and_then(|call| call.message(*at)) else { return "(a message)".to_owned() };
            let caller = if message.caller.is_empty() { "a hidden number" } else { &message.caller };
            let length_ms = message.sound.length_ms;
            return format!("(a message from {caller}, {},{} s)", length_ms / 1_000, length_ms % 1_000 / 100);
        }
        Prompt::Kept => "the message is kept",
        Prompt::Deleted => "the message is deleted",
        Prompt::NoMore => "no more messages",
        Prompt::Settings => "1 record the greeting, 2 change the code, * back",
        Prompt::SpeakGreeting => "speak the greeting after the tone",
        Prompt::GreetingKept => "the greeting is kept",
        Prompt::TypeNewCode => "type the new code, then #",
        Prompt::CodeTooShort => "a code has 4 to 8 digits",
        Prompt::CodeTooEasy => "that code is too easy to guess",
        Prompt::TypeAgain => "type it once more, then #",
        Prompt::NotAlike => "the two are not alike",
        Prompt::CodeChanged => "the code is changed",
        Prompt::NotAKey => "that key means nothing here",
        Prompt::Goodbye => "goodbye",
    };
    text.to_owned()
}
