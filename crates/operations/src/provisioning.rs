//! Sets up an operator with its customers, lines and logins, after looking each line up in the catalogue.

use crate::{
    House, OperationError,
    first_access::Address,
    members::{Asking, ask_in},
};
use catalog::Catalog;
use store::{By, LoginOwner, MemberChange, NewEntry, Object};
pub use store::{
    NewBrand, NewCustomer, NewLine, NewLogin, NewNotice, NewOperator, NewPack, NewPaper, NewReseller, NewSpend, NoticeTo,
};
use vocabulary::{OperatorId, Timestamp};

/// Writes an operator whole, or not at all.
///
/// # Errors
/// When a line has what the catalogue does not know, or the database fails.
pub async fn provision(house: &House, new: &NewOperator) -> Result<OperatorId, OperationError> {
    provision_and_invite(house, new, &[], |host| Address { scheme: "https", host: host.to_owned(), brand: host.to_owned() }).await
}

/// The same, and asks these of its logins in by mail, as anybody is who gets access (FLT-01): by their positions, at the address that
/// `links` makes of their brand's host.
///
/// # Errors
/// When a line has what the catalogue does not know, the database fails, or there are no keys.
pub async fn provision_and_invite(
    house: &House,
    new: &NewOperator,
    asked_in: &[usize],
    links: impl Fn(&str) -> Address,
) -> Result<OperatorId, OperationError> {
    let catalog = house.catalog_named(&new.slug)?;
    for line in new.customers.iter().flat_map(|customer| &customer.lines) {
        check_line(&catalog, line)?;
    }
    let transaction = house.store.begin().await?;
    let now = house.clock.now();
    let written = transaction.provision(new, now).await?;
    for index in asked_in {
        let login = &new.logins[*index];
        let (id, owner) = written.logins[*index];
        let customer = login.customer.map(|index| &new.customers[index]);
        let reseller = login.reseller.or(customer.and_then(|customer| customer.reseller));
        let brand = new.brands.iter().find(|brand| brand.reseller == reseller).or(new.brands.first());
        let Some(brand) = brand.filter(|_| !login.email.is_empty()) else { continue };
        let languages = &catalog.operator.languages;
        let party = match (customer, login.reseller) {
            (Some(customer), _) => &customer.name,
            (None, Some(index)) => &new.resellers[index].name,
            (None, None) => &new.name,
        };
        let asking = Asking {
            operator: written.operator,
            login: id,
            email: &login.email,
            name: &login.name,
            language: languages.first().map_or("fr", String::as_str),
            by: &brand.name,
            party,
        };
        transaction.change_member((id, 0), MemberChange::Invited(now)).await?;
        ask_in(house, &transaction, &asking, &links(&brand.host)).await?;
        transaction.note(invited(&asking, (now, owner), login)).await?;
    }
    transaction.commit().await?;
    house.mail_posted();
    Ok(written.operator)
}

/// What the journal says of somebody who was asked in as everything was set up: by the program.
fn invited(asking: &Asking<'_>, (at, owner): (Timestamp, LoginOwner), login: &NewLogin) -> NewEntry {
    NewEntry {
        operator: asking.operator,
        at,
        by: By { name: asking.by.to_owned(), ..By::default() },
        action: "login_invited",
        object: Object::Login(asking.login),
        owner,
        before: None,
        after: Some(serde_json::json!({ "name": login.name, "email": login.email, "role": login.role }).to_string()),
    }
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
