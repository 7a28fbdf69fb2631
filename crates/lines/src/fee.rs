//! What a line owes once, for something that was done: its offer's fee when it comes into service, an eSIM profile (MOB-52), another SIM, options
//! that are paid once (BIL-01). What is ordered and never done owes nothing: a line that is given up, a porting that is refused, a swap that the
//! network would not make.
//!
//! The catalogue prices no SIM card that is sent, and an offer's fee is for the line's beginning: another plan later owes nothing once.

use crate::{Ground, Life, Stage, service::once};
use compact_str::CompactString;
use vocabulary::{Money, Timestamp};

/// Something that a line owes once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// For what.
    pub cause: FeeCause,
    /// How much, without VAT: more than nothing.
    pub amount: Money,
}

/// For what something is owed once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeeCause {
    /// The start of this offer.
    Activation(CompactString),
    /// This option.
    OptionOnce(CompactString),
    /// An eSIM profile.
    Esim,
    /// Another SIM card.
    SimSwap,
}

impl Life {
    /// What the line owes once for what came of it since `before`. There is one step in which a thing is done, so each is owed once.
    ///
    /// Prices are those that were told: what a line begins with has them of the hour at which it was `bought`, an option of the hour from which it
    /// counts, and a swap of the hour at which it is done, which is that of the telling but for the time that the network takes.
    pub fn fees_since(&self, before: &Life, bought: Timestamp, ground: &Ground<'_>) -> Vec<Fee> {
        let mut fees = Vec::new();
        let (was, is) = (before.line.state.stage(), self.line.state.stage());
        let begins = (was, is) == (Stage::Activating, Stage::Active);
        if !begins && !matches!(was, Stage::Active | Stage::Suspended) {
            return fees;
        }
        let mut owe = |cause, amount: Money| {
            if amount.is_positive() {
                fees.push(Fee { cause, amount });
            }
        };
        if begins {
            let offer = &self.line.service.offer;
            owe(FeeCause::Activation(offer.clone()), one_off(offer, &Ground::at(ground.catalog, bought)));
        }
        let has_other_sim = before.line.sim != self.line.sim;
        let sold = if begins { Ground::at(ground.catalog, bought) } else { *ground };
        if let (Some(sim), Some((_, network))) = (&self.sim, sold.network(&self.line.network)) {
            if sim.kind.is_esim() && (begins || has_other_sim) {
                owe(FeeCause::Esim, network.esim_price.unwrap_or(Money::ZERO));
            } else if has_other_sim {
                owe(FeeCause::SimSwap, network.sim_swap_price);
            }
        }
        for held in self.line.service.options.iter().filter(|held| begins || !before.line.service.has(&held.option)) {
            owe(FeeCause::OptionOnce(held.option.clone()), once_of(&held.option, &Ground::at(ground.catalog, held.from)));
        }
        fees
    }
}

fn one_off(offer: &str, sold: &Ground<'_>) -> Money {
    sold.version.offers.find(offer).map_or(Money::ZERO, |ix| sold.version.offers.get(ix).one_off)
}

fn once_of(option: &str, sold: &Ground<'_>) -> Money {
    sold.version.options.find(option).map_or(Money::ZERO, |ix| once(sold.version.options.get(ix).price))
}
