//! CSV (RFC 4180) that a spreadsheet can open without obeying it.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Sink;
use super::columns::{COLUMNS, Cell};
use crate::response::Response;

/// Rows of text, under a header.
pub(super) struct Sheet<W: Write>(csv::Writer<W>);

impl<W: Write> Sheet<W> {
    pub(super) fn new(output: W) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(output);
        writer.write_record(COLUMNS.iter().map(|column| column.name))?;
        Ok(Self(writer))
    }
}

impl<W: Write> Sink for Sheet<W> {
    fn row(&mut self, response: Response) -> io::Result<()> {
        for column in &COLUMNS {
            let field = match (column.cell)(&response) {
                Cell::Text(text) => text.map_or(Cow::Borrowed(""), |text| {
                    harmless(&text).into_owned().into()
                }),
                Cell::Integer(number) => number
                    .map(|number| number.to_string())
                    .unwrap_or_default()
                    .into(),
                Cell::Number(number) => number
                    .map(|number| number.to_string())
                    .unwrap_or_default()
                    .into(),
                Cell::Flag(flag) => flag.to_string().into(),
                Cell::Moment(moment) => moment.to_string().into(),
                Cell::Texts(texts) => harmless(&texts.join("; ")).into_owned().into(),
            };
            self.0.write_field(field.as_ref())?;
        }
        // Without fields of its own it ends the row.
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    fn end(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// What spreadsheets take for the start of a formula, or skip on the way to one; the wide forms too,
/// which some of them fold (OWASP, "CSV Injection").
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Text that would run as a formula gets an apostrophe in front, which shows it as text.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA_STARTS) {
        format!("'{text}").into()
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_text_and_text_stays_as_it_is() {
        let rows = [
            ("=1+1", "'=1+1"),
            ("+49 30 1", "'+49 30 1"),
            ("-10 points", "'-10 points"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\n=1", "'\n=1"),
            ("＝1", "'＝1"),
            ("a = b", "a = b"),
            ("", ""),
        ];
        for (text, expected) in rows {
            assert_eq!(harmless(text), expected, "{text:?}");
        }
    }
}
