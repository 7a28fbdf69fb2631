//! What every page has around its matter: who reads it, in which brand, language and theme, and where in the house it stands.

use crate::{Icon, Locale, assets, brand::Brand};
use fluent_templates::fluent_bundle::FluentValue;
use jiff::{civil, tz::TimeZone};
use operations::brand::LegalPage;
pub use operations::permission::{Permission, Role};
use std::sync::Arc;
use vocabulary::{CountryCode, E164, Money, Month, NumberingPlan, Party, Quantity, Timestamp, UsageKind};

/// Light or dark (RES-26).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the reader's system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// From the cookie or form; anything else is the system's.
    pub fn from_cookie(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// Its word in cookies, forms and `data-bs-theme`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The person.
    pub name: String,
    /// The customer, reseller or operator that the person acts for.
    pub party: String,
    /// As what.
    pub role: Role,
}

impl Viewer {
    /// May they do it?
    pub const fn may(&self, permission: Permission) -> bool {
        self.role.may(permission)
    }

    /// Do their lists hold lines of several customers?
    pub const fn sees_several_customers(&self) -> bool {
        !matches!(self.role, Role::Subscriber | Role::Member | Role::FleetManager)
    }
}

/// A part of the house, as the menu lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The first page.
    Home,
    /// Lines, one line, one usage.
    Lines,
    /// SIM cards, eSIM profiles and numbers.
    Sims,
    /// A household's consumption.
    Consumption,
    /// Usage files that were taken in.
    UsageFiles,
    /// Who has access.
    People,
    /// Which lines of a household have access of their own.
    LineAccess,
    /// Who did what.
    Journal,
    /// Orders of lines.
    Orders,
    /// Invoices, what is owed, and the months that were billed.
    Invoices,
    /// Mails that were written to customers.
    Mails,
}

impl Section {
    /// Those whose pages stand below their own path.
    pub(crate) const BY_PATH: [Self; 10] = [
        Self::Lines,
        Self::Orders,
        Self::Sims,
        Self::Consumption,
        Self::Invoices,
        Self::LineAccess,
        Self::People,
        Self::UsageFiles,
        Self::Journal,
        Self::Mails,
    ];

    /// Where it begins.
    pub const fn url(&self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Lines => "/lines",
            Self::Orders => "/orders",
            Self::Sims => "/sims",
            Self::Consumption => "/consumption",
            Self::UsageFiles => "/usage-files",
            Self::People => "/members",
            Self::LineAccess => "/line-access",
            Self::Journal => "/journal",
            Self::Invoices => "/invoices",
            Self::Mails => "/mails",
        }
    }

    /// Its icon.
    pub const fn icon(&self) -> Icon {
        match self {
            Self::Home => Icon::Home,
            Self::Lines => Icon::Lines,
            Self::Orders => Icon::Check,
            Self::Sims => Icon::Sim,
            Self::Consumption => Icon::Chart,
            Self::UsageFiles => Icon::Import,
            Self::People => Icon::User,
            Self::LineAccess => Icon::Lock,
            Self::Journal => Icon::Clock,
            Self::Invoices => Icon::Euro,
            Self::Mails => Icon::Message,
        }
    }

    /// Its name in the menu.
    pub fn name(&self, locale: &Locale) -> &'static str {
        match self {
            Self::Home => locale.text("menu-home"),
            Self::Lines => locale.text("menu-lines"),
            Self::Orders => locale.text("menu-orders"),
            Self::Sims => locale.text("menu-sims"),
            Self::Consumption => locale.text("menu-consumption"),
            Self::UsageFiles => locale.text("menu-usage-files"),
            Self::People => locale.text("menu-people"),
            Self::LineAccess => locale.text("menu-line-access"),
            Self::Journal => locale.text("menu-journal"),
            Self::Invoices => locale.text("menu-invoices"),
            Self::Mails => locale.text("menu-mails"),
        }
    }
}

/// The frame of a page, and how its values are written.
#[derive(Clone, Debug)]
pub struct Page {
    /// The language.
    pub locale: Locale,
    /// The languages that the brand speaks.
    pub languages: Vec<Locale>,
    /// Light or dark.
    pub theme: Theme,
    /// The brand of the host name.
    pub brand: Arc<Brand>,
    /// The operator's time zone.
    pub zone: TimeZone,
    /// How numbers are dialled at home.
    pub plan: Arc<NumberingPlan>,
    /// Who reads; nobody on the sign-in page.
    pub viewer: Option<Viewer>,
    /// What of the house the viewer may see.
    pub menu: Vec<Section>,
    /// Where in it the page stands.
    pub section: Option<Section>,
    /// Path and query of this page: where a change of language or theme comes back to.
    pub here: String,
    /// The token that forms carry against forgery.
    pub csrf: String,
}

/// A value, or a reference to one: templates pass what they hold, and their loops hold references.
pub trait Value<T> {
    /// The value itself.
    fn value(self) -> T;
}

impl<T> Value<T> for T {
    fn value(self) -> T {
        self
    }
}

impl<T: Copy> Value<T> for &T {
    fn value(self) -> T {
        *self
    }
}

impl<T: Copy> Value<T> for &&T {
    fn value(self) -> T {
        **self
    }
}

/// The writing of values: what templates call.
impl Page {
    /// A text without arguments.
    pub fn t(&self, key: &'static str) -> &'static str {
        self.locale.text(key)
    }

    /// A text with one argument.
    pub fn ta(&self, key: &'static str, value: impl AsRef<str>) -> String {
        self.locale.text_with(key, [("value", value.as_ref().into())])
    }

    /// A text that counts: `$count` chooses the plural, `$number` is what is shown.
    pub fn tn(&self, key: &'static str, count: impl Value<i64>) -> String {
        let count = count.value();
        self.locale.text_with(key, [("count", FluentValue::from(count)), ("number", self.locale.count(count).into())])
    }

    /// An amount with cents.
    pub fn money(&self, amount: impl Value<Money>) -> String {
        self.locale.money(amount.value())
    }

    /// A price with all its decimals.
    pub fn price(&self, price: impl Value<Money>) -> String {
        self.locale.price(price.value())
    }

    /// A volume of data.
    pub fn volume(&self, bytes: impl Value<Quantity>) -> String {
        self.locale.volume(bytes.value())
    }

    /// A length of time, without seconds from an hour on.
    pub fn hours(&self, seconds: impl Value<Quantity>) -> String {
        self.locale.rough_duration(seconds.value())
    }

    /// A quantity in the unit of its kind.
    pub fn quantity(&self, kind: impl Value<UsageKind>, quantity: impl Value<Quantity>) -> String {
        self.locale.quantity(kind.value(), quantity.value())
    }

    /// A whole number.
    pub fn count(&self, count: impl Value<i64>) -> String {
        self.locale.count(count.value())
    }

    /// A share in percent.
    pub fn percent(&self, percent: impl Value<i64>) -> String {
        self.locale.percent(percent.value())
    }

    /// A day in full.
    pub fn long_day(&self, day: impl Value<civil::Date>) -> String {
        self.locale.long_day(day.value())
    }

    /// A day in figures.
    pub fn short_day(&self, day: impl Value<civil::Date>) -> String {
        self.locale.short_day(day.value())
    }

    /// A day without its year.
    pub fn day_of_month(&self, day: impl Value<civil::Date>) -> String {
        self.locale.day_of_month(day.value())
    }

    /// A month.
    pub fn month(&self, month: impl Value<Month>) -> String {
        self.locale.month(month.value())
    }

    /// An instant as people say it.
    pub fn moment(&self, instant: impl Value<Timestamp>) -> String {
        self.locale.moment(instant.value(), &self.zone)
    }

    /// An instant to the second, for rows.
    pub fn row_moment(&self, instant: impl Value<Timestamp>) -> String {
        self.locale.row_moment(instant.value(), &self.zone)
    }

    /// An instant with everything.
    pub fn full_moment(&self, instant: impl Value<Timestamp>) -> String {
        self.locale.full_moment(instant.value(), &self.zone)
    }

    /// An instant for machines, in `datetime` attributes.
    pub fn machine_moment(&self, instant: impl Value<Timestamp>) -> String {
        instant.value().to_string()
    }

    /// A telephone number in groups.
    pub fn tel(&self, number: impl Value<E164>) -> String {
        crate::locale::grouped(number.value(), &self.plan)
    }

    /// A number as it is dialled from abroad.
    pub fn tel_abroad(&self, number: impl Value<E164>) -> String {
        operations::grouped::from_abroad(number.value())
    }

    /// The other party of a usage.
    pub fn party(&self, party: &Party) -> String {
        crate::locale::party(party, &self.plan)
    }

    /// The name of a country.
    pub fn country(&self, country: impl Value<CountryCode>) -> String {
        self.locale.country(country.value())
    }

    /// The name of a role.
    pub fn role(&self, role: impl Value<Role>) -> &'static str {
        match role.value() {
            Role::Subscriber => self.t("role-subscriber"),
            Role::Member => self.t("role-member"),
            Role::FleetManager => self.t("role-fleet-manager"),
            Role::ResellerAgent => self.t("role-reseller-agent"),
            Role::ResellerAdmin => self.t("role-reseller-admin"),
            Role::OperatorAgent => self.t("role-operator-agent"),
            Role::OperatorAdmin => self.t("role-operator-admin"),
            Role::Accounting => self.t("role-accounting"),
            Role::Auditor => self.t("role-auditor"),
        }
    }

    /// The address of an asset.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// Is this where in the house the page stands?
    pub fn is_in(&self, section: &Section) -> bool {
        self.section == Some(*section)
    }

    /// Where questions go: a telephone number or an address; the name of a brand without either.
    pub fn contact(&self) -> &str {
        let ways = [&self.brand.telephone, &self.brand.email, &self.brand.name];
        ways.into_iter().find(|way| !way.is_empty()).map_or("", String::as_str)
    }

    /// May the viewer see which months were billed? Their pages stand behind those of invoices: a menu has so much room.
    pub fn sees_bill_runs(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::SeeBillRuns))
    }

    /// May the viewer see which accounts do not pay? Their pages stand there too.
    pub fn sees_dunning(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::SeeDunning))
    }

    /// May the viewer see what is collected, and what banks sent? It stands behind invoices, too.
    pub fn sees_bank_files(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::SeeBankFiles))
    }

    /// May the viewer have an invoice not collected?
    pub fn takes_bank_files(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::TakeBankFiles))
    }

    /// May the viewer see what was earned, month by month? That page stands behind those of invoices too.
    pub fn sees_revenue(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::SeeRevenue))
    }

    /// May the viewer set a reseller's prices and letterhead? Those pages stand there as well.
    pub fn sets_prices(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::SetPrices))
    }

    /// May the viewer see the resellers, and what they are billed? Those pages stand there too.
    pub fn sees_resellers(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::SeeResellers))
    }

    /// May the viewer see who has access?
    pub fn sees_people(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::SeePeople))
    }

    /// May the viewer see what payment providers told that counts nothing?
    pub fn sees_payment_problems(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::SeePaymentProblems))
    }

    /// May the viewer pay what accounts owe?
    pub fn pays(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::PayInvoices))
    }

    /// May the viewer change a brand?
    pub fn changes_brand(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::ChangeBrand))
    }

    /// What a legal page is called.
    pub fn legal_name(&self, legal: &LegalPage) -> &'static str {
        crate::brands::legal_name(self.locale, *legal)
    }

    /// Does the viewer see lines of several customers?
    pub fn sees_several_customers(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.sees_several_customers())
    }
}
