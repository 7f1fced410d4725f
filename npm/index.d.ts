/** May an identifier be kept on the device? */
export type Consent = "granted" | "denied" | "pending";

/** What attributes and events may carry. */
export type Value = string | number | boolean;

/** What happens to a survey, and is told of it. */
export type News = "shown" | "answered" | "completed" | "dismissed";

/** What the visitor has said beside the score. */
export interface Answers {
  comment?: string;
  choice?: string;
  choices?: string[];
  contact?: string;
}

/** The visit so far. */
export interface Session {
  /** Pages seen, this one included. */
  pages: number;
  /** Seconds since the page was opened. */
  seconds: number;
  /** Which visit this is, from 1; only with consent. */
  visit?: number;
  /** Random, of this page load; only where the visit is not known and nothing was denied. */
  id?: string;
}

/** An event as it is sent to the collector. */
export interface HarkEvent {
  type: "impression" | "response" | "dismissal";
  id: string;
  seq: number;
  survey: string;
  score?: number;
  answers?: Answers;
  complete?: boolean;
  trigger?: string;
  /** What the trigger saw. */
  signal?: string;
  /** The number that was drawn for sampling, from 0 to below 1. */
  draw?: number;
  at: string;
  /** How the visitor was reached. */
  channel: "web";
  page: { path: string };
  device: "mobile" | "tablet" | "desktop";
  language: string;
  /** Random, or the shop's own id; only with consent. */
  visitor?: string;
  session: Session;
  attributes?: Record<string, Value>;
  /** Whether the browser says that a program drives it. */
  automated: boolean;
}

/** One condition of a survey, whether it lets it through, and why. */
export interface Gate {
  gate: string;
  passes: boolean;
  reason: string;
}

/** A live survey, and whether it may be shown here and now. */
export interface Explanation {
  survey: string;
  shows: boolean;
  gates: Gate[];
}

/** Everything the tag understands. */
export interface Hark {
  /** Something happened: for `on = "event"` triggers, and for the record. */
  (call: "event", name: string, props?: Record<string, Value>): void;
  /** Attributes of this visitor or basket, for targeting and for segments. */
  (call: "set", attributes: Record<string, Value>): void;
  /** The shop's own id for the visitor; kept only with consent. */
  (call: "identify", id: string): void;
  /** What the visitor has decided; `denied` erases everything that is kept. */
  (call: "consent", consent: Consent): void;
  /** Shows a live survey now, past triggers, sampling and quiet periods. */
  (call: "show", survey: string): void;
  /** Closes what is shown. */
  (call: "close"): void;
  /**
   * Why each live survey is shown or not. Before the tag has arrived the answer waits for it; the promise is
   * broken when it cannot be loaded.
   */
  (call: "explain"): Promise<Explanation[]>;
  /** Calls back when it happens, from now on. */
  (call: "on", news: News, listener: (event: HarkEvent) => void): void;
  /** Forgets the visitor on this device. */
  (call: "reset"): void;
}

/** Where the tag comes from, and its attributes. */
export interface Options {
  /** Address of the collector, for instance `https://feedback.example.com`. */
  collector: string;
  /** Public key of the site, as in `hark.toml`. */
  site: string;
  /** Language of the survey; the page's if left out. */
  locale?: string;
  /** The site's setting if left out. */
  consent?: Consent;
  /** For a Content-Security-Policy of nonces. */
  nonce?: string;
}

/**
 * Puts the tag on the page, once, however often it is called; a tag that was pasted counts, and is tried once
 * more where it has failed. The promise is kept when it has arrived and broken when it cannot be loaded; on a
 * server it stays open.
 */
export function load(options: Options): Promise<Hark>;

/** What is said before the tag has arrived is kept until then. On a server nothing comes of it. */
export const hark: Hark;

declare global {
  interface WindowEventMap {
    "hark:shown": CustomEvent<HarkEvent>;
    "hark:answered": CustomEvent<HarkEvent>;
    "hark:completed": CustomEvent<HarkEvent>;
    "hark:dismissed": CustomEvent<HarkEvent>;
  }
  interface Window {
    /** What the tag puts there; until it has arrived whatever keeps early calls, which explains nothing. */
    hark?: Hark;
  }
}
