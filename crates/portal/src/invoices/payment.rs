//! The form by which staff notes that an invoice was paid, where no provider and no bank tells of it (BIL-07, RES-11).

use crate::{
    Icon, Page, Theme,
    amount::{self, AmountFault},
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::{
    payments::{LONGEST_REMARK, NoteRefusal, NotedMeans, NotedShown, TypedPayment, note, noting},
    sign_in::Token,
};
use vocabulary::{Cents, InvoiceId, LabelRefusal};

/// The page.
#[derive(Template)]
#[template(path = "invoices/payment.html")]
pub struct NotePage {
    /// Its frame.
    pub page: Page,
    /// The invoice, and what is owed.
    pub shown: NotedShown,
    /// The amount as it was typed.
    pub amount: String,
    /// What else was typed.
    pub typed: TypedPayment,
    /// Why nothing was noted.
    pub refusal: Option<NotNoted>,
}

/// Why nothing was noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotNoted {
    /// What was typed is no amount.
    Typed(AmountFault),
    /// Anything else.
    Refused(NoteRefusal),
}

impl NotePage {
    fn money(&self, amount: &Cents) -> String {
        self.page.money(amount.money())
    }

    fn means(&self) -> Vec<(&'static str, &'static str, bool)> {
        let name = |means| match means {
            NotedMeans::Transfer => self.page.t("payment-by-transfer"),
            NotedMeans::Cheque => self.page.t("payment-by-cheque"),
            NotedMeans::Cash => self.page.t("payment-by-cash"),
        };
        NotedMeans::WORDS.into_iter().map(|(word, means)| (word, name(means), means == self.typed.means)).collect()
    }

    fn longest_remark(&self) -> usize {
        LONGEST_REMARK
    }

    /// May more be noted than is owed, now that it was refused?
    fn asks_for_rest(&self) -> bool {
        self.typed.keeps_rest || matches!(self.refusal, Some(NotNoted::Refused(NoteRefusal::MoreThanOwed(_))))
    }

    /// Is it asked whether this is another payment than one that is there, now that it was refused?
    fn asks_for_another(&self) -> bool {
        self.typed.is_another || matches!(self.refusal, Some(NotNoted::Refused(NoteRefusal::Alike(_))))
    }

    fn is_amount(&self) -> bool {
        use NoteRefusal::{Alike, MoreThanOwed, Nothing};
        matches!(self.refusal, Some(NotNoted::Typed(_) | NotNoted::Refused(Nothing | MoreThanOwed(_) | Alike(_))))
    }

    fn is_day(&self) -> bool {
        use NoteRefusal::{Day, NotYet, TooOld};
        matches!(self.refusal, Some(NotNoted::Refused(Day(_) | NotYet(_) | TooOld(_))))
    }

    fn is_remark(&self) -> bool {
        matches!(self.refusal, Some(NotNoted::Refused(NoteRefusal::Remark(_))))
    }

    fn refused(&self) -> String {
        let page = &self.page;
        match &self.refusal {
            None => String::new(),
            Some(NotNoted::Typed(fault)) => amount::fault_words(page, *fault, &self.amount),
            Some(NotNoted::Refused(refusal)) => match refusal {
                NoteRefusal::Nothing => page.t("payment-amount-nothing").to_owned(),
                NoteRefusal::MoreThanOwed(owed) => page.ta("noted-more-than-owed", self.money(owed)),
                NoteRefusal::Alike(payment) => page.ta("noted-alike", payment.to_string()),
                NoteRefusal::Day(typed) => page.ta("retail-no-day", typed),
                NoteRefusal::NotYet(day) => page.ta("noted-not-yet", page.long_day(*day)),
                NoteRefusal::TooOld(first) => page.ta("noted-too-old", page.long_day(*first)),
                NoteRefusal::Remark(LabelRefusal::TooLong(_)) => {
                    page.ta("noted-remark-too-long", page.count(i64::try_from(LONGEST_REMARK).unwrap_or(i64::MAX)))
                }
                NoteRefusal::Remark(_) => page.t("noted-remark-unreadable").to_owned(),
                NoteRefusal::OtherForm => page.t("payment-other-form").to_owned(),
            },
        }
    }
}

async fn shown(app: &App, signed: Signed, id: InvoiceId) -> Result<NotePage, Stop> {
    let shown = noting(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let token = Token::fresh().map_err(|error| Stop::fault(&error))?.as_str().to_owned();
    let typed = TypedPayment { day: shown.today.to_string(), token, ..TypedPayment::default() };
    let amount = amount::shown(shown.open, signed.page.locale.tag());
    let page = Page { here: format!("/invoices/{id}/payment"), ..signed.page };
    Ok(NotePage { page, shown, amount, typed, refusal: None })
}

/// Shows the form.
pub(crate) async fn get(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: InvoiceId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    html(&shown(&app, signed, id).await?)
}

/// Notes the payment, and leads to it.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let id: InvoiceId = id.parse().map_err(|_| Stop::NOT_FOUND.into_response())?;
    noted(&app, signed, id, &posted).await.map_err(IntoResponse::into_response)
}

async fn noted(app: &App, signed: Signed, id: InvoiceId, posted: &Posted) -> Result<Response, Stop> {
    let field = |name: &str| posted.field(name).chars().take(2 * LONGEST_REMARK).collect::<String>();
    let typed = TypedPayment {
        amount: Cents::ZERO,
        day: field("day"),
        means: NotedMeans::named(posted.field("means")).unwrap_or_default(),
        remark: field("remark"),
        keeps_rest: posted.field("rest") == "yes",
        is_another: posted.field("another") == "yes",
        token: field("token"),
    };
    let amount = field("amount");
    let refusal = match amount::read(&amount) {
        Err(fault) => NotNoted::Typed(fault),
        Ok(cents) => {
            let typed = TypedPayment { amount: cents, ..typed.clone() };
            match note(&app.house, &signed.actor, (id, &typed)).await?.ok_or(Stop::NOT_FOUND)? {
                Ok(payment) => return Ok(see_other(&format!("/payments/{payment}"))),
                Err(refusal) => NotNoted::Refused(refusal),
            }
        }
    };
    let page = shown(app, signed, id).await?;
    // A form that noted another payment is of no use any more.
    let token = if refusal == NotNoted::Refused(NoteRefusal::OtherForm) { page.typed.token.clone() } else { typed.token.clone() };
    let page = NotePage { amount, typed: TypedPayment { token, ..typed }, refusal: Some(refusal), ..page };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
}
