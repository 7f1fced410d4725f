//! What forms of the dashboard are made of here: the token that each carries, and the one to sign out.

use super::onward::SIGN_OUT;
use super::stay;
use crate::dashboard::piece::{IntoPiece, Piece};
use leptos::prelude::*;

/// The hidden field that every form that is posted carries: the guard refuses a post without it. To be
/// made where a page is made, not on another thread.
pub(crate) fn token_field() -> Piece {
    view! { <input type="hidden" name="token" value=stay::form_token()/> }.piece()
}

/// The way out, for those who are signed in.
pub(crate) fn sign_out() -> Option<Piece> {
    stay::is_signed_in().then(|| {
        view! {
            <form class="out" method="post" action=SIGN_OUT>
                {token_field()}
                <button type="submit">"Sign out"</button>
            </form>
        }
        .piece()
    })
}
