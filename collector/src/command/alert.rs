//! `hark alert`: whether webhooks can be reached, what waits for them, and new secrets.

use crate::alerts::{
    self, Alert, Answer, Delivery, Kind, Outbox, Post, PostError, Secret, Story, Webhook,
};
use crate::cli::{AlertCommand, Asked, Config};
use crate::console::print;
use crate::failure::Failure;
use crate::settings;
use jiff::Timestamp;
use std::io;
use std::path::Path;
use tokio::runtime;

pub(crate) fn run(typed: AlertCommand, clock: fn() -> Timestamp) -> Result<(), Failure> {
    match typed.asked {
        Asked::Secret => print(Secret::fresh()? + "\n"),
        Asked::List { config, data } => list(&settings::data_folder(&config, data)?),
        Asked::Test {
            config,
            data,
            webhook,
        } => {
            let webhooks = wanted(&config, webhook)?;
            test(&webhooks, &settings::data_folder(&config, data)?, clock)
        }
    }
}

fn wanted(config: &Config, asked: Option<String>) -> Result<Vec<Webhook>, Failure> {
    let mut webhooks = settings::webhooks(config)?;
    if webhooks.is_empty() {
        return Err(Failure::NoWebhooks);
    }
    let Some(asked) = asked else {
        return Ok(webhooks);
    };
    let is_meant = |number: usize, webhook: &Webhook| {
        webhook.name == asked
            || webhook.address.whole() == asked
            || (number + 1).to_string() == asked
    };
    let found = webhooks.iter().enumerate();
    let found = found
        .filter(|(number, webhook)| is_meant(*number, webhook))
        .map(|(number, _)| number)
        .next();
    match found {
        Some(number) => Ok(vec![webhooks.swap_remove(number)]),
        None => {
            let names: Vec<String> = webhooks
                .iter()
                .map(|webhook| format!("`{}`", webhook.name))
                .collect();
            let verb = if names.len() == 1 { "is" } else { "are" };
            Err(Failure::NoSuchWebhook(
                asked,
                format!("{verb} {}", names.join(", ")),
            ))
        }
    }
}

fn test(webhooks: &[Webhook], data: &Path, clock: fn() -> Timestamp) -> Result<(), Failure> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(Failure::Runtime)?;
    let mut failed = 0;
    for webhook in webhooks {
        let now = clock();
        let greeting = Alert {
            kind: Kind::Test,
            // Another each time: a receiver would take a second one for one it had.
            key: vec![webhook.name.clone(), now.to_string()],
            at: now,
            story: Story::Greeting,
        };
        let sent = greeting.delivery(webhook, now);
        let answer = Post::new([webhook])
            .map(|post| runtime.block_on(post.send(webhook, &sent.id, &sent.body, now)));
        let (has_arrived, said) = judged(answer.and_then(|answer| answer));
        print(format_args!(
            "{}  {}  {said}\n",
            webhook.name, webhook.address
        ))?;
        if has_arrived {
            let _ = Outbox::reopen(&alerts::folder(data).join(&webhook.name));
        } else {
            failed += 1;
        }
    }
    match failed {
        0 => Ok(()),
        1 => Err(Failure::NotDelivered(
            "one webhook did not take the message".to_owned(),
        )),
        more => Err(Failure::NotDelivered(format!(
            "{more} webhooks did not take the message"
        ))),
    }
}

fn judged(sent: Result<Answer, PostError>) -> (bool, String) {
    match sent {
        Err(error) => (false, error.to_string()),
        Ok(answer) => {
            // What a stranger says must not steer a terminal.
            let said: String = answer.said.chars().filter(|c| !c.is_control()).collect();
            let shown = if said.is_empty() {
                String::new()
            } else {
                format!(": {said}")
            };
            (
                answer.status.is_success(),
                format!("HTTP {}{shown}", answer.status.as_u16()),
            )
        }
    }
}

fn list(data: &Path) -> Result<(), Failure> {
    let mut rows = Vec::new();
    for (name, folder) in folders(&alerts::folder(data))? {
        if alerts::is_closed(&folder) {
            rows.push(format!(
                "{name}: wants no more (410); `hark alert test` asks again"
            ));
        }
        let deliveries = alerts::waiting(&folder)?;
        rows.extend(deliveries.iter().map(|delivery| row(&name, delivery)));
    }
    if rows.is_empty() {
        rows.push("Nothing waits, and nothing was given up.".to_owned());
    }
    print(rows.join("\n") + "\n")
}

/// One for each webhook that ever was told.
fn folders(folder: &Path) -> io::Result<Vec<(String, std::path::PathBuf)>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if let (true, Some(name)) = (path.is_dir(), path.file_name()) {
            found.push((name.to_string_lossy().into_owned(), path));
        }
    }
    found.sort();
    Ok(found)
}

fn row(webhook: &str, delivery: &Delivery) -> String {
    let Delivery {
        id,
        title,
        made_at,
        attempts,
        next_at,
        last,
        given_up_at,
        ..
    } = delivery;
    let last = last
        .as_ref()
        .map_or_else(String::new, |last| format!(": {last}"));
    let state = match given_up_at {
        Some(then) => format!("given up {then:.0} after {attempts} attempts{last}"),
        None if *attempts == 0 => "not tried yet".to_owned(),
        None => format!("tried {attempts} times{last}; again {next_at:.0}"),
    };
    format!("{webhook}  {made_at:.0}  {title}  ({id})\n  {state}")
}
