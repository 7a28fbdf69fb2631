//! What mails say of invoices: that there is a new one (CUS-08).

use super::{Way, Words, Writer, key};
use operations::bill_run::tell::{InvoiceTold, ToldPayment};

impl Writer<'_> {
    /// Number, date, amount, by when and how it is paid, and the way to the invoice.
    pub(super) fn invoice_issued(&self, told: &InvoiceTold) -> Words {
        let text = |key| self.locale.text(key);
        let (lead, number, button) = if told.is_credit_note {
            (key!("mail-credit-note-issued"), key!("mail-bill-credit-note"), key!("mail-bill-credit-note-button"))
        } else {
            (key!("mail-invoice-issued"), key!("mail-bill-invoice"), key!("mail-bill-invoice-button"))
        };
        let mut facts = vec![(text(number), told.number.clone())];
        if !told.account.is_empty() {
            facts.push((text(key!("mail-bill-account")), told.account.clone()));
        }
        facts.push((text(key!("mail-bill-issued")), self.day(&told.issued)));
        facts.push((text(key!("mail-bill-amount")), self.locale.money(told.amount.money())));
        match &told.pay {
            ToldPayment::By(day) => facts.push((text(key!("mail-bill-due")), self.day(day))),
            ToldPayment::Debited(day) => facts.push((text(key!("mail-bill-debited")), self.day(day))),
            ToldPayment::Nothing => {}
        }
        let lead = match told.pay {
            ToldPayment::Nothing if !told.is_credit_note => {
                format!("{} {}", self.branded(lead), text(key!("mail-bill-nothing")))
            }
            _ => self.branded(lead),
        };
        let way = Way { button: text(button), link: told.link.clone(), lasts: text(key!("mail-told-sign-in")).to_owned() };
        let not_you = self.call_us(key!("mail-access-question"));
        Words { lead, facts, qr: None, steps: Vec::new(), way: Some(way), not_you }
    }
}
