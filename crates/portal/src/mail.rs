//! The words and the look of mails (PLT-07): one template for all letters, in the brand's name and colour and in the reader's language,
//! once as HTML and once as text. A mail loads nothing; its styles stand in it, because mail programs take no other.

mod bills;
mod debit;
mod subject;
mod told;

pub(crate) use subject::subject;

use crate::{Locale, account::device_name, brand::Colours, locale::grouped, qr::QrCode, text::without_joiners};
use askama::Template;
use fluent_templates::fluent_bundle::FluentValue;
use operations::{
    brand::{BrandLogo, Ground},
    mail::{Addressed, LOGO_ID, Letter, MailRenderer, MailWords, NotMe, QR_ID},
    sign_in::Brand,
};
use vocabulary::{Cents, Party, Quantity, Timestamp};

/// The templates of this house.
#[derive(Clone, Copy, Debug, Default)]
pub struct MailTemplates;

impl MailRenderer for MailTemplates {
    fn render(&self, brand: &Brand, mail: Addressed<'_>) -> Result<MailWords, String> {
        let locale = language(brand, mail.language);
        let colours = Colours::of(&brand.look);
        let writer = Writer { locale, brand };
        let subject = subject(locale, &brand.look.name, mail.letter.word()).ok_or("it has no subject")?;
        let words = writer.letter(mail.letter);
        let greeting = match mail.name {
            "" => locale.text("mail-hello-nobody").to_owned(),
            name => writer.with(key!("mail-hello"), name),
        };
        let footer = writer.branded(key!("mail-footer"));
        let text = TextMail { locale, greeting: &greeting, words: &words, footer: &footer }
            .render()
            .map_err(|error| error.to_string())?;
        let html = HtmlMail {
            locale,
            subject: &subject,
            brand: &brand.look.name,
            logo: brand.logos.iter().find(|logo| logo.ground == Ground::Light && logo.density == 1),
            button_colour: colours.light.to_string(),
            link_on_dark: colours.dark.to_string(),
            greeting: &greeting,
            words: &words,
            footer: &footer,
        };
        let html = html.render().map_err(|error| error.to_string())?;
        let qr = words.qr.as_deref().and_then(QrCode::of).and_then(|code| code.png());
        Ok(MailWords { html: without_joiners(&html), subject: without_joiners(&subject), text: without_joiners(&text), qr })
    }
}

/// The reader's language where the brand speaks it, else the brand's first.
pub(crate) fn language(brand: &Brand, tag: &str) -> Locale {
    let spoken: Vec<Locale> = brand.languages.iter().filter_map(|tag| tag.parse().ok()).collect();
    one_of(&spoken, tag)
}

/// The language of a tag where it is spoken, else the first that is.
pub(crate) fn one_of(spoken: &[Locale], tag: &str) -> Locale {
    spoken.iter().find(|locale| locale.tag() == tag).or_else(|| spoken.first()).copied().unwrap_or_default()
}

/// Names a text that stands in a variable, so that the search for texts finds it.
macro_rules! key {
    ($key:literal) => {
        $key
    };
}
pub(crate) use key;

/// What a letter says between greeting and foot.
struct Words {
    lead: String,
    facts: Vec<(&'static str, String)>,
    /// What the QR code that comes with it says.
    qr: Option<String>,
    /// What one does, step by step.
    steps: Vec<String>,
    way: Option<Way>,
    not_you: String,
}

/// The one thing to click.
struct Way {
    button: &'static str,
    link: String,
    lasts: String,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct HtmlMail<'a> {
    locale: Locale,
    subject: &'a str,
    brand: &'a str,
    logo: Option<&'a BrandLogo>,
    button_colour: String,
    link_on_dark: String,
    greeting: &'a str,
    words: &'a Words,
    footer: &'a str,
}

#[derive(Template)]
#[template(path = "mail.txt", escape = "none")]
struct TextMail<'a> {
    locale: Locale,
    greeting: &'a str,
    words: &'a Words,
    footer: &'a str,
}

impl TextMail<'_> {
    /// What stands before a value: French has a space before the colon.
    fn label(&self, name: &str) -> String {
        self.locale.text_with("mail-label", [("value", name.into())])
    }
}

struct Writer<'a> {
    locale: Locale,
    brand: &'a Brand,
}

impl Writer<'_> {
    fn with(&self, key: &'static str, value: &str) -> String {
        self.locale.text_with(key, [("value", value.into())])
    }

    /// A text with the brand's name in it.
    fn branded(&self, key: &'static str) -> String {
        self.with(key, &self.brand.look.name)
    }

    /// A text with the brand's name, and whom one acts for.
    fn of_party(&self, key: &'static str, party: &str) -> String {
        self.locale.text_with(key, [("value", self.brand.look.name.as_str().into()), ("party", party.into())])
    }

    fn counted(&self, key: &'static str, count: i64) -> String {
        self.locale.text_with(key, [("count", FluentValue::from(count)), ("number", self.locale.count(count).into())])
    }

    fn when(&self, at: Timestamp) -> (&'static str, String) {
        (self.locale.text("mail-when"), self.locale.full_moment(at, &self.brand.zone))
    }

    /// A day that is kept as `2026-11-24`.
    fn day(&self, day: &str) -> String {
        day.parse().map_or_else(|_| day.to_owned(), |day| self.locale.long_day(day))
    }

    /// A line's number as people write it.
    fn line_number(&self, number: &str) -> String {
        number.parse().map_or_else(|_| number.to_owned(), |number| grouped(number, &self.brand.plan))
    }

    /// What to do when it was somebody else: call whoever answers for the brand.
    fn call_us(&self, key: &'static str) -> String {
        self.with(key, self.brand.contact())
    }

    /// A letter about what protects the reader's login: whom it surprises calls.
    fn protection(&self, lead: String, facts: Vec<(&'static str, String)>) -> Words {
        Words { lead, facts, qr: None, steps: Vec::new(), way: None, not_you: self.call_us(key!("mail-changed-not-you")) }
    }

    /// What is said of a change that could be somebody else's, with the way to take it back where there is one.
    fn notice(&self, lead: &'static str, facts: Vec<(&'static str, String)>, not_me: Option<&NotMe>) -> Words {
        let Some(NotMe { link, days }) = not_me else {
            return self.protection(self.branded(lead), facts);
        };
        let button = self.locale.text(key!("mail-not-me-button"));
        let way = Way { button, link: link.clone(), lasts: self.counted(key!("mail-lasts-days"), *days) };
        let not_you = self.call_us(key!("mail-not-me"));
        Words { lead: self.branded(lead), facts, qr: None, steps: Vec::new(), way: Some(way), not_you }
    }

    /// The activation code of an eSIM, as a QR code and as what is typed instead: in two parts, or whole.
    fn esim_ready(&self, number: &str, code: &str) -> Words {
        let text = |key| self.locale.text(key);
        let whole = format!("LPA:{code}");
        let mut facts = Vec::new();
        if let Ok(number) = number.parse() {
            facts.push((text(key!("mail-line")), grouped(number, &self.brand.plan)));
        }
        if let [_, address, matching_id, ..] = code.split('$').collect::<Vec<_>>().as_slice() {
            facts.push((text(key!("esim-sm-dp")), (*address).to_owned()));
            facts.push((text(key!("esim-activation-code")), (*matching_id).to_owned()));
        }
        facts.push((text(key!("esim-whole-code")), whole.clone()));
        let steps = [key!("mail-esim-step-wifi"), key!("mail-esim-step-scan"), key!("mail-esim-step-code")];
        Words {
            lead: self.branded(key!("mail-esim-ready")),
            facts,
            qr: Some(whole),
            steps: steps.map(|key| text(key).to_owned()).to_vec(),
            way: None,
            not_you: self.call_us(key!("mail-esim-ready-help")),
        }
    }

    /// What a letter says between greeting and foot.
    fn letter(&self, letter: &Letter) -> Words {
        let text = |key| self.locale.text(key);
        let told = |lead: String, facts, not_you: String| Words { lead, facts, qr: None, steps: Vec::new(), way: None, not_you };
        let asked = |lead, button, (link, lasts): (&String, String), not_you: &'static str| Words {
            lead,
            facts: Vec::new(),
            qr: None,
            steps: Vec::new(),
            way: Some(Way { button: text(button), link: link.clone(), lasts }),
            not_you: text(not_you).to_owned(),
        };
        let minutes = |count: i64| self.counted(key!("mail-lasts-minutes"), count);
        match letter {
            Letter::FirstAccess { link, minutes: lasts } => asked(
                self.branded(key!("mail-first-access")),
                key!("mail-first-access-button"),
                (link, minutes(*lasts)),
                key!("mail-first-access-not-you"),
            ),
            Letter::ForgottenPassword { link, minutes: lasts } => asked(
                self.branded(key!("mail-forgotten-password")),
                key!("mail-forgotten-password-button"),
                (link, minutes(*lasts)),
                key!("mail-forgotten-password-not-you"),
            ),
            Letter::Invitation { link, by, party, days } => {
                let names = [
                    ("by", by.as_str().into()),
                    ("party", party.as_str().into()),
                    ("brand", self.brand.look.name.as_str().into()),
                ];
                asked(
                    self.locale.text_with("mail-invitation", names),
                    key!("mail-invitation-button"),
                    (link, self.counted(key!("mail-lasts-days"), *days)),
                    key!("mail-invitation-not-you"),
                )
            }
            Letter::ConfirmAddress { link, hours: lasts } => asked(
                self.branded(key!("mail-confirm-address")),
                key!("mail-confirm-address-button"),
                (link, self.counted(key!("mail-lasts-hours"), *lasts)),
                key!("mail-confirm-address-not-you"),
            ),
            Letter::NewDevice { device, address, at } => {
                let facts = vec![
                    self.when(*at),
                    (text(key!("mail-device")), device_name(device).unwrap_or_else(|| text(key!("unknown-device")).to_owned())),
                    (text(key!("mail-network-address")), address.clone()),
                ];
                told(self.branded(key!("mail-new-device")), facts, self.call_us(key!("mail-new-device-not-you")))
            }
            Letter::PasswordChanged { at, not_me } => {
                self.notice(key!("mail-password-changed"), vec![self.when(*at)], not_me.as_ref())
            }
            Letter::AddressAsked { to, at, hold_h, not_me } => {
                let effect = match hold_h {
                    0 => text(key!("mail-effect-at-once")).to_owned(),
                    hours => self.counted(key!("mail-effect-hours"), *hours),
                };
                let facts =
                    vec![(text(key!("mail-new-address")), to.clone()), self.when(*at), (text(key!("mail-effect")), effect)];
                self.notice(key!("mail-address-asked"), facts, Some(not_me))
            }
            Letter::AddressHeld { to, at, hold_h, not_me } => {
                let effect = self.counted(key!("mail-effect-in-hours"), *hold_h);
                let facts =
                    vec![(text(key!("mail-new-address")), to.clone()), self.when(*at), (text(key!("mail-effect")), effect)];
                self.notice(key!("mail-address-held"), facts, Some(not_me))
            }
            Letter::AddressChanged { to, at, not_me } => {
                let facts = vec![(text(key!("mail-new-address")), to.clone()), self.when(*at)];
                self.notice(key!("mail-address-changed"), facts, not_me.as_ref())
            }
            Letter::IdentifierChanged { to, at, not_me } => {
                let facts = vec![(text(key!("mail-new-identifier")), to.clone()), self.when(*at)];
                self.notice(key!("mail-identifier-changed"), facts, not_me.as_ref())
            }
            Letter::NumbersChanged { at, not_me } => {
                self.notice(key!("mail-numbers-changed"), vec![self.when(*at)], Some(not_me))
            }
            Letter::CodesSwitchedOn { at, not_me } => {
                self.notice(key!("mail-codes-switched-on"), vec![self.when(*at)], not_me.as_ref())
            }
            Letter::CodesSwitchedOff { at } => {
                self.protection(self.branded(key!("mail-codes-switched-off")), vec![self.when(*at)])
            }
            Letter::RecoveryCodeUsed { left, at } => {
                let facts = vec![self.when(*at), (text(key!("mail-recovery-left")), self.locale.count(*left))];
                self.protection(self.branded(key!("mail-recovery-code-used")), facts)
            }
            Letter::PasskeyAdded { passkey, at, not_me } => {
                let facts = vec![(text(key!("mail-passkey")), passkey.clone()), self.when(*at)];
                self.notice(key!("mail-passkey-added"), facts, not_me.as_ref())
            }
            Letter::PasskeyRemoved { passkey, at } => {
                let facts = vec![(text(key!("mail-passkey")), passkey.clone()), self.when(*at)];
                self.protection(self.branded(key!("mail-passkey-removed")), facts)
            }
            Letter::SecondFactorRemoved { at, hold_h, not_me } => {
                let effect = match hold_h {
                    0 => text(key!("mail-effect-now")).to_owned(),
                    hours => self.counted(key!("mail-effect-in-hours"), *hours),
                };
                let facts = vec![self.when(*at), (text(key!("mail-effect")), effect)];
                self.notice(key!("mail-second-factor-removed"), facts, Some(not_me))
            }
            Letter::AccessTakenAway { party, at } => {
                let not_you = self.call_us(key!("mail-access-question"));
                told(self.of_party(key!("mail-access-taken-away"), party), vec![self.when(*at)], not_you)
            }
            Letter::AccessGivenBack { party, at } => {
                let not_you = self.call_us(key!("mail-access-question"));
                told(self.of_party(key!("mail-access-given-back"), party), vec![self.when(*at)], not_you)
            }
            Letter::LineJoined { number, party, at } => {
                let number = number.parse().map_or_else(|_| number.clone(), |number| grouped(number, &self.brand.plan));
                let facts = vec![(text(key!("mail-line")), number), self.when(*at)];
                told(self.of_party(key!("mail-line-joined"), party), facts, self.call_us(key!("mail-access-question")))
            }
            Letter::SimSwapped { number, sim, at } => {
                let number = number.parse().map_or_else(|_| number.clone(), |number| grouped(number, &self.brand.plan));
                let facts =
                    vec![(text(key!("mail-line")), number), (text(key!("mail-new-sim")), format!("…{sim}")), self.when(*at)];
                self.protection(self.branded(key!("mail-sim-swapped")), facts)
            }
            Letter::EsimReady { number, code } => self.esim_ready(number, code),
            Letter::LineContactChanged { number, at } => {
                let number = number.parse().map_or_else(|_| number.clone(), |number| grouped(number, &self.brand.plan));
                let facts = vec![(text(key!("mail-line")), number), self.when(*at)];
                self.protection(self.branded(key!("mail-line-contact-changed")), facts)
            }
            Letter::LineTold { .. } => self.told(letter),
            Letter::BlankSims(sims) => {
                let lead = if sims.city.is_some() { key!("mail-sims-sent") } else { key!("mail-sims-asked") };
                let mut facts = vec![(text(key!("batch-cards")), self.locale.count(i64::from(sims.cards)))];
                facts.extend(sims.city.iter().map(|city| (text(key!("delivery-city")), city.clone())));
                facts.push((text(key!("delivery-promised")), self.day(&sims.promised)));
                told(self.branded(lead), facts, self.call_us(key!("mail-access-question")))
            }
            Letter::VoicemailMessage { number, arrived } => {
                let caller = arrived.caller.parse().map_or_else(
                    |_| text(key!("voicemail-hidden")).to_owned(),
                    |caller| crate::locale::party(&Party::Number(caller), &self.brand.plan),
                );
                let seconds = Quantity::new((arrived.length_ms.saturating_add(500) / 1_000).max(1));
                let facts = vec![
                    (text(key!("mail-voicemail-caller")), caller),
                    self.when(arrived.at),
                    (text(key!("mail-voicemail-length")), seconds.map(|s| self.locale.duration(s)).unwrap_or_default()),
                    (text(key!("mail-line")), self.line_number(number)),
                ];
                told(self.branded(key!("mail-voicemail-message")), facts, self.call_us(key!("mail-access-question")))
            }
            Letter::VoicemailMail { number, to, at } => {
                let lead = if to.is_empty() { key!("mail-voicemail-mail-off") } else { key!("mail-voicemail-mail") };
                let mut facts = vec![(text(key!("mail-line")), self.line_number(number))];
                if !to.is_empty() {
                    facts.push((text(key!("mail-new-address")), to.clone()));
                }
                facts.push(self.when(*at));
                self.protection(self.branded(lead), facts)
            }
            Letter::InvoiceIssued(invoice) => self.invoice_issued(invoice),
            Letter::SplitBill(told) => self.split_bill(told),
            Letter::Dunning(dunned) => self.dunned(dunned),
            Letter::DebitChanged { .. }
            | Letter::DebitAnnounced { .. }
            | Letter::DebitCameBack { .. }
            | Letter::InvoicesElsewhere { .. } => self.debit(letter),
            Letter::Payment { is_back, cents, payment, account, invoice, at, link } => {
                let lead = if *is_back { key!("mail-payment-given-back") } else { key!("mail-payment-received") };
                let facts = [
                    (text(key!("payment-amount")), self.locale.money(Cents::new(*cents).money())),
                    (text(key!("invoice-number")), invoice.clone()),
                    (text(key!("invoice-account")), account.clone()),
                    self.when(*at),
                    (text(key!("payment-reference")), payment.clone()),
                ];
                let facts = facts.into_iter().filter(|(_, value)| !value.is_empty()).collect();
                let lasts = text(key!("mail-payment-sign-in")).to_owned();
                let way = Way { button: text(key!("mail-payment-button")), link: link.clone(), lasts };
                let not_you = self.call_us(key!("mail-access-question"));
                Words { way: Some(way), ..told(self.branded(lead), facts, not_you) }
            }
            Letter::Test => told(self.branded(key!("mail-test")), Vec::new(), String::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::mail::{brand, letters, words};

    /// PLT-07, PLT-08: each letter in each language, twice, with its link, the brand's name, and what to do if it was somebody else.
    #[test]
    fn every_letter_is_written_in_every_language() {
        for locale in Locale::ALL {
            for letter in letters() {
                let at = format!("{letter:?} in {locale:?}");
                let words = words(&letter, locale);
                assert!(words.subject.chars().count() < 70 && !words.subject.contains(['\n', '<']), "{at}: {}", words.subject);
                for text in [&words.text, &words.html] {
                    assert!(
                        !text.contains("Unknown localization") && !text.contains('{') || text.contains("<style>"),
                        "{at}: {text}"
                    );
                    assert!(text.contains("Claire") && text.contains("toile"), "{at}");
                    assert!(!text.contains('—'), "{at}");
                }
                assert!(!words.html.contains("<i>") && !words.html.contains("<b>"), "{at}");
                let pictures = words.html.matches("src=").count();
                assert_eq!(pictures, words.html.matches("src=\"cid:qr\"").count(), "{at}");
                assert_eq!(pictures == 1, words.qr.is_some(), "{at}");
                assert!(!words.html.contains("url(") && !words.html.contains("<script"), "{at}");
                assert!(words.html.contains(&format!("lang=\"{}\"", locale.tag())), "{at}");
                assert!(!words.html.contains("background:#f2c200"), "a colour on which white cannot be read is darkened");
                let has_link = words.text.contains("https://one.example/access/a?b=1&c=2\n");
                let has_button = words.html.matches("href=\"https://one.example/access/a?b=1&#38;c=2\"").count();
                let asks = has_link && has_button == 2;
                let tells = words.text.contains("bonjour@one.example");
                assert!(asks || tells || letter == Letter::Test, "{at}: {} {}", words.text, words.html);
            }
        }
    }

    #[test]
    fn a_language_that_the_brand_does_not_speak_becomes_its_first() {
        let brand = Brand { languages: vec!["nl".into(), "fr".into()], ..brand() };
        assert_eq!(
            [language(&brand, "de"), language(&brand, "fr"), language(&brand, "")],
            [Locale::Dutch, Locale::French, Locale::Dutch]
        );
    }

    #[test]
    fn a_letter_reads_as_a_person_would_write_it() {
        let letter = Letter::ForgottenPassword { link: "https://one.example/access/x".into(), minutes: 15 };
        let words = MailTemplates.render(&brand(), Addressed { name: "Claire Muller", language: "fr", letter: &letter }).unwrap();
        let expected = "Bonjour Claire Muller,\n\n\
            Vous avez demandé à choisir un nouveau mot de passe pour votre espace client Étoile & Fils.\n\n\
            Choisir un nouveau mot de passe\u{a0}:\nhttps://one.example/access/x\n\n\
            Ce lien est valable 15 minutes et ne sert qu’une fois.\n\n\
            Ce n’était pas vous\u{202f}? Ignorez ce message\u{a0}: votre mot de passe actuel reste valable.\n\n\
            --\nMessage automatique envoyé par Étoile & Fils. Nous ne demandons jamais votre mot de passe par e-mail.";
        assert_eq!(words.text, expected);
        let not_me = NotMe { link: "https://one.example/not-me/x".into(), days: 7 };
        let letter = Letter::IdentifierChanged { to: "c*******".into(), at: Timestamp::EPOCH, not_me: Some(not_me) };
        let words = MailTemplates.render(&brand(), Addressed { name: "", language: "en", letter: &letter }).unwrap();
        let expected = "\n\n- New identifier: c*******\n- Date: Thursday, 1 January 1970 at 01:00:00\n\n\
            It was not me:\nhttps://one.example/not-me/x\n\nThis link is valid for 7 days and works once.\n\n";
        assert!(words.text.contains(expected), "{}", words.text);
    }
}
