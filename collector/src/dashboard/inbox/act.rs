//! `POST /dashboard/follow-up/{id}`: writes down what was done, then leads back to the case.

use super::PATH;
use super::case;
use super::forms::{self, ASSIGN, NOTE, RELEASE, Typed, WRITTEN};
use crate::http::App;
use crate::journal::Line;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::tz::TimeZone;
use report::cases::Lookup;
use std::sync::Arc;
use survey::case::{CaseLine, Deed, Status};

pub(crate) async fn act(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let typed = typed(fields);
    match write(&app, &id, &typed).await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(mistake) => {
            let typed = Typed { mistake, ..typed };
            case::answer(&app, &id, typed, false).await
        }
    }
}

fn typed(fields: Vec<(String, String)>) -> Typed {
    let mut typed = Typed::default();
    for (name, value) in fields {
        match name.as_str() {
            "do" => typed.verb = value,
            "owner" => typed.owner = Some(value),
            "note" => typed.note = value,
            "by" => typed.by = value,
            "seen" => typed.seen = value,
            _ => {}
        }
    }
    typed
}

/// Where to go on; or what is wrong, where that is not that there is no such case.
async fn write(app: &App, id: &str, typed: &Typed) -> Result<String, Option<String>> {
    let deed = deed(typed)?;
    let _turn = app.dashboard.acting.lock().await;
    let read = case::look_up(&app.dashboard.desk, id).await;
    let reading = read.ok_or(None)?.map_err(|_| None)?;
    let Lookup::One(found) = &reading.found else {
        return Err(None);
    };
    let case = &found.case;
    let response = &case.response;
    let address = format!("{PATH}/{}?{WRITTEN}", response.id);
    if typed.seen != forms::seen(case) {
        let said = "Somebody did something about this case meanwhile: look at the history, and send it once more.";
        return Err(Some(said.to_owned()));
    }
    if !case.is_changed_by(&deed) {
        return Ok(address);
    }
    let now = (app.clock)();
    let day = now.to_zoned(TimeZone::UTC).date();
    let line = CaseLine::new(
        response.id,
        &response.site,
        &response.survey,
        deed,
        format!("{now:.3}"),
    );
    let stored = app
        .journal
        .store(day, vec![Line::of_staff(line.text())])
        .await;
    stored.map_err(|refused| {
        Some(format!(
            "It could not be written down, since {refused}. Send it once more."
        ))
    })?;
    Ok(address)
}

fn deed(typed: &Typed) -> Result<Deed, Option<String>> {
    let mut deed = Deed {
        note: Some(typed.note.clone()),
        by: Some(typed.by.clone()),
        ..Deed::default()
    };
    match typed.verb.as_str() {
        NOTE => {}
        RELEASE => deed.owner = Some(String::new()),
        ASSIGN => {
            let owner = typed.owner.as_deref().unwrap_or_default().trim();
            if owner.is_empty() {
                return Err(Some("Write a name, or press “Nobody”.".to_owned()));
            }
            deed.owner = Some(owner.to_owned());
        }
        verb => {
            let status = Status::named(verb);
            deed.status = Some(status.ok_or_else(|| Some("Press one of the buttons.".to_owned()))?);
        }
    }
    deed.checked()
        .map_err(|refusal| Some(sentence(&refusal.to_string())))
}

/// With a capital letter and a full stop.
fn sentence(text: &str) -> String {
    format!("{}.", report::render::words::capitalised(text))
}
