//! A brand as its owner changes it (RES-09): name, logos, colours, contact, sender of mails, languages, host names, legal pages.

mod form;
mod handler;
mod preview;

pub(crate) use handler::{confirm_host, get, list, post, post_texts, refuse_host, texts};
pub(crate) use preview::{get as preview, post as preview_draft};

use crate::{Icon, Locale, Page, Theme, brand::Logo, page::Value};
use askama::Template;
use operations::brand::{
    BrandField, BrandRefusal, Colour, Ground, LARGEST_LOGO, LONGEST_SIDE, LegalPage, LogoFault, OwnBrand, READABLE,
};
use vocabulary::{BrandId, Quantity};

/// The brands that somebody may change, where there are several.
#[derive(Template)]
#[template(path = "brands/list.html")]
pub struct BrandsPage {
    /// Its frame.
    pub page: Page,
    /// Each with the logo of the light theme.
    pub brands: Vec<(OwnBrand, Option<Logo>)>,
}

impl BrandsPage {
    /// How many host names of a brand wait for the reader's answer.
    fn to_answer(&self, brand: &OwnBrand) -> i64 {
        i64::try_from(brand.asked.len()).unwrap_or(i64::MAX)
    }

    fn hosts(&self, brand: &OwnBrand) -> String {
        brand.hosts.iter().map(|host| host.host.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// What stands in the fields of the form.
#[derive(Clone, Debug, Default)]
pub struct BrandFields {
    /// The version that the form was filled from.
    pub version: i64,
    /// Name, colours, contact, sender.
    pub look: operations::brand::BrandLook,
    /// What is spoken, the brand's own first.
    pub languages: Vec<Locale>,
    /// Host names that the operator gives, one a line; `None` where the reader cannot change them.
    pub given_hosts: Option<String>,
    /// Host names of one's own, one a line.
    pub own_hosts: String,
}

/// What came of the form before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BrandNews {
    /// Nothing was sent.
    #[default]
    None,
    /// It is kept.
    Done,
    /// A host name serves from now on.
    HostConfirmed,
    /// A host name is not to be had.
    HostRefused,
    /// A host name is another brand's meanwhile.
    HostTaken(String),
    /// Somebody else changed the brand.
    Stale,
    /// These are why nothing is kept.
    Refused(Vec<BrandRefusal>),
}

/// The form.
#[derive(Template)]
#[template(path = "brands/show.html")]
pub struct BrandPage {
    /// Its frame.
    pub page: Page,
    /// The brand as it is kept.
    pub brand: OwnBrand,
    /// Its logos of both themes.
    pub logos: [Option<Logo>; 2],
    /// What stands in the fields.
    pub fields: BrandFields,
    /// What its operator speaks.
    pub spoken: Vec<Locale>,
    /// What came of the form before.
    pub news: BrandNews,
    /// Were files sent that have to be chosen again?
    pub lost_files: Vec<Ground>,
    /// Is there a list to go back to?
    pub is_one_of_several: bool,
}

impl BrandPage {
    fn refusals(&self) -> &[BrandRefusal] {
        match &self.news {
            BrandNews::Refused(refusals) => refusals,
            _ => &[],
        }
    }

    /// Why a field was refused, by its name in the form.
    fn refused(&self, name: &str) -> Option<Vec<String>> {
        let found = self.refusals().iter().filter(|refusal| field_name(refusal.field()) == name);
        let words: Vec<String> = found.map(|refusal| refusal_words(&self.page, refusal)).collect();
        (!words.is_empty()).then_some(words)
    }

    /// Host names that the reader may answer for.
    fn to_answer(&self) -> &[String] {
        if self.fields.given_hosts.is_some() { &self.brand.asked } else { &[] }
    }

    /// Host names that wait for the operator, for who does not answer for them.
    fn waiting(&self) -> &[String] {
        if self.fields.given_hosts.is_some() { &[] } else { &self.brand.asked }
    }

    /// The colour that would be taken in place of a refused one.
    fn offered(&self, name: &str) -> Option<Colour> {
        self.refusals().iter().find_map(|refusal| match refusal {
            BrandRefusal::Unreadable { field, nearest, .. } if field_name(*field) == name => Some(*nearest),
            _ => None,
        })
    }

    fn speaks(&self, locale: &Locale) -> bool {
        self.fields.languages.contains(locale)
    }

    fn is_first(&self, locale: &Locale) -> bool {
        self.fields.languages.first() == Some(locale)
    }

    /// Host names that the operator gave, for who cannot change them.
    fn given(&self) -> Vec<&str> {
        self.brand.hosts.iter().filter(|host| host.is_given).map(|host| host.host.as_str()).collect()
    }

    fn logo_of(&self, ground: &str) -> Option<&Logo> {
        self.logos[usize::from(ground == Ground::Dark.as_str())].as_ref()
    }

    fn is_lost(&self, ground: &str) -> bool {
        self.lost_files.iter().any(|lost| lost.as_str() == ground)
    }

    fn largest_logo(&self) -> String {
        largest_logo(&self.page)
    }

    fn enough(&self) -> String {
        ratio(&self.page, READABLE)
    }

    /// The colours that a colour is seen with in a theme, for who counts while somebody types.
    fn grounds(&self, ground: &str) -> &'static str {
        if ground == Ground::Dark.as_str() { "#333333 #171717" } else { "#fafafa #ffffff" }
    }
}

/// The legal pages of a brand, in every language that it speaks.
#[derive(Template)]
#[template(path = "brands/texts.html")]
pub struct BrandTextsPage {
    /// Its frame.
    pub page: Page,
    /// Which brand.
    pub id: BrandId,
    /// Its name.
    pub name: String,
    /// The version that the form was filled from.
    pub version: i64,
    /// By page and language.
    pub texts: Vec<(LegalPage, Vec<(Locale, String)>)>,
    /// What came of the form before.
    pub news: BrandNews,
    /// Is a text longer than a page may be?
    pub is_too_long: bool,
}

impl BrandTextsPage {
    fn legal_name(&self, legal: &LegalPage) -> &'static str {
        legal_name(self.page.locale, *legal)
    }

    fn longest(&self) -> String {
        self.page.count(i64::try_from(operations::brand::LONGEST_TEXT).unwrap_or(i64::MAX))
    }
}

/// What a legal page is called.
pub(crate) fn legal_name(locale: Locale, legal: LegalPage) -> &'static str {
    match legal {
        LegalPage::Notice => locale.text("legal-notice"),
        LegalPage::Terms => locale.text("legal-terms"),
        LegalPage::Privacy => locale.text("legal-privacy"),
    }
}

/// The name of a field in the form.
const fn field_name(field: BrandField) -> &'static str {
    match field {
        BrandField::Name => "name",
        BrandField::Colour => "colour",
        BrandField::ColourOnDark => "colour_on_dark",
        BrandField::Logo(Ground::Light) => "logo_light",
        BrandField::Logo(Ground::Dark) => "logo_dark",
        BrandField::Telephone => "telephone",
        BrandField::Email => "email",
        BrandField::PostalAddress => "postal_address",
        BrandField::SenderName => "sender_name",
        BrandField::SenderAddress => "sender_address",
        BrandField::Languages => "languages",
        BrandField::GivenHosts => "given_hosts",
        BrandField::OwnHosts => "own_hosts",
    }
}

/// A contrast as people write it: `4,5 : 1`.
fn ratio(page: &Page, hundredths: u32) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let number = if rest % 10 == 0 { format!("{whole}.{}", rest / 10) } else { format!("{whole}.{rest:02}") };
    page.ta("brand-ratio", if page.locale == Locale::English { number } else { number.replace('.', ",") })
}

fn largest_logo(page: &Page) -> String {
    let bytes = i64::try_from(LARGEST_LOGO).ok().and_then(Quantity::new);
    bytes.map(|bytes| page.volume(bytes)).unwrap_or_default()
}

/// Why a field was refused, in words.
pub(crate) fn refusal_words(page: &Page, refusal: &BrandRefusal) -> String {
    match refusal {
        BrandRefusal::Empty(BrandField::Languages) => page.t("brand-no-language").into(),
        BrandRefusal::Empty(_) => page.t("brand-empty").into(),
        BrandRefusal::TooLong(_, most) => page.tn("brand-too-long", i64::try_from(*most).unwrap_or(i64::MAX).value()),
        BrandRefusal::NoColour(_) => page.t("brand-no-colour").into(),
        BrandRefusal::Unreadable { contrast, nearest, field } => {
            let words = [
                ("ratio", ratio(page, *contrast).into()),
                ("needed", ratio(page, READABLE).into()),
                ("nearest", nearest.to_string().into()),
            ];
            if *field == BrandField::ColourOnDark {
                page.locale.text_with("brand-unreadable-on-dark", words)
            } else {
                page.locale.text_with("brand-unreadable", words)
            }
        }
        BrandRefusal::NoTelephone(_) => page.t("brand-no-telephone").into(),
        BrandRefusal::NoAddress(_) => page.t("brand-no-address").into(),
        BrandRefusal::NoHost(_, typed) => page.ta("brand-no-host", typed),
        BrandRefusal::HostTaken(BrandField::SenderAddress, host) => page.ta("brand-sender-taken", host),
        BrandRefusal::HostTaken(_, host) => page.ta("brand-host-taken", host),
        BrandRefusal::HostInUse(_, host) => page.ta("brand-host-in-use", host),
        BrandRefusal::TooManyHosts(_, most) => page.tn("brand-too-many-hosts", i64::try_from(*most).unwrap_or(i64::MAX).value()),
        BrandRefusal::NoHosts(_) => page.t("brand-no-hosts").into(),
        BrandRefusal::Logo(_, fault) => match fault {
            LogoFault::TooLarge => page.ta("logo-too-large", largest_logo(page)),
            LogoFault::TooMuch => page.ta("logo-too-much", page.count(i64::from(LONGEST_SIDE))),
            LogoFault::Neither => page.t("logo-neither").into(),
            LogoFault::Broken => page.t("logo-broken").into(),
            LogoFault::Empty => page.t("logo-empty").into(),
        },
    }
}
