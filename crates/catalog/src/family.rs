//! Families: offers among which a line may move, and all that they have in common.

use crate::{
    Allowance, Among, AtEnd, Coverage, Guard, Ix, Network, Register, Tariff, Zone,
    allowance::check_slow,
    draft::Draft,
    fields::{Fields, Located},
    words::Words,
};
use serde::{Deserialize, Serialize};
use vocabulary::{Money, Quantity, UsageKind};

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// Calls, messages and data with a SIM.
    Mobile,
    /// Data only, with a SIM.
    Data,
    /// Machines, with a SIM.
    M2m,
    /// A fixed telephone line.
    Fixed,
    /// Access to the internet.
    Internet,
    /// Television.
    Tv,
}

impl Service {
    /// Every service and its word in files and tables.
    pub const WORDS: [(&'static str, Service); 6] = [
        ("mobile", Self::Mobile),
        ("data", Self::Data),
        ("m2m", Self::M2m),
        ("fixed", Self::Fixed),
        ("internet", Self::Internet),
        ("tv", Self::Tv),
    ];

    /// Its word in files and tables.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, service)| *service == self).map_or("", |(word, _)| word)
    }
}

/// When a subscription is billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Billing {
    /// Before its month.
    Advance,
    /// After its month.
    Arrears,
}

/// Offers among which a line may move.
#[derive(Clone, Debug)]
pub struct Family {
    /// What people call it.
    pub name: Words,
    /// What its lines are for.
    pub service: Service,
    /// What prices usage beyond what is included; `None`: nothing is charged.
    pub tariff: Option<Ix<Tariff>>,
    /// May a line be capped or uncapped (MOB-07)?
    pub cap_choice: bool,
    /// When its subscriptions are billed.
    pub billing: Billing,
    /// The least that a line costs a month (MOB-05).
    pub monthly_minimum: Option<Money>,
    /// Ids of the families to which a line may move, besides its own.
    pub switch_to: Vec<String>,
    /// What its offers include.
    pub allowances: Vec<Allowance>,
    /// What happens when an allowance is used up; the first that matches.
    pub at_end: Vec<AtEndRule>,
    /// Too many in a short time.
    pub bursts: Vec<Burst>,
    /// Usage that is forbidden to its lines until an option opens it (MOB-40, MOB-54).
    pub blocks: Vec<Ix<Coverage>>,
    /// What a call may cost at most (RAT-16).
    pub guard: Option<Guard>,
}

/// What happens at the end of an allowance, where.
#[derive(Clone, Debug)]
pub struct AtEndRule {
    /// For these kinds of usage.
    pub kinds: Vec<UsageKind>,
    /// On these networks.
    pub networks: Among<Network>,
    /// In these zones.
    pub from: Among<Zone>,
    /// On a capped line.
    pub capped: AtEnd,
    /// On an uncapped line, and where the family gives no choice.
    pub uncapped: AtEnd,
}

/// A suspension of sending after too many messages in a short time (MOB-22).
#[derive(Clone, Debug)]
pub struct Burst {
    /// Of these kinds.
    pub kinds: Vec<UsageKind>,
    /// On these networks.
    pub networks: Among<Network>,
    /// So many are still allowed.
    pub most: u32,
    /// Within so many seconds.
    pub within_s: i64,
    /// Sending is suspended for so many seconds.
    pub suspend_s: i64,
}

impl Family {
    pub(crate) fn read(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Family {
        let tariff = fields.optional("tariff");
        let tariff = tariff.and_then(|t| draft.version.tariffs.names.resolve(&t.text, &t.place, "tariff", draft.log));
        Family {
            name: fields.words("name"),
            service: fields.choice("service", &Service::WORDS, false),
            tariff,
            cap_choice: fields.boolean("cap_choice", false),
            billing: fields.choice("billing", &[("advance", Billing::Advance), ("arrears", Billing::Arrears)], true),
            monthly_minimum: fields.money("monthly_minimum"),
            switch_to: fields.list("switch_to").into_iter().map(|family| family.text).collect(),
            allowances: Allowance::read_all(fields, draft),
            at_end: fields.tables("at_end").into_iter().map(|part| read_at_end(part, draft)).collect(),
            bursts: fields.tables("burst").into_iter().map(|part| read_burst(part, draft)).collect(),
            blocks: fields.coverages("blocks", draft),
            guard: fields.tables("guard").into_iter().next().map(Guard::read),
        }
    }

    /// Names of families that stand in `switch_to` and are none; a family to which no offer belongs.
    pub(crate) fn check_all(families: &Register<Family>, places: &[(String, Located)], draft: &Draft<'_>) {
        for (family, place) in places {
            if families.find(&place.text).is_none() {
                let reason = format!("`{}`, to which family `{family}` may switch, is no family", place.text);
                draft.log.add(&place.place, "switch_to", reason);
            }
        }
    }

    /// The allowance of that id.
    pub fn allowance(&self, id: &str) -> Option<&Allowance> {
        self.allowances.iter().find(|allowance| allowance.id == id)
    }

    /// What happens when an allowance of this family is used up: stop where no rule speaks of it and the line is capped, else charge.
    pub fn at_end(&self, kind: UsageKind, network: Ix<Network>, from: Ix<Zone>, capped: Capping) -> AtEnd {
        let matching = |rule: &&AtEndRule| rule.kinds.contains(&kind) && rule.networks.holds(network) && rule.from.holds(from);
        match (self.at_end.iter().find(matching), capped) {
            (Some(rule), Capping::Capped) => rule.capped,
            (Some(rule), Capping::Uncapped) => rule.uncapped,
            (None, Capping::Capped) => AtEnd::Stop,
            (None, Capping::Uncapped) => AtEnd::Charge,
        }
    }
}

/// Does a line stop at its allowance (MOB-07)?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Capping {
    /// It stops.
    Capped,
    /// It goes on.
    Uncapped,
}

fn read_at_end(mut fields: Fields<'_, '_>, draft: &Draft<'_>) -> AtEndRule {
    let rule = AtEndRule {
        kinds: fields.kinds("kinds"),
        networks: draft.version.networks.resolve_all(&fields.list("networks"), "networks", draft.log),
        from: draft.version.zones.all.resolve_all(&fields.list("from"), "from", draft.log),
        capped: fields.choice("capped", &AtEnd::WORDS, true),
        uncapped: fields.choice("uncapped", &AtEnd::WORDS, true),
    };
    for (field, end) in [("capped", rule.capped), ("uncapped", rule.uncapped)] {
        if end == AtEnd::Slow {
            check_slow(&fields, field, &rule.kinds);
        }
    }
    fields.finish();
    rule
}

fn read_burst(mut fields: Fields<'_, '_>, draft: &Draft<'_>) -> Burst {
    let mut seconds = |field| fields.quantity(field, UsageKind::Voice).map_or(0, Quantity::units);
    let (within_s, suspend_s) = (seconds("within"), seconds("suspend"));
    let burst = Burst {
        kinds: fields.kinds("kinds"),
        networks: draft.version.networks.resolve_all(&fields.list("networks"), "networks", draft.log),
        most: fields.integer("most", 1..=100_000).and_then(|n| u32::try_from(n).ok()).unwrap_or(1),
        within_s,
        suspend_s,
    };
    fields.finish();
    burst
}
