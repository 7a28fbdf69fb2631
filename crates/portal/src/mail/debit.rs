//! Letters about direct debits, and about whom invoices are told to (CUS-08, BIL-08).

use super::{Words, Writer, key};
use operations::mail::Letter;
use vocabulary::Cents;

impl Writer<'_> {
    /// What such a letter says: to who may not have done it, whom to call at once; else whom to ask.
    pub(super) fn debit(&self, letter: &Letter) -> Words {
        let mut facts: Vec<(&'static str, String)> = Vec::new();
        let (lead, question) = match letter {
            Letter::DebitChanged { account, before, after, reference, creditor, at } => {
                let (lead, to) = match (before.is_empty(), after.is_empty()) {
                    (true, _) => (key!("mail-debit-begun"), key!("mail-debit-iban")),
                    (false, false) => (key!("mail-debit-changed"), key!("mail-debit-after")),
                    (false, true) => (key!("mail-debit-ended"), key!("mail-debit-after")),
                };
                facts.extend([
                    (self.locale.text(key!("mail-debit-account")), account.clone()),
                    (self.locale.text(key!("mail-debit-before")), before.clone()),
                    (self.locale.text(to), after.clone()),
                    (self.locale.text(key!("mail-debit-mandate")), reference.clone()),
                    (self.locale.text(key!("mail-debit-creditor")), creditor.clone()),
                    self.when(*at),
                ]);
                (lead, key!("mail-changed-not-you"))
            }
            Letter::DebitAnnounced { number, amount, day, iban, reference, creditor } => {
                facts.extend(self.debited(number, *amount, day));
                facts.extend([
                    (self.locale.text(key!("mail-debit-iban")), iban.clone()),
                    (self.locale.text(key!("mail-debit-mandate")), reference.clone()),
                    (self.locale.text(key!("mail-debit-creditor")), creditor.clone()),
                ]);
                (key!("mail-debit-announced"), key!("mail-access-question"))
            }
            Letter::DebitCameBack { numbers, amount, day } => {
                facts.extend(self.debited(numbers, *amount, day));
                let lead = if day.is_empty() { key!("mail-debit-pay-otherwise") } else { key!("mail-debit-once-more") };
                (lead, key!("mail-access-question"))
            }
            Letter::InvoicesElsewhere { account, to, at } => {
                facts.extend([
                    (self.locale.text(key!("mail-debit-account")), account.clone()),
                    (self.locale.text(key!("mail-new-address")), to.clone()),
                    self.when(*at),
                ]);
                let lead = if to.is_empty() { key!("mail-invoices-nowhere") } else { key!("mail-invoices-elsewhere") };
                (lead, key!("mail-changed-not-you"))
            }
            _ => (key!("mail-test"), key!("mail-access-question")),
        };
        facts.retain(|(_, value)| !value.is_empty());
        let not_you = self.call_us(question);
        Words { lead: self.branded(lead), facts, qr: None, steps: Vec::new(), way: None, not_you }
    }

    /// What is debited, and when, where that is known.
    fn debited(&self, numbers: &str, amount: Cents, day: &str) -> [(&'static str, String); 3] {
        let day = if day.is_empty() { String::new() } else { self.day(day) };
        [
            (self.locale.text(key!("mail-debit-invoice")), numbers.to_owned()),
            (self.locale.text(key!("mail-debit-amount")), self.locale.money(amount.money())),
            (self.locale.text(key!("mail-debit-on")), day),
        ]
    }
}
