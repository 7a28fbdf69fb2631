//! Where people ask what it would have cost: for what they see, in the background (RAT-13).
//!
//! It owns whose lines are meant and who may look at what was found. What a line costs on an offer is [`super::compare`]'s.

use super::{
    draft::{self, DraftFiles, DraftFound, DraftRefusal},
    offers::{self, NamedSaving, OffersFound},
    shelf::{Asked, OnFault, Shelf, Shown},
};
use crate::{Actor, House, OperationError, Reach, Scope, line::Paging, permission::Permission, rate_again::Whose};
use std::sync::Arc;
use store::CustomerName;
use tokio::sync::Semaphore;
use vocabulary::LoginId;

/// How many calculations go on at a time in the program: each takes a processor. The others wait for their turn.
const AT_ONCE: usize = 2;
/// How many customers a form suggests; the others are found by their name or reference.
pub const MOST_SUGGESTED: u32 = 300;
/// No name of a customer is longer, in characters: a longer text is nobody's.
const LONGEST_NAME: usize = 200;

/// Who asks. A person sees the person's own calculations, and those only as long as the scope is what it was.
#[derive(Clone, Copy, Debug)]
pub struct Asker {
    /// The person.
    pub login: LoginId,
    /// What the person may see.
    pub scope: Scope,
}

impl From<&Actor> for Asker {
    fn from(actor: &Actor) -> Self {
        Self { login: actor.login, scope: actor.scope }
    }
}

/// Why nothing was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeginRefusal {
    /// Nobody of that name or reference, or nobody whom the person sees.
    UnknownCustomer,
    /// Several customers have this name.
    SeveralCustomers,
    /// Too many calculations go on.
    Busy,
}

/// The calculations of everybody, in memory: one of offers and one of a draft a person, one of both going on at a time; some tens in all,
/// each with some thousands of rows and for an hour. They end with the program.
#[derive(Debug)]
pub struct ComparisonDesk {
    offers: Shelf<OffersFound>,
    drafts: Shelf<DraftFound>,
    free: Arc<Semaphore>,
    on_fault: OnFault,
}

impl ComparisonDesk {
    /// A desk where nobody asked anything yet.
    pub fn new(on_fault: OnFault) -> Self {
        Self { offers: Shelf::default(), drafts: Shelf::default(), free: Arc::new(Semaphore::new(AT_ONCE)), on_fault }
    }

    /// The customers that a form suggests, by name; none where the person sees one only.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn suggested(&self, house: &House, scope: Scope) -> Result<Vec<CustomerName>, OperationError> {
        match scope.reach {
            Reach::Operator | Reach::Reseller(_) => Ok(house.store.scoped(scope).customers(MOST_SUGGESTED).await?),
            Reach::Customer(_) | Reach::Line(_) => Ok(Vec::new()),
        }
    }

    /// Begins to look for the offers that suit the lines of a customer better, or those of everybody whom the person sees; what went on
    /// before is given up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_offers(
        &self,
        house: &House,
        asker: Asker,
        typed: &str,
    ) -> Result<Result<(), BeginRefusal>, OperationError> {
        let (whose, customer) = match whose(house, asker.scope, typed).await? {
            Ok(meant) => meant,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.drafts.stop(asker);
        let (asked, at) = (Asked { asker, customer, now: house.clock.now() }, house.clone());
        let work = move |on_progress: &super::OnProgress<'_>| offers::find(&at, asker.scope, &whose, on_progress);
        let begun = self.offers.begin(asked, (&self.free, self.on_fault), work);
        Ok(if begun { Ok(()) } else { Err(BeginRefusal::Busy) })
    }

    /// How far the person's search for offers is.
    pub fn offers(&self, house: &House, asker: Asker) -> Option<Shown<OffersFound>> {
        self.offers.shown(asker, house.clock.now())
    }

    /// Some of the savings that were found, with their names in a language; the page that was asked for, or the last one before it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn savings(
        &self,
        house: &House,
        scope: Scope,
        (found, paging): (&OffersFound, Paging),
        language: &str,
    ) -> Result<(u32, Vec<NamedSaving>), OperationError> {
        let rows = paging.rows.max(1);
        let last = u32::try_from(found.savings.len().div_ceil(rows as usize)).unwrap_or(u32::MAX).max(1);
        let page = paging.page.clamp(1, last);
        let (from, rows) = ((page as usize - 1) * rows as usize, rows as usize);
        let shown = &found.savings[from..found.savings.len().min(from + rows)];
        Ok((page, offers::named(house, scope, shown, language).await?))
    }

    /// Stops the person's search for offers.
    pub fn stop_offers(&self, asker: Asker) {
        self.offers.stop(asker);
    }

    /// Checks a draft of the catalogue and begins to calculate what it would earn or cost; `None` for who may not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_draft(
        &self,
        house: &House,
        actor: &Actor,
        (typed, files): (&str, DraftFiles),
    ) -> Result<Option<Result<(), DraftRefusal>>, OperationError> {
        let asker = Asker::from(actor);
        if asker.scope.reach != Reach::Operator || !actor.may(Permission::CompareDraft) {
            return Ok(None);
        }
        let (whose, customer) = match whose(house, asker.scope, typed).await? {
            Ok(meant) => meant,
            Err(refusal) => return Ok(Some(Err(DraftRefusal::NotBegun(refusal)))),
        };
        let draft = match draft::read(house, asker.scope, files).await? {
            Ok(draft) => draft,
            Err(refusal) => return Ok(Some(Err(refusal))),
        };
        self.offers.stop(asker);
        let (asked, at) = (Asked { asker, customer, now: house.clock.now() }, house.clone());
        let work = move |on_progress: &super::OnProgress<'_>| draft::find(&at, asker.scope, (&whose, draft), on_progress);
        let begun = self.drafts.begin(asked, (&self.free, self.on_fault), work);
        Ok(Some(if begun { Ok(()) } else { Err(DraftRefusal::NotBegun(BeginRefusal::Busy)) }))
    }

    /// How far the person's draft is.
    pub fn draft(&self, house: &House, asker: Asker) -> Option<Shown<DraftFound>> {
        self.drafts.shown(asker, house.clock.now())
    }

    /// What people call the offers of a draft's result, in their order.
    ///
    /// # Errors
    /// When the operator has no catalogue.
    pub async fn draft_names(
        &self,
        house: &House,
        scope: Scope,
        found: &DraftFound,
        language: &str,
    ) -> Result<Vec<String>, OperationError> {
        found.names(house, scope, language).await
    }

    /// Stops the person's draft.
    pub fn stop_draft(&self, asker: Asker) {
        self.drafts.stop(asker);
    }

    /// The names of the files that a draft may have.
    pub fn draft_file_names(&self) -> Vec<&'static str> {
        draft::file_names()
    }
}

/// Whose lines are meant, and the customer where it is one.
async fn whose(
    house: &House,
    scope: Scope,
    typed: &str,
) -> Result<Result<(Whose, Option<CustomerName>), BeginRefusal>, OperationError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Ok((Whose::Everybody, None)));
    }
    if typed.chars().count() > LONGEST_NAME {
        return Ok(Err(BeginRefusal::UnknownCustomer));
    }
    let mut found = house.store.scoped(scope).customers_called(typed).await?.into_iter();
    Ok(match (found.next(), found.next()) {
        (None, _) => Err(BeginRefusal::UnknownCustomer),
        (Some(_), Some(_)) => Err(BeginRefusal::SeveralCustomers),
        (Some(customer), None) => Ok((Whose::Customer(customer.reference.clone()), Some(customer))),
    })
}
