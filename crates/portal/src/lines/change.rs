//! Changing a line: what one chooses from, what is told before, and confirming it (RES-05, RES-06, RES-24, FLT-06, FLT-08, FLT-10, FLT-11).
//! What is asked stands in the address until it is confirmed.

use super::services::{Done, line_name};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    orders::closing,
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use form_urlencoded::{Serializer, parse};
use jiff::civil;
use operations::{
    line_change::{self, Ask, Asked, Capping, Change, ChangeAsked, EndCause, Refusal, When},
    line_services::{self, Choice, Choosing, LineServices, Told},
    order::Closing,
};
use vocabulary::{LineId, ScheduledChangeId};

/// Nothing in an address is longer: a longer text is cut.
const LONGEST: usize = 80;

/// What kind of change is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Suspend.
    Suspend,
    /// Reactivate.
    Reactivate,
    /// Another plan.
    Plan,
    /// Capped or not.
    Capping,
    /// An option more.
    Option,
    /// A block more.
    Block,
    /// An option in the place of another.
    Replace,
    /// An option less.
    Leave,
    /// Another value of a cut-off.
    Cutoff,
    /// End.
    End,
}

impl What {
    /// Every kind and its word in addresses.
    pub(crate) const WORDS: [(&'static str, What); 10] = [
        ("suspend", Self::Suspend),
        ("reactivate", Self::Reactivate),
        ("plan", Self::Plan),
        ("capping", Self::Capping),
        ("option", Self::Option),
        ("block", Self::Block),
        ("replace", Self::Replace),
        ("leave", Self::Leave),
        ("cutoff", Self::Cutoff),
        ("end", Self::End),
    ];

    /// Its word in addresses.
    pub(crate) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, what)| *what == self).map_or("", |(word, _)| word)
    }

    /// What its page is called.
    pub(crate) fn title(self, page: &Page) -> &'static str {
        match self {
            Self::Suspend => page.t("act-suspend"),
            Self::Reactivate => page.t("act-reactivate"),
            Self::Plan => page.t("act-plan"),
            Self::Capping => page.t("act-capping"),
            Self::Option => page.t("act-option"),
            Self::Block => page.t("act-block"),
            Self::Replace => page.t("act-replace"),
            Self::Leave => page.t("act-leave"),
            Self::Cutoff => page.t("act-cutoff"),
            Self::End => page.t("act-end"),
        }
    }

    /// May a day be chosen?
    pub(crate) const fn has_day(self) -> bool {
        matches!(self, Self::Suspend | Self::Reactivate | Self::End)
    }
}

/// What is asked for, as an address says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// What kind of change.
    pub what: Option<What>,
    /// What is chosen.
    pub to: String,
    /// What it takes the place of.
    pub from: String,
    /// Of which cut-off.
    pub cutoff: String,
    /// On which day.
    pub day: Option<civil::Date>,
}

impl Wish {
    /// Reads the query of an address. What it cannot read it passes over.
    pub(crate) fn read(query: &str) -> Self {
        let mut wish = Self::default();
        for (name, value) in parse(query.as_bytes()) {
            let text = || value.trim().chars().take(LONGEST).collect::<String>();
            match name.as_ref() {
                "what" => wish.what = What::WORDS.iter().find(|(word, _)| *word == value).map(|(_, what)| *what),
                "to" => wish.to = text(),
                "from" => wish.from = text(),
                "cutoff" => wish.cutoff = text(),
                "day" => wish.day = value.parse().ok(),
                _ => {}
            }
        }
        wish
    }

    /// Writes it into a query.
    pub(crate) fn write(&self, query: &mut Serializer<'_, String>) {
        let day = self.day.map(|day| day.to_string()).unwrap_or_default();
        let what = self.what.map_or("", What::word);
        for (name, value) in [("what", what), ("to", &self.to), ("from", &self.from), ("cutoff", &self.cutoff), ("day", &day)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
    }

    fn query(&self) -> String {
        let mut query = Serializer::new(String::new());
        self.write(&mut query);
        query.finish()
    }

    /// What is asked for, once everything is chosen.
    pub(crate) fn change(&self) -> Option<ChangeAsked> {
        let to = || Some(self.to.as_str()).filter(|to| !to.is_empty());
        let change = match self.what? {
            What::Suspend => Change::Suspend,
            What::Reactivate => Change::Reactivate,
            What::End => Change::End { cause: EndCause::Asked },
            What::Plan => Change::Plan { offer: to()?.into() },
            What::Capping if to()? == "capped" => Change::Capping { to: Capping::Capped },
            What::Capping => Change::Capping { to: Capping::Uncapped },
            What::Option | What::Block => Change::AddOption { option: to()?.into() },
            What::Replace => Change::ReplaceOption { from: self.from.as_str().into(), to: to()?.into() },
            What::Leave => Change::EndOption { option: to()?.into() },
            What::Cutoff => Change::Cutoff { cutoff: self.cutoff.as_str().into(), value: to()?.parse().ok()? },
        };
        let when = self.day.filter(|_| self.what.is_some_and(What::has_day)).map_or(When::Soonest, When::On);
        Some(ChangeAsked { change, when })
    }

    /// What is to be chosen before; nothing where there is no choice.
    pub(crate) fn choosing(&self) -> Option<Choosing> {
        Some(match self.what? {
            What::Plan => Choosing::Plan,
            What::Capping => Choosing::Capping,
            What::Option => Choosing::Option,
            What::Block => Choosing::Block,
            What::Replace => Choosing::Replacement(self.from.clone()),
            What::Cutoff => Choosing::Cutoff(self.cutoff.clone()),
            What::Suspend | What::Reactivate | What::Leave | What::End => return None,
        })
    }
}

/// The page.
#[derive(Template)]
#[template(path = "lines/change.html")]
pub struct ChangePage {
    /// Its frame.
    pub page: Page,
    /// The line, and what it has.
    pub services: LineServices,
    /// What is asked for.
    pub wish: Wish,
    /// What there is to choose from.
    pub choices: Vec<Choice>,
    /// What is told of what was chosen.
    pub told: Option<Told>,
    /// Why it cannot be.
    pub refusal: Option<Refusal>,
    /// Is it something else than what was confirmed?
    pub has_changed: bool,
}

impl ChangePage {
    /// Does what is told stop all usage of a zone, so that it has to be said that this is meant?
    fn closes(&self) -> bool {
        self.told.as_ref().is_some_and(|told| told.preview.asks.contains(&Ask::ClosesZone))
    }

    fn title(&self) -> &'static str {
        self.wish.what.map_or("", |what| what.title(&self.page))
    }

    fn name(&self) -> String {
        line_name(&self.page, self.services.number, &self.services.user)
    }

    fn is_free(&self, choice: &Choice) -> bool {
        choice.is_free()
    }

    fn what_word(&self) -> &'static str {
        self.wish.what.map_or("", What::word)
    }

    fn has_day(&self) -> bool {
        self.wish.what.is_some_and(What::has_day)
    }

    fn day_text(&self) -> String {
        self.wish.day.map(|day| day.to_string()).unwrap_or_default()
    }

    fn asked(&self) -> String {
        self.wish.query()
    }

    /// Where one chooses again.
    fn again(&self) -> Option<String> {
        self.wish.choosing()?;
        let mut query = Serializer::new(String::new());
        Wish { to: String::new(), ..self.wish.clone() }.write(&mut query);
        Some(format!("/lines/{}/change?{}", self.services.line, query.finish()))
    }

    /// What the button says: what happens, not "OK".
    fn confirm(&self, told: &Told) -> &'static str {
        match (self.wish.what, told.is_now) {
            (_, false) => self.page.t("confirm-plan"),
            (Some(What::Suspend), _) => self.page.t("act-suspend"),
            (Some(What::Reactivate), _) => self.page.t("act-reactivate"),
            (Some(What::End), _) => self.page.t("act-end"),
            _ => self.page.t("confirm-now"),
        }
    }

    fn is_grave(&self) -> bool {
        self.wish.what == Some(What::End)
    }
}

/// Shows what there is to choose, or what is told of what was chosen.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let wish = Wish::read(query.as_deref().unwrap_or_default());
    if wish.change().is_none() && wish.choosing().is_none() {
        // Nothing is asked for: what may be is on the line's own page.
        line_change::life(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
        return Ok(see_other(&format!("/lines/{id}#services")));
    }
    html(&shown(&app, signed, id, wish).await?)
}

async fn shown(app: &App, signed: Signed, id: LineId, wish: Wish) -> Result<ChangePage, Stop> {
    let (house, actor, language) = (&app.house, &signed.actor, signed.page.locale.tag());
    let services = line_services::services(house, actor, id, language).await?.ok_or(Stop::NOT_FOUND)?;
    let (mut choices, mut told, mut refusal) = (Vec::new(), None, None);
    match (wish.change(), wish.choosing()) {
        (Some(asked), _) => match line_services::told(house, actor, id, &asked, language).await?.ok_or(Stop::NOT_FOUND)? {
            Ok(found) => told = Some(found),
            Err(why) => refusal = Some(why),
        },
        (None, Some(choosing)) => {
            choices = line_services::choices(house, actor, id, &choosing, language).await?.ok_or(Stop::NOT_FOUND)?;
        }
        (None, None) => return Err(Stop::NOT_FOUND),
    }
    let here = format!("/lines/{id}/change?{}", wish.query());
    let page = Page { here, ..signed.page };
    Ok(ChangePage { page, services, wish, choices, told, refusal, has_changed: false })
}

/// Does what was confirmed.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    answer(&app, signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn answer(app: &App, signed: Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let wish = Wish::read(posted.field("asked"));
    let asked = wish.change().ok_or(Stop::NOT_FOUND)?;
    let (house, actor) = (&app.house, signed.actor.clone());
    let is_lost = posted.field("then") == "lost";
    let back = |done: Done| match is_lost {
        true => see_other(&format!("/lines/{id}/lost")),
        false => see_other(&format!("/lines/{id}?done={}#services", done.word())),
    };
    let shown = shown(app, signed, id, wish).await?;
    if shown.closes() && !is_meant(posted) {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    }
    let is_same = shown.told.as_ref().is_some_and(|told| told.digest == posted.field("digest"));
    let refusal = if is_same {
        match line_change::ask(house, &actor, id, &asked).await?.ok_or(Stop::NOT_FOUND)? {
            Ok(Asked::Begun(_)) => return Ok(back(Done::Begun)),
            Ok(Asked::Planned(_)) => return Ok(back(Done::Planned)),
            Err(refusal) => Some(refusal),
        }
    } else {
        shown.refusal
    };
    if refusal.is_some() && line_services::is_asked(house, &actor, id, &asked.change).await? {
        // The same form twice: the first did it.
        let is_planned = matches!(refusal, Some(Refusal::Planned(_)));
        return Ok(back(if is_planned { Done::Planned } else { Done::Begun }));
    }
    let page = ChangePage { has_changed: refusal.is_none(), told: shown.told.filter(|_| refusal.is_none()), refusal, ..shown };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
}

/// Was it said that a value which stops all usage of a zone is meant (MOB-42)?
fn is_meant(posted: &Posted) -> bool {
    closing(posted.field("closes")) == Closing::Meant
}

/// Takes back what is planned.
pub(crate) async fn take_back(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    taken_back(&app, signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn taken_back(app: &App, signed: Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let planned: ScheduledChangeId = posted.field("planned").parse().map_err(|_| Stop::NOT_FOUND)?;
    let came = line_change::take_back(&app.house, &signed.actor, id, planned).await?.ok_or(Stop::NOT_FOUND)?;
    let done = if came.is_ok() { Done::TakenBack } else { Done::TooLate };
    Ok(see_other(&format!("/lines/{id}?done={}#services", done.word())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RES-06: what is asked for stands in the address, and becomes a change once everything is chosen.
    #[test]
    fn a_wish_is_read_from_the_address_that_it_writes() {
        let wish = Wish { what: Some(What::Cutoff), cutoff: "data-world".into(), to: "500000000".into(), ..Wish::default() };
        assert_eq!(Wish::read(&wish.query()), wish);
        let Some(ChangeAsked { change: Change::Cutoff { cutoff, value }, when: When::Soonest }) = wish.change() else {
            panic!("a cut-off")
        };
        assert_eq!((cutoff.as_str(), value), ("data-world", 500_000_000));
        assert!(Wish { to: "much".into(), ..wish }.change().is_none());
        let day = civil::date(2026, 12, 24);
        let end = Wish::read("what=end&day=2026-12-24");
        assert!(matches!(end.change(), Some(ChangeAsked { when: When::On(asked), .. }) if asked == day));
        let plan = Wish::read("what=plan&day=2026-12-24");
        assert!(plan.change().is_none() && plan.choosing() == Some(Choosing::Plan));
        assert_eq!(Wish::read("what=nothing&to=%FF&day=x").what, None);
    }
}
