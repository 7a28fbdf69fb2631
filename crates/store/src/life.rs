//! Lines with all that one decision may change together, as the room `lines` has them. Saving them is `life_save`'s.

use crate::{Row, Scoped, StoreError, Value, line_terms::list};
use catalog::{Capping, Catalog, OptionPrice, Version, Work};
use compact_str::CompactString;
use lines::{
    HeldOption, Life, Line, LineState, Number, NumberState, Porting, PortingDirection, ScheduledChange, Service, Sim, SimKind,
    SimState, WorkOrder,
};
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use vocabulary::{
    CustomerId, E164, Iccid, LineId, Money, OperatorId, PortingId, ResellerId, ScheduledChangeId, SimId, Timestamp, WorkOrderId,
};

/// A line with what is its own, and what tells on saving that somebody was faster.
#[derive(Clone, Debug)]
pub struct KeptLife {
    /// Itself.
    pub life: Life,
    /// Whose.
    pub operator: OperatorId,
    /// Through whom.
    pub reseller: Option<ResellerId>,
    /// What it is for, by the catalogue's word.
    pub service: String,
    /// By what networks know its SIM and the next one, where the makers' batches told it.
    pub imsi: [Option<String>; 2],
    /// Who uses it; empty for nobody.
    pub user: String,
    /// Where its messages go besides, and the number that is called about it.
    pub contact: (String, String),
    /// Is it suspended because of what its account owes, until that is paid (BIL-09)?
    pub is_unpaid: bool,
    pub(crate) version: i64,
    pub(crate) sims: Vec<(SimId, i64)>,
    pub(crate) number: Option<i64>,
    pub(crate) due: Option<Timestamp>,
    pub(crate) bought: Timestamp,
    pub(crate) started: Option<Timestamp>,
    /// What proves that a number may be brought along, of a line that is about to be written.
    pub(crate) proof: String,
}

/// A SIM of the inventory as an order or a swap takes it.
#[derive(Clone, Debug)]
pub struct KeptCard {
    /// Itself.
    pub sim: Sim,
    pub(crate) version: i64,
}

/// A number of the inventory as an order takes it.
#[derive(Clone, Debug)]
pub struct KeptNumber {
    /// Itself.
    pub number: Number,
    pub(crate) version: i64,
}

impl KeptLife {
    /// When its offer was bought: it begins with the prices of that hour.
    pub const fn bought(&self) -> Timestamp {
        self.bought
    }

    /// Lays the SIM that is to take the place of the line's beside it.
    pub fn lay_beside(&mut self, card: KeptCard) {
        self.sims.push((card.sim.id, card.version));
        self.life.next_sim = Some(card.sim);
    }
}

/// What of a line is asked for.
#[derive(Clone, Copy, Debug)]
pub enum LivesAsked<'a> {
    /// These lines, each with the work order that is underway.
    Lines(&'a [LineId]),
    /// The lines of these work orders, each with the one that is named.
    Works(&'a [WorkOrderId]),
}

impl LivesAsked<'_> {
    /// How many there are at most.
    pub const fn len(self) -> usize {
        match self {
            Self::Lines(ids) => ids.len(),
            Self::Works(ids) => ids.len(),
        }
    }

    /// Is nothing asked for?
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

const SIM: [&str; 2] = ["s", "n"];

impl Scoped {
    /// Lines with all that is their own; those outside the scope are left out.
    ///
    /// # Errors
    /// When the database fails, or holds what no line can be.
    pub async fn lives(&self, asked: LivesAsked<'_>, catalog: &Catalog) -> Result<Vec<KeptLife>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let wanted = self.store.listed(2);
        // `CROSS JOIN` is SQLite's word for: in this order. Left to itself it may go through all lines of the scope.
        let (from, which, ids) = match asked {
            LivesAsked::Lines(ids) => (
                "CROSS JOIN line l LEFT JOIN work_order w ON w.id = l.underway",
                "l.id = CAST(wanted.value AS BIGINT)",
                list(ids.iter().map(|id| id.0)),
            ),
            LivesAsked::Works(ids) => (
                "CROSS JOIN work_order w CROSS JOIN line l",
                "w.id = CAST(wanted.value AS BIGINT) AND l.id = w.line_id",
                list(ids.iter().map(|id| id.0)),
            ),
        };
        let sims = SIM.map(|s| {
            format!(
                "{s}.id AS {s}_id, {s}.iccid AS {s}_iccid, {s}.imsi AS {s}_imsi, {s}.kind AS {s}_kind, {s}.network AS {s}_network, {s}.state AS {s}_state, \
                 {s}.customer_id AS {s}_customer, {s}.line_id AS {s}_line, {s}.ended AS {s}_ended, {s}.version AS {s}_version"
            )
        });
        let sql = format!(
            "SELECT l.id, l.operator_id, l.reseller_id, l.customer_id, l.network, l.offer, l.bought, l.capped, l.monthly, l.progress, \
             l.number, l.underway, l.version, l.due, l.started, l.service, l.user_name, l.contact_email, l.contact_number, u.wants AS unpaid, {}, \
             i.state AS i_state, i.line_id AS i_line, i.rest_until AS i_rest_until, i.ended AS i_ended, i.version AS i_version, \
             w.id AS w_id, w.network AS w_network, w.work AS w_work, w.action AS w_action, w.progress AS w_progress, \
             p.id AS p_id, p.number AS p_number, p.direction AS p_direction, p.progress AS p_progress \
             FROM {wanted} AS wanted {from} LEFT JOIN sim s ON s.id = l.sim_id \
             LEFT JOIN sim n ON n.line_id = l.id AND n.state = 'reserved' AND n.id <> l.sim_id \
             LEFT JOIN inventory_number i ON i.operator_id = l.operator_id AND i.number = l.number \
             LEFT JOIN porting p ON p.id = l.porting_id \
             LEFT JOIN line_unpaid u ON u.line_id = l.id AND u.wants = 'suspended' WHERE {which} AND {within}",
            sims.join(", ")
        );
        let rows = self.store.rows("load the life of lines", &sql, vec![scope, ids]).await?;
        let mut lives: Vec<KeptLife> = rows.iter().map(|row| read_life(row, catalog)).collect::<Result<_, _>>()?;
        self.add_holdings(&mut lives, catalog).await?;
        Ok(lives)
    }

    /// Options, cut-offs and what is planned, of all of them in one answer.
    async fn add_holdings(&self, lives: &mut [KeptLife], catalog: &Catalog) -> Result<(), StoreError> {
        if lives.is_empty() {
            return Ok(());
        }
        let wanted = self.store.listed(1);
        let sql = format!(
            "WITH asked AS (SELECT CAST(wanted.value AS BIGINT) AS id FROM {wanted} AS wanted) \
             SELECT h.line_id, 'option' AS held, h.option AS name, '' AS progress, h.since AS number, h.monthly, h.until \
             FROM asked CROSS JOIN line_option h WHERE h.line_id = asked.id \
             UNION ALL SELECT h.line_id, 'cutoff', h.cutoff, '', h.value, NULL, NULL \
             FROM asked CROSS JOIN line_cutoff h WHERE h.line_id = asked.id \
             UNION ALL SELECT h.line_id, h.state, h.change, h.progress, h.id, h.due, NULL \
             FROM asked CROSS JOIN scheduled_change h WHERE h.line_id = asked.id AND h.state IN ('planned', 'begun') \
             ORDER BY line_id, held, number, name"
        );
        let at: HashMap<LineId, usize> = lives.iter().enumerate().map(|(at, kept)| (kept.life.line.id, at)).collect();
        let ids = list(lives.iter().map(|kept| kept.life.line.id.0));
        for row in self.store.rows("load what lines hold", &sql, vec![ids]).await? {
            if let Some(kept) = at.get(&LineId(row.get("line_id")?)).and_then(|at| lives.get_mut(*at)) {
                add_holding(&row, &mut kept.life, catalog)?;
            }
        }
        Ok(())
    }

    /// SIMs as an order or a swap takes them, by id; those outside the scope are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cards(&self, ids: &[SimId]) -> Result<Vec<KeptCard>, StoreError> {
        let (within, scope) = self.scope.on_sims();
        let sql = format!(
            "SELECT {CARD} FROM {} AS wanted CROSS JOIN sim s WHERE s.id = CAST(wanted.value AS BIGINT) AND {within}",
            self.store.listed(2)
        );
        let rows = self.store.rows("load SIMs", &sql, vec![scope, list(ids.iter().map(|id| id.0))]).await?;
        rows.iter().map(read_card).collect()
    }

    /// The SIMs of these serial numbers, those in the stock of others than a customer's reseller left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cards_named(&self, customer: CustomerId, iccids: &[Iccid]) -> Result<Vec<KeptCard>, StoreError> {
        let (within, scope) = self.scope.on_sims();
        let sql = format!(
            "SELECT {CARD} FROM {} AS wanted CROSS JOIN sim s WHERE s.iccid = wanted.value AND {within} AND s.operator_id = $3 \
             AND s.delivery_id IS NULL AND (s.state <> 'free' OR s.reseller_id IS NULL OR s.reseller_id = (SELECT c.reseller_id FROM customer c WHERE c.id = $4))",
            self.store.listed(2)
        );
        let values = vec![scope, list(iccids), self.scope.operator.0.into(), customer.0.into()];
        self.store.rows("find SIMs by their numbers", &sql, values).await?.iter().map(read_card).collect()
    }

    /// SIMs of a network and kind that an order for a customer may take, those given to the customer first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cards_for(
        &self,
        customer: CustomerId,
        (network, kind): (&str, &str),
        most: usize,
    ) -> Result<Vec<KeptCard>, StoreError> {
        let (within, scope) = self.scope.on_sims();
        let sql = format!(
            "SELECT {CARD} FROM sim s WHERE {within} AND s.network = $2 AND s.kind = $3 AND s.delivery_id IS NULL AND (s.state = 'given' AND s.customer_id = $4 \
             OR s.state = 'free' AND (s.reseller_id IS NULL OR s.reseller_id = (SELECT c.reseller_id FROM customer c WHERE c.id = $4))) \
             ORDER BY CASE s.state WHEN 'given' THEN 0 ELSE 1 END, CASE WHEN s.reseller_id IS NULL THEN 1 ELSE 0 END, s.iccid LIMIT {most}"
        );
        let values: Vec<Value> = vec![scope, network.into(), kind.into(), customer.0.into()];
        self.store.rows("find SIMs for an order", &sql, values).await?.iter().map(read_card).collect()
    }
}

const CARD: &str = "s.id AS s_id, s.iccid AS s_iccid, s.kind AS s_kind, s.network AS s_network, s.state AS s_state, \
    s.customer_id AS s_customer, s.line_id AS s_line, s.ended AS s_ended, s.version AS s_version";
const CARD_COLUMNS: CardColumns = CardColumns {
    id: "s_id",
    iccid: "s_iccid",
    kind: "s_kind",
    network: "s_network",
    state: "s_state",
    customer: "s_customer",
    line: "s_line",
    ended: "s_ended",
    version: "s_version",
};
const NEXT_COLUMNS: CardColumns = CardColumns {
    id: "n_id",
    iccid: "n_iccid",
    kind: "n_kind",
    network: "n_network",
    state: "n_state",
    customer: "n_customer",
    line: "n_line",
    ended: "n_ended",
    version: "n_version",
};

struct CardColumns {
    id: &'static str,
    iccid: &'static str,
    kind: &'static str,
    network: &'static str,
    state: &'static str,
    customer: &'static str,
    line: &'static str,
    ended: &'static str,
    version: &'static str,
}

fn read_life(row: &Row, catalog: &Catalog) -> Result<KeptLife, StoreError> {
    let id = LineId(row.get("id")?);
    let (sim, next_sim) = (maybe_card(row, &CARD_COLUMNS)?, maybe_card(row, &NEXT_COLUMNS)?);
    let sims = [&sim, &next_sim].into_iter().flatten().map(|card| (card.sim.id, card.version)).collect();
    let porting = read_porting(row, id)?;
    let text: String = row.get("number")?;
    let number = if text.starts_with('+') { Some(parse::<E164>("number", &text)?) } else { None };
    let kept_number = match (number, row.get::<Option<String>>("i_state")?) {
        (Some(number), Some(state)) => Some(read_number(row, (number, &state), porting.as_ref())?),
        _ => None,
    };
    let (bought, network): (Timestamp, String) = (row.instant("bought")?, row.get("network")?);
    let offer: String = row.get("offer")?;
    let monthly: Option<i64> = row.get("monthly")?;
    let service = Service {
        monthly: kept_price(catalog, monthly).unwrap_or_else(|| offer_price(catalog, (&offer, &network), bought)),
        offer: offer.into(),
        capping: if row.get::<i16>("capped")? == 1 { Capping::Capped } else { Capping::Uncapped },
        options: Vec::new(),
        cutoffs: Vec::new(),
    };
    let line = Line {
        id,
        customer: CustomerId(row.get("customer_id")?),
        network: network.into(),
        state: json::<LineState>(row, "progress")?,
        service,
        sim: sim.as_ref().map(|card| card.sim.id),
        number,
        underway: row.get::<Option<i64>>("underway")?.map(WorkOrderId),
    };
    let life = Life {
        line,
        sim: sim.map(|card| card.sim),
        next_sim: next_sim.map(|card| card.sim),
        number: kept_number.as_ref().map(|kept| kept.number.clone()),
        work: read_work(row, id)?,
        scheduled: Vec::new(),
        porting,
    };
    Ok(KeptLife {
        life,
        operator: OperatorId(row.get("operator_id")?),
        reseller: row.get::<Option<i64>>("reseller_id")?.map(ResellerId),
        service: row.get("service")?,
        imsi: [row.get("s_imsi")?, row.get("n_imsi")?],
        user: row.get("user_name")?,
        contact: (row.get("contact_email")?, row.get("contact_number")?),
        is_unpaid: row.get::<Option<String>>("unpaid")?.is_some(),
        version: row.get("version")?,
        sims,
        number: kept_number.map(|kept| kept.version),
        due: row.get::<Option<i64>>("due")?.map(Timestamp::from_micros),
        bought,
        started: row.get::<Option<i64>>("started")?.map(Timestamp::from_micros),
        proof: String::new(),
    })
}

/// The price that was kept when something was bought. It is the operator's: at a reseller's prices the catalogue says what it costs.
fn kept_price(catalog: &Catalog, kept: Option<i64>) -> Option<Money> {
    kept.filter(|_| !catalog.is_retail()).map(Money::from_micros)
}

/// What an offer cost a month when it was bought; nothing where the catalogue has forgotten it.
fn offer_price(catalog: &Catalog, (offer, network): (&str, &str), bought: Timestamp) -> Money {
    let price = |version: &Version| {
        let (offer, network) = version.offers.find(offer).zip(version.networks.find(network))?;
        version.offers.get(offer).price(network)
    };
    price(catalog.version_at(bought)).or_else(|| catalog.versions().iter().rev().find_map(price)).unwrap_or(Money::ZERO)
}

fn option_price(catalog: &Catalog, option: &str, since: Timestamp) -> Money {
    let price = |version: &Version| version.options.find(option).map(|ix| version.options.get(ix).price);
    match price(catalog.version_at(since)).or_else(|| catalog.versions().iter().rev().find_map(price)) {
        Some(OptionPrice::Monthly(price)) => price,
        Some(OptionPrice::Once(_)) | None => Money::ZERO,
    }
}

fn maybe_card(row: &Row, columns: &CardColumns) -> Result<Option<KeptCard>, StoreError> {
    if row.get::<Option<i64>>(columns.id)?.is_none() {
        return Ok(None);
    }
    card(row, columns).map(Some)
}

fn read_card(row: &Row) -> Result<KeptCard, StoreError> {
    card(row, &CARD_COLUMNS)
}

fn card(row: &Row, columns: &CardColumns) -> Result<KeptCard, StoreError> {
    let given = row.get::<Option<i64>>(columns.customer)?.map(CustomerId);
    let line = row.get::<Option<i64>>(columns.line)?.map(LineId);
    let word: String = row.get(columns.state)?;
    let state = match (word.as_str(), given, line) {
        ("given", Some(customer), _) => SimState::Given { customer },
        ("reserved", _, Some(line)) => SimState::Reserved { line, given },
        ("in_use", _, Some(line)) => SimState::InUse { line, given },
        ("ended", ..) => SimState::Ended { at: Timestamp::from_micros(row.get::<Option<i64>>(columns.ended)?.unwrap_or(0)) },
        ("free", ..) => SimState::Free,
        _ => return Err(StoreError::Corrupt { column: "sim.state", value: word }),
    };
    let (iccid, kind, network): (String, String, String) =
        (row.get(columns.iccid)?, row.get(columns.kind)?, row.get(columns.network)?);
    let sim = Sim {
        id: SimId(row.get(columns.id)?),
        iccid: parse("sim.iccid", &iccid)?,
        kind: plain::<SimKind>("sim.kind", kind)?,
        network: network.into(),
        state,
    };
    Ok(KeptCard { sim, version: row.get(columns.version)? })
}

fn read_number(row: &Row, (number, word): (E164, &str), porting: Option<&Porting>) -> Result<KeptNumber, StoreError> {
    let line = row.get::<Option<i64>>("i_line")?.map(LineId);
    let corrupt = || StoreError::Corrupt { column: "inventory_number.state", value: word.to_owned() };
    let (rest, ended): (Option<i64>, Option<i64>) = (row.get("i_rest_until")?, row.get("i_ended")?);
    let state = number_state(word, line, (rest, ended), porting.map(|porting| porting.id)).ok_or_else(corrupt)?;
    Ok(KeptNumber { number: Number { number, state }, version: row.get("i_version")? })
}

/// A number's state of its columns; `None` for a word that is none, or that lacks what belongs to it.
pub(crate) fn number_state(
    word: &str,
    line: Option<LineId>,
    (rest_until, ended): (Option<i64>, Option<i64>),
    porting: Option<PortingId>,
) -> Option<NumberState> {
    // A number that is ported for a line whose porting is not laid beside it is not that line's to move.
    let porting = porting.unwrap_or(PortingId(0));
    Some(match word {
        "free" => NumberState::Free,
        "reserved" => NumberState::Reserved { line: line? },
        "in_use" => NumberState::InUse { line: line? },
        "porting_in" => NumberState::PortingIn { line: line?, porting },
        "porting_out" => NumberState::PortingOut { line: line?, porting },
        "quarantined" => NumberState::Quarantined { until: Timestamp::from_micros(rest_until?) },
        "gone" => NumberState::Gone { at: Timestamp::from_micros(ended.unwrap_or(0)) },
        _ => return None,
    })
}

fn read_work(row: &Row, line: LineId) -> Result<Option<WorkOrder>, StoreError> {
    let Some(id) = row.get::<Option<i64>>("w_id")? else { return Ok(None) };
    let (network, word): (String, String) = (row.get("w_network")?, row.get("w_work")?);
    let work = Work::WORDS.iter().find(|(known, _)| *known == word).map(|(_, work)| *work);
    Ok(Some(WorkOrder {
        id: WorkOrderId(id),
        line,
        network: network.into(),
        action: json(row, "w_action")?,
        work: work.ok_or(StoreError::Corrupt { column: "work_order.work", value: word })?,
        state: json(row, "w_progress")?,
    }))
}

fn read_porting(row: &Row, line: LineId) -> Result<Option<Porting>, StoreError> {
    let Some(id) = row.get::<Option<i64>>("p_id")? else { return Ok(None) };
    let (number, direction): (String, String) = (row.get("p_number")?, row.get("p_direction")?);
    Ok(Some(Porting {
        id: PortingId(id),
        line,
        number: parse("porting.number", &number)?,
        direction: if direction == "out" { PortingDirection::Out } else { PortingDirection::In },
        state: json(row, "p_progress")?,
    }))
}

fn add_holding(row: &Row, life: &mut Life, catalog: &Catalog) -> Result<(), StoreError> {
    let (held, name): (String, String) = (row.get("held")?, row.get("name")?);
    let (number, monthly): (i64, Option<i64>) = (row.get("number")?, row.get("monthly")?);
    match held.as_str() {
        // One whose end is known is history, and nobody's to change any more.
        "option" if row.get::<Option<i64>>("until")?.is_some() => {}
        "option" => {
            let from = Timestamp::from_micros(number);
            let monthly = kept_price(catalog, monthly).unwrap_or_else(|| option_price(catalog, &name, from));
            life.line.service.options.push(HeldOption { option: name.into(), monthly, from });
        }
        "cutoff" => life.line.service.cutoffs.push((CompactString::from(name), number)),
        _ => life.scheduled.push(ScheduledChange {
            id: ScheduledChangeId(number),
            line: life.line.id,
            change: text_json("scheduled_change.change", &name)?,
            due: Timestamp::from_micros(monthly.unwrap_or(0)),
            state: json(row, "progress")?,
        }),
    }
    Ok(())
}

fn json<T: DeserializeOwned>(row: &Row, column: &'static str) -> Result<T, StoreError> {
    let text: Option<String> = row.get(column)?;
    text_json(column, text.as_deref().unwrap_or("null"))
}

pub(crate) fn text_json<T: DeserializeOwned>(column: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt { column, value: text.to_owned() })
}

fn plain<T: DeserializeOwned>(column: &'static str, word: String) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(word.clone())).map_err(|_| StoreError::Corrupt { column, value: word })
}

fn parse<T: std::str::FromStr>(column: &'static str, text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt { column, value: text.to_owned() })
}
