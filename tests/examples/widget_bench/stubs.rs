//! The backends of the others, as far as a page with one survey asks for them.

use crate::contender::Contender;
use serde_json::{Value, json};

/// The type and the text of an answer; one that begins with `bundle:` is a file of that name.
pub(crate) fn answer(contender: Contender, path: &str, is_armed: bool) -> (&'static str, String) {
    let json = |value: Value| ("application/json", value.to_string());
    match contender {
        Contender::PostHog if path.ends_with("/surveys.js") => {
            ("text/javascript", "bundle:surveys.js".to_owned())
        }
        Contender::PostHog if path.ends_with(".js") => ("text/javascript", String::new()),
        Contender::PostHog if path.starts_with("/api/surveys") => {
            json(json!({ "surveys": if is_armed { vec![of_posthog()] } else { vec![] } }))
        }
        Contender::PostHog => json(json!({
            "surveys": true, "supportedCompression": [], "featureFlags": {}, "hasFeatureFlags": true, "flags": {}, "featureFlagPayloads": {}, "errorsWhileComputingFlags": false,
            "status": 1, "token": "phc_bench"
        })),
        Contender::Sprig => json(of_sprig(path, is_armed)),
        _ => json(json!({})),
    }
}

fn of_posthog() -> Value {
    json!({
        "id": "0199aaaa-0000-7000-8000-000000000000", "name": "recommend", "type": "popover",
        "start_date": "2026-01-01T00:00:00Z", "end_date": null, "description": "", "schedule": "always",
        "questions": [{ "id": "q", "type": "rating", "display": "number", "scale": 10,
            "question": "How likely is it that you would recommend Fernlight to a friend or colleague?",
            "lowerBoundLabel": "Not at all likely", "upperBoundLabel": "Extremely likely", "description": "" }],
        "conditions": { "events": { "values": [{ "name": "now" }], "repeatedActivation": true } },
        "appearance": {}, "feature_flag_keys": [], "current_iteration": null, "current_iteration_start_date": null
    })
}

fn of_sprig(path: &str, is_armed: bool) -> Value {
    if path.ends_with("/config") {
        return json!({ "environmentId": "bench", "visitorId": "v", "token": "t", "language": "en",
            "trackPageViews": false, "triggers": [], "disabled": false, "interactiveEvents": [],
            "requireUserIdForTracking": false, "maxAttrNameLength": 255, "allResponses": true });
    }
    if !is_armed || !path.ends_with("/events") {
        return json!({});
    }
    // A survey is shown to nobody else than who has asked.
    let visitor = path.trim_end_matches("/events").rsplit('/').next();
    json!({
        "surveyId": 1, "vid": visitor, "uuid": "u", "responseGroupUid": "r", "locale": "en", "productConfig": {},
        "configureExitOnOverlayClick": false,
        "questions": [{ "name": 1, "type": "nps", "updatedAt": "2026-01-01", "props": {
            "message": "How likely is it that you would recommend Fernlight to a friend or colleague?",
            "labels": { "left": "Not at all likely", "right": "Extremely likely" }, "options": [],
            "routingOptions": [], "properties": { "required": true, "buttonText": "Send",
                "labels": { "left": "Not at all likely", "right": "Extremely likely" } } } }]
    })
}
