//! The journal of an operator.

use super::at;
use crate::{Page, Role, journal::JournalPage};
use operations::journal::{Asked, Change, Noted, NotedObject};
use vocabulary::{FileId, LoginId};

pub(super) fn journal(page: Page) -> JournalPage {
    let change = |what: &str, before: &str, after: &str| Change { what: what.into(), before: before.into(), after: after.into() };
    let own = NotedObject::Self_;
    let other = NotedObject::Person(LoginId(41), Some("Hugo Lambert".into()));
    let operator = NotedObject::Other("operator".into(), 1);
    let received =
        vec![change("bytes", "", "184223"), change("layout", "", "mobile"), change("name", "", "nord_20261121_1500.csv.gz")];
    let again = vec![change("rows", "", "bad_time"), change("set_aside", "", "1"), change("taken", "", "12")];
    let entries = [
        ("usage_rows_taken_again", 1, NotedObject::UsageFile(FileId(4)), again),
        ("usage_file_received", 1, operator, received),
        ("identifier_changed", 2, other, vec![change("identifier", "0639980011", "claire@muller.example")]),
        ("login_role_changed", 1, NotedObject::Person(LoginId(42), None), vec![change("role", "member", "fleet_manager")]),
        ("signed_in", 2, own.clone(), Vec::new()),
        ("signed_out", 3, own, Vec::new()),
    ];
    let entries =
        entries.into_iter().zip([15, 14, 13, 12, 11, 9]).enumerate().map(|(place, ((action, who, object, changes), hour))| {
            Noted {
                sequence: 90 - i64::try_from(place).unwrap_or(0),
                at: at(21, hour, 4, 9),
                login: Some(LoginId(who)),
                name: ["Noé Garnier", "Claire Muller", "Inès Carpentier"][usize::try_from(who - 1).unwrap_or(0)].into(),
                role: Some([Role::OperatorAdmin, Role::Subscriber, Role::ResellerAgent][usize::try_from(who - 1).unwrap_or(0)]),
                address: if who == 3 { "2001:db8::7".into() } else { "192.0.2.7".into() },
                action: action.into(),
                object,
                changes,
            }
        });
    JournalPage {
        page,
        entries: entries.collect(),
        has_more: true,
        asked: Asked { before: Some(200), person: Some(LoginId(2)), ..Asked::default() },
        person: Some((LoginId(2), "Claire Muller".into())),
    }
}

/// What was done to one thing.
pub(super) fn history(actions: &[&str]) -> Vec<Noted> {
    let noted = (2..).zip(actions).map(|(hour, action)| Noted {
        sequence: 80 - i64::from(hour),
        at: at(21, 17 - hour, 4, 9),
        login: Some(LoginId(2)),
        name: if *action == "sign_in_refused" { String::new() } else { "Claire Muller".into() },
        role: (*action != "sign_in_refused").then_some(Role::Subscriber),
        address: "192.0.2.7".into(),
        action: (*action).into(),
        object: NotedObject::Self_,
        changes: Vec::new(),
    });
    noted.collect()
}
