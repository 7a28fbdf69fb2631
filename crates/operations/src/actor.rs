//! Somebody who asks for something: with which login, as what, what they may see, and from where.

use crate::{
    Scope,
    permission::{Permission, Role},
};
use store::{By, NewEntry, Object};
use vocabulary::{CustomerId, LoginId, ResellerId, SessionId, Timestamp};

/// Who signed in.
#[derive(Clone, Debug)]
pub struct Actor {
    /// With which login.
    pub login: LoginId,
    /// In which session.
    pub session: SessionId,
    /// What they may see.
    pub scope: Scope,
    /// As what.
    pub role: Role,
    /// The person.
    pub name: String,
    /// The customer, reseller or operator that the person acts for.
    pub party: String,
    /// The reseller and the customer that the login belongs to.
    pub owner: (Option<ResellerId>, Option<CustomerId>),
    /// When they last proved who they are: by signing in, or since.
    pub proved: Timestamp,
    /// Where the request came from.
    pub address: String,
}

impl Actor {
    /// May they do it?
    pub const fn may(&self, permission: Permission) -> bool {
        self.role.may(permission)
    }

    /// An entry of the journal: what they did to what. Whose it is, is their own owner unless the caller knows better.
    pub fn entry(&self, at: Timestamp, action: &'static str, object: Object) -> NewEntry {
        NewEntry {
            operator: self.scope.operator,
            at,
            by: By {
                login: Some(self.login),
                name: self.name.clone(),
                role: self.role.as_str().to_owned(),
                address: self.address.clone(),
            },
            action,
            object,
            owner: self.owner,
            before: None,
            after: None,
        }
    }
}
