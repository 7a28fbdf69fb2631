//! A reseller bills its customers by its own catalogue (RES-11): what lines keep of prices is what it pays the operator itself, and nothing that its
//! customers are asked for.

use crate::{CustomerTerms, Item, LineTerms};
use catalog::{Catalog, Network, OptionPrice, Version};
use vocabulary::{Money, Month, Timestamp};

impl CustomerTerms {
    /// Forgets the prices that were kept when something was bought: plans and options have those of the catalogue of that day, and so has what is
    /// owed once. Usage, which is of this month, and what was found for earlier ones have the markup of their months.
    pub fn price_at_retail(&mut self, catalog: &Catalog, used: Month) {
        let markup = catalog.markup_of(used);
        for line in &mut self.lines {
            line.usage.iter_mut().for_each(|charge| charge.amount = markup.on(charge.amount));
            line.corrections.iter_mut().for_each(|(month, amount)| *amount = catalog.markup_of(*month).on(*amount));
            let priced: Vec<Money> = line.fees.iter().map(|fee| line.fee_at_retail(fee, catalog)).collect();
            line.fees.iter_mut().zip(priced).for_each(|((_, _, amount), priced)| *amount = priced);
            line.plans.iter_mut().for_each(|plan| plan.monthly = None);
            line.options.iter_mut().for_each(|option| option.monthly = None);
        }
    }
}

impl LineTerms {
    /// What something that is owed once costs at retail, on the day on which it was told: for what a line began with, that is the day on which it
    /// was bought.
    fn fee_at_retail(&self, (at, item, kept): &(Timestamp, Item, Money), catalog: &Catalog) -> Money {
        let bought = self.plans.first().map_or(*at, |plan| plan.bought);
        let told = if *at <= self.started { bought.min(*at) } else { *at };
        let found = |version: &Version| match item {
            Item::Activation(id) => version.offers.find(id).map(|ix| version.offers.get(ix).one_off),
            Item::OptionOnce(id) => match version.options.find(id).map(|ix| version.options.get(ix).price) {
                Some(OptionPrice::Once(price)) => Some(price),
                _ => None,
            },
            Item::Esim => network_of(version, &self.network)?.esim_price,
            Item::SimSwap => network_of(version, &self.network).map(|network| network.sim_swap_price),
            _ => None,
        };
        let on_the_day = found(catalog.version_at(told));
        on_the_day.or_else(|| catalog.versions().iter().rev().find_map(found)).unwrap_or(*kept)
    }
}

fn network_of<'v>(version: &'v Version, id: &str) -> Option<&'v Network> {
    version.networks.find(id).map(|ix| version.networks.get(ix))
}
