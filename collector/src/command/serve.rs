//! `hark serve`: from settings to a listening collector, and back to a silent disk.

use crate::alerts;
use crate::assets::Assets;
use crate::catalog::Catalog;
use crate::certificate::Certificate;
use crate::cli::{self, Typed};
use crate::command::tally::Tally;
use crate::command::{greeting, open_files, rehearsal, reload};
use crate::console;
use crate::dashboard::{Dashboard, Desk};
use crate::doorway::{Doorway, Surroundings};
use crate::failure::Failure;
use crate::faults::Faults;
use crate::http::{Admission, App, Front, Measures, Proxies, Rates, ReadingRoom, server};
use crate::journal::{Ending, Journal};
use crate::settings::{self, Settings};
use jiff::Timestamp;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

pub(crate) fn run(
    typed: cli::Serve,
    origins: Typed,
    clock: fn() -> Timestamp,
) -> Result<(), Failure> {
    let mut faults = Faults::default();
    let only_check = typed.check;
    let settings = Settings::new(typed, origins, &mut faults)?;
    if only_check {
        faults.none().map_err(Failure::Faults)?;
        return rehearsal::run(&settings);
    }
    console::log(settings.log_format, settings.log_level);
    let catalog = Catalog::load(settings.surveys.clone(), &mut faults)?;
    faults.none().map_err(Failure::Faults)?;
    let assets = Assets::new(settings.assets.clone());
    if let Some(missing) = assets.missing() {
        return Err(Failure::NoWidget(missing));
    }
    let certificate = settings.certificate.clone().map(Certificate::load);
    let certificate = certificate.transpose()?;
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::Runtime)?;
    runtime.block_on(serve(settings, catalog, assets, certificate, clock))
}

async fn serve(
    settings: Settings,
    catalog: Catalog,
    assets: Assets,
    certificate: Option<Certificate>,
    clock: fn() -> Timestamp,
) -> Result<(), Failure> {
    let signals = Signals::new().map_err(Failure::Runtime)?;
    let hangup = signal(SignalKind::hangup()).map_err(Failure::Runtime)?;
    // Before the port is asked for: whoever starts hark twice should hear that, and not of a port.
    let (journal, mut journal_ended) =
        Journal::open(&settings.data, Some(settings.retention), clock)?;
    alerts::doubt(&settings.webhooks, &catalog);
    let webhooks = alerts::open(settings.webhooks.clone(), &settings.data, clock())?;
    let (listener, address) = listen(settings.listen).await?;
    greeting::greet(&settings, &catalog, address);
    let format = settings.log_format;
    let possible = open_files::allow().saturating_sub(open_files::NEEDED);
    let lexicon = settings.lexicon.clone();
    let desk = Desk::new(settings.data.clone(), lexicon, clock, journal.news());
    let now = Instant::now();
    let doorway = Doorway::new(
        &Surroundings {
            data: &settings.data,
            spans: settings.spans,
            stays_here: settings.stay_here(address),
            speaks_tls: certificate.is_some(),
            clock,
        },
        now,
    );
    let app = Arc::new(App {
        proxies: Proxies::new(&settings.limits),
        rates: Rates::new(settings.limits.requests_per_second, now).map_err(Failure::Runtime)?,
        admission: Admission::new(&settings.limits, possible),
        measures: Measures::default(),
        dashboard: Dashboard::new(desk, settings::shops_of(&settings.sites)),
        doorway: doorway.map_err(Failure::Runtime)?,
        reading: ReadingRoom::of(settings.data.clone()),
        sites: settings.sites.into_iter().map(Arc::new).collect(),
        catalog,
        journal,
        webhooks,
        assets,
        demo: settings.demo,
        clock,
    });
    let alerting = alerts::start(&app, &settings.data, settings.lexicon)?;
    let certificate = certificate.map(Arc::new);
    let reloading = reload::watch(Arc::clone(&app), certificate.clone(), hangup);
    let reloading = tokio::spawn(reloading);
    let tally = Tally::of(Arc::clone(&app));
    let tallying = tokio::spawn(Arc::clone(&tally).goes_on());
    let stop = async {
        let why = stop(signals, &mut journal_ended).await;
        // Who only listens would keep the collector waiting.
        app.dashboard.close();
        why
    };
    let front = Front::new(Arc::clone(&app));
    let ending = server::serve(listener, front, certificate, stop).await;
    reloading.abort();
    tallying.abort();
    drop(alerting);
    tally.tell();
    app.journal.close();
    let ending = match ending {
        Stop::Asked => journal_ended.await.ok(),
        Stop::JournalEnded(ending) => ending,
    };
    match ending {
        Some(Ending::Drained) => {
            greeting::part(format);
            Ok(())
        }
        Some(Ending::GaveUp) => Err(Failure::DiskGivenUp),
        None => Err(Failure::JournalDied),
    }
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), Failure> {
    let failed = |source| Failure::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

/// Why serving stops.
enum Stop {
    /// By Ctrl-C or SIGTERM.
    Asked,
    /// The journal has ended by itself; nothing can be stored any more.
    JournalEnded(Option<Ending>),
}

async fn stop(mut signals: Signals, journal_ended: &mut oneshot::Receiver<Ending>) -> Stop {
    tokio::select! {
        _ = signals.interrupt.recv() => Stop::Asked,
        _ = signals.terminate.recv() => Stop::Asked,
        ending = journal_ended => Stop::JournalEnded(ending.ok()),
    }
}

struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }
}
