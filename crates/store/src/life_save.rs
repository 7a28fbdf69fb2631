//! Saves lines with all that changed with them: what a decision made of many lines is written by a statement a table, not a line.
//!
//! The bundle is kept whole or not at all. Each line, SIM and number is written where it is still what it was when it was loaded; whoever
//! finds that one is not drops the transaction and decides anew.

use crate::{KeptLife, Scope, StoreError, Value, line_terms::list, store::Transaction};
use billing::Item;
use catalog::{Capping, Work};
use lines::{Fee, FeeCause, Life, LineState, NumberState, PortingDirection, ScheduledChange, ScheduledState, Sim, SimState};
use serde::Serialize;
use serde_json::{Value as Json, json};
use vocabulary::{OperatorId, Timestamp, WorkOrderId};

/// A line as it was loaded, and what a decision made of it.
#[derive(Clone, Debug)]
pub struct ChangedLife {
    /// As it was.
    pub before: KeptLife,
    /// As it is to be.
    pub life: Life,
    /// What its network is to be told, in order.
    pub letters: Vec<NewLetter>,
    /// What the line owes once for it.
    pub fees: Vec<Fee>,
}

/// Something that a network is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewLetter {
    /// Do this.
    Request(WorkOrderId),
    /// Forget that.
    Withdrawal(WorkOrderId),
}

/// When it is saved, and who asked for it, by name.
#[derive(Clone, Copy, Debug)]
pub struct SavedBy<'a> {
    /// When.
    pub now: Timestamp,
    /// Who.
    pub who: &'a str,
}

impl Transaction {
    /// Saves what became of lines; `false` when one of them, its SIM or its number is not what it was: the transaction has to be dropped then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_lives(&self, changed: &[ChangedLife], by: SavedBy<'_>) -> Result<bool, StoreError> {
        let rows = Rows::of(changed, by);
        // Sooner or later each points to the other: rows that are pointed to come first.
        self.write(WORKS, &rows.works).await?;
        self.write(SCHEDULED, &rows.scheduled).await?;
        // A SIM leaves its line before the next one is in use there: the database knows one a line, at any moment.
        let taken = [(SIMS, &rows.sims_left), (SIMS, &rows.sims), (NEW_NUMBERS, &rows.new_numbers), (NUMBERS, &rows.numbers)];
        for (statement, rows) in taken {
            if self.write(statement, rows).await? != rows.len() as u64 {
                return Ok(false);
            }
        }
        self.write(PORTINGS, &rows.portings).await?;
        if self.write(LINES, &rows.lines).await? != rows.lines.len() as u64 {
            return Ok(false);
        }
        let rest = [
            (PAST_PLANS, &rows.past_plans),
            (ENDED_OPTIONS, &rows.ended_options),
            (OPTIONS, &rows.options),
            (ENDED_CUTOFFS, &rows.ended_cutoffs),
            (CUTOFFS, &rows.cutoffs),
            (NUMBER_NAMES, &rows.number_names),
            (SIM_NAMES, &rows.sim_names),
            (FEES, &rows.fees),
            (LETTERS, &rows.letters),
            (PROFILES, &rows.profiles),
            (PROFILES_GONE, &rows.profiles_gone),
        ];
        for (statement, rows) in rest {
            self.write(statement, rows).await?;
        }
        Ok(true)
    }

    /// Runs a statement on rows that are objects, each under the name `r.v`; how many it touched.
    pub(crate) async fn write(&self, (doing, sql): (&'static str, &str), rows: &[Json]) -> Result<u64, StoreError> {
        if rows.is_empty() {
            return Ok(0);
        }
        let source = if self.is_postgres() {
            "json_array_elements(CAST($1 AS json)) AS r(v)"
        } else {
            "(SELECT value AS v FROM json_each($1)) AS r"
        };
        let rows: Value = list(rows);
        self.execute(doing, &columns(&sql.replace("{rows}", source)), vec![rows]).await
    }
}

/// Writes `{name}` as a text of the row and `{#name}` as a number of it.
fn columns(sql: &str) -> String {
    let mut text = String::with_capacity(sql.len() * 2);
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(before);
        match name.strip_prefix('#') {
            Some(name) => text.push_str(&format!("CAST(r.v ->> '{name}' AS BIGINT)")),
            None => text.push_str(&format!("r.v ->> '{name}'")),
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

type Written = (&'static str, &'static str);

const LINES: Written = (
    "save lines",
    "UPDATE line SET version = line.version + 1, state = n.state, progress = n.progress, offer = n.offer, bought = n.bought, \
     capped = n.capped, monthly = n.monthly, \
     number = CASE WHEN n.number = '' AND line.number NOT LIKE '+%' THEN line.number ELSE n.number END, sim_id = n.sim, \
     iccid = COALESCE((SELECT s.iccid FROM sim s WHERE s.id = n.sim), line.iccid), \
     started = n.started, ended = n.ended, underway = n.underway, porting_id = n.porting, due = n.due \
     FROM (SELECT {#id} AS id, {#version} AS version, {state} AS state, {progress} AS progress, {offer} AS offer, {#bought} AS bought, \
     CAST({#capped} AS SMALLINT) AS capped, {#monthly} AS monthly, {number} AS number, {#sim} AS sim, {#started} AS started, \
     {#ended} AS ended, {#underway} AS underway, {#porting} AS porting, {#due} AS due FROM {rows}) AS n \
     WHERE line.id = n.id AND line.version = n.version",
);
const WORKS: Written = (
    "save work orders",
    "INSERT INTO work_order (id, operator_id, line_id, network, work, action, state, progress, begun, changed) \
     SELECT {#id}, {#operator}, {#line}, {network}, {work}, {action}, {state}, {progress}, {#now}, {#now} FROM {rows} WHERE true \
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, progress = excluded.progress, changed = excluded.changed",
);
const SCHEDULED: Written = (
    "save planned changes",
    "INSERT INTO scheduled_change (id, operator_id, line_id, change, due, state, progress, asked, asked_by) \
     SELECT {#id}, {#operator}, {#line}, {change}, {#due}, {state}, {progress}, {#now}, {who} FROM {rows} WHERE true \
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, progress = excluded.progress",
);
const PORTINGS: Written = (
    "save portings",
    "INSERT INTO porting (id, operator_id, line_id, number, direction, state, progress, proof, asked) \
     SELECT {#id}, {#operator}, {#line}, {number}, {direction}, {state}, {progress}, {proof}, {#now} FROM {rows} WHERE true \
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, progress = excluded.progress",
);
/// A SIM that a line has is its customer's and its reseller's; one that is over stays whose it was.
const SIMS: Written = (
    "save SIMs of lines",
    "UPDATE sim SET version = sim.version + 1, state = n.state, ended = n.ended, \
     customer_id = CASE n.state WHEN 'ended' THEN sim.customer_id ELSE n.customer END, \
     line_id = CASE n.state WHEN 'ended' THEN sim.line_id ELSE n.line END, \
     reseller_id = CASE n.state WHEN 'in_use' THEN n.reseller ELSE sim.reseller_id END \
     FROM (SELECT {#id} AS id, {#version} AS version, {state} AS state, {#customer} AS customer, {#line} AS line, \
     {#reseller} AS reseller, {#ended} AS ended FROM {rows}) AS n WHERE sim.id = n.id AND sim.version = n.version",
);
const NUMBERS: Written = (
    "save numbers of lines",
    "UPDATE inventory_number SET version = inventory_number.version + 1, state = n.state, line_id = n.line, \
     customer_id = CASE n.state WHEN 'free' THEN inventory_number.given_to ELSE n.customer END, \
     reseller_id = CASE n.state WHEN 'in_use' THEN COALESCE(inventory_number.reseller_id, n.reseller) \
     ELSE inventory_number.reseller_id END, rest_until = n.rest_until, ended = n.ended \
     FROM (SELECT {#operator} AS operator, {number} AS number, {#version} AS version, {state} AS state, {#line} AS line, \
     {#customer} AS customer, {#reseller} AS reseller, {#rest_until} AS rest_until, {#ended} AS ended FROM {rows}) AS n \
     WHERE inventory_number.operator_id = n.operator AND inventory_number.number = n.number AND inventory_number.version = n.version",
);
/// A number that nobody knew comes from elsewhere or from the network; one that was ours once comes back.
const NEW_NUMBERS: Written = (
    "save numbers that come",
    "INSERT INTO inventory_number (operator_id, number, state, line_id, customer_id, reseller_id, rest_until, ended, network, kind) \
     SELECT {#operator}, {number}, {state}, {#line}, {#customer}, {#reseller}, {#rest_until}, {#ended}, l.network, l.service \
     FROM {rows} LEFT JOIN line l ON l.id = {#line} WHERE true \
     ON CONFLICT (operator_id, number) DO UPDATE SET state = excluded.state, line_id = excluded.line_id, network = excluded.network, \
     kind = excluded.kind, given_to = NULL, \
     customer_id = excluded.customer_id, reseller_id = excluded.reseller_id, rest_until = NULL, ended = NULL, \
     version = inventory_number.version + 1 WHERE inventory_number.state IN ('gone', 'free', 'quarantined')",
);
const PAST_PLANS: Written = (
    "keep plans that lines had",
    "INSERT INTO line_past_plan (line_id, until, offer, bought, capped, monthly) \
     SELECT {#line}, {#until}, {offer}, {#bought}, CAST({#capped} AS SMALLINT), {#monthly} FROM {rows} WHERE true \
     ON CONFLICT (line_id, until) DO NOTHING",
);
const ENDED_OPTIONS: Written = (
    "end options of lines",
    "UPDATE line_option SET until = n.until FROM (SELECT {#line} AS line, {option} AS option, {#since} AS since, {#until} AS until \
     FROM {rows}) AS n WHERE line_option.line_id = n.line AND line_option.option = n.option AND line_option.since = n.since",
);
const OPTIONS: Written = (
    "add options to lines",
    "INSERT INTO line_option (line_id, option, since, monthly) SELECT {#line}, {option}, {#since}, {#monthly} FROM {rows} WHERE true \
     ON CONFLICT (line_id, option, since) DO UPDATE SET until = NULL, monthly = excluded.monthly",
);
const ENDED_CUTOFFS: Written = (
    "take cut-offs of lines away",
    "DELETE FROM line_cutoff WHERE EXISTS (SELECT 1 FROM {rows} WHERE {#line} = line_cutoff.line_id AND {cutoff} = line_cutoff.cutoff)",
);
const CUTOFFS: Written = (
    "set cut-offs of lines",
    "INSERT INTO line_cutoff (line_id, cutoff, value) SELECT {#line}, {cutoff}, {#value} FROM {rows} WHERE true \
     ON CONFLICT (line_id, cutoff) DO UPDATE SET value = excluded.value",
);
/// By its number, a usage file means the line that has it now.
const NUMBER_NAMES: Written = (
    "name lines by their numbers",
    "INSERT INTO line_identity (operator_id, identity, line_id) SELECT {#operator}, {number}, {#line} FROM {rows} WHERE true \
     ON CONFLICT (operator_id, identity) DO UPDATE SET line_id = excluded.line_id",
);
const SIM_NAMES: Written = (
    "name lines by their SIMs",
    "INSERT INTO line_identity (operator_id, identity, line_id) \
     SELECT {#operator}, n.identity, {#line} FROM {rows} JOIN (SELECT id, iccid AS identity FROM sim UNION ALL \
     SELECT id, imsi FROM sim WHERE imsi IS NOT NULL) AS n ON n.id = {#sim} WHERE true \
     ON CONFLICT (operator_id, identity) DO UPDATE SET line_id = excluded.line_id",
);
/// Each is owed by the step that did it, which is saved once: two of one moment are two.
const FEES: Written = (
    "note what lines owe once",
    "INSERT INTO line_fee (line_id, at, item, amount) SELECT {#line}, {#at}, {item}, {#amount} FROM {rows} WHERE true \
     ON CONFLICT (line_id, at, item) DO UPDATE SET amount = line_fee.amount + excluded.amount",
);
const LETTERS: Written = (
    "post letters to networks",
    "INSERT INTO network_letter (operator_id, network, work_order_id, kind) \
     SELECT {#operator}, {network}, {#work}, {kind} FROM {rows} WHERE true",
);

/// A profile that a line is to have is ordered at its server; one that another line had to have before is ordered anew.
const PROFILES: Written = (
    "want eSIM profiles",
    "INSERT INTO esim_profile (sim_id, name, operator_id, line_id, wish, standing, due, changed) \
     SELECT {#sim}, {name}, {#operator}, {#line}, 'ready', 'new', {#now}, {#now} FROM {rows} WHERE true \
     ON CONFLICT (sim_id) DO UPDATE SET line_id = excluded.line_id, due = excluded.due, changed = excluded.changed, tries = 0, \
     problem = NULL, version = esim_profile.version + 1, wish = CASE esim_profile.standing WHEN 'new' THEN 'ready' ELSE 'anew' END",
);
/// Whatever may stand at the server is cancelled.
const PROFILES_GONE: Written = (
    "want eSIM profiles no more",
    "UPDATE esim_profile SET wish = 'gone', due = n.now, changed = n.now, tries = 0, problem = NULL, \
     version = esim_profile.version + 1 FROM (SELECT {#sim} AS sim, {#now} AS now FROM {rows}) AS n WHERE esim_profile.sim_id = n.sim",
);

/// What is written, table by table.
#[derive(Default)]
struct Rows {
    lines: Vec<Json>,
    works: Vec<Json>,
    scheduled: Vec<Json>,
    portings: Vec<Json>,
    sims: Vec<Json>,
    sims_left: Vec<Json>,
    numbers: Vec<Json>,
    new_numbers: Vec<Json>,
    past_plans: Vec<Json>,
    ended_options: Vec<Json>,
    options: Vec<Json>,
    ended_cutoffs: Vec<Json>,
    cutoffs: Vec<Json>,
    number_names: Vec<Json>,
    sim_names: Vec<Json>,
    fees: Vec<Json>,
    letters: Vec<Json>,
    profiles: Vec<Json>,
    profiles_gone: Vec<Json>,
}

impl Rows {
    fn of(changed: &[ChangedLife], by: SavedBy<'_>) -> Self {
        let mut rows = Self::default();
        for change in changed {
            rows.add_work(change, by.now);
            rows.add_scheduled(change, by);
            rows.add_porting(change, by.now);
            rows.add_sims(change, by.now);
            rows.add_number(change);
            let effect = effect(change).unwrap_or(by.now);
            rows.add_service(change, effect);
            rows.add_line(change, effect);
            rows.add_fees(change, by.now);
            rows.add_letters(change);
        }
        rows
    }

    fn add_work(&mut self, ChangedLife { before, life, .. }: &ChangedLife, now: Timestamp) {
        let Some(work) = life.work.as_ref().filter(|work| before.life.work.as_ref() != Some(work)) else { return };
        let word = Work::WORDS.iter().find(|(_, known)| *known == work.work).map_or("change", |(word, _)| word);
        let (state, progress) = tagged(&work.state, "state");
        self.works.push(json!({
            "id": work.id, "operator": before.operator, "line": work.line, "network": work.network, "work": word,
            "action": text(&work.action), "state": state, "progress": progress, "now": now,
        }));
    }

    fn add_scheduled(&mut self, ChangedLife { before, life, .. }: &ChangedLife, by: SavedBy<'_>) {
        for planned in life.scheduled.iter().filter(|planned| !before.life.scheduled.contains(planned)) {
            let (state, progress) = tagged(&planned.state, "state");
            self.scheduled.push(json!({
                "id": planned.id, "operator": before.operator, "line": planned.line, "change": text(&planned.change),
                "due": planned.due, "state": state, "progress": progress, "now": by.now, "who": by.who,
            }));
        }
    }

    fn add_porting(&mut self, ChangedLife { before, life, .. }: &ChangedLife, now: Timestamp) {
        let Some(porting) = life.porting.as_ref().filter(|porting| before.life.porting.as_ref() != Some(porting)) else { return };
        let direction = if porting.direction == PortingDirection::In { "in" } else { "out" };
        let (state, progress) = tagged(&porting.state, "state");
        self.portings.push(json!({
            "id": porting.id, "operator": before.operator, "line": porting.line, "number": porting.number, "direction": direction,
            "state": state, "progress": progress, "proof": before.proof, "now": now,
        }));
    }

    fn add_sims(&mut self, ChangedLife { before, life, .. }: &ChangedLife, now: Timestamp) {
        let was = |sim: &Sim| [&before.life.sim, &before.life.next_sim].into_iter().flatten().find(|was| was.id == sim.id);
        for sim in
            [&life.sim, &life.next_sim].into_iter().flatten().filter(|sim| was(sim).is_none_or(|was| was.state != sim.state))
        {
            let version = before.sims.iter().find(|(id, _)| *id == sim.id).map(|(_, version)| *version);
            let (state, customer, line, ended) = match sim.state {
                SimState::Free => ("free", None, None, None),
                SimState::Given { customer } => ("given", Some(customer), None, None),
                SimState::Reserved { line, given } => ("reserved", given, Some(line), None),
                SimState::InUse { line, .. } => ("in_use", Some(life.line.customer), Some(line), None),
                SimState::Ended { at } => ("ended", None, None, Some(at)),
            };
            if state == "in_use" {
                self.sim_names.push(json!({ "operator": before.operator, "line": life.line.id, "sim": sim.id }));
            }
            match state {
                "reserved" if sim.kind.is_esim() => self.profiles.push(json!({
                    "sim": sim.id, "name": Scope::operator(before.operator).codes_name(sim.iccid.as_str()),
                    "operator": before.operator, "line": line, "now": now,
                })),
                "free" | "given" | "ended" if sim.kind.is_esim() => {
                    self.profiles_gone.push(json!({ "sim": sim.id, "now": now }));
                }
                _ => {}
            }
            let rows = if matches!(state, "reserved" | "in_use") { &mut self.sims } else { &mut self.sims_left };
            rows.push(json!({
                "id": sim.id, "version": version, "state": state, "customer": customer, "line": line, "reseller": before.reseller,
                "ended": ended,
            }));
        }
    }

    fn add_number(&mut self, ChangedLife { before, life, .. }: &ChangedLife) {
        let Some(number) = life.number.as_ref().filter(|number| before.life.number.as_ref() != Some(number)) else { return };
        let id = Some(life.line.id);
        let (state, line, rest_until, ended) = match number.state {
            NumberState::Free => ("free", None, None, None),
            NumberState::Reserved { .. } => ("reserved", id, None, None),
            NumberState::InUse { .. } => ("in_use", id, None, None),
            NumberState::PortingIn { .. } => ("porting_in", id, None, None),
            NumberState::PortingOut { .. } => ("porting_out", id, None, None),
            NumberState::Quarantined { until } => ("quarantined", id, Some(until), None),
            NumberState::Gone { at } => ("gone", id, None, Some(at)),
        };
        let customer = line.map(|_| life.line.customer);
        let row = json!({
            "operator": before.operator, "number": number.number, "version": before.number, "state": state, "line": line,
            "customer": customer, "reseller": before.reseller, "rest_until": rest_until, "ended": ended,
        });
        if state == "in_use" {
            self.number_names.push(json!({ "operator": before.operator, "number": number.number, "line": life.line.id }));
        }
        if before.number.is_some() { self.numbers.push(row) } else { self.new_numbers.push(row) }
    }

    fn add_service(&mut self, ChangedLife { before, life, .. }: &ChangedLife, effect: Timestamp) {
        let (id, was, is) = (life.line.id, &before.life.line.service, &life.line.service);
        if (&was.offer, was.capping) != (&is.offer, is.capping) {
            self.past_plans.push(json!({
                "line": id, "until": effect, "offer": was.offer, "bought": before.bought, "capped": capped(was.capping),
                "monthly": was.monthly.micros(),
            }));
        }
        for held in was.options.iter().filter(|held| !is.options.contains(held)) {
            self.ended_options.push(json!({ "line": id, "option": held.option, "since": held.from, "until": effect }));
        }
        for held in is.options.iter().filter(|held| !was.options.contains(held)) {
            // Of a planned change the hour counts, not the moment in which it was carried out.
            let since = if effect < held.from { effect } else { held.from };
            let monthly = held.monthly.micros();
            self.options.push(json!({ "line": id, "option": held.option, "since": since, "monthly": monthly }));
        }
        for (cutoff, _) in was.cutoffs.iter().filter(|(cutoff, _)| !is.cutoffs.iter().any(|(kept, _)| kept == cutoff)) {
            self.ended_cutoffs.push(json!({ "line": id, "cutoff": cutoff }));
        }
        for (cutoff, value) in is.cutoffs.iter().filter(|chosen| !was.cutoffs.contains(chosen)) {
            self.cutoffs.push(json!({ "line": id, "cutoff": cutoff, "value": value }));
        }
    }

    fn add_line(&mut self, ChangedLife { before, life, .. }: &ChangedLife, effect: Timestamp) {
        let (line, service) = (&life.line, &life.line.service);
        let (state, progress) = (line.state.as_str(), text(&line.state));
        let started = before.started.or(match line.state {
            LineState::Active { since } => Some(since),
            _ => None,
        });
        let ended = match line.state {
            LineState::Ended { at, .. } => Some(at),
            _ => None,
        };
        let bought = if before.life.line.service.offer == service.offer { before.bought } else { effect };
        // An answer about an older work order moves nothing: the line waits for the one that is underway.
        let is_older = line.underway.is_some() && life.work.as_ref().map(|work| work.id) != line.underway;
        let due = if is_older { before.due } else { life.due() };
        self.lines.push(json!({
            "id": line.id, "version": before.version, "state": state, "progress": progress, "offer": service.offer, "bought": bought,
            "capped": capped(service.capping), "monthly": service.monthly.micros(),
            "number": line.number.map(|number| number.to_string()).unwrap_or_default(), "sim": line.sim, "started": started,
            "ended": ended, "underway": line.underway, "porting": life.porting.as_ref().map(|porting| porting.id), "due": due,
        }));
    }

    fn add_fees(&mut self, ChangedLife { life, fees, .. }: &ChangedLife, now: Timestamp) {
        for fee in fees {
            let item = text(&item_of(&fee.cause));
            self.fees.push(json!({ "line": life.line.id, "at": now, "item": item, "amount": fee.amount.micros() }));
        }
    }

    fn add_letters(&mut self, ChangedLife { before, life, letters, .. }: &ChangedLife) {
        for letter in letters {
            let (kind, work) = match letter {
                NewLetter::Request(work) => ("request", work),
                NewLetter::Withdrawal(work) => ("withdrawal", work),
            };
            let operator: OperatorId = before.operator;
            self.letters.push(json!({ "operator": operator, "network": life.line.network, "work": work, "kind": kind }));
        }
    }
}

/// The hour of the planned change that is done with this, if it is one.
fn effect(ChangedLife { before, life, .. }: &ChangedLife) -> Option<Timestamp> {
    let is_begun = |planned: &&ScheduledChange| matches!(planned.state, ScheduledState::Begun { .. });
    let done =
        |id| life.scheduled.iter().find(|now| now.id == id).is_some_and(|now| matches!(now.state, ScheduledState::Done { .. }));
    before.life.scheduled.iter().filter(is_begun).find(|planned| done(planned.id)).map(|planned| planned.due)
}

/// How a bill calls it.
fn item_of(cause: &FeeCause) -> Item {
    match cause {
        FeeCause::Activation(offer) => Item::Activation(offer.clone()),
        FeeCause::OptionOnce(option) => Item::OptionOnce(option.clone()),
        FeeCause::Esim => Item::Esim,
        FeeCause::SimSwap => Item::SimSwap,
    }
}

const fn capped(capping: Capping) -> i16 {
    matches!(capping, Capping::Capped) as i16
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("ids, words and amounts are plain data")
}

/// A tagged value: its tag, and the whole of it as text.
fn tagged(value: &impl Serialize, tag: &str) -> (String, String) {
    let json = serde_json::to_value(value).expect("ids, words and amounts are plain data");
    (json[tag].as_str().unwrap_or_default().to_owned(), json.to_string())
}
