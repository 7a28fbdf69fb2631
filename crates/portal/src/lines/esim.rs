//! `/lines/{id}/esim`: the eSIM of a line (RES-08). How far it is; its QR code and what is typed instead, for who proves a moment before who they
//! are; the mail with them to any address; the confirmation code to another number; other codes; and, in a demonstration, a telephone.

use crate::{
    Icon, Page, Permission, Theme,
    answer::{Stop, html, see_other},
    proof::{self, Marks, status, words},
    qr::QrCode,
    server::App,
    session::{Posted, Signed, Visitor},
};
use askama::Template;
use axum::{
    extract::{FromRequestParts, Path, RawQuery, State},
    http::{HeaderMap, StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use operations::{
    contact_numbers::NumberReason,
    esim::{self, Esim, EsimRefusal, EsimStage, OnTelephone, ProfileState, ShowRefusal},
    first_access::Address,
    profile_servers::{TelephoneRefusal, TelephoneStep},
    proof::{ProofRefusal, Ways},
};
use vocabulary::{ActivationCode, E164, LineId, Party};

/// No more of what was typed is shown again, in characters.
const LONGEST_TYPED: usize = 120;

/// Which form of the page is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EsimForm {
    /// That which shows the code.
    Code,
    /// That which mails it.
    Mail,
    /// That which sends the confirmation code.
    Text,
    /// That which asks for other codes.
    Renew,
    /// The telephone.
    Telephone,
}

/// Why a form was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EsimPageRefusal {
    /// There is no fresh proof.
    Proof(ProofRefusal),
    /// About the profile, or what was typed.
    Esim(EsimRefusal),
    /// The telephone does not do it.
    Telephone(TelephoneRefusal),
}

/// The page.
#[derive(Template)]
#[template(path = "lines/esim.html")]
pub struct EsimPage {
    /// Its frame.
    pub page: Page,
    /// The eSIM.
    pub esim: Esim,
    /// What the reader can show as proof.
    pub ways: Ways,
    /// Do its forms have to ask for the password?
    pub needs_proof: bool,
    /// The activation code, right after it was asked for.
    pub code: Option<ActivationCode>,
    /// What was done, in words.
    pub done: Option<String>,
    /// What was refused, and why.
    pub refusal: Option<(EsimForm, EsimPageRefusal)>,
    /// What was typed then.
    pub typed: String,
}

/// How far an eSIM is.
pub(crate) fn stage_words(page: &Page, stage: EsimStage) -> &'static str {
    match stage {
        EsimStage::Coming => page.t("esim-coming"),
        EsimStage::CodeDead => page.t("esim-code-dead"),
        EsimStage::At(state) => match state {
            ProfileState::Released => page.t("esim-released"),
            ProfileState::Downloaded => page.t("esim-downloaded"),
            ProfileState::Installed => page.t("esim-installed"),
            ProfileState::Enabled => page.t("esim-enabled"),
            ProfileState::Disabled => page.t("esim-disabled"),
            ProfileState::Deleted => page.t("esim-deleted"),
        },
    }
}

impl EsimPage {
    fn state_class(&self) -> &'static str {
        match self.esim.stage {
            EsimStage::At(ProfileState::Installed | ProfileState::Enabled) => "active",
            EsimStage::At(ProfileState::Disabled) | EsimStage::CodeDead => "suspended",
            EsimStage::At(ProfileState::Deleted) => "ended",
            EsimStage::Coming | EsimStage::At(ProfileState::Released | ProfileState::Downloaded) => "in-progress",
        }
    }

    fn state(&self) -> &'static str {
        stage_words(&self.page, self.esim.stage)
    }

    /// What that means for who waits for it.
    fn advice(&self) -> &'static str {
        match self.esim.stage {
            EsimStage::Coming => self.page.t("esim-coming-advice"),
            EsimStage::CodeDead => self.page.t("esim-code-dead-advice"),
            EsimStage::At(state) => match state {
                ProfileState::Released | ProfileState::Downloaded => self.page.t("esim-released-advice"),
                ProfileState::Installed | ProfileState::Enabled | ProfileState::Disabled => self.page.t("esim-installed-advice"),
                ProfileState::Deleted => self.page.t("esim-deleted-advice"),
            },
        }
    }

    fn qr(&self, code: &ActivationCode) -> Option<QrCode> {
        QrCode::of(&code.qr_text())
    }

    fn matching_id<'a>(&self, code: &'a ActivationCode) -> &'a str {
        code.matching_id.as_ref().map_or("", |id| id.as_str())
    }

    fn proof_marks(&self) -> Marks {
        match self.refusal {
            Some((_, EsimPageRefusal::Proof(refusal))) => Marks::of(Some(refusal), "esim-refusal"),
            _ => Marks::of(None, "esim-refusal"),
        }
    }

    fn refused(&self, form: EsimForm) -> Option<String> {
        let (about, refusal) = self.refusal?;
        (about == form).then(|| self.refusal_words(refusal))
    }

    /// Is it what was typed in this form that is refused?
    fn is_field_wrong(&self, form: EsimForm) -> bool {
        match self.refusal {
            Some((about, EsimPageRefusal::Esim(refusal))) => {
                let own = EsimRefusal::Show(ShowRefusal::OwnNumber);
                about == form && (matches!(refusal, EsimRefusal::Address | EsimRefusal::Number(_)) || refusal == own)
            }
            Some((about, EsimPageRefusal::Telephone(_))) => about == form,
            _ => false,
        }
    }

    fn typed_in(&self, form: EsimForm) -> &str {
        if self.refusal.is_some_and(|(about, _)| about == form) { &self.typed } else { "" }
    }

    fn refusal_words(&self, refusal: EsimPageRefusal) -> String {
        let page = &self.page;
        match refusal {
            EsimPageRefusal::Proof(refusal) => words(page, refusal),
            EsimPageRefusal::Esim(refusal) => match refusal {
                EsimRefusal::Coming => page.t("esim-coming-advice").into(),
                EsimRefusal::Address => page.t("esim-no-address").into(),
                EsimRefusal::Number(NumberReason::NoNumber) => page.t("esim-no-number").into(),
                EsimRefusal::Number(NumberReason::NotMobile) => page.t("esim-not-mobile").into(),
                EsimRefusal::Wait(minutes) => page.tn("sign-in-too-many", minutes),
                EsimRefusal::Show(ShowRefusal::OwnNumber) => page.t("esim-own-number").into(),
                EsimRefusal::Show(ShowRefusal::Installed) => page.t("esim-installed-advice").into(),
                EsimRefusal::Show(ShowRefusal::Deleted) => page.t("esim-deleted-advice").into(),
                EsimRefusal::Show(ShowRefusal::CodeDead) => page.t("esim-code-dead-advice").into(),
            },
            EsimPageRefusal::Telephone(refusal) => match refusal {
                TelephoneRefusal::WrongCode => page.t("telephone-wrong-code").into(),
                TelephoneRefusal::CodeDead => page.t("esim-code-dead-advice").into(),
                TelephoneRefusal::NoProfile => page.t("telephone-no-profile").into(),
            },
        }
    }

    fn has_number(&self) -> bool {
        matches!(self.esim.line.1, Party::Number(_))
    }

    fn sees_staff(&self) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::SeeWorkOrders))
    }
}

/// Shows how far it is.
pub(crate) async fn get(
    signed: Signed,
    visitor: Visitor,
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let line = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let links = app.links(&visitor.brand, &headers);
    let shown = shown(&app, signed, line, &links).await?;
    let query = query.unwrap_or_default();
    let done = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "done").map(|(_, done)| done.into_owned());
    let done = match done.as_deref() {
        Some("renewed") => Some(shown.page.t("esim-renewed-done").to_owned()),
        Some("telephone") => Some(shown.page.t("telephone-done").to_owned()),
        _ => None,
    };
    html(&EsimPage { done, ..shown })
}

async fn shown(app: &App, signed: Signed, line: LineId, links: &Address) -> Result<EsimPage, Stop> {
    let esim = esim::of_line(&app.house, &signed.actor, line).await?.ok_or(Stop::NOT_FOUND)?;
    let ways = proof::ways(app, &signed, links).await?;
    let needs_proof = operations::proof::asked(&signed.actor, app.house.clock.now()).is_err();
    let page = Page { here: format!("/lines/{line}/esim"), ..signed.page };
    Ok(EsimPage { page, esim, ways, needs_proof, code: None, done: None, refusal: None, typed: String::new() })
}

/// What a form came to.
enum Came {
    Code(ActivationCode),
    Said(String),
    Renewed,
}

/// Shows the QR code and what is typed instead, once.
pub(crate) async fn code(app: State<App>, headers: HeaderMap, id: Path<String>, posted: Posted) -> Result<Response, Response> {
    take(app, headers, id, (posted, EsimForm::Code)).await
}

/// Mails them to an address.
pub(crate) async fn mail(app: State<App>, headers: HeaderMap, id: Path<String>, posted: Posted) -> Result<Response, Response> {
    take(app, headers, id, (posted, EsimForm::Mail)).await
}

/// Sends the confirmation code to a number.
pub(crate) async fn text_message(
    app: State<App>,
    headers: HeaderMap,
    id: Path<String>,
    posted: Posted,
) -> Result<Response, Response> {
    take(app, headers, id, (posted, EsimForm::Text)).await
}

/// Asks for other codes.
pub(crate) async fn renew(app: State<App>, headers: HeaderMap, id: Path<String>, posted: Posted) -> Result<Response, Response> {
    take(app, headers, id, (posted, EsimForm::Renew)).await
}

async fn take(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<String>,
    (posted, form): (Posted, EsimForm),
) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let links = app.links(&posted.visitor.brand, &headers);
    let line: LineId = id.parse().map_err(|_| Stop::NOT_FOUND.into_response())?;
    answer(&app, signed, (line, form), (&posted, &links)).await.map_err(IntoResponse::into_response)
}

async fn answer(
    app: &App,
    signed: Signed,
    (line, form): (LineId, EsimForm),
    (posted, links): (&Posted, &Address),
) -> Result<Response, Stop> {
    // What is not there is not there, whatever the password.
    let before = shown(app, signed.clone(), line, links).await?;
    let typed = typed(posted, form);
    let refused = |refusal| Some((form, refusal));
    let proof = match proof::of(app, &signed.actor, posted, links).await? {
        Ok(proof) => proof,
        Err(refusal) => {
            let refused = refused(EsimPageRefusal::Proof(refusal));
            let page = EsimPage { refusal: refused, needs_proof: true, typed, ..before };
            return Ok((status(refusal), html(&page)?).into_response());
        }
    };
    let house = &app.house;
    let page = &before.page;
    let came = match form {
        EsimForm::Code => esim::code(house, proof, line).await?.map(|came| came.map(Came::Code)),
        EsimForm::Mail => {
            let came = esim::mail(house, proof, line, &typed).await?;
            came.map(|came| came.map(|to| Came::Said(page.ta("esim-mail-done", to))))
        }
        EsimForm::Text => {
            let came = esim::text_code(house, proof, line, &typed).await?;
            let number = |to: E164| page.party(&Party::Number(to));
            came.map(|came| came.map(|to| Came::Said(page.ta("esim-text-done", number(to)))))
        }
        EsimForm::Renew => esim::renew(house, proof, line).await?.map(|came| came.map(|()| Came::Renewed)),
        EsimForm::Telephone => None,
    };
    // It was proved a moment ago, if only with this form.
    let after = async || Ok::<_, Stop>(EsimPage { needs_proof: false, ..shown(app, signed, line, links).await? });
    match came.ok_or(Stop::NOT_FOUND)? {
        Ok(Came::Renewed) => Ok(see_other(&format!("/lines/{line}/esim?done=renewed"))),
        Ok(Came::Code(code)) => html(&EsimPage { code: Some(code), ..after().await? }),
        Ok(Came::Said(done)) => html(&EsimPage { done: Some(done), ..after().await? }),
        Err(refusal) => {
            let status = match refusal {
                EsimRefusal::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
                EsimRefusal::Coming | EsimRefusal::Show(_) => StatusCode::CONFLICT,
                EsimRefusal::Address | EsimRefusal::Number(_) => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let refusal = refused(EsimPageRefusal::Esim(refusal));
            Ok((status, html(&EsimPage { refusal, typed, ..after().await? })?).into_response())
        }
    }
}

fn typed(posted: &Posted, form: EsimForm) -> String {
    let field = match form {
        EsimForm::Mail => "email",
        EsimForm::Text => "number",
        EsimForm::Code | EsimForm::Renew | EsimForm::Telephone => "typed",
    };
    posted.field(field).chars().take(LONGEST_TYPED).collect()
}

/// There is a telephone to do something with: elsewhere there is no such address, whoever asks and whatever the form says.
pub(crate) struct Demonstration;

impl FromRequestParts<App> for Demonstration {
    type Rejection = Stop;

    async fn from_request_parts(_: &mut Parts, app: &App) -> Result<Self, Stop> {
        if app.house.profile_servers.have_telephones() { Ok(Self) } else { Err(Stop::NOT_FOUND) }
    }
}

/// Does something with the telephone of a demonstration.
pub(crate) async fn telephone(
    _: Demonstration,
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let links = app.links(&posted.visitor.brand, &headers);
    let line: LineId = id.parse().map_err(|_| Stop::NOT_FOUND.into_response())?;
    handled(&app, signed, (line, &links), &posted).await.map_err(IntoResponse::into_response)
}

async fn handled(app: &App, signed: Signed, (line, links): (LineId, &Address), posted: &Posted) -> Result<Response, Stop> {
    let typed = typed(posted, EsimForm::Telephone);
    let what = match posted.field("what") {
        "install" => OnTelephone::Install(typed.trim()),
        "enable" => OnTelephone::Step(TelephoneStep::Enable),
        "disable" => OnTelephone::Step(TelephoneStep::Disable),
        "delete" => OnTelephone::Step(TelephoneStep::Delete),
        _ => return Err(Stop::NOT_FOUND),
    };
    match esim::telephone(&app.house, &signed.actor, line, what).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(()) => Ok(see_other(&format!("/lines/{line}/esim?done=telephone"))),
        Err(refusal) => {
            let refusal = Some((EsimForm::Telephone, EsimPageRefusal::Telephone(refusal)));
            let page = EsimPage { refusal, ..shown(app, signed, line, links).await? };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
    }
}
