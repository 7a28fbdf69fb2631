//! Orders of eSIM profiles by ES2+ (GSMA SGP.22 v2.x §5.3): the operator's side of it, JSON over HTTPS (§6.5), one connection a call.
//!
//! A call is made once; when to make it again is not decided here. What an SM-DP+ tells of a profile on its way is read by
//! [`Es2plusProgress`].

mod progress;
mod status;
mod wire;

pub use progress::{Es2plusProgress, ProgressPoints};

pub use crate::{
    http_peer::{Limits, PeerUrlError},
    tls::{ClientIdentity, TlsFiles, TlsSetupError},
};

use crate::{
    http_peer::{Peer, PostFault},
    tls,
};
use hyper::header::HeaderName;
use operations::{
    esim_port::{
        CallId, ConfirmedProfile, Leaves, ProfileCancellation, ProfileConfirmation, ProfileFailure, ProfileOrder, ProfileServer,
        Release,
    },
    mail::Work,
};
use serde::Serialize;
use vocabulary::{Iccid, SmDpAddress};
use wire::{Answer, CancelOrder, ConfirmOrder, DownloadOrder, Header, ReleaseProfile};

/// Where the functions stand on an SM-DP+ (SGP.22 §6.5.2).
pub(crate) const BASE: &str = "/gsma/rsp2/es2plus/";

/// The version of the protocol that is spoken (SGP.22 §6.2).
pub(crate) const ADMIN_PROTOCOL: (&str, &str) = ("x-admin-protocol", "gsma/rsp/v2.2.2");

/// How an SM-DP+ is spoken to.
#[derive(Clone, Debug)]
pub struct Es2plusSettings {
    /// Where it listens: `https://smdp.example.org:8443`. Without encryption only on this machine.
    pub url: String,
    /// Who asks, as it was agreed with it: an object identifier mostly (functionRequesterIdentifier).
    pub requester: String,
    /// Where telephones find its profiles, for when it does not say so itself.
    pub address: SmDpAddress,
    /// How it wants to read an ICCID.
    pub iccid_form: IccidForm,
    /// How long is waited for it.
    pub limits: Limits,
    /// With which certificates.
    pub tls: TlsFiles,
}

/// How an ICCID of 19 digits is written. It is read in both forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IccidForm {
    /// With its digits alone.
    Digits,
    /// With an `F` after them, as a card stores it: what peers of SGP.22 before version 2.2 want.
    Padded,
}

/// Why an SM-DP+ cannot be spoken to, before any call.
#[derive(Debug, thiserror::Error)]
pub enum Es2plusSetupError {
    /// Its address.
    #[error("the address of the SM-DP+ cannot be used")]
    Url(#[from] PeerUrlError),
    /// The certificates.
    #[error("encryption towards the SM-DP+ cannot be set up")]
    Tls(#[from] TlsSetupError),
}

/// An SM-DP+.
#[derive(Clone, Debug)]
pub struct Es2plusClient {
    peer: Peer,
    requester: String,
    address: SmDpAddress,
    iccid_form: IccidForm,
}

impl Es2plusClient {
    /// A server at an address; it is not spoken to yet.
    ///
    /// # Errors
    /// When its address or the certificates cannot be used.
    pub fn new(settings: Es2plusSettings) -> Result<Self, Es2plusSetupError> {
        let tls = tls::config(&settings.tls)?;
        let protocol = HeaderName::from_static(ADMIN_PROTOCOL.0);
        let peer = Peer::new(&settings.url, settings.limits, tls)?.with_header(protocol, ADMIN_PROTOCOL.1);
        Ok(Self { peer, requester: settings.requester, address: settings.address, iccid_form: settings.iccid_form })
    }

    fn header<'a>(&'a self, call: &'a CallId) -> Header<'a> {
        Header { function_requester_identifier: &self.requester, function_call_identifier: &call.0 }
    }

    fn written(&self, iccid: Iccid) -> String {
        match self.iccid_form {
            IccidForm::Padded if iccid.as_str().len() == 19 => format!("{iccid}F"),
            IccidForm::Padded | IccidForm::Digits => iccid.to_string(),
        }
    }

    /// One call: what it answers when it did what was asked.
    async fn call(&self, function: &str, request: &impl Serialize) -> Result<Answer, ProfileFailure> {
        let body = serde_json::to_vec(request).map_err(|error| ProfileFailure::TurnedAway(error.to_string()))?;
        let (status, body) = self.peer.post(&format!("{BASE}{function}"), body).await.map_err(|fault| match fault {
            PostFault::NotSent(problem) => ProfileFailure::NotReached(problem),
            PostFault::Unclear(problem) => ProfileFailure::Unclear(problem),
        })?;
        status::answer(status, &body)
    }

    async fn ordered(&self, call: CallId, order: ProfileOrder) -> Result<Iccid, ProfileFailure> {
        let request = DownloadOrder {
            header: self.header(&call),
            eid: order.eid.map(|eid| eid.to_string()),
            iccid: order.iccid.map(|iccid| self.written(iccid)),
            profile_type: order.profile_type.as_deref(),
        };
        let answer = self.call("downloadOrder", &request).await?;
        let unclear = |problem: String| ProfileFailure::Unclear(problem);
        let told = answer.iccid.ok_or_else(|| unclear("the answer names no profile".to_owned()))?;
        let iccid: Iccid = told.parse().map_err(|error| unclear(format!("the answer names no profile: {error}")))?;
        match order.iccid {
            Some(asked) if asked != iccid => Err(unclear(format!("the answer is about profile `{iccid}`, not `{asked}`"))),
            _ => Ok(iccid),
        }
    }

    async fn confirmed(&self, call: CallId, asked: ProfileConfirmation) -> Result<ConfirmedProfile, ProfileFailure> {
        let request = ConfirmOrder {
            header: self.header(&call),
            iccid: self.written(asked.iccid),
            eid: asked.eid.map(|eid| eid.to_string()),
            matching_id: asked.matching_id.as_ref().map(|id| id.as_str()),
            confirmation_code: asked.confirmation_code.as_ref().map(|code| code.reveal()),
            release_flag: asked.release == Release::Now,
        };
        let answer = self.call("confirmOrder", &request).await?;
        let unclear = |problem: &str| ProfileFailure::Unclear(problem.to_owned());
        let told = answer.matching_id.filter(|id| !id.is_empty());
        let told = told.map(|id| id.parse().map_err(|_| unclear("the answer has a matching id that is none"))).transpose()?;
        let matching_id = match (told, asked.matching_id) {
            (Some(told), Some(asked)) if told != asked => {
                return Err(unclear("the answer has another matching id than was asked for"));
            }
            (told, asked) => told.or(asked).ok_or_else(|| unclear("the answer has no matching id"))?,
        };
        let sm_dp = match answer.smdp_address.filter(|address| !address.is_empty()) {
            Some(told) => told.parse().map_err(|_| unclear("the answer has an SM-DP+ address that is none"))?,
            None => self.address.clone(),
        };
        Ok(ConfirmedProfile { sm_dp, matching_id })
    }

    async fn released(&self, call: CallId, iccid: Iccid) -> Result<(), ProfileFailure> {
        let request = ReleaseProfile { header: self.header(&call), iccid: self.written(iccid) };
        self.call("releaseProfile", &request).await.map(drop)
    }

    async fn cancelled(&self, call: CallId, asked: ProfileCancellation) -> Result<(), ProfileFailure> {
        let request = CancelOrder {
            header: self.header(&call),
            iccid: self.written(asked.iccid),
            eid: asked.eid.map(|eid| eid.to_string()),
            matching_id: asked.matching_id.as_ref().map(|id| id.as_str()),
            final_profile_status_indicator: match asked.leaves {
                Leaves::Available => "Available",
                Leaves::Unavailable => "Unavailable",
            },
        };
        self.call("cancelOrder", &request).await.map(drop)
    }
}

impl ProfileServer for Es2plusClient {
    fn order(&self, call: CallId, order: ProfileOrder) -> Work<'_, Result<Iccid, ProfileFailure>> {
        Box::pin(self.ordered(call, order))
    }

    fn confirm(&self, call: CallId, confirmation: ProfileConfirmation) -> Work<'_, Result<ConfirmedProfile, ProfileFailure>> {
        Box::pin(self.confirmed(call, confirmation))
    }

    fn release(&self, call: CallId, iccid: Iccid) -> Work<'_, Result<(), ProfileFailure>> {
        Box::pin(self.released(call, iccid))
    }

    fn cancel(&self, call: CallId, cancellation: ProfileCancellation) -> Work<'_, Result<(), ProfileFailure>> {
        Box::pin(self.cancelled(call, cancellation))
    }
}
