//! The same change for many lines (FLT-08): which lines and what stand in the address; what changes for each, and which cannot and why, is
//! shown before; then all or nothing.

use super::{
    change::{What, Wish},
    list::{Filter, asked as lines_asked},
};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use form_urlencoded::{Serializer, parse};
use operations::{
    bulk_change::{self, Among, BulkCame, BulkRefusal, BulkTold, NamedLine, Selection},
    line_change::MOST_AT_ONCE,
    line_services::Choice,
    sign_in::Token,
};
use vocabulary::{BulkChangeId, LineId, Timestamp};

/// No page of the list has more lines to choose from.
const MOST_CHOSEN: usize = 200;
/// What may be asked for many lines, in the order of the list.
const KINDS: [What; 7] = [What::Plan, What::Capping, What::Option, What::Leave, What::Block, What::Suspend, What::Reactivate];
/// No token of a form is longer.
const LONGEST_TOKEN: usize = 80;

/// Which lines, and what, as an address says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BulkWish {
    /// Those that were ticked.
    pub lines: Vec<LineId>,
    /// The filter of the list, as a query.
    pub filter: String,
    /// All that the filter finds?
    pub is_all: bool,
    /// Only those for which it can be done?
    pub is_able: bool,
    /// What.
    pub wish: Wish,
}

impl BulkWish {
    /// Reads the query of an address. What it cannot read it passes over.
    pub fn read(query: &str) -> Self {
        let mut found = Self { wish: Wish::read(query), ..Self::default() };
        for (name, value) in parse(query.as_bytes()) {
            match name.as_ref() {
                "line" if found.lines.len() < MOST_CHOSEN => found.lines.extend(value.parse::<LineId>()),
                "filter" => found.filter = Filter::read(&value).url().split_once('?').map_or("", |(_, query)| query).to_owned(),
                "all" => found.is_all = value == "yes",
                "among" => found.is_able = value == "able",
                _ => {}
            }
        }
        found
    }

    /// The query that says this.
    pub fn query(&self) -> String {
        let mut query = Serializer::new(String::new());
        if self.is_all {
            query.append_pair("all", "yes");
        } else {
            for line in &self.lines {
                query.append_pair("line", &line.to_string());
            }
        }
        if !self.filter.is_empty() {
            query.append_pair("filter", &self.filter);
        }
        self.wish.write(&mut query);
        if self.is_able {
            query.append_pair("among", "able");
        }
        query.finish()
    }

    fn selection(&self) -> Selection {
        match self.is_all {
            true => Selection::All(lines_asked(&Filter::read(&self.filter))),
            false => Selection::These(self.lines.clone()),
        }
    }

    fn among(&self) -> Among {
        if self.is_able { Among::Able } else { Among::All }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "lines/bulk.html")]
pub struct BulkPage {
    /// Its frame.
    pub page: Page,
    /// Which lines, and what.
    pub wish: BulkWish,
    /// How many lines are chosen.
    pub chosen: usize,
    /// Why there is nothing to change.
    pub refusal: Option<BulkRefusal>,
    /// What there is to choose from.
    pub choices: Vec<Choice>,
    /// What is told of it.
    pub told: Option<BulkTold>,
    /// Is it something else than what was confirmed?
    pub has_changed: bool,
    /// Of the form: the same form twice is one change.
    pub token: String,
    /// The latest changes for many lines: which, what, when, and for how many.
    pub latest: Vec<(BulkChangeId, String, Timestamp, i64)>,
}

impl BulkPage {
    fn kinds(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        let chosen = self.wish.wish.what;
        KINDS.into_iter().map(move |what| (what.word(), what.title(&self.page), chosen == Some(what)))
    }

    fn is_free(&self, choice: &Choice) -> bool {
        choice.is_free()
    }

    fn what_word(&self) -> &'static str {
        self.wish.wish.what.map_or("", What::word)
    }

    fn title(&self) -> String {
        self.page.tn("bulk-title", count(self.chosen))
    }

    fn back(&self) -> String {
        if self.wish.filter.is_empty() { "/lines".into() } else { format!("/lines?{}", self.wish.filter) }
    }

    /// The same for other choices.
    fn url(&self, wish: Wish, is_able: bool) -> String {
        format!("/lines/change?{}", BulkWish { wish, is_able, ..self.wish.clone() }.query())
    }

    fn again(&self) -> String {
        self.url(Wish::default(), false)
    }

    fn able_url(&self) -> String {
        self.url(self.wish.wish.clone(), true)
    }

    fn refusal_words(&self, refusal: &BulkRefusal) -> String {
        match refusal {
            BulkRefusal::Nothing => self.page.t("bulk-nothing").into(),
            BulkRefusal::TooMany => self.page.tn("bulk-too-many", count(MOST_AT_ONCE)),
        }
    }

    fn line(&self, line: &NamedLine) -> String {
        line.number.map_or_else(|| self.page.t("number-to-come").to_owned(), |number| self.page.tel(number))
    }

    fn able_words(&self, told: &BulkTold) -> String {
        self.page.tn("bulk-able", count(told.able))
    }

    fn unable_words(&self, told: &BulkTold) -> String {
        self.page.tn("bulk-unable", count(told.unable))
    }

    fn only_able_words(&self, told: &BulkTold) -> String {
        self.page.tn("bulk-only-able", count(told.able))
    }

    fn confirm_words(&self, told: &BulkTold) -> String {
        self.page.tn("bulk-confirm", count(told.able))
    }

    fn more(&self, all: &usize, shown: usize) -> i64 {
        count(all.saturating_sub(shown))
    }

    fn lines(&self, lines: &i64) -> String {
        self.page.tn("lines-found", *lines)
    }
}

pub(super) fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Shows what there is to choose, or what is told of what was chosen.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let wish = BulkWish::read(query.as_deref().unwrap_or_default());
    let token = Token::fresh()?.as_str().to_owned();
    html(&shown(&app, signed, wish, token).await?.0)
}

async fn shown(app: &App, signed: Signed, wish: BulkWish, token: String) -> Result<(BulkPage, Vec<LineId>), Stop> {
    let (house, actor, language) = (&app.house, &signed.actor, signed.page.locale.tag());
    let selected = bulk_change::select(house, actor, &wish.selection()).await?.ok_or(Stop::NOT_FOUND)?;
    let (lines, refusal) = match selected {
        Ok(lines) => (lines, None),
        Err(refusal) => (Vec::new(), Some(refusal)),
    };
    let (mut choices, mut told) = (Vec::new(), None);
    match (wish.wish.change(), wish.wish.what) {
        _ if refusal.is_some() => {}
        (Some(asked), _) => {
            let found = bulk_change::told(house, actor, (&lines, wish.among()), &asked, language).await?;
            told = Some(found.ok_or(Stop::NOT_FOUND)?);
        }
        (None, Some(_)) => {
            let choosing = wish.wish.choosing();
            choices = bulk_change::choices(house, actor, &lines, choosing.as_ref(), language).await?;
        }
        (None, None) => {}
    }
    let latest = bulk_change::latest(house, actor, language).await?;
    let page = Page { here: format!("/lines/change?{}", wish.query()), ..signed.page };
    let latest = latest.into_iter().map(|(id, doing, at, lines)| (id, page.doing(&doing), at, lines)).collect();
    let shown = BulkPage { page, chosen: lines.len(), wish, refusal, choices, told, has_changed: false, token, latest };
    Ok((shown, lines))
}

/// Does what was confirmed.
pub(crate) async fn post(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    answer(&app, signed, &posted).await.map_err(IntoResponse::into_response)
}

async fn answer(app: &App, signed: Signed, posted: &Posted) -> Result<Response, Stop> {
    let wish = BulkWish::read(posted.field("asked"));
    let asked = wish.wish.change().ok_or(Stop::NOT_FOUND)?;
    let token: String = posted.field("token").chars().take(LONGEST_TOKEN).collect();
    let (house, actor, among) = (&app.house, signed.actor.clone(), wish.among());
    let selected = bulk_change::select(house, &actor, &wish.selection()).await?.ok_or(Stop::NOT_FOUND)?;
    let is_form = !token.is_empty();
    if let Ok(lines) = selected.as_ref().map(Vec::as_slice)
        && is_form
    {
        let confirmed = (token.as_str(), posted.field("digest"));
        if let BulkCame::Asked(id) =
            bulk_change::ask(house, &actor, (lines, among), &asked, confirmed).await?.ok_or(Stop::NOT_FOUND)?
        {
            return Ok(see_other(&format!("/lines/changes/{id}")));
        }
    }
    let (page, _) = shown(app, signed, wish, token).await?;
    let has_changed = page.refusal.is_none();
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&BulkPage { has_changed, ..page })?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FLT-08: which lines and what are read from the address that says them, and a filter of the list holds nothing else.
    #[test]
    fn a_wish_for_many_is_read_from_the_address_that_it_writes() {
        let wish = BulkWish {
            lines: vec![LineId(7), LineId(9)],
            filter: "number=0639&state=active".into(),
            is_able: true,
            wish: Wish { what: Some(What::Plan), to: "unlimited-10".into(), ..Wish::default() },
            ..BulkWish::default()
        };
        assert_eq!(BulkWish::read(&wish.query()), wish);
        let all = BulkWish { is_all: true, lines: Vec::new(), ..wish };
        assert_eq!(BulkWish::read(&all.query()), all);
        assert_eq!(BulkWish::read("filter=next%3D%2F%2Fevil&line=x&all=no&among=1"), BulkWish::default());
    }
}
