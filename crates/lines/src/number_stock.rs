//! In whose stock a number is, and what giving and taking back makes of it (RES-07). What an order makes of a number is `number`'s.

use crate::{Keeper, Number, NumberRefusal, NumberState, Receiver};
use vocabulary::{CustomerId, ResellerId};

/// A number, and who may have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberStock {
    /// The number.
    pub number: Number,
    /// In whose stock it is; `None` for the operator's own.
    pub reseller: Option<ResellerId>,
    /// To whom it is given.
    pub customer: Option<CustomerId>,
}

/// Why a number cannot be given or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberStockRefusal {
    /// What became of it.
    #[error(transparent)]
    Number(#[from] NumberRefusal),
    /// Another customer has it.
    #[error("the number is given to another customer")]
    NotTheirs,
    /// It is in the stock of another.
    #[error("the number is in the stock of another reseller")]
    OtherStock,
}

impl NumberStock {
    /// Gives a number that nobody has. To who has it already changes nothing.
    ///
    /// # Errors
    /// Why it cannot be given.
    pub fn give(&mut self, to: Receiver) -> Result<(), NumberStockRefusal> {
        self.number.refuse_unless_free()?;
        let (reseller, customer) = match to {
            Receiver::Reseller(reseller) => (Some(reseller), None),
            Receiver::Customer { customer, reseller } => (reseller, Some(customer)),
        };
        if self.customer.is_some() && self.customer != customer {
            return Err(NumberStockRefusal::NotTheirs);
        }
        if self.reseller.is_some() && self.reseller != reseller {
            return Err(NumberStockRefusal::OtherStock);
        }
        (self.reseller, self.customer) = (reseller, customer);
        Ok(())
    }

    /// Takes a number back, one step up. What is in the keeper's stock already stays as it is.
    ///
    /// # Errors
    /// When an order or a line has it, or had it.
    pub fn release(&mut self, by: Keeper) -> Result<(), NumberStockRefusal> {
        self.number.refuse_unless_free()?;
        if self.customer.take().is_none() && by == Keeper::Operator {
            self.reseller = None;
        }
        Ok(())
    }

    /// Is it free, and nobody's but its stock's?
    pub const fn is_free(&self) -> bool {
        matches!(self.number.state, NumberState::Free) && self.customer.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::{LineId, PortingId, Timestamp};

    const NEAR: ResellerId = ResellerId(1);
    const FAR: ResellerId = ResellerId(2);

    fn stock(state: NumberState) -> NumberStock {
        let number = "+33639980011".parse().expect("a number");
        NumberStock { number: Number { number, state }, reseller: None, customer: None }
    }

    fn customer(id: i64, reseller: Option<ResellerId>) -> Receiver {
        Receiver::Customer { customer: CustomerId(id), reseller }
    }

    /// RES-07: a number goes from the operator to a reseller to its customer and back, one step at a time, and to nobody else meanwhile.
    #[test]
    fn a_number_goes_down_the_tree_and_back() {
        let mut one = stock(NumberState::Free);
        one.give(Receiver::Reseller(NEAR)).expect("it is free");
        assert_eq!(one.give(Receiver::Reseller(FAR)), Err(NumberStockRefusal::OtherStock));
        assert_eq!(one.give(customer(5, None)), Err(NumberStockRefusal::OtherStock));
        one.give(customer(4, Some(NEAR))).expect("the reseller's own customer");
        let given = one.clone();
        one.give(customer(4, Some(NEAR))).expect("again changes nothing");
        assert_eq!(one, given);
        assert!(!one.is_free());
        assert_eq!(one.give(customer(6, Some(NEAR))), Err(NumberStockRefusal::NotTheirs));
        assert_eq!(one.give(Receiver::Reseller(NEAR)), Err(NumberStockRefusal::NotTheirs));
        one.release(Keeper::Operator).expect("it was given");
        assert_eq!((one.reseller, one.customer), (Some(NEAR), None), "back where it came from");
        one.release(Keeper::Reseller).expect("it stays");
        assert_eq!(one.reseller, Some(NEAR), "a reseller gives nothing back by itself");
        one.release(Keeper::Operator).expect("it is free");
        assert_eq!(one, stock(NumberState::Free));
    }

    /// MOB-62: what a line or an order has, or had, is neither given nor taken back.
    #[test]
    fn what_is_used_or_was_stays_where_it_is() {
        let (line, porting, at) = (LineId(9), PortingId(3), Timestamp::EPOCH);
        let used = [
            (NumberState::Reserved { line }, NumberRefusal::Taken),
            (NumberState::InUse { line }, NumberRefusal::Taken),
            (NumberState::PortingIn { line, porting }, NumberRefusal::BeingPorted),
            (NumberState::PortingOut { line, porting }, NumberRefusal::BeingPorted),
            (NumberState::Quarantined { until: at }, NumberRefusal::Quarantined),
            (NumberState::Gone { at }, NumberRefusal::Gone),
        ];
        for (state, refusal) in used {
            let mut one = stock(state);
            assert_eq!(one.give(customer(4, None)), Err(NumberStockRefusal::Number(refusal)));
            assert_eq!(one.give(Receiver::Reseller(NEAR)), Err(NumberStockRefusal::Number(refusal)));
            assert_eq!(one.release(Keeper::Operator), Err(NumberStockRefusal::Number(refusal)));
            assert_eq!(one, stock(state));
        }
    }
}
