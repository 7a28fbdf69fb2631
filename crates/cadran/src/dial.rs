//! `cadran dial`: what follows from a code that is dialled on a line's telephone (FIX-16).

use crate::{house::HouseArguments, whose::operator_named};
use anyhow::{Context, bail};
use operations::{
    House, Scope,
    life::Doer,
    telephony::{self, Answer, Difference, Switch, TelephonyRefusal, When},
};
use std::{
    io::{self, Write},
    process::ExitCode,
};
use vocabulary::{E164, LineId, OperatorId};

/// Do what somebody's telephone does who dials a code
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "A shell takes * and # for itself: write '*21*0612345678#' in quotes.")]
pub(crate) struct DialArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// Whose line it is, by the name of the catalogue's folder
    #[arg(long, value_name = "NAME")]
    operator: String,
    /// The line, by its number as it is dialled at home, or with a plus
    line: String,
    /// What is dialled: '*21*0612345678#'
    #[arg(value_name = "STRING")]
    dialled: String,
}

/// The line of an operator that has a number.
pub(crate) async fn line_of(house: &House, operator: OperatorId, typed: &str) -> anyhow::Result<LineId> {
    let scope = Scope::operator(operator);
    let Some(number) = telephony::number_typed(house, scope, typed).await? else {
        bail!("`{typed}` is no telephone number: write it as it is dialled at home, or with a plus");
    };
    let found = house.store.scoped(scope).telephony_of(&[number]).await?;
    Ok(found.first().with_context(|| format!("no line in service has the number {number}"))?.line)
}

pub(crate) async fn run(arguments: DialArguments) -> anyhow::Result<ExitCode> {
    let house = arguments.house.open().await?;
    let operator = operator_named(&house, &arguments.operator).await?;
    let line = line_of(&house, operator, &arguments.line).await?;
    let answer = telephony::dial(&house, Doer::Program(operator), line, &arguments.dialled).await?;
    let answer = answer.with_context(|| format!("the line {} has no telephone", arguments.line))?;
    let mut out = io::stdout();
    match answer {
        Answer::Changed(differences) if differences.is_empty() => writeln!(out, "it was so already")?,
        Answer::Changed(differences) => {
            for difference in &differences {
                writeln!(out, "{}", told(difference))?;
            }
        }
        Answer::Stands(states) => {
            for (when, switch) in states {
                writeln!(out, "{}{}", when.map_or(String::new(), |when| format!("{}: ", case(when))), on(switch))?;
            }
        }
        Answer::Connected { to, shows } => writeln!(out, "calls {to}; the number shown is {}", number(shows))?,
        Answer::Refused(TelephonyRefusal::NoTelephone) => bail!("the line is not in service"),
        Answer::Refused(TelephonyRefusal::KeptElsewhere) => bail!("the line's host network keeps its services"),
        Answer::Refused(TelephonyRefusal::Forward(refusal)) => bail!("calls are not forwarded there: {refusal}"),
        Answer::Refused(TelephonyRefusal::Change(refusal)) => bail!("nothing was changed: {refusal}"),
        Answer::Unheard(unheard) => bail!("nothing was changed: {unheard}"),
    }
    Ok(ExitCode::SUCCESS)
}

fn number(number: Option<E164>) -> String {
    number.map_or_else(|| "none".to_owned(), |number| number.to_string())
}

const fn on(switch: Switch) -> &'static str {
    match switch {
        Switch::On => "on",
        Switch::Off => "off",
    }
}

const fn case(when: When) -> &'static str {
    match when {
        When::Always => "all calls",
        When::NoAnswer => "calls that nobody answers",
        When::Busy => "calls while the line is busy",
        When::Unreachable => "calls that do not reach the line",
    }
}

fn told(difference: &Difference) -> String {
    match difference {
        Difference::Forward { when, after, .. } => match after.target() {
            Some(to) => format!("{}: forwarded to {to}", case(*when)),
            None => format!("{}: not forwarded", case(*when)),
        },
        Difference::RingTime { after, .. } => format!("the line rings {after} seconds, {} rings", after.rings()),
        Difference::StraightToVoicemail { after } => format!("all calls go straight to the voicemail: {}", on(*after)),
        Difference::HideNumber { after } => format!("the number is hidden: {}", on(*after)),
        Difference::CallWaiting { after } => format!("a second caller is signalled: {}", on(*after)),
        Difference::MailReception { after } if after.is_empty() => "messages are sent nowhere".to_owned(),
        Difference::MailReception { after } => format!("messages are sent to {after}"),
        Difference::RingWith { after } => format!("the line that rings with it: {}", number(*after)),
    }
}
