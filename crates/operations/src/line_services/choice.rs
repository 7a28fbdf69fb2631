//! What there is to choose from for a change of a line: plans, options, blocks, values of a cut-off, each with its price and with why it
//! cannot be had now (RES-05, RES-06, FLT-10, FLT-11).

use super::Doing;
use crate::{Actor, House, OperationError, catalog_names::Names, line_change::may};
use ::lines::{Change, Ground, Life, OptionRefusal, Refusal, When};
use catalog::{Capping, OptionPrice};
use store::LivesAsked;
use vocabulary::{LineId, Money};

/// What is being chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choosing {
    /// Another plan.
    Plan,
    /// Capped or uncapped.
    Capping,
    /// An option more.
    Option,
    /// A block more.
    Block,
    /// An option in the place of this one.
    Replacement(String),
    /// Another value of this cut-off.
    Cutoff(String),
}

/// Something to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What a form sends of it.
    pub value: String,
    /// What it is.
    pub doing: Doing,
    /// What it costs each month.
    pub monthly: Option<Money>,
    /// What it costs once.
    pub once: Option<Money>,
    /// Why it cannot be had now.
    pub refusal: Option<Refusal>,
}

impl Choice {
    /// Does it have a price, of nothing?
    pub fn is_free(&self) -> bool {
        self.monthly.or(self.once) == Some(Money::ZERO)
    }
}

/// What there is to choose from for a line; `None` for a line outside the asker's scope, or who may not.
///
/// # Errors
/// When the database fails.
pub async fn choices(
    house: &House,
    actor: &Actor,
    line: LineId,
    choosing: &Choosing,
    language: &str,
) -> Result<Option<Vec<Choice>>, OperationError> {
    if !may(actor, &Change::Plan { offer: "".into() }) {
        return Ok(None);
    }
    let catalog = house.catalog_for(actor.scope).await?;
    let Some(kept) = house.store.scoped(actor.scope).lives(LivesAsked::Lines(&[line]), &catalog).await?.pop() else {
        return Ok(None);
    };
    let ground = Ground::at(&catalog, house.clock.now());
    let names = Names { catalog: &catalog, language };
    let choice = |change: Change| {
        let refusal = kept.life.preview(&change, When::Soonest, &ground).err();
        choice(&change, refusal, &kept.life.line.network, (&names, &ground))
    };
    Ok(Some(changes(&kept.life, choosing, &ground).into_iter().map(choice).collect()))
}

/// A change as something to choose.
pub(crate) fn choice(
    change: &Change,
    refusal: Option<Refusal>,
    network: &str,
    (names, ground): (&Names<'_>, &Ground<'_>),
) -> Choice {
    let version = ground.version;
    let (value, monthly, once) = match change {
        Change::Plan { offer } => {
            let price = version.offers.find(offer).zip(version.networks.find(network));
            (offer.to_string(), price.and_then(|(offer, network)| version.offers.get(offer).price(network)), None)
        }
        Change::Capping { to } => (if *to == Capping::Capped { "capped" } else { "uncapped" }.to_owned(), None, None),
        Change::AddOption { option } | Change::ReplaceOption { to: option, .. } | Change::EndOption { option } => {
            let price = version.options.find(option).map(|ix| version.options.get(ix).price);
            match price {
                Some(OptionPrice::Monthly(price)) => (option.to_string(), Some(price), None),
                Some(OptionPrice::Once(price)) => (option.to_string(), None, Some(price)),
                None => (option.to_string(), None, None),
            }
        }
        Change::Cutoff { value, .. } => (value.to_string(), None, None),
        _ => (String::new(), None, None),
    };
    Choice { value, doing: names.change(change), monthly, once, refusal }
}

/// The changes among which one chooses: those that are for such lines, whether they may be now or not.
pub(crate) fn changes(life: &Life, choosing: &Choosing, ground: &Ground<'_>) -> Vec<Change> {
    let version = ground.version;
    let (service, network) = (&life.line.service, life.line.network.as_str());
    let options = |wanted: fn(&catalog::LineOption) -> bool| {
        let all = version.options.iter().filter(move |(_, option)| wanted(option)).map(|(ix, _)| version.options.id(ix));
        let fits = |id: &&str| {
            let refused = ::lines::options::refuse(service, id, network, ground);
            !matches!(refused, Err(OptionRefusal::Unknown | OptionRefusal::NotForSuchLines | OptionRefusal::Imposed))
        };
        all.filter(fits).map(|id| Change::AddOption { option: id.into() }).collect::<Vec<_>>()
    };
    match choosing {
        Choosing::Plan => {
            let ids = version.offers.iter().map(|(ix, _)| version.offers.id(ix));
            ids.map(|id| Change::Plan { offer: id.into() }).filter(|change| is_for(life, change, ground)).collect()
        }
        Choosing::Capping => [Capping::Capped, Capping::Uncapped].into_iter().map(|to| Change::Capping { to }).collect(),
        // What needs another line has a page of its own, on which that line is chosen.
        Choosing::Option => options(|option| option.blocks.is_empty() && option.needs_line.is_none()),
        Choosing::Block => options(|option| !option.blocks.is_empty()),
        Choosing::Replacement(from) => ::lines::options::replacements(service, from, network, ground)
            .into_iter()
            .map(|(to, _)| Change::ReplaceOption { from: from.as_str().into(), to: to.into() })
            .collect(),
        Choosing::Cutoff(id) => {
            let values = version.cutoffs.find(id).map(|ix| version.cutoffs.get(ix).values.as_slice()).unwrap_or_default();
            values.iter().map(|value| Change::Cutoff { cutoff: id.as_str().into(), value: *value }).collect()
        }
    }
}

/// Is a plan one for such lines? As if the line were free for it: what stands in its way now is told beside it.
fn is_for(life: &Life, change: &Change, ground: &Ground<'_>) -> bool {
    let mut free = life.clone();
    free.scheduled.clear();
    free.line.underway = None;
    free.number = None;
    free.line.state = ::lines::LineState::Active { since: ground.now };
    let refused = free.preview(change, When::Soonest, ground).err();
    !matches!(refused, Some(Refusal::Unknown | Refusal::OtherNetwork | Refusal::OtherFamily))
}

/// Does an option forbid usage?
pub(crate) fn is_block(id: &str, ground: &Ground<'_>) -> bool {
    let version = ground.version;
    version.options.find(id).is_some_and(|ix| !version.options.get(ix).blocks.is_empty())
}

/// Does the plan of a line leave a choice of capping?
pub(crate) fn cap_choice(life: &Life, ground: &Ground<'_>) -> bool {
    let version = ground.version;
    let offer = version.offers.find(&life.line.service.offer);
    offer.is_some_and(|offer| version.families.get(version.offers.get(offer).family).cap_choice)
}
