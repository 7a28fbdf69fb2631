//! What pages say of a line's services, of what is done to them, and of why something cannot be (RES-04, RES-05, RES-24).

use crate::{Icon, Page};
use operations::{
    line_change::{Ask, Capping, OptionRefusal, Refusal, SimRefusal},
    line_services::{Act, Ceiling, Doing, LineServices, Underway, UnderwayStage},
};
use vocabulary::Timestamp;

/// What the reader did a moment ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// The network is asked.
    Begun,
    /// It is planned.
    Planned,
    /// What was planned is taken back.
    TakenBack,
    /// What was planned could not be taken back any more.
    TooLate,
}

impl Done {
    const WORDS: [(&'static str, Done); 4] =
        [("begun", Self::Begun), ("planned", Self::Planned), ("taken-back", Self::TakenBack), ("too-late", Self::TooLate)];

    /// Its word in addresses.
    pub(crate) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, done)| *done == self).map_or("", |(word, _)| word)
    }

    /// What the query of an address says.
    pub(crate) fn read(query: &str) -> Option<Self> {
        let (_, word) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "done")?;
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, done)| *done)
    }
}

/// What pages say of what may be asked of a line.
pub trait ActWords {
    /// Its word in addresses.
    fn word(&self) -> &'static str;
    /// What its button says.
    fn name(&self, page: &Page) -> &'static str;
    /// Its icon.
    fn icon(&self) -> Icon;
}

impl ActWords for Act {
    fn word(&self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Reactivate => "reactivate",
            Self::Plan => "plan",
            Self::Capping => "capping",
            Self::Option => "option",
            Self::Block => "block",
            Self::SwapSim => "sim",
            Self::End => "end",
        }
    }

    fn name(&self, page: &Page) -> &'static str {
        match self {
            Self::Suspend => page.t("act-suspend"),
            Self::Reactivate => page.t("act-reactivate"),
            Self::Plan => page.t("act-plan"),
            Self::Capping => page.t("act-capping"),
            Self::Option => page.t("act-option"),
            Self::Block => page.t("act-block"),
            Self::SwapSim => page.t("act-sim"),
            Self::End => page.t("act-end"),
        }
    }

    fn icon(&self) -> Icon {
        match self {
            Self::Suspend => Icon::Pause,
            Self::Reactivate => Icon::Check,
            Self::Plan => Icon::Euro,
            Self::Capping => Icon::Gauge,
            Self::Option => Icon::Star,
            Self::Block => Icon::Lock,
            Self::SwapSim => Icon::Sim,
            Self::End => Icon::Ban,
        }
    }
}

impl Page {
    /// What is done to a line.
    pub(crate) fn doing(&self, doing: &Doing) -> String {
        match doing {
            Doing::Activate => self.t("doing-activate").into(),
            Doing::Suspend => self.t("doing-suspend").into(),
            Doing::Reactivate => self.t("doing-reactivate").into(),
            Doing::End => self.t("doing-end").into(),
            Doing::Plan(offer) => self.ta("doing-plan", offer),
            Doing::Capping(Capping::Capped) => self.t("doing-capped").into(),
            Doing::Capping(Capping::Uncapped) => self.t("doing-uncapped").into(),
            Doing::Add(option) => self.ta("doing-add", option),
            Doing::Replace(from, to) => {
                self.locale.text_with("doing-replace", [("from", from.as_str().into()), ("to", to.as_str().into())])
            }
            Doing::Leave(option) => self.ta("doing-leave", option),
            Doing::Cutoff(name, value) => {
                let value = self.ceiling(value);
                self.locale.text_with("doing-cutoff", [("name", name.as_str().into()), ("value", value.into())])
            }
            Doing::SwapSim => self.t("doing-swap").into(),
            Doing::Other => self.t("doing-other").into(),
        }
    }

    /// The same for something to choose, where its kind is said elsewhere.
    pub(crate) fn choice(&self, doing: &Doing) -> String {
        match doing {
            Doing::Plan(name) | Doing::Add(name) | Doing::Leave(name) | Doing::Replace(_, name) => name.clone(),
            Doing::Capping(Capping::Capped) => self.t("choice-capped").into(),
            Doing::Capping(Capping::Uncapped) => self.t("choice-uncapped").into(),
            Doing::Cutoff(_, value) => self.ceiling(value),
            other => self.doing(other),
        }
    }

    /// The value of a cut-off.
    pub(crate) fn ceiling(&self, value: &Ceiling) -> String {
        match value {
            Ceiling::Amount(amount) => self.money(*amount),
            Ceiling::Volume(kind, quantity) => self.quantity(*kind, *quantity),
        }
    }

    /// When something takes effect: a day, and an hour where it is not the beginning of the day.
    pub(crate) fn effect(&self, at: &Timestamp) -> String {
        let local = at.to_local(&self.zone);
        match local.time() == jiff::civil::Time::midnight() {
            true => self.long_day(local.date()),
            false => self.moment(*at),
        }
    }

    /// Why something cannot be.
    pub(crate) fn not_now(&self, refusal: &Refusal) -> &'static str {
        match refusal {
            Refusal::Over => self.t("refusal-over"),
            Refusal::Ending => self.t("refusal-ending"),
            Refusal::Activating => self.t("refusal-activating"),
            Refusal::NotActiveYet => self.t("refusal-not-active-yet"),
            Refusal::InService => self.t("refusal-in-service"),
            Refusal::AlreadySuspended => self.t("refusal-already-suspended"),
            Refusal::NotSuspended => self.t("refusal-not-suspended"),
            Refusal::Unpaid => self.t("refusal-unpaid"),
            Refusal::Leaving => self.t("refusal-leaving"),
            Refusal::PortingNotDue => self.t("refusal-porting-not-due"),
            Refusal::Underway => self.t("refusal-underway"),
            Refusal::Planned(_) => self.t("refusal-planned"),
            Refusal::Unknown => self.t("refusal-unknown"),
            Refusal::OtherNetwork => self.t("refusal-other-network"),
            Refusal::OtherFamily => self.t("refusal-other-family"),
            Refusal::Same => self.t("refusal-same"),
            Refusal::NoCapChoice => self.t("refusal-no-cap-choice"),
            Refusal::Option(refusal) => self.not_this_option(*refusal),
            Refusal::NotItsCutoff | Refusal::NotAValue => self.t("refusal-not-its-cutoff"),
            Refusal::OptionInstead => self.t("refusal-option-instead"),
            Refusal::NoSuchSim => self.t("refusal-no-such-sim"),
            Refusal::Sim(refusal) => self.not_this_sim(*refusal),
            Refusal::NoEsim => self.t("refusal-no-esim"),
            Refusal::DayPassed => self.t("refusal-day-passed"),
            Refusal::NoDay => self.t("refusal-no-day"),
            Refusal::NeverOpen => self.t("refusal-never-open"),
        }
    }

    fn not_this_option(&self, refusal: OptionRefusal) -> &'static str {
        match refusal {
            OptionRefusal::Unknown | OptionRefusal::NotForSuchLines => self.t("refusal-option-other-lines"),
            OptionRefusal::OtherCapping => self.t("refusal-option-capping"),
            OptionRefusal::AlreadyHeld => self.t("refusal-same"),
            OptionRefusal::OneOfGroup => self.t("refusal-option-group"),
            OptionRefusal::NeedsAnother => self.t("refusal-option-needs"),
            OptionRefusal::NotHeld => self.t("refusal-option-not-held"),
            OptionRefusal::NotOfOneGroup => self.t("refusal-option-other-group"),
            OptionRefusal::NeededByAnother => self.t("refusal-option-needed"),
            OptionRefusal::Imposed => self.t("refusal-option-imposed"),
            OptionRefusal::CutoffInstead => self.t("refusal-cutoff-instead"),
        }
    }

    fn not_this_sim(&self, refusal: SimRefusal) -> &'static str {
        match refusal {
            SimRefusal::Ended => self.t("refusal-sim-ended"),
            SimRefusal::InUse => self.t("refusal-sim-in-use"),
            SimRefusal::Reserved => self.t("refusal-sim-reserved"),
            SimRefusal::NotTheirs => self.t("refusal-no-such-sim"),
            SimRefusal::OtherNetwork => self.t("refusal-sim-other-network"),
            SimRefusal::OtherKind => self.t("refusal-sim-other-kind"),
        }
    }

    /// What is asked once more before something is done.
    pub(crate) fn ask_words(&self, ask: &Ask) -> &'static str {
        match ask {
            Ask::ClosesZone => self.t("ask-closes-zone"),
            Ask::StaysBilled => self.t("ask-stays-billed"),
            Ask::ForEver => self.t("ask-for-ever"),
            Ask::BilledTwice => self.t("ask-billed-twice"),
        }
    }

    /// How far a network is with what it is asked for.
    pub(crate) fn underway_words(&self, underway: &Underway) -> String {
        match underway.stage {
            UnderwayStage::Closed(until) => self.ta("underway-closed", self.effect(&until)),
            UnderwayStage::Telling => self.t("underway-telling").into(),
            UnderwayStage::Taken => self.t("underway-taken").into(),
            UnderwayStage::Unanswered => self.t("underway-unanswered").into(),
            UnderwayStage::Withdrawing => self.t("underway-withdrawing").into(),
        }
    }

    /// What came of what the reader did a moment ago, by what the line is now.
    pub(crate) fn done_words(&self, done: &Done, services: &LineServices) -> &'static str {
        match (done, &services.underway) {
            (Done::Begun, Some(Underway { stage: UnderwayStage::Closed(_), .. })) => self.t("done-begun-closed"),
            (Done::Begun, Some(_)) => self.t("done-begun"),
            (Done::Begun, None) => self.t("done-answered"),
            (Done::Planned, _) => self.t("done-planned"),
            (Done::TakenBack, _) => self.t("done-taken-back"),
            (Done::TooLate, _) => self.t("done-too-late"),
        }
    }
}

/// A line's number and its user, for the head of a page about it.
pub(crate) fn line_name(page: &Page, number: Option<vocabulary::E164>, user: &str) -> String {
    let number = number.map_or_else(|| page.t("number-to-come").to_owned(), |number| page.tel(number));
    if user.is_empty() { number } else { format!("{number}, {user}") }
}
