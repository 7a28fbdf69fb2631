//! The portal of the demo's busiest operator, served for the benchmarks of pages.

use crate::{demo::people, house::shipped_catalogs, serve};
use anyhow::Context;
use demo::{DemoLogin, DemoRole};
use jiff::civil::date;
use operations::{
    House, IdentifierKind, NewLogin,
    seal::Seal,
    usage_desk::UsageDesk,
    usage_import::{Interrupt, importing},
};
use portal::App;
use std::collections::HashMap;
use store::Store;
use tempfile::TempDir;
use tokio::{net::TcpStream, task::JoinHandle};
use vocabulary::{Clock, Timestamp};

pub(super) struct BusyPortal {
    pub(super) port: u16,
    /// One of the operator's own people, who see all 3,000 lines.
    pub(super) staff: DemoLogin,
    server: JoinHandle<()>,
    _folder: TempDir,
}

impl BusyPortal {
    /// With the usage of its month taken in, and more of the operator's people, by what they are known by.
    pub(super) async fn start(more_people: &[String]) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(&format!("sqlite:{}", folder.path().join("bench.db").display())).await?;
        let today = date(2026, 11, 21);
        let zone = jiff::tz::TimeZone::get("Europe/Paris")?;
        let clock = Clock::held_at(Timestamp::from_local(today.at(12, 0, 0, 0), &zone)?);
        let house = House::new(store, &shipped_catalogs(), clock)?.with_seal(Seal::read(&Seal::fresh_line(None)?)?);
        let catalog = house.catalog_named(demo::BUSIEST)?;
        let operators = demo::operators(&[(*catalog).clone()], today, 1);
        let operator = operators.first().context("the demo has the operator")?;
        let is_staff = |login: &&DemoLogin| matches!(login.role, DemoRole::OperatorAgent);
        let staff = operator.logins.iter().find(is_staff).context("staff can sign in")?;
        let (mut provisioned, _) = people::provisioned(operator).await?;
        let model = provisioned.logins.iter().find(|login| login.name == staff.name).context("staff are set up")?.clone();
        provisioned.logins.extend(more_people.iter().map(|address| NewLogin {
            identifiers: vec![(IdentifierKind::Email, address.clone())],
            email: address.clone(),
            ..model.clone()
        }));
        let id = operations::provision(&house, &provisioned).await?;
        let usage = demo::write_usage(operator, &catalog, today, folder.path(), &mut |_| {})?;
        let layouts = crate::house::HouseArguments::at("").layouts()?;
        let importer_house = house.clone();
        tokio::task::spawn_blocking(move || {
            importing(&importer_house, &catalog, id, Interrupt::default(), |importer| {
                usage.iter().try_for_each(|file| importer.take(&layouts[file.layout], &file.path, &|_| {}).map(|_| ()))
            })
        })
        .await??;
        let listener = serve::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let app = App::new(house, UsageDesk::default(), HashMap::new()).await?;
        let server = tokio::spawn(async move {
            if let Err(error) = portal::serve(app, listener, std::future::pending::<()>()).await {
                eprintln!("cadran: the portal ended: {error}");
            }
        });
        Ok(Self { port, staff: staff.clone(), server, _folder: folder })
    }

    /// A connection that stays open.
    pub(super) async fn connect(&self) -> anyhow::Result<TcpStream> {
        Ok(TcpStream::connect(("127.0.0.1", self.port)).await?)
    }
}

impl Drop for BusyPortal {
    fn drop(&mut self) {
        self.server.abort();
    }
}
