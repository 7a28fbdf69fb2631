//! `cadran demo`: from nothing to three operators with three months of usage, in a browser.

use crate::{house::HouseArguments, inbox::Inbox, mail::WaysOut, serve, signals, switches::Switches};
use anyhow::{Context, bail};
use catalog::Catalog;
use demo::{DemoCard, DemoCustomer, DemoOperator, DemoRole, Habits, PASSWORD};
use gateways::{DemoMailbox, sandbox_payments::SandboxPayments};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use operations::{
    House,
    bill_run::{self, BillAsked},
    first_access::Address,
    number_transfer,
    payment_provider::PaymentProviders,
    payment_sandbox::LATE_S,
    seal::Seal,
    sign_in::Token,
    sim_batches::{self, BatchFile},
    sims::SimKind,
    usage_desk::UsageDesk,
    usage_import::{ImportError, Importer, Interrupt, importing},
};
use portal::{App, Role, payments::sandbox::BASE as SANDBOX_PAYMENTS, sign_in::DemoSignIn};
use std::{
    collections::HashMap,
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};
use store::{Issuer, NewNumbers};
use vocabulary::{Clock, E164, Month, OperatorId};

mod esims;
mod money;
pub(crate) mod networks;
pub(crate) mod people;
mod retail;
mod splits;
mod voices;

/// Sets three believable operators up, with three months of usage, and serves their portals.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct DemoArguments {
    /// The folder for the database and the usage files
    #[arg(long, default_value = "cadran-data", value_name = "DIR")]
    data: PathBuf,
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR")]
    listen: String,
    /// Another database than the one in the folder: postgres://USER@HOST/NAME
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// How many times the lines
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    scale: u32,
    /// Only the people who can sign in, with 40 lines each at most, and one fleet that makes no calls: ready in seconds
    #[arg(long)]
    small: bool,
    /// The folder of the catalogues; left out, those that come with the program
    #[arg(long, value_name = "DIR")]
    catalogs: Option<PathBuf>,
    /// Set everything up and end
    #[arg(long)]
    prepare_only: bool,
    /// The day that the demo takes for today
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

/// What was asked when the folder was begun: a demo that goes on is the same demo.
#[derive(Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Begun {
    /// `2026-11-21`.
    today: String,
    scale: u32,
    #[serde(default)]
    small: bool,
    database: String,
    ready: bool,
}

pub(crate) async fn run(arguments: DemoArguments) -> anyhow::Result<ExitCode> {
    // The port first: nobody wants to wait for a demo that cannot be shown.
    let listener = if arguments.prepare_only { None } else { Some(serve::bind(&arguments.listen).await?) };
    fs::create_dir_all(&arguments.data).with_context(|| format!("folder `{}` cannot be made", arguments.data.display()))?;
    let mut begun = begin(&arguments)?;
    let keys = demo_keys(&arguments.data)?;
    let catalogs = arguments.catalogs.clone();
    let voicemail = Some(arguments.data.join("voicemail"));
    let house = HouseArguments { keys: Some(keys), catalogs, voicemail, ..HouseArguments::at(begun.database.clone()) };
    let port = match &listener {
        Some(listener) => listener.local_addr()?.port(),
        None => arguments.listen.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or(80),
    };
    let open = house.open().await?.on_plain_port(port);
    let mut catalogs = Vec::new();
    for name in house.catalog_files()?.operators() {
        catalogs.push((*open.catalog_named(name)?).clone());
    }
    let today: Date =
        begun.today.parse().with_context(|| format!("`{}` in demo.json is no day: remove the folder", begun.today))?;
    let mut operators = demo::operators(&catalogs, today, begun.scale);
    if begun.small {
        operators.iter_mut().for_each(keep_who_signs_in);
    }
    if !begun.ready {
        let interrupt = signals::interrupt();
        for operator in &operators {
            let catalog = catalogs.iter().find(|catalog| catalog.operator.id == operator.catalog);
            let catalog = catalog.with_context(|| format!("catalogue `{}` is not there", operator.catalog))?;
            let prepared = prepare(&open, &house, operator, (catalog, today), (&arguments.data, port), interrupt.clone()).await;
            if prepared.as_ref().is_err_and(is_interrupt) {
                writeln!(io::stderr(), "Interrupted. The same command goes on where it was.")?;
                return Ok(signals::interrupted());
            }
            prepared?;
        }
        begun.ready = true;
        note(&arguments.data, &begun)?;
    }
    let Some(listener) = listener else { return Ok(ExitCode::SUCCESS) };
    let inbox = arguments.data.join("inbox");
    let layouts = house.layouts()?;
    for (operator, layout) in operators.iter().flat_map(|operator| layouts.keys().map(move |layout| (operator, layout))) {
        let place = inbox.join(operator.catalog).join(layout);
        fs::create_dir_all(&place).with_context(|| format!("folder `{}` cannot be made", place.display()))?;
    }
    let switches = switches(&open, &catalogs).await?;
    announce(&operators, listener.local_addr()?.port(), (&inbox, &switches.announced()))?;
    let desk = UsageDesk::new(layouts.clone(), Some(inbox.clone()));
    tokio::spawn(Inbox::new(open.clone(), inbox, layouts).watch());
    let mailbox = arguments.data.join("mailbox");
    let mailbox = DemoMailbox::open(mailbox.clone(), open.clock.clone())
        .with_context(|| format!("folder `{}` cannot be made", mailbox.display()))?;
    let mailbox = Arc::new(mailbox);
    let profile_servers =
        esims::open(&open, &operators, (&arguments.data.join("profile-servers"), listener.local_addr()?.port())).await?;
    let open = open.with_mailbox(mailbox.clone()).with_profile_servers(profile_servers);
    let open = with_sandbox_payments(open, &operators, if begun.small { HASTY_LATE_S } else { LATE_S }).await?;
    let app = App::new(open.clone(), desk, sign_ins(&operators)).await?;
    let manners = if begun.small { networks::HASTY } else { networks::SLOW };
    let networks = networks::open(&open, &catalogs, (&arguments.data.join("networks"), manners)).await?;
    let ways = WaysOut { mails: Some(mailbox.clone()), texts: Some(mailbox), networks };
    serve::serve(&open, app, listener, (ways, switches)).await?;
    Ok(ExitCode::SUCCESS)
}

/// What is told late comes after so many seconds in a small demo: whoever waits for it has little time.
const HASTY_LATE_S: i64 = 3;

/// Cards are taken for each operator by a provider on which nothing is paid. Its key is of this run: nobody else calls back.
async fn with_sandbox_payments(house: House, operators: &[DemoOperator], late_s: i64) -> anyhow::Result<House> {
    let key = Token::fresh()?.as_str().to_owned();
    let sandbox = Arc::new(SandboxPayments::new(SANDBOX_PAYMENTS, key.into()).late_by(late_s));
    let mut providers = PaymentProviders::default();
    for operator in operators {
        if let Some(id) = house.store.operator_by_slug(operator.catalog).await? {
            providers = providers.with(Issuer::operator(id), sandbox.clone());
        }
    }
    Ok(house.with_payment_providers(providers).with_payment_sandbox(sandbox))
}

/// Whoever is on this machine may ask where calls go of the first operator that has codes to dial.
async fn switches(house: &House, catalogs: &[Catalog]) -> anyhow::Result<Switches> {
    let has_codes = |catalog: &&Catalog| catalog.version_at(house.clock.now()).dial_codes.iter().next().is_some();
    let Some(catalog) = catalogs.iter().find(has_codes) else { return Ok(Switches::default()) };
    match house.store.operator_by_slug(&catalog.operator.id).await? {
        Some(operator) => Switches::of_this_machine(operator).await,
        None => Ok(Switches::default()),
    }
}

/// The demo's own keys, in its folder: made once, for its owner alone.
fn demo_keys(folder: &Path) -> anyhow::Result<PathBuf> {
    let path = folder.join("keys");
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(mut file) => {
            writeln!(file, "{}", Seal::fresh_line(None)?.as_str())
                .with_context(|| format!("`{}` cannot be written", path.display()))?;
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error).with_context(|| format!("`{}` cannot be made", path.display())),
    }
    Ok(path)
}

fn is_interrupt(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(ImportError::Interrupted { .. }))
}

fn begin(arguments: &DemoArguments) -> anyhow::Result<Begun> {
    let path = arguments.data.join("demo.json");
    let default_database = format!("sqlite:{}", arguments.data.join("cadran.db").display());
    if path.exists() {
        let text = fs::read_to_string(&path).with_context(|| format!("`{}` cannot be read", path.display()))?;
        let begun: Begun =
            serde_json::from_str(&text).with_context(|| format!("`{}` is damaged: remove the folder", path.display()))?;
        let asked = arguments.database.as_ref().is_some_and(|asked| *asked != begun.database);
        if asked
            || arguments.scale != begun.scale
            || arguments.small != begun.small
            || arguments.today.is_some_and(|today| today.to_string() != begun.today)
        {
            bail!(
                "folder `{}` holds a demo of {} at scale {} in {}: name another with --data, or remove it",
                arguments.data.display(),
                begun.today,
                begun.scale,
                begun.database
            );
        }
        return Ok(begun);
    }
    let zone = jiff::tz::TimeZone::get("Europe/Paris")?;
    let today = arguments.today.unwrap_or_else(|| Clock::system().now().to_local(&zone).date());
    let database = arguments.database.clone().unwrap_or(default_database);
    let begun = Begun { today: today.to_string(), scale: arguments.scale, small: arguments.small, database, ready: false };
    note(&arguments.data, &begun)?;
    Ok(begun)
}

/// So many lines has whoever can be signed in for, at most, in a small demo.
const MOST_LINES: usize = 40;
/// The smallest fleet that is kept at rest.
const FLEET_AT_REST: usize = 200;

/// The customers that somebody can sign in for, and one of each reseller, with their first lines; the others stay without lines. Who sells to
/// companies itself keeps one whole fleet, whose lines are not used: what is changed for many lines at once has many.
fn keep_who_signs_in(operator: &mut DemoOperator) {
    let mut kept: Vec<usize> = operator
        .logins
        .iter()
        .filter_map(|login| match login.role {
            DemoRole::Subscriber { customer } | DemoRole::FleetManager { customer } | DemoRole::Member { customer, .. } => {
                Some(customer)
            }
            DemoRole::ResellerAgent { reseller } | DemoRole::ResellerAdmin { reseller } => {
                operator.customers.iter().position(|c| c.reseller == Some(reseller))
            }
            DemoRole::OperatorAgent | DemoRole::OperatorAdmin | DemoRole::Accounting | DemoRole::Auditor => None,
        })
        .collect();
    kept.sort_unstable();
    let is_fleet = |customer: &DemoCustomer| customer.business && customer.lines.len() >= FLEET_AT_REST;
    let candidates = operator.customers.iter().enumerate().filter(|_| operator.resellers.is_empty());
    let at_rest = candidates.filter(|(position, customer)| is_fleet(customer) && kept.binary_search(position).is_err());
    let at_rest = at_rest.min_by_key(|(_, customer)| customer.lines.len()).map(|(position, _)| position);
    for (position, customer) in operator.customers.iter_mut().enumerate() {
        if at_rest == Some(position) {
            customer.lines.iter_mut().for_each(|line| line.habits = Habits::default());
            continue;
        }
        let most = if kept.binary_search(&position).is_ok() { MOST_LINES } else { 0 };
        customer.lines.truncate(most);
    }
}

fn note(folder: &Path, begun: &Begun) -> anyhow::Result<()> {
    let (path, fresh) = (folder.join("demo.json"), folder.join("demo.json.new"));
    fs::write(&fresh, serde_json::to_string_pretty(begun)?)
        .with_context(|| format!("`{}` cannot be written", fresh.display()))?;
    fs::rename(&fresh, &path).with_context(|| format!("`{}` cannot be written", path.display()))
}

/// Where the links of invitations lead that wait in the mailbox as the demo begins.
fn links(host: &str, port: u16) -> Address {
    let with_port = if port == 80 { host.to_owned() } else { format!("{host}:{port}") };
    Address { scheme: "http", host: with_port, brand: host.to_owned() }
}

/// So many months are billed, this one included.
const MONTHS_BILLED: usize = 3;
/// So many seconds after the beginning of a month.
const BILLED_AT_S: i64 = 5 * 3_600;

/// One operator: who there is, their usage as files, and the files taken in as anybody's.
async fn prepare(
    house: &House,
    arguments: &HouseArguments,
    operator: &DemoOperator,
    (catalog, today): (&Catalog, Date),
    (folder, port): (&Path, u16),
    interrupt: Interrupt,
) -> anyhow::Result<()> {
    let id = match house.store.operator_by_slug(operator.catalog).await? {
        Some(id) => id,
        None => {
            let (new, asked_in) = people::provisioned(operator).await?;
            operations::provision_and_invite(house, &new, &asked_in, |host| links(host, port)).await?
        }
    };
    for brand in &operator.brands {
        let dressed = operations::brand::set_up(house, &brand.host, people::dressed(brand, catalog)).await?;
        dressed.map_err(|refusals| anyhow::anyhow!("brand `{}` cannot be dressed: {refusals:?}", brand.host))?;
    }
    stock(house, id, operator).await?;
    voices::leave(house, id, operator).await?;
    let bar = bar(&format!("{}: writing usage files", operator.name));
    let mut written = 0_u64;
    let usage = folder.join("usage").join(operator.catalog);
    let files = demo::write_usage(operator, catalog, today, &usage, &mut |records| {
        written += records;
        bar.set_position(written);
    })
    .with_context(|| format!("usage files cannot be written to `{}`", usage.display()))?;
    bar.set_length(files.iter().map(|file| file.records).sum());
    bar.set_position(0);
    bar.set_message(format!("{}: taking usage in", operator.name));
    let layouts = arguments.layouts()?;
    let records = bar.clone();
    let take_all = move |importer: &mut Importer<'_>| {
        for file in files {
            let layout = layouts.get(file.layout).with_context(|| format!("layout `{}` is not there", file.layout))?;
            importer.take(layout, &file.path, &|_| {})?;
            records.inc(file.records);
        }
        anyhow::Ok(())
    };
    // Caps of its customers are in what they pay.
    let reseller = retail::open(house, id, &operator.resellers, (catalog, today)).await?;
    let (importer, sold) = (house.clone(), catalog.clone());
    tokio::task::spawn_blocking(move || importing(&importer, &sold, id, interrupt, take_all)).await??;
    bar.finish_and_clear();
    bill(house, id, reseller, (catalog, today)).await
}

/// Bills the months that there is usage of, each on its first day: the operator's own customers have invoices to look at.
async fn bill(house: &House, id: OperatorId, reseller: Option<Issuer>, (catalog, today): (&Catalog, Date)) -> anyhow::Result<()> {
    let issuer = Issuer::operator(id);
    let this_month = Month::of(today);
    let first = (1..MONTHS_BILLED).fold(this_month, |month, _| month.previous());
    splits::share(house, id, first.previous()).await?;
    let mut month = house.store.last_month_billed(issuer).await?.unwrap_or(first);
    while month <= this_month {
        if !house.store.is_month_billed(issuer, month).await? {
            let then = month.start(&catalog.operator.time_zone).plus_seconds(BILLED_AT_S);
            let house = house.clone().with_clock(Clock::held_at(then));
            let run = bill_run::begin(&house, issuer, month, (BillAsked::Keep, "cadran demo")).await?;
            bill_run::work(&house, run, &|_| ()).await?;
            bill_run::tell::take_up(&house).await?;
        }
        month = month.next();
    }
    if let Some(reseller) = reseller {
        retail::bill(house, reseller, catalog, (first, this_month.previous())).await?;
    }
    money::pass(house, id, catalog, (first.first_day(), today)).await
}

/// So many numbers are given to each who has cards.
const NUMBERS_GIVEN: usize = 20;

/// The SIM cards of an operator: those of its lines, and the makers' files with who has some of them. What is there stays as it is.
async fn stock(house: &House, id: OperatorId, operator: &DemoOperator) -> anyhow::Result<()> {
    let lines = operator.customers.iter().flat_map(|customer| &customer.lines);
    let cards: anyhow::Result<Vec<_>> = lines.filter_map(|line| line.iccid.clone()).map(people::unlocked).collect();
    sim_batches::keep_codes(house, id, cards?).await?;
    for batch in &operator.batches {
        let kind = match batch.kind {
            DemoCard::Card => SimKind::CardWithPin,
            DemoCard::Esim => SimKind::Esim,
        };
        let file = BatchFile { name: &batch.name, network: batch.network, kind, bytes: batch.file.as_bytes() };
        let given: anyhow::Result<Vec<_>> = batch.given.iter().map(people::given).collect();
        let taken = sim_batches::set_up(house, id, file, &given?).await?;
        taken.map_err(|refusal| anyhow::anyhow!("batch `{}` cannot be taken in: {refusal:?}", batch.name))?;
    }
    let numbers: Result<Vec<E164>, _> = operator.free_numbers.iter().map(|number| number.parse()).collect();
    let numbers = numbers?;
    let transaction = house.store.begin().await?;
    let new = NewNumbers { operator: id, reseller: None, network: None, kind: None, numbers: &numbers };
    let is_new = transaction.take_numbers_in(&new).await? > 0;
    transaction.commit().await?;
    // Who has cards has numbers, too.
    let holders = operator.batches.iter().take(1).flat_map(|batch| batch.given.iter().map(|given| given.to.clone()));
    let ranges = numbers.chunks_exact(NUMBERS_GIVEN).filter_map(|range| Some((*range.first()?, *range.last()?)));
    let given: Vec<_> = ranges.zip(holders).filter(|_| is_new).collect();
    number_transfer::set_up(house, id, &given).await?;
    Ok(())
}

fn bar(message: &str) -> ProgressBar {
    let bar = ProgressBar::new(0).with_message(message.to_owned());
    match ProgressStyle::with_template("{msg:42!} {bar:40} {human_pos} records {per_sec}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn sign_ins(operators: &[DemoOperator]) -> HashMap<String, Vec<DemoSignIn>> {
    let mut by_host: HashMap<String, Vec<DemoSignIn>> = HashMap::new();
    for operator in operators {
        for login in &operator.logins {
            let (party, role) = match login.role {
                DemoRole::Subscriber { customer } => (&operator.customers[customer].name, Role::Subscriber),
                DemoRole::Member { customer, .. } => (&operator.customers[customer].name, Role::Member),
                DemoRole::FleetManager { customer } => (&operator.customers[customer].name, Role::FleetManager),
                DemoRole::ResellerAgent { reseller } => (&operator.resellers[reseller].name, Role::ResellerAgent),
                DemoRole::ResellerAdmin { reseller } => (&operator.resellers[reseller].name, Role::ResellerAdmin),
                DemoRole::OperatorAgent => (&operator.name, Role::OperatorAgent),
                DemoRole::OperatorAdmin => (&operator.name, Role::OperatorAdmin),
                DemoRole::Accounting => (&operator.name, Role::Accounting),
                DemoRole::Auditor => (&operator.name, Role::Auditor),
            };
            by_host.entry(login.host.clone()).or_default().push(DemoSignIn {
                name: login.name.clone(),
                party: party.clone(),
                role,
                identifier: login.identifier.clone(),
                password: PASSWORD.to_owned(),
            });
        }
    }
    by_host
}

fn announce(operators: &[DemoOperator], port: u16, (inbox, more): (&Path, &[String])) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "\nCadran is ready. The password of everybody is {PASSWORD}\n")?;
    for operator in operators {
        for brand in &operator.brands {
            writeln!(out, "  http://{}:{port}/   {}", brand.host, brand.name)?;
            for login in operator.logins.iter().filter(|login| login.host == brand.host) {
                writeln!(out, "      {:<34} {}, {}", login.identifier, login.name, role_word(login.role))?;
            }
        }
    }
    writeln!(out, "\nUsage files put into {}/OPERATOR/LAYOUT/ are taken in.", inbox.display())?;
    more.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    writeln!(out, "Ctrl-C ends it; started again, it is there at once.")
}

const fn role_word(role: DemoRole) -> &'static str {
    match role {
        DemoRole::Subscriber { .. } => "household",
        DemoRole::FleetManager { .. } => "fleet manager",
        DemoRole::Member { .. } => "user of a line",
        DemoRole::ResellerAgent { .. } => "reseller",
        DemoRole::ResellerAdmin { .. } => "reseller, administrator",
        DemoRole::OperatorAgent => "the operator's staff",
        DemoRole::OperatorAdmin => "the operator's administrator",
        DemoRole::Accounting => "the operator's accounting",
        DemoRole::Auditor => "auditor: reads all, changes nothing",
    }
}
