//! The answers to what was dialled, for as long as it may come again (RFC 3261, part 17.2.1). Where a call goes is asked anew each time and changes
//! nothing; a code that comes late a second time might undo what was dialled since.

use std::{
    collections::{HashMap, VecDeque},
    time::{Duration, Instant},
};

/// So long a request may come again: 64 times half a second.
const KEPT_FOR: Duration = Duration::from_secs(32);
/// So many answers are kept: the oldest is forgotten for the next.
const MOST_KEPT: usize = 2_048;

/// What is known of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// It came first now: whoever asked answers it.
    New,
    /// It is being answered.
    Underway,
    /// It was answered.
    Answered(Vec<u8>),
}

/// The answers by the key of their request.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    answers: HashMap<u64, Option<Vec<u8>>>,
    order: VecDeque<(Instant, u64)>,
}

impl Remembered {
    /// What is known of a request, which is underway from now on if nothing is.
    pub(super) fn ask(&mut self, key: u64, now: Instant) -> Known {
        while let Some((since, oldest)) = self.order.front().copied() {
            if self.order.len() < MOST_KEPT && now.duration_since(since) < KEPT_FOR {
                break;
            }
            self.order.pop_front();
            self.answers.remove(&oldest);
        }
        match self.answers.get(&key) {
            Some(Some(answer)) => Known::Answered(answer.clone()),
            Some(None) => Known::Underway,
            None => {
                self.answers.insert(key, None);
                self.order.push_back((now, key));
                Known::New
            }
        }
    }

    /// The answer to a request. One that is not to be repeated is forgotten: the next try begins anew.
    pub(super) fn answer(&mut self, key: u64, answer: Option<&[u8]>) {
        match (self.answers.get_mut(&key), answer) {
            (Some(kept), Some(answer)) => *kept = Some(answer.to_vec()),
            (Some(_), None) => {
                self.answers.remove(&key);
                self.order.retain(|(_, kept)| *kept != key);
            }
            (None, _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIX-17: what was dialled is answered once for as long as it may come again, and no more answers are kept than there is room for.
    #[test]
    fn answers_are_kept_for_a_while() {
        let (mut remembered, begin) = (Remembered::default(), Instant::now());
        assert_eq!(remembered.ask(1, begin), Known::New);
        assert_eq!(remembered.ask(1, begin), Known::Underway);
        remembered.answer(1, Some(b"done"));
        assert_eq!(remembered.ask(1, begin + KEPT_FOR / 2), Known::Answered(b"done".to_vec()));
        assert_eq!(remembered.ask(1, begin + KEPT_FOR), Known::New);
        remembered.answer(1, None);
        assert_eq!(remembered.ask(1, begin + KEPT_FOR), Known::New);
        for key in 0..10_000 {
            remembered.ask(key, begin + KEPT_FOR);
            remembered.answer(key, Some(b"done"));
        }
        assert!(remembered.answers.len() <= MOST_KEPT && remembered.order.len() <= MOST_KEPT);
        assert_eq!(remembered.ask(9_999, begin + KEPT_FOR), Known::Answered(b"done".to_vec()));
    }
}
