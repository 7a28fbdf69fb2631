//! Bill runs, for the people of an operator or a reseller: which months were billed, what the next one would come to against the one before, and its invoices
//! (BIL-01). The work is done beside the pages; a page shows how far it is, whoever opens it.

pub mod list;
pub mod show;

use crate::Page;
use operations::bill_run::{BillRunRefusal, BillStage, KeptRun};

/// A run's class and word.
pub(crate) fn state(page: &Page, run: &KeptRun) -> (&'static str, &'static str) {
    match run.stage {
        _ if run.stopped.is_some() => ("suspended", page.t("bills-paused")),
        BillStage::Previewing => ("in-progress", page.t("bills-previewing")),
        BillStage::Previewed => ("suspended", page.t("bills-previewed")),
        BillStage::Keeping => ("in-progress", page.t("bills-issuing")),
        BillStage::Kept => ("active", page.t("bills-issued")),
    }
}

/// Does it change by itself?
pub(crate) fn is_moving(run: &KeptRun) -> bool {
    run.stopped.is_none() && matches!(run.stage, BillStage::Previewing | BillStage::Keeping)
}

/// Why a month cannot be billed; `None` for a fault.
pub(crate) fn refusal(page: &Page, refusal: &BillRunRefusal) -> Option<String> {
    Some(match refusal {
        BillRunRefusal::NoInvoicing(_) => page.t("bills-no-invoicing").to_owned(),
        BillRunRefusal::NoLetterhead => page.t("bills-no-letterhead").to_owned(),
        BillRunRefusal::NotClosed(month) => page.ta("bills-not-closed", page.month(month)),
        BillRunRefusal::NotBegun(month) => page.ta("bills-not-begun", page.month(month)),
        BillRunRefusal::BilledLater(_, month) | BillRunRefusal::Billed(month) => page.ta("bills-billed", page.month(month)),
        BillRunRefusal::LeftOut(month, _) => page.ta("bills-left-out", page.month(month)),
        BillRunRefusal::Unfinished(month, _) => page.ta("bills-unfinished", page.month(month)),
        BillRunRefusal::Busy { .. } | BillRunRefusal::Importing => page.t("bills-busy").to_owned(),
        BillRunRefusal::Stopped(by, _) => page.ta("bills-paused-by", by),
        BillRunRefusal::Operation(_) => return None,
    })
}
