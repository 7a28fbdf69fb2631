//! What lines spend together: whose lines share it, its terms, and what was charged before anybody counted.

use crate::town::towns;
use rating::{AtCap, SpendOwner, SpendPeriod};
use store::Scope;
use vocabulary::{Money, Month};

/// RAT-15: a line shares its account's caps and its customer's; nobody else's. Where nobody counted yet, it is counted from the usage.
#[tokio::test]
async fn rat_15_caps_are_of_an_account_or_of_a_customer() {
    for town in towns().await {
        let scoped = town.store.scoped(Scope::operator(town.one));
        let ids: Vec<_> = scoped.line_choices().await.unwrap().iter().map(|line| line.id).collect();
        let lines = scoped.lines_to_rate(&ids).await.unwrap();
        let november = Month::from_number(202_611).unwrap();
        // The first customer's lines; its last is of the second account.
        let spends: Vec<_> = ids.iter().map(|id| lines[id].terms.spends.clone()).collect();
        assert_eq!(spends.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1, 0, 0, 0, 0, 0, 0]);
        let (account, customer) = (spends[0][0], spends[0][1]);
        assert_eq!((&spends[1], &spends[2]), (&vec![account, customer], &vec![customer]));

        town.use_line(town.one, ids[0]).await;
        let found = town.store.shared_spends(&[account, customer], november).await.unwrap();
        let of_account = &found[&account];
        assert_eq!((of_account.terms.owner, &of_account.terms.steps[..]), (SpendOwner::BillingAccount, &[25, 75][..]));
        let caps: Vec<_> = of_account.terms.caps.iter().map(|cap| (cap.period, cap.amount.to_string(), cap.at_cap)).collect();
        let expected =
            [(SpendPeriod::Day, "2.00".to_owned(), AtCap::Slow), (SpendPeriod::Month, "20.00".to_owned(), AtCap::Tell)];
        assert_eq!(caps, expected);
        let raises: Vec<_> = of_account.terms.raises.iter().map(|raise| (raise.period, raise.until.micros())).collect();
        assert_eq!(raises, [(SpendPeriod::Day, 9)]);
        assert_eq!((found[&customer].terms.owner, found[&customer].terms.caps.len()), (SpendOwner::Customer, 1));

        assert_eq!(of_account.state, None);
        for spend in found.values() {
            let charges = town.store.charges(spend, november).await.unwrap();
            // 0.35 + 2.55 + 0.09, each on its own.
            assert_eq!(charges.len(), 3);
            assert_eq!(charges.iter().map(|(_, price)| *price).sum::<Money>().to_string(), "2.99");
        }
        town.use_line(town.other, ids_of(&town).await).await;
        assert_eq!(town.store.charges(&found[&customer], november).await.unwrap().len(), 3, "another operator's are not its own");
    }
}

async fn ids_of(town: &crate::town::Town) -> vocabulary::LineId {
    town.store.scoped(Scope::operator(town.other)).line_choices().await.unwrap()[0].id
}
