//! What an SM-DP+ tells of a profile on its way: ES2+.HandleDownloadProgressInfo (SGP.22 §5.3.5, §6.5.2.5). Whoever takes it by HTTP answers 204
//! to a message that was understood and saved, and 400 to one that was not.

use super::{
    status,
    wire::{DownloadProgress, ExecutionWord, PointId},
};
use operations::esim_port::{
    MOST_PROGRESS_BYTES, ProfileProgress, ProgressOutcome, ProgressReader, ProgressRefusal, ProgressStep,
};
use vocabulary::Timestamp;

/// The longest number of a step that a peer writes.
const LONGEST_POINT: usize = 9;

/// Numbers of the steps that SGP.22 v2 does not number: what the user does with an installed profile. Each peer says its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProgressPoints {
    /// It was switched on.
    pub enabled: Option<u32>,
    /// It was switched off.
    pub disabled: Option<u32>,
    /// It was deleted.
    pub deleted: Option<u32>,
}

impl ProgressPoints {
    /// Those of the simulated server.
    pub const SIMULATED: ProgressPoints = ProgressPoints { enabled: Some(101), disabled: Some(102), deleted: Some(103) };

    /// What a number says: 1 to 4 by the table of §5.3.5, the rest by the peer.
    fn step(self, point: u32) -> ProgressStep {
        match point {
            1 => ProgressStep::Checked,
            2 => ProgressStep::CodeTyped,
            3 => ProgressStep::Downloaded,
            4 => ProgressStep::Installed,
            _ if self.enabled == Some(point) => ProgressStep::Enabled,
            _ if self.disabled == Some(point) => ProgressStep::Disabled,
            _ if self.deleted == Some(point) => ProgressStep::Deleted,
            _ => ProgressStep::Other(point),
        }
    }
}

/// Reads what an SM-DP+ tells.
#[derive(Clone, Copy, Debug, Default)]
pub struct Es2plusProgress {
    /// The peer's own numbers.
    pub points: ProgressPoints,
}

impl ProgressReader for Es2plusProgress {
    fn read(&self, body: &[u8]) -> Result<ProfileProgress, ProgressRefusal> {
        if body.len() > MOST_PROGRESS_BYTES {
            return Err(ProgressRefusal::TooLong);
        }
        let refused = |problem: &str| ProgressRefusal::NotUnderstood(problem.to_owned());
        let told: DownloadProgress =
            serde_json::from_slice(body).map_err(|error| ProgressRefusal::NotUnderstood(error.to_string()))?;
        let point = match told.notification_point_id {
            PointId::Number(point) => point,
            PointId::Text(digits) if digits.len() <= LONGEST_POINT => {
                digits.parse().map_err(|_| refused("`notificationPointId` is no number"))?
            }
            PointId::Text(_) => return Err(refused("`notificationPointId` is no number")),
        };
        let at: jiff::Timestamp = told.timestamp.parse().map_err(|_| refused("`timestamp` is no instant"))?;
        let eid = told.eid.filter(|eid| !eid.is_empty()).map(|eid| eid.parse()).transpose();
        let outcome = match told.notification_point_status.status {
            ExecutionWord::Success | ExecutionWord::Warning => ProgressOutcome::Done,
            ExecutionWord::Failed | ExecutionWord::Expired => {
                let (code, message) = status::said(told.notification_point_status.status_code_data.as_ref());
                ProgressOutcome::Failed { code, message }
            }
        };
        Ok(ProfileProgress {
            iccid: told.iccid.parse().map_err(|_| refused("`iccid` is no ICCID"))?,
            eid: eid.map_err(|_| refused("`eid` is no EID"))?,
            step: self.points.step(point),
            outcome,
            at: Timestamp::from(at),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: &str = r#"{"header":{"functionRequesterIdentifier":"2.999.1","functionCallIdentifier":"TX-567"},
        "eid":"","iccid":"8933263212200169065F","profileType":"consumer","timestamp":"2026-11-21T10:00:00Z","notificationPointId":4,
        "notificationPointStatus":{"status":"Executed-Success"},"resultData":"qlU="}"#;

    fn read(body: &str) -> Result<ProfileProgress, ProgressRefusal> {
        Es2plusProgress { points: ProgressPoints::SIMULATED }.read(body.as_bytes())
    }

    /// RES-08: a message tells which profile came how far, and when; a step that failed changes nothing.
    #[test]
    fn progress_is_read() {
        use operations::esim_port::ProfileEvent::*;
        let told = read(TOLD).unwrap();
        assert_eq!((told.iccid.as_str(), told.eid, told.step), ("8933263212200169065", None, ProgressStep::Installed));
        assert_eq!((told.at.to_string(), told.event()), ("2026-11-21T10:00:00Z".to_owned(), Some(Installed)));
        for (point, step, event) in [
            ("1", ProgressStep::Checked, None),
            ("2", ProgressStep::CodeTyped, None),
            ("3", ProgressStep::Downloaded, Some(Downloaded)),
            ("\"4\"", ProgressStep::Installed, Some(Installed)),
            ("101", ProgressStep::Enabled, Some(Enabled)),
            ("\"102\"", ProgressStep::Disabled, Some(Disabled)),
            ("103", ProgressStep::Deleted, Some(Deleted)),
            ("7", ProgressStep::Other(7), None),
        ] {
            let told = read(&TOLD.replace("\"notificationPointId\":4", &format!("\"notificationPointId\":{point}"))).unwrap();
            assert_eq!((told.step, told.event()), (step, event), "{point}");
        }
        let failed = r#"{"status":"Failed","statusCodeData":{"subjectCode":"8.2.7","reasonCode":"3.8","message":"wrong code"}}"#;
        let told = read(&TOLD.replace(r#"{"status":"Executed-Success"}"#, failed)).unwrap();
        assert_eq!(told.event(), None);
        assert_eq!(told.outcome, ProgressOutcome::Failed { code: "8.2.7/3.8".into(), message: "wrong code".to_owned() });
        let elsewhere = read(&TOLD.replace("10:00:00Z", "12:00:00+02:00")).unwrap();
        assert_eq!(elsewhere.at, told.at);
        let chip = read(&TOLD.replace(r#""eid":"""#, r#""eid":"89049032123451234512345678901235""#)).unwrap();
        assert_eq!(chip.eid.unwrap().to_string(), "89049032123451234512345678901235");
    }

    /// RES-08: what is no such message is refused, whatever it is.
    #[test]
    fn hostile_progress_is_refused() {
        let with = |from: &str, to: &str| {
            assert!(TOLD.contains(from));
            TOLD.replace(from, to)
        };
        let bad = [
            String::new(),
            "null".to_owned(),
            "[".repeat(5_000),
            TOLD[..TOLD.len() - 1].to_owned(),
            format!("{TOLD}{TOLD}"),
            with("8933263212200169065F", "8933263212200169066"),
            with("8933263212200169065F", "'; drop table sim; --"),
            with(r#""iccid":"8933263212200169065F","#, ""),
            with(r#""iccid":"#, r#""iccid":"8933263212200169065","iccid":"#),
            with("2026-11-21T10:00:00Z", "yesterday"),
            with("2026-11-21T10:00:00Z", "2026-11-21T10:00:00"),
            with("2026-11-21T10:00:00Z", "99999-01-01T00:00:00Z"),
            with("\"notificationPointId\":4", "\"notificationPointId\":-4"),
            with("\"notificationPointId\":4", "\"notificationPointId\":4.5"),
            with("\"notificationPointId\":4", "\"notificationPointId\":\"four\""),
            with("\"notificationPointId\":4", "\"notificationPointId\":99999999999999999999"),
            with("\"notificationPointId\":4", "\"notificationPointId\":\"0000000000000000004\""),
            with("Executed-Success", "Done"),
            with(r#""eid":"""#, r#""eid":"1234""#),
        ];
        for body in bad {
            assert!(matches!(read(&body), Err(ProgressRefusal::NotUnderstood(_))), "{body:.200}");
        }
        assert!(Es2plusProgress::default().read(&[0xff; 40]).is_err());
        let long = with("qlU=", &"A".repeat(MOST_PROGRESS_BYTES));
        assert_eq!(read(&long), Err(ProgressRefusal::TooLong));
        assert!(read(&with("qlU=", &"A".repeat(8_000))).is_ok());
        assert_eq!(Es2plusProgress::default().read(with(":4,", ":103,").as_bytes()).unwrap().step, ProgressStep::Other(103));
    }
}
