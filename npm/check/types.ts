// What the types let through, and what they do not.
import { hark, load, type Explanation, type HarkEvent } from "hark-survey";

load({ collector: "https://feedback.example.com", site: "demo", consent: "pending" });
hark("event", "order_placed", { value: 84.5, gift: true, currency: "EUR" });
hark("on", "completed", (event: HarkEvent) => event.answers?.choices?.join());
hark("on", "shown", ({ channel, session, draw = 0, visitor = "", automated }) =>
  [channel, session.pages + session.seconds + draw, session.id ?? session.visit, visitor, automated]);
const rows: Promise<Explanation[]> = hark("explain");
addEventListener("hark:shown", ({ detail }) => detail.survey.toUpperCase());
window.hark?.("close");

// @ts-expect-error: a site is needed
load({ collector: "https://feedback.example.com" });
// @ts-expect-error: there is no such call
hark("open");
// @ts-expect-error: a survey is named
hark("show");
// @ts-expect-error: attributes are plain
hark("set", { cart: { value: 1 } });
// @ts-expect-error: no fourth state
hark("consent", "maybe");

export default rows;
