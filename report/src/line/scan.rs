//! The short cut through a line as the collector writes it: one pass, nothing copied.
//!
//! It either reads exactly what serde_json would, or gives up: on white space, escapes, `null`,
//! repeated fields, values of another kind, and whatever is not JSON. Then serde_json reads the
//! line, and says what is wrong if something is.

use survey::metric::Metric;

use super::Text;
use super::name::Name;
use super::stored::{Answers, Page, Session, Stored, Type};

/// Deeper values are left to serde_json, which has a limit of its own.
const DEPTH_MAX: u8 = 32;

struct Scan<'a> {
    text: &'a str,
    at: usize,
}

/// Reads the line into `line`, if it is one that can be read in one pass.
pub(super) fn stored<'a>(text: &'a str, line: &mut Stored<'a>) -> Option<()> {
    if !is_plain(text.as_bytes()) {
        return None;
    }
    let mut scan = Scan { text, at: 0 };
    let mut kind = None;
    let mut flags = [None; 4];
    scan.object(|scan, name| match name {
        Name::TYPE => once(&mut kind, scan.kind()?),
        Name::ID => once(&mut line.id, scan.text()?),
        Name::SEQ => once(&mut line.seq, scan.number()?),
        Name::SURVEY => once(&mut line.survey, scan.text()?),
        Name::SITE => once(&mut line.site, scan.text()?),
        Name::METRIC => once(&mut line.metric, Metric::named(scan.string()?)?),
        Name::SCORE => once(&mut line.score, u8::try_from(scan.number()?).ok()?),
        Name::ANSWERS => {
            let answers = scan.answers()?;
            once(&mut line.answers, answers)
        }
        Name::COMPLETE => once(&mut flags[0], scan.flag()?),
        Name::CONTACT => once(&mut flags[1], scan.flag()?),
        Name::AUTOMATED => once(&mut flags[2], scan.flag()?),
        Name::OVER_QUOTA => once(&mut flags[3], scan.flag()?),
        Name::TRIGGER => once(&mut line.trigger, scan.text()?),
        Name::SIGNAL => once(&mut line.signal, scan.text()?),
        Name::AT => once(&mut line.at, scan.text()?),
        Name::CHANNEL => once(&mut line.channel, scan.text()?),
        Name::PAGE => {
            let page = scan.page()?;
            once(&mut line.page, page)
        }
        Name::DEVICE => once(&mut line.device, scan.text()?),
        Name::LANGUAGE => once(&mut line.language, scan.text()?),
        Name::VISITOR => once(&mut line.visitor, scan.text()?),
        Name::SESSION => {
            let session = scan.session()?;
            once(&mut line.session, session)
        }
        Name::ATTRIBUTES => once(&mut line.attributes, scan.raw()?),
        Name::NAME => once(&mut line.name, scan.text()?),
        Name::PROPS => once(&mut line.props, scan.raw()?),
        Name::RECEIVED_AT => once(&mut line.received_at, scan.text()?),
        _ => scan.skip(0),
    })?;
    let flags = flags.map(Option::unwrap_or_default);
    [line.complete, line.contact, line.automated, line.over_quota] = flags;
    line.r#type = kind?;
    (scan.at == text.len()).then_some(())
}

/// serde refuses a field that is there twice, and says so.
fn once<T>(field: &mut Option<T>, value: T) -> Option<()> {
    field.replace(value).is_none().then_some(())
}

impl<'a> Scan<'a> {
    fn object(&mut self, mut field: impl FnMut(&mut Self, Name) -> Option<()>) -> Option<()> {
        self.expect(b'{')?;
        loop {
            let name = self.name()?;
            self.expect(b':')?;
            field(self, name)?;
            match self.byte()? {
                b',' => {}
                b'}' => return Some(()),
                _ => return None,
            }
        }
    }

    fn name(&mut self) -> Option<Name> {
        let next = self.bytes().get(self.at + 1..)?.first_chunk();
        match next.and_then(|sixteen| Name::quoted(*sixteen)) {
            Some((name, length)) => {
                self.expect(b'"')?;
                self.at += length + 1;
                Some(name)
            }
            None => self.string().map(Name::of),
        }
    }

    fn kind(&mut self) -> Option<Type> {
        Some(match self.string()? {
            "impression" => Type::Impression,
            "response" => Type::Response,
            "dismissal" => Type::Dismissal,
            "event" => Type::Event,
            _ => return None,
        })
    }

    fn answers(&mut self) -> Option<Answers<'a>> {
        let mut answers = Answers::default();
        self.object(|scan, name| match name {
            Name::COMMENT => once(&mut answers.comment, scan.text()?),
            Name::CHOICE => once(&mut answers.choice, scan.text()?),
            Name::CHOICES => once(&mut answers.choices, scan.raw()?),
            _ => scan.skip(0),
        })?;
        Some(answers)
    }

    fn page(&mut self) -> Option<Page<'a>> {
        let mut path = None;
        self.object(|scan, name| match name {
            Name::PATH => once(&mut path, scan.text()?),
            _ => scan.skip(0),
        })?;
        Some(Page { path: path? })
    }

    fn session(&mut self) -> Option<Session<'a>> {
        let mut session = Session::default();
        self.object(|scan, name| match name {
            Name::PAGES => once(&mut session.pages, scan.number()?),
            Name::VISIT => once(&mut session.visit, scan.number()?),
            Name::ID => once(&mut session.id, scan.text()?),
            _ => scan.skip(0),
        })?;
        Some(session)
    }

    fn text(&mut self) -> Option<Text<'a>> {
        self.string().map(Text::from)
    }

    /// A whole value as it is written.
    fn raw(&mut self) -> Option<&'a str> {
        let start = self.at;
        self.skip(0)?;
        self.text.get(start..self.at)
    }

    /// Passes over a value.
    fn skip(&mut self, depth: u8) -> Option<()> {
        match *self.bytes().get(self.at)? {
            b'"' => self.string().map(drop),
            b'{' if depth < DEPTH_MAX => {
                if self.word("{}").is_some() {
                    return Some(());
                }
                self.object(|scan, _| scan.skip(depth + 1))
            }
            b'[' if depth < DEPTH_MAX => self.skip_array(depth),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'0'..=b'9' | b'-' => self.skip_number(),
            _ => None,
        }
    }

    fn skip_array(&mut self, depth: u8) -> Option<()> {
        self.expect(b'[')?;
        if self.word("]").is_some() {
            return Some(());
        }
        loop {
            self.skip(depth + 1)?;
            match self.byte()? {
                b',' => {}
                b']' => return Some(()),
                _ => return None,
            }
        }
    }

    /// Digits and at most one point between them; signs and exponents are rare.
    fn skip_number(&mut self) -> Option<()> {
        self.digits()?;
        if self.word(".").is_some() {
            let start = self.at;
            self.at += self.count_digits();
            (self.at > start).then_some(())?;
        }
        (!matches!(self.bytes().get(self.at), Some(b'e' | b'E'))).then_some(())
    }

    /// A whole number of at most nine digits.
    fn number(&mut self) -> Option<u32> {
        let digits = self.digits()?;
        let goes_on = matches!(self.bytes().get(self.at), Some(b'.' | b'e' | b'E'));
        (digits.len() <= 9 && !goes_on).then(|| {
            digits
                .bytes()
                .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
        })
    }

    /// `0`, or digits that do not begin with it.
    fn digits(&mut self) -> Option<&'a str> {
        let length = self.count_digits();
        let digits = self.text.get(self.at..self.at + length)?;
        let is_number = length > 0 && (length == 1 || !digits.starts_with('0'));
        self.at += length;
        is_number.then_some(digits)
    }

    fn count_digits(&self) -> usize {
        let rest = self.bytes().get(self.at..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    fn flag(&mut self) -> Option<bool> {
        match self.bytes().get(self.at)? {
            b't' => self.word("true").map(|()| true),
            _ => self.word("false").map(|()| false),
        }
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let rest = self.bytes().get(self.at..)?;
        rest.starts_with(word.as_bytes())
            .then(|| self.at += word.len())
    }

    /// A string; none has escapes in it, see [`is_plain`].
    fn string(&mut self) -> Option<&'a str> {
        self.expect(b'"')?;
        let start = self.at;
        self.at += bytes_before_quote(self.bytes().get(start..)?);
        let text = self.text.get(start..self.at)?;
        self.expect(b'"')?;
        Some(text)
    }

    fn expect(&mut self, wanted: u8) -> Option<()> {
        (self.byte()? == wanted).then_some(())
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes().get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }
}

/// Is this free of escapes, and of the bytes that JSON forbids in a string? Looked at all at once, since a
/// loop without a way out is one the compiler takes many bytes a step through.
fn is_plain(text: &[u8]) -> bool {
    text.iter().fold(true, |plain, &byte| {
        plain & (byte >= 0x20) & (byte != b'\\')
    })
}

/// How many bytes come before the first quotation mark.
fn bytes_before_quote(bytes: &[u8]) -> usize {
    let (sixteens, rest) = bytes.as_chunks::<16>();
    for (place, sixteen) in sixteens.iter().enumerate() {
        let before = before_quote(*sixteen);
        if before < 16 {
            return place * 16 + before;
        }
    }
    sixteens.len() * 16 + rest.iter().take_while(|byte| **byte != b'"').count()
}

/// How many of these bytes come before a quotation mark; 16 where there is none. All are looked at together
/// (Anderson, Bit Twiddling Hacks, 'Determine if a word has a byte equal to n'): the lowest bit found is in
/// the first mark, those above it may mislead.
pub(super) const fn before_quote(sixteen: [u8; 16]) -> usize {
    const EACH: u128 = u128::MAX / 0xff;
    let others = u128::from_le_bytes(sixteen) ^ (EACH * b'"' as u128);
    let found = others.wrapping_sub(EACH) & !others & (EACH << 7);
    found.trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests;
