//! The demo's people as the house takes them up.

use demo::{DemoAtCap, DemoCustomer, DemoLine, DemoLogin, DemoOperator, DemoPeriod, DemoRole, DemoSpendCap, PASSWORD};
use operations::{NewBrand, NewCustomer, NewLine, NewLogin, NewOperator, NewReseller, sign_in};
use rating::{AtCap, SpendCap, SpendPeriod};

/// Everybody of an operator, with their passwords hashed.
pub(crate) async fn provisioned(operator: &DemoOperator) -> anyhow::Result<NewOperator> {
    let mut logins = Vec::new();
    for login in &operator.logins {
        logins.push(new_login(login, sign_in::hash_password(PASSWORD.to_owned()).await?));
    }
    Ok(NewOperator {
        slug: operator.catalog.to_owned(),
        name: operator.name.clone(),
        resellers: operator.resellers.iter().map(|r| NewReseller { slug: r.slug.clone(), name: r.name.clone() }).collect(),
        brands: operator
            .brands
            .iter()
            .map(|brand| NewBrand {
                host: brand.host.clone(),
                reseller: brand.reseller,
                name: brand.name.clone(),
                colour: brand.colour.clone(),
                contact: brand.contact.clone(),
            })
            .collect(),
        customers: operator.customers.iter().map(new_customer).collect(),
        logins,
    })
}

fn new_customer(customer: &DemoCustomer) -> NewCustomer {
    NewCustomer {
        reseller: customer.reseller,
        reference: customer.reference.clone(),
        name: customer.name.clone(),
        business: customer.business,
        postcode: customer.postcode.clone(),
        billing_accounts: customer.billing_accounts.clone(),
        packs: customer.packs.iter().map(|pack| (pack.pack.clone(), pack.bought)).collect(),
        lines: customer.lines.iter().map(new_line).collect(),
    }
}

fn new_line(line: &DemoLine) -> NewLine {
    NewLine {
        number: line.number.clone(),
        identities: line.identities.clone(),
        billing_account: line.billing_account,
        service: line.service.as_str().to_owned(),
        network: line.network.clone(),
        offer: line.offer.clone(),
        bought: line.bought,
        capping: line.capping,
        state: line.state.as_str().to_owned(),
        started: line.started,
        ended: line.ended,
        user: line.user.clone(),
        iccid: line.iccid.clone(),
        options: line.options.clone(),
        recharges: line.recharges.clone(),
        cutoffs: line.cutoffs.clone(),
        spend_caps: line.spend_caps.iter().map(new_cap).collect(),
        in_packs: line.in_packs,
    }
}

const fn new_cap(cap: &DemoSpendCap) -> SpendCap {
    SpendCap {
        period: match cap.period {
            DemoPeriod::Day => SpendPeriod::Day,
            DemoPeriod::Month => SpendPeriod::Month,
        },
        amount: cap.amount,
        at_cap: match cap.at_cap {
            DemoAtCap::Tell => AtCap::Tell,
            DemoAtCap::Slow => AtCap::Slow,
            DemoAtCap::Stop => AtCap::Stop,
        },
    }
}

fn new_login(login: &DemoLogin, password_hash: String) -> NewLogin {
    let (role, reseller, customer) = match login.role {
        DemoRole::Subscriber { customer } => ("subscriber", None, Some(customer)),
        DemoRole::FleetManager { customer } => ("fleet_manager", None, Some(customer)),
        DemoRole::ResellerAgent { reseller } => ("reseller_agent", Some(reseller), None),
        DemoRole::OperatorAgent => ("operator_agent", None, None),
    };
    NewLogin {
        identifier: login.identifier.clone(),
        password_hash,
        role: role.to_owned(),
        name: login.name.clone(),
        reseller,
        customer,
    }
}
