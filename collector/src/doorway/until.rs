//! An answer that ends with the stay it is given to: a page that is kept fresh must not go on being told
//! once its session is over.

use super::stay::Stay;
use crate::http::App;
use axum::body::{Body, Bytes, HttpBody};
use hyper::body::Frame;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::sleep;

/// Asked again after this long at the latest.
const LONGEST_SLEEP: Duration = Duration::from_secs(3_600);

struct Until {
    body: Body,
    over: Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// The same body, ended when the stay is over.
pub(super) fn over(body: Body, app: Arc<App>, stay: Stay) -> Body {
    Body::new(Until {
        body,
        over: Box::pin(is_over(app, stay)),
    })
}

async fn is_over(app: Arc<App>, stay: Stay) {
    let mut endings = app.doorway.endings();
    while let Some(left) = app.doorway.time_left(&stay) {
        let left = Duration::try_from(left).unwrap_or_default();
        tokio::select! {
            () = sleep(left.min(LONGEST_SLEEP)) => {}
            told = endings.changed() => if told.is_err() { return },
        }
    }
}

impl HttpBody for Until {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.over.as_mut().poll(context).is_ready() {
            return Poll::Ready(None);
        }
        Pin::new(&mut self.body).poll_frame(context)
    }
}
