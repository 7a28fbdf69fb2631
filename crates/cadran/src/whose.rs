//! Whose usage a command is about: an operator's, a customer's, a line's.

use crate::house::HouseArguments;
use anyhow::bail;
use indicatif::{ProgressBar, ProgressStyle};
use operations::{House, rate_again::Whose};
use vocabulary::OperatorId;

/// Options of commands that go through usage.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct WhoseArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// Whose usage it is, by the name of the catalogue's folder
    #[arg(long, value_name = "NAME")]
    pub(crate) operator: String,
    /// Only this customer's, by reference
    #[arg(long, value_name = "REFERENCE", conflicts_with = "line")]
    customer: Option<String>,
    /// Only this line's, by number: +33612345678
    #[arg(long, value_name = "NUMBER")]
    line: Option<String>,
}

impl WhoseArguments {
    /// Opens the database and finds the operator in it.
    pub(crate) async fn open(&self) -> anyhow::Result<(House, OperatorId)> {
        let house = self.house.open().await?;
        let operator = operator_named(&house, &self.operator).await?;
        Ok((house, operator))
    }

    pub(crate) fn whose(&self) -> Whose {
        match (&self.customer, &self.line) {
            (Some(reference), _) => Whose::Customer(reference.clone()),
            (None, Some(number)) => Whose::Line(number.clone()),
            (None, None) => Whose::Everybody,
        }
    }
}

/// The operator of that name.
pub(crate) async fn operator_named(house: &House, name: &str) -> anyhow::Result<OperatorId> {
    match house.store.operator_by_slug(name).await? {
        Some(operator) => Ok(operator),
        None => bail!("operator `{name}` is not in this database; `cadran demo` sets up three"),
    }
}

/// A bar that counts `what`, and what moves it.
pub(crate) fn progress_bar(what: &str) -> (ProgressBar, impl Fn(u64, u64)) {
    let style = ProgressStyle::with_template(&format!("{{bar:40}} {{human_pos}} of {{human_len}} {what}"));
    let bar = match style {
        Ok(style) => ProgressBar::new(0).with_style(style),
        Err(_) => ProgressBar::new(0),
    };
    let moved = bar.clone();
    let on_progress = move |done, of| {
        moved.set_length(of);
        moved.set_position(done);
    };
    (bar, on_progress)
}
