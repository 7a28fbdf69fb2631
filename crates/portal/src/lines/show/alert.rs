//! The words of what happened to a line in its month.

use super::ShowPage;
use operations::{
    SpendOwner, SpendPeriod,
    line::{AlertEvent, LineAlert},
};
use vocabulary::UsageKind;

impl ShowPage {
    pub(super) fn alert_words(&self, alert: &LineAlert) -> String {
        let (page, locale) = (&self.page, &self.page.locale);
        let share = |percent: &u8| page.percent(i64::from(*percent));
        match &alert.event {
            AlertEvent::Reached { percent, allowance } => {
                locale.text_with("alert-reached", [("share", share(percent).into()), ("allowance", allowance.as_str().into())])
            }
            AlertEvent::CapReached { percent, owner, period } => {
                let cap = self.cap_name(*owner, *period);
                locale.text_with("alert-reached", [("share", share(percent).into()), ("allowance", cap.into())])
            }
            AlertEvent::OutOfBundle { amount, pack: None } => {
                locale.text_with("alert-out-of-bundle", [("amount", page.money(amount).into())])
            }
            AlertEvent::OutOfBundle { amount, pack: Some(pack) } => {
                locale.text_with("alert-beyond-pack", [("amount", page.money(amount).into()), ("pack", pack.as_str().into())])
            }
            AlertEvent::Stopped { kind: UsageKind::Data } => page.t("alert-stopped-data").into(),
            AlertEvent::Stopped { kind: UsageKind::Voice } => page.t("alert-stopped-voice").into(),
            AlertEvent::Stopped { kind: UsageKind::Sms | UsageKind::Mms } => page.t("alert-stopped-messages").into(),
            AlertEvent::Slowed => page.t("alert-slowed").into(),
            AlertEvent::Lifted => page.t("alert-lifted").into(),
            AlertEvent::DespiteBlock { kind: UsageKind::Data } => page.t("alert-despite-block-data").into(),
            AlertEvent::DespiteBlock { kind: UsageKind::Voice } => page.t("alert-despite-block-voice").into(),
            AlertEvent::DespiteBlock { kind: UsageKind::Sms | UsageKind::Mms } => page.t("alert-despite-block-messages").into(),
            AlertEvent::DespiteGuard => page.t("alert-despite-guard").into(),
        }
    }

    fn cap_name(&self, owner: Option<SpendOwner>, period: SpendPeriod) -> &'static str {
        match (owner, period) {
            (None, SpendPeriod::Day) => self.page.t("cap-line-day"),
            (None, SpendPeriod::Month) => self.page.t("cap-line-month"),
            (Some(SpendOwner::BillingAccount), SpendPeriod::Day) => self.page.t("cap-account-day"),
            (Some(SpendOwner::BillingAccount), SpendPeriod::Month) => self.page.t("cap-account-month"),
            (Some(SpendOwner::Customer), SpendPeriod::Day) => self.page.t("cap-customer-day"),
            (Some(SpendOwner::Customer), SpendPeriod::Month) => self.page.t("cap-customer-month"),
        }
    }

    pub(super) const fn alert_class(&self, alert: &LineAlert) -> &'static str {
        match &alert.event {
            AlertEvent::Reached { percent: ..100, .. }
            | AlertEvent::CapReached { percent: ..100, .. }
            | AlertEvent::OutOfBundle { .. }
            | AlertEvent::Slowed => "near",
            AlertEvent::Reached { .. }
            | AlertEvent::CapReached { .. }
            | AlertEvent::Stopped { .. }
            | AlertEvent::DespiteBlock { .. }
            | AlertEvent::DespiteGuard => "full",
            AlertEvent::Lifted => "ok",
        }
    }
}
