//! The messages of ES2+ in JSON, by the names of the standard (SGP.22 §6.5.1.3, §6.5.1.4, §6.5.2.1 to §6.5.2.5).

use serde::{Deserialize, Serialize};

/// What each request begins with (§6.5.1.3).
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Header<'a> {
    pub(crate) function_requester_identifier: &'a str,
    pub(crate) function_call_identifier: &'a str,
}

/// ES2+.DownloadOrder (§5.3.1).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DownloadOrder<'a> {
    pub(crate) header: Header<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) eid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) iccid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) profile_type: Option<&'a str>,
}

/// ES2+.ConfirmOrder (§5.3.2).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConfirmOrder<'a> {
    pub(crate) header: Header<'a>,
    pub(crate) iccid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) eid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) matching_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) confirmation_code: Option<&'a str>,
    pub(crate) release_flag: bool,
}

/// ES2+.CancelOrder (§5.3.3).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CancelOrder<'a> {
    pub(crate) header: Header<'a>,
    pub(crate) iccid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) eid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) matching_id: Option<&'a str>,
    pub(crate) final_profile_status_indicator: &'static str,
}

/// ES2+.ReleaseProfile (§5.3.4).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReleaseProfile<'a> {
    pub(crate) header: Header<'a>,
    pub(crate) iccid: String,
}

/// What any function answers: its outcome, and what some of them tell.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Answer {
    pub(crate) header: AnswerHeader,
    pub(crate) iccid: Option<String>,
    pub(crate) matching_id: Option<String>,
    pub(crate) smdp_address: Option<String>,
}

/// What each answer begins with (§6.5.1.4).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AnswerHeader {
    pub(crate) function_execution_status: ExecutionStatus,
}

/// How it went (§5.2.6).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExecutionStatus {
    pub(crate) status: ExecutionWord,
    pub(crate) status_code_data: Option<StatusCode>,
}

/// The words for how it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum ExecutionWord {
    #[serde(rename = "Executed-Success")]
    Success,
    #[serde(rename = "Executed-WithWarning")]
    Warning,
    #[serde(rename = "Failed")]
    Failed,
    #[serde(rename = "Expired")]
    Expired,
}

/// What a failure or a warning is about, and why (§5.2.6.1, §5.2.6.2).
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusCode {
    #[serde(default)]
    pub(crate) subject_code: String,
    #[serde(default)]
    pub(crate) reason_code: String,
    pub(crate) message: Option<String>,
}

/// ES2+.HandleDownloadProgressInfo (§5.3.5), as far as it is read: what the chip said of the installation is passed over.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DownloadProgress {
    pub(crate) iccid: String,
    pub(crate) eid: Option<String>,
    pub(crate) timestamp: String,
    pub(crate) notification_point_id: PointId,
    pub(crate) notification_point_status: ExecutionStatus,
}

/// The number of a step: a number by the standard, a text of digits by some.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum PointId {
    Number(u32),
    Text(String),
}
