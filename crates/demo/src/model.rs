//! Who there is: plain facts, as somebody types them into a back office.

use crate::paper::DemoPaper;
use crate::{dress::DemoDress, habits::Habits, voice::DemoVoicemail};
use catalog::{Capping, Service};
use vocabulary::{Money, Timestamp};

/// One operator with everybody in it.
#[derive(Clone, Debug)]
pub struct DemoOperator {
    /// The folder of its catalogue.
    pub catalog: &'static str,
    /// What people call it.
    pub name: String,
    /// Its own brand first, then those of its resellers.
    pub brands: Vec<DemoBrand>,
    /// Who sells its offers.
    pub resellers: Vec<DemoReseller>,
    /// Who signs and pays.
    pub customers: Vec<DemoCustomer>,
    /// Who can sign in, with [`crate::PASSWORD`].
    pub logins: Vec<DemoLogin>,
    /// Voicemails with messages.
    pub voicemails: Vec<DemoVoicemail>,
    /// Whom these look after: people who have access or were asked in, so that there is something to look after.
    pub colleagues: Vec<DemoColleague>,
    /// The SIM cards in stock, in the files of their makers.
    pub batches: Vec<DemoBatch>,
    /// Numbers that nobody has yet.
    pub free_numbers: Vec<String>,
}

/// A maker's file of SIM cards, and who has some of them.
#[derive(Clone, Debug)]
pub struct DemoBatch {
    /// The file's name.
    pub name: String,
    /// The network that they were made for.
    pub network: &'static str,
    /// Cards, or eSIM profiles.
    pub kind: DemoCard,
    /// What stands in it.
    pub file: String,
    /// Whom some were given to.
    pub given: Vec<DemoGiven>,
}

/// What a batch holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoCard {
    /// Cards that ask for their PIN.
    Card,
    /// eSIM profiles.
    Esim,
}

/// Cards that follow each other, and whose they are.
#[derive(Clone, Debug)]
pub struct DemoGiven {
    /// The first ICCID.
    pub first: String,
    /// The last.
    pub last: String,
    /// A customer's reference, or a reseller's name.
    pub to: String,
}

/// Somebody beside those who show the demo.
#[derive(Clone, Debug)]
pub struct DemoColleague {
    /// Where their mails go.
    pub email: String,
    /// Who it is.
    pub name: String,
    /// What they may see.
    pub role: DemoRole,
    /// Did they come, or were they asked in only?
    pub access: DemoAccess,
}

/// Where somebody's access stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoAccess {
    /// They chose a password.
    Came,
    /// They were asked in.
    Asked,
}

impl DemoColleague {
    /// Somebody of these names.
    pub(crate) fn new(email: &str, name: &str, role: DemoRole, access: DemoAccess) -> Self {
        Self { email: email.to_owned(), name: name.to_owned(), role, access }
    }
}

/// How a host name looks.
#[derive(Clone, Debug)]
pub struct DemoBrand {
    /// The host name.
    pub host: String,
    /// The reseller whose brand it is, by its position; `None` for the operator's own.
    pub reseller: Option<usize>,
    /// What it is called.
    pub name: String,
    /// Its colour, `#rrggbb`; white text on it is well read.
    pub colour: String,
    /// Where people turn to.
    pub contact: String,
    /// Its logos, and what else it shows.
    pub dress: DemoDress,
}

/// A partner that sells under its own brand.
#[derive(Clone, Debug)]
pub struct DemoReseller {
    /// Its short name in addresses.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// The company that its operator bills.
    pub company: DemoCompany,
}

/// A company that is no customer yet.
#[derive(Clone, Debug)]
pub struct DemoCompany {
    /// Its legal name.
    pub name: String,
    /// Its postcode.
    pub postcode: String,
    /// The code of its country.
    pub country: String,
    /// Where it is, and its numbers.
    pub paper: DemoPaper,
}

/// A household or a business.
#[derive(Clone, Debug)]
pub struct DemoCustomer {
    /// Whose customer, by the reseller's position; `None` for the operator's own.
    pub reseller: Option<usize>,
    /// Its customer number.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// A business rather than a household?
    pub business: bool,
    /// Where it is.
    pub postcode: String,
    /// Who it is on paper.
    pub paper: DemoPaper,
    /// Names of its billing accounts; at least one.
    pub billing_accounts: Vec<String>,
    /// Allowances that its lines share.
    pub packs: Vec<DemoPack>,
    /// What its lines may spend together: of which account, by its position, or of all; and how much.
    pub shared_caps: Vec<(Option<usize>, DemoSpendCap)>,
    /// Its lines.
    pub lines: Vec<DemoLine>,
}

/// A group pack that a business has bought.
#[derive(Clone, Debug)]
pub struct DemoPack {
    /// Which pack of the catalogue.
    pub pack: String,
    /// When.
    pub bought: Timestamp,
    /// Amounts beyond it at which somebody is told.
    pub notices: Vec<DemoNotice>,
}

/// One subscription to a service.
#[derive(Clone, Debug)]
pub struct DemoLine {
    /// Its number with calling code and plus; the number of the access for internet and television.
    pub number: String,
    /// Other names that usage files give it: the account of a telephone.
    pub identities: Vec<String>,
    /// Who pays, by the position in [`DemoCustomer::billing_accounts`].
    pub billing_account: usize,
    /// What it is for.
    pub service: Service,
    /// The network it lives on.
    pub network: String,
    /// Its offer.
    pub offer: String,
    /// Does it stop at its allowance?
    pub capping: Capping,
    /// When it was ordered.
    pub bought: Timestamp,
    /// When it began to work; `None` while it is ordered.
    pub started: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Where it is in its life.
    pub state: LineState,
    /// Who or what uses it.
    pub user: String,
    /// Its SIM card: 19 digits, the last one a check digit; `None` without a SIM.
    pub iccid: Option<String>,
    /// Options: which, from when, until when.
    pub options: Vec<(String, Timestamp, Option<Timestamp>)>,
    /// Recharges: which, when.
    pub recharges: Vec<(String, Timestamp)>,
    /// Cut-offs that were chosen: which, and the value in base units or millionths of the currency.
    pub cutoffs: Vec<(String, i64)>,
    /// Ceilings in money.
    pub spend_caps: Vec<DemoSpendCap>,
    /// Amounts beyond what is included at which somebody is told.
    pub notices: Vec<DemoNotice>,
    /// Does it draw from the customer's packs?
    pub in_packs: bool,
    /// How it is used: what the files are drawn from.
    pub habits: Habits,
}

/// Where a line is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineState {
    /// Ordered.
    Activating,
    /// It works.
    Active,
    /// Stopped for a while.
    Suspended,
    /// Over.
    Ended,
}

impl LineState {
    /// Its word: `activating`, `active`, `suspended`, `ended`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Activating => "activating",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Ended => "ended",
        }
    }
}

/// A ceiling in money over everything a line is charged (RAT-15).
#[derive(Clone, Copy, Debug)]
pub struct DemoSpendCap {
    /// Over a day or a month.
    pub period: DemoPeriod,
    /// How much, without VAT.
    pub amount: Money,
    /// What happens there.
    pub at_cap: DemoAtCap,
}

/// An amount a month beyond what is included at which somebody is told (FLT-12).
#[derive(Clone, Copy, Debug)]
pub struct DemoNotice {
    /// Without VAT.
    pub amount: Money,
    /// Who is told.
    pub to: DemoNoticeTo,
}

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoNoticeTo {
    /// Who uses the line.
    User,
    /// Who looks after the company's lines.
    Managers,
}

/// Over what a spend cap counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoPeriod {
    /// A day.
    Day,
    /// A month.
    Month,
}

/// What happens when a spend cap is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoAtCap {
    /// Somebody is told.
    Tell,
    /// Usage goes on slowly.
    Slow,
    /// It stops.
    Stop,
}

/// Somebody who can sign in.
#[derive(Clone, Debug)]
pub struct DemoLogin {
    /// What is typed.
    pub identifier: String,
    /// Who it is.
    pub name: String,
    /// What they may see, by positions in the operator.
    pub role: DemoRole,
    /// The host name at which they sign in.
    pub host: String,
}

/// What a login may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoRole {
    /// Their household.
    Subscriber {
        /// Its position in [`DemoOperator::customers`].
        customer: usize,
    },
    /// Their company.
    FleetManager {
        /// Its position in [`DemoOperator::customers`].
        customer: usize,
    },
    /// All of a reseller's customers.
    ResellerAgent {
        /// Its position in [`DemoOperator::resellers`].
        reseller: usize,
    },
    /// The same, and the reseller's own people and brand.
    ResellerAdmin {
        /// Its position in [`DemoOperator::resellers`].
        reseller: usize,
    },
    /// One line of a company.
    Member {
        /// The company's position in [`DemoOperator::customers`].
        customer: usize,
        /// The line's among the company's.
        line: usize,
    },
    /// Everybody.
    OperatorAgent,
    /// Everybody, and the operator's own people.
    OperatorAdmin,
    /// Everybody's money.
    Accounting,
    /// Everything, to look at.
    Auditor,
}

impl DemoRole {
    /// The customer whose own people it is, by position; `None` for who sees several.
    pub const fn customer(self) -> Option<usize> {
        match self {
            Self::Subscriber { customer } | Self::FleetManager { customer } => Some(customer),
            _ => None,
        }
    }
}
