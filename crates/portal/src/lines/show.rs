//! One line: its month in totals and a chart, and the journal of its usage (RES-21, RES-22).

mod alert;
mod handler;

pub(crate) use handler::get;

use super::{
    Gauge as _, HoldWords as _, KindWords as _, StateWords as _,
    services::{ActWords as _, Done},
};
use crate::{
    Icon, Page, Permission, Theme,
    chart::{Chart, ChartUnit, Drawing},
    lines::split::share_words,
    pagination::{PageLink, PageSize, Pages},
    usage::{PartWords as _, UsageWords as _},
};
use askama::Template;
use form_urlencoded::{Serializer, parse};
use jiff::civil;
use operations::{
    AllowanceUse, AtEnd, LineKind,
    journal::Noted,
    line::{LineAlert, LineHead, LineTotals},
    line_account::AccountShown,
    line_change::{Capping, Refusal},
    line_services::{Act, Doing, LineServices},
    line_user::UserShown,
    split_bill::{KeptShare, SplitShown},
    usage::Usage,
};
use std::num::NonZeroU32;
use vocabulary::{Direction, Month, Party, Quantity, SimId};

/// The tabs of the journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Everything.
    #[default]
    All,
    /// Calls.
    Voice,
    /// Calls to value-added numbers.
    ValueAdded,
    /// Short and multimedia messages.
    Messages,
    /// Data.
    Data,
}

impl Tab {
    /// Every tab, in order.
    pub const ALL: [Tab; 5] = [Tab::All, Tab::Voice, Tab::ValueAdded, Tab::Messages, Tab::Data];

    /// Its word in addresses.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Voice => "voice",
            Self::ValueAdded => "value-added",
            Self::Messages => "messages",
            Self::Data => "data",
        }
    }
}

/// What of the journal is asked for: the query of the address. What it cannot read it passes over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JournalFilter {
    /// The month; the current one by default.
    pub month: Option<Month>,
    /// The kind.
    pub tab: Tab,
    /// Digits of the other party's number.
    pub number: String,
    /// Made, received or forwarded.
    pub direction: Option<Direction>,
    /// Part of the destination's name.
    pub destination: String,
    /// The first day.
    pub from: Option<civil::Date>,
    /// The last day.
    pub to: Option<civil::Date>,
    /// Only what was charged.
    pub charged_only: bool,
    /// The page, from 1 on.
    pub page: Option<NonZeroU32>,
}

impl JournalFilter {
    /// Rows on a page of the journal.
    pub const SIZE: PageSize = PageSize::TwentyFive;

    /// Reads the query of an address.
    pub fn read(query: &str) -> Self {
        let mut filter = Self::default();
        for (name, value) in parse(query.as_bytes()) {
            let text = || value.trim().chars().take(80).collect::<String>();
            match name.as_ref() {
                "month" => filter.month = value.parse().ok(),
                "kind" => filter.tab = Tab::ALL.into_iter().find(|tab| tab.as_str() == value).unwrap_or_default(),
                "number" => filter.number = text(),
                "direction" => filter.direction = Direction::ALL.into_iter().find(|direction| direction.as_str() == value),
                "destination" => filter.destination = text(),
                "from" => filter.from = value.parse().ok(),
                "to" => filter.to = value.parse().ok(),
                "out-of-bundle" => filter.charged_only = value == "yes",
                "page" => filter.page = value.parse().ok(),
                _ => {}
            }
        }
        filter
    }

    /// The query that says this, empty when it is the default.
    pub fn query(&self) -> String {
        let mut query = Serializer::new(String::new());
        let pairs = [
            ("month", self.month.map(|month| month.to_string())),
            ("kind", Some(self.tab.as_str().to_owned()).filter(|_| self.tab != Tab::All)),
            ("number", Some(self.number.clone()).filter(|text| !text.is_empty())),
            ("direction", self.direction.map(|direction| direction.as_str().to_owned())),
            ("destination", Some(self.destination.clone()).filter(|text| !text.is_empty())),
            ("from", self.from.map(|day| day.to_string())),
            ("to", self.to.map(|day| day.to_string())),
            ("out-of-bundle", self.charged_only.then(|| "yes".to_owned())),
            ("page", self.page.filter(|page| page.get() > 1).map(|page| page.to_string())),
        ];
        pairs.iter().filter_map(|(name, value)| Some((name, value.as_ref()?))).for_each(|(name, value)| {
            query.append_pair(name, value);
        });
        query.finish()
    }

    /// Is anything filtered beside month and kind?
    pub fn is_set(&self) -> bool {
        *self != Self { month: self.month, tab: self.tab, page: self.page, ..Self::default() }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "lines/show.html")]
pub struct ShowPage {
    /// Its frame.
    pub page: Page,
    /// The line.
    pub head: LineHead,
    /// The month shown.
    pub month: Month,
    /// The months that have usage, latest first; at least the one shown.
    pub months: Vec<Month>,
    /// The month's totals.
    pub totals: LineTotals,
    /// Allowances beside the plan's data: voice, messages, options by zone.
    pub allowances: Vec<AllowanceUse>,
    /// What happened, earliest first.
    pub alerts: Vec<LineAlert>,
    /// What was done to the line, the latest first.
    pub history: Vec<Noted>,
    /// Data of each day of the month up to today, from the first on.
    pub data_by_day: Vec<Quantity>,
    /// What of the journal is shown.
    pub filter: JournalFilter,
    /// The usages of this page, latest first; for data, what was charged first.
    pub usages: Vec<Usage>,
    /// Where in the journal they stand.
    pub pages: Pages,
    /// Does its own holder alone see what it uses?
    pub is_private: bool,
    /// Does its customer pay other prices of usage than these?
    pub is_wholesale: bool,
    /// The page of its SIM, and whether that shows the reader the PUK.
    pub sim: Option<(SimId, bool)>,
    /// Who uses it, where that is the reader, who is asked whether it is right.
    pub to_confirm: Option<UserShown>,
    /// Who pays for it, where the customer has several accounts and the reader may choose.
    pub payer: Option<AccountShown>,
    /// Who shares its bill, for who may change that of a business.
    pub split: Option<SplitShown>,
    /// What it has, and what may be asked of it.
    pub services: LineServices,
    /// What the reader did a moment ago.
    pub done: Option<Done>,
    /// Has it an eSIM, or is it to have one, whose page the reader sees?
    pub has_esim: bool,
    /// Is its voicemail the reader's to hear?
    pub has_voicemail: bool,
}

impl ShowPage {
    /// May the reader change what the line has?
    fn may_change(&self) -> bool {
        !self.services.is_over && self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::ChangeLines))
    }

    /// What an amount of usage is.
    fn amount_words(&self) -> &'static str {
        if self.is_wholesale { self.page.t("without-vat-wholesale") } else { self.page.t("without-vat") }
    }

    /// Does it ring, and may the reader see what is set of it?
    fn has_telephone(&self) -> bool {
        !self.is_private
            && matches!(self.head.kind, LineKind::Fixed | LineKind::Mobile)
            && matches!(self.head.number, Some(Party::Number(_)))
    }

    /// What is known of who uses it, each with its name.
    fn known(&self, user: &UserShown) -> Vec<(&'static str, String)> {
        super::user::known(&self.page, user)
    }

    /// Is its network being asked for something, so that the page looks again?
    fn is_moving(&self) -> bool {
        self.services.underway.is_some()
    }

    /// The page as it is without what is said once.
    fn here_plain(&self) -> String {
        format!("/lines/{}", self.head.id)
    }

    /// Why nothing at all may be asked of the line now, where it is one reason: it is said once.
    fn common_refusal(&self) -> Option<Refusal> {
        let mut refusals = self.services.acts.iter().map(|(_, refusal)| *refusal);
        let first = refusals.next()??;
        refusals.all(|other| other == Some(first)).then_some(first)
    }

    fn is_common(&self, refusal: &Refusal) -> bool {
        self.common_refusal() == Some(*refusal)
    }

    fn capping_words(&self, capping: &Capping) -> String {
        self.page.choice(&Doing::Capping(*capping))
    }

    fn act_url(&self, act: &Act) -> String {
        match act {
            Act::SwapSim => format!("/lines/{}/sim", self.head.id),
            act => format!("/lines/{}/change?what={}", self.head.id, act.word()),
        }
    }

    fn url(&self, filter: &JournalFilter) -> String {
        let query = filter.query();
        let anchor = "#journal";
        if query.is_empty() {
            format!("/lines/{}{anchor}", self.head.id)
        } else {
            format!("/lines/{}?{query}{anchor}", self.head.id)
        }
    }

    fn tab_url(&self, tab: &Tab) -> String {
        self.url(&JournalFilter { tab: *tab, page: None, ..self.filter.clone() })
    }

    fn page_url(&self, page: &u32) -> String {
        self.url(&JournalFilter { page: NonZeroU32::new(*page), ..self.filter.clone() })
    }

    fn clear_url(&self) -> String {
        self.url(&JournalFilter { month: self.filter.month, tab: self.filter.tab, ..JournalFilter::default() })
    }

    fn is_tab(&self, tab: &Tab) -> bool {
        self.filter.tab == *tab
    }

    fn is_month(&self, month: &Month) -> bool {
        self.month == *month
    }

    fn is_direction(&self, direction: &Direction) -> bool {
        self.filter.direction == Some(*direction)
    }

    fn tab_name(&self, tab: &Tab) -> &'static str {
        match tab {
            Tab::All => self.page.t("tab-all"),
            Tab::Voice => self.page.t("tab-voice"),
            Tab::ValueAdded => self.page.t("tab-value-added"),
            Tab::Messages => self.page.t("tab-messages"),
            Tab::Data => self.page.t("tab-data"),
        }
    }

    fn direction_name(&self, direction: &Direction) -> &'static str {
        match direction {
            Direction::Made => self.page.t("direction-made"),
            Direction::Received => self.page.t("direction-received"),
            Direction::Forwarded => self.page.t("direction-forwarded"),
        }
    }

    fn share_words(&self, share: &KeptShare) -> String {
        share_words(&self.page, share)
    }

    fn ceiling_name(&self, at_end: &AtEnd) -> &'static str {
        match at_end {
            AtEnd::Stop => self.page.t("ceiling-capped"),
            AtEnd::Slow => self.page.t("ceiling-uncapped"),
            AtEnd::Charge => self.page.t("ceiling-metered"),
        }
    }

    /// Each day so far with its data and the sum up to it.
    fn days(&self) -> Vec<(civil::Date, Quantity, Quantity)> {
        let mut sum = 0_i64;
        let first = self.month.first_day();
        let days = self.data_by_day.iter().zip(0_i64..).filter_map(|(&bytes, offset)| {
            sum = sum.saturating_add(bytes.units());
            let day = first.saturating_add(jiff::Span::new().days(offset));
            Some((day, bytes, Quantity::new(sum)?))
        });
        days.collect()
    }

    /// Data used over the month against what is included.
    fn data_chart(&self) -> Chart {
        let locale = self.page.locale;
        let first = self.month.first_day();
        let labels: Vec<String> = (0..i64::from(self.month.days()))
            .map(|offset| locale.day_of_month(first.saturating_add(jiff::Span::new().days(offset))))
            .collect();
        let length = labels.len();
        let mut used: Vec<Option<i64>> = self.days().iter().map(|(_, _, sum)| Some(sum.units())).collect();
        used.resize(length, None);
        let chart = Chart::new(locale, ChartUnit::Bytes, labels).with(self.page.t("chart-used"), Drawing::Area, used);
        match self.totals.data.and_then(|data| data.included) {
            None => chart,
            Some(included) => {
                let units = included.units();
                let near = units / 5 * 4;
                chart.with(self.page.ta("chart-share", locale.percent(80)), Drawing::Warning, vec![Some(near); length]).with(
                    self.page.t("chart-included"),
                    Drawing::Limit,
                    vec![Some(units); length],
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RES-22: filters of the journal stay in the address and come back from it as they were.
    #[test]
    fn a_filter_is_read_from_the_query_that_it_writes() {
        let filter = JournalFilter {
            month: "2026-10".parse().ok(),
            tab: Tab::ValueAdded,
            number: "089".into(),
            direction: Some(Direction::Made),
            destination: "Suisse".into(),
            from: Some(civil::date(2026, 10, 3)),
            to: Some(civil::date(2026, 10, 9)),
            charged_only: true,
            page: NonZeroU32::new(2),
        };
        assert_eq!(JournalFilter::read(&filter.query()), filter);
        assert_eq!(JournalFilter::read("month=x&kind=y&from=2026-02-30"), JournalFilter::default());
    }
}
