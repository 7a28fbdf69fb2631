//! One payment provider of the file of peers: Stripe Checkout, by which an operator is paid by card.

use super::{Peers, section::Section};
use gateways::stripe::{Limits, PAGES, Stripe, StripeSettings, StripeSetupError, URL};
use std::{collections::BTreeSet, error::Error, sync::Arc};
use store::Issuer;
use vocabulary::OperatorId;
use zeroize::Zeroizing;

const SECRET: [&str; 3] = ["secret", "secret_file", "secret_env"];
const CALLBACK_SECRET: [&str; 3] = ["callback_secret", "callback_secret_file", "callback_secret_env"];

/// Adds what the section names.
pub(super) fn read(
    (operator, mut section): (Option<(String, OperatorId)>, Section<'_>),
    (mut peers, seen): (Peers, &mut BTreeSet<OperatorId>),
) -> Peers {
    if let Some((name, id)) = &operator
        && !seen.insert(*id)
    {
        section.fault("operator", &format!("`{name}` has a payment provider already"));
    }
    let kind = section.choice("kind", &[("stripe", ())]);
    let url = section.text("url").unwrap_or_else(|| URL.to_owned());
    let pages = section.text("pages").unwrap_or_else(|| PAGES.to_owned());
    let is_origin = pages
        .strip_prefix("https://")
        .is_some_and(|host| !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte)));
    if !is_origin {
        section.fault("pages", &format!("`{pages}` is no origin such as `{PAGES}`"));
    }
    let (secret, keys) = (needed(&mut section, SECRET), needed(&mut section, CALLBACK_SECRET));
    let limits = section.limits(Limits::USUAL);
    let tls = section.tls();
    if let (Some((_, id)), Some(()), Some(secret), Some(keys), true) = (operator, kind, secret, keys, is_origin) {
        // While they are changed there are two, each on a line.
        let callback_keys = keys.split_whitespace().map(|key| Zeroizing::new(key.to_owned())).collect();
        match Stripe::new(StripeSettings { url, pages, secret, callback_keys, limits, tls }) {
            Ok(stripe) => peers.payment_providers = peers.payment_providers.with(Issuer::operator(id), Arc::new(stripe)),
            Err(error) => {
                let field = match error {
                    StripeSetupError::Url(_) => "url",
                    StripeSetupError::Tls(_) => "ca",
                    StripeSetupError::NoCallbackKey => CALLBACK_SECRET[1],
                };
                let problem = error.source().map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"));
                section.fault(field, &problem);
            }
        }
    }
    section.finish();
    peers
}

/// A secret that has to be there.
fn needed(section: &mut Section<'_>, fields: [&'static str; 3]) -> Option<Zeroizing<String>> {
    let secret = section.secret(fields);
    if secret.is_none() && !section.names(fields[0]) {
        section.fault(fields[1], "is missing");
    }
    secret
}
