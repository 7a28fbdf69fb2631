//! What somebody asks of a line that is in service: whether it may be, when it takes effect, what it costs and what it ends, told before it is
//! done (MOB-40 to MOB-43, MOB-50 to MOB-62, FLT-08 to FLT-11, RES-06). Carrying it out is `life`'s; waiting for its hour is `scheduled`'s.

use crate::{
    EndCause, Ground, HeldOption, Life, NumberState, Service, Sim, SimRefusal, Stage,
    opening_hours::opens,
    options::{self, OptionRefusal},
    service::{monthly, once},
    work_order::Action,
};
use catalog::{Capping, Work};
use compact_str::CompactString;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocabulary::{Money, ScheduledChangeId, SimId, Timestamp};

/// What is asked for. Blocks are options that forbid usage; a limit of payments is a cut-off: both are the catalogue's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Services stop until the line is reactivated; the plan stays billed (MOB-60).
    Suspend,
    /// Services go on.
    Reactivate,
    /// The line is over, and its SIM and number with it (MOB-62).
    End {
        /// Why.
        cause: EndCause,
    },
    /// Another offer (MOB-61).
    Plan {
        /// Its id.
        offer: CompactString,
    },
    /// Capped or uncapped (MOB-61).
    Capping {
        /// Which.
        to: Capping,
    },
    /// An option more.
    AddOption {
        /// Its id.
        option: CompactString,
    },
    /// An option in the place of another of its group: both are billed for the month, the new one counts (MOB-50).
    ReplaceOption {
        /// The one that goes.
        from: CompactString,
        /// The one that comes.
        to: CompactString,
    },
    /// An option less; one cannot be suspended (MOB-56).
    EndOption {
        /// Its id.
        option: CompactString,
    },
    /// An option that only the operator puts on, because of invoices that are not paid (BIL-09).
    Restrict {
        /// Its id.
        option: CompactString,
    },
    /// Such an option is taken off again.
    Release {
        /// Its id.
        option: CompactString,
    },
    /// Another value of a cut-off (MOB-43).
    Cutoff {
        /// Its id.
        cutoff: CompactString,
        /// In base units or millionths.
        value: i64,
    },
    /// Another SIM card, or an eSIM profile.
    SwapSim {
        /// Which.
        to: SimId,
    },
}

/// When it is to take effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// As soon as it can.
    Soonest,
    /// At the beginning of a day of the operator's time zone.
    On(Date),
}

/// What a person is told before they confirm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// From when on it holds: now, the day that was asked for, or the 1st of next month.
    pub effect: Timestamp,
    /// When the network, which may be closed then, begins with it.
    pub runs: Timestamp,
    /// What it costs once.
    pub once: Money,
    /// What it adds to this month, which is begun and due whole: the month of an option that begins now, beside that of the one which it
    /// replaces (MOB-50).
    pub this_month: Money,
    /// What the line costs a month now.
    pub monthly_before: Money,
    /// And from then on.
    pub monthly_after: Money,
    /// Options that end with it, because the new plan cannot have them.
    pub ends_options: Vec<CompactString>,
    /// What it is to be asked about once more.
    pub asks: Vec<Ask>,
}

/// What a person is asked about once more before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The value stops all usage of the zone (MOB-42).
    ClosesZone,
    /// A suspended line is billed on (MOB-60).
    StaysBilled,
    /// SIM and number are never used again (MOB-62).
    ForEver,
    /// Both options are billed this month (MOB-50).
    BilledTwice,
}

/// Why it cannot be done. Where several reasons hold, the first of this list is answered: the line itself, then what others asked for, then
/// what the catalogue allows, then the SIM, then the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// The line is over.
    #[error("the line is over")]
    Over,
    /// The line is about to be over.
    #[error("the line is ending")]
    Ending,
    /// The network is bringing it into service; its order can be given up when that is done or refused.
    #[error("the line is being activated")]
    Activating,
    /// The line is ordered; its order can be changed or given up.
    #[error("the line is not active yet")]
    NotActiveYet,
    /// The line is not ordered any more: it cannot be given up, only ended.
    #[error("the line is in service")]
    InService,
    /// It is suspended already.
    #[error("the line is suspended already")]
    AlreadySuspended,
    /// There is nothing to reactivate.
    #[error("the line is not suspended")]
    NotSuspended,
    /// It is suspended because of invoices that are not paid: it goes on once they are (BIL-09).
    #[error("the line is suspended because of invoices that are not paid")]
    Unpaid,
    /// The line leaves with its number.
    #[error("the line's number is on its way to another operator")]
    Leaving,
    /// Its number has not come yet.
    #[error("the porting of the line's number has no date yet, or it has not come")]
    PortingNotDue,
    /// The network is carrying out another change.
    #[error("another change of the line is underway")]
    Underway,
    /// Somebody planned the same: it can be taken back.
    #[error("such a change is planned already")]
    Planned(ScheduledChangeId),
    /// The catalogue does not have it.
    #[error("the catalogue does not have it")]
    Unknown,
    /// The offer is not sold on this network.
    #[error("the offer is not there on the line's network")]
    OtherNetwork,
    /// No move leads there (MOB-61).
    #[error("the offer is of a family to which the line cannot move")]
    OtherFamily,
    /// The line has it.
    #[error("the line has it already")]
    Same,
    /// Lines of this family are neither capped nor uncapped.
    #[error("the line's plan leaves no choice of capping")]
    NoCapChoice,
    /// About options.
    #[error(transparent)]
    Option(#[from] OptionRefusal),
    /// About a cut-off.
    #[error("the cut-off is not one of the line's plan and network")]
    NotItsCutoff,
    /// Not one of the values to choose from.
    #[error("the value is not one of the cut-off's")]
    NotAValue,
    /// An option stands in for the cut-off (MOB-41).
    #[error("the line has an option in the place of this cut-off")]
    OptionInstead,
    /// No such SIM was given to look at.
    #[error("there is no such SIM")]
    NoSuchSim,
    /// About the SIM.
    #[error(transparent)]
    Sim(#[from] SimRefusal),
    /// The network has no eSIM (MOB-52).
    #[error("the network has no eSIM")]
    NoEsim,
    /// A day that has passed.
    #[error("the day has passed")]
    DayPassed,
    /// It takes effect when the rules say, not on a day that somebody chooses.
    #[error("a day cannot be chosen for this")]
    NoDay,
    /// The network does no such work.
    #[error("the network is never open for this")]
    NeverOpen,
}

impl Change {
    /// Do two changes want the same thing of a line, so that the second is refused while the first is planned?
    pub fn collides(&self, other: &Change) -> bool {
        use Change::*;
        match (self, other) {
            (End { .. }, _) | (_, End { .. }) => matches!((self, other), (End { .. }, End { .. })),
            (Suspend | Reactivate, Suspend | Reactivate) | (Plan { .. }, Plan { .. }) => true,
            (Capping { .. }, Capping { .. }) | (SwapSim { .. }, SwapSim { .. }) => true,
            (Cutoff { cutoff: one, .. }, Cutoff { cutoff: other, .. }) => one == other,
            _ => self.option_ids().any(|id| other.option_ids().any(|other| other == id)),
        }
    }

    fn option_ids(&self) -> impl Iterator<Item = &CompactString> {
        let (one, other) = match self {
            Change::AddOption { option }
            | Change::EndOption { option }
            | Change::Restrict { option }
            | Change::Release { option } => (Some(option), None),
            Change::ReplaceOption { from, to } => (Some(from), Some(to)),
            _ => (None, None),
        };
        one.into_iter().chain(other)
    }

    /// May a person choose the day on which it takes effect?
    const fn has_day(&self) -> bool {
        matches!(self, Self::Suspend | Self::Reactivate | Self::End { .. })
    }
}

/// Whether a change may be, and what is told of it before.
///
/// # Errors
/// The first reason why not, in the order of [`Refusal`].
pub(crate) fn preview(life: &Life, (change, when): (&Change, When), ground: &Ground<'_>) -> Result<Preview, Refusal> {
    refuse_by_line(life, change)?;
    if let Some(planned) = life.scheduled.iter().find(|planned| planned.is_planned() && planned.change.collides(change)) {
        return Err(Refusal::Planned(planned.id));
    }
    let outcome = outcome(life, change, ground)?;
    let effect = effect(change, when, ground)?;
    let (_, network) = ground.network(&life.line.network).ok_or(Refusal::OtherNetwork)?;
    let runs = opens(ground, network, outcome.work, effect).ok_or(Refusal::NeverOpen)?;
    Ok(Preview {
        effect,
        runs,
        once: outcome.once,
        this_month: if effect > ground.now { Money::ZERO } else { outcome.this_month },
        monthly_before: life.line.service.monthly_in_all(),
        monthly_after: outcome.monthly,
        ends_options: outcome.ends_options,
        asks: outcome.asks,
    })
}

/// What a change makes of a line at its hour: the same reasons hold as before, but for what is planned, of which it is one.
pub(crate) fn decided(life: &Life, change: &Change, ground: &Ground<'_>) -> Result<Outcome, Refusal> {
    refuse_by_line(life, change)?;
    outcome(life, change, ground)
}

/// The reasons that lie with the line and with what is being done to it.
fn refuse_by_line(life: &Life, change: &Change) -> Result<(), Refusal> {
    match life.line.state.stage() {
        Stage::Ended => return Err(Refusal::Over),
        Stage::Ending => return Err(Refusal::Ending),
        Stage::Activating => return Err(Refusal::Activating),
        Stage::Ordered => return Err(Refusal::NotActiveYet),
        Stage::Suspended if *change == Change::Suspend => return Err(Refusal::AlreadySuspended),
        Stage::Active if *change == Change::Reactivate => return Err(Refusal::NotSuspended),
        Stage::Active | Stage::Suspended => {}
    }
    let leaves = life.number.as_ref().is_some_and(|number| matches!(number.state, NumberState::PortingOut { .. }));
    if leaves && matches!(change, Change::End { cause: EndCause::Asked }) {
        return Err(Refusal::Leaving);
    }
    if life.line.underway.is_some() { Err(Refusal::Underway) } else { Ok(()) }
}

/// What a change makes of a line, if it may be.
pub(crate) struct Outcome {
    pub(crate) action: Action,
    pub(crate) work: Work,
    once: Money,
    this_month: Money,
    monthly: Money,
    ends_options: Vec<CompactString>,
    asks: Vec<Ask>,
}

fn outcome(life: &Life, change: &Change, ground: &Ground<'_>) -> Result<Outcome, Refusal> {
    let monthly = life.line.service.monthly_in_all();
    let plain = |action, work, asks| Outcome {
        action,
        work,
        once: Money::ZERO,
        this_month: Money::ZERO,
        monthly,
        ends_options: Vec::new(),
        asks,
    };
    match change {
        Change::Suspend => Ok(plain(Action::Suspend, Work::Suspension, vec![Ask::StaysBilled])),
        Change::Reactivate => Ok(plain(Action::Reactivate, Work::Suspension, Vec::new())),
        Change::End { .. } => Ok(plain(Action::End, Work::End, vec![Ask::ForEver])),
        Change::SwapSim { to } => {
            let sim = life.next_sim.as_ref().filter(|sim| sim.id == *to).ok_or(Refusal::NoSuchSim)?;
            let (work, once) = swap(life, sim, ground)?;
            Ok(Outcome { once, ..plain(Action::SwapSim { to: *to }, work, Vec::new()) })
        }
        _ => modified(life, change, ground),
    }
}

fn swap(life: &Life, sim: &Sim, ground: &Ground<'_>) -> Result<(Work, Money), Refusal> {
    sim.refuse_for(life.line.customer, &life.line.network)?;
    let (_, network) = ground.network(&life.line.network).ok_or(Refusal::OtherNetwork)?;
    match (sim.kind.is_esim(), network.esim_price) {
        (true, Some(price)) => Ok((Work::EsimSwap, price)),
        (true, None) => Err(Refusal::NoEsim),
        (false, _) => Ok((Work::SimSwap, network.sim_swap_price)),
    }
}

/// Changes of what the line has.
fn modified(life: &Life, change: &Change, ground: &Ground<'_>) -> Result<Outcome, Refusal> {
    let mut service = life.line.service.clone();
    let (mut price, mut asks, mut ends_options) = (Money::ZERO, Vec::new(), Vec::new());
    match change {
        Change::Plan { offer } => ends_options = move_to(&mut service, offer, &life.line.network, ground)?,
        Change::Capping { to } => ends_options = cap(&mut service, *to, &life.line.network, ground)?,
        Change::AddOption { option } => {
            options::refuse(&service, option, &life.line.network, ground)?;
            price = add_option(&mut service, option, ground)?;
        }
        Change::ReplaceOption { from, to } => {
            options::refuse_replacement(&service, (from, to), &life.line.network, ground)?;
            service.options.retain(|held| held.option != *from);
            price = add_option(&mut service, to, ground)?;
            asks.push(Ask::BilledTwice);
        }
        Change::EndOption { option } => {
            options::refuse_end(&service, option, ground)?;
            service.options.retain(|held| held.option != *option);
        }
        Change::Restrict { option } => {
            options::refuse_imposed(&service, option, &life.line.network, ground)?;
            price = add_option(&mut service, option, ground)?;
        }
        Change::Release { option } => {
            if !service.has(option) {
                return Err(Refusal::Option(OptionRefusal::NotHeld));
            }
            service.options.retain(|held| held.option != *option);
        }
        Change::Cutoff { cutoff, value } => asks.extend(set_cutoff(&mut service, (cutoff, *value), &life.line.network, ground)?),
        _ => return Err(Refusal::Unknown),
    }
    let begun = matches!(change, Change::AddOption { .. } | Change::ReplaceOption { .. });
    let this_month = service.options.last().filter(|_| begun).map_or(Money::ZERO, |held| held.monthly);
    let monthly = service.monthly_in_all();
    Ok(Outcome { this_month, action: Action::Modify { service }, work: Work::Change, once: price, monthly, ends_options, asks })
}

fn move_to(service: &mut Service, offer: &str, network: &str, ground: &Ground<'_>) -> Result<Vec<CompactString>, Refusal> {
    let version = ground.version;
    let (network, _) = ground.network(network).ok_or(Refusal::OtherNetwork)?;
    let to = version.offers.find(offer).ok_or(Refusal::Unknown)?;
    if service.offer == offer {
        return Err(Refusal::Same);
    }
    let from = family_of(service, ground).ok_or(Refusal::Unknown)?;
    if !version.may_move(from, version.offers.get(to).family) {
        return Err(Refusal::OtherFamily);
    }
    let monthly = version.offers.get(to).price(network).ok_or(Refusal::OtherNetwork)?;
    (service.offer, service.monthly) = (offer.into(), monthly);
    let ended = options::leave_behind(service, to, network, ground);
    let kept: Vec<&str> = version.cutoffs_of(to, network).map(|(ix, _)| version.cutoffs.id(ix)).collect();
    service.cutoffs.retain(|(cutoff, _)| kept.contains(&cutoff.as_str()));
    Ok(ended)
}

/// The family of a line's offer, which a later version may have stopped selling: then that of the version that sold it last.
fn family_of(service: &Service, ground: &Ground<'_>) -> Option<catalog::Ix<catalog::Family>> {
    let sold = std::iter::once(ground.version).chain(ground.catalog.versions().iter().rev());
    let id = sold.filter_map(|version| {
        let offer = version.offers.find(&service.offer)?;
        Some(version.families.id(version.offers.get(offer).family))
    });
    ground.version.families.find(id.into_iter().next()?)
}

fn cap(service: &mut Service, to: Capping, network: &str, ground: &Ground<'_>) -> Result<Vec<CompactString>, Refusal> {
    let family = family_of(service, ground).ok_or(Refusal::Unknown)?;
    if !ground.version.families.get(family).cap_choice {
        return Err(Refusal::NoCapChoice);
    }
    if service.capping == to {
        return Err(Refusal::Same);
    }
    service.capping = to;
    let (network, _) = ground.network(network).ok_or(Refusal::OtherNetwork)?;
    Ok(ground
        .version
        .offers
        .find(&service.offer)
        .map(|offer| options::leave_behind(service, offer, network, ground))
        .unwrap_or_default())
}

fn add_option(service: &mut Service, option: &str, ground: &Ground<'_>) -> Result<Money, Refusal> {
    let ix = ground.version.options.find(option).ok_or(Refusal::Unknown)?;
    let price = ground.version.options.get(ix).price;
    service.options.push(HeldOption { option: option.into(), monthly: monthly(price), from: ground.now });
    Ok(once(price))
}

fn set_cutoff(
    service: &mut Service,
    (id, value): (&str, i64),
    network: &str,
    ground: &Ground<'_>,
) -> Result<Option<Ask>, Refusal> {
    let version = ground.version;
    let ix = version.cutoffs.find(id).ok_or(Refusal::Unknown)?;
    let cutoff = version.cutoffs.get(ix);
    let (network, _) = ground.network(network).ok_or(Refusal::OtherNetwork)?;
    let family = family_of(service, ground).ok_or(Refusal::Unknown)?;
    if !cutoff.is_for(family, network) {
        return Err(Refusal::NotItsCutoff);
    }
    if !cutoff.values.contains(&value) {
        return Err(Refusal::NotAValue);
    }
    let now = service.cutoffs.iter().find(|(known, _)| known == id).map_or(cutoff.default, |(_, value)| *value);
    if now == value {
        return Err(Refusal::Same);
    }
    if value != cutoff.default && options::stands_in(service, cutoff.or_group.as_deref(), ground) {
        return Err(Refusal::OptionInstead);
    }
    service.cutoffs.retain(|(known, _)| known != id);
    service.cutoffs.push((id.into(), value));
    Ok(cutoff.closes(value).then_some(Ask::ClosesZone))
}

/// From when on it holds (MOB-43, MOB-50, MOB-53, MOB-60, MOB-61): plans and capping from the 1st of next month, options as the catalogue
/// says, the rest at once or on the day that was asked for.
fn effect(change: &Change, when: When, ground: &Ground<'_>) -> Result<Timestamp, Refusal> {
    let option = |id: &str| ground.version.options.find(id).map(|ix| ground.version.options.get(ix));
    let at_month_end = match change {
        Change::Plan { .. } | Change::Capping { .. } => true,
        Change::AddOption { option: id } => option(id).is_some_and(|option| option.starts_at_month_start),
        Change::EndOption { option: id } => option(id).is_some_and(|option| option.ends_at_month_end),
        _ => false,
    };
    match when {
        When::Soonest if at_month_end => Ok(ground.month_end()),
        When::Soonest => Ok(ground.now),
        When::On(_) if !change.has_day() => Err(Refusal::NoDay),
        When::On(day) => day_begins(day, ground),
    }
}

/// The first instant of a day, or now if that day is today.
pub(crate) fn day_begins(day: Date, ground: &Ground<'_>) -> Result<Timestamp, Refusal> {
    let today = ground.now.to_local(ground.zone()).date();
    if day < today {
        return Err(Refusal::DayPassed);
    }
    let midnight = ground.zone().to_ambiguous_timestamp(day.at(0, 0, 0, 0)).compatible();
    Ok(midnight.map_or(ground.now, Timestamp::from).max(ground.now))
}
