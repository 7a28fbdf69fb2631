//! Reads the form of a brand, which carries files.

use super::BrandFields;
use crate::{
    Locale, Theme,
    answer::Stop,
    multipart::{STALE, TOO_LARGE, UNREADABLE, drain, is_token, text},
    session::Signed,
};
use axum::extract::{Multipart, multipart::Field};
use operations::brand::{BrandDraft, BrandLook, Ground, LARGEST_LOGO, LONGEST_TEXT, LegalPage, LogoDraft};

/// The longest field besides files and legal pages, in bytes: longer than any that is taken, so that what is wrong with it is said beside it
/// and nothing else of the form is lost.
const LONGEST_FIELD: usize = 64 * 1024;
/// No form has more.
const MOST_FIELDS: usize = 60;
/// How much of what nobody asked for is read on, in bytes, so that the answer is seen.
const MOST_READ_ON: u64 = 5_000_000;

/// Which page of the house a preview shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    #[default]
    SignIn,
    Table,
    Mail,
}

impl Shown {
    pub(super) fn named(word: &str) -> Self {
        match word {
            "table" => Self::Table,
            "mail" => Self::Mail,
            _ => Self::SignIn,
        }
    }
}

/// What was sent.
#[derive(Debug, Default)]
pub(super) struct Sent {
    pub(super) fields: BrandFields,
    /// What becomes of the logos on light and on dark ground.
    pub(super) logos: [LogoDraft; 2],
    /// What a preview shows, and how.
    pub(super) shown: Shown,
    pub(super) theme: Theme,
}

impl Sent {
    /// The same for the operation.
    pub(super) fn draft(&self) -> BrandDraft {
        let fields = self.fields.clone();
        let languages = fields.languages.iter().map(|locale| locale.tag().to_owned()).collect();
        BrandDraft {
            version: fields.version,
            look: BrandLook { languages, ..fields.look },
            given_hosts: fields.given_hosts,
            own_hosts: fields.own_hosts,
            logos: self.logos.clone(),
        }
    }

    /// The themes whose files have to be chosen again when the form is shown once more.
    pub(super) fn files(&self) -> Vec<Ground> {
        let sent = Ground::ALL.into_iter().zip(&self.logos);
        sent.filter(|(_, logo)| matches!(logo, LogoDraft::Replace(_))).map(|(ground, _)| ground).collect()
    }
}

/// Reads the form to its end. Host names that the operator gives are taken from who may give them only.
pub(super) async fn received(signed: &Signed, mut form: Multipart, may_give: MayGive) -> Result<Sent, Stop> {
    let (mut sent, mut first) = (Sent::default(), None);
    let mut is_trusted = false;
    let mut seen = 0;
    while let Some(mut field) = form.next_field().await.map_err(|_| UNREADABLE)? {
        seen += 1;
        let name = field.name().unwrap_or_default().to_owned();
        if name == "csrf" {
            is_trusted = is_token(&mut field, signed).await?;
            continue;
        }
        if !is_trusted {
            return Err(STALE);
        }
        if seen > MOST_FIELDS {
            return Err(TOO_LARGE);
        }
        let look = &mut sent.fields.look;
        let place = match name.as_str() {
            "name" => &mut look.name,
            "colour" => &mut look.colour,
            "colour_on_dark" => &mut look.colour_on_dark,
            "telephone" => &mut look.telephone,
            "email" => &mut look.email,
            "postal_address" => &mut look.postal_address,
            "sender_name" => &mut look.sender_name,
            "sender_address" => &mut look.sender_address,
            "own_hosts" => &mut sent.fields.own_hosts,
            "given_hosts" if may_give == MayGive::Hosts => sent.fields.given_hosts.insert(String::new()),
            _ => {
                other(&mut sent, &mut first, (&name, &mut field)).await?;
                continue;
            }
        };
        *place = text(&mut field, LONGEST_FIELD).await?;
    }
    if !is_trusted {
        return Err(STALE);
    }
    if let Some(first) = first {
        sent.fields.languages.sort_by_key(|locale| *locale != first);
    }
    Ok(sent)
}

/// May the reader give and take host names below the operator's?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MayGive {
    Hosts,
    Nothing,
}

/// What is no plain text.
async fn other(sent: &mut Sent, first: &mut Option<Locale>, (name, field): (&str, &mut Field<'_>)) -> Result<(), Stop> {
    match name {
        "version" => sent.fields.version = text(field, LONGEST_FIELD).await?.parse().unwrap_or(0),
        "language" => sent.fields.languages.extend(text(field, LONGEST_FIELD).await?.parse::<Locale>().ok()),
        "first_language" => *first = text(field, LONGEST_FIELD).await?.parse().ok(),
        "shown" => sent.shown = Shown::named(&text(field, LONGEST_FIELD).await?),
        "theme" => sent.theme = Theme::from_cookie(&text(field, LONGEST_FIELD).await?),
        "remove_light" | "remove_dark" => {
            let logo = &mut sent.logos[usize::from(name == "remove_dark")];
            if *logo == LogoDraft::Keep {
                *logo = LogoDraft::Remove;
            }
        }
        "logo_light" | "logo_dark" => {
            let file = file(field).await?;
            if !file.is_empty() {
                sent.logos[usize::from(name == "logo_dark")] = LogoDraft::Replace(file);
            }
        }
        _ => {}
    }
    drain(field, MOST_READ_ON).await
}

/// A file, or one byte more than it may have.
async fn file(field: &mut Field<'_>) -> Result<Vec<u8>, Stop> {
    let mut file = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| UNREADABLE)? {
        let room = (LARGEST_LOGO + 1).saturating_sub(file.len());
        file.extend_from_slice(&piece[..piece.len().min(room)]);
        if file.len() > LARGEST_LOGO {
            break;
        }
    }
    Ok(file)
}

/// What was sent of legal pages.
#[derive(Debug, Default)]
pub(super) struct SentTexts {
    pub(super) version: i64,
    pub(super) texts: Vec<(LegalPage, Locale, String)>,
}

/// Reads the form of legal pages: fields are named `notice_fr`.
pub(super) async fn received_texts(signed: &Signed, mut form: Multipart) -> Result<SentTexts, Stop> {
    let (mut sent, mut is_trusted, mut seen) = (SentTexts::default(), false, 0);
    while let Some(mut field) = form.next_field().await.map_err(|_| UNREADABLE)? {
        seen += 1;
        let name = field.name().unwrap_or_default().to_owned();
        if name == "csrf" {
            is_trusted = is_token(&mut field, signed).await?;
            continue;
        }
        if !is_trusted {
            return Err(STALE);
        }
        if seen > MOST_FIELDS {
            return Err(TOO_LARGE);
        }
        if name == "version" {
            sent.version = text(&mut field, LONGEST_FIELD).await?.parse().unwrap_or(0);
            continue;
        }
        let named = name.split_once('_').and_then(|(page, tag)| Some((LegalPage::named(page)?, tag.parse::<Locale>().ok()?)));
        match named {
            // Far more than a page may have: what is too long is said, and not lost.
            Some((page, locale)) => {
                let content = text(&mut field, LONGEST_TEXT * 50).await?.replace("\r\n", "\n");
                sent.texts.push((page, locale, content));
            }
            None => drain(&mut field, MOST_READ_ON).await?,
        }
    }
    if is_trusted { Ok(sent) } else { Err(STALE) }
}
