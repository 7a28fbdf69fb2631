//! A new order: for whom and what stands in the address, then the lines are typed, what they cost is told, and it is sent (RES-03, FLT-03).

use super::{Total, closing, csv_words, fault_words, refused_words, token};
use crate::lines::user;
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
    split_profiles,
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::{
    Reach,
    line_user::Field,
    order::{
        self, OrderAsked, OrderRefused, SplitAsked,
        choices::{Capping, Choices, Chosen, CutoffValue, OptionChoice, choices, customers},
        form::{self, Rows, TypedLine},
    },
    split_bill::KeptSplitProfile,
};
use std::collections::BTreeMap;
use vocabulary::{BillingAccountId, CustomerId, E164, Money, SplitProfileId};

/// So many lines are typed in a form; more come in a file.
const MOST_TYPED: usize = 20;
/// Nothing typed is longer: a longer text is cut.
const LONGEST_TYPED: usize = 120;
/// What is typed for each line, by the columns of a file.
const FIELDS: [&str; 5] = ["sim", "iccid", "number", "proof", "day"];
/// What is typed of who is to use it.
const USER_FIELDS: [(&str, Field); 4] = [
    ("first_name", Field::FirstName),
    ("last_name", Field::LastName),
    ("contact_email", Field::Email),
    ("contact_number", Field::Number),
];
/// What may be typed besides.
const MORE_USER_FIELDS: [(&str, Field); 7] = [
    ("description", Field::Description),
    ("title", Field::Title),
    ("born", Field::Born),
    ("language", Field::Language),
    ("street", Field::Street),
    ("postcode", Field::Postcode),
    ("town", Field::Town),
];
/// Whose user it is to be too.
const USER_OF: &str = "user_of";

/// The page.
#[derive(Template)]
#[template(path = "orders/new.html")]
pub struct NewOrderPage {
    /// Its frame.
    pub page: Page,
    /// What was typed to find the customer.
    pub typed_customer: String,
    /// The customer that it is for, once it is known.
    pub customer: Option<(CustomerId, String)>,
    /// Customers that are called so.
    pub found: Vec<(CustomerId, String)>,
    /// What was chosen.
    pub chosen: Chosen,
    /// What may be chosen.
    pub choices: Choices,
    /// The accounts that may pay.
    pub accounts: Vec<(BillingAccountId, String)>,
    /// Who uses lines of the customer already, each with a number of theirs.
    pub users: Vec<(String, E164)>,
    /// The lines as they were typed.
    pub lines: Vec<BTreeMap<&'static str, String>>,
    /// The cut-offs as they were chosen.
    pub cutoffs: BTreeMap<String, String>,
    /// The account that was chosen.
    pub account: Option<BillingAccountId>,
    /// The profiles by which the bills of the lines may be shared.
    pub profiles: Vec<KeptSplitProfile>,
    /// The profile that was chosen, and whether everybody agreed.
    pub split: Option<SplitAsked>,
    /// The form's own token.
    pub token: String,
    /// What it costs, once all is right.
    pub total: Option<Total>,
    /// What is wrong, by line from 0.
    pub faults: Vec<(usize, String)>,
    /// What is wrong with all of it.
    pub refusal: Option<String>,
}

impl NewOrderPage {
    fn closes(&self) -> bool {
        self.total.is_some_and(|total| total.closing > 0)
    }

    fn chooses_customer(&self) -> bool {
        self.page.sees_several_customers()
    }

    fn is_capping(&self, word: &str) -> bool {
        capping_word(self.chosen.capping) == word
    }

    fn capping(&self) -> &'static str {
        capping_word(self.chosen.capping)
    }

    fn option_price(&self, option: &OptionChoice) -> String {
        match (option.monthly, option.once) {
            (Money::ZERO, Money::ZERO) => self.page.t("order-free").into(),
            (Money::ZERO, once) => self.page.ta("order-paid-once", self.page.money(once)),
            (monthly, _) => self.page.ta("order-a-month", self.page.money(monthly)),
        }
    }

    fn has_option(&self, id: &str) -> bool {
        self.chosen.options.iter().any(|chosen| chosen == id)
    }

    fn is_cutoff(&self, id: &str, value: &str, default: &Option<String>) -> bool {
        match self.cutoffs.get(id) {
            Some(chosen) => chosen == value,
            None => default.as_deref() == Some(value),
        }
    }

    fn cell(&self, line: &usize, field: &str) -> &str {
        self.lines.get(*line).and_then(|cells| cells.get(field)).map(String::as_str).unwrap_or_default()
    }

    fn is_sim(&self, line: &usize, word: &str) -> bool {
        self.cell(line, "sim") == word
    }

    fn has_more(&self, line: &usize) -> bool {
        MORE_USER_FIELDS.iter().any(|(name, _)| !self.cell(line, name).is_empty())
    }

    fn label(&self, field: &Field) -> &'static str {
        user::label(&self.page, *field)
    }

    fn kind(&self, field: &Field) -> &'static str {
        user::kind(*field)
    }

    /// What one chooses from; nothing for a field that is typed.
    fn choices_of(&self, field: &Field) -> Vec<(&'static str, &'static str)> {
        user::choices(&self.page, (*field, ""))
    }

    fn is_typed(&self, line: &usize, field: &str, word: &str) -> bool {
        self.cell(line, field) == word
    }

    fn faults_of(&self, line: &usize) -> Vec<&str> {
        self.faults.iter().filter(|(at, _)| at == line).map(|(_, words)| words.as_str()).collect()
    }

    fn line_name(&self, line: &usize) -> String {
        self.page.ta("order-line", (line + 1).to_string())
    }

    fn value(&self, value: &CutoffValue) -> String {
        match value {
            CutoffValue::Amount(amount) => self.page.money(*amount),
            CutoffValue::Volume(kind, quantity) => self.page.quantity(*kind, *quantity),
        }
    }

    fn count(&self) -> usize {
        self.lines.len()
    }

    fn is_profile(&self, id: &SplitProfileId) -> bool {
        self.split.is_some_and(|split| split.profile == *id)
    }

    fn profile_words(&self, profile: &KeptSplitProfile) -> String {
        format!("{} ({})", profile.name, split_profiles::words(self.page.locale, &profile.profile))
    }

    fn is_agreed(&self) -> bool {
        self.split.is_some_and(|split| split.agreed)
    }

    fn is_account(&self, id: &BillingAccountId) -> bool {
        self.account == Some(*id)
    }
}

const fn capping_word(capping: Option<Capping>) -> &'static str {
    match capping {
        Some(Capping::Capped) => "capped",
        Some(Capping::Uncapped) => "uncapped",
        None => "",
    }
}

/// What stands in the address or the form.
struct Asked {
    customer: String,
    chosen: Chosen,
    count: usize,
}

impl Asked {
    fn read<'f>(find: impl Fn(&str) -> Option<&'f str>, options: Vec<String>) -> Self {
        let text = |name| find(name).unwrap_or_default().trim().chars().take(LONGEST_TYPED).collect::<String>();
        let capping = match find("capping") {
            Some("capped") => Some(Capping::Capped),
            Some("uncapped") => Some(Capping::Uncapped),
            _ => None,
        };
        let count = find("count").and_then(|count| count.trim().parse().ok()).unwrap_or(1_usize);
        let chosen = Chosen { network: text("network"), offer: text("offer"), capping, options };
        Self { customer: text("customer"), chosen, count: count.clamp(1, MOST_TYPED) }
    }
}

/// Shows the form.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let options = pairs.iter().filter(|(name, _)| name == "option").map(|(_, value)| value.clone()).collect();
    let find = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    html(&page(&app, signed, Asked::read(find, options)).await?)
}

async fn page(app: &App, signed: Signed, asked: Asked) -> Result<NewOrderPage, Stop> {
    let (house, actor) = (&app.house, &signed.actor);
    let (mut found, mut customer) = (Vec::new(), None);
    match actor.scope.reach {
        Reach::Customer(own) => customer = Some((own, actor.party.clone())),
        _ if asked.customer.is_empty() => {}
        _ => {
            found = customers(house, actor, &asked.customer).await?.ok_or(Stop::NOT_FOUND)?;
            let named = found.iter().find(|(id, name)| id.to_string() == asked.customer || *name == asked.customer);
            customer = named.or(found.first().filter(|_| found.len() == 1)).cloned();
            if customer.is_none() {
                customer = by_id(app, actor, &asked.customer).await?;
            }
        }
    }
    let language = signed.page.locale.tag();
    let (mut offered, mut accounts, mut users, mut profiles) = (Choices::default(), Vec::new(), Vec::new(), Vec::new());
    if let Some((id, _)) = customer {
        offered = choices(house, actor, (id, &asked.chosen), language).await?.ok_or(Stop::NOT_FOUND)?;
        accounts = order::accounts(house, actor, id).await?.ok_or(Stop::NOT_FOUND)?;
        users = order::users_known(house, actor, id).await?.ok_or(Stop::NOT_FOUND)?;
        profiles = order::split_profiles(house, actor, id).await?;
    } else if !actor.may(operations::permission::Permission::OrderLines) {
        return Err(Stop::NOT_FOUND);
    }
    let token = token(&signed.page, house.clock.now());
    Ok(NewOrderPage {
        page: Page { here: "/orders/new".to_owned(), ..signed.page },
        typed_customer: asked.customer,
        customer,
        found,
        chosen: asked.chosen,
        choices: offered,
        accounts,
        users,
        lines: vec![BTreeMap::new(); asked.count],
        cutoffs: BTreeMap::new(),
        account: None,
        profiles,
        split: None,
        token,
        total: None,
        faults: Vec::new(),
        refusal: None,
    })
}

/// A customer that a link names by its number.
async fn by_id(app: &App, actor: &operations::Actor, text: &str) -> Result<Option<(CustomerId, String)>, Stop> {
    let Ok(id) = text.parse::<CustomerId>() else { return Ok(None) };
    Ok(order::customer_named(&app.house, actor, id).await?.map(|name| (id, name)))
}

/// Looks at what was typed, and orders it once it was confirmed.
pub(crate) async fn post(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    answer(&app, signed, &posted).await.map_err(IntoResponse::into_response)
}

async fn answer(app: &App, signed: Signed, posted: &Posted) -> Result<Response, Stop> {
    let actor = signed.actor.clone();
    let asked = Asked::read(|name| posted.find(name), posted.all("option").map(str::to_owned).collect());
    let count = asked.count;
    let mut shown = page(app, signed, asked).await?;
    let Some((customer, _)) = shown.customer.clone() else { return refused(&shown) };
    shown.lines = (0..count).map(|line| typed(posted, line)).collect();
    let cutoff = |(id, _): &(String, ())| {
        let value = posted.find(&format!("cutoff-{id}")).filter(|value| !value.is_empty())?;
        Some((id.clone(), value.to_owned()))
    };
    let ids: Vec<(String, ())> = shown.choices.cutoffs.iter().map(|cutoff| (cutoff.id.clone(), ())).collect();
    shown.cutoffs = ids.iter().filter_map(cutoff).collect();
    shown.account = posted.find("account").and_then(|id| id.parse().ok());
    let profile = posted.find("split").filter(|word| !word.is_empty());
    shown.split = profile.map(|word| SplitAsked {
        profile: word.parse().map_or(SplitProfileId(0), SplitProfileId),
        agreed: posted.field("agreed") == "yes",
    });
    shown.token = posted.field("token").chars().take(LONGEST_TYPED).collect();
    let text = form::written(&shown.lines.iter().map(|line| cells(&shown, line)).collect::<Vec<_>>());
    let rows = match form::read(&app.house, &actor, &text).await? {
        Ok(rows) => rows,
        Err(fault) => {
            shown.refusal = Some(csv_words(&shown.page, &fault));
            return refused(&shown);
        }
    };
    if !rows.faults.is_empty() {
        shown.faults = rows.faults.iter().map(|fault| (fault.row - 1, csv_words(&shown.page, &fault.why))).collect();
        return refused(&shown);
    }
    finish(app, (&actor, customer), (shown, &rows), (posted.field("step") == "place", closing(posted.field("closes")))).await
}

async fn finish(
    app: &App,
    (actor, customer): (&operations::Actor, CustomerId),
    (mut shown, rows): (NewOrderPage, &Rows),
    (is_confirmed, meant): (bool, order::Closing),
) -> Result<Response, Stop> {
    let asked = OrderAsked { split: shown.split, ..rows.order(customer, shown.account, (&shown.token, meant)) };
    let came = if is_confirmed {
        order::place(&app.house, actor, &asked).await?.ok_or(Stop::NOT_FOUND)?.map(Some)
    } else {
        order::quote(&app.house, actor, &asked).await?.ok_or(Stop::NOT_FOUND)?.map(|_| None)
    };
    match came {
        Ok(Some(order)) => Ok(see_other(&format!("/orders/{order}?placed"))),
        Ok(None) => {
            shown.total = Some(Total::of(rows.good.iter().map(|row| &row.quote)));
            html(&shown)
        }
        Err(why) => {
            if let OrderRefused::Closes(_) = why {
                shown.total = Some(Total::of(rows.good.iter().map(|row| &row.quote)));
            }
            shown.refusal = Some(refused_words(&shown.page, &why));
            if let OrderRefused::Lines(faults) = &why {
                shown.faults = faults.iter().map(|(at, fault)| (*at, fault_words(&shown.page, fault))).collect();
            }
            refused(&shown)
        }
    }
}

fn refused(shown: &NewOrderPage) -> Result<Response, Stop> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(shown)?).into_response())
}

fn typed(posted: &Posted, line: usize) -> BTreeMap<&'static str, String> {
    let cell = |field: &'static str| {
        let value = posted.field(&format!("{field}-{line}"));
        (field, value.trim().chars().take(LONGEST_TYPED).collect())
    };
    FIELDS.into_iter().chain(user_columns()).map(cell).collect()
}

/// The columns of who is to use a line.
fn user_columns() -> impl Iterator<Item = &'static str> {
    USER_FIELDS.into_iter().chain(MORE_USER_FIELDS).map(|(field, _)| field).chain([USER_OF])
}

/// A line as a row of a file.
fn cells(shown: &NewOrderPage, line: &BTreeMap<&'static str, String>) -> TypedLine {
    let of = |field: &str| line.get(field).cloned().unwrap_or_default();
    let cutoffs: Vec<String> = shown.cutoffs.iter().map(|(id, value)| format!("{id}={value}")).collect();
    let (proof, day) = (of("proof"), of("day"));
    let is_ported = !proof.is_empty();
    let numbers = &shown.choices.numbers;
    let mut cells = vec![
        ("network", shown.chosen.network.clone()),
        ("offer", shown.chosen.offer.clone()),
        ("capping", shown.capping().to_owned()),
        ("options", shown.chosen.options.join("|")),
        ("cutoffs", cutoffs.join("|")),
        ("sim", of("sim")),
        ("iccid", of("iccid")),
        ("number", of("number")),
        (if numbers.by_rio { "rio" } else { "customer_number" }, proof),
        (if is_ported { "porting_day" } else { "begins" }, day),
    ];
    cells.extend(user_columns().map(|field| (field, of(field))));
    TypedLine { cells }
}
