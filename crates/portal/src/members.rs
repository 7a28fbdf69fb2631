//! Who has access for whom (FLT-14, RES-02): the people of a party, and one of them with what may be changed.

mod change;
mod list;

pub(crate) use change::{again, block, email, identifier, link, remove_factors, role, show, unblock, withdraw};
pub(crate) use list::{invite_of_customer, invite_of_reseller, invite_own, of_customer, of_reseller, own};

use crate::{
    Icon, Locale, Page, Role, Theme,
    pagination::{PageLink, Pages},
    proof::{self, Marks},
};
use askama::Template;
use operations::{
    IdentifierKind,
    members::{
        LONGEST_ADDRESS, LONGEST_NAME, LONGEST_REASON, MemberRefusal, MemberState, OnePerson, Party, PartyName, People, Person,
    },
    proof::{ProofRefusal, Ways},
};

/// No field comes back longer than so many characters.
const LONGEST_TYPED: usize = 300;

/// What was typed of somebody who is to be asked in.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The person.
    pub name: String,
    /// Where the invitation goes.
    pub email: String,
    /// The word of a role.
    pub role: String,
    /// The tag of a language.
    pub language: String,
    /// The number of a line.
    pub line: String,
    /// Why something is done.
    pub reason: String,
}

/// Which field a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The name.
    Name,
    /// The address.
    Email,
    /// The role.
    Role,
    /// The line.
    Line,
    /// The identifier.
    Identifier,
    /// The reason.
    Reason,
    /// None of them.
    Other,
}

/// Why something was not changed, and which field it is about.
pub(crate) fn refusal_words(page: &Page, refusal: MemberRefusal) -> (Field, String) {
    match refusal {
        MemberRefusal::Name(refusal) => (Field::Name, page.label_words(refusal, page.t("people-refused-name"))),
        MemberRefusal::Address => (Field::Email, page.t("people-refused-address").into()),
        MemberRefusal::Known => (Field::Email, page.t("people-refused-known").into()),
        MemberRefusal::Role => (Field::Role, page.t("people-refused-role").into()),
        MemberRefusal::Shared => (Field::Line, page.t("people-refused-shared").into()),
        MemberRefusal::Line => (Field::Line, page.t("people-refused-line").into()),
        MemberRefusal::Stale => (Field::Other, page.t("people-refused-stale").into()),
        MemberRefusal::Last => (Field::Other, page.t("people-refused-last").into()),
        MemberRefusal::Self_ => (Field::Other, page.t("people-refused-self").into()),
        MemberRefusal::NotInvited => (Field::Other, page.t("people-refused-not-invited").into()),
        MemberRefusal::Wait(minutes) => (Field::Other, page.tn("people-refused-wait", (minutes + 59) / 60)),
        MemberRefusal::Taken => (Field::Identifier, page.t("account-taken").into()),
        MemberRefusal::Reason(refusal) => (Field::Reason, page.label_words(refusal, page.t("people-refused-reason"))),
        MemberRefusal::NoFactors => (Field::Other, page.t("people-refused-no-factors").into()),
        MemberRefusal::NoIdentifier => (Field::Identifier, page.t("account-no-identifier").into()),
    }
}

/// What pages say of somebody's access.
pub trait PersonWords {
    /// The word of its state in class names.
    fn class(&self) -> &'static str;
    /// The name of its state.
    fn state_name(&self, locale: &Locale) -> &'static str;
    /// Was it not accepted yet?
    fn is_invited(&self) -> bool;
    /// Was it taken away?
    fn is_blocked(&self) -> bool;
}

impl PersonWords for Person {
    fn class(&self) -> &'static str {
        match self.state {
            MemberState::Invited => "in-progress",
            MemberState::Validated => "active",
            MemberState::Blocked => "failed",
        }
    }

    fn state_name(&self, locale: &Locale) -> &'static str {
        match self.state {
            MemberState::Invited => locale.text("people-invited"),
            MemberState::Validated => locale.text("people-validated"),
            MemberState::Blocked => locale.text("people-blocked"),
        }
    }

    fn is_invited(&self) -> bool {
        self.state == MemberState::Invited
    }

    fn is_blocked(&self) -> bool {
        self.state == MemberState::Blocked
    }
}

/// A party's people, and the way to those below.
#[derive(Template)]
#[template(path = "members/list.html")]
pub struct PeoplePage {
    /// Its frame.
    pub page: Page,
    /// The people; `None` for who looks for a customer's only.
    pub people: Option<People>,
    /// Where in the list they stand.
    pub pages: Pages,
    /// Lines that a member may be bound to: number and who uses it.
    pub lines: Vec<(String, String)>,
    /// What was typed.
    pub typed: Typed,
    /// Why nobody was asked in.
    pub refusal: Option<MemberRefusal>,
    /// Was an invitation taken back just now?
    pub withdrawn: bool,
    /// Resellers whose people the reader may see.
    pub resellers: Vec<PartyName>,
    /// What was looked for; `None` for who has one customer only.
    pub search: Option<String>,
    /// The customers that were found.
    pub customers: Vec<PartyName>,
}

/// Where a party's people are.
fn path_of(page: &Page, of: &PartyName) -> String {
    match of.party {
        Party::Customer(_) if !page.sees_several_customers() => "/members".to_owned(),
        Party::Customer(id) => format!("/customers/{id}/members"),
        Party::Reseller(id) if page.viewer.as_ref().is_some_and(|viewer| viewer.role != Role::ResellerAdmin) => {
            format!("/resellers/{id}/members")
        }
        Party::Reseller(_) | Party::Operator => "/members".to_owned(),
    }
}

impl PeoplePage {
    fn path(&self, of: &PartyName) -> String {
        path_of(&self.page, of)
    }

    /// Where a reseller's company and invoices are, for who sees them.
    fn billing(&self, of: &PartyName) -> Option<String> {
        match of.party {
            Party::Reseller(id) if self.page.sees_resellers() => Some(format!("/resellers/{id}")),
            _ => None,
        }
    }

    /// Is it the reader's own party, so that the way back to it is no way?
    fn is_below(&self, of: &PartyName) -> bool {
        self.path(of) != "/members"
    }

    fn page_url(&self, number: &u32) -> String {
        let path = self.people.as_ref().map_or_else(|| "/members".to_owned(), |people| self.path(&people.of));
        if *number == 1 { path } else { format!("{path}?page={number}") }
    }

    fn refused(&self) -> Option<(Field, String)> {
        self.refusal.map(|refusal| refusal_words(&self.page, refusal))
    }

    fn is_refused(&self, field: Field) -> bool {
        self.refused().is_some_and(|(about, _)| about == field)
    }

    fn is_role(&self, role: &Role) -> bool {
        self.typed.role == role.as_str()
    }

    /// Is somebody asked in as the user of a line here?
    fn has_lines(&self, people: &People) -> bool {
        people.roles.contains(&Role::Member)
    }

    fn number(&self, number: &str) -> String {
        number_text(&self.page, number)
    }

    fn is_language(&self, language: &Locale) -> bool {
        let chosen = if self.typed.language.is_empty() { self.page.locale.tag() } else { &self.typed.language };
        language.tag() == chosen
    }
}

/// A line's number as people write it, or its name.
pub(crate) fn number_text(page: &Page, number: &str) -> String {
    number.parse().map_or_else(|_| number.to_owned(), |number: vocabulary::E164| page.tel(number))
}

/// Somebody, with what may be changed.
#[derive(Template)]
#[template(path = "members/show.html")]
pub struct PersonPage {
    /// Its frame.
    pub page: Page,
    /// Who.
    pub one: OnePerson,
    /// Lines that a member may be bound to.
    pub lines: Vec<(String, String)>,
    /// What was done.
    pub done: Option<Done>,
    /// What was not, and why.
    pub refusal: Option<(Form, Refusal)>,
    /// What the reader can show as proof here.
    pub ways: Ways,
    /// Do the forms that could take somebody over ask for a proof?
    pub asks_proof: bool,
    /// What was typed.
    pub typed: Typed,
}

/// Why something was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// What was asked for.
    Member(MemberRefusal),
    /// There is no fresh proof.
    Proof(ProofRefusal),
}

/// A form of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The invitation.
    Invitation,
    /// The role.
    Role,
    /// The access itself.
    Access,
    /// The link to a new password.
    Link,
    /// The address.
    Email,
    /// The identifier.
    Identifier,
    /// Codes and passkeys.
    Factors,
}

impl Form {
    /// Could what it does take somebody over?
    pub(crate) const fn asks_proof(self) -> bool {
        matches!(self, Self::Link | Self::Email | Self::Identifier | Self::Factors)
    }
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Somebody was asked in.
    Invited,
    /// Asked in again.
    Again,
    /// Another role.
    Role,
    /// No access any more.
    Blocked,
    /// Access again.
    Unblocked,
    /// A link was sent.
    Link,
    /// Another address.
    Email,
    /// Another identifier.
    Identifier,
    /// Another address, in a while.
    EmailHeld,
    /// No codes and passkeys any more.
    Factors,
    /// The same, in a while.
    FactorsHeld,
}

impl PersonPage {
    fn path(&self) -> String {
        path_of(&self.page, &self.one.of)
    }

    /// The page that asks for a proof, and comes back.
    fn proof_url(&self) -> String {
        proof::way(&format!("/members/{}", self.one.person.kept.login))
    }

    fn done_words(&self) -> Option<&'static str> {
        Some(match self.done? {
            Done::Invited => self.page.t("people-done-invited"),
            Done::Again => self.page.t("people-done-again"),
            Done::Role => self.page.t("people-done-role"),
            Done::Blocked => self.page.t("people-done-blocked"),
            Done::Unblocked => self.page.t("people-done-unblocked"),
            Done::Link => self.page.t("people-done-link"),
            Done::Email => self.page.t("people-done-email"),
            Done::Identifier => self.page.t("people-done-identifier"),
            Done::EmailHeld => self.page.t("people-done-email-held"),
            Done::Factors => self.page.t("people-done-factors"),
            Done::FactorsHeld => self.page.t("people-done-factors-held"),
        })
    }

    fn refused(&self, form: Form) -> Option<String> {
        let (about, refusal) = self.refusal?;
        (about == form).then(|| match refusal {
            Refusal::Member(refusal) => refusal_words(&self.page, refusal).1,
            Refusal::Proof(refusal) => proof::words(&self.page, refusal),
        })
    }

    fn proof_marks(&self) -> Marks {
        match self.refusal {
            Some((Form::Factors, Refusal::Proof(refusal))) => Marks::of(Some(refusal), "factors-refusal"),
            _ => Marks::default(),
        }
    }

    /// Is it the reason that is missing?
    fn is_reason_refused(&self) -> bool {
        matches!(self.refusal, Some((Form::Factors, Refusal::Member(MemberRefusal::Reason(_)))))
    }

    /// Is it the line, of a role that needs one?
    fn is_line_refused(&self) -> bool {
        let about = |refusal| refusal_words(&self.page, refusal).0 == Field::Line;
        matches!(self.refusal, Some((Form::Role, Refusal::Member(refusal))) if about(refusal))
    }

    /// Has a form the fields of a proof? One of them has: where one of those of the way in was refused for want of it, that one, so that what
    /// was typed is not lost; else the one that takes codes and passkeys away.
    fn has_proof(&self, form: Form) -> bool {
        let refused = self.refusal.map(|(about, _)| about).filter(|about| about.asks_proof());
        self.asks_proof && form == refused.unwrap_or(Form::Factors)
    }

    /// Is the proof asked for before the forms of the way in?
    fn asks_before(&self) -> bool {
        self.asks_proof && ![Form::Link, Form::Email, Form::Identifier].into_iter().any(|form| self.has_proof(form))
    }

    /// Is a form of the way in there? Who has to prove who they are does that first.
    fn is_open(&self, form: Form) -> bool {
        !self.asks_proof || self.has_proof(form)
    }

    fn is_refused(&self, form: Form) -> bool {
        self.refusal.is_some_and(|(about, _)| about == form)
    }

    fn number(&self, number: &str) -> String {
        number_text(&self.page, number)
    }

    /// The role that the form has chosen.
    fn is_role(&self, role: &Role) -> bool {
        if self.typed.role.is_empty() { self.one.person.role == *role } else { self.typed.role == role.as_str() }
    }

    fn has_lines(&self) -> bool {
        self.one.roles.contains(&Role::Member)
    }

    fn typed_line(&self) -> String {
        match &self.one.person.kept.number {
            Some(number) if self.typed.line.is_empty() => number_text(&self.page, number),
            _ => self.typed.line.clone(),
        }
    }

    /// What the person is known by besides the address that stands above.
    fn identifiers(&self) -> impl Iterator<Item = &(IdentifierKind, String)> {
        self.one.identifiers.iter().filter(|(_, known)| *known != self.one.person.kept.email)
    }

    fn kind_name(&self, kind: &IdentifierKind) -> &'static str {
        match kind {
            IdentifierKind::Reference => self.page.t("identifier-reference"),
            IdentifierKind::Own => self.page.t("identifier-own"),
            IdentifierKind::Number => self.page.t("identifier-number"),
            IdentifierKind::Email => self.page.t("identifier-email"),
        }
    }

    fn written(&self, kind: &IdentifierKind, identifier: &str) -> String {
        match kind {
            IdentifierKind::Reference => identifier.to_uppercase(),
            IdentifierKind::Number => number_text(&self.page, identifier),
            IdentifierKind::Own | IdentifierKind::Email => identifier.to_owned(),
        }
    }
}
