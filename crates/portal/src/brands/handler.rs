//! `/brand` and `/brands/{id}`: looking at a brand, and changing it.

use super::{
    BrandFields, BrandNews, BrandPage, BrandTextsPage, BrandsPage,
    form::{MayGive, Sent, SentTexts, received, received_texts},
};
use crate::{
    Locale, Page,
    answer::{Stop, html, see_other},
    brand::{Logo, logo_url},
    multipart,
    server::App,
    session::{Posted, Signed, Visitor},
};
use axum::{
    extract::{Path, RawQuery, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use operations::{
    Reach,
    brand::{self, Answered, BrandText, Changed, Ground, HostAnswer, LONGEST_TEXT, LegalPage, OwnBrand},
    permission::Permission,
};
use vocabulary::BrandId;

/// The reader's brand, or the list of those that they may change.
pub(crate) async fn list(signed: Signed, State(app): State<App>) -> Result<Response, Stop> {
    let brands = brand::brands(&app.house, &signed.actor).await?;
    if let [only] = brands.as_slice() {
        return Ok(see_other(&format!("/brands/{}", only.id)));
    }
    let brands = brands.into_iter().map(|brand| {
        let logo = Logo::of(&brand.logos, Ground::Light, logo_url);
        (brand, logo)
    });
    html(&BrandsPage { brands: brands.collect(), page: signed.page })
}

/// Shows the form.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let brand = find(&app, &signed, &id).await?;
    let news = match query.as_deref() {
        Some("done") => BrandNews::Done,
        Some("done=host-confirmed") => BrandNews::HostConfirmed,
        Some("done=host-refused") => BrandNews::HostRefused,
        _ => BrandNews::None,
    };
    let fields = fields_of(&app, &signed, &brand)?;
    shown(page(&app, signed, brand, (fields, news)).await?, StatusCode::OK)
}

/// Changes the brand.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, request: Request) -> Result<Response, Response> {
    let here = request.extensions().get::<Visitor>().map(|visitor| visitor.brand.host.clone()).unwrap_or_default();
    let (signed, form) = multipart::open(&app, request, may).await?;
    let sent = received(&signed, form, may_give(&signed)).await.map_err(IntoResponse::into_response)?;
    answer(&app, signed, &id, (sent, here)).await.map_err(IntoResponse::into_response)
}

async fn answer(app: &App, signed: Signed, id: &str, (sent, here): (Sent, String)) -> Result<Response, Stop> {
    let brand = find(app, &signed, id).await?;
    let changed = brand::change(&app.house, &signed.actor, &brand, (sent.draft(), &here)).await?;
    let (news, status) = match changed {
        Changed::Done => {
            app.brands_changed().await?;
            return Ok(see_other(&format!("/brands/{}?done", brand.id)));
        }
        Changed::Stale => (BrandNews::Stale, StatusCode::CONFLICT),
        Changed::Refused(refusals) => (BrandNews::Refused(refusals), StatusCode::UNPROCESSABLE_ENTITY),
    };
    let lost_files = sent.files();
    let mut fields = sent.fields;
    if news == BrandNews::Stale {
        // Who sends it once more has been told.
        fields.version = brand.version;
    }
    let page = page(app, signed, brand, (fields, news)).await?;
    shown(BrandPage { lost_files, ..page }, status)
}

/// Lets a host name serve that a reseller's people want.
pub(crate) async fn confirm_host(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    answer_host(&app, &posted, &id, HostAnswer::Confirmed).await.map_err(IntoResponse::into_response)
}

/// Says that it is not theirs.
pub(crate) async fn refuse_host(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    answer_host(&app, &posted, &id, HostAnswer::Refused).await.map_err(IntoResponse::into_response)
}

async fn answer_host(app: &App, posted: &Posted, id: &str, answer: HostAnswer) -> Result<Response, Stop> {
    // Who is not signed in does not come as far.
    let signed = posted.signed().map_err(|_| Stop::NOT_FOUND)?;
    let brand = find(app, &signed, id).await?;
    let host = posted.field("host");
    match brand::answer_host(&app.house, &signed.actor, &brand, (host, answer)).await? {
        // Somebody answered before, or it is not wanted any more: the page says how it is now.
        None => Ok(see_other(&format!("/brands/{}", brand.id))),
        Some(Answered::Done) => {
            app.brands_changed().await?;
            let word = if answer == HostAnswer::Confirmed { "host-confirmed" } else { "host-refused" };
            Ok(see_other(&format!("/brands/{}?done={word}", brand.id)))
        }
        Some(Answered::Taken) => {
            let fields = fields_of(app, &signed, &brand)?;
            let news = BrandNews::HostTaken(host.to_owned());
            shown(page(app, signed, brand, (fields, news)).await?, StatusCode::CONFLICT)
        }
    }
}

/// Shows the legal pages.
pub(crate) async fn texts(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let brand = find(&app, &signed, &id).await?;
    let news = if query.as_deref() == Some("done") { BrandNews::Done } else { BrandNews::None };
    let kept = brand::texts(&app.house, brand.id).await?;
    let said = |page: LegalPage, locale: Locale| {
        let found = kept.iter().find(|text| text.page == page.as_str() && text.language == locale.tag());
        found.map(|text| text.content.clone()).unwrap_or_default()
    };
    html(&texts_page(&app, signed, &brand, (said, news))?)
}

/// Changes the legal pages.
pub(crate) async fn post_texts(State(app): State<App>, Path(id): Path<String>, request: Request) -> Result<Response, Response> {
    let (signed, form) = multipart::open(&app, request, may).await?;
    let sent = received_texts(&signed, form).await.map_err(IntoResponse::into_response)?;
    answer_texts(&app, signed, &id, sent).await.map_err(IntoResponse::into_response)
}

async fn answer_texts(app: &App, signed: Signed, id: &str, sent: SentTexts) -> Result<Response, Stop> {
    let brand = find(app, &signed, id).await?;
    let is_too_long = sent.texts.iter().any(|(_, _, text)| text.chars().count() > LONGEST_TEXT);
    if !is_too_long {
        let texts = sent.texts.iter().map(|(page, locale, content)| BrandText {
            page: page.as_str().to_owned(),
            language: locale.tag().to_owned(),
            content: content.clone(),
        });
        if brand::change_texts(&app.house, &signed.actor, &brand, (sent.version, texts.collect())).await? {
            app.brands_changed().await?;
            return Ok(see_other(&format!("/brands/{}/texts?done", brand.id)));
        }
    }
    let said = |page: LegalPage, locale: Locale| {
        let found = sent.texts.iter().find(|(sent, language, _)| *sent == page && *language == locale);
        found.map(|(_, _, text)| text.clone()).unwrap_or_default()
    };
    let (news, status) =
        if is_too_long { (BrandNews::None, StatusCode::UNPROCESSABLE_ENTITY) } else { (BrandNews::Stale, StatusCode::CONFLICT) };
    let page = BrandTextsPage { is_too_long, ..texts_page(app, signed, &brand, (said, news))? };
    Ok((status, html(&page)?).into_response())
}

fn texts_page(
    app: &App,
    signed: Signed,
    brand: &OwnBrand,
    (said, news): (impl Fn(LegalPage, Locale) -> String, BrandNews),
) -> Result<BrandTextsPage, Stop> {
    let spoken = spoken(app, brand)?;
    let texts = LegalPage::ALL.map(|page| (page, spoken.iter().map(|locale| (*locale, said(page, *locale))).collect()));
    Ok(BrandTextsPage {
        page: Page { here: format!("/brands/{}/texts", brand.id), ..signed.page },
        id: brand.id,
        name: brand.look.name.clone(),
        version: brand.version,
        texts: texts.to_vec(),
        news,
        is_too_long: false,
    })
}

pub(super) fn may(signed: &Signed) -> bool {
    signed.actor.may(Permission::ChangeBrand)
}

pub(super) fn may_give(signed: &Signed) -> MayGive {
    if signed.actor.scope.reach == Reach::Operator { MayGive::Hosts } else { MayGive::Nothing }
}

/// A brand that the reader may change.
pub(super) async fn find(app: &App, signed: &Signed, id: &str) -> Result<OwnBrand, Stop> {
    let id: BrandId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    brand::brand(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)
}

/// What a brand's operator speaks.
pub(super) fn spoken(app: &App, brand: &OwnBrand) -> Result<Vec<Locale>, Stop> {
    Ok(brand::languages(&app.house, brand)?.iter().filter_map(|tag| tag.parse().ok()).collect())
}

/// The fields as the brand is kept.
pub(super) fn fields_of(app: &App, signed: &Signed, brand: &OwnBrand) -> Result<BrandFields, Stop> {
    let hosts = |is_given: bool| {
        let found = brand.hosts.iter().filter(|host| host.is_given == is_given);
        found.map(|host| host.host.as_str()).collect::<Vec<_>>().join("\n")
    };
    let languages: Vec<Locale> = brand.look.languages.iter().filter_map(|tag| tag.parse().ok()).collect();
    Ok(BrandFields {
        version: brand.version,
        look: brand.look.clone(),
        languages: if languages.is_empty() { spoken(app, brand)? } else { languages },
        given_hosts: (may_give(signed) == MayGive::Hosts).then(|| hosts(true)),
        own_hosts: match may_give(signed) {
            MayGive::Hosts => hosts(false),
            // Who wants a host name takes it back where it was typed.
            MayGive::Nothing => {
                std::iter::once(hosts(false)).chain(brand.asked.clone()).collect::<Vec<_>>().join("\n").trim().to_owned()
            }
        },
    })
}

async fn page(app: &App, signed: Signed, brand: OwnBrand, (fields, news): (BrandFields, BrandNews)) -> Result<BrandPage, Stop> {
    let is_one_of_several = brand::brands(&app.house, &signed.actor).await?.len() > 1;
    Ok(BrandPage {
        page: Page { here: format!("/brands/{}", brand.id), ..signed.page },
        logos: Ground::ALL.map(|ground| Logo::of(&brand.logos, ground, logo_url)),
        spoken: spoken(app, &brand)?,
        fields,
        brand,
        news,
        lost_files: Vec::new(),
        is_one_of_several,
    })
}

/// The form with its preview, which is a frame of this host.
fn shown(page: BrandPage, status: StatusCode) -> Result<Response, Stop> {
    let policy = HeaderValue::from_static(super::preview::WITH_FRAME);
    Ok((status, [(header::CONTENT_SECURITY_POLICY, policy)], html(&page)?).into_response())
}
