//! `cadran compare`: what the last months would have cost on other offers, or under a draft of the catalogue (RAT-13).

use crate::{
    table::Table,
    whose::{WhoseArguments, progress_bar},
};
use ::catalog::{Catalog, CatalogFiles};
use anyhow::Context;
use operations::{
    House, Scope,
    compare::{Cost, LineComparison, MONTHS, compare, compare_draft},
    rate_again::Whose,
};
use std::{
    cmp::Reverse,
    io::{self, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::ExitCode,
};
use vocabulary::{Money, OperatorId};

/// What would the last whole months have cost on every offer that a line may have? The cheapest that serves as well is named, with the
/// saving. With --draft: what would this price change earn or cost?
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct CompareArguments {
    #[command(flatten)]
    usage: WhoseArguments,
    /// How many months with usage, before this one
    #[arg(long, value_name = "N", default_value_t = MONTHS, value_parser = clap::value_parser!(u8).range(1..=36))]
    months: u8,
    /// A folder of catalogues of which the last version of the operator's is compared with the version in force
    #[arg(long, value_name = "DIR")]
    draft: Option<PathBuf>,
    /// Print one JSON object a line, or an offer of the draft
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(arguments: CompareArguments) -> anyhow::Result<ExitCode> {
    let (house, operator) = arguments.usage.open().await?;
    let whose = arguments.usage.whose();
    let work = move || match &arguments.draft {
        Some(folder) => draft(&house, operator, &whose, folder, &arguments),
        None => offers(&house, operator, &whose, &arguments),
    };
    tokio::task::spawn_blocking(work).await.context("comparing was stopped")??;
    Ok(ExitCode::SUCCESS)
}

/// Every line with the cheapest offer that serves as well.
fn offers(house: &House, operator: OperatorId, whose: &Whose, arguments: &CompareArguments) -> anyhow::Result<()> {
    let (bar, moved) = progress_bar("lines");
    let mut compared = Vec::new();
    let on_progress = |done, meant| {
        moved(done, meant);
        ControlFlow::Continue(())
    };
    compare(house, Scope::operator(operator), (whose, arguments.months), &on_progress, &mut |line| compared.push(line))?;
    bar.finish_and_clear();
    let mut out = io::stdout().lock();
    if arguments.json {
        for line in &compared {
            writeln!(out, "{}", json(line))?;
        }
        return Ok(());
    }
    if let (Whose::Line(_), [line]) = (whose, compared.as_slice()) {
        return one_line(line, &mut out);
    }
    compared.sort_by_key(|line| (Reverse(line.cheapest().map(|(_, saving)| saving)), line.number.clone()));
    let mut table = Table::new(["line", "offer", "cost", "cheapest", "would cost", "saving"]);
    let (mut saved, mut better) = (Money::ZERO, 0);
    for line in &compared {
        let Some((offer, saving)) = line.cheapest() else { continue };
        (saved, better) = (saved.checked_add(saving).unwrap_or(saved), better + 1);
        let amounts = [line.now.cost.total(), offer.cost.total(), saving].map(|amount| amount.to_string());
        let [now, then, saving] = amounts;
        table.add(vec![line.number.clone(), line.now.offer.clone(), now, offer.offer.clone(), then, saving]);
    }
    table.write(&mut out)?;
    writeln!(out, "{better} of {} lines would have cost less on another offer: {saved} in all", compared.len())?;
    Ok(())
}

/// A line on every offer.
fn one_line(line: &LineComparison, out: &mut impl Write) -> anyhow::Result<()> {
    let mut table = Table::new(["offer", "subscription", "options", "usage", "minimum", "total", "serves as well"]);
    for offer in std::iter::once(&line.now).chain(&line.others) {
        let Cost { subscription, extras, usage, minimum, .. } = offer.cost;
        let mut row = vec![offer.offer.clone()];
        row.extend([subscription, extras, usage, minimum, offer.cost.total()].map(|amount| amount.to_string()));
        row.push(if offer.cost.serves_as_well_as(&line.now.cost) { "yes" } else { "no" }.to_owned());
        table.add(row);
    }
    table.write(out)?;
    match line.cheapest() {
        Some((offer, saving)) => writeln!(out, "`{}` would have saved {saving}", offer.offer)?,
        None => writeln!(out, "`{}` is the cheapest that serves this line as well", line.now.offer)?,
    }
    Ok(())
}

fn json(line: &LineComparison) -> serde_json::Value {
    let offer = |offer: &operations::compare::OfferCost| {
        serde_json::json!({
            "offer": offer.offer,
            "subscription": offer.cost.subscription.to_string(),
            "options": offer.cost.extras.to_string(),
            "usage": offer.cost.usage.to_string(),
            "minimum": offer.cost.minimum.to_string(),
            "total": offer.cost.total().to_string(),
            "serves_as_well": offer.cost.serves_as_well_as(&line.now.cost),
        })
    };
    serde_json::json!({
        "line": line.number,
        "months": line.months.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "now": offer(&line.now),
        "others": line.others.iter().map(offer).collect::<Vec<_>>(),
        "cheapest": line.cheapest().map(|(offer, _)| &offer.offer),
        "saving": line.cheapest().map(|(_, saving)| saving.to_string()),
    })
}

/// What a draft would earn or cost, by offer.
fn draft(house: &House, operator: OperatorId, whose: &Whose, folder: &Path, arguments: &CompareArguments) -> anyhow::Result<()> {
    let files = CatalogFiles::read(folder)?;
    let draft = Catalog::load(&files, &arguments.usage.operator)?;
    let (bar, moved) = progress_bar("lines");
    let on_progress = |done, meant| {
        moved(done, meant);
        ControlFlow::Continue(())
    };
    let found = compare_draft(house, Scope::operator(operator), (whose, arguments.months), &draft, &on_progress)?;
    bar.finish_and_clear();
    let mut out = io::stdout().lock();
    let mut table = Table::new(["offer", "lines", "in force", "draft", "difference", "refused"]);
    let mut all = Money::ZERO;
    for (offer, found) in &found.offers {
        let (now, draft) = (found.now.total(), found.draft.total());
        let change = draft.checked_sub(now).context("a difference that is too large to be counted")?;
        all = all.checked_add(change).unwrap_or(all);
        let refused = found.draft.refused.saturating_sub(found.now.refused);
        if arguments.json {
            let value = serde_json::json!({
                "offer": offer,
                "lines": found.lines,
                "in_force": now.to_string(),
                "draft": draft.to_string(),
                "difference": change.to_string(),
                "refused": refused,
            });
            writeln!(out, "{value}")?;
            continue;
        }
        let [now, draft, change] = [now, draft, change].map(|amount| amount.to_string());
        table.add(vec![offer.clone(), found.lines.to_string(), now, draft, change, refused.to_string()]);
    }
    if !arguments.json {
        table.write(&mut out)?;
        let verb = if all < Money::ZERO { "cost" } else { "earn" };
        let amount = if all < Money::ZERO { Money::ZERO.checked_sub(all).unwrap_or(all) } else { all };
        writeln!(out, "The draft would {verb} {amount} over these months, without VAT")?;
    }
    Ok(())
}
