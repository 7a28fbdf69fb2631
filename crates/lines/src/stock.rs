//! In whose stock a SIM is, and what giving and taking back makes of it (RES-07). What an order makes of a SIM is `sim`'s.

use crate::{Sim, SimRefusal, SimState};
use vocabulary::{CustomerId, ResellerId};

/// A SIM, and in whose stock it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    /// The SIM.
    pub sim: Sim,
    /// The reseller; `None` for the operator's own stock.
    pub reseller: Option<ResellerId>,
}

/// To whom a SIM is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// A reseller, for its stock.
    Reseller(ResellerId),
    /// A customer.
    Customer {
        /// Which.
        customer: CustomerId,
        /// Whose; `None` for the operator's own.
        reseller: Option<ResellerId>,
    },
}

/// Who takes a SIM back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeper {
    /// A reseller: from a customer into its own stock.
    Reseller,
    /// The operator: from a customer into the stock it came from, from a reseller's stock into its own.
    Operator,
}

/// Why a SIM cannot be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StockRefusal {
    /// What became of it.
    #[error(transparent)]
    Sim(#[from] SimRefusal),
    /// It lies in the stock of another.
    #[error("the SIM is in the stock of another reseller")]
    OtherStock,
}

impl Stock {
    /// Gives a SIM that nobody has. To who has it already changes nothing.
    ///
    /// # Errors
    /// Why it cannot be given.
    pub fn give(&mut self, to: Receiver) -> Result<(), StockRefusal> {
        match to {
            Receiver::Reseller(reseller) => {
                self.sim.refuse_unless_free()?;
                self.move_to(Some(reseller))
            }
            Receiver::Customer { customer, reseller } => {
                let mut sim = self.sim.clone();
                sim.give(customer)?;
                self.move_to(reseller)?;
                self.sim = sim;
                Ok(())
            }
        }
    }

    /// Takes a SIM back, one step up. What is in the keeper's stock already stays as it is.
    ///
    /// # Errors
    /// When an order or a line has it, or had it.
    pub fn release(&mut self, by: Keeper) -> Result<(), StockRefusal> {
        let was_free = self.sim.state == SimState::Free;
        self.sim.release()?;
        if was_free && by == Keeper::Operator {
            self.reseller = None;
        }
        Ok(())
    }

    fn move_to(&mut self, reseller: Option<ResellerId>) -> Result<(), StockRefusal> {
        if self.reseller.is_some() && self.reseller != reseller {
            return Err(StockRefusal::OtherStock);
        }
        self.reseller = reseller;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SimKind;
    use vocabulary::{LineId, SimId};

    const NEAR: ResellerId = ResellerId(1);
    const FAR: ResellerId = ResellerId(2);

    fn stock(state: SimState, reseller: Option<ResellerId>) -> Stock {
        let iccid = "8933263212200169065".parse().expect("an ICCID");
        Stock { sim: Sim { id: SimId(1), iccid, kind: SimKind::CardWithPin, network: "n".into(), state }, reseller }
    }

    fn customer(id: i64, reseller: Option<ResellerId>) -> Receiver {
        Receiver::Customer { customer: CustomerId(id), reseller }
    }

    /// RES-07: a SIM goes from the operator to a reseller to its customer and back, one step at a time, and to nobody else meanwhile.
    #[test]
    fn a_sim_goes_down_the_tree_and_back() {
        let mut one = stock(SimState::Free, None);
        one.give(Receiver::Reseller(NEAR)).expect("it is free");
        assert_eq!(one.give(Receiver::Reseller(FAR)), Err(StockRefusal::OtherStock));
        assert_eq!(one.give(customer(5, Some(FAR))), Err(StockRefusal::OtherStock));
        assert_eq!(one.give(customer(5, None)), Err(StockRefusal::OtherStock));
        one.give(customer(4, Some(NEAR))).expect("the reseller's own customer");
        let given = one.clone();
        one.give(customer(4, Some(NEAR))).expect("again changes nothing");
        assert_eq!(one, given);
        assert_eq!(one.give(customer(6, Some(NEAR))), Err(StockRefusal::Sim(SimRefusal::NotTheirs)));
        assert_eq!(one.give(Receiver::Reseller(NEAR)), Err(StockRefusal::Sim(SimRefusal::NotTheirs)));
        one.release(Keeper::Operator).expect("it was given");
        assert_eq!(one, stock(SimState::Free, Some(NEAR)), "back where it came from");
        one.release(Keeper::Reseller).expect("it stays");
        assert_eq!(one.reseller, Some(NEAR), "a reseller gives nothing back by itself");
        one.release(Keeper::Operator).expect("it is free");
        assert_eq!(one, stock(SimState::Free, None));
    }

    /// MOB-62: what a line or an order has, or had, is neither given nor taken back.
    #[test]
    fn what_is_used_stays_where_it_is() {
        let line = LineId(9);
        let used = [
            (SimState::InUse { line, given: None }, SimRefusal::InUse),
            (SimState::Reserved { line, given: None }, SimRefusal::Reserved),
            (SimState::Ended { at: vocabulary::Timestamp::EPOCH }, SimRefusal::Ended),
        ];
        for (state, refusal) in used {
            let mut one = stock(state, None);
            assert_eq!(one.give(customer(4, None)), Err(StockRefusal::Sim(refusal)));
            assert_eq!(one.give(Receiver::Reseller(NEAR)), Err(StockRefusal::Sim(refusal)));
            assert_eq!(one.release(Keeper::Operator), Err(StockRefusal::Sim(refusal)));
            assert_eq!(one, stock(state, None));
        }
    }
}
