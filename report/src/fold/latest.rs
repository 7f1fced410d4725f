//! The answer in force to one question.

/// An answer and what decides between two of them: the highest sequence number, then the later
/// receipt. The answer itself comes last, so that even contradicting lines have one outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Latest<T> {
    pub(crate) seq: u32,
    /// Microseconds since 1970.
    pub(crate) received: i64,
    pub(crate) answer: T,
}

impl<T> Latest<T> {
    pub(crate) fn new((seq, received): (u32, i64), answer: T) -> Self {
        Self {
            seq,
            received,
            answer,
        }
    }
}

impl Latest<Box<str>> {
    /// Puts `answer` in force if it is later than what is; only then is it copied.
    pub(super) fn hear(held: &mut Option<Self>, order: (u32, i64), answer: Option<&str>) {
        let Some(answer) = answer else {
            return;
        };
        let is_later = held.as_ref().is_none_or(|held| {
            (held.seq, held.received, &*held.answer) < (order.0, order.1, answer)
        });
        if is_later {
            *held = Some(Self::new(order, answer.into()));
        }
    }
}
