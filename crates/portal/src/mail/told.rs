//! What a mail says of something that was done to lines or to an order, to who wants to be told (RES-10).

use super::{Way, Words, Writer, key, subject};
use crate::locale::grouped;
use operations::mail::Letter;

impl Writer<'_> {
    /// Each fact that is there, the way to the line or the order, and the way to choose otherwise.
    pub(super) fn told(&self, letter: &Letter) -> Words {
        let text = |key| self.locale.text(key);
        let mut words =
            Words { lead: String::new(), facts: Vec::new(), qr: None, steps: Vec::new(), way: None, not_you: String::new() };
        let Letter::LineTold { what, lines, number, user, party, by, detail, at, effect, link, order, choose } = letter else {
            return words;
        };
        let is_of_orders = what.is_of_orders();
        words.lead = self.branded(if is_of_orders { key!("mail-told-order") } else { key!("mail-told") });
        let number = number.parse().map_or_else(|_| number.clone(), |number| grouped(number, &self.brand.plan));
        let effect = effect.map(|effect| self.locale.full_moment(effect, &self.brand.zone)).unwrap_or_default();
        let facts = [
            (text(key!("mail-told-what")), subject(self.locale, "", what.template()).unwrap_or_default()),
            (text(key!("mail-line")), number),
            (text(key!("mail-told-lines")), if *lines > 1 { self.locale.count(*lines) } else { String::new() }),
            (text(key!("mail-told-user")), user.clone()),
            (text(key!("mail-told-party")), party.clone()),
            (text(key!("mail-told-detail")), detail.clone()),
            (text(key!("mail-told-by")), by.clone()),
            self.when(*at),
            (text(key!("mail-effect")), effect),
            (text(key!("mail-told-order-link")), order.clone()),
        ];
        words.facts = facts.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let button = match lines {
            1 => text(key!("mail-told-line-button")),
            _ if is_of_orders => text(key!("mail-told-order-button")),
            _ => text(key!("mail-told-lines-button")),
        };
        words.way = Some(Way { button, link: link.clone(), lasts: text(key!("mail-told-sign-in")).to_owned() });
        words.not_you = self.with(key!("mail-told-choose"), choose);
        words
    }
}
