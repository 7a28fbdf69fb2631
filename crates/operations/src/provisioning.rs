//! Sets up an operator with its customers, lines and logins, after looking each line up in the catalogue.

use crate::{House, OperationError};
use catalog::Catalog;
pub use store::{NewBrand, NewCustomer, NewLine, NewLogin, NewNotice, NewOperator, NewPack, NewReseller, NewSpend, NoticeTo};
use vocabulary::OperatorId;

/// Writes an operator whole, or not at all.
///
/// # Errors
/// When a line has what the catalogue does not know, or the database fails.
pub async fn provision(house: &House, new: &NewOperator) -> Result<OperatorId, OperationError> {
    let catalog = house.catalog_named(&new.slug)?;
    for line in new.customers.iter().flat_map(|customer| &customer.lines) {
        check_line(&catalog, line)?;
    }
    Ok(house.store.provision(new).await?)
}

fn check_line(catalog: &Catalog, line: &NewLine) -> Result<(), OperationError> {
    let unknown =
        |what: &str, id: &str| OperationError::NotInCatalogue { line: line.number.clone(), what: format!("{what} `{id}`") };
    let version = catalog.version_at(line.bought);
    let network = version.networks.find(&line.network).ok_or_else(|| unknown("network", &line.network))?;
    let offer = version.offers.find(&line.offer).ok_or_else(|| unknown("offer", &line.offer))?;
    if version.offers.get(offer).price(network).is_none() {
        return Err(unknown(&format!("on network `{}` the offer", line.network), &line.offer));
    }
    for (option, since, _) in &line.options {
        let version = catalog.version_at(*since);
        version.options.find(option).ok_or_else(|| unknown("option", option))?;
    }
    for (recharge, at) in &line.recharges {
        let version = catalog.version_at(*at);
        version.recharges.find(recharge).ok_or_else(|| unknown("recharge", recharge))?;
    }
    for (cutoff, _) in &line.cutoffs {
        version.cutoffs.find(cutoff).ok_or_else(|| unknown("cut-off", cutoff))?;
    }
    Ok(())
}
