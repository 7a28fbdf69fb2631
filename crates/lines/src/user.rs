//! Who may change the data of the person who uses a line (FLT-07, RES-25).

/// Who wants to change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserEditor {
    /// Somebody who manages the line for its customer.
    Manager,
    /// The user.
    User,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UserRefusal {
    /// The user has confirmed the data: they alone change them from then on.
    #[error("the user has confirmed these data and changes them alone")]
    Confirmed,
}

/// May these data be changed, given when the user confirmed them?
///
/// # Errors
/// When the user has, and somebody else wants to.
pub fn may_edit_user(editor: UserEditor, confirmed: Option<vocabulary::Timestamp>) -> Result<(), UserRefusal> {
    match (editor, confirmed) {
        (UserEditor::Manager, Some(_)) => Err(UserRefusal::Confirmed),
        (UserEditor::Manager, None) | (UserEditor::User, _) => Ok(()),
    }
}
