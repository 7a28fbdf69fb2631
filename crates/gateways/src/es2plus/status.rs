//! What an answer of an SM-DP+ means: HTTP status, execution status, and the codes of subject and reason (SGP.22 §5.2.6).

use super::wire::{Answer, ExecutionWord, StatusCode};
use compact_str::{CompactString, format_compact};
use hyper::StatusCode as HttpStatus;
use operations::esim_port::{ProfileFailure, ProfileRefusal, WhyNot};

/// So many signs of what a server says are kept.
const LONGEST_MESSAGE: usize = 200;
/// So many signs of a code.
const LONGEST_CODE: usize = 16;

/// The answer of a function that was executed, or what else it means.
pub(super) fn answer(status: HttpStatus, body: &[u8]) -> Result<Answer, ProfileFailure> {
    match status {
        HttpStatus::OK => {}
        HttpStatus::REQUEST_TIMEOUT | HttpStatus::TOO_MANY_REQUESTS => {
            return Err(ProfileFailure::NotReached(format!("it answers {status}")));
        }
        status if status.is_client_error() || status.is_redirection() => {
            return Err(ProfileFailure::TurnedAway(format!("it answers {status}")));
        }
        status => return Err(ProfileFailure::Unclear(format!("it answers {status}"))),
    }
    let not_understood = |error| ProfileFailure::Unclear(format!("the answer is not understood: {error}"));
    let answer: Answer = serde_json::from_slice(body).map_err(not_understood)?;
    let status = &answer.header.function_execution_status;
    match status.status {
        ExecutionWord::Success | ExecutionWord::Warning => Ok(answer),
        ExecutionWord::Failed => Err(ProfileFailure::Refused(refusal(status.status_code_data.as_ref(), None))),
        ExecutionWord::Expired => Err(ProfileFailure::Refused(refusal(status.status_code_data.as_ref(), Some(WhyNot::Expired)))),
    }
}

fn refusal(told: Option<&StatusCode>, why: Option<WhyNot>) -> ProfileRefusal {
    let (code, message) = said(told);
    let found = told.map_or(WhyNot::Other, |told| why_not(&told.subject_code, &told.reason_code));
    ProfileRefusal { why: why.unwrap_or(found), code, message }
}

/// Code and words of a status, as much of them as is kept.
pub(super) fn said(told: Option<&StatusCode>) -> (CompactString, String) {
    let Some(told) = told else { return (CompactString::default(), String::new()) };
    let code = format_compact!("{}/{}", printable(&told.subject_code, LONGEST_CODE), printable(&told.reason_code, LONGEST_CODE));
    (code, printable(told.message.as_deref().unwrap_or_default(), LONGEST_MESSAGE))
}

fn printable(text: &str, most: usize) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(most).collect()
}

/// What subject (§5.2.6.1) and reason (§5.2.6.2) say, by the tables of §5.3.1 to §5.3.4: 8.1.1 is the chip, 8.2.1 the profile, 8.2.5 its type,
/// 8.2.6 its matching id, 1.1 who asks.
fn why_not(subject: &str, reason: &str) -> WhyNot {
    match (subject, reason) {
        ("8.2.1", "3.9") => WhyNot::UnknownProfile,
        ("8.2.1", "1.2") => WhyNot::NotOurProfile,
        ("8.2.1", "3.3" | "3.7") => WhyNot::ProfileTaken,
        ("8.2.1", "3.5") => WhyNot::WrongState,
        ("8.2.5", "3.9" | "1.2") => WhyNot::UnknownType,
        ("8.2.5", "3.7") => WhyNot::NoneLeft,
        ("8.2.5", "3.8") => WhyNot::OtherType,
        ("8.2.6", "3.3") => WhyNot::MatchingIdTaken,
        ("8.2.6", "3.8" | "3.9" | "3.10") => WhyNot::OtherMatchingId,
        ("8.1.1", "3.8" | "3.9" | "3.10") => WhyNot::OtherChip,
        ("1.1", "1.1" | "1.2" | "3.9") | (_, "1.1" | "1.2") => WhyNot::UnknownCaller,
        (_, "5.3") => WhyNot::Expired,
        (_, "2.1" | "2.2" | "2.3" | "3.1" | "3.2") => WhyNot::NotUnderstood,
        (_, reason) if reason.starts_with("4.") || reason.starts_with("5.") || reason.starts_with("6.") => WhyNot::Failed,
        _ => WhyNot::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(subject: &str, reason: &str) -> ProfileFailure {
        let body = format!(
            r#"{{"header":{{"functionExecutionStatus":{{"status":"Failed","statusCodeData":{{"subjectCode":"{subject}","reasonCode":"{reason}"}}}}}}}}"#
        );
        answer(HttpStatus::OK, body.as_bytes()).unwrap_err()
    }

    /// MOB-52: each code of a refusal has its meaning; one that is not known is a refusal all the same.
    #[test]
    fn every_status_code_has_its_meaning() {
        for (subject, reason, why) in [
            ("8.2.1", "3.9", WhyNot::UnknownProfile),
            ("8.2.1", "1.2", WhyNot::NotOurProfile),
            ("8.2.1", "3.3", WhyNot::ProfileTaken),
            ("8.2.1", "3.7", WhyNot::ProfileTaken),
            ("8.2.1", "3.5", WhyNot::WrongState),
            ("8.2.5", "3.9", WhyNot::UnknownType),
            ("8.2.5", "1.2", WhyNot::UnknownType),
            ("8.2.5", "3.7", WhyNot::NoneLeft),
            ("8.2.5", "3.8", WhyNot::OtherType),
            ("8.2.6", "3.3", WhyNot::MatchingIdTaken),
            ("8.2.6", "3.10", WhyNot::OtherMatchingId),
            ("8.1.1", "3.10", WhyNot::OtherChip),
            ("1.1", "1.1", WhyNot::UnknownCaller),
            ("1.6", "1.2", WhyNot::UnknownCaller),
            ("1.1", "2.1", WhyNot::NotUnderstood),
            ("8.2.1", "2.2", WhyNot::NotUnderstood),
            ("1.6", "2.3", WhyNot::NotUnderstood),
            ("1.3.2", "3.1", WhyNot::NotUnderstood),
            ("8.9", "5.1", WhyNot::Failed),
            ("8.9", "4.2", WhyNot::Failed),
            ("8.8", "6.1", WhyNot::Failed),
            ("1.6", "5.3", WhyNot::Expired),
            ("8.2.1", "3.6", WhyNot::Other),
            ("", "", WhyNot::Other),
            ("1.2.3.4", "9.9", WhyNot::Other),
        ] {
            let ProfileFailure::Refused(refusal) = failed(subject, reason) else { panic!("{subject} {reason}") };
            assert_eq!((refusal.why, refusal.code.as_str()), (why, format!("{subject}/{reason}").as_str()));
        }
    }

    /// MOB-52: what is no answer is told from a refusal, and a refusal's words are shortened and printable.
    #[test]
    fn an_answer_that_is_none_is_unclear() {
        let executed = |status: &str| format!(r#"{{"header":{{"functionExecutionStatus":{{"status":"{status}"}}}}}}"#);
        assert!(answer(HttpStatus::OK, executed("Executed-Success").as_bytes()).is_ok());
        assert!(answer(HttpStatus::OK, executed("Executed-WithWarning").as_bytes()).is_ok());
        let expired = answer(HttpStatus::OK, executed("Expired").as_bytes()).unwrap_err();
        assert!(matches!(&expired, ProfileFailure::Refused(refusal) if refusal.why == WhyNot::Expired), "{expired}");
        let failed = answer(HttpStatus::OK, executed("Failed").as_bytes()).unwrap_err();
        assert!(matches!(&failed, ProfileFailure::Refused(refusal) if refusal.why == WhyNot::Other), "{failed}");
        for bad in ["", "<html>", "{}", "[]", "null", r#"{"header":{}}"#, &executed("Done"), &"[".repeat(60_000)] {
            let said = answer(HttpStatus::OK, bad.as_bytes()).unwrap_err();
            assert!(matches!(said, ProfileFailure::Unclear(_)), "{bad:.40}: {said}");
        }
        for (status, expected) in [
            (204, "Unclear"),
            (302, "TurnedAway"),
            (400, "TurnedAway"),
            (401, "TurnedAway"),
            (404, "TurnedAway"),
            (408, "NotReached"),
            (429, "NotReached"),
            (500, "Unclear"),
            (502, "Unclear"),
            (503, "Unclear"),
        ] {
            let said = answer(HttpStatus::from_u16(status).unwrap(), executed("Executed-Success").as_bytes()).unwrap_err();
            assert!(format!("{said:?}").starts_with(expected), "{status}: {said:?}");
        }
        let told = StatusCode {
            subject_code: "8".repeat(99),
            reason_code: "1\n2".to_owned(),
            message: Some("\u{1b}[2J".to_owned() + &"é".repeat(999)),
        };
        let refusal = refusal(Some(&told), None);
        assert_eq!((refusal.code.as_str(), refusal.message.chars().count()), ("8888888888888888/1 2", LONGEST_MESSAGE));
        assert!(refusal.message.starts_with(" [2Jé"));
    }
}
