//! The eSIM profile servers of the demo, within the program: one for each operator, with the profiles of its inventory, and a pretended telephone
//! beside it. They are spoken to as real ones are, and call back as real ones do.

use anyhow::Context;
use demo::{DemoCard, DemoOperator};
use gateways::{
    es2plus::{Es2plusClient, Es2plusProgress, Es2plusSettings, IccidForm, Limits, ProgressPoints, TlsFiles},
    simulated_smdp::{Handling, InstallRefusal, Installation, SimulatedSmdp, SmdpSettings},
};
use operations::{
    House,
    mail::Work,
    profile_servers::{PretendedTelephone, ProfileServerOf, ProfileServers, TelephoneRefusal, TelephoneStep},
    seal::Seal,
};
use std::{fs, path::Path, sync::Arc};
use tokio::net::TcpListener;
use vocabulary::{Eid, Iccid, MatchingId, SmDpAddress, Timestamp};

/// What their chance follows from.
const SEED: u64 = 2_026;
/// Who asks them, by the name that was agreed on: one that the standard keeps for examples.
const REQUESTER: &str = "2.999.2026";
/// What they call their profiles.
const PROFILE_TYPE: &str = "consumer";
/// The chip of the pretended telephone.
const EID: &str = "89049032123451234512345678901235";

/// A profile server for each operator that has eSIMs; each calls back at a port of this program.
pub(super) async fn open(
    house: &House,
    operators: &[DemoOperator],
    (folder, port): (&Path, u16),
) -> anyhow::Result<ProfileServers> {
    fs::create_dir_all(folder).with_context(|| format!("folder `{}` cannot be made", folder.display()))?;
    let mut servers = ProfileServers::default();
    for operator in operators {
        let profiles: Vec<Iccid> =
            operator.batches.iter().filter(|batch| batch.kind == DemoCard::Esim).flat_map(|batch| iccids(&batch.file)).collect();
        let Some(id) = house.store.operator_by_slug(operator.catalog).await?.filter(|_| !profiles.is_empty()) else { continue };
        let address: SmDpAddress = format!("rsp.{}.example", operator.catalog).parse()?;
        // As random as a key, and as long.
        let line = Seal::fresh_line(None)?;
        let secret = line.split_whitespace().next_back().unwrap_or_default();
        let smdp = SimulatedSmdp::open(SmdpSettings {
            address: address.clone(),
            requester: REQUESTER.to_owned(),
            callback: Some(format!("http://127.0.0.1:{port}")),
            seed: SEED,
            file: Some(folder.join(format!("{}.jsonl", operator.catalog))),
        })?
        .with_secret(secret);
        smdp.add(PROFILE_TYPE, profiles)?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let client = Es2plusClient::new(Es2plusSettings {
            url: format!("http://{}", listener.local_addr()?),
            requester: REQUESTER.to_owned(),
            address: address.clone(),
            iccid_form: IccidForm::Digits,
            limits: Limits::USUAL,
            tls: TlsFiles::default(),
        })?;
        let serving = smdp.clone();
        tokio::spawn(async move {
            if let Err(error) = serving.serve(listener).await {
                tracing::error!(%error, "a simulated profile server ended");
            }
        });
        let reader = Es2plusProgress { points: ProgressPoints::SIMULATED };
        let server = ProfileServerOf::new(Arc::new(client), address, Arc::new(reader)).with_secret(secret)?;
        servers = servers.with(id, server.with_telephone(Arc::new(Telephone { smdp, eid: EID.parse()? })));
    }
    Ok(servers)
}

/// The serial numbers of a maker's file, which stand first in its rows.
fn iccids(file: &str) -> impl Iterator<Item = Iccid> {
    file.lines().filter_map(|row| row.split(';').next()?.parse().ok())
}

/// A telephone whose owner does what is clicked.
#[derive(Debug)]
struct Telephone {
    smdp: SimulatedSmdp,
    eid: Eid,
}

impl PretendedTelephone for Telephone {
    fn install<'a>(&'a self, scanned: &'a MatchingId, typed: &'a str, now: Timestamp) -> Work<'a, Result<(), TelephoneRefusal>> {
        Box::pin(async move {
            let asked = Installation { matching_id: scanned.as_str(), typed: Some(typed), eid: self.eid };
            self.smdp.install(asked, now).await.map(drop).map_err(|refusal| match refusal {
                InstallRefusal::CodeMissing | InstallRefusal::CodeWrong => TelephoneRefusal::WrongCode,
                InstallRefusal::CodeDead => TelephoneRefusal::CodeDead,
                InstallRefusal::Unknown | InstallRefusal::OtherChip | InstallRefusal::NotKept => TelephoneRefusal::NoProfile,
            })
        })
    }

    fn handle(&self, profile: Iccid, step: TelephoneStep, now: Timestamp) -> Work<'_, Result<(), TelephoneRefusal>> {
        let handling = match step {
            TelephoneStep::Enable => Handling::Enable,
            TelephoneStep::Disable => Handling::Disable,
            TelephoneStep::Delete => Handling::Delete,
        };
        Box::pin(async move { self.smdp.handle(profile, handling, now).await.map_err(|_| TelephoneRefusal::NoProfile) })
    }
}
