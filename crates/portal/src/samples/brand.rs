//! A brand as its owner meets it, with everything that can be refused, and its legal pages.

use crate::{
    Locale, Page,
    brand::Logo,
    brands::{BrandFields, BrandNews, BrandPage, BrandTextsPage, BrandsPage},
    legal::{Block, LegalTextPage},
};
use operations::brand::{BrandField, BrandHost, BrandLook, BrandRefusal, Ground, LegalPage, LogoFault, OwnBrand};
use vocabulary::{BrandId, OperatorId, ResellerId};

fn own() -> OwnBrand {
    OwnBrand {
        id: BrandId(4),
        hosts: vec![
            BrandHost { host: "maree-haute.example".into(), is_given: true },
            BrandHost { host: "espace.maree.example".into(), is_given: false },
        ],
        asked: vec!["portail.maree.example".into()],
        operator: OperatorId(1),
        slug: "one".into(),
        reseller: Some(ResellerId(2)),
        owner: "Marée Haute Télécom".into(),
        look: BrandLook {
            name: "Marée Haute".into(),
            colour: "#1d4ed8".into(),
            telephone: "01 99 00 00 00".into(),
            email: "bonjour@maree.example".into(),
            postal_address: "1 quai du Port\n29000 Ville".into(),
            ..BrandLook::default()
        },
        logos: Vec::new(),
        version: 3,
    }
}

fn logo() -> Logo {
    let url = "/brand/00000000000000000000000000000000/logo.png".to_owned();
    Logo { sharp: Some(url.clone()), url, width: 120, height: 60 }
}

pub(super) fn brands(page: Page) -> BrandsPage {
    BrandsPage { page, brands: vec![(own(), Some(logo())), (OwnBrand { reseller: None, ..own() }, None)] }
}

pub(super) fn brand(page: Page, news: BrandNews) -> BrandPage {
    let brand = own();
    let fields = BrandFields {
        version: 3,
        look: brand.look.clone(),
        languages: vec![Locale::French, Locale::German],
        given_hosts: matches!(news, BrandNews::Stale).then(|| "maree-haute.example".to_owned()),
        own_hosts: "espace.maree.example".into(),
    };
    BrandPage {
        page,
        brand,
        logos: [Some(logo()), None],
        fields,
        spoken: Locale::ALL.to_vec(),
        news,
        lost_files: vec![Ground::Light],
        is_one_of_several: true,
    }
}

/// Everything that can be refused.
pub(super) fn refused() -> BrandNews {
    let nearest = "#146b45".parse().expect("a colour");
    let host = || "two.example".to_owned();
    let logos = [LogoFault::TooLarge, LogoFault::TooMuch, LogoFault::Neither, LogoFault::Broken, LogoFault::Empty];
    let mut refusals = vec![
        BrandRefusal::Empty(BrandField::Name),
        BrandRefusal::Unreadable { field: BrandField::Colour, contrast: 183, nearest },
        BrandRefusal::Unreadable { field: BrandField::ColourOnDark, contrast: 220, nearest },
        BrandRefusal::NoColour(BrandField::Colour),
        BrandRefusal::NoTelephone(BrandField::Telephone),
        BrandRefusal::NoAddress(BrandField::Email),
        BrandRefusal::TooLong(BrandField::PostalAddress, 400),
        BrandRefusal::HostTaken(BrandField::SenderAddress, host()),
        BrandRefusal::Empty(BrandField::Languages),
        BrandRefusal::NoHost(BrandField::OwnHosts, "espace maree".into()),
        BrandRefusal::HostTaken(BrandField::OwnHosts, host()),
        BrandRefusal::HostInUse(BrandField::GivenHosts, host()),
        BrandRefusal::TooManyHosts(BrandField::OwnHosts, 10),
        BrandRefusal::NoHosts(BrandField::GivenHosts),
    ];
    refusals.extend(logos.map(|fault| BrandRefusal::Logo(BrandField::Logo(Ground::Dark), fault)));
    BrandNews::Refused(refusals)
}

pub(super) fn texts(page: Page) -> BrandTextsPage {
    let by_language = || vec![(Locale::French, "# Éditeur\nMarée Haute".to_owned()), (Locale::German, String::new())];
    BrandTextsPage {
        page,
        id: BrandId(4),
        name: "Marée Haute".into(),
        version: 3,
        texts: LegalPage::ALL.map(|legal| (legal, by_language())).to_vec(),
        news: BrandNews::Done,
        is_too_long: true,
    }
}

pub(super) fn legal(page: Page) -> LegalTextPage {
    let blocks = vec![
        Block::Heading("Éditeur".into()),
        Block::Paragraph(vec!["Marée Haute".into(), "29000 Ville".into()]),
        Block::List(vec!["un".into(), "deux".into()]),
    ];
    LegalTextPage { page, legal: LegalPage::Notice, other: Some(Locale::German), blocks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Role, Theme, brands::refusal_words};

    /// RES-09, PLT-08: every refusal is worded in every language, with what it is about.
    #[test]
    fn every_refusal_has_its_words() {
        let BrandNews::Refused(refusals) = refused() else { panic!("refusals") };
        for locale in Locale::ALL {
            let page = crate::samples::page(Role::ResellerAdmin, locale, Theme::Light, "/brands/4");
            let words: Vec<String> = refusals.iter().map(|refusal| refusal_words(&page, refusal)).collect();
            assert!(words.iter().all(|words| words.len() > 10 && !words.contains(['{', '—'])), "{words:#?}");
            assert!(
                words[1].contains("#146b45") && words[1].contains(if locale == Locale::English { "1.83" } else { "1,83" }),
                "{}",
                words[1]
            );
            let distinct: std::collections::BTreeSet<_> = words.iter().collect();
            assert_eq!(distinct.len(), words.len(), "{locale:?}");
        }
    }
}
