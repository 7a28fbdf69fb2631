//! Host names that people type: what they are once checked, and whose.

/// The longest host name, in signs (RFC 1035).
const LONGEST: usize = 253;

/// A typed host name in small letters, with other letters than ASCII as punycode (UTS 46); `None` when it is none: with a scheme, a port
/// or a path, an address of numbers, a single word.
pub fn host_name(typed: &str) -> Option<String> {
    let host = idna::domain_to_ascii_strict(typed.trim()).ok()?;
    let labels: Vec<&str> = host.split('.').collect();
    let last = labels.last()?;
    let is_named = labels.len() > 1 && last.len() > 1 && last.bytes().any(|b| b.is_ascii_alphabetic());
    let is_plain = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    (is_named && host.len() <= LONGEST && labels.iter().all(is_plain)).then_some(host)
}

/// Is it that host, or one below it?
pub(crate) fn is_within(host: &str, other: &str) -> bool {
    host.strip_suffix(other).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// An e-mail address that a mail can come from or go to: a word, an `@` and a host name.
pub fn is_address(typed: &str) -> bool {
    let Some((local, domain)) = typed.rsplit_once('@') else { return false };
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b);
    (1..=64).contains(&local.len())
        && local.bytes().all(is_word)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && host_name(domain).is_some_and(|host| host == domain.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RES-09: a host name is kept in one writing, and what is none is refused.
    #[test]
    fn host_names_are_checked_and_written_in_one_way() {
        for (typed, kept) in [
            ("Espace.Horizon.example", "espace.horizon.example"),
            (" horizon.example ", "horizon.example"),
            ("télécom.example", "xn--tlcom-bsab.example"),
            ("TÉLÉCOM.example", "xn--tlcom-bsab.example"),
            ("xn--tlcom-bsab.example", "xn--tlcom-bsab.example"),
            ("straße.example", "xn--strae-oqa.example"),
            ("a.localhost", "a.localhost"),
            // Letters that look like a dot or like others in full width are what they look like.
            ("horizon。example", "horizon.example"),
            ("ｈorizon.example", "horizon.example"),
        ] {
            assert_eq!(host_name(typed).as_deref(), Some(kept), "{typed}");
        }
        let long = format!("{}.example", "a".repeat(64));
        let longer = format!("{}example", "abcdefgh.".repeat(30));
        for bad in [
            "",
            "horizon",
            "https://horizon.example",
            "horizon.example:8080",
            "horizon.example/",
            "a b.example",
            "-a.example",
            "a-.example",
            "a..example",
            ".example",
            "horizon.example.",
            "192.0.2.7",
            "[::1]",
            "*.example",
            "a_b.example",
            "me@horizon.example",
            "xn--zzzzzzzz99.example",
            "a\u{200d}b.example",
            "a.1",
            "horizon.example\r\nx: y",
            &long,
            &longer,
        ] {
            assert_eq!(host_name(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_lies_below_a_host_is_within_it() {
        assert!(is_within("a.one.example", "one.example") && is_within("one.example", "one.example"));
        assert!(!is_within("someone.example", "one.example") && !is_within("example", "one.example"));
    }

    #[test]
    fn an_address_is_one_word_at_a_host() {
        for good in ["bonjour@horizon.example", "a.b+c@x.localhost", "O'Neil@horizon.example"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@b.example",
            "a b@c.example",
            "a@b.example, c@d.example",
            "a@b.example\r\nBcc: c",
            "<a@b.example>",
            ".a@b.example",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
