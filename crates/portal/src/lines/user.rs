//! `/lines/{id}/user`: who uses a line (FLT-07, RES-25). What is known of them, the form that corrects it, the user's word that it is right, and,
//! below `new`, somebody else in their place.

use crate::{
    Icon, Locale, Page, Theme,
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
    line_user::{self, Changed, EditRefusal, Fault, Field, LONGEST_FIELD, TITLES, Typed, UserChangeRefusal, UserShown},
    permission::Permission,
    sims,
};
use vocabulary::{E164, LineId, Party, SimId};

/// What the page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To see what is known, and to correct it.
    Correct,
    /// To name somebody else.
    Another,
}

/// The page.
#[derive(Template)]
#[template(path = "lines/user.html")]
pub struct UserPage {
    /// Its frame.
    pub page: Page,
    /// The line and its user.
    pub user: UserShown,
    /// What it is for.
    pub purpose: Purpose,
    /// What stands in the form.
    pub typed: Typed,
    /// The fields that are wrong.
    pub faults: Vec<(Field, Fault)>,
    /// Did somebody write since the form was shown?
    pub is_stale: bool,
    /// Was it written a moment ago?
    pub is_done: bool,
    /// The page of the line's SIM, and whether that shows the reader the PUK.
    pub sim: Option<(SimId, bool)>,
}

impl UserPage {
    fn title(&self) -> &'static str {
        match self.purpose {
            Purpose::Correct => self.page.t("user-title"),
            Purpose::Another => self.page.t("user-another"),
        }
    }

    fn line_name(&self) -> String {
        match &self.user.number {
            Party::Unknown => self.page.t("number-to-come").to_owned(),
            number => self.page.party(number),
        }
    }

    fn path(&self) -> String {
        match self.purpose {
            Purpose::Correct => format!("/lines/{}/user", self.user.line),
            Purpose::Another => format!("/lines/{}/user/new", self.user.line),
        }
    }

    /// Is there a form to fill in?
    fn has_form(&self) -> bool {
        match self.purpose {
            Purpose::Correct => self.user.refusal.is_none(),
            Purpose::Another => self.user.people.is_some(),
        }
    }

    fn may_replace(&self) -> bool {
        self.user.people.is_some()
    }

    fn sees_people(&self) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::SeePeople))
    }

    fn refusal_words(&self, refusal: &EditRefusal) -> String {
        match refusal {
            EditRefusal::NotTheirs => self.page.t("user-not-yours").to_owned(),
            EditRefusal::Over => self.page.t("refusal-over").to_owned(),
            EditRefusal::OwnAccess => self.page.t("user-own-access").to_owned(),
            EditRefusal::Confirmed(at) => {
                self.page.ta("user-confirmed-by-them", self.page.long_day(at.to_local(&self.page.zone).date()))
            }
        }
    }

    fn fields(&self) -> [Field; 11] {
        Field::ALL
    }

    fn value(&self, field: &Field) -> &str {
        self.typed.get(*field)
    }

    fn known(&self) -> Vec<(&'static str, String)> {
        known(&self.page, &self.user)
    }

    fn label(&self, field: &Field) -> &'static str {
        label(&self.page, *field)
    }

    fn is_wrong(&self, field: &Field) -> bool {
        self.faults.iter().any(|(known, _)| known == field)
    }

    fn fault_words(&self, field: &Field) -> Option<String> {
        let (_, fault) = self.faults.iter().find(|(known, _)| known == field)?;
        let page = &self.page;
        Some(match fault {
            Fault::Text(refusal) => page.label_words(*refusal, page.t("user-text-wrong")),
            Fault::Address => page.t("user-email-wrong").to_owned(),
            Fault::Number => page.t("user-number-wrong").to_owned(),
            Fault::Day => page.t("user-day-wrong").to_owned(),
            Fault::NotThen => page.t("user-born-wrong").to_owned(),
            Fault::Unknown => page.t("user-choice-wrong").to_owned(),
            Fault::NoName => page.t("user-no-name").to_owned(),
        })
    }

    /// What one chooses from; nothing for a field that is typed.
    fn choices(&self, field: &Field) -> Vec<(&'static str, &'static str)> {
        choices(&self.page, (*field, self.value(field)))
    }

    fn is_chosen(&self, field: &Field, word: &str) -> bool {
        self.value(field) == word
    }

    fn kind(&self, field: &Field) -> &'static str {
        kind(*field)
    }

    /// What a browser knows of its reader, where the reader is the user.
    fn completion(&self, field: &Field) -> &'static str {
        match field {
            _ if !self.user.is_reader => "off",
            Field::FirstName => "given-name",
            Field::LastName => "family-name",
            Field::Born => "bday",
            Field::Email => "email",
            Field::Number => "tel",
            Field::Street => "street-address",
            Field::Postcode => "postal-code",
            Field::Town => "address-level2",
            Field::Description | Field::Title | Field::Language => "off",
        }
    }

    fn hint(&self, field: &Field) -> Option<&'static str> {
        match field {
            Field::Description => Some(self.page.t("user-description-hint")),
            Field::Email => Some(self.page.t("user-email-hint")),
            Field::Street => Some(self.page.t("user-street-hint")),
            _ => None,
        }
    }

    fn is_wide(&self, field: &Field) -> bool {
        matches!(field, Field::Description | Field::Street)
    }
}

/// What one chooses from, with what was chosen before; nothing for a field that is typed.
pub(crate) fn choices(page: &Page, (field, chosen): (Field, &str)) -> Vec<(&'static str, &'static str)> {
    match field {
        Field::Title => TITLES.into_iter().map(|word| (word, title(page, word))).collect(),
        Field::Language => {
            let chosen: Option<Locale> = chosen.parse().ok();
            let others = chosen.filter(|locale| !page.languages.contains(locale));
            let languages = page.languages.iter().copied().chain(others);
            languages.map(|locale| (locale.tag(), locale.own_name())).collect()
        }
        _ => Vec::new(),
    }
}

/// The kind of its input.
pub(crate) const fn kind(field: Field) -> &'static str {
    match field {
        Field::Born => "date",
        Field::Email => "email",
        Field::Number => "tel",
        _ => "text",
    }
}

/// What a field is called.
pub(crate) fn label(page: &Page, field: Field) -> &'static str {
    match field {
        Field::Description => page.t("user-description"),
        Field::Title => page.t("user-salutation"),
        Field::FirstName => page.t("user-first-name"),
        Field::LastName => page.t("user-last-name"),
        Field::Born => page.t("user-born"),
        Field::Email => page.t("identifier-email"),
        Field::Number => page.t("user-number"),
        Field::Language => page.t("language"),
        Field::Street => page.t("user-street"),
        Field::Postcode => page.t("user-postcode"),
        Field::Town => page.t("user-town"),
    }
}

fn title(page: &Page, word: &str) -> &'static str {
    if word == "ms" { page.t("user-ms") } else { page.t("user-mr") }
}

/// What is known of a user, each with its name; without what is not known.
pub(crate) fn known(page: &Page, user: &UserShown) -> Vec<(&'static str, String)> {
    let shown = |field: Field| {
        let text = field.of(&user.data);
        match field {
            _ if text.is_empty() => text,
            Field::Title => title(page, &text).to_owned(),
            Field::Born => user.data.born.map_or(text, |day| page.long_day(day)),
            Field::Number => in_their_way(page, &text),
            Field::Language => text.parse::<Locale>().map_or(text, |locale| locale.own_name().to_owned()),
            _ => text,
        }
    };
    let all = Field::ALL.into_iter().map(|field| (label(page, field), shown(field)));
    all.filter(|(_, text)| !text.is_empty()).collect()
}

/// A number as people write it.
fn in_their_way(page: &Page, number: &str) -> String {
    number.parse::<E164>().map_or_else(|_| number.to_owned(), |number| page.tel(number))
}

async fn shown(app: &App, signed: Signed, id: LineId, purpose: Purpose) -> Result<UserPage, Stop> {
    let user = line_user::user(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let sim = sims::of_line(&app.house, &signed.actor, id).await?;
    let is_hidden = user.refusal == Some(EditRefusal::OwnAccess);
    let typed = match purpose {
        Purpose::Correct => Typed::with(|field| match field {
            Field::Number => in_their_way(&signed.page, &user.data.number),
            _ => field.of(&user.data),
        }),
        Purpose::Another => Typed::default(),
    };
    let mut shown = UserPage {
        page: signed.page,
        user,
        purpose,
        typed,
        faults: Vec::new(),
        is_stale: false,
        is_done: false,
        sim: sim.map(|(sim, has_puk)| (sim, has_puk && !is_hidden)),
    };
    shown.page.here = shown.path();
    Ok(shown)
}

fn read(posted: &Posted) -> Typed {
    Typed::with(|field| posted.field(field.as_str()).to_owned())
}

/// Shows who uses a line.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let is_done = query.as_deref() == Some("done=yes");
    html(&UserPage { is_done, ..shown(&app, signed, id, Purpose::Correct).await? })
}

/// Shows the form for somebody else.
pub(crate) async fn get_new(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    html(&shown(&app, signed, id, Purpose::Another).await?)
}

/// Corrects what is known.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    answer(&app, &id, &posted, Asked::Write(Purpose::Correct)).await
}

/// Puts somebody else in the user's place.
pub(crate) async fn post_new(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    answer(&app, &id, &posted, Asked::Write(Purpose::Another)).await
}

/// Takes the user's word that what is known is right.
pub(crate) async fn confirm(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    answer(&app, &id, &posted, Asked::Confirm).await
}

#[derive(Clone, Copy)]
enum Asked {
    Write(Purpose),
    Confirm,
}

async fn answer(app: &App, id: &str, posted: &Posted, asked: Asked) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    answered(app, signed, id, (posted, asked)).await.map_err(IntoResponse::into_response)
}

async fn answered(app: &App, signed: Signed, id: &str, (posted, asked): (&Posted, Asked)) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let version = posted.field("version").parse().unwrap_or(-1);
    let (house, actor, typed) = (&app.house, &signed.actor, read(posted));
    let came: Option<Changed> = match asked {
        Asked::Write(Purpose::Correct) => line_user::change(house, actor, (id, version), &typed).await?,
        Asked::Write(Purpose::Another) => line_user::replace(house, actor, (id, version), &typed).await?,
        Asked::Confirm => line_user::confirm(house, actor, (id, version)).await?,
    };
    let refusal = match came.ok_or(Stop::NOT_FOUND)? {
        Ok(()) => return Ok(see_other(&format!("/lines/{id}/user?done=yes"))),
        Err(refusal) => refusal,
    };
    let purpose = if let Asked::Write(purpose) = asked { purpose } else { Purpose::Correct };
    let mut page = shown(app, signed, id, purpose).await?;
    match refusal {
        // The page itself says who may.
        UserChangeRefusal::Edit(_) => {}
        UserChangeRefusal::Fields(faults) => page.faults = faults,
        UserChangeRefusal::Stale => page.is_stale = true,
    }
    if matches!(asked, Asked::Write(_)) {
        page.typed = typed;
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
}
