//! What mails say of invoices: that there is a new one (CUS-08), that one is not paid, and what comes of it (BIL-09).

use super::{Way, Words, Writer, key};
use crate::{locale::grouped, split_profiles};
use operations::{
    bill_run::tell::{InvoiceTold, ToldPayment},
    dunning::{DunningStep, DunningTold},
    split_bill::SplitTold,
};
use vocabulary::Cents;

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

    /// What an employer pays of a line from which day on, and the way to the invoices of who pays the rest.
    pub(super) fn split_bill(&self, told: &SplitTold) -> Words {
        let text = |key| self.locale.text(key);
        let lead = if told.paid.is_some() { key!("mail-split-bill") } else { key!("mail-split-bill-over") };
        let number = told.number.parse().map_or_else(|_| told.number.clone(), |number| grouped(number, &self.brand.plan));
        let paid = told.paid.as_ref().map(|paid| split_profiles::words(self.locale, paid)).unwrap_or_default();
        let facts = [
            (text(key!("mail-line")), number),
            (text(key!("mail-split-paid")), paid),
            (text(key!("mail-split-since")), self.day(&told.since)),
        ];
        let facts = facts.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let lasts = text(key!("mail-told-sign-in")).to_owned();
        let way = Way { button: text(key!("mail-split-button")), link: told.link.clone(), lasts };
        let not_you = format!("{} {}", text(key!("mail-split-question")), self.call_us(key!("mail-access-question")));
        Words { lead: self.with(lead, &told.customer), facts, qr: None, steps: Vec::new(), way: Some(way), not_you }
    }

    /// What is late, what it costs besides, what comes next, and the way to pay; or that all is well again.
    pub(super) fn dunned(&self, told: &DunningTold) -> Words {
        let text = |key| self.locale.text(key);
        let money = |amount: Cents| self.locale.money(amount.money());
        let lead = match told.step {
            Some(DunningStep::Reminder) => self.branded(key!("mail-dunning-reminder")),
            Some(DunningStep::SecondReminder) => self.branded(key!("mail-dunning-second-reminder")),
            Some(DunningStep::Restriction) => self.branded(key!("mail-dunning-restriction")),
            Some(DunningStep::Suspension) => self.branded(key!("mail-dunning-suspension")),
            None => self.branded(key!("mail-dunning-over")),
        };
        let next = told.next.as_ref().map(|(step, day)| {
            let key = match step {
                DunningStep::Reminder | DunningStep::SecondReminder => key!("mail-dunning-next-reminder"),
                DunningStep::Restriction => key!("mail-dunning-next-restriction"),
                DunningStep::Suspension => key!("mail-dunning-next-suspension"),
            };
            self.with(key, &self.day(day))
        });
        let mut facts = Vec::new();
        if !told.account.is_empty() {
            facts.push((text(key!("mail-bill-account")), told.account.clone()));
        }
        for (number, open, due) in &told.items {
            let values = [("number", number.as_str().into()), ("amount", money(*open).into()), ("day", self.day(due).into())];
            facts.push((text(key!("mail-bill-invoice")), self.locale.text_with("mail-dunning-item", values)));
        }
        if told.fee.is_positive() {
            facts.push((text(key!("mail-dunning-fee")), money(told.fee)));
        }
        let all = told.late + told.fee;
        if all.is_positive() {
            facts.push((text(key!("mail-dunning-late")), money(all)));
        }
        let way = told.step.map(|_| Way {
            button: text(key!("mail-dunning-button")),
            link: told.link.clone(),
            lasts: text(key!("mail-told-sign-in")).to_owned(),
        });
        let lead = next.map_or_else(|| lead.clone(), |next| format!("{lead} {next}"));
        Words { lead, facts, qr: None, steps: Vec::new(), way, not_you: self.call_us(key!("mail-access-question")) }
    }
}
