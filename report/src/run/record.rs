//! An impression as bytes. Small numbers and differences to the id's own time take a byte or a few:
//! a year of impressions fits where a month would otherwise.

use super::varint::{Reader, Writer};
use crate::fold::{Asked, Folded, Key, Latest, Seqs};
use crate::names::{ContextKey, SessionKey, SubjectKey, VisitorKey};

/// What is wanted of the texts; the rest is passed over and left empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) answers: bool,
    pub(crate) attributes: bool,
}

const AUTOMATED: u64 = 1;
const ANSWERED: u64 = 1 << 1;
const COMPLETE: u64 = 1 << 2;
const DISMISSED: u64 = 1 << 3;
const CONTACT: u64 = 1 << 4;
const SHOWN: u64 = 1 << 5;
const SCORED: u64 = 1 << 6;
const SCORE: u64 = 1 << 7;
const COMMENT: u64 = 1 << 8;
const CHOICE: u64 = 1 << 9;
const CHOICES: u64 = 1 << 10;
const VISIT: u64 = 1 << 11;
const VISITOR: u64 = 1 << 12;
const LARGE_SEQS: u64 = 1 << 13;
const OVER_QUOTA: u64 = 1 << 14;
const SESSION: u64 = 1 << 15;

/// Appends an impression. Survey and circumstances are written as their places in the run's tables.
pub(super) fn write(out: &mut Vec<u8>, key: &Key, folded: &Folded, subject: u64, context: u64) {
    let mut out = Writer { out };
    let base = id_time(key.id);
    out.id(key.id);
    out.number(flags(key, folded));
    out.number(subject);
    out.number(context);
    out.number(u64::from(folded.lines));
    out.number(folded.seqs.small);
    out.difference(folded.received, base);
    out.number(u64::from(folded.asked.seq));
    out.difference(folded.asked.received, folded.received);
    out.difference(folded.asked.at, base);
    if key.visitor != VisitorKey::of(None) {
        out.hash(key.visitor.0);
    }
    if let Some(visit) = folded.asked.visit {
        out.number(u64::from(visit));
    }
    if let Some(session) = folded.asked.session {
        out.hash(session.0);
    }
    out.number(u64::from(folded.asked.pages));
    for moment in [folded.shown, folded.scored].into_iter().flatten() {
        out.difference(moment, base);
    }
    if let Some(score) = folded.score {
        out.number(u64::from(score.answer));
        out.number(u64::from(score.seq));
        out.difference(score.received, folded.received);
    }
    if !folded.seqs.large.is_empty() {
        out.number(folded.seqs.large.len() as u64);
        for seq in &folded.seqs.large {
            out.number(u64::from(*seq));
        }
    }
    out.text(&folded.asked.attributes);
    for said in [&folded.comment, &folded.choice, &folded.choices]
        .into_iter()
        .flatten()
    {
        out.number(u64::from(said.seq));
        out.difference(said.received, folded.received);
        out.text(&said.answer);
    }
}

/// Reads the impression at the start of `bytes`; `None` if they are not what [`write`] wrote.
pub(super) fn read(
    bytes: &mut Reader<'_>,
    wanted: Wanted,
    subjects: &[SubjectKey],
    contexts: &[ContextKey],
) -> Option<(Key, Folded)> {
    let id = bytes.id()?;
    let base = id_time(id);
    let flags = bytes.number()?;
    let has = |flag| flags & flag != 0;
    let subject = *subjects.get(usize::try_from(bytes.number()?).ok()?)?;
    let context = *contexts.get(usize::try_from(bytes.number()?).ok()?)?;
    let lines = bytes.small()?;
    let small = bytes.number()?;
    let received = bytes.difference(base)?;
    let asked_seq = bytes.small()?;
    let asked_received = bytes.difference(received)?;
    let asked_at = bytes.difference(base)?;
    let visitor = VisitorKey(bytes.if_there(has(VISITOR), Reader::hash)?.unwrap_or(0));
    let visit = bytes.if_there(has(VISIT), Reader::small)?;
    let session = bytes.if_there(has(SESSION), Reader::hash)?.map(SessionKey);
    let pages = bytes.small()?;
    let shown = bytes.if_there(has(SHOWN), |bytes| bytes.difference(base))?;
    let scored = bytes.if_there(has(SCORED), |bytes| bytes.difference(base))?;
    let score = bytes.if_there(has(SCORE), |bytes| {
        let answer = u8::try_from(bytes.number()?).ok()?;
        let seq = bytes.small()?;
        Some(Latest::new((seq, bytes.difference(received)?), answer))
    })?;
    let large = bytes.if_there(has(LARGE_SEQS), |bytes| {
        let count = bytes.number()?;
        (0..count).map(|_| bytes.small()).collect()
    })?;
    let attributes = bytes.text(wanted.attributes)?;
    let mut said = |flag| {
        bytes.if_there(has(flag), |bytes| {
            let seq = bytes.small()?;
            let received = bytes.difference(received)?;
            Some(Latest::new((seq, received), bytes.text(wanted.answers)?))
        })
    };
    let (comment, choice, choices) = (said(COMMENT)?, said(CHOICE)?, said(CHOICES)?);
    let key = Key {
        id,
        subject,
        automated: has(AUTOMATED),
        visitor,
    };
    let folded = Folded {
        lines,
        seqs: Seqs {
            small,
            large: large.unwrap_or_default(),
        },
        received,
        shown,
        scored,
        answered: has(ANSWERED),
        complete: has(COMPLETE),
        over_quota: has(OVER_QUOTA),
        dismissed: has(DISMISSED),
        contact: has(CONTACT),
        score,
        comment,
        choice,
        choices,
        asked: Asked {
            seq: asked_seq,
            received: asked_received,
            context,
            visit,
            session,
            pages,
            attributes,
            at: asked_at,
        },
    };
    Some((key, folded))
}

fn flags(key: &Key, folded: &Folded) -> u64 {
    [
        (AUTOMATED, key.automated),
        (ANSWERED, folded.answered),
        (COMPLETE, folded.complete),
        (OVER_QUOTA, folded.over_quota),
        (DISMISSED, folded.dismissed),
        (CONTACT, folded.contact),
        (SHOWN, folded.shown.is_some()),
        (SCORED, folded.scored.is_some()),
        (SCORE, folded.score.is_some()),
        (COMMENT, folded.comment.is_some()),
        (CHOICE, folded.choice.is_some()),
        (CHOICES, folded.choices.is_some()),
        (SESSION, folded.asked.session.is_some()),
        (VISIT, folded.asked.visit.is_some()),
        (VISITOR, key.visitor != VisitorKey::of(None)),
        (LARGE_SEQS, !folded.seqs.large.is_empty()),
    ]
    .into_iter()
    .filter(|(_, is)| *is)
    .fold(0, |flags, (flag, _)| flags | flag)
}

/// A UUID of version 7 begins with its time in milliseconds; here in microseconds.
fn id_time(id: u128) -> i64 {
    (id >> 80) as i64 * 1_000
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = Box<str>> {
        "[a-zé]{0,9}".prop_map(Into::into)
    }

    fn latest<T: std::fmt::Debug>(
        answer: impl Strategy<Value = T>,
    ) -> impl Strategy<Value = Option<Latest<T>>> {
        let latest = (any::<u32>(), any::<i64>(), answer)
            .prop_map(|(seq, received, answer)| Latest::new((seq, received), answer));
        proptest::option::of(latest)
    }

    fn any_folded() -> impl Strategy<Value = (Key, Folded)> {
        let key = (any::<u128>(), 0..3_u64, any::<bool>(), 0..2_u64);
        let marks = any::<[bool; 5]>();
        let moments = (any::<i64>(), any::<Option<i64>>(), any::<Option<i64>>());
        let seqs = (any::<u64>(), proptest::collection::vec(64..u32::MAX, 0..3));
        let said = (latest(text()), latest(text()), latest(text()));
        let asked = (
            any::<u32>(),
            any::<i64>(),
            0..3_u64,
            any::<Option<u32>>(),
            (any::<Option<u64>>(), any::<u32>()),
            text(),
            any::<i64>(),
        );
        (
            key,
            marks,
            moments,
            seqs,
            latest(any::<u8>()),
            said,
            asked,
            any::<u32>(),
        )
            .prop_map(|(key, marks, moments, seqs, score, said, asked, lines)| {
                let key = Key {
                    id: key.0,
                    subject: SubjectKey(key.1),
                    automated: key.2,
                    visitor: VisitorKey(key.3 * u64::MAX),
                };
                let folded = Folded {
                    lines,
                    seqs: Seqs {
                        small: seqs.0,
                        large: seqs.1,
                    },
                    received: moments.0,
                    shown: moments.1,
                    scored: moments.2,
                    answered: marks[0],
                    complete: marks[1],
                    dismissed: marks[2],
                    contact: marks[3],
                    over_quota: marks[4],
                    score,
                    comment: said.0,
                    choice: said.1,
                    choices: said.2,
                    asked: Asked {
                        seq: asked.0,
                        received: asked.1,
                        context: ContextKey(asked.2),
                        visit: asked.3,
                        session: asked.4.0.map(SessionKey),
                        pages: asked.4.1,
                        attributes: asked.5,
                        at: asked.6,
                    },
                };
                (key, folded)
            })
    }

    const ALL: Wanted = Wanted {
        answers: true,
        attributes: true,
    };

    fn read_back(bytes: &[u8], wanted: Wanted) -> Option<(Key, Folded)> {
        let subjects = [0, 1, 2].map(SubjectKey);
        let contexts = [0, 1, 2].map(ContextKey);
        read(&mut Reader { bytes }, wanted, &subjects, &contexts)
    }

    proptest! {
        #[test]
        fn what_was_written_is_read((key, mut folded) in any_folded()) {
            let mut bytes = Vec::new();
            write(&mut bytes, &key, &folded, key.subject.0, folded.asked.context.0);
            prop_assert_eq!(read_back(&bytes, ALL), Some((key, folded.clone())));
            for end in 0..bytes.len() {
                prop_assert_eq!(read_back(&bytes[..end], ALL), None);
            }
            folded.asked.attributes = "".into();
            for said in [&mut folded.comment, &mut folded.choice, &mut folded.choices] {
                *said = said.take().map(|said| Latest { answer: "".into(), ..said });
            }
            let none = Wanted { answers: false, attributes: false };
            prop_assert_eq!(read_back(&bytes, none), Some((key, folded)));
        }

        #[test]
        fn any_bytes_are_refused_or_read_and_nothing_worse(bytes in proptest::collection::vec(any::<u8>(), 0..99)) {
            let _ = read_back(&bytes, ALL);
        }
    }
}
