//! The short cut through a line as the collector writes it: one pass, nothing copied.
//!
//! It either reads exactly what serde_json would, or gives up: on white space, escapes, `null`,
//! repeated fields, values of another kind, and whatever is not JSON. Then serde_json reads the
//! line, and says what is wrong if something is.

use survey::metric::Metric;

use super::Text;
use super::stored::{Answers, Page, Session, Stored, Type};

/// Deeper values are left to serde_json, which has a limit of its own.
const DEPTH_MAX: u8 = 32;

struct Scan<'a> {
    text: &'a str,
    at: usize,
}

/// Reads the line into `line`, if it is one that can be read in one pass.
pub(super) fn stored<'a>(text: &'a str, line: &mut Stored<'a>) -> Option<()> {
    let mut scan = Scan { text, at: 0 };
    let mut kind = None;
    let mut flags = [None; 4];
    scan.object(|scan, key| match key {
        "type" => once(&mut kind, scan.kind()?),
        "id" => once(&mut line.id, scan.text()?),
        "seq" => once(&mut line.seq, scan.number()?),
        "survey" => once(&mut line.survey, scan.text()?),
        "site" => once(&mut line.site, scan.text()?),
        "metric" => once(&mut line.metric, Metric::named(scan.string()?)?),
        "score" => once(&mut line.score, u8::try_from(scan.number()?).ok()?),
        "answers" => {
            let answers = scan.answers()?;
            once(&mut line.answers, answers)
        }
        "complete" => once(&mut flags[0], scan.flag()?),
        "contact" => once(&mut flags[1], scan.flag()?),
        "automated" => once(&mut flags[2], scan.flag()?),
        "over_quota" => once(&mut flags[3], scan.flag()?),
        "trigger" => once(&mut line.trigger, scan.text()?),
        "signal" => once(&mut line.signal, scan.text()?),
        "at" => once(&mut line.at, scan.text()?),
        "channel" => once(&mut line.channel, scan.text()?),
        "page" => {
            let page = scan.page()?;
            once(&mut line.page, page)
        }
        "device" => once(&mut line.device, scan.text()?),
        "language" => once(&mut line.language, scan.text()?),
        "visitor" => once(&mut line.visitor, scan.text()?),
        "session" => {
            let session = scan.session()?;
            once(&mut line.session, session)
        }
        "attributes" => once(&mut line.attributes, scan.raw()?),
        "received_at" => once(&mut line.received_at, scan.text()?),
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
    fn object(&mut self, mut field: impl FnMut(&mut Self, &'a str) -> Option<()>) -> Option<()> {
        self.expect(b'{')?;
        loop {
            let key = self.string()?;
            self.expect(b':')?;
            field(self, key)?;
            match self.byte()? {
                b',' => {}
                b'}' => return Some(()),
                _ => return None,
            }
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
        self.object(|scan, key| match key {
            "comment" => once(&mut answers.comment, scan.text()?),
            "choice" => once(&mut answers.choice, scan.text()?),
            "choices" => once(&mut answers.choices, scan.raw()?),
            _ => scan.skip(0),
        })?;
        Some(answers)
    }

    fn page(&mut self) -> Option<Page<'a>> {
        let mut path = None;
        self.object(|scan, key| match key {
            "path" => once(&mut path, scan.text()?),
            _ => scan.skip(0),
        })?;
        Some(Page { path: path? })
    }

    fn session(&mut self) -> Option<Session> {
        let mut visit = None;
        self.object(|scan, key| match key {
            "visit" => once(&mut visit, scan.number()?),
            _ => scan.skip(0),
        })?;
        Some(Session { visit })
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

    /// A string without escapes.
    fn string(&mut self) -> Option<&'a str> {
        self.expect(b'"')?;
        let start = self.at;
        self.at += plain_bytes(self.bytes().get(start..)?);
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

/// How many bytes come before the first quotation mark, backslash or control character: eight are
/// looked at together (Anderson, Bit Twiddling Hacks, 'Determine if a word has a byte less than n').
fn plain_bytes(bytes: &[u8]) -> usize {
    let (eights, rest) = bytes.as_chunks::<8>();
    for (place, eight) in eights.iter().enumerate() {
        let found = ends_of_plain(u64::from_le_bytes(*eight));
        if found != 0 {
            return place * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let plain = |byte: &&u8| **byte >= 0x20 && **byte != b'"' && **byte != b'\\';
    eights.len() * 8 + rest.iter().take_while(plain).count()
}

/// The lowest bit set is in the first byte that ends a plain text; what is set above may mislead.
const fn ends_of_plain(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let quote = eight ^ (EACH * b'"' as u64);
    let backslash = eight ^ (EACH * b'\\' as u64);
    let control = eight.wrapping_sub(EACH * 0x20) & !eight;
    let quote = quote.wrapping_sub(EACH) & !quote;
    let backslash = backslash.wrapping_sub(EACH) & !backslash;
    (control | quote | backslash) & HIGH
}

#[cfg(test)]
mod tests;
