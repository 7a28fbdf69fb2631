//! What a forwarded call costs, in words (FIX-06).

use crate::Page;
use operations::forward_cost::{CallCost, CallPrice};
use vocabulary::Quantity;

/// Has it to be told before calls are forwarded there?
pub(crate) fn is_to_tell(cost: &CallCost) -> bool {
    cost.is_charged() || *cost == CallCost::Barred
}

/// What a call costs that is forwarded, as a sentence.
pub(crate) fn cost_words(page: &Page, cost: &CallCost) -> String {
    match cost {
        CallCost::Barred => page.t("telephone-cost-barred").to_owned(),
        CallCost::Included { limit_s: None, beyond } if beyond.is_empty() => page.t("telephone-cost-included").to_owned(),
        CallCost::Included { limit_s, beyond } => {
            let included = match limit_s.and_then(Quantity::new) {
                Some(limit) => page.ta("telephone-cost-included-until", page.hours(limit)),
                None => page.t("telephone-cost-included").to_owned(),
            };
            match prices_words(page, beyond) {
                Some(price) => format!("{included} {}", page.ta("telephone-cost-beyond", price)),
                None if beyond.is_empty() => format!("{included} {}", page.t("telephone-cost-then-stops")),
                None => included,
            }
        }
        CallCost::Charged(prices) => match prices_words(page, prices) {
            Some(price) => page.ta("telephone-cost-charged", price),
            None => page.t("telephone-cost-free").to_owned(),
        },
    }
}

/// One price, or from the cheapest to the dearest by the hour; `None` for nothing.
fn prices_words(page: &Page, prices: &[CallPrice]) -> Option<String> {
    let (least, most) = (prices.first()?, prices.last()?);
    if prices.iter().all(CallPrice::is_free) {
        return None;
    }
    let mut words = match least.per_minute == most.per_minute {
        true => page.ta("telephone-cost-minute", page.price(least.per_minute)),
        false => {
            let parts = [("least", page.price(least.per_minute).into()), ("most", page.price(most.per_minute).into())];
            page.locale.text_with("telephone-cost-minutes", parts)
        }
    };
    let fee = prices.iter().map(|price| price.fee).max().filter(|fee| fee.is_positive());
    if let Some(fee) = fee {
        words = page.locale.text_with("telephone-cost-fee", [("price", words.into()), ("fee", page.price(fee).into())]);
    }
    let minimum = prices.iter().map(|price| price.minimum).max().filter(|minimum| minimum.is_positive());
    if let Some(minimum) = minimum {
        let parts = [("price", words.into()), ("minimum", page.price(minimum).into())];
        words = page.locale.text_with("telephone-cost-minimum", parts);
    }
    Some(words)
}
