//! A part of a page, made HTML as soon as it is whole.
//!
//! Leptos' own `AnyView` can also be mounted in a browser, streamed and awaited, and carries all of that
//! into the program for each of its kinds: megabytes that a page made on the server has no use for.

use leptos::prelude::RenderHtml;
use leptos::tachys::html::InertElement;

/// HTML; what was text in it is escaped already.
pub(crate) type Piece = InertElement;

/// What a piece can be made of.
pub(crate) trait IntoPiece {
    /// Makes HTML of it, which goes into a view like any other part.
    fn piece(self) -> Piece;
}

impl<V: RenderHtml> IntoPiece for V {
    fn piece(self) -> Piece {
        InertElement::new(self.to_html())
    }
}
