//! What an order may ask for (RES-03, FLT-03): only what may be combined, line by line, with what it costs before it is sent. Making lines of
//! it is `life`'s.

use crate::{
    EndCause, Ground, HeldOption, LineState, PortingDayRefusal, Refusal, Service, SimKind, SimRefusal, When,
    change::day_begins,
    opening_hours, options, porting_day,
    service::{monthly, once},
};
use catalog::{Billing, Capping, Cutoff, Family, Ix, Network, NumberChoice, Offer, Version, Work};
use compact_str::CompactString;
use jiff::civil::Date;
use std::collections::HashSet;
use vocabulary::{DonorCustomerNumber, E164, Iccid, Money, Rio, Timestamp};

/// One line of an order, as somebody fills it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRequest {
    /// The network, by its id in the catalogue.
    pub network: CompactString,
    /// The offer.
    pub offer: CompactString,
    /// Capped or not; `None` where the family leaves no choice.
    pub capping: Option<Capping>,
    /// The options.
    pub options: Vec<CompactString>,
    /// The cut-offs that were chosen, in base units or millionths.
    pub cutoffs: Vec<(CompactString, i64)>,
    /// Which SIM.
    pub sim: SimRequest,
    /// Which number.
    pub number: NumberRequest,
    /// When it is to begin.
    pub begins: When,
}

/// Which SIM a new line is to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SimRequest {
    /// Any of this kind.
    Any(SimKind),
    /// This one.
    This(Iccid),
}

/// Which number a new line is to have (MOB-10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberRequest {
    /// Whichever it is given.
    Any,
    /// This one of the pool.
    Picked(E164),
    /// Its own, which it brings from another operator.
    Ported {
        /// Which.
        number: E164,
        /// What proves that it is theirs.
        proof: PortingProof,
        /// On which day; `None` for the first that can be.
        day: Option<Date>,
    },
}

/// What proves that somebody may take a number along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortingProof {
    /// In France, checked against the number.
    Rio(Rio),
    /// In Belgium, the customer number at the other operator.
    CustomerNumber(DonorCustomerNumber),
}

/// What a line of an order would cost and when it would begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// What it would have.
    pub service: Service,
    /// What it costs each month.
    pub monthly: Money,
    /// What it costs once: the offer's fee, the eSIM, options that are paid once.
    pub once: Money,
    /// What its first month costs, in proportion to its days from the day on which it begins; options whole, as a month begun is due. Nothing
    /// where the family is billed afterwards.
    pub first_month: Money,
    /// When the network would begin.
    pub begins: Timestamp,
    /// By when it is promised, where that is (MOB-63).
    pub promised: Option<Promise>,
    /// Values that stop all usage of a zone, by the id of the cut-off: the order says so and asks (MOB-42).
    pub closes: Vec<CompactString>,
}

/// By when a line is promised (MOB-63).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Promise {
    /// By this hour: so many open hours after the network begins.
    By(Timestamp),
    /// In the course of the day of this hour: the one on which its number comes.
    On(Timestamp),
}

impl Promise {
    /// Its hour.
    pub const fn at(self) -> Timestamp {
        match self {
            Self::By(at) | Self::On(at) => at,
        }
    }
}

/// What is wrong with a line of an order, in the order in which it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// No such network.
    #[error("there is no such network")]
    Network,
    /// No such offer.
    #[error("there is no such offer")]
    Offer,
    /// Not sold there.
    #[error("the offer is not sold on this network")]
    OfferNotOnNetwork,
    /// A family that gives the choice asks for one.
    #[error("the line has to be capped or uncapped")]
    CappingMissing,
    /// A family that does not gives none.
    #[error("the offer leaves no choice of capping")]
    NoCapChoice,
    /// About an option.
    #[error("option {0}: {1}")]
    Option(usize, options::OptionRefusal),
    /// About a cut-off, by its place in the list.
    #[error("cut-off {0}: {1}")]
    Cutoff(usize, Refusal),
    /// One that has to be chosen was not (MOB-42).
    #[error("a cut-off has to be chosen")]
    CutoffMissing,
    /// MOB-52.
    #[error("the network has no eSIM")]
    NoEsim,
    /// About the SIM.
    #[error(transparent)]
    Sim(#[from] SimRefusal),
    /// The same SIM for two lines of the order.
    #[error("the SIM stands twice in the order")]
    SimTwice,
    /// MOB-10.
    #[error("no number can be picked on this network")]
    NoPicking,
    /// A number of another length than the network's lines have (MOB-10).
    #[error("the number has not the digits of such lines")]
    OtherDigits,
    /// The same number for two lines of the order.
    #[error("the number stands twice in the order")]
    NumberTwice,
    /// The network gives the numbers of such lines itself.
    #[error("no number can be brought to such lines")]
    NoPorting,
    /// About the day of a porting.
    #[error(transparent)]
    PortingDay(#[from] PortingDayRefusal),
    /// About the day of the beginning.
    #[error(transparent)]
    Day(#[from] Refusal),
    /// The network takes no new lines.
    #[error("the network is never open for new lines")]
    NeverOpen,
}

/// The faults of an order's lines, by their place from 0; more than one a line where they stand apart.
pub type OrderFaults = Vec<(usize, LineFault)>;

/// The most lines of one order.
pub const MOST_LINES: usize = 10_000;

/// Looks at an order of one line or many: what each costs, or all that is wrong. What somebody else has of SIMs and numbers is looked at when
/// they are reserved.
///
/// # Errors
/// Every fault of every line.
pub fn check_order(requests: &[LineRequest], ground: &Ground<'_>) -> Result<Vec<Quote>, OrderFaults> {
    let (mut quotes, mut faults) = (Vec::with_capacity(requests.len()), Vec::new());
    let (mut sims, mut numbers) = (HashSet::new(), HashSet::new());
    for (at, request) in requests.iter().enumerate() {
        match check(request, ground) {
            Ok(quote) => quotes.push(quote),
            Err(fault) => faults.push((at, fault)),
        }
        if let SimRequest::This(iccid) = request.sim
            && !sims.insert(iccid)
        {
            faults.push((at, LineFault::SimTwice));
        }
        if let NumberRequest::Picked(number) | NumberRequest::Ported { number, .. } = request.number
            && !numbers.insert(number)
        {
            faults.push((at, LineFault::NumberTwice));
        }
    }
    if faults.is_empty() { Ok(quotes) } else { Err(faults) }
}

/// Looks at one line of an order.
///
/// # Errors
/// The first thing that is wrong with it, in the order of [`LineFault`].
pub fn check(request: &LineRequest, ground: &Ground<'_>) -> Result<Quote, LineFault> {
    let version = ground.version;
    let (network_ix, network) = ground.network(&request.network).ok_or(LineFault::Network)?;
    let offer_ix = version.offers.find(&request.offer).ok_or(LineFault::Offer)?;
    let offer = version.offers.get(offer_ix);
    let price = offer.price(network_ix).ok_or(LineFault::OfferNotOnNetwork)?;
    let family = version.families.get(offer.family);
    let mut service = Service {
        offer: request.offer.clone(),
        monthly: price,
        capping: capping(request, family)?,
        options: Vec::new(),
        cutoffs: Vec::new(),
    };
    let mut paid_once = offer.one_off;
    let once_for_options = add_options(&mut service, request, ground)?;
    let closes = add_cutoffs(&mut service, request, (offer_ix, network_ix), ground)?;
    let work = sim_work(request, network)?;
    if work == Work::Esim {
        paid_once = add(paid_once, network.esim_price.unwrap_or(Money::ZERO));
    }
    check_number(request, network, family, ground)?;
    let begins = begins(request, network, work, ground)?;
    let promised = match request.number {
        NumberRequest::Ported { .. } => Some(Promise::On(begins)),
        NumberRequest::Any | NumberRequest::Picked(_) => opening_hours::promised(ground, network, work, begins).map(Promise::By),
    };
    Ok(Quote {
        promised,
        monthly: service.monthly_in_all(),
        once: add(paid_once, once_for_options),
        first_month: first_month(&service, family, begins, ground),
        begins,
        closes,
        service,
    })
}

/// How far an order is: what its lines say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderState {
    /// No line is there yet, and at least one is still to come.
    Open,
    /// So many lines are there, others are still to come.
    Partly(usize),
    /// Every line that was not given up is there, or was.
    Done,
    /// Every line was given up.
    GivenUp,
}

impl OrderState {
    /// From the states of its lines.
    pub fn of(lines: impl IntoIterator<Item = LineState>) -> OrderState {
        let (mut there, mut to_come) = (0, 0);
        for line in lines {
            match line {
                LineState::Ordered { .. } | LineState::Activating { .. } => to_come += 1,
                LineState::Ended { cause: EndCause::GivenUp, .. } => {}
                _ => there += 1,
            }
        }
        match (there, to_come) {
            (0, 0) => Self::GivenUp,
            (_, 0) => Self::Done,
            (0, _) => Self::Open,
            (there, _) => Self::Partly(there),
        }
    }
}

/// What is offered to a person who chose a network: the offers sold there, each with its price.
pub fn offers_on(version: &Version, network: Ix<Network>) -> impl Iterator<Item = (&str, &Offer, Money)> {
    version.offers.iter().filter_map(move |(ix, offer)| Some((version.offers.id(ix), offer, offer.price(network)?)))
}

fn capping(request: &LineRequest, family: &Family) -> Result<Capping, LineFault> {
    match (family.cap_choice, request.capping) {
        (true, Some(capping)) => Ok(capping),
        (true, None) => Err(LineFault::CappingMissing),
        (false, None) => Ok(Capping::Uncapped),
        (false, Some(_)) => Err(LineFault::NoCapChoice),
    }
}

/// Adds the options, those first that others need; answers what they cost once.
fn add_options(service: &mut Service, request: &LineRequest, ground: &Ground<'_>) -> Result<Money, LineFault> {
    let version = ground.version;
    let mut paid_once = Money::ZERO;
    let mut left: Vec<usize> = (0..request.options.len()).collect();
    while !left.is_empty() {
        let try_one = |at: &usize| options::refuse(service, &request.options[*at], &request.network, ground);
        let Some(place) = left.iter().position(|at| try_one(at).is_ok()) else {
            let refusal = try_one(&left[0]).err().unwrap_or(options::OptionRefusal::Unknown);
            return Err(LineFault::Option(left[0], refusal));
        };
        let option = &request.options[left.remove(place)];
        if let Some(ix) = version.options.find(option) {
            let price = version.options.get(ix).price;
            service.options.push(HeldOption { option: option.clone(), monthly: monthly(price), from: ground.now });
            paid_once = add(paid_once, once(price));
        }
    }
    Ok(paid_once)
}

/// Adds the cut-offs; answers those whose value stops all usage of a zone.
fn add_cutoffs(
    service: &mut Service,
    request: &LineRequest,
    (offer, network): (Ix<Offer>, Ix<Network>),
    ground: &Ground<'_>,
) -> Result<Vec<CompactString>, LineFault> {
    let version = ground.version;
    let mut closes = Vec::new();
    for (at, (id, value)) in request.cutoffs.iter().enumerate() {
        let fault = |refusal| LineFault::Cutoff(at, refusal);
        let ix = version.cutoffs.find(id).ok_or(fault(Refusal::Unknown))?;
        let cutoff = version.cutoffs.get(ix);
        refuse_cutoff(service, (cutoff, *value), (version.offers.get(offer).family, network), ground).map_err(fault)?;
        if service.cutoffs.iter().any(|(known, _)| known == id) {
            return Err(fault(Refusal::Same));
        }
        if cutoff.closes(*value) {
            closes.push(id.clone());
        }
        service.cutoffs.push((id.clone(), *value));
    }
    let chosen = |ix| service.cutoffs.iter().any(|(known, _)| known == version.cutoffs.id(ix));
    let missing = version.cutoffs_of(offer, network).any(|(ix, cutoff)| cutoff.chosen_at_order && !chosen(ix));
    if missing { Err(LineFault::CutoffMissing) } else { Ok(closes) }
}

fn refuse_cutoff(
    service: &Service,
    (cutoff, value): (&Cutoff, i64),
    (family, network): (Ix<Family>, Ix<Network>),
    ground: &Ground<'_>,
) -> Result<(), Refusal> {
    if !cutoff.is_for(family, network) {
        return Err(Refusal::NotItsCutoff);
    }
    if !cutoff.values.contains(&value) {
        return Err(Refusal::NotAValue);
    }
    let is_beside = value != cutoff.default && options::stands_in(service, cutoff.or_group.as_deref(), ground);
    if is_beside { Err(Refusal::OptionInstead) } else { Ok(()) }
}

fn sim_work(request: &LineRequest, network: &Network) -> Result<Work, LineFault> {
    match request.sim {
        SimRequest::Any(SimKind::Esim) if network.esim_price.is_none() => Err(LineFault::NoEsim),
        SimRequest::Any(SimKind::Esim) => Ok(Work::Esim),
        SimRequest::Any(_) | SimRequest::This(_) => Ok(Work::NewLine),
    }
}

fn check_number(request: &LineRequest, network: &Network, family: &Family, ground: &Ground<'_>) -> Result<(), LineFault> {
    let choice = network.number_choice(family.service);
    let digits = network.digits_of(family.service);
    let fits = |number: E164| {
        let dialled = ground.catalog.world.plan.as_dialled(number);
        dialled.is_some_and(|dialled| Some(dialled.as_str().len()) == digits.map(usize::from))
    };
    match request.number {
        NumberRequest::Any => Ok(()),
        NumberRequest::Picked(_) if choice != NumberChoice::Pick => Err(LineFault::NoPicking),
        NumberRequest::Ported { .. } if choice == NumberChoice::Network => Err(LineFault::NoPorting),
        NumberRequest::Picked(number) | NumberRequest::Ported { number, .. } if fits(number) => Ok(()),
        NumberRequest::Picked(_) | NumberRequest::Ported { .. } => Err(LineFault::OtherDigits),
    }
}

fn begins(request: &LineRequest, network: &Network, work: Work, ground: &Ground<'_>) -> Result<Timestamp, LineFault> {
    let asked = match request.begins {
        When::Soonest => ground.now,
        When::On(day) => day_begins(day, ground)?,
    };
    if let NumberRequest::Ported { day, .. } = request.number {
        return Ok(porting_day(ground, network, day)?.max(asked));
    }
    opening_hours::opens(ground, network, work, asked).ok_or(LineFault::NeverOpen)
}

/// The month in which the line begins: the offer in proportion to the days from then on, the day of the beginning included; options whole.
fn first_month(service: &Service, family: &Family, begins: Timestamp, ground: &Ground<'_>) -> Money {
    if family.billing == Billing::Arrears {
        return Money::ZERO;
    }
    let day = begins.to_local(ground.zone()).date();
    let (days, left) = (i64::from(day.days_in_month()), i64::from(day.days_in_month() - day.day() + 1));
    let part = service.monthly.for_quantity(left, days).unwrap_or(service.monthly);
    service.options.iter().map(|held| held.monthly).chain([part]).sum()
}

/// Prices of one line never reach the end of the range.
fn add(one: Money, other: Money) -> Money {
    one.checked_add(other).unwrap_or(one)
}
