//! People who have access, made up.

use super::{at, journal::history, pages};
use crate::{
    Page, Role,
    line_access::LineAccessPage,
    members::{Done, PeoplePage, PersonPage, Typed},
    pagination::PageSize,
};
use operations::{
    IdentifierKind,
    email_change::ToCome,
    line_access::{LineAccess, OwnAccess, SplitRefusal},
    members::{Member, MemberRefusal, MemberState, OnePerson, Party, PartyName, People, Person, PersonFactors},
    proof::Ways,
};
use vocabulary::{CustomerId, LineId, LoginId, Party as Number, ResellerId};

fn company() -> PartyName {
    PartyName {
        party: Party::Customer(CustomerId(3)),
        name: "Menuiserie Lambert".to_owned(),
        reference: "C104233".to_owned(),
        business: true,
        reseller: Some(ResellerId(1)),
    }
}

fn person(id: i64, (name, email): (&str, &str), role: Role, state: MemberState) -> Person {
    let is_invited = state == MemberState::Invited;
    Person {
        kept: Member {
            login: LoginId(id),
            party: company().party,
            line: (role == Role::Member).then_some(LineId(4)),
            number: (role == Role::Member).then(|| "+33639980011".to_owned()),
            is_split: false,
            role: role.as_str().to_owned(),
            state: String::new(),
            has_password: !is_invited,
            name: name.to_owned(),
            email: email.to_owned(),
            language: "fr".to_owned(),
            invited: (id != 1).then(|| at(19, 10, 4, 0)),
            signed_in: (!is_invited).then(|| at(21, 8, 30, 0)),
            version: 2,
        },
        role,
        state,
        is_self: id == 1,
    }
}

/// A company's people, with an invitation that was refused.
pub(super) fn list(page: Page, reader: Role) -> PeoplePage {
    let roles = vec![Role::FleetManager, Role::Member];
    let people = vec![
        person(1, ("Hugo Lambert", "hugo@lambert.example"), Role::FleetManager, MemberState::Validated),
        person(7, ("Zoé Lambert", "zoe@lambert.example"), Role::FleetManager, MemberState::Invited),
        person(8, ("Malik Benali", "malik@lambert.example"), Role::Member, MemberState::Validated),
        person(9, ("Anaïs Roussel", "anais@lambert.example"), Role::Member, MemberState::Blocked),
    ];
    let reseller = PartyName { party: Party::Reseller(ResellerId(1)), name: "Marée Haute".to_owned(), ..company() };
    PeoplePage {
        people: Some(People { of: company(), people, total: 4, roles }),
        pages: pages(1, PageSize::TwentyFive, 4),
        lines: vec![("+33639980011".to_owned(), "Malik Benali".to_owned())],
        typed: Typed {
            name: "Malik".to_owned(),
            email: "malik@lambert.example".to_owned(),
            role: Role::Member.as_str().to_owned(),
            ..Typed::default()
        },
        refusal: Some(MemberRefusal::Known),
        withdrawn: true,
        resellers: if reader == Role::OperatorAgent { vec![reseller] } else { Vec::new() },
        search: page.sees_several_customers().then(|| "lambert".to_owned()),
        customers: if page.sees_several_customers() { vec![company()] } else { Vec::new() },
        page,
    }
}

/// Somebody who was asked in.
pub(super) fn show(page: Page, reader: Role) -> PersonPage {
    PersonPage {
        page,
        one: OnePerson {
            of: company(),
            person: person(7, ("Zoé Lambert", "zoe@lambert.example"), Role::Member, MemberState::Validated),
            identifiers: vec![(IdentifierKind::Own, "zoe.lambert".to_owned())],
            roles: vec![Role::FleetManager, Role::Member],
            may_change: true,
            may_renew: reader != Role::FleetManager,
            factors: (reader != Role::FleetManager).then_some(PersonFactors {
                has_codes: true,
                passkeys: 2,
                removed_at: Some(at(22, 10, 5, 0)),
            }),
            email_to_come: (reader != Role::FleetManager)
                .then(|| ToCome { address: "zoe.lambert.chantiers@example.org".to_owned(), due: Some(at(22, 10, 5, 0)) }),
            may_hurry: reader == Role::OperatorAgent,
            history: history(&["login_role_changed", "signed_in", "password_chosen"]),
        },
        lines: Vec::new(),
        done: Some(Done::Again),
        refusal: Some((crate::members::Form::Role, crate::members::Refusal::Member(MemberRefusal::Line))),
        ways: Ways { has_codes: true, has_passkeys: true },
        asks_proof: true,
        typed: Typed { line: "06 39".to_owned(), ..Typed::default() },
    }
}

/// A household with a line of each state.
pub(super) fn line_access(page: Page) -> LineAccessPage {
    let own = |state: &str, accepted| OwnAccess {
        login: LoginId(5),
        version: 1,
        name: "Zoé Muller".to_owned(),
        email: "zoe@muller.example".to_owned(),
        language: "fr".to_owned(),
        state: state.to_owned(),
        given: at(19, 10, 4, 0),
        accepted,
        password_hash: accepted.map(|_| String::new()),
    };
    let line = |id: i64, number: &str, own| LineAccess {
        line: LineId(id),
        number: number.parse().map_or(Number::Unknown, Number::Number),
        service: "mobile".to_owned(),
        user: "Zoé".to_owned(),
        own,
    };
    LineAccessPage {
        page,
        lines: vec![
            line(1, "+33639980011", None),
            line(2, "+33639980012", Some(own("invited", None))),
            line(3, "+33639980013", Some(own("validated", Some(at(20, 9, 0, 0))))),
        ],
        done: None,
        refusal: Some((LineId(3), SplitRefusal::WrongPassword)),
        typed: Default::default(),
    }
}
