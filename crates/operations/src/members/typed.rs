//! What people type of others: names and addresses.

use super::{LONGEST_ADDRESS, LONGEST_NAME, MemberRefusal};
use vocabulary::Label;

/// A person's name: something that can be written on one line.
///
/// # Errors
/// When it is none, with what is not taken.
pub(crate) fn name(typed: &str) -> Result<String, MemberRefusal> {
    Label::of_person(typed, LONGEST_NAME).map(String::from).map_err(MemberRefusal::Name)
}

/// An address in small letters, as servers on the internet take it: no quotes, no addresses without a domain.
///
/// # Errors
/// When it is none.
pub(crate) fn address(typed: &str) -> Result<String, MemberRefusal> {
    let address = typed.trim().to_lowercase();
    let Some((local, domain)) = address.split_once('@') else { return Err(MemberRefusal::Address) };
    let is_atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let is_local = (1..=64).contains(&local.len())
        && local.chars().all(is_atom)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_domain = domain.contains('.') && domain.split('.').all(is_label);
    if is_local && is_domain && address.len() <= LONGEST_ADDRESS { Ok(address) } else { Err(MemberRefusal::Address) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FLT-14: an address is one that mail can go to.
    #[test]
    fn an_address_is_one_that_mail_goes_to() {
        assert_eq!(address(" Anne.Muller@Example.FR ").unwrap(), "anne.muller@example.fr");
        let long = format!("{}@example.fr", "a".repeat(300));
        for bad in ["", "anne", "anne@", "@example.fr", "anne@example", "anne@@example.fr", "anne muller@example.fr", &long] {
            assert_eq!(address(bad), Err(MemberRefusal::Address), "{bad}");
        }
        for bad in ["a@example.fr\r\nBcc: b@x.fr", "a@exa mple.fr", "<a@example.fr>", "a@-x.fr", ".a@x.fr", "a..b@x.fr", "é@x.fr"]
        {
            assert_eq!(address(bad), Err(MemberRefusal::Address), "{bad}");
        }
    }
}
