//! What is read anew while serving: once a second if it has changed, at once on SIGHUP.

use crate::certificate::Certificate;
use crate::http::App;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::Signal;
use tokio::time::{MissedTickBehavior, interval};

const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

/// Looks until it is dropped.
pub(crate) async fn watch(
    app: Arc<App>,
    certificate: Option<Arc<Certificate>>,
    mut hangup: Signal,
) {
    let mut looks = interval(BETWEEN_LOOKS);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let at_once = tokio::select! {
            _ = looks.tick() => false,
            told = hangup.recv() => told.is_some(),
        };
        tokio::task::block_in_place(|| {
            app.catalog.look(at_once);
            app.doorway.look();
            if let Some(certificate) = &certificate {
                certificate.look(at_once);
            }
        });
    }
}
