//! Numbers in as few bytes as they need: seven bits a byte, the lowest first (LEB128, as in DWARF
//! and WebAssembly); signed ones folded so that small differences stay small (ZigZag).

pub(crate) struct Writer<'o> {
    pub(crate) out: &'o mut Vec<u8>,
}

pub(crate) struct Reader<'b> {
    /// What is left to be read.
    pub(crate) bytes: &'b [u8],
}

impl Writer<'_> {
    pub(crate) fn id(&mut self, id: u128) {
        self.out.extend(id.to_be_bytes());
    }

    /// A hash has all its bits set as chance will: no number of bytes would be saved.
    pub(crate) fn hash(&mut self, hash: u64) {
        self.out.extend(hash.to_le_bytes());
    }

    pub(crate) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.out.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.out.push(number as u8);
    }

    /// `number`, close to `base`.
    pub(crate) fn difference(&mut self, number: i64, base: i64) {
        let difference = number.wrapping_sub(base);
        self.number(((difference << 1) ^ (difference >> 63)) as u64);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.out.extend(text.as_bytes());
    }
}

impl<'b> Reader<'b> {
    pub(crate) fn id(&mut self) -> Option<u128> {
        let (id, rest) = self.bytes.split_first_chunk::<16>()?;
        self.bytes = rest;
        Some(u128::from_be_bytes(*id))
    }

    pub(crate) fn hash(&mut self) -> Option<u64> {
        let (hash, rest) = self.bytes.split_first_chunk::<8>()?;
        self.bytes = rest;
        Some(u64::from_le_bytes(*hash))
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number that was written from one of 32 bits.
    pub(crate) fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    pub(crate) fn difference(&mut self, base: i64) -> Option<i64> {
        let folded = self.number()?;
        let difference = (folded >> 1) as i64 ^ -((folded & 1) as i64);
        Some(base.wrapping_add(difference))
    }

    /// A text, or an empty one in its place if it is not wanted.
    pub(crate) fn text(&mut self, wanted: bool) -> Option<Box<str>> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        let text: &'b [u8] = if wanted { text } else { &[] };
        std::str::from_utf8(text).ok().map(Into::into)
    }

    /// What `read` finds, if it was written at all; the outer `None` is a failure.
    pub(crate) fn if_there<T>(
        &mut self,
        is_there: bool,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        if is_there {
            read(self).map(Some)
        } else {
            Some(None)
        }
    }
}
