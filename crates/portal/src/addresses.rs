//! Every address of the house, each with what it asks of who comes (PLT-01, PLT-02). There is no other way to add one: who may not
//! come in gets the answer of an address that is not there.

use crate::{
    access, account,
    answer::{Stop, log_fault, see_other},
    bank_files, bill_runs, billing_accounts, brand, brands, compare, consumption, dunning, home, invoices, journal, legal,
    line_access, lines, mailbox, mails, members, not_me, numbers, orders, payments, preferences, proof, resellers, retail,
    revenue, second_factor,
    server::App,
    session::{LONGEST_FORM, Visitor, to_sign_in},
    sign_in, sims, split_profiles, usage,
    usage_files::{self, upload::UPLOAD_TIMEOUT},
    way_back::page_of,
    work_orders,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{Method, StatusCode},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use operations::{
    Actor,
    permission::Permission::{
        self, AskWholeNumbers, ChangeBillingAccounts, ChangeBrand, ChangeCustomerPeople, ChangeLines, ChangeOwnPeople,
        ChangeResellerPeople, ChangeResellers, ChangeTelephony, ChangeUsers, CompareDraft, CompareOffers, ConfirmHosts,
        ConfirmUser, Converge, CreditInvoices, GiveSims, HoldDunning, LiftCap, NotePayments, OrderLines, PayInvoices,
        RefundPayments, RenewAccess, ReplaceUsers, RunBills, RunWorkOrders, SeeBankFiles, SeeBillRuns, SeeConsumption,
        SeeDunning, SeeInvoices, SeeJournal, SeeLines, SeeMails, SeeOrders, SeePaymentProblems, SeePeople, SeePuk, SeeResellers,
        SeeRevenue, SeeSimBatches, SeeSims, SeeUsageFiles, SeeWorkOrders, SendMails, SetPrices, SplitLines, SuspendLines,
        TakeBankFiles, TakeSimsIn, TakeUsageIn, UseVoicemail,
    },
    refusal::{self, RefusedRequest},
    second_factor::Missing,
};
use std::time::Duration;
use tower_http::timeout::TimeoutLayer;

/// No answer takes longer.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// What an address asks of who comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing.
    Anyone,
    /// To be signed in; it opens, and it alone, before somebody switched one-time codes on whose operator asks for them.
    SettingUp,
    /// To be signed in; it opens, and it alone, for who has yet to show a passkey.
    Proving,
    /// To be signed in.
    SignedIn,
    /// To be signed in, and to have the permission.
    May(Permission),
}

use Access::{Anyone, May, Proving, SettingUp, SignedIn};

/// An address that answers.
#[derive(Clone, Debug)]
pub struct Address {
    /// How it is asked.
    pub method: Method,
    /// Its path; what stands in braces is what the page is about.
    pub path: &'static str,
    /// What it asks.
    pub access: Access,
}

fn addresses(app: App) -> Addresses {
    Addresses { app, router: Router::new(), list: Vec::new() }
        .get("/", SignedIn, get(home::get))
        .get("/favicon.ico", Anyone, get(brand::favicon))
        .get("/sign-in", Anyone, get(sign_in::get))
        .post("/sign-in", Anyone, post(sign_in::post))
        .get("/sign-in/code", Anyone, get(sign_in::code::get))
        .post("/sign-in/code", Anyone, post(sign_in::code::post))
        .post("/sign-in/passkey/challenge", Anyone, post(sign_in::passkey::ask))
        .post("/sign-in/passkey", Anyone, post(sign_in::passkey::post))
        .get("/access", Anyone, get(access::get))
        .post("/access", Anyone, post(access::ask))
        .get("/access/{token}", Anyone, get(access::link))
        .post("/access/{token}", Anyone, post(access::choose))
        .get("/account", SignedIn, get(account::get))
        .post("/account/password", SignedIn, post(account::password))
        .post("/account/identifier", SignedIn, post(account::identifier))
        .post("/account/sessions/ended", SignedIn, post(account::end))
        .get("/account/second-factor", SettingUp, get(second_factor::get))
        .post("/account/second-factor/codes", SettingUp, post(second_factor::begin))
        .post("/account/second-factor/codes/confirmed", SettingUp, post(second_factor::confirm))
        .post("/account/second-factor/codes/ended", SignedIn, post(second_factor::end))
        .post("/account/second-factor/removal/taken-back", SignedIn, post(account::keep_factors))
        .post("/account/second-factor/recovery-codes", SignedIn, post(second_factor::renew))
        .post("/account/passkeys/challenge", SignedIn, post(second_factor::ask))
        .post("/account/passkeys", SignedIn, post(second_factor::add))
        .post("/account/passkeys/removed", SignedIn, post(second_factor::remove))
        .get("/account/email", SignedIn, get(account::email::get))
        .post("/account/email", SignedIn, post(account::email::post))
        .post("/account/email/taken-back", SignedIn, post(account::email::take_back))
        .get("/account/email/{token}", SignedIn, get(account::email::link))
        .post("/account/email/{token}", SignedIn, post(account::email::confirm))
        .get("/account/numbers", SignedIn, get(account::numbers::get))
        .post("/account/numbers", SignedIn, post(account::numbers::post))
        .get("/account/notifications", SignedIn, get(account::notifications::get))
        .post("/account/notifications", SignedIn, post(account::notifications::post))
        .get("/proof", Proving, get(proof::get))
        .post("/proof", Proving, post(proof::post))
        .post("/proof/passkey/challenge", Proving, post(proof::ask))
        .post("/proof/passkey", Proving, post(proof::passkey))
        .get("/not-me/{token}", Anyone, get(not_me::get))
        .post("/not-me/{token}", Anyone, post(not_me::post))
        .get("/mailbox", Anyone, get(mailbox::list))
        .get("/mailbox/{id}", Anyone, get(mailbox::show))
        .get("/mailbox/{id}/html", Anyone, get(mailbox::document))
        .get("/mailbox/{id}/file", Anyone, get(mailbox::file))
        .post("/sign-out", Anyone, post(sign_in::delete))
        .post("/preferences", Anyone, post(preferences::post))
        .get("/legal/{page}", Anyone, get(legal::get))
        .get("/brand", May(ChangeBrand), get(brands::list))
        .get("/brands/{id}", May(ChangeBrand), get(brands::get))
        .files("/brands/{id}", May(ChangeBrand), post(brands::post), REQUEST_TIMEOUT)
        .post("/brands/{id}/hosts/confirmed", May(ConfirmHosts), post(brands::confirm_host))
        .post("/brands/{id}/hosts/refused", May(ConfirmHosts), post(brands::refuse_host))
        .get("/brands/{id}/preview", May(ChangeBrand), get(brands::preview))
        .files("/brands/{id}/preview", May(ChangeBrand), post(brands::preview_draft), REQUEST_TIMEOUT)
        .get("/brands/{id}/texts", May(ChangeBrand), get(brands::texts))
        .files("/brands/{id}/texts", May(ChangeBrand), post(brands::post_texts), REQUEST_TIMEOUT)
        .get("/lines", May(SeeLines), get(lines::list::get))
        .get("/lines/{id}", May(SeeLines), get(lines::show::get))
        .get("/lines/change", May(ChangeLines), get(lines::bulk::get))
        .post("/lines/change", May(ChangeLines), post(lines::bulk::post))
        .get("/lines/changes/{id}", May(ChangeLines), get(lines::bulk_result::get))
        .get("/lines/{id}/change", May(SuspendLines), get(lines::change::get))
        .post("/lines/{id}/change", May(SuspendLines), post(lines::change::post))
        .post("/lines/{id}/planned/taken-back", May(SuspendLines), post(lines::change::take_back))
        .get("/lines/{id}/sim", May(ChangeLines), get(lines::sim_swap::get))
        .post("/lines/{id}/sim", May(ChangeLines), post(lines::sim_swap::post))
        .get("/lines/{id}/account", May(ChangeLines), get(lines::account::get))
        .post("/lines/{id}/account", May(ChangeLines), post(lines::account::post))
        .post("/lines/{id}/account/taken-back", May(ChangeLines), post(lines::account::take_back))
        .get("/lines/{id}/split", May(ChangeLines), get(lines::split::get))
        .post("/lines/{id}/split", May(ChangeLines), post(lines::split::post))
        .post("/lines/{id}/split/taken-back", May(ChangeLines), post(lines::split::take_back))
        .get("/lines/{id}/user", May(SeeLines), get(lines::user::get))
        .post("/lines/{id}/user", May(ChangeUsers), post(lines::user::post))
        .post("/lines/{id}/user/confirmed", May(ConfirmUser), post(lines::user::confirm))
        .get("/lines/{id}/user/new", May(ReplaceUsers), get(lines::user::get_new))
        .post("/lines/{id}/user/new", May(ReplaceUsers), post(lines::user::post_new))
        .get("/lines/{id}/telephone", May(SeeLines), get(lines::telephone::get))
        .post("/lines/{id}/telephone", May(ChangeTelephony), post(lines::telephone::post))
        .get("/lines/{id}/telephone/changes", May(SeeLines), get(lines::telephone_changes::get))
        .get("/lines/{id}/telephone/reset", May(ChangeTelephony), get(lines::telephone::get_reset))
        .post("/lines/{id}/telephone/reset", May(ChangeTelephony), post(lines::telephone::reset))
        .get("/lines/{id}/cap", May(SeeLines), get(lines::cap::get))
        .post("/lines/{id}/cap", May(LiftCap), post(lines::cap::post))
        .get("/lines/{id}/convergence", May(SeeLines), get(lines::convergence::get))
        .post("/lines/{id}/convergence", May(Converge), post(lines::convergence::post))
        .post("/lines/{id}/convergence/ended", May(Converge), post(lines::convergence::end))
        .post("/lines/{id}/convergence/kept", May(Converge), post(lines::convergence::keep))
        .get("/lines/{id}/voicemail", May(UseVoicemail), get(lines::voicemail::handler::get))
        .get("/lines/{id}/voicemail/messages/deleted", May(UseVoicemail), get(lines::voicemail::handler::get_empty))
        .post("/lines/{id}/voicemail/messages/deleted", May(UseVoicemail), post(lines::voicemail::handler::empty))
        .get("/lines/{id}/voicemail/messages/{message}", May(UseVoicemail), get(lines::voicemail::handler::hear))
        .post("/lines/{id}/voicemail/messages/{message}/kept", May(UseVoicemail), post(lines::voicemail::handler::keep))
        .post("/lines/{id}/voicemail/messages/{message}/deleted", May(UseVoicemail), post(lines::voicemail::handler::delete))
        .get("/lines/{id}/voicemail/greeting", May(UseVoicemail), get(lines::voicemail::handler::hear_greeting))
        .files("/lines/{id}/voicemail/greeting", May(UseVoicemail), post(lines::voicemail::handler::greeting), REQUEST_TIMEOUT)
        .post("/lines/{id}/voicemail/greeting/removed", May(UseVoicemail), post(lines::voicemail::handler::remove_greeting))
        .post("/lines/{id}/voicemail/code", May(UseVoicemail), post(lines::voicemail::handler::code))
        .post("/lines/{id}/voicemail/mail-reception", May(UseVoicemail), post(lines::voicemail::handler::mail_reception))
        .get("/lines/{id}/lost", May(SuspendLines), get(lines::lost::get))
        .get("/lines/{id}/offers", May(CompareOffers), get(lines::offers::get))
        .get("/lines/{id}/contract", May(SeeLines), get(lines::contract::get))
        .get("/lines/{id}/settings", May(SeeLines), get(lines::contract::settings))
        .get("/lines/{id}/esim", May(SeePuk), get(lines::esim::get))
        .post("/lines/{id}/esim/code", May(SeePuk), post(lines::esim::code))
        .post("/lines/{id}/esim/mail", May(SeePuk), post(lines::esim::mail))
        .post("/lines/{id}/esim/text-message", May(SeePuk), post(lines::esim::text_message))
        .post("/lines/{id}/esim/renewed", May(SeePuk), post(lines::esim::renew))
        .post("/lines/{id}/esim/telephone", Anyone, post(lines::esim::telephone))
        .get("/lines/{id}/statement", May(SeeLines), get(lines::statement::get))
        .get("/lines/{id}/statement/pdf", May(SeeLines), get(lines::statement::pdf))
        .get("/lines/{id}/statement/csv", May(SeeLines), get(lines::statement::export))
        .post("/lines/{id}/statement/numbers", May(AskWholeNumbers), post(lines::statement::numbers))
        .get("/lines/{id}/usage/{reference}", May(SeeLines), get(usage::show::get))
        .get("/comparison", May(CompareOffers), get(compare::offers::get))
        .post("/comparison", May(CompareOffers), post(compare::offers::post))
        .post("/comparison/stopped", May(CompareOffers), post(compare::offers::stop))
        .get("/comparison/draft", May(CompareDraft), get(compare::draft::get))
        .files("/comparison/draft", May(CompareDraft), post(compare::draft::post), REQUEST_TIMEOUT)
        .post("/comparison/draft/stopped", May(CompareDraft), post(compare::draft::stop))
        .post("/lines/{id}/access", May(SplitLines), post(line_access::split))
        .post("/lines/{id}/access/invitation", May(SplitLines), post(line_access::again))
        .post("/lines/{id}/access/joined", May(SplitLines), post(line_access::join))
        .get("/orders", May(SeeOrders), get(orders::list::get))
        .get("/orders/new", May(OrderLines), get(orders::new::get))
        .post("/orders/new", May(OrderLines), post(orders::new::post))
        .get("/orders/file", May(OrderLines), get(orders::file::get))
        .files("/orders/file", May(OrderLines), post(orders::file::post), REQUEST_TIMEOUT)
        .get("/orders/{id}", May(SeeOrders), get(orders::show::get))
        .post("/orders/{id}", May(SeeOrders), post(orders::show::post))
        .get("/work-orders", May(SeeWorkOrders), get(work_orders::get))
        .post("/work-orders/{id}", May(RunWorkOrders), post(work_orders::post))
        .get("/sims", May(SeeSims), get(sims::list::get))
        .get("/sims/export", May(SeeSims), get(sims::list::export))
        .get("/sims/batches", May(SeeSimBatches), get(sims::batches::get))
        .files("/sims/batches", May(TakeSimsIn), post(sims::batches::post), REQUEST_TIMEOUT)
        .get("/sims/transfer", May(GiveSims), get(sims::transfer::get))
        .post("/sims/transfer", May(GiveSims), post(sims::transfer::post))
        .get("/sims/deliveries", May(SeeSims), get(sims::deliveries::list))
        .post("/sims/deliveries", May(OrderLines), post(sims::deliveries::post))
        .get("/sims/deliveries/new", May(OrderLines), get(sims::deliveries::new))
        .get("/sims/deliveries/{id}", May(SeeSims), get(sims::deliveries::get))
        .post("/sims/deliveries/{id}/sent", May(TakeSimsIn), post(sims::deliveries::send))
        .post("/sims/deliveries/{id}/arrived", May(OrderLines), post(sims::deliveries::receive))
        .post("/sims/deliveries/{id}/cancelled", May(OrderLines), post(sims::deliveries::cancel))
        .get("/sims/{id}", May(SeeLines), get(sims::show::get))
        .post("/sims/{id}/puk", May(SeePuk), post(sims::show::puk))
        .get("/numbers", May(SeeSims), get(numbers::list::get))
        .get("/numbers/transfer", May(GiveSims), get(numbers::transfer::get))
        .post("/numbers/transfer", May(GiveSims), post(numbers::transfer::post))
        .get("/numbers/intake", May(TakeSimsIn), get(numbers::intake::get))
        .post("/numbers/intake", May(TakeSimsIn), post(numbers::intake::post))
        .get("/line-access", May(SplitLines), get(line_access::get))
        .get("/members", May(SeePeople), get(members::own))
        .post("/members", May(ChangeOwnPeople), post(members::invite_own))
        .get("/customers/{id}/members", May(SeePeople), get(members::of_customer))
        .post("/customers/{id}/members", May(ChangeCustomerPeople), post(members::invite_of_customer))
        .get("/customers/{id}/split-profiles", May(ChangeLines), get(split_profiles::get))
        .post("/customers/{id}/split-profiles", May(ChangeLines), post(split_profiles::add))
        .post("/customers/{id}/split-profiles/offered", May(ChangeLines), post(split_profiles::offer))
        .get("/resellers", May(SeeResellers), get(resellers::list::get))
        .get("/resellers/{id}", May(SeeResellers), get(resellers::show::get))
        .post("/resellers/{id}", May(ChangeResellers), post(resellers::show::post))
        .get("/resellers/{id}/members", May(SeePeople), get(members::of_reseller))
        .post("/resellers/{id}/members", May(ChangeResellerPeople), post(members::invite_of_reseller))
        .get("/members/{id}", May(SeePeople), get(members::show))
        .post("/members/{id}/role", May(ChangeCustomerPeople), post(members::role))
        .post("/members/{id}/blocked", May(ChangeCustomerPeople), post(members::block))
        .post("/members/{id}/unblocked", May(ChangeCustomerPeople), post(members::unblock))
        .post("/members/{id}/invitation", May(ChangeCustomerPeople), post(members::again))
        .post("/members/{id}/invitation/withdrawn", May(ChangeCustomerPeople), post(members::withdraw))
        .post("/members/{id}/email", May(RenewAccess), post(members::email))
        .post("/members/{id}/identifier", May(RenewAccess), post(members::identifier))
        .post("/members/{id}/link", May(RenewAccess), post(members::link))
        .post("/members/{id}/second-factor/removed", May(RenewAccess), post(members::remove_factors))
        .get("/consumption", May(SeeConsumption), get(consumption::get))
        .get("/invoices", May(SeeInvoices), get(invoices::list::get))
        .get("/invoices/late", May(SeeDunning), get(dunning::list::get))
        .get("/invoices/late/{id}", May(SeeDunning), get(dunning::show::get))
        .post("/invoices/late/{id}/hold", May(HoldDunning), post(dunning::show::hold))
        .post("/invoices/late/{id}/disputes", May(HoldDunning), post(dunning::show::dispute))
        .post("/invoices/late/{id}/fees/taken-back", May(HoldDunning), post(dunning::show::take_fee_back))
        .get("/invoices/{id}", May(SeeInvoices), get(invoices::show::get))
        .get("/invoices/{id}/pdf", May(SeeInvoices), get(invoices::show::pdf))
        .get("/invoices/{id}/credit", May(CreditInvoices), get(invoices::credit::get))
        .post("/invoices/{id}/credit", May(CreditInvoices), post(invoices::credit::post))
        .get("/invoices/{id}/payment", May(NotePayments), get(invoices::payment::get))
        .post("/invoices/{id}/payment", May(NotePayments), post(invoices::payment::post))
        .get("/invoices/{id}/usage", May(SeeInvoices), get(invoices::show::usage))
        .get("/invoices/{id}/lines", May(SeeInvoices), get(invoices::lines::get))
        .get("/invoices/{id}/ubl", May(SeeInvoices), get(invoices::show::ubl))
        .get("/billing-accounts/{id}", May(SeeInvoices), get(billing_accounts::get))
        .post("/billing-accounts/{id}", May(ChangeBillingAccounts), post(billing_accounts::change))
        .post("/billing-accounts/{id}/mandates", May(ChangeBillingAccounts), post(billing_accounts::sign))
        .post("/billing-accounts/{id}/mandates/ended", May(ChangeBillingAccounts), post(billing_accounts::end))
        .get("/bank-files", May(SeeBankFiles), get(bank_files::get))
        .files("/bank-files", May(TakeBankFiles), post(bank_files::post), REQUEST_TIMEOUT)
        .get("/bank-files/{id}", May(SeeBankFiles), get(bank_files::show))
        .post("/bank-files/collections", May(TakeBankFiles), post(bank_files::make))
        .get("/bank-files/collections/{id}", May(SeeBankFiles), get(bank_files::collection))
        .get("/bank-files/collections/{id}/file", May(TakeBankFiles), get(bank_files::fetch))
        .get("/bank-files/debits", May(SeeBankFiles), get(bank_files::debits))
        .get("/bank-files/debits/{id}", May(SeeBankFiles), get(bank_files::debit))
        .post("/bank-files/debits/{id}/returned", May(TakeBankFiles), post(bank_files::note_return))
        .post("/bank-files/items/{id}/invoice", May(TakeBankFiles), post(bank_files::assign))
        .post("/bank-files/items/{id}/arrived", May(TakeBankFiles), post(bank_files::arrive))
        .post("/bank-files/items/{id}/said", May(TakeBankFiles), post(bank_files::say))
        .post("/invoices/{id}/collection/stopped", May(TakeBankFiles), post(bank_files::stop_collection))
        .get("/payments", May(SeeInvoices), get(payments::list::get))
        .post("/payments", May(PayInvoices), post(payments::new::post))
        .get("/payments/new", May(PayInvoices), get(payments::new::get))
        .get("/payments/problems", May(SeePaymentProblems), get(payments::problems::get))
        .post("/payments/problems", May(RefundPayments), post(payments::problems::post))
        .get("/payments/{id}", May(SeeInvoices), get(payments::show::get))
        .post("/payments/{id}/refunds", May(RefundPayments), post(payments::show::give_back))
        .post("/payments/{id}/taken-back", May(NotePayments), post(payments::show::take_back))
        .get("/sandbox-payments/{reference}", Anyone, get(payments::sandbox::get))
        .post("/sandbox-payments/{reference}", Anyone, post(payments::sandbox::post))
        .get("/bill-runs", May(SeeBillRuns), get(bill_runs::list::get))
        .post("/bill-runs", May(RunBills), post(bill_runs::list::post))
        .post("/bill-runs/issues", May(RunBills), post(bill_runs::show::issue))
        .get("/bill-runs/{id}", May(SeeBillRuns), get(bill_runs::show::get))
        .post("/bill-runs/{id}/stopped", May(RunBills), post(bill_runs::show::stop))
        .post("/bill-runs/{id}/resumed", May(RunBills), post(bill_runs::show::go_on))
        .get("/prices", May(SetPrices), get(retail::prices::get))
        .get("/prices/export", May(SetPrices), get(retail::prices::export))
        .files("/prices/file", May(SetPrices), post(retail::prices::post), REQUEST_TIMEOUT)
        .get("/prices/item", May(SetPrices), get(retail::item::get))
        .post("/prices/item", May(SetPrices), post(retail::item::post))
        .get("/letterhead", May(SetPrices), get(retail::letterhead::get))
        .post("/letterhead", May(SetPrices), post(retail::letterhead::post))
        .get("/revenue", May(SeeRevenue), get(revenue::get))
        .get("/revenue/export", May(SeeRevenue), get(revenue::export))
        .get("/mails", May(SeeMails), get(mails::list))
        .post("/mails/{id}/again", May(SendMails), post(mails::again))
        .get("/mails/texts", May(SeeMails), get(mails::texts::list))
        .post("/mails/texts/{id}/again", May(SendMails), post(mails::texts::again))
        .get("/journal", May(SeeJournal), get(journal::get))
        .get("/usage-files", May(SeeUsageFiles), get(usage_files::list::get))
        .files("/usage-files", May(TakeUsageIn), post(usage_files::upload::post), UPLOAD_TIMEOUT)
        .post("/usage-files/dismissed", May(TakeUsageIn), post(usage_files::upload::dismiss))
        .get("/usage-files/{id}", May(SeeUsageFiles), get(usage_files::show::get))
        .get("/usage-files/{id}/again", May(TakeUsageIn), get(usage_files::again::get))
        .post("/usage-files/{id}/again", May(TakeUsageIn), post(usage_files::again::post))
}

/// Every address that asks who comes.
pub fn all(app: App) -> Vec<Address> {
    addresses(app).list
}

/// The same, as what answers.
pub(crate) fn router(app: App) -> Router<App> {
    let Addresses { app, router, list } = addresses(app);
    // Every router of an app has the same.
    let _others = app.addresses.set(list);
    router
}

struct Addresses {
    app: App,
    router: Router<App>,
    list: Vec<Address>,
}

impl Addresses {
    fn get(self, path: &'static str, access: Access, page: MethodRouter<App>) -> Self {
        self.add(Method::GET, path, access, small(page))
    }

    fn post(self, path: &'static str, access: Access, change: MethodRouter<App>) -> Self {
        self.add(Method::POST, path, access, small(change))
    }

    /// An address that takes files: whoever receives them counts.
    fn files(self, path: &'static str, access: Access, change: MethodRouter<App>, longest: Duration) -> Self {
        self.add(Method::POST, path, access, within(longest, change.layer(DefaultBodyLimit::disable())))
    }

    fn add(mut self, method: Method, path: &'static str, access: Access, answering: MethodRouter<App>) -> Self {
        let asked = middleware::from_fn_with_state((self.app.clone(), access), ask);
        self.router = self.router.route(path, answering.route_layer(asked));
        self.list.push(Address { method, path, access });
        self
    }
}

fn small(answering: MethodRouter<App>) -> MethodRouter<App> {
    within(REQUEST_TIMEOUT, answering.layer(DefaultBodyLimit::max(LONGEST_FORM)))
}

fn within(longest: Duration, answering: MethodRouter<App>) -> MethodRouter<App> {
    answering.layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, longest))
}

/// Asks who comes, once a request, and lets in who may.
async fn ask(State((app, access)): State<(App, Access)>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    // No page writes it, and no database takes it.
    if parts.uri.query().is_some_and(|query| query.contains("%00")) {
        return Stop::NOT_FOUND.into_response();
    }
    let visitor = match Visitor::asking(&parts, &app).await {
        Ok(visitor) => visitor,
        Err(response) => return response,
    };
    match (access, &visitor.actor) {
        (Anyone, _) | (SettingUp | Proving | SignedIn, Some(_)) => {}
        (May(permission), Some(actor)) if actor.may(permission) => {}
        (May(_), Some(actor)) => {
            note_refusal(&app, actor, (&parts.method, parts.uri.path()), StatusCode::NOT_FOUND).await;
            return Stop::NOT_FOUND.into_response();
        }
        (SettingUp | Proving | SignedIn | May(_), None) => return to_sign_in(&app, &parts).into_response(),
    }
    if let (SettingUp | Proving | SignedIn | May(_), Some(actor)) = (access, &visitor.actor) {
        match (access, second_factor::missing(&app, actor).await) {
            (_, Ok(None)) | (SettingUp, Ok(Some(Missing::Codes))) | (Proving, Ok(Some(Missing::Passkey))) => {}
            (_, Ok(Some(Missing::Codes))) => return see_other(second_factor::HERE),
            (_, Ok(Some(Missing::Passkey))) => return see_other(&proof::way(&page_of(&app, &parts))),
            (_, Err(stop)) => return stop.into_response(),
        }
    }
    // What stands in the address of a page for anyone may be a secret.
    let watched =
        visitor.actor.clone().filter(|_| access != Anyone).map(|actor| (actor, parts.method.clone(), parts.uri.clone()));
    parts.extensions.insert(visitor);
    let response = next.run(Request::from_parts(parts, body)).await;
    if let Some((actor, method, uri)) = watched
        && matches!(response.status(), StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
    {
        note_refusal(&app, &actor, (&method, uri.path()), response.status()).await;
    }
    response
}

/// Notes a refusal in the journal. One that cannot be noted stays a refusal.
async fn note_refusal(app: &App, actor: &Actor, (method, path): (&Method, &str), answer: StatusCode) {
    let refused = RefusedRequest { method: method.as_str(), path, answer: answer.as_u16() };
    if let Err(error) = refusal::request_refused(&app.house, actor, refused).await {
        log_fault(&error);
    }
}
