//! Who uses a line (FLT-03, FLT-07, RES-25): what is known of them, changed by who looks after the line until the user said that it is right, and
//! by the user from then on; and somebody else in their place, which is the manager's to say at any time.
//!
//! How what was typed is read is [`typed`]'s. The journal says which of it changed, and not to what: a line outlives its users.

mod typed;

pub use store::UserData;
pub(crate) use typed::shown;
pub use typed::{Fault, Field, LONGEST_FIELD, TITLES, Typed};

use crate::{
    Actor, House, OperationError, Reach,
    esim::brand_of,
    journal::Object,
    life::Doer,
    mail::{self, Letter, Post},
    members::address,
    notification::{Detail, Happening, NotificationKind, ToldLine},
    permission::Permission,
    voicemail,
};
use ::lines::{UserEditor, UserRefusal, may_edit_user};
use serde_json::json;
use store::{LineUser, NewEntry, NewMail};
use vocabulary::{E164, LineId, LoginId, Month, Party, Timestamp};

/// The journal's word for somebody else in a user's place.
const REPLACED: &str = "line_user_replaced";

/// The user of a line, for somebody who sees it.
#[derive(Clone, Debug)]
pub struct UserShown {
    /// The line.
    pub line: LineId,
    /// Its number or name.
    pub number: Party,
    /// The name that lists show; empty for nobody.
    pub name: String,
    /// What is known of them; nothing where only they see it.
    pub data: UserData,
    /// When they said that it is right.
    pub confirmed: Option<Timestamp>,
    /// What a change of it names.
    pub version: i64,
    /// Why the reader does not change it.
    pub refusal: Option<EditRefusal>,
    /// Is the reader the user?
    pub is_reader: bool,
    /// Who signs in for the line alone, for who may put somebody else in the user's place.
    pub people: Option<Vec<(LoginId, String)>>,
}

impl UserShown {
    /// Is the reader asked whether it is right?
    pub fn is_to_confirm(&self) -> bool {
        self.is_reader && self.refusal.is_none() && self.confirmed.is_none() && !self.name.is_empty()
    }
}

/// Why somebody does not change who uses a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditRefusal {
    /// They may look, and change nothing.
    NotTheirs,
    /// The line is over.
    Over,
    /// The line has access of its own, whose holder alone changes it (TEL-07).
    OwnAccess,
    /// The user said then that it is right, and changes it alone since.
    Confirmed(Timestamp),
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserChangeRefusal {
    /// They may not.
    Edit(EditRefusal),
    /// What was typed cannot be read: each field and why.
    Fields(Vec<(Field, Fault)>),
    /// Somebody changed it since the form was shown.
    Stale,
}

/// Whether it was done.
pub type Changed = Result<(), UserChangeRefusal>;

/// Who uses a line; `None` for a line outside the reader's scope.
///
/// # Errors
/// When the database fails.
pub async fn user(house: &House, actor: &Actor, line: LineId) -> Result<Option<UserShown>, OperationError> {
    let Some((kept, refusal)) = kept(house, actor, line).await? else { return Ok(None) };
    let people = match may_replace(actor, refusal) {
        true => Some(house.store.scoped(actor.scope).people_of_line(line).await?),
        false => None,
    };
    let is_hidden = refusal == Some(EditRefusal::OwnAccess);
    Ok(Some(UserShown {
        line,
        number: kept.number,
        name: kept.shown,
        data: if is_hidden { UserData::default() } else { kept.data },
        confirmed: kept.confirmed,
        version: kept.version,
        refusal,
        is_reader: editor(actor, line) == UserEditor::User,
        people,
    }))
}

fn editor(actor: &Actor, line: LineId) -> UserEditor {
    if actor.scope.reach == Reach::Line(line) { UserEditor::User } else { UserEditor::Manager }
}

fn may_replace(actor: &Actor, refusal: Option<EditRefusal>) -> bool {
    actor.may(Permission::ReplaceUsers) && matches!(refusal, None | Some(EditRefusal::Confirmed(_)))
}

async fn kept(house: &House, actor: &Actor, line: LineId) -> Result<Option<(LineUser, Option<EditRefusal>)>, OperationError> {
    let scoped = house.store.scoped(actor.scope);
    let Some(kept) = scoped.line_user(line).await? else { return Ok(None) };
    let confirmed = may_edit_user(editor(actor, line), kept.confirmed).map_err(|UserRefusal::Confirmed| kept.confirmed);
    let refusal = if scoped.private_lines().await?.contains(&line) {
        Some(EditRefusal::OwnAccess)
    } else if !actor.may(Permission::ChangeUsers) {
        Some(EditRefusal::NotTheirs)
    } else if kept.state == "ended" {
        Some(EditRefusal::Over)
    } else {
        confirmed.err().flatten().map(EditRefusal::Confirmed)
    };
    Ok(Some((kept, refusal)))
}

/// Is what is known of the user of a line theirs alone to change, and the asker somebody else?
pub(crate) async fn is_theirs(house: &House, actor: &Actor, line: LineId) -> Result<bool, OperationError> {
    let found = kept(house, actor, line).await?;
    Ok(found.is_some_and(|(_, refusal)| matches!(refusal, Some(EditRefusal::Confirmed(_) | EditRefusal::OwnAccess))))
}

/// Writes what was typed in the place of what is known; of the user themselves it counts as said to be right. `None` for a line outside the
/// asker's scope.
///
/// # Errors
/// When the database fails.
pub async fn change(
    house: &House,
    actor: &Actor,
    (line, version): (LineId, i64),
    typed: &Typed,
) -> Result<Option<Changed>, OperationError> {
    let Some((kept, refusal)) = kept(house, actor, line).await? else { return Ok(None) };
    if let Some(refusal) = refusal {
        return Ok(Some(Err(UserChangeRefusal::Edit(refusal))));
    }
    let confirmed = (editor(actor, line) == UserEditor::User).then(|| house.clock.now());
    let data = match typed.read(house, actor).await? {
        Ok(data) => data,
        Err(faults) => return Ok(Some(Err(UserChangeRefusal::Fields(faults)))),
    };
    if data == kept.data && confirmed.is_none() {
        return Ok(Some(Ok(())));
    }
    save(house, actor, (&kept, version), (&data, confirmed), "line_user_changed").await.map(Some)
}

/// Puts somebody else in the user's place, whatever the one before said to be right: nothing of them stays. `None` for a line outside the
/// asker's scope, or who may not.
///
/// # Errors
/// When the database fails.
pub async fn replace(
    house: &House,
    actor: &Actor,
    (line, version): (LineId, i64),
    typed: &Typed,
) -> Result<Option<Changed>, OperationError> {
    if !actor.may(Permission::ReplaceUsers) {
        return Ok(None);
    }
    let Some((kept, refusal)) = kept(house, actor, line).await? else { return Ok(None) };
    if let Some(refusal) = refusal.filter(|_| !may_replace(actor, refusal)) {
        return Ok(Some(Err(UserChangeRefusal::Edit(refusal))));
    }
    let data = match typed.read(house, actor).await? {
        Ok(data) => data,
        Err(faults) => return Ok(Some(Err(UserChangeRefusal::Fields(faults)))),
    };
    save(house, actor, (&kept, version), (&data, None), REPLACED).await.map(Some)
}

/// Takes it from the user that what is known of them is right. `None` for who is not the user.
///
/// # Errors
/// When the database fails.
pub async fn confirm(house: &House, actor: &Actor, (line, version): (LineId, i64)) -> Result<Option<Changed>, OperationError> {
    let Some((kept, refusal)) = kept(house, actor, line).await? else { return Ok(None) };
    if editor(actor, line) == UserEditor::Manager || !actor.may(Permission::ConfirmUser) {
        return Ok(None);
    }
    if let Some(refusal) = refusal {
        return Ok(Some(Err(UserChangeRefusal::Edit(refusal))));
    }
    if kept.confirmed.is_some() {
        return Ok(Some(Ok(())));
    }
    if kept.shown.is_empty() {
        return Ok(Some(Err(UserChangeRefusal::Fields(vec![(Field::LastName, Fault::NoName)]))));
    }
    let confirmed = Some(house.clock.now());
    let data = kept.data.clone();
    save(house, actor, (&kept, version), (&data, confirmed), "line_user_confirmed").await.map(Some)
}

async fn save(
    house: &House,
    actor: &Actor,
    (kept, version): (&LineUser, i64),
    (data, confirmed): (&UserData, Option<Timestamp>),
    action: &'static str,
) -> Result<Changed, OperationError> {
    let now = house.clock.now();
    let shown = shown(data);
    let happening = Happening {
        doer: Doer::Person(actor),
        kind: NotificationKind::User,
        lines: vec![ToldLine { id: kept.line, number: number(&kept.number), user: shown.clone(), owner: kept.owner }],
        order: None,
        bulk: None,
        detail: Detail::Nothing,
        effect: None,
    };
    let is_change = data != &kept.data;
    let mut mails = if is_change {
        happening.mails(house, &house.store.scoped(crate::Scope::operator(actor.scope.operator))).await?
    } else {
        Vec::new()
    };
    mails.extend(farewell(house, actor, kept, data).await?);
    let transaction = house.store.begin().await?;
    if !transaction.write_line_user((kept.line, version), (&shown, data), confirmed).await? {
        return Ok(Err(UserChangeRefusal::Stale));
    }
    if action == REPLACED {
        // What was left for the one before is not the next one's to hear, nor theirs what comes.
        voicemail::empty(&transaction, actor.scope.operator, kept.line, now).await?;
        // Whose numbers the one before wanted to read is not the next one's wish.
        transaction.hide_numbers(kept.line).await?;
        // Nor does the next one pay what the one before agreed to.
        let month = Month::containing(now, &house.catalog(actor.scope.operator).await?.operator.time_zone);
        transaction.end_split_of_user((kept.line, month), (now, &actor.name)).await?;
    }
    let (reseller, customer) = kept.owner;
    let fields: Vec<_> = Field::ALL.into_iter().filter(|field| field.of(data) != field.of(&kept.data)).collect();
    let words: Vec<_> = fields.iter().map(|field| field.as_str()).collect();
    transaction
        .note(NewEntry {
            owner: (reseller, Some(customer)),
            after: (!words.is_empty()).then(|| json!({ "user_fields": words }).to_string()),
            ..actor.entry(now, action, Object::Line(kept.line))
        })
        .await?;
    for mail in &mails {
        transaction.post_mail(mail).await?;
    }
    transaction.commit().await?;
    if !mails.is_empty() {
        house.mail_posted();
    }
    Ok(Ok(()))
}

/// What is told to the address that messages went to before, which may be the only one to know that they went.
async fn farewell(house: &House, actor: &Actor, before: &LineUser, data: &UserData) -> Result<Option<NewMail>, OperationError> {
    let email = before.data.email.as_str();
    // A draft of an address is none.
    if data.email == email || address(email).is_err() {
        return Ok(None);
    }
    let operator = actor.scope.operator;
    let Some(brand) = brand_of(house, (operator, before.owner.0)).await? else { return Ok(None) };
    let number = number(&before.number).map(|number| number.to_string()).unwrap_or_default();
    let post = Post {
        operator,
        host: &brand.host,
        recipient: email,
        name: &before.shown,
        language: &before.data.language,
        letter: Letter::LineContactChanged { number, at: house.clock.now() },
        useful_until: None,
    };
    Ok(Some(mail::written(house, post)?))
}

fn number(party: &Party) -> Option<E164> {
    if let Party::Number(number) = party { Some(*number) } else { None }
}
