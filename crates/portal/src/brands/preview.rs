//! `/brands/{id}/preview`: the sign-in page, a table and a mail as they would look, in a frame beside the form. Nothing is kept.
//!
//! The form is sent into the frame as it stands, by a button, or by the script of the page whenever something changes. The pages are the
//! house's own, with invented people; a logo that was just chosen stands in them as `data:`.

use super::{
    form::{Sent, Shown, received},
    handler::{fields_of, find, may, may_give},
    refusal_words,
};
use crate::{
    Locale, Page, Theme,
    answer::Stop,
    brand::{Brand, logo_url},
    mail::MailTemplates,
    mailbox, multipart, samples,
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{Multipart, Path, Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use operations::{
    brand::{BrandDraft, BrandField, BrandLogo, BrandRefusal, Checked, OwnBrand, logo_content, previewed},
    mail::{Addressed, Letter, MailRenderer as _},
    sign_in::{self, Door},
};
use std::sync::Arc;

/// What the page of the form may do: what every page may, and show a frame of this host.
pub(super) const WITH_FRAME: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// What a previewed page may do: be looked at, in a frame of this host.
const PREVIEW: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'none'; \
     base-uri 'none'; frame-ancestors 'self'";

/// Shows a brand as it is kept.
pub(crate) async fn get(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let brand = find(&app, &signed, &id).await?;
    let theme = if signed.page.theme == Theme::Dark { Theme::Dark } else { Theme::Light };
    let sent = Sent { fields: fields_of(&app, &signed, &brand)?, theme, ..Sent::default() };
    show(&app, signed, brand, sent).await
}

/// Shows what is typed.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, request: Request) -> Result<Response, Response> {
    let (signed, form) = multipart::open(&app, request, may).await?;
    draft(&app, signed, &id, form).await.map_err(IntoResponse::into_response)
}

async fn draft(app: &App, signed: Signed, id: &str, form: Multipart) -> Result<Response, Stop> {
    let sent = received(&signed, form, may_give(&signed)).await?;
    let brand = find(app, &signed, id).await?;
    show(app, signed, brand, sent).await
}

async fn show(app: &App, signed: Signed, brand: OwnBrand, sent: Sent) -> Result<Response, Stop> {
    let draft: BrandDraft = sent.draft();
    let (checked, mut refusals) = previewed(&app.house, &brand, draft).await?;
    // No preview shows them: saving says what is wrong with them.
    refusals.retain(|refusal| !matches!(refusal.field(), BrandField::OwnHosts | BrandField::GivenHosts));
    let preview = Preview { page: signed.page, brand, checked, refusals, theme: sent.theme };
    match sent.shown {
        Shown::Mail => preview.mail(app).await,
        Shown::SignIn => preview.framed(&samples::sign_in_alone(preview.frame("/sign-in"))),
        Shown::Table => preview.framed(&samples::table(preview.frame("/lines"))),
    }
}

struct Preview {
    page: Page,
    brand: OwnBrand,
    checked: Checked,
    refusals: Vec<BrandRefusal>,
    theme: Theme,
}

impl Preview {
    fn logos(&self) -> Vec<BrandLogo> {
        self.checked.logos_after(&self.brand)
    }

    /// The frame of a page of invented people in this brand.
    fn frame(&self, here: &str) -> Page {
        let languages: Vec<Locale> = self.checked.look.languages.iter().filter_map(|tag| tag.parse().ok()).collect();
        let locale = self.page.locale;
        let locale = if languages.contains(&locale) { locale } else { languages.first().copied().unwrap_or(locale) };
        let look = Brand { legal: self.page.brand.legal.clone(), ..Brand::of(&self.checked.look, &self.logos(), url) };
        let page = samples::page(crate::Role::FleetManager, locale, self.theme, here);
        Page { brand: Arc::new(look), languages, zone: self.page.zone.clone(), plan: self.page.plan.clone(), ..page }
    }

    /// A page, with what of the form is refused at its top.
    fn framed(&self, page: &impl Template) -> Result<Response, Stop> {
        let mut body = without_scripts(page.render()?);
        if !self.refusals.is_empty() {
            let notes =
                Notes { words: self.refusals.iter().map(|refusal| refusal_words(&self.page, refusal)).collect() }.render()?;
            let place = body.find("<main").and_then(|main| Some(main + body[main..].find('>')? + 1));
            body.insert_str(place.unwrap_or(body.len()), &notes);
        }
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PREVIEW)),
            (header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
        ];
        Ok((headers, body).into_response())
    }

    async fn mail(&self, app: &App) -> Result<Response, Stop> {
        let logos = self.logos();
        let host = self.brand.hosts.first().map(|host| host.host.clone()).unwrap_or_default();
        let link = format!("https://{host}/access/7c1e…");
        let brand = sign_in::Brand {
            id: self.brand.id,
            host,
            door: Door { operator: self.brand.operator, reseller: self.brand.reseller },
            look: self.checked.look.clone(),
            logos,
            legal: Vec::new(),
            languages: self.checked.look.languages.clone(),
            zone: self.page.zone.clone(),
            plan: (*self.page.plan).clone(),
        };
        let letter = Letter::FirstAccess { link, minutes: 15 };
        let addressed = Addressed { name: "Claire Muller", language: self.page.locale.tag(), letter: &letter };
        let words = MailTemplates.render(&brand, addressed).map_err(|problem| {
            let error = std::io::Error::other(problem);
            Stop::fault(&error)
        })?;
        let body = match brand.mail_logo() {
            Some(logo) if logo.content.is_empty() => {
                let kept = logo_content(&app.house, &logo.hash).await?.unwrap_or_default();
                mailbox::with_logo(&words.html, &mailbox::picture(&kept))
            }
            Some(logo) => mailbox::with_logo(&words.html, &mailbox::picture(&logo.content)),
            None => words.html,
        };
        // A mail follows the reader's system; here it follows the button.
        let body = match self.theme {
            Theme::Dark => body.replace("(prefers-color-scheme: dark)", "all"),
            Theme::Light => body.replace("(prefers-color-scheme: dark)", "not all"),
            Theme::System => body,
        };
        Ok(mailbox::mail_document(body))
    }
}

/// A page without the scripts that the frame would not run, and complain of.
fn without_scripts(mut page: String) -> String {
    const END: &str = "</script>";
    while let Some(begin) = page.find("<script") {
        let end = page[begin..].find(END).map_or(page.len(), |end| begin + end + END.len());
        page.replace_range(begin..end, "");
    }
    page
}

/// The address of a logo: of a kept one, or one that holds it.
fn url(logo: &BrandLogo) -> String {
    if logo.content.is_empty() { logo_url(logo) } else { mailbox::picture(&logo.content) }
}

/// What of the form is refused.
#[derive(Template)]
#[template(source = "{% for words in words %}<p class=\"notice near preview-note\">{{ words }}</p>{% endfor %}", ext = "html")]
struct Notes {
    words: Vec<String>,
}
