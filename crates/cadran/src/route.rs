//! `cadran route`: where a call to a line goes, as a switch would be told (FIX-15).

use crate::{dial::line_of, house::HouseArguments, whose::operator_named};
use anyhow::{Context, bail};
use operations::{
    Scope,
    telephony::{self, Caller, Presentation, Standing},
};
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Say where a call to a line goes
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct RouteArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// Whose line it is, by the name of the catalogue's folder
    #[arg(long, value_name = "NAME")]
    operator: String,
    /// The line that is called, by its number as it is dialled at home, or with a plus
    line: String,
    #[command(flatten)]
    standing: StandingArguments,
    /// Who calls; left out, nobody knows
    #[arg(long, value_name = "NUMBER")]
    from: Option<String>,
    /// The caller's number is not to be shown
    #[arg(long)]
    hidden: bool,
    /// A number that the call has passed by a forward, the first called first; as often as there were
    #[arg(long, value_name = "NUMBER")]
    passed: Vec<String>,
}

/// How the line stands; free, when nothing is said
#[derive(Clone, Debug, clap::Args)]
#[group(multiple = false)]
struct StandingArguments {
    /// A call is on the line
    #[arg(long)]
    busy: bool,
    /// A call is on the line, and it takes no second one
    #[arg(long)]
    full: bool,
    /// The line does not answer the network
    #[arg(long)]
    unreachable: bool,
    /// It rang, and nobody took the call
    #[arg(long)]
    no_answer: bool,
    /// A second caller was signalled, and nobody took the call
    #[arg(long)]
    not_taken: bool,
}

impl StandingArguments {
    fn read(&self) -> Standing {
        let said = [
            (self.busy, Standing::Busy),
            (self.full, Standing::Full),
            (self.unreachable, Standing::Unreachable),
            (self.no_answer, Standing::NotAnswered),
            (self.not_taken, Standing::NotTaken),
        ];
        said.into_iter().find(|(is_so, _)| *is_so).map_or(Standing::Free, |(_, standing)| standing)
    }
}

pub(crate) async fn run(arguments: RouteArguments) -> anyhow::Result<ExitCode> {
    let house = arguments.house.open().await?;
    let operator = operator_named(&house, &arguments.operator).await?;
    let scope = Scope::operator(operator);
    let line = line_of(&house, operator, &arguments.line).await?;
    let mut numbers = Vec::new();
    for typed in arguments.from.iter().chain(&arguments.passed) {
        match telephony::number_typed(&house, scope, typed).await? {
            Some(number) => numbers.push(number),
            None => bail!("`{typed}` is no telephone number: write it as it is dialled at home, or with a plus"),
        }
    }
    let passed = numbers.split_off(usize::from(arguments.from.is_some()));
    let shown = if arguments.hidden { Presentation::Hidden } else { Presentation::Shown };
    let caller = Caller { number: numbers.first().copied(), shown };
    let route = telephony::route(&house, scope, line, (arguments.standing.read(), caller, &passed)).await?;
    let route = route.with_context(|| format!("the line {} has no telephone", arguments.line))?;
    writeln!(io::stdout(), "{}", serde_json::to_string(&route)?)?;
    Ok(ExitCode::SUCCESS)
}
