//! Usage files in place of usage events: a scenario says what the lines are and what happens to them, the files what they used.

use super::{
    Mistake,
    book::Book,
    event::{self, Amount, Event, Usage},
    write_line,
};
use anyhow::{Context, bail};
use mediation::{Layout, SetAside, Taken, UsageReader};
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};
use vocabulary::{Direction, Party, Timestamp, Visited};

/// Records that are read at a time.
const RECORDS_A_BATCH: usize = 10_000;

/// What happens beside usage, in the order of time; what has no hour comes first.
pub(super) struct Scenario {
    events: std::iter::Peekable<std::vec::IntoIter<Planned>>,
}

struct Planned {
    at: Timestamp,
    /// `FILE:LINE`.
    input: String,
    event: Event,
}

impl Scenario {
    /// Reads events, one JSON object a line.
    ///
    /// # Errors
    /// When the file cannot be read, or an event is bad: usage rated against half a scenario would mislead.
    pub(super) fn read(path: &Path, book: &Book<'_>) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let mut events = Vec::new();
        for (number, line) in (1..).zip(text.lines().map(str::trim)) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let input = format!("{}:{number}", path.display());
            match event::read(line).and_then(|event| Ok((book.time_of(&event)?, event))) {
                Ok((at, event)) => events.push(Planned { at, input, event }),
                Err(error) => bail!("{input}: {error}"),
            }
        }
        // Stable: events of one instant stay in the order in which they are written.
        events.sort_by_key(|planned| planned.at);
        Ok(Self { events: events.into_iter().peekable() })
    }

    /// Lets happen what happens until an instant, that included; all the rest for `None`. Was every event good?
    fn happen(&mut self, until: Option<Timestamp>, book: &mut Book<'_>, out: &mut impl Write) -> anyhow::Result<bool> {
        let mut all_good = true;
        while let Some(planned) = self.events.next_if(|planned| until.is_none_or(|until| planned.at <= until)) {
            all_good &= answer(book, planned.event, &planned.input, out)?;
        }
        Ok(all_good)
    }
}

fn answer(book: &mut Book<'_>, event: Event, input: &str, out: &mut impl Write) -> anyhow::Result<bool> {
    match book.take(event) {
        Ok(answers) => answers.iter().try_for_each(|answer| write_line(out, answer)).map(|()| true),
        Err(error) => write_line(out, &Mistake { input, error }).map(|()| false),
    }
}

/// Rates usage files within a scenario; was everything good?
pub(super) fn rate_files(
    files: &[PathBuf],
    layout: &Arc<Layout>,
    scenario: Option<&Path>,
    book: &mut Book<'_>,
    out: &mut impl Write,
) -> anyhow::Result<bool> {
    let Some(scenario) = scenario else { bail!("--layout rates usage files: say what their lines are with --scenario FILE") };
    if files.is_empty() {
        bail!("--layout rates usage files: name at least one");
    }
    let mut scenario = Scenario::read(scenario, book)?;
    let mut all_good = scenario.happen(Some(Timestamp::EPOCH), book, out)?;
    for path in files {
        let source = File::open(path).with_context(|| format!("cannot open `{}`", path.display()))?;
        let cannot = || format!("`{}`", path.display());
        let mut reader = UsageReader::open(Box::new(source), layout.clone(), None).with_context(cannot)?;
        while let Some(batch) = reader.next_batch(RECORDS_A_BATCH).with_context(cannot)? {
            for SetAside { row, detail, .. } in &batch.set_aside {
                all_good = false;
                write_line(out, &Mistake { input: &format!("{}:{row}", path.display()), error: detail.clone() })?;
            }
            for taken in &batch.records {
                all_good &= scenario.happen(Some(taken.record.start), book, out)?;
                let input = format!("{}:{}", path.display(), taken.row);
                all_good &= answer(book, Event::Usage(usage(taken, book)), &input, out)?;
            }
        }
    }
    Ok(all_good & scenario.happen(None, book, out)?)
}

/// A record as an event. It is of the caller's line, or of the callee's where the scenario does not know the caller.
fn usage(taken: &Taken, book: &Book<'_>) -> Usage {
    let record = &taken.record;
    let (name, callee) = (book.line_named(&record.line), taken.callee_line.as_ref().and_then(|callee| book.line_named(callee)));
    let (line, to, direction) = match (name, callee) {
        (None, Some(callee)) => (callee, record.line.to_string(), Direction::Received),
        (name, _) => (name.unwrap_or_else(|| record.line.to_string()), record.other.to_string(), record.direction),
    };
    Usage {
        line,
        at: record.start.to_string(),
        kind: record.kind,
        quantity: Some(Amount::Units(record.quantity.units())),
        to,
        direction: Some(direction),
        visited: match &record.visited {
            Visited::Home => None,
            Visited::Network(network) => Some(network.to_string()),
            Visited::Country(country) => Some(country.to_string()),
        },
        access: record.access,
    }
}

impl Book<'_> {
    /// When an event happens: what has no hour, such as a line, is there from the beginning.
    fn time_of(&self, event: &Event) -> Result<Timestamp, String> {
        let at = match event {
            Event::Line(_) => return Ok(Timestamp::EPOCH),
            Event::MonthEnd(end) => return Ok(end.month.next().start(self.time_zone())),
            Event::Usage(usage) => &usage.at,
            Event::Recharge(recharge) => &recharge.at,
            Event::Option(option) => &option.at,
            Event::Cutoff(cutoff) => &cutoff.at,
            Event::SpendCap(cap) => &cap.at,
            Event::CapRaise(raise) => &raise.at,
        };
        event::instant(at, self.time_zone())
    }

    /// How the scenario names a line that a file names in its own way: `33639980011` is `+33639980011`, and `0639980011` too.
    fn line_named(&self, name: &str) -> Option<String> {
        if self.has_line(name) {
            return Some(name.to_owned());
        }
        let number = match self.read_party(name) {
            Party::Number(number) => number.to_string(),
            _ => format!("+{name}"),
        };
        self.has_line(&number).then_some(number)
    }
}
