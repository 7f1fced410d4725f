//! A request's body, bounded in size and time.

use super::refusal::Refusal;
use axum::body::{Bytes, HttpBody};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::StatusCode;
use std::time::Duration;

/// The most bytes of a body; a response with a full comment is a tenth of it.
pub(crate) const LARGEST: usize = 64 * 1024;
const SLOWEST: Duration = Duration::from_secs(5);

pub(crate) async fn read(mut request: Request) -> Result<Bytes, Refusal> {
    // Who announces too much is not waited for.
    if request.body().size_hint().lower() > LARGEST as u64 {
        return Err(Refusal::TooLarge);
    }
    DefaultBodyLimit::max(LARGEST).apply(&mut request);
    match tokio::time::timeout(SLOWEST, Bytes::from_request(request, &())).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(Refusal::TooLarge),
        Ok(Err(_)) => Err(Refusal::BrokenOff),
        Err(_) => Err(Refusal::TooSlow),
    }
}
