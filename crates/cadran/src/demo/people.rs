//! The demo's people as the house takes them up.

use catalog::Catalog;
use demo::{
    DemoAccess, DemoAtCap, DemoBrand, DemoColleague, DemoCompany, DemoCustomer, DemoGiven, DemoLine, DemoLogin, DemoNotice,
    DemoNoticeTo, DemoOperator, DemoPack, DemoPeriod, DemoRole, DemoSpendCap, PASSWORD,
};
use operations::{
    IdentifierKind, NewBrand, NewCustomer, NewLine, NewLogin, NewNotice, NewOperator, NewPack, NewPaper, NewReseller, NewSpend,
    NoticeTo,
    brand::{BrandDraft, BrandLook, BrandText, LegalPage, LogoDraft},
    permission::Role,
    reseller::Company,
    sign_in,
    sim_batches::GivenRange,
};
use rating::{AtCap, SpendCap, SpendPeriod};
use vocabulary::{Pin, Puk};

/// Everybody of an operator, with their passwords hashed, and which of the logins are asked in by mail.
pub(crate) async fn provisioned(operator: &DemoOperator) -> anyhow::Result<(NewOperator, Vec<usize>)> {
    let mut logins = Vec::new();
    for login in &operator.logins {
        logins.push(new_login(login, operator, sign_in::hash_password(PASSWORD.to_owned()).await?));
    }
    let has_login = |position| operator.logins.iter().any(|login| login.role.customer() == Some(position));
    let without = operator.customers.iter().enumerate().filter(|(position, _)| !has_login(*position));
    logins.extend(without.map(|(position, customer)| invited(position, customer, operator)));
    let mut asked_in = Vec::new();
    for colleague in &operator.colleagues {
        let came = colleague.access == DemoAccess::Came;
        if !came {
            asked_in.push(logins.len());
        }
        let hash = if came { Some(sign_in::hash_password(PASSWORD.to_owned()).await?) } else { None };
        logins.push(new_colleague(colleague, hash));
    }
    let new = NewOperator {
        slug: operator.catalog.to_owned(),
        name: operator.name.clone(),
        resellers: operator.resellers.iter().map(|r| NewReseller { slug: r.slug.clone(), name: r.name.clone() }).collect(),
        companies: operator.resellers.iter().map(|reseller| company(&reseller.company)).enumerate().collect(),
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
    };
    Ok((new, asked_in))
}

/// The company of a reseller; its invoices are told to the reseller's people, in the operator's first language.
fn company(new: &DemoCompany) -> Company {
    Company {
        name: new.name.clone(),
        legal_id: new.paper.legal_id.clone(),
        vat_number: new.paper.vat_number.clone(),
        street: new.paper.street.clone(),
        postcode: new.postcode.clone(),
        town: new.paper.town.clone(),
        country: new.country.clone(),
        ..Company::default()
    }
}

/// What a brand shows besides its name and colour.
pub(crate) fn dressed(brand: &DemoBrand, catalog: &Catalog) -> (BrandDraft, Vec<BrandText>) {
    let dress = &brand.dress;
    let look = BrandLook {
        name: brand.name.clone(),
        colour: brand.colour.clone(),
        colour_on_dark: dress.colour_on_dark.to_owned(),
        telephone: dress.telephone.to_owned(),
        email: dress.email.to_owned(),
        postal_address: dress.postal_address.to_owned(),
        languages: catalog.operator.languages.clone(),
        ..BrandLook::default()
    };
    let logos = dress.logos.map(|logo| LogoDraft::Replace(logo.as_bytes().to_vec()));
    let text = |(language, content): &(&str, &str)| BrandText {
        page: LegalPage::Notice.as_str().to_owned(),
        language: (*language).to_owned(),
        content: (*content).to_owned(),
    };
    (BrandDraft { look, logos, ..BrandDraft::default() }, dress.notice.iter().map(text).collect())
}

fn new_customer(customer: &DemoCustomer) -> NewCustomer {
    NewCustomer {
        reseller: customer.reseller,
        reference: customer.reference.clone(),
        name: customer.name.clone(),
        business: customer.business,
        postcode: customer.postcode.clone(),
        paper: NewPaper {
            street: customer.paper.street.clone(),
            town: customer.paper.town.clone(),
            legal_id: customer.paper.legal_id.clone(),
            vat_number: customer.paper.vat_number.clone(),
            ..NewPaper::default()
        },
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

/// What a login has of a role: its word, and by positions the reseller, the customer and the line.
const fn placed(role: DemoRole) -> (Role, Option<usize>, Option<usize>, Option<usize>) {
    match role {
        DemoRole::Subscriber { customer } => (Role::Subscriber, None, Some(customer), None),
        DemoRole::Member { customer, line } => (Role::Member, None, Some(customer), Some(line)),
        DemoRole::FleetManager { customer } => (Role::FleetManager, None, Some(customer), None),
        DemoRole::ResellerAgent { reseller } => (Role::ResellerAgent, Some(reseller), None, None),
        DemoRole::ResellerAdmin { reseller } => (Role::ResellerAdmin, Some(reseller), None, None),
        DemoRole::OperatorAgent => (Role::OperatorAgent, None, None, None),
        DemoRole::OperatorAdmin => (Role::OperatorAdmin, None, None, None),
        DemoRole::Accounting => (Role::Accounting, None, None, None),
        DemoRole::Auditor => (Role::Auditor, None, None, None),
    }
}

/// Who was asked in is known by nothing until they come.
fn new_colleague(colleague: &DemoColleague, password_hash: Option<String>) -> NewLogin {
    let (role, reseller, customer, line) = placed(colleague.role);
    let email = (IdentifierKind::Email, colleague.email.clone());
    NewLogin {
        identifiers: password_hash.iter().map(|_| email.clone()).collect(),
        email: colleague.email.clone(),
        password_hash,
        role: role.as_str().to_owned(),
        name: colleague.name.clone(),
        reseller,
        customer,
        line,
    }
}

fn new_login(login: &DemoLogin, operator: &DemoOperator, password_hash: String) -> NewLogin {
    let (role, reseller, customer, line) = placed(login.role);
    let is_address = login.identifier.contains('@');
    let kind = if is_address { IdentifierKind::Email } else { IdentifierKind::Reference };
    let mut identifiers = vec![(kind, login.identifier.clone())];
    if let DemoRole::Subscriber { customer } = login.role {
        identifiers.extend(numbers(&operator.customers[customer]));
    }
    NewLogin {
        identifiers,
        email: if is_address { login.identifier.clone() } else { address(&login.name, operator) },
        password_hash: Some(password_hash),
        role: role.as_str().to_owned(),
        name: login.name.clone(),
        reseller,
        customer,
        line,
    }
}

/// A household or a company that nobody signed in for yet: known by its reference, invited to choose a password.
fn invited(position: usize, customer: &DemoCustomer, operator: &DemoOperator) -> NewLogin {
    let role = if customer.business { Role::FleetManager } else { Role::Subscriber };
    let mut identifiers = vec![(IdentifierKind::Reference, customer.reference.clone())];
    if !customer.business {
        identifiers.extend(numbers(customer));
    }
    NewLogin {
        identifiers,
        email: address(&customer.name, operator),
        password_hash: None,
        role: role.as_str().to_owned(),
        name: customer.name.clone(),
        reseller: None,
        customer: Some(position),
        line: None,
    }
}

/// A household is known by each of its telephone numbers too.
fn numbers(customer: &DemoCustomer) -> impl Iterator<Item = (IdentifierKind, String)> {
    let in_service = customer.lines.iter().filter(|line| line.ended.is_none() && line.number.starts_with('+'));
    in_service.map(|line| (IdentifierKind::Number, line.number.clone()))
}

/// An address where nobody lives: `anne.schneider@vallee.example`.
fn address(name: &str, operator: &DemoOperator) -> String {
    let plain = name.to_lowercase().replace(['é', 'è', 'ê', 'ë'], "e").replace(['ï', 'î'], "i").replace('ç', "c");
    let words: Vec<String> =
        plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    format!("{}@{}.example", words.join("."), operator.catalog)
}

/// What unlocks a card of the demo.
pub(crate) fn unlocked(iccid: String) -> anyhow::Result<(String, Pin, Puk)> {
    let [pin, puk, ..] = demo::codes(&iccid);
    Ok((iccid, pin.parse()?, puk.parse()?))
}

/// Cards of the demo that somebody has.
pub(crate) fn given(given: &DemoGiven) -> anyhow::Result<GivenRange> {
    Ok(GivenRange { ends: (given.first.parse()?, given.last.parse()?), to: given.to.clone() })
}
