//! The address that somebody left, as a link where it is one.

use crate::dashboard::piece::{IntoPiece, Piece};
use leptos::prelude::*;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use report::cases::Contact;

/// What stands in an e-mail address as it is; all else could begin a subject or a second recipient.
const IN_ADDRESSES: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'@')
    .remove(b'.')
    .remove(b'-')
    .remove(b'_');

/// Fewer digits are no telephone number.
const DIGITS_MIN: usize = 5;

pub(super) fn reach(contact: &Contact) -> Piece {
    match contact {
        Contact::None => view! { <p>"No contact was left."</p> }.piece(),
        Contact::Gone => {
            let said =
                "A contact was left. It is no longer kept: it was too old, or somebody erased it.";
            view! { <p>{said}</p> }.piece()
        }
        Contact::Kept(address) => match link(address) {
            Some(link) => view! { <p><a href=link dir="ltr">{address.clone()}</a></p> }.piece(),
            None => view! { <p>{address.clone()}</p> }.piece(),
        },
    }
}

fn link(address: &str) -> Option<String> {
    let address = address.trim();
    if let Some((name, domain)) = address.split_once('@') {
        let is_one = !name.is_empty() && domain.contains('.') && !domain.contains('@');
        let is_plain =
            !address.contains(|letter: char| letter.is_whitespace() || letter.is_control());
        return (is_one && is_plain)
            .then(|| format!("mailto:{}", utf8_percent_encode(address, IN_ADDRESSES)));
    }
    let is_number = address
        .chars()
        .all(|letter| letter.is_ascii_digit() || " +-/().".contains(letter));
    let digits: String = address.chars().filter(char::is_ascii_digit).collect();
    let plus = if address.starts_with('+') { "+" } else { "" };
    (is_number && digits.len() >= DIGITS_MIN).then(|| format!("tel:{plus}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_link_only_to_itself() {
        let rows = [
            ("ada@mail.example", Some("mailto:ada@mail.example")),
            (
                "ada+shop@mail.example",
                Some("mailto:ada%2Bshop@mail.example"),
            ),
            ("a@b.example?bcc=c@d.example", None),
            (
                "a@b.example?subject=x",
                Some("mailto:a@b.example%3Fsubject%3Dx"),
            ),
            ("a@b.example, c", None),
            ("javascript:alert(1)", None),
            ("@mail.example", None),
            ("ada@mail", None),
            ("+49 (0)30 123-456", Some("tel:+49030123456")),
            ("030/123456", Some("tel:030123456")),
            ("1234", None),
            ("ring me", None),
        ];
        for (address, expected) in rows {
            assert_eq!(link(address).as_deref(), expected, "{address}");
        }
    }
}
