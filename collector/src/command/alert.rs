//! `hark alert`: whether webhooks can be reached, what waits for them, and new secrets.

use crate::alerts::{self, Alert, Answer, Delivery, Kind, Post, PostError, Secret, Story, Webhook};
use crate::cli::{AlertCommand, Asked, Config};
use crate::console::print;
use crate::failure::Failure;
use crate::settings;
use jiff::Timestamp;
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
            let path = alerts::folder(data).join(&webhook.name);
            let reopened = alerts::reopen(&path);
            reopened.map_err(|source| Failure::Unwritable { path, source })?;
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
            (answer.status.is_success(), answer.words() + &shown)
        }
    }
}

fn list(data: &Path) -> Result<(), Failure> {
    let folder = alerts::folder(data);
    let unreadable = |path: &Path, source| Failure::Unreadable {
        path: path.to_owned(),
        source,
    };
    let mut rows = Vec::new();
    let outboxes = alerts::outboxes(&folder).map_err(|source| unreadable(&folder, source))?;
    for (name, folder) in outboxes {
        if alerts::is_closed(&folder) {
            rows.push(format!(
                "{name}: wants no more (410); `hark alert test` asks again"
            ));
        }
        let deliveries = alerts::waiting(&folder).map_err(|source| unreadable(&folder, source))?;
        rows.extend(oldest(&name, &deliveries));
        rows.extend(deliveries.iter().map(|delivery| row(&name, delivery)));
    }
    if rows.is_empty() {
        rows.push("Nothing waits, and nothing was given up.".to_owned());
    }
    print(rows.join("\n") + "\n")
}

/// How many wait, and since when; they come with the oldest first.
fn oldest(name: &str, deliveries: &[Delivery]) -> Option<String> {
    let waiting: Vec<_> = deliveries.iter().filter(|it| it.is_waiting()).collect();
    let since = waiting.first()?.made_at;
    let many = if waiting.len() == 1 {
        "1 waits"
    } else {
        &format!("{} wait", waiting.len())
    };
    Some(format!("{name}: {many}, the oldest since {since:.0}"))
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
