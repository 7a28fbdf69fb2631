//! The postmen of this process, and `cadran mail test`, which tries whether mails leave (PLT-07).

use crate::{house::HouseArguments, whose::operator_named};
use anyhow::{Context, bail};
use gateways::{SmtpPort, SmtpUrl};
use operations::{
    House, OperationError, bill_run, dunning, esim,
    host_network::HostNetworks,
    identity_change,
    mail::{Delivery, Letter, MailPort, Post, post},
    network_delivery, payments,
    sign_in::brands,
    text_message::{TextDelivery, TextPort},
    voicemail,
};
use portal::mail::MailTemplates;
use std::{
    convert::Infallible,
    fmt,
    io::{self, Write},
    pin::Pin,
    process::ExitCode,
    str::FromStr,
    sync::Arc,
    time::Duration,
};
use tokio::{sync::oneshot, task::JoinHandle};

/// How often is looked whether a test mail left.
const MOST_LOOKS: u32 = 60;
/// How long between two looks, where another process delivers.
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

/// Where mails leave.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct SmtpArguments {
    /// The mail server: smtp://HOST:PORT, smtp://USER:PASSWORD@HOST?tls=required or smtps://USER:PASSWORD@HOST
    #[arg(long, env = "CADRAN_SMTP", value_name = "URL", hide_env_values = true)]
    smtp: Option<Unshown>,
}

/// A text that may hold a password: read later, because a refused argument is repeated on the screen.
#[derive(Clone)]
struct Unshown(String);

impl FromStr for Unshown {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Unshown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unshown")
    }
}

impl SmtpArguments {
    /// The way out, if a server is named.
    pub(crate) fn port(&self) -> anyhow::Result<Option<SmtpPort>> {
        let Some(Unshown(text)) = &self.smtp else { return Ok(None) };
        let url: SmtpUrl = text.parse()?;
        let name = url.to_string();
        Ok(Some(SmtpPort::new(url).with_context(|| format!("mail server {name}"))?))
    }
}

/// The ways out of the house; none where nobody named one.
#[derive(Clone, Default)]
pub(crate) struct WaysOut {
    pub(crate) mails: Option<Arc<dyn MailPort>>,
    pub(crate) texts: Option<Arc<dyn TextPort>>,
    pub(crate) networks: HostNetworks,
}

/// Work in the background that ends when it is told to.
pub(crate) struct Postman {
    stop: oneshot::Sender<()>,
    work: JoinHandle<()>,
}

impl Postman {
    /// Everybody who works beside the pages: who delivers mails and text messages where there is a way out, and who carries out the changes
    /// whose hour has come.
    pub(crate) fn start_all(house: &House, ways: WaysOut) -> Result<Vec<Self>, OperationError> {
        let templates = Arc::new(MailTemplates);
        let mut postmen = Vec::new();
        if let Some(port) = ways.mails {
            let delivery = Delivery::new(house.clone(), port, templates.clone())?;
            postmen.push(Self::start(|stop| delivery.run(stop)));
        }
        if let Some(port) = ways.texts {
            let delivery = TextDelivery::new(house.clone(), port, templates)?;
            postmen.push(Self::start(|stop| delivery.run(stop)));
        }
        let (watched, carried) = (house.clone(), house.clone());
        postmen.push(Self::start(|stop| identity_change::watch(watched, stop)));
        postmen.push(Self::start(|stop| network_delivery::run(carried, ways.networks, stop)));
        let sounds = house.clone();
        postmen.push(Self::start(|stop| voicemail::run(sounds, stop)));
        let profiles = house.clone();
        postmen.push(Self::start(|stop| esim::delivery::run(profiles, stop)));
        let bills = house.clone();
        postmen.push(Self::start(|stop| bill_run::desk::run(bills, stop)));
        let late = house.clone();
        postmen.push(Self::start(|stop| dunning::run(late, stop)));
        let hanging = house.clone();
        postmen.push(Self::start(|stop| payments::run(hanging, stop)));
        Ok(postmen)
    }

    fn start<W: Future<Output = ()> + Send + 'static>(work: impl FnOnce(Stop) -> W) -> Self {
        let (stop, stopped) = oneshot::channel();
        // A sender that is gone stops it as well.
        let work = tokio::spawn(work(Box::pin(async move { drop(stopped.await) })));
        Self { stop, work }
    }

    /// Waits for the mails that are on their way, a while.
    pub(crate) async fn stop(self) {
        drop(self.stop);
        if self.work.await.is_err() {
            tracing::error!("the postman ended in disorder; what it had in hand is found again when its lease ends");
        }
    }
}

/// Comes when the work is to end.
type Stop = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Try whether mails leave.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct MailArguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Clone, Debug, clap::Subcommand)]
enum Verb {
    /// Post a test mail as any other is posted, and say what came of it: delivered by this command with --smtp, else by whoever serves
    Test(TestArguments),
}

#[derive(Clone, Debug, clap::Args)]
struct TestArguments {
    #[command(flatten)]
    house: HouseArguments,
    #[command(flatten)]
    smtp: SmtpArguments,
    /// Which operator writes, by the name of the catalogue's folder
    #[arg(long, value_name = "NAME")]
    operator: String,
    /// Which of its brands writes, by host name; left out, its own first
    #[arg(long, value_name = "HOST")]
    brand: Option<String>,
    /// In which language, by its tag
    #[arg(long, default_value = "fr", value_name = "TAG")]
    language: String,
    /// To whom
    #[arg(value_name = "ADDRESS")]
    recipient: String,
}

pub(crate) async fn run(arguments: MailArguments) -> anyhow::Result<ExitCode> {
    let Verb::Test(arguments) = arguments.verb;
    let house = arguments.house.open().await?;
    let port = arguments.smtp.port()?;
    let operator = operator_named(&house, &arguments.operator).await?;
    let mut brands = brands(&house).await?;
    brands.retain(|brand| brand.door.operator == operator);
    brands.sort_by_key(|brand| brand.door.reseller.is_some());
    let brand = match &arguments.brand {
        Some(host) => brands.iter().find(|brand| brand.host == *host),
        None => brands.first(),
    };
    let Some(brand) = brand else {
        let hosts: Vec<_> = brands.iter().map(|brand| brand.host.as_str()).collect();
        bail!("operator `{}` has no such brand; it has {}", arguments.operator, hosts.join(", "));
    };
    let letter = Post {
        operator,
        host: &brand.host,
        recipient: &arguments.recipient,
        name: "",
        language: &arguments.language,
        letter: Letter::Test,
        useful_until: None,
    };
    let id = post(&house, letter).await?;
    let delivery = match port {
        Some(port) => Some(Delivery::new(house.clone(), Arc::new(port), Arc::new(MailTemplates))?),
        None => None,
    };
    // With a server of our own, others may wait before it: each round takes the oldest.
    for _ in 0..MOST_LOOKS {
        match &delivery {
            Some(delivery) => drop(delivery.round().await?),
            None => tokio::time::sleep(BETWEEN_LOOKS).await,
        }
        let mail = house.store.mail(id).await?.context("the mail is gone")?;
        match (mail.state.as_str(), mail.problem) {
            ("sent", _) => {
                writeln!(io::stdout().lock(), "sent: the mail server took it")?;
                return Ok(ExitCode::SUCCESS);
            }
            ("waiting", Some(problem)) => bail!("not sent yet, and tried again later by whoever serves: {problem}"),
            ("waiting" | "sending", _) => {}
            (state, problem) => bail!("{state}: {}", problem.unwrap_or_default()),
        }
    }
    bail!("the mail still waits: does `cadran serve` run on this database, with --smtp?")
}
