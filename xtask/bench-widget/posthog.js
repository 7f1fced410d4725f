// As its guide for npm says; robots are let in, since a program drives the browser. The surveys are fetched
// ahead, so that only showing one is measured.
import posthog from "posthog-js";

posthog.init("phc_bench", {
  api_host: location.origin,
  ui_host: location.origin,
  autocapture: false,
  disable_session_recording: true,
  opt_out_useragent_filter: true,
  persistence: "memory",
  loaded: () => posthog.onSurveysLoaded(() => posthog.getSurveys(() => {})),
});
window.posthog = posthog;
