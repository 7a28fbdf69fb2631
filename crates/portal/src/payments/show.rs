//! `/payments/{id}`: what became of a payment. What the browser says of it counts nothing: only the provider's own news do.

use super::{means, money, when};
use crate::{
    Icon, Page, Theme,
    amount::{self, AmountFault},
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::payments::{
    self, BankAmount, KeptPayment, NotedMeans, PaymentState, RefundRefusal, TakeBackRefusal, is_disputed,
};
use vocabulary::{Cents, PaymentId};

/// The page.
#[derive(Template)]
#[template(path = "payments/show.html")]
pub struct PaymentPage {
    /// Its frame.
    pub page: Page,
    /// The payment.
    pub kept: KeptPayment,
    /// What the customer calls its account.
    pub account: String,
    /// What was given back of it, the latest first.
    pub refunds: Vec<KeptPayment>,
    /// What its account owes now; `None` for who may not pay.
    pub owed: Option<BankAmount>,
    /// How the browser came here.
    pub came: Came,
    /// What may be given back of it; `None` for who may not.
    pub refundable: Option<Cents>,
    /// Did the reader's side note it by hand, so that they may take it back as long as it counts?
    pub noted_here: bool,
    /// What was typed to be given back.
    pub typed: String,
    /// Why it was not.
    pub refusal: Option<NotGivenBack>,
}

/// How the browser came to the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Came {
    /// By a link of ours.
    #[default]
    Itself,
    /// From the provider's page, which says that it is paid.
    Paid,
    /// From there, without having paid.
    Left,
}

/// Why nothing was given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotGivenBack {
    /// What was typed is no amount.
    Typed(AmountFault),
    /// The amount, the payment, or the provider.
    Refused(RefundRefusal),
}

impl PaymentPage {
    fn title(&self) -> &'static str {
        match self.kept.kind.as_str() {
            "refund" if is_disputed(&self.kept) => self.page.t("payment-dispute"),
            "refund" => self.page.t("payment-refund"),
            _ => self.page.t("payment"),
        }
    }

    fn money(&self, amount: &BankAmount) -> String {
        money(&self.page, *amount)
    }

    fn cents(&self, cents: &Cents) -> String {
        money(&self.page, BankAmount { cents: *cents, ..self.kept.amount })
    }

    fn when(&self, payment: &KeptPayment) -> String {
        when(&self.page, payment)
    }

    fn means(&self) -> &'static str {
        means(&self.page, &self.kept)
    }

    /// Is there news to come?
    fn is_moving(&self) -> bool {
        match self.kept.state {
            PaymentState::UnderWay => true,
            PaymentState::Asked => self.came == Came::Paid,
            PaymentState::Succeeded | PaymentState::Refused | PaymentState::Expired => false,
        }
    }

    /// The class of what is said, and what.
    fn told(&self) -> (&'static str, String) {
        let page = &self.page;
        let amount = self.money(&self.kept.amount);
        match (self.kept.kind.as_str(), self.kept.state) {
            ("refund", PaymentState::Refused) if is_disputed(&self.kept) => ("ok", page.ta("payment-told-dispute-over", amount)),
            ("refund", _) if is_disputed(&self.kept) => ("near", page.ta("payment-told-disputed", amount)),
            ("refund", PaymentState::Refused) => ("near", page.ta("payment-told-came-again", amount)),
            ("refund", _) => ("ok", page.ta("payment-told-given-back", amount)),
            // Nobody thanks staff.
            (_, PaymentState::Succeeded) if page.sees_several_customers() => ("ok", page.ta("payment-told-came", amount)),
            (_, PaymentState::Succeeded) => ("ok", page.ta("payment-told-succeeded", amount)),
            (_, PaymentState::UnderWay) => ("near", page.t("payment-told-under-way").to_owned()),
            (_, PaymentState::Asked) if self.came == Came::Paid => ("near", page.t("payment-told-waiting").to_owned()),
            (_, PaymentState::Asked) => ("near", page.t("payment-told-asked").to_owned()),
            (_, PaymentState::Refused) if self.is_noted() => ("near", page.t("payment-told-taken-back").to_owned()),
            (_, PaymentState::Refused) => ("full", page.t("payment-told-refused").to_owned()),
            (_, PaymentState::Expired) => ("full", page.t("payment-told-expired").to_owned()),
        }
    }

    /// The provider's page, where it can be paid yet.
    fn goes_on(&self) -> Option<&str> {
        let may_pay = self.owed.is_some() && self.kept.state == PaymentState::Asked && !self.is_moving();
        self.kept.page.as_deref().filter(|_| may_pay)
    }

    /// Where it is tried again.
    fn again(&self) -> Option<String> {
        let owes = self.owed.is_some_and(|owed| owed.cents.is_positive());
        let is_given_up = matches!(self.kept.state, PaymentState::Refused | PaymentState::Expired | PaymentState::Asked);
        if !owes || !is_given_up || self.is_moving() || self.kept.kind != "card" {
            return None;
        }
        Some(match self.kept.invoice {
            Some(invoice) => format!("/payments/new?invoice={invoice}"),
            None => format!("/payments/new?account={}", self.kept.account),
        })
    }

    /// Did somebody note it by hand?
    fn is_noted(&self) -> bool {
        NotedMeans::of(&self.kept).is_some()
    }

    /// May it be taken back?
    fn may_take_back(&self) -> bool {
        self.noted_here && self.kept.state == PaymentState::Succeeded
    }

    /// Who noted it, and what they said of it, for their own side.
    fn noted(&self) -> Option<(&str, &str)> {
        self.noted_here.then_some((&self.kept.asked_by, &self.kept.remark))
    }

    /// What staff may give back, where there is something.
    fn left(&self) -> Option<Cents> {
        self.refundable.filter(|left| left.is_positive())
    }

    fn refusal_words(&self, refusal: &NotGivenBack) -> String {
        let page = &self.page;
        match refusal {
            NotGivenBack::Typed(fault) => amount::fault_words(page, *fault, &self.typed),
            NotGivenBack::Refused(refusal) => match refusal {
                RefundRefusal::Nothing => page.t("payment-amount-nothing").to_owned(),
                RefundRefusal::MoreThanLeft(left) => page.ta("refund-more", self.cents(left)),
                RefundRefusal::Meanwhile => page.t("refund-meanwhile").to_owned(),
                RefundRefusal::NotPaid => page.t("refund-not-paid").to_owned(),
                RefundRefusal::Provider(fault) => page.ta("refund-provider", fault.to_string()),
                RefundRefusal::Aside(problem) => page.ta("refund-provider", problem),
            },
        }
    }
}

async fn shown(app: &App, signed: Signed, id: PaymentId, came: Came) -> Result<PaymentPage, Stop> {
    let (house, actor) = (&app.house, &signed.actor);
    let kept = payments::payment(house, actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let (account, of_account) = payments::of_account(house, actor, kept.account).await?.ok_or(Stop::NOT_FOUND)?;
    let refunds = of_account.into_iter().filter(|other| other.gives_back == Some(id)).collect();
    let owed = payments::owed(house, actor, kept.account).await?;
    let refundable = payments::refundable(house, actor, id).await?.map(|(_, left)| left);
    let noted_here = payments::is_noted_by(actor, &kept);
    let typed = amount::shown(refundable.unwrap_or_default(), signed.page.locale.tag());
    let here = match came {
        Came::Paid => format!("/payments/{id}?came=paid"),
        Came::Itself | Came::Left => format!("/payments/{id}"),
    };
    let page = Page { here, ..signed.page };
    Ok(PaymentPage { page, kept, account, refunds, owed, came, refundable, noted_here, typed, refusal: None })
}

/// Shows a payment.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id = id.parse().map(PaymentId).map_err(|_| Stop::NOT_FOUND)?;
    let came = match query.as_deref() {
        Some("came=paid") => Came::Paid,
        Some("came=left") => Came::Left,
        _ => Came::Itself,
    };
    html(&shown(&app, signed, id, came).await?)
}

/// Takes back what was noted by mistake; what was taken back already stays so.
pub(crate) async fn take_back(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let id = id.parse().map(PaymentId).map_err(|_| Stop::NOT_FOUND.into_response())?;
    let came = payments::take_back(&app.house, &signed.actor, id).await.map_err(|error| Stop::from(error).into_response())?;
    match came {
        Some(Ok(()) | Err(TakeBackRefusal::Over)) => Ok(see_other(&format!("/payments/{id}"))),
        Some(Err(TakeBackRefusal::NotNoted)) | None => Err(Stop::NOT_FOUND.into_response()),
    }
}

/// Gives some of it back.
pub(crate) async fn give_back(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    given_back(&app, signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn given_back(app: &App, signed: Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let id = id.parse().map(PaymentId).map_err(|_| Stop::NOT_FOUND)?;
    let left: i64 = posted.field("left").parse().map_err(|_| Stop::NOT_FOUND)?;
    let typed: String = posted.field("amount").chars().take(30).collect();
    let refusal = match amount::read(&typed) {
        Err(fault) => NotGivenBack::Typed(fault),
        Ok(cents) => {
            let came = payments::refund(&app.house, &signed.actor, id, (cents, Cents::new(left))).await?;
            match came.ok_or(Stop::NOT_FOUND)? {
                Ok(()) => return Ok(see_other(&format!("/payments/{id}"))),
                Err(refusal) => NotGivenBack::Refused(refusal),
            }
        }
    };
    let page = PaymentPage { typed, refusal: Some(refusal), ..shown(app, signed, id, Came::Itself).await? };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
}
