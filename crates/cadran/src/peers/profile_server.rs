//! One eSIM profile server of the file of peers: an SM-DP+ by ES2+.

use super::{Peers, section::Section};
use gateways::es2plus::{Es2plusClient, Es2plusProgress, Es2plusSettings, IccidForm, Limits, ProgressPoints};
use operations::profile_servers::ProfileServerOf;
use std::{collections::BTreeSet, error::Error, sync::Arc};
use vocabulary::{OperatorId, SmDpAddress};

const CALLBACK_SECRET: [&str; 3] = ["callback_secret", "callback_secret_file", "callback_secret_env"];

/// Adds what the section names.
pub(super) fn read(
    (operator, mut section): (Option<(String, OperatorId)>, Section<'_>),
    (mut peers, seen): (Peers, &mut BTreeSet<OperatorId>),
) -> Peers {
    if let Some((name, id)) = &operator
        && !seen.insert(*id)
    {
        section.fault("operator", &format!("`{name}` has a profile server already"));
    }
    let (url, requester) = (section.needed("url"), section.needed("requester"));
    let address: Option<SmDpAddress> = section.parsed("address");
    let iccid_form = section.choice("iccid", &[("digits", IccidForm::Digits), ("padded", IccidForm::Padded)]);
    let limits = section.limits(Limits::USUAL);
    let tls = section.tls();
    let points = ProgressPoints {
        enabled: section.number("enabled_point"),
        disabled: section.number("disabled_point"),
        deleted: section.number("deleted_point"),
    };
    let callback = section.secret(CALLBACK_SECRET);
    if let (Some((_, id)), Some(url), Some(requester), Some(address), Some(iccid_form)) =
        (operator, url, requester, address, iccid_form)
    {
        let settings = Es2plusSettings { url, requester, address: address.clone(), iccid_form, limits, tls };
        let client = Es2plusClient::new(settings);
        match client {
            Ok(client) => {
                let server = ProfileServerOf::new(Arc::new(client), address, Arc::new(Es2plusProgress { points }));
                let server = match callback {
                    None => Some(server),
                    Some(secret) if peers.profile_servers.of_secret(&secret).is_some() => {
                        section.secret_fault(CALLBACK_SECRET[0], "another profile server has the same secret");
                        None
                    }
                    Some(secret) => match server.with_secret(&secret) {
                        Ok(server) => Some(server),
                        Err(short) => {
                            section.secret_fault(CALLBACK_SECRET[0], &short.to_string());
                            None
                        }
                    },
                };
                if let Some(server) = server {
                    peers.profile_servers = peers.profile_servers.with(id, server);
                }
            }
            Err(error) => {
                section.fault("url", &error.source().map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}")));
            }
        }
    }
    section.finish();
    peers
}
