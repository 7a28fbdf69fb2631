//! The services of a telephone whose host network keeps them: nothing tells it what would be set here, so the page says how they are set on the
//! telephone itself, by the codes of 3GPP TS 22.030 that every mobile telephone knows (FIX-16).

use super::telephone::when_name;
use crate::{Icon, Page, Theme};
use askama::Template;
use operations::telephony::{TelephoneShown, When};
use vocabulary::Party;

/// The page.
#[derive(Template)]
#[template(path = "lines/telephone_codes.html")]
pub struct CodesPage {
    /// Its frame.
    pub page: Page,
    /// The line's telephone.
    pub shown: TelephoneShown,
}

/// A service, and what is dialled for it: on, off, and to ask how it stands.
type Coded = (&'static str, String, &'static str, &'static str);

impl CodesPage {
    fn name(&self) -> String {
        self.page.party(&Party::Number(self.shown.number))
    }

    fn network(&self) -> &str {
        self.shown.kept_by.as_deref().unwrap_or_default()
    }

    fn services(&self) -> Vec<Coded> {
        let (page, number) = (&self.page, self.page.t("telephone-number-word"));
        let forward = |when, code: &str, off, ask| (when_name(page, when), format!("**{code}*{number}#"), off, ask);
        vec![
            forward(When::Always, "21", "##21#", "*#21#"),
            forward(When::NoAnswer, "61", "##61#", "*#61#"),
            forward(When::Busy, "67", "##67#", "*#67#"),
            forward(When::Unreachable, "62", "##62#", "*#62#"),
            (page.t("telephone-call-waiting"), "*43#".to_owned(), "#43#", "*#43#"),
        ]
    }

    fn ring_code(&self) -> String {
        format!("**61*{}*11*{}#", self.page.t("telephone-number-word"), self.page.t("telephone-seconds-word"))
    }
}
