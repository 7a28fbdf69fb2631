//! `/lines/{id}/telephone`: the services of a line's telephone, each with what it does and its code (FIX-03 to FIX-08, FIX-12 to FIX-14, TEL-09).

use super::{
    telephone_codes::CodesPage,
    telephone_cost::{cost_words, is_to_tell},
};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::{
    forward_cost::{CallCost, forward_costs},
    life::Doer,
    permission::Permission,
    telephony::{
        self, Change, ChangeAsked, Difference, Does, ForwardRefusal, NotChanged, RingTime, Source, Switch, TelephoneKind,
        TelephoneShown, TelephonyRefusal, When,
    },
    voicemail,
};
use vocabulary::{E164, LineId, Party};

/// The page of the services.
#[derive(Template)]
#[template(path = "lines/telephone.html")]
pub struct TelephonePage {
    /// Its frame.
    pub page: Page,
    /// The line's telephone.
    pub shown: TelephoneShown,
    /// What was typed of the forwards, as it is shown again.
    pub forwards: Vec<ForwardTyped>,
    /// What cannot be, and why.
    pub fault: Option<TelephoneFault>,
    /// What calls cost that are forwarded to these numbers.
    pub costs: Vec<(E164, CallCost)>,
    /// Is that to be seen before it is kept?
    pub is_to_confirm: bool,
    /// May the reader change anything?
    pub may_change: bool,
    /// Is its voicemail the reader's to hear?
    pub has_voicemail: bool,
    /// Was it changed a moment ago?
    pub is_done: bool,
    /// Is it shown because it was changed elsewhere?
    pub is_news: bool,
}

/// A forward as it stands in the form.
#[derive(Clone, Debug)]
pub struct ForwardTyped {
    /// In which case.
    pub when: When,
    /// Is it to work?
    pub active: bool,
    /// To where.
    pub to: String,
    /// The number that this is, where it is one.
    pub number: Option<E164>,
}

/// What cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TelephoneFault {
    /// A forward, and why.
    Forward(When, TelephonyRefusal),
    /// Something else, and why.
    Other(TelephonyRefusal),
    /// What was chosen, on a page that shows what is no more.
    Behind,
}

/// The page that asks before everything is put back.
#[derive(Template)]
#[template(path = "lines/telephone_reset.html")]
pub struct ResetPage {
    /// Its frame.
    pub page: Page,
    /// The line's telephone.
    pub shown: TelephoneShown,
}

/// The name of a case.
pub(crate) fn when_name(page: &Page, when: When) -> &'static str {
    match when {
        When::Always => page.t("telephone-always"),
        When::NoAnswer => page.t("telephone-no-answer"),
        When::Busy => page.t("telephone-busy"),
        When::Unreachable => page.t("telephone-unreachable"),
    }
}

fn number_of(page: &Page, shown: &TelephoneShown) -> String {
    page.party(&Party::Number(shown.number))
}

impl TelephonePage {
    fn name(&self) -> String {
        number_of(&self.page, &self.shown)
    }

    fn when_name(&self, when: &When) -> &'static str {
        when_name(&self.page, *when)
    }

    fn sentence(&self, when: &When) -> &'static str {
        match when {
            When::Always => self.page.t("telephone-always-lead"),
            When::NoAnswer => self.page.t("telephone-no-answer-lead"),
            When::Busy => self.page.t("telephone-busy-lead"),
            When::Unreachable => self.page.t("telephone-unreachable-lead"),
        }
    }

    /// As it is dialled, with the word for a number in its place; `None` where no code does it.
    fn code(&self, does: Does) -> Option<String> {
        let number = self.page.t("telephone-number-word");
        let of_gsm = |when| match when {
            When::Always => "21",
            When::NoAnswer => "61",
            When::Busy => "67",
            When::Unreachable => "62",
        };
        match (self.shown.kind, does) {
            (TelephoneKind::Fixed, does) => self.shown.codes.that(does).map(|code| code.replace("{number}", number)),
            (TelephoneKind::Mobile, Does::Forward(when)) => Some(format!("**{}*{number}#", of_gsm(when))),
            (TelephoneKind::Mobile, Does::ForwardOff(when)) => Some(format!("#{}#", of_gsm(when))),
            (TelephoneKind::Mobile, Does::CallWaiting(Switch::On)) => Some("*43#".to_owned()),
            (TelephoneKind::Mobile, Does::CallWaiting(Switch::Off)) => Some("#43#".to_owned()),
            (TelephoneKind::Mobile, _) => None,
        }
    }

    fn codes(&self, on: Does, off: Does) -> Option<String> {
        let codes: Vec<String> = [on, off].into_iter().filter_map(|does| self.code(does)).collect();
        (!codes.is_empty()).then(|| codes.join("  "))
    }

    /// What hides the number for one call.
    fn code_hidden_once(&self) -> Option<String> {
        self.code(Does::HideOnce)
    }

    fn forward_codes(&self, when: &When) -> Option<String> {
        self.codes(Does::Forward(*when), Does::ForwardOff(*when))
    }

    fn ring_times(&self) -> Vec<(u8, String)> {
        RingTime::all().map(|time| (time.seconds(), ring_words(&self.page, time))).collect()
    }

    fn rings(&self, seconds: &u8) -> bool {
        self.shown.kept.services.ring_time.seconds() == *seconds
    }

    fn fault_of(&self, when: &When) -> Option<String> {
        let Some(TelephoneFault::Forward(of, refusal)) = &self.fault else { return None };
        (of == when).then(|| refusal_words(&self.page, refusal))
    }

    /// What a call costs that this one forwards.
    fn cost_of(&self, forward: &ForwardTyped) -> Option<String> {
        let number = forward.number.filter(|_| forward.active)?;
        let (_, cost) = self.costs.iter().find(|(known, _)| *known == number)?;
        Some(cost_words(&self.page, cost))
    }

    /// The numbers of which the page tells what it costs to forward there.
    fn told(&self) -> String {
        self.costs.iter().map(|(number, _)| number.to_string()).collect::<Vec<_>>().join(" ")
    }

    /// Is it a fixed line, on which R and a digit mean something?
    fn is_fixed(&self) -> bool {
        self.shown.kind == TelephoneKind::Fixed
    }

    fn other_fault(&self) -> Option<String> {
        match self.fault.as_ref()? {
            TelephoneFault::Forward(..) => None,
            TelephoneFault::Other(refusal) => Some(refusal_words(&self.page, refusal)),
            TelephoneFault::Behind => Some(self.page.t("telephone-changed-meanwhile").into()),
        }
    }

    /// When it was changed last, and from where.
    fn changed(&self) -> Option<String> {
        let (at, source) = self.shown.kept.changed.as_ref()?;
        let source = match source.as_str() {
            "telephone" => self.page.t("journal-source-telephone"),
            "program" => self.page.t("journal-source-program"),
            _ => self.page.t("journal-source-page"),
        };
        let parts = [("at", self.page.effect(at).into()), ("source", source.into())];
        Some(self.page.locale.text_with("telephone-changed", parts))
    }
}

impl TelephonePage {
    /// The same, with what calls cost that are forwarded to what was typed: it is kept once that was seen.
    fn costing(mut self, costs: Vec<(E164, CallCost)>) -> Self {
        for forward in &mut self.forwards {
            forward.number = match self.page.plan.read(&forward.to) {
                Party::Number(number) => Some(number),
                _ => None,
            };
        }
        self.costs.retain(|(known, _)| costs.iter().all(|(new, _)| new != known));
        self.costs.extend(costs);
        Self { is_to_confirm: true, ..self }
    }
}

impl ResetPage {
    fn name(&self) -> String {
        number_of(&self.page, &self.shown)
    }

    fn changes(&self) -> Vec<String> {
        self.shown.reset().iter().map(|difference| difference_words(&self.page, difference)).collect()
    }
}

fn ring_words(page: &Page, time: RingTime) -> String {
    let parts = [("seconds", i64::from(time.seconds()).into()), ("rings", i64::from(time.rings()).into())];
    page.locale.text_with("telephone-seconds", parts)
}

/// What is other, as a line of a list.
fn difference_words(page: &Page, difference: &Difference) -> String {
    let switch = |after: &Switch| match after {
        Switch::On => page.t("telephone-on").to_owned(),
        Switch::Off => page.t("telephone-off").to_owned(),
    };
    let (name, value) = match difference {
        Difference::Forward { when, after, .. } => {
            let to = after.target().map_or_else(|| page.t("telephone-off").to_owned(), |to| page.party(&Party::Number(to)));
            (when_name(page, *when), to)
        }
        Difference::RingTime { after, .. } => (page.t("telephone-ring-time"), ring_words(page, *after)),
        Difference::StraightToVoicemail { after } => (page.t("telephone-straight"), switch(after)),
        Difference::HideNumber { after } => (page.t("telephone-hide-number"), switch(after)),
        Difference::CallWaiting { after } => (page.t("telephone-call-waiting"), switch(after)),
        Difference::MailReception { after } => (page.t("telephone-mail-reception"), after.to_string()),
        Difference::RingWith { after } => (
            page.t("telephone-rings-with"),
            after.map_or_else(|| page.t("telephone-off").to_owned(), |with| page.party(&Party::Number(with))),
        ),
    };
    page.locale.text_with("telephone-difference", [("service", name.into()), ("value", value.into())])
}

fn refusal_words(page: &Page, refusal: &TelephonyRefusal) -> String {
    let TelephonyRefusal::Forward(refusal) = refusal else {
        return match refusal {
            TelephonyRefusal::Change(_) => page.t("telephone-no-number").into(),
            TelephonyRefusal::KeptElsewhere => page.t("telephone-kept-elsewhere").into(),
            _ => page.t("telephone-not-in-service").into(),
        };
    };
    match refusal {
        ForwardRefusal::Empty => page.t("telephone-no-number").into(),
        ForwardRefusal::NotANumber(typed) => page.ta("telephone-not-a-number", typed),
        ForwardRefusal::Emergency(typed) => page.ta("telephone-emergency", typed),
        ForwardRefusal::Short(typed) => page.ta("telephone-short", typed),
        ForwardRefusal::Special(typed) => page.ta("telephone-special", typed),
        ForwardRefusal::Itself(_) => page.t("telephone-itself").into(),
        ForwardRefusal::Loop(_) => page.t("telephone-loop").into(),
    }
}

async fn shown(app: &App, signed: Signed, id: LineId) -> Result<TelephonePage, Stop> {
    let shown = telephony::telephone(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let page = Page { here: format!("/lines/{id}/telephone"), ..signed.page };
    let forward = |when: When| {
        let forward = shown.kept.services.forward(when);
        let to = forward.to.map_or(String::new(), |to| page.party(&Party::Number(to)));
        ForwardTyped { when, active: forward.active, to, number: forward.to }
    };
    let forwards = When::ALL.map(forward).to_vec();
    let costs = forward_costs(&app.house, &signed.actor, id, &shown.kept.services.targets()).await?.unwrap_or_default();
    let may_change = signed.actor.may(Permission::ChangeTelephony) && shown.is_in_service();
    let has_voicemail = voicemail::is_offered(&app.house, &signed.actor, id).await?;
    Ok(TelephonePage {
        page,
        shown,
        forwards,
        fault: None,
        costs,
        is_to_confirm: false,
        may_change,
        has_voicemail,
        is_done: false,
        is_news: false,
    })
}

/// Shows the services.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let (is_done, is_news) = (query.as_deref() == Some("done=yes"), query.as_deref() == Some("changed=yes"));
    let shown = TelephonePage { is_done, is_news, ..shown(&app, signed, id).await? };
    if shown.shown.kept_by.is_some() {
        return html(&CodesPage { page: shown.page, shown: shown.shown });
    }
    html(&shown)
}

/// Changes what is other in the form: all of it or nothing.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    changed(&app, signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn changed(app: &App, signed: Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let forwards: Vec<ForwardTyped> = When::ALL
        .into_iter()
        .map(|when| {
            let to = posted.field(&format!("{}_to", when.as_str())).trim().to_owned();
            ForwardTyped { when, active: posted.field(when.as_str()) == "on", to, number: None }
        })
        .collect();
    let switch = |name: &str| Switch::from(posted.field(name) == "on");
    let mut asked: Vec<(Option<When>, ChangeAsked<'_>)> = forwards
        .iter()
        .map(|forward| {
            let when = vec![forward.when];
            let change = match forward.active {
                true => ChangeAsked::Forward { when, typed: &forward.to, ring_time: None },
                false => ChangeAsked::Other(Change::SwitchForward { when, to: Switch::Off }),
            };
            (Some(forward.when), change)
        })
        .collect();
    // A list of a page offers only ring times that can be; what was sent otherwise changes nothing of it.
    let ring_time = posted.field("ring_time").parse().ok().and_then(|seconds| RingTime::of_seconds(seconds).ok());
    let others = [
        ring_time.map(|to| Change::RingTime { to }),
        Some(Change::StraightToVoicemail { to: switch("straight") }),
        Some(Change::HideNumber { to: switch("hide_number") }),
        Some(Change::CallWaiting { to: switch("call_waiting") }),
    ];
    asked.extend(others.into_iter().flatten().map(|change| (None, ChangeAsked::Other(change))));
    let (fields, asked): (Vec<_>, Vec<_>) = asked.into_iter().unzip();
    // What was typed stands there still.
    let typed = |page: TelephonePage| {
        let mut page = TelephonePage { forwards: forwards.clone(), ..page };
        let services = &mut page.shown.kept.services;
        services.ring_time = ring_time.unwrap_or(services.ring_time);
        services.straight_to_voicemail = switch("straight") == Switch::On;
        services.hides_number = switch("hide_number") == Switch::On;
        services.call_waiting = switch("call_waiting") == Switch::On;
        page
    };
    let seen = posted.field("seen").parse().ok();
    let would = telephony::would_change(&app.house, &signed.actor, id, (&asked, seen)).await?.ok_or(Stop::NOT_FOUND)?;
    let came = match would {
        Err(refused) => Err(refused),
        Ok(differences) => {
            let new: Vec<E164> = differences.iter().filter_map(Difference::forwards_to).collect();
            let costs = forward_costs(&app.house, &signed.actor, id, &new).await?.unwrap_or_default();
            let is_told = |number: &E164| posted.field("told").split(' ').any(|told| told == number.to_string());
            if costs.iter().any(|(number, cost)| is_to_tell(cost) && !is_told(number)) {
                let page = typed(shown(app, signed, id).await?).costing(costs);
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response());
            }
            let doer = Doer::Person(&signed.actor);
            telephony::change_all(&app.house, doer, id, (&asked, Source::Page, seen)).await?.ok_or(Stop::NOT_FOUND)?
        }
    };
    match came {
        Ok(_) => Ok(see_other(&format!("/lines/{id}/telephone?done=yes"))),
        Err(not) => {
            let fault = match not {
                NotChanged::Behind => TelephoneFault::Behind,
                NotChanged::Refused(at, refusal) => match fields.get(at) {
                    Some(Some(when)) => TelephoneFault::Forward(*when, refusal),
                    _ => TelephoneFault::Other(refusal),
                },
            };
            let page = TelephonePage { fault: Some(fault), ..typed(shown(app, signed, id).await?) };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
    }
}

/// Tells what a reset would change.
pub(crate) async fn get_reset(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let TelephonePage { page, shown, .. } = shown(&app, signed, id).await?;
    if shown.kept_by.is_some() {
        return Ok(see_other(&format!("/lines/{id}/telephone")));
    }
    html(&ResetPage { page, shown })
}

/// Puts everything back.
pub(crate) async fn reset(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    put_back(&app, signed, &id).await.map_err(IntoResponse::into_response)
}

async fn put_back(app: &App, signed: Signed, id: &str) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let (doer, asked) = (Doer::Person(&signed.actor), ChangeAsked::Other(Change::Reset));
    let came = telephony::change(&app.house, doer, id, (&asked, Source::Page)).await?.ok_or(Stop::NOT_FOUND)?;
    match came {
        Ok(_) => Ok(see_other(&format!("/lines/{id}/telephone?done=yes"))),
        Err(refusal) => {
            let page = TelephonePage { fault: Some(TelephoneFault::Other(refusal)), ..shown(app, signed, id).await? };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
    }
}
