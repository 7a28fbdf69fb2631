//! Another SIM for a line (RES-06, RES-24, FLT-05, MOB-52): a card among those that were given to its customer, or an eSIM. Whoever has the
//! SIM receives the codes of banks, so that it asks for a proof and is told to the old SIM and to who hears of the line (PLT-05).

use crate::{
    Actor, House, OperationError, Scope,
    catalog_names::{Doing, Names},
    first_access::{Address, to},
    life::Beside,
    line_change::{self, ChangeAsked},
    line_services::Told,
    line_user,
    mail::{self, Letter},
    members::{address, links_of},
    permission::Permission,
    proof::FreshProof,
    sims::kind_word,
    text_message::{self, TextNotice},
};
use ::lines::{Asked, Change, Ground, Refusal, SimKind, When};
use store::{KeptCard, KeptLife, LivesAsked};
use vocabulary::{Iccid, LineId, Money};

/// So often it is decided anew when somebody else was faster.
const ATTEMPTS: usize = 3;
/// So many cards are offered to be completed as one types.
const MOST_OFFERED: usize = 50;
/// No contact is longer, in characters.
pub const LONGEST_CONTACT: usize = 200;
/// So many of a SIM's last digits are told.
const TOLD_DIGITS: usize = 4;

/// What there is to choose from.
#[derive(Clone, Debug)]
pub struct SwapChoices {
    /// The network, as the catalogue names it.
    pub network: String,
    /// Cards of this network that the line may have, those given to its customer first.
    pub cards: Vec<Iccid>,
    /// What another card costs once.
    pub card_price: Money,
    /// What an eSIM costs once; `None` where the network has none.
    pub esim_price: Option<Money>,
    /// Is an eSIM profile left?
    pub has_esim: bool,
    /// Why the line cannot have another SIM now.
    pub refusal: Option<Refusal>,
    /// Where its messages go besides, and the number that is called about it.
    pub contact: (String, String),
    /// Did the user say that these are right, so that they alone change them (FLT-07)?
    pub is_contact_theirs: bool,
}

/// What SIM somebody wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted<'t> {
    /// The one of this serial number, as it was typed.
    This(&'t str),
    /// Any eSIM profile.
    AnyEsim,
}

/// Why a line does not get this SIM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwapRefusal {
    /// Nothing was typed that is a SIM's number.
    NoNumber,
    /// No such SIM is there for the asker.
    NoSuchSim,
    /// The network has eSIMs, and none is left.
    NoEsimLeft,
    /// The address to write to is none.
    Address,
    /// The line cannot have it.
    Line(Refusal),
}

/// What is told before a SIM takes the place of another.
#[derive(Clone, Debug)]
pub struct SwapTold {
    /// What it costs, and when.
    pub told: Told,
    /// Which SIM.
    pub iccid: Iccid,
    /// Is it an eSIM?
    pub is_esim: bool,
}

/// What was confirmed.
#[derive(Clone, Copy, Debug)]
pub struct SwapAsked<'t> {
    /// The SIM, by its serial number.
    pub iccid: &'t str,
    /// Where messages of the line go besides, and the number that is called about it; `None` to leave both as they are.
    pub contact: Option<(&'t str, &'t str)>,
    /// The digest of what was told.
    pub digest: &'t str,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Swapped {
    /// The network is asked, or will be.
    Asked(Asked),
    /// The line has it: the same form was sent before.
    Already,
    /// It is not what was confirmed any more: that is told anew.
    Changed(Box<SwapTold>),
}

/// What there is to choose from for a line; `None` for a line outside the asker's scope, or who may not.
///
/// # Errors
/// When the database fails.
pub async fn choices(house: &House, actor: &Actor, line: LineId) -> Result<Option<SwapChoices>, OperationError> {
    let Some(kept) = life(house, actor, line).await? else { return Ok(None) };
    let catalog = house.catalog_for(actor.scope).await?;
    let ground = Ground::at(&catalog, house.clock.now());
    let network = kept.life.line.network.as_str();
    let known = ground.network(network).map(|(_, network)| network);
    let (customer, scoped) = (kept.life.line.customer, house.store.scoped(actor.scope));
    let mut cards = Vec::new();
    for kind in [SimKind::CardWithPin, SimKind::CardWithoutPin] {
        cards.extend(scoped.cards_for(customer, (network, kind_word(kind)), MOST_OFFERED).await?);
    }
    cards.truncate(MOST_OFFERED);
    let esim = any_esim(house, actor, &kept).await?;
    // Any SIM of the network would do: what stands in the way then lies with the line.
    let refusal = match cards.first().or(esim.as_ref()) {
        Some(card) => {
            let mut kept = kept.clone();
            kept.lay_beside(card.clone());
            kept.life.preview(&Change::SwapSim { to: card.sim.id }, When::Soonest, &ground).err()
        }
        None => None,
    };
    Ok(Some(SwapChoices {
        network: known.map_or(network, |network| network.name.as_str()).to_owned(),
        cards: cards.into_iter().map(|card| card.sim.iccid).collect(),
        card_price: known.map_or(Money::ZERO, |network| network.sim_swap_price),
        esim_price: known.and_then(|network| network.esim_price),
        has_esim: esim.is_some(),
        refusal,
        contact: kept.contact,
        is_contact_theirs: line_user::is_theirs(house, actor, line).await?,
    }))
}

/// What is told before; `None` for a line outside the asker's scope, or who may not.
///
/// # Errors
/// When the database fails.
pub async fn told(
    house: &House,
    actor: &Actor,
    line: LineId,
    wanted: Wanted<'_>,
    language: &str,
) -> Result<Option<Result<SwapTold, SwapRefusal>>, OperationError> {
    let Some(kept) = life(house, actor, line).await? else { return Ok(None) };
    let card = match card(house, actor, &kept, wanted).await? {
        Ok(card) => card,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    let asked = ChangeAsked { change: Change::SwapSim { to: card.sim.id }, when: When::Soonest };
    let Some(mut bulk) = line_change::preview_with(house, actor, &[line], &asked, Some(&card)).await? else { return Ok(None) };
    if let Some((_, refusal)) = bulk.cannot.pop() {
        return Ok(Some(Err(SwapRefusal::Line(refusal))));
    }
    let Some(told) = bulk.can.pop() else { return Ok(None) };
    let catalog = house.catalog_for(actor.scope).await?;
    let names = Names { catalog: &catalog, language };
    let mut told = crate::line_services::tell(Doing::SwapSim, told, &names, house.clock.now());
    told.digest.push_str(card.sim.iccid.as_str());
    Ok(Some(Ok(SwapTold { told, iccid: card.sim.iccid, is_esim: card.sim.kind.is_esim() })))
}

/// Asks for the SIM that was confirmed, and tells of it; `None` for a line outside the asker's scope, or who may not.
///
/// # Errors
/// When the database fails, or without keys.
pub async fn ask(
    house: &House,
    proof: FreshProof<'_>,
    line: LineId,
    asked: SwapAsked<'_>,
    here: &Address,
) -> Result<Option<Result<Swapped, SwapRefusal>>, OperationError> {
    let actor = proof.actor();
    let Some(kept) = life(house, actor, line).await? else { return Ok(None) };
    if kept.life.sim.as_ref().is_some_and(|sim| sim.iccid.as_str() == asked.iccid) {
        return Ok(Some(Ok(Swapped::Already)));
    }
    for _ in 0..ATTEMPTS {
        match attempt(house, actor, &kept, asked, here).await {
            // Somebody took that SIM, or changed the line, meanwhile: what is told of it now decides.
            Err(OperationError::Contended) => {}
            came => return came,
        }
    }
    Err(OperationError::Contended)
}

async fn attempt(
    house: &House,
    actor: &Actor,
    kept: &KeptLife,
    asked: SwapAsked<'_>,
    here: &Address,
) -> Result<Option<Result<Swapped, SwapRefusal>>, OperationError> {
    let line = kept.life.line.id;
    let told = match told(house, actor, line, Wanted::This(asked.iccid), "").await? {
        None => return Ok(None),
        Some(Err(refusal)) => return Ok(Some(Err(refusal))),
        Some(Ok(told)) => told,
    };
    if told.told.digest != asked.digest {
        return Ok(Some(Ok(Swapped::Changed(Box::new(told)))));
    }
    let contact = match line_user::is_theirs(house, actor, line).await? {
        true => None,
        false => asked.contact,
    };
    if contact.is_some_and(|(email, _)| !email.is_empty() && address(email).is_err()) {
        return Ok(Some(Err(SwapRefusal::Address)));
    }
    let card = match card(house, actor, kept, Wanted::This(asked.iccid)).await? {
        Ok(card) => card,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    let notices = Notices::write(house, kept, &card, here).await?;
    let change = ChangeAsked { change: Change::SwapSim { to: card.sim.id }, when: When::Soonest };
    let beside = Beside {
        about: Some(&change.change),
        mails: &notices.mails,
        texts: &notices.texts,
        contact: contact.map(|(email, number)| (line, email, number)),
        ..Beside::default()
    };
    let came = line_change::ask_one(house, actor, line, &change, (Some(&card), &beside)).await?;
    Ok(came.map(|came| came.map(Swapped::Asked).map_err(SwapRefusal::Line)))
}

/// Who hears of it, and what they are told.
struct Notices {
    mails: Vec<store::NewMail>,
    texts: Vec<store::NewText>,
}

impl Notices {
    async fn write(house: &House, kept: &KeptLife, card: &KeptCard, here: &Address) -> Result<Self, OperationError> {
        let at = house.clock.now();
        let links = links_of(house, (kept.operator, kept.reseller), here).await?;
        let digits = card.sim.iccid.as_str();
        let letter = || Letter::SimSwapped {
            number: kept.life.line.number.map(|number| number.to_string()).unwrap_or_default(),
            sim: digits[digits.len().saturating_sub(TOLD_DIGITS)..].to_owned(),
            at,
        };
        let logins = house.store.told_of_line(kept.life.line.id).await?;
        let mut mails = Vec::new();
        for login in logins.iter().filter(|login| !login.email.is_empty()) {
            mails.push(mail::written(house, to(login, &links, letter()))?);
        }
        let language = logins.first().map_or("", |login| login.language.as_str());
        let email = kept.contact.0.as_str();
        if address(email).is_ok() && !logins.iter().any(|login| login.email == email) {
            let post = mail::Post {
                operator: kept.operator,
                host: &links.brand,
                recipient: email,
                name: &kept.user,
                language,
                letter: letter(),
                useful_until: None,
            };
            mails.push(mail::written(house, post)?);
        }
        let whose = (kept.operator, links.brand.as_str(), language);
        let number = kept.life.line.number.filter(|_| kept.service == catalog::Service::Mobile.as_str());
        let texts = number.map(|number| text_message::written(number, whose, TextNotice::SimSwapped { at }, at));
        Ok(Self { mails, texts: texts.into_iter().collect() })
    }
}

async fn life(house: &House, actor: &Actor, line: LineId) -> Result<Option<KeptLife>, OperationError> {
    if !actor.may(Permission::ChangeLines) {
        return Ok(None);
    }
    let catalog = house.catalog(actor.scope.operator).await?;
    Ok(house.store.scoped(actor.scope).lives(LivesAsked::Lines(&[line]), &catalog).await?.pop())
}

/// The SIM that is wanted. Cards are those that the asker sees; eSIM profiles are nothing that one holds in the hand, and come out of what is
/// in stock for the customer.
async fn card(
    house: &House,
    actor: &Actor,
    kept: &KeptLife,
    wanted: Wanted<'_>,
) -> Result<Result<KeptCard, SwapRefusal>, OperationError> {
    let typed = match wanted {
        Wanted::AnyEsim => {
            let catalog = house.catalog(actor.scope.operator).await?;
            let ground = Ground::at(&catalog, house.clock.now());
            let has = ground.network(&kept.life.line.network).is_some_and(|(_, network)| network.esim_price.is_some());
            if !has {
                return Ok(Err(SwapRefusal::Line(Refusal::NoEsim)));
            }
            return Ok(any_esim(house, actor, kept).await?.ok_or(SwapRefusal::NoEsimLeft));
        }
        Wanted::This(typed) => typed,
    };
    let typed: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let Ok(iccid) = typed.parse::<Iccid>() else { return Ok(Err(SwapRefusal::NoNumber)) };
    let customer = kept.life.line.customer;
    if let Some(card) = house.store.scoped(actor.scope).cards_named(customer, &[iccid]).await?.pop() {
        return Ok(Ok(card));
    }
    let found = stock(house, actor).cards_named(customer, &[iccid]).await?.pop();
    Ok(found
        .filter(|card| card.sim.kind.is_esim() && card.sim.refuse_for(customer, &kept.life.line.network).is_ok())
        .ok_or(SwapRefusal::NoSuchSim))
}

async fn any_esim(house: &House, actor: &Actor, kept: &KeptLife) -> Result<Option<KeptCard>, OperationError> {
    let (customer, network) = (kept.life.line.customer, kept.life.line.network.as_str());
    Ok(stock(house, actor).cards_for(customer, (network, kind_word(SimKind::Esim)), 1).await?.pop())
}

fn stock(house: &House, actor: &Actor) -> store::Scoped {
    house.store.scoped(Scope::operator(actor.scope.operator))
}
