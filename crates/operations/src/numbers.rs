//! The telephone numbers of the inventory as somebody sees them (RES-07): the list, found by how a number begins or ends, by state, network, kind
//! and holder. Giving and taking back is `number_transfer`'s, taking in `number_intake`'s.

use crate::{
    Actor, House, OperationError,
    permission::{Permission, Role},
    sims::networks,
};
use catalog::Catalog;
pub use catalog::Service;
use lines::NumberState;
pub use store::NumberPlace;
use store::{HeldNumber, NumberQuery, NumberStanding};
use vocabulary::{CustomerId, E164, LineId, NumberId, NumberingPlan, Party, ResellerId, Timestamp};

/// Nothing is counted further: who has more looks for something.
pub const MOST_COUNTED: u32 = 10_000;

/// The services that have numbers, in the order of lists.
pub const KINDS: [Service; 4] = [Service::Mobile, Service::Data, Service::M2m, Service::Fixed];

/// Where a number is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberStage {
    /// Nobody has it.
    Free,
    /// A customer has it, and no line yet.
    Given,
    /// An order has it.
    Reserved,
    /// A line has it.
    InUse,
    /// It comes from another operator.
    PortingIn,
    /// It leaves with its line.
    PortingOut,
    /// Its line ended a short time ago.
    Resting,
    /// Over, for ever, or with another operator.
    Gone,
}

impl NumberStage {
    /// Every stage and its word in addresses, in the order of a life.
    pub const WORDS: [(&'static str, NumberStage); 8] = [
        ("free", Self::Free),
        ("given", Self::Given),
        ("reserved", Self::Reserved),
        ("in_use", Self::InUse),
        ("porting_in", Self::PortingIn),
        ("porting_out", Self::PortingOut),
        ("quarantined", Self::Resting),
        ("gone", Self::Gone),
    ];

    /// Its word in addresses.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, stage)| *stage == self).map_or("", |(word, _)| word)
    }

    fn standing(self) -> NumberStanding {
        match self {
            Self::Free => NumberStanding::Free,
            Self::Given => NumberStanding::Given,
            _ => NumberStanding::State(self.as_str()),
        }
    }

    const fn of(state: NumberState, is_given: Given) -> Self {
        match (state, is_given) {
            (NumberState::Free, Given::ToNobody) => Self::Free,
            (NumberState::Free, Given::ToSomebody) => Self::Given,
            (NumberState::Reserved { .. }, _) => Self::Reserved,
            (NumberState::InUse { .. }, _) => Self::InUse,
            (NumberState::PortingIn { .. }, _) => Self::PortingIn,
            (NumberState::PortingOut { .. }, _) => Self::PortingOut,
            (NumberState::Quarantined { .. }, _) => Self::Resting,
            (NumberState::Gone { .. }, _) => Self::Gone,
        }
    }
}

#[derive(Clone, Copy)]
enum Given {
    ToNobody,
    ToSomebody,
}

/// A number as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldByWhom {
    /// Itself.
    pub id: NumberId,
    /// The number.
    pub number: E164,
    /// Where it is in its life.
    pub stage: NumberStage,
    /// Until when it rests, or since when it is gone.
    pub instant: Option<Timestamp>,
    /// The network for which it is, as the catalogue names it; `None` for any.
    pub network: Option<String>,
    /// The service for which it is; `None` for any.
    pub kind: Option<Service>,
    /// In whose stock it is; `None` for the operator's own.
    pub reseller: Option<(ResellerId, String)>,
    /// Who has it.
    pub customer: Option<(CustomerId, String)>,
    /// The line that has it, or had it last.
    pub line: Option<(LineId, Party)>,
}

/// What of the numbers is asked for. An empty text filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumbersAsked {
    /// A number, or how it begins, in any writing.
    pub number: String,
    /// The digits with which it ends.
    pub ends: String,
    /// Where they are in their lives.
    pub stage: Option<NumberStage>,
    /// The network, by its id.
    pub network: String,
    /// The service.
    pub kind: Option<Service>,
    /// Part of the name of who has them.
    pub holder: String,
    /// From where on.
    pub place: Option<NumberPlace>,
    /// Rows on a page.
    pub rows: u32,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct NumberList {
    /// The numbers of the page, in ascending order.
    pub rows: Vec<HeldByWhom>,
    /// Are there any before, and after?
    pub has_more: (bool, bool),
    /// How many are asked for in all, counted to [`MOST_COUNTED`] and one more.
    pub total: i64,
    /// How many of all that the reader sees are in each stage, counted like the total; those without any are left out.
    pub stages: Vec<(NumberStage, i64)>,
    /// The networks, by id and name.
    pub networks: Vec<(String, String)>,
}

/// A page of the numbers that somebody sees; `None` for who may not.
///
/// # Errors
/// When the database fails.
pub async fn list(house: &House, actor: &Actor, asked: &NumbersAsked) -> Result<Option<NumberList>, OperationError> {
    if !actor.may(Permission::SeeSims) {
        return Ok(None);
    }
    let catalog = house.catalog(actor.scope.operator).await?;
    let scoped = house.store.reading(actor.scope).await?;
    let query = query(&catalog.world.plan, asked);
    let rows = asked.rows.max(1);
    let mut found = scoped.numbers(&query, rows + 1).await?;
    let is_longer = found.len() > rows as usize;
    let has_more = match asked.place {
        Some(NumberPlace::Before(_)) => (is_longer, true),
        Some(NumberPlace::After(_)) => (true, is_longer),
        None => (false, is_longer),
    };
    if is_longer && matches!(asked.place, Some(NumberPlace::Before(_))) {
        found.remove(0);
    }
    found.truncate(rows as usize);
    let total = scoped.count_numbers(&NumberQuery { place: None, ..query }, MOST_COUNTED + 1).await?;
    let mut stages = Vec::new();
    for (_, stage) in NumberStage::WORDS {
        let of_stage = NumberQuery { standing: Some(stage.standing()), ..NumberQuery::default() };
        let count = scoped.count_numbers(&of_stage, MOST_COUNTED + 1).await?;
        if count > 0 {
            stages.push((stage, count));
        }
    }
    let now = house.clock.now();
    let rows = found.into_iter().map(|held| held_by_whom(actor, (&catalog, now), held)).collect();
    Ok(Some(NumberList { rows, has_more, total, stages, networks: networks(&catalog, now) }))
}

fn query(plan: &NumberingPlan, asked: &NumbersAsked) -> NumberQuery {
    NumberQuery {
        begins: beginning(plan, &asked.number),
        ends: asked.ends.chars().filter(char::is_ascii_digit).collect(),
        standing: asked.stage.map(NumberStage::standing),
        network: asked.network.clone(),
        kind: asked.kind.map_or("", Service::as_str).to_owned(),
        holder: asked.holder.clone(),
        place: asked.place,
    }
}

/// The digits with which a number begins that somebody began to write, calling code first. Text without a digit begins no number.
fn beginning(plan: &NumberingPlan, typed: &str) -> String {
    if let Party::Number(number) = plan.read(typed) {
        return number.digits().to_string();
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return typed.trim().to_owned();
    }
    let abroad = if typed.trim().starts_with('+') {
        Some(digits.as_str())
    } else {
        digits.strip_prefix(plan.international_prefix.as_str())
    };
    if let Some(abroad) = abroad {
        return abroad.to_owned();
    }
    let national = digits.strip_prefix(plan.trunk_prefix.as_str()).unwrap_or(&digits);
    format!("{}{national}", plan.calling_code)
}

/// The services and their words, as far as they have numbers.
pub(crate) fn kind_of(word: &str) -> Option<Service> {
    KINDS.into_iter().find(|kind| kind.as_str() == word)
}

fn held_by_whom(actor: &Actor, (catalog, now): (&Catalog, Timestamp), held: HeldNumber) -> HeldByWhom {
    let networks = &catalog.version_at(now).networks;
    let named = |id: String| networks.find(&id).map_or(id, |ix| networks.get(ix).name.clone());
    let of_customer = matches!(actor.role, Role::Subscriber | Role::Member | Role::FleetManager);
    let is_given = if held.customer.is_some() { Given::ToSomebody } else { Given::ToNobody };
    HeldByWhom {
        id: held.id,
        number: held.kept.number.number,
        stage: NumberStage::of(held.kept.number.state, is_given),
        instant: held.instant(),
        network: held.network.map(named),
        kind: held.kind.as_deref().and_then(kind_of),
        reseller: held.reseller.filter(|_| !of_customer),
        customer: held.customer,
        line: held.line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RES-07: a number is found however its beginning is written, nationally or not.
    #[test]
    fn a_beginning_is_read_in_any_writing() {
        let plan = NumberingPlan {
            calling_code: 33,
            trunk_prefix: "0".into(),
            international_prefix: "00".into(),
            national_digits: vec![9, 13],
        };
        for (typed, begins) in [
            ("06 39 98 00 11", "33639980011"),
            ("06 39", "33639"),
            ("+33 6 39", "33639"),
            ("0033639", "33639"),
            ("639", "33639"),
            ("", ""),
            ("abc", "abc"),
        ] {
            assert_eq!(beginning(&plan, typed), begins, "{typed}");
        }
    }
}
