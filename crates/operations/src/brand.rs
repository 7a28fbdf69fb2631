//! Brands as data that their owners change (RES-09): name, host names, logos, colours, contact, sender of mails, languages, legal pages.
//!
//! What is typed is checked here, for the preview as for saving. A host name that a reseller's people want serves once the operator's people
//! confirmed it ([`asked`]). Who may change which brand says the scope: the operator's administrators
//! theirs and those of their resellers, a reseller's its own.

mod asked;
mod colour;
mod draft;
mod host;
mod logo;
mod shown;
mod svg;

pub use asked::{Answered, HostAnswer, answer_host};
pub use colour::{Colour, ColourError, READABLE, contrast};
pub use draft::{BrandDraft, BrandField, BrandRefusal, Checked, LogoDraft, checked};
pub use host::{host_name, is_address};
pub use logo::{LARGEST_LOGO, LOGO_BOX, LONGEST_SIDE, LogoFault};
pub use shown::{Brand, brands_by_host};
pub use store::{Brand as OwnBrand, BrandHost, BrandLogo, BrandLook, BrandText, Ground};

use crate::{Actor, House, OperationError, Reach, permission::Permission};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use store::{BrandChange, BrandOutcome, Object};
use tokio::sync::Semaphore;
use vocabulary::BrandId;

/// The longest legal page, in characters.
pub const LONGEST_TEXT: usize = 20_000;
/// How many logos are made at a time: each takes a processor and some tens of megabytes.
const AT_ONCE: usize = 2;
static MAKING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(AT_ONCE));

/// A legal page of a brand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LegalPage {
    /// Who is responsible.
    Notice,
    /// Under which terms.
    Terms,
    /// What becomes of personal data.
    Privacy,
}

impl LegalPage {
    /// Every one, in their order.
    pub const ALL: [Self; 3] = [Self::Notice, Self::Terms, Self::Privacy];

    /// Its word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Terms => "terms",
            Self::Privacy => "privacy",
        }
    }

    /// The page of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.as_str() == word)
    }
}

/// What became of a change.
#[derive(Debug)]
pub enum Changed {
    /// It is kept.
    Done,
    /// Somebody else changed the brand meanwhile.
    Stale,
    /// Nothing is changed, for these reasons.
    Refused(Vec<BrandRefusal>),
}

/// The brands that the asker may change.
///
/// # Errors
/// When the database fails.
pub async fn brands(house: &House, actor: &Actor) -> Result<Vec<OwnBrand>, OperationError> {
    if !actor.may(Permission::ChangeBrand) {
        return Ok(Vec::new());
    }
    Ok(house.store.scoped(actor.scope).brands().await?)
}

/// One of them.
///
/// # Errors
/// When the database fails.
pub async fn brand(house: &House, actor: &Actor, id: BrandId) -> Result<Option<OwnBrand>, OperationError> {
    Ok(brands(house, actor).await?.into_iter().find(|brand| brand.id == id))
}

/// A brand's legal pages.
///
/// # Errors
/// When the database fails.
pub async fn texts(house: &House, id: BrandId) -> Result<Vec<BrandText>, OperationError> {
    Ok(house.store.brand_texts(id).await?)
}

/// The PNG of a logo by its hash.
///
/// # Errors
/// When the database fails.
pub async fn logo_content(house: &House, hash: &str) -> Result<Option<Vec<u8>>, OperationError> {
    Ok(house.store.brand_logo(hash).await?)
}

/// What is another after any change of any brand: for who keeps brands in mind.
///
/// # Errors
/// When the database fails.
pub async fn state(house: &House) -> Result<(i64, i64), OperationError> {
    Ok(house.store.brands_state().await?)
}

/// The languages that a brand can speak: those of its operator.
///
/// # Errors
/// When the operator has no catalogue.
pub fn languages(house: &House, brand: &OwnBrand) -> Result<Vec<String>, OperationError> {
    Ok(house.catalog_named(&brand.slug)?.operator.languages.clone())
}

/// What a draft would make of a brand, and what of it is refused: there the brand stays as it is. Nothing is kept.
///
/// # Errors
/// When the operator has no catalogue.
pub async fn previewed(
    house: &House,
    brand: &OwnBrand,
    draft: BrandDraft,
) -> Result<(Checked, Vec<BrandRefusal>), OperationError> {
    let (brand, spoken) = (brand.clone(), languages(house, brand)?);
    let _turn = MAKING.acquire().await.map_err(|_| OperationError::Stopped)?;
    let making = tokio::task::spawn_blocking(move || checked(&brand, &spoken, &draft));
    making.await.map_err(|_| OperationError::Stopped)
}

/// Changes a brand. `here` is the host name that the asker is at: it is not taken away from under them.
///
/// # Errors
/// When the database fails.
pub async fn change(
    house: &House,
    actor: &Actor,
    brand: &OwnBrand,
    (draft, here): (BrandDraft, &str),
) -> Result<Changed, OperationError> {
    let version = draft.version;
    let (mut checked, mut refusals) = previewed(house, brand, draft).await?;
    let asked = checked.take_asked(brand, actor.scope.reach);
    let others = house.store.brands().await?;
    refusals.extend(draft::hosts_refused(brand, (&checked, &asked), &others, (actor.scope.reach, here)));
    if !refusals.is_empty() {
        return Ok(Changed::Refused(refusals));
    }
    let change = BrandChange { version, look: &checked.look, hosts: &checked.hosts, asked: &asked, logos: &checked.logos };
    let transaction = house.store.begin().await?;
    match transaction.change_brand(brand.id, &change).await? {
        BrandOutcome::Changed => {}
        BrandOutcome::Stale => return Ok(Changed::Stale),
        BrandOutcome::HostTaken(host) => return Ok(Changed::Refused(vec![draft::taken(&checked, host)])),
    }
    let mut entry = actor.entry(house.clock.now(), "brand_changed", Object::Brand(brand.id));
    entry.owner = (brand.reseller, None);
    let (before, after) = difference(
        facts(&brand.look, (&brand.hosts, &brand.asked), &brand.logos),
        facts(&checked.look, (&checked.hosts, &asked), &checked.logos_after(brand)),
    );
    (entry.before, entry.after) = (Some(before), Some(after));
    transaction.note(entry).await?;
    transaction.commit().await?;
    Ok(Changed::Done)
}

/// Dresses a brand that was just set up, as setting up an operator does: by the program itself, without an entry in the journal. What of
/// the draft is refused is answered, and nothing is kept then.
///
/// # Errors
/// When the database fails.
pub async fn set_up(
    house: &House,
    host: &str,
    (draft, texts): (BrandDraft, Vec<BrandText>),
) -> Result<Result<(), Vec<BrandRefusal>>, OperationError> {
    let found = house.store.brands().await?.into_iter().find(|brand| brand.hosts.iter().any(|known| known.host == host));
    let Some(brand) = found else { return Ok(Err(vec![BrandRefusal::NoHosts(BrandField::GivenHosts)])) };
    let version = brand.version;
    let (checked, refusals) = previewed(house, &brand, draft).await?;
    if !refusals.is_empty() {
        return Ok(Err(refusals));
    }
    let change = BrandChange { version, look: &checked.look, hosts: &checked.hosts, asked: &[], logos: &checked.logos };
    let transaction = house.store.begin().await?;
    if transaction.change_brand(brand.id, &change).await? == BrandOutcome::Changed
        && transaction.change_brand_texts(brand.id, version + 1, &texts).await?
    {
        transaction.commit().await?;
    }
    Ok(Ok(()))
}

/// Replaces a brand's legal pages; those without text are not there. `false` when somebody else changed the brand meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn change_texts(
    house: &House,
    actor: &Actor,
    brand: &OwnBrand,
    (version, texts): (i64, Vec<BrandText>),
) -> Result<bool, OperationError> {
    let texts: Vec<BrandText> = texts.into_iter().filter(|text| !text.content.trim().is_empty()).collect();
    let before = house.store.brand_texts(brand.id).await?;
    let transaction = house.store.begin().await?;
    if !transaction.change_brand_texts(brand.id, version, &texts).await? {
        return Ok(false);
    }
    let mut entry = actor.entry(house.clock.now(), "legal_pages_changed", Object::Brand(brand.id));
    entry.owner = (brand.reseller, None);
    let (before, after) = difference(text_facts(&before), text_facts(&texts));
    (entry.before, entry.after) = (Some(before), Some(after));
    transaction.note(entry).await?;
    transaction.commit().await?;
    Ok(true)
}

/// The facts that differ, before and after.
fn difference(mut before: Map<String, Value>, mut after: Map<String, Value>) -> (String, String) {
    let same: Vec<String> =
        after.iter().filter(|(key, value)| before.get(*key) == Some(value)).map(|(key, _)| key.clone()).collect();
    for key in same {
        before.remove(&key);
        after.remove(&key);
    }
    (Value::Object(before).to_string(), Value::Object(after).to_string())
}

fn facts(look: &BrandLook, (hosts, asked): (&[BrandHost], &[String]), logos: &[BrandLogo]) -> Map<String, Value> {
    let hosts: Vec<&str> = hosts.iter().map(|host| host.host.as_str()).collect();
    let logo = |ground| {
        let found = logos.iter().find(|logo| logo.ground == ground && logo.density == 1);
        found.map(|logo| logo.hash.clone()).unwrap_or_default()
    };
    let facts = json!({
        "name": look.name,
        "colour": look.colour,
        "colour_on_dark": look.colour_on_dark,
        "telephone": look.telephone,
        "email": look.email,
        "postal_address": look.postal_address,
        "sender_name": look.sender_name,
        "sender_address": look.sender_address,
        "languages": look.languages.join(" "),
        "hosts": hosts.join(" "),
        "asked_hosts": asked.join(" "),
        "logo": logo(Ground::Light),
        "logo_on_dark": logo(Ground::Dark),
    });
    match facts {
        Value::Object(facts) => facts,
        _ => Map::new(),
    }
}

/// How long each legal page is, and the beginning of its hash: what it says stands on the page.
fn text_facts(texts: &[BrandText]) -> Map<String, Value> {
    let fact = |text: &BrandText| {
        let hash = Sha256::digest(&text.content);
        let said = format!("{} ({:02x}{:02x}{:02x}{:02x})", text.content.chars().count(), hash[0], hash[1], hash[2], hash[3]);
        (format!("{}_{}", text.page, text.language), said.into())
    };
    texts.iter().map(fact).collect()
}

/// May somebody of that reach give and take away host names below the operator's own?
pub(crate) const fn gives_hosts(reach: Reach) -> bool {
    matches!(reach, Reach::Operator)
}
