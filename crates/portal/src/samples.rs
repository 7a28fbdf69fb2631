//! Pages filled with invented people, to look at: `cargo run -p cadran-portal --example render -- DIRECTORY` writes them all.

mod account;
mod brand;
mod changes;
mod compare;
mod extras;
mod home;
mod journal;
mod lines;
pub(crate) mod mail;
mod members;
mod second_factor;
mod telephone;
mod usage;
mod users;
mod voicemail;

pub use mail::mails;

use crate::{
    Locale, Page, Role, Section, Theme, Viewer,
    brand::Brand,
    brands::BrandNews,
    error::{ErrorPage, Failure},
    lines::list::ListPage,
    pagination::{PageSize, Pages},
    sign_in::{DemoSignIn, SignInPage, SignInRefusal},
};
use askama::Template;
use jiff::{civil, tz::TimeZone};
use operations::proof::ProofRefusal;
use std::{num::NonZeroU32, sync::Arc};
use vocabulary::{Month, NumberingPlan, Quantity, Timestamp};

/// The roles that samples are made for.
pub const ROLES: [Role; 4] = [Role::Subscriber, Role::FleetManager, Role::ResellerAgent, Role::OperatorAgent];

/// The frame of a sample page.
pub fn page(role: Role, locale: Locale, theme: Theme, here: &str) -> Page {
    let (brand, colour, person, party) = match role {
        Role::Subscriber | Role::Member => ("Bellerive", "#0f766e", "Claire Muller", "Foyer Muller"),
        Role::FleetManager => ("Marée Haute", "#1d4ed8", "Hugo Lambert", "Menuiserie Lambert"),
        Role::ResellerAgent | Role::ResellerAdmin => ("Marée Haute", "#1d4ed8", "Inès Carpentier", "Marée Haute Télécom"),
        Role::OperatorAgent | Role::OperatorAdmin | Role::Accounting | Role::Auditor => {
            ("Large Horizon", "#b45309", "Noé Garnier", "Large Horizon")
        }
    };
    let viewer = Viewer { name: person.into(), party: party.into(), role };
    let mut menu = vec![Section::Home, Section::Lines];
    match role {
        Role::Subscriber => menu.extend([Section::Consumption, Section::LineAccess]),
        Role::Member => menu.push(Section::Consumption),
        Role::OperatorAgent | Role::OperatorAdmin | Role::Accounting | Role::Auditor => {
            menu.extend([Section::Sims, Section::People, Section::UsageFiles, Section::Mails, Section::Journal]);
        }
        Role::FleetManager | Role::ResellerAgent | Role::ResellerAdmin => menu.extend([Section::Sims, Section::People]),
    }
    let here_in = if here.starts_with("/comparison") { Section::Lines.url() } else { here };
    let sections = Section::BY_PATH;
    Page {
        locale,
        languages: Locale::ALL.to_vec(),
        theme,
        brand: Arc::new(Brand::new(brand, colour.parse().expect("a colour"))),
        zone: TimeZone::get("Europe/Paris").expect("the zones are compiled in"),
        plan: Arc::new(NumberingPlan {
            calling_code: 33,
            trunk_prefix: "0".into(),
            international_prefix: "00".into(),
            national_digits: vec![9, 13],
        }),
        viewer: Some(viewer),
        menu,
        section: sections.into_iter().find(|section| here_in.starts_with(section.url())).or(Some(Section::Home)),
        here: here.into(),
        csrf: "0c5e1d".into(),
    }
}

/// Every page as this role meets it: a name for its file, and its HTML.
pub fn all(role: Role, locale: Locale, theme: Theme) -> Vec<(&'static str, String)> {
    let frame = |here: &str| page(role, locale, theme, here);
    let html = |page: &dyn askama::DynTemplate| page.dyn_render().expect("a sample renders");
    let mut pages = vec![
        ("home", html(&home::home(frame("/"), role))),
        ("lines", html(&lines::list(frame("/lines"), role, "state=active&sort=data&order=descending&page=2"))),
        ("lines-none", html(&lines::list(frame("/lines?number=0999"), role, "number=0999"))),
        ("line", html(&lines::show(frame("/lines/1")))),
        ("offers", html(&lines::offers(frame("/lines/1/offers")))),
        ("comparison", html(&compare::offers(frame("/comparison"), role))),
        ("comparison-running", html(&compare::running(frame("/comparison")))),
        ("usage", html(&usage::show(frame("/lines/1/usage/2")))),
        ("account", html(&account::account(frame("/account"), None))),
        (
            "account-refused",
            html(&account::account(frame("/account"), Some(crate::account::Refusal::Proof(ProofRefusal::Needed)))),
        ),
        ("unreadable", html(&ErrorPage { page: frame("/x"), failure: Failure::Unreadable })),
        ("too-large", html(&ErrorPage { page: frame("/x"), failure: Failure::TooLarge })),
        ("too-slow", html(&ErrorPage { page: frame("/x"), failure: Failure::TooSlow })),
        ("not-found", html(&ErrorPage { page: frame("/x"), failure: Failure::NotFound })),
    ];
    if matches!(role, Role::Subscriber) {
        pages.push(("line-private", html(&lines::private(frame("/lines/1")))));
        pages.push(("line-access", html(&members::line_access(frame("/line-access")))));
    } else {
        pages.push(("members", html(&members::list(frame("/members"), role))));
        pages.push(("member", html(&members::show(frame("/members/7"), role))));
    }
    pages.extend(changes::all(role, frame).into_iter().map(|(name, page)| (name, html(page.as_ref()))));
    match role {
        Role::Subscriber | Role::Member => {
            pages.push(("consumption", html(&usage::consumption(frame("/consumption")))));
            pages.push((
                "fault",
                html(&ErrorPage { page: frame("/x"), failure: Failure::Fault { reference: "7K2M-Q9TD".into() } }),
            ));
            pages.extend(
                second_factor::second_factor(|| frame("/account/second-factor"))
                    .into_iter()
                    .map(|(name, page)| (name, html(page.as_ref()))),
            );
            pages.push(("factor-recovery", html(&second_factor::recovery(frame("/account/second-factor")))));
            pages.push(("sign-in-code", html(&second_factor::code(stranger(frame("/sign-in/code"))))));
            pages.push(("sign-in", html(&sign_in(frame("/sign-in")))));
            pages.extend(
                account::access(|| stranger(frame("/access"))).into_iter().map(|(name, page)| (name, html(page.as_ref()))),
            );
            pages.extend(account::changes(|| frame("/account")).into_iter().map(|(name, page)| (name, html(page.as_ref()))));
            pages.extend(account::not_me(|| stranger(frame("/"))).into_iter().map(|(name, page)| (name, html(page.as_ref()))));
            pages.push(("mailbox", html(&mail::mailbox(frame("/mailbox")))));
            pages.push(("boxed-mail", html(&mail::boxed_mail(frame("/mailbox/5")))));
        }
        Role::OperatorAgent | Role::OperatorAdmin | Role::Accounting | Role::Auditor => {
            pages.push(("draft", html(&compare::draft(frame("/comparison/draft")))));
            pages.push(("draft-faults", html(&compare::draft_with_mistakes(frame("/comparison/draft")))));
            pages.push(("usage-files", html(&usage::files(frame("/usage-files")))));
            pages.push(("journal", html(&journal::journal(frame("/journal")))));
            pages.push(("mails", html(&mail::mails_page(frame("/mails")))));
            pages.push(("texts", html(&mail::texts_page(frame("/mails/texts")))));
            pages.push(("usage-file", html(&usage::file(frame("/usage-files/4")))));
        }
        Role::ResellerAgent | Role::ResellerAdmin => {
            pages.push(("brands", html(&brand::brands(frame("/brand")))));
            pages.push(("brand", html(&brand::brand(frame("/brands/4"), BrandNews::Done))));
            pages.push(("brand-stale", html(&brand::brand(frame("/brands/4"), BrandNews::Stale))));
            pages.push(("brand-refused", html(&brand::brand(frame("/brands/4"), brand::refused()))));
            pages.push(("brand-texts", html(&brand::texts(frame("/brands/4/texts")))));
            pages.push(("legal", html(&brand::legal(frame("/legal/notice")))));
        }
        Role::FleetManager => {}
    }
    pages
}

/// The table of lines of a reseller, fifty rows: what is measured.
pub fn fifty_lines() -> String {
    lines::list(page(Role::ResellerAgent, Locale::French, Theme::Light, "/lines"), Role::ResellerAgent, "size=50")
        .render()
        .expect("a sample renders")
}

/// The frame of a page for who is not signed in.
fn stranger(page: Page) -> Page {
    Page { viewer: None, menu: Vec::new(), section: None, ..page }
}

fn sign_in(page: Page) -> SignInPage {
    let person = |name: &str, party: &str, role, identifier: &str| DemoSignIn {
        name: name.into(),
        party: party.into(),
        role,
        identifier: identifier.into(),
        password: "demo".into(),
    };
    let demo = vec![
        person("Claire Muller", "Foyer Muller", Role::Subscriber, "0639980011"),
        person("Hugo Lambert", "Menuiserie Lambert", Role::FleetManager, "hugo@lambert.example"),
        person("Inès Carpentier", "Marée Haute Télécom", Role::ResellerAgent, "ines@maree-haute.example"),
        person("Noé Garnier", "Large Horizon", Role::OperatorAgent, "noe"),
    ];
    let page = stranger(page);
    SignInPage { page, refusal: Some(SignInRefusal::WrongCredentials), identifier: "0639980011".into(), next: "/".into(), demo }
}

/// The sign-in page as anybody meets it.
pub(crate) fn sign_in_alone(page: Page) -> SignInPage {
    SignInPage { page: stranger(page), refusal: None, identifier: String::new(), next: "/".into(), demo: Vec::new() }
}

/// A table of lines.
pub(crate) fn table(page: Page) -> ListPage {
    lines::list(page, Role::FleetManager, "")
}

fn november() -> Month {
    Month::of(civil::date(2026, 11, 1))
}

fn at(day: i8, hour: i8, minute: i8, second: i8) -> Timestamp {
    let zone = TimeZone::get("Europe/Paris").expect("the zones are compiled in");
    let local = civil::date(2026, 11, day).at(hour, minute, second, 0);
    Timestamp::from_local(local, &zone).expect("no clock changes in November")
}

fn units(units: i64) -> Quantity {
    Quantity::new(units).expect("not negative")
}

fn megabytes(megabytes: i64) -> Quantity {
    units(megabytes * 1_000_000)
}

fn pages(current: u32, size: PageSize, total: u64) -> Pages {
    Pages { current: NonZeroU32::new(current).unwrap_or(NonZeroU32::MIN), size, total }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PLT-08, PLT-09: every page renders in each language and theme, with nothing inline that the content policy forbids and no text
    /// missing.
    #[test]
    fn every_page_renders_in_every_language() {
        for role in ROLES {
            for locale in Locale::ALL {
                for theme in [Theme::System, Theme::Light, Theme::Dark] {
                    for (name, html) in all(role, locale, theme) {
                        let at = format!("{name} for {role:?} in {locale:?}");
                        assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick="), "{at}");
                        assert!(!html.contains("Unknown localization"), "{at}");
                        assert!(!html.contains("http://") && !html.contains("https://"), "{at}");
                        assert_eq!(html.matches("<h1").count(), 1, "{at}");
                        assert!(!html.contains('—'), "{at}");
                    }
                }
            }
        }
    }
}
