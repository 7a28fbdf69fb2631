//! The demo's people as the house takes them up.

use demo::{
    DemoAtCap, DemoCustomer, DemoLine, DemoLogin, DemoNotice, DemoNoticeTo, DemoOperator, DemoPack, DemoPeriod, DemoRole,
    DemoSpendCap, PASSWORD,
};
use operations::{
    NewBrand, NewCustomer, NewLine, NewLogin, NewNotice, NewOperator, NewPack, NewReseller, NewSpend, NoticeTo, sign_in,
};
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
        packs: customer.packs.iter().map(new_pack).collect(),
        spends: customer.shared_caps.iter().map(new_spend).collect(),
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
        cap_raises: Vec::new(),
        spend_steps: Vec::new(),
        notices: line.notices.iter().map(new_notice).collect(),
        guard: catalog::Guard::default(),
        in_packs: line.in_packs,
    }
}

fn new_pack(pack: &DemoPack) -> NewPack {
    let notices = pack.notices.iter().map(new_notice).collect();
    NewPack { pack: pack.pack.clone(), bought: pack.bought, notices }
}

fn new_spend((billing_account, cap): &(Option<usize>, DemoSpendCap)) -> NewSpend {
    NewSpend { billing_account: *billing_account, caps: vec![new_cap(cap)], raises: Vec::new(), steps: Vec::new() }
}

const fn new_notice(notice: &DemoNotice) -> NewNotice {
    let to = match notice.to {
        DemoNoticeTo::User => NoticeTo::User,
        DemoNoticeTo::Managers => NoticeTo::Managers,
    };
    NewNotice { amount: notice.amount, to, active: true }
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
