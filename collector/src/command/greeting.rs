//! What `hark serve` says when it begins and when it ends: for people in lines, for programs in one event.

use crate::catalog::Catalog;
use crate::cli::LogFormat;
use crate::console::say;
use crate::doorway::AccessFiles;
use crate::settings::{Choice, Settings};
use std::net::SocketAddr;

/// Says where everything is, and which settings are not the default.
///
/// In text the first line is for programs, too: they wait for it and read the port.
pub(crate) fn greet(settings: &Settings, catalog: &Catalog, address: SocketAddr) {
    let scheme = settings.scheme();
    let sites: Vec<&str> = settings
        .sites
        .iter()
        .map(|site| site.key.as_str())
        .collect();
    let (sites, surveys) = (sites.join(", "), catalog.current().summary());
    let answers = settings.data.join("events");
    let answers = answers.display();
    let webhooks = settings.webhooks.iter().map(|webhook| &webhook.name[..]);
    let webhooks: Vec<&str> = webhooks.collect();
    let webhooks = webhooks.join(", ");
    let chosen: Vec<String> = settings.choices.iter().filter_map(chosen).collect();
    let chosen = chosen.join(", ");
    if settings.log_format == LogFormat::Json {
        tracing::info!(sites, surveys, %answers, webhooks, set = chosen, "listening on {scheme}://{address}");
        return;
    }
    say(format_args!("listening on {scheme}://{address}"));
    say(format_args!("  sites    {sites}"));
    say(format_args!("  surveys  {surveys}"));
    say(format_args!("  answers  {answers}"));
    if !webhooks.is_empty() {
        say(format_args!("  alerts   {webhooks}"));
    }
    let who = who_may_look(settings, address);
    say(format_args!(
        "  look     {scheme}://{address}/dashboard ({who})"
    ));
    if !chosen.is_empty() {
        say(format_args!("  set      {chosen}"));
    }
    if settings.demo {
        say(format_args!("  open     {scheme}://{address}/demo/"));
    }
    say("  stop     Ctrl-C");
}

/// To whom the dashboard is shown.
fn who_may_look(settings: &Settings, address: SocketAddr) -> &'static str {
    if AccessFiles::of(&settings.data).password().exists() {
        "with the password"
    } else if settings.stay_here(address) {
        "on this machine alone; `hark password` lets others in"
    } else {
        "to nobody until `hark password` has set one"
    }
}

/// Says that all is well at the end.
pub(crate) fn part(format: LogFormat) {
    let well = "stopped: every accepted answer is stored";
    match format {
        LogFormat::Text => say(well),
        LogFormat::Json => tracing::info!("{well}"),
    }
}

fn chosen(choice: &Choice) -> Option<String> {
    let Choice { name, value, from } = choice;
    from.as_ref().map(|from| format!("{name} {value} ({from})"))
}
