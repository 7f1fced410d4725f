// The same tag as one would paste, for pages that are made of components. It carries none of the widget:
// that comes from the collector, in the version that the collector speaks.

/** Whether there is a page: while one is rendered on a server there is not. */
const isOnPage = () => typeof document != "undefined";

/** What is said before the tag has arrived is kept, as by the snippet of the guide. */
const early = () =>
  (window.hark ??= function () {
    (window.hark.q ??= []).push(arguments);
  });

/** Every tag on the page, whoever has put it there. */
const tags = () =>
  [...document.scripts].filter((script) => script.dataset.site && /\/hark\.js$/.test(script.src));

/** What a page that is complete was loaded with has arrived or failed; what we have put in tells by itself. */
const isUnderWay = (script) => script.harkArrival || document.readyState != "complete";

/** A tag for the page; one that is there already, pasted or ours, is the one, unless it has failed. */
const tag = ({ collector, site, locale, consent, nonce }) => {
  const src = new URL("hark.js", collector.replace(/\/*$/, "/")).href;
  const present = tags().find((script) => script.src == src);
  if (present && isUnderWay(present)) return present;
  present?.remove();
  const script = document.createElement("script");
  for (const [name, value] of Object.entries({ site, locale, consent, nonce }))
    if (value) script.dataset[name] = value;
  if (nonce) script.nonce = nonce;
  script.async = true;
  script.src = src;
  return document.head.appendChild(script);
};

/** Kept when a tag has arrived; one that has failed is taken away, so that whoever tries again gets a new one. */
const arrival = (script) =>
  (script.harkArrival ??= new Promise((resolve, reject) => {
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => {
      script.remove();
      reject(new Error(`cannot load ${script.src}`));
    });
  }));

let attempt;
let mayTry = true;
let begins;
/** Kept by the first call of `load`, in the way in which that ends. */
const first = new Promise((resolve) => (begins = resolve));

export const load = (options) => {
  if (!isOnPage()) return new Promise(() => {});
  early();
  // The script gives its function the name of its site.
  if (window.hark.site) return Promise.resolve(hark);
  if (mayTry) {
    mayTry = false;
    attempt = arrival(tag(options)).then(
      () => hark,
      (error) => {
        mayTry = true;
        throw error;
      }
    );
    begins(attempt);
  }
  return attempt;
};

/** Only the widget can explain, and it has to be there first. */
const explain = async (call) => {
  if (!isOnPage()) return [];
  if (!window.hark?.site) {
    const [pasted] = tags();
    if (attempt) await attempt;
    else if (!pasted) await first;
    else if (isUnderWay(pasted)) await arrival(pasted);
  }
  if (!window.hark?.site) throw new Error("the tag of the page has not begun");
  return window.hark(...call);
};

export const hark = (...call) => {
  if (call[0] == "explain") return explain(call);
  if (isOnPage()) early()(...call);
};
