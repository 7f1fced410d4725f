// The same tag as one would paste, for pages that are made of components. It carries none of the widget:
// that comes from the collector, in the version that the collector speaks.

/** Whether there is a page: while one is rendered on a server there is not. */
const isOnPage = () => typeof document != "undefined";

/** What is said before the tag has arrived is kept, as by the snippet of the guide. */
const early = () =>
  (window.hark ??= function () {
    (window.hark.q ??= []).push(arguments);
  });

/** A tag for the page; one that is there already, pasted or ours, is the one. */
const tag = ({ collector, site, locale, consent, nonce }) => {
  const src = new URL("hark.js", collector.replace(/\/*$/, "/")).href;
  const present = [...document.scripts].find((script) => script.src == src);
  if (present) return present;
  const script = document.createElement("script");
  for (const [name, value] of Object.entries({ site, locale, consent, nonce }))
    if (value) script.dataset[name] = value;
  if (nonce) script.nonce = nonce;
  script.async = true;
  script.src = src;
  return document.head.appendChild(script);
};

let loading;

export const load = (options) => {
  if (!isOnPage()) return new Promise(() => {});
  early();
  // The script gives its function the name of its site.
  if (window.hark.site) return Promise.resolve(hark);
  loading ??= new Promise((resolve, reject) => {
    const script = tag(options);
    script.addEventListener("load", () => resolve(hark));
    script.addEventListener("error", () => {
      // Whoever tries again gets a new one.
      script.remove();
      loading = undefined;
      reject(new Error(`cannot load ${script.src}`));
    });
  });
  return loading;
};

export const hark = (...call) => {
  const explains = call[0] == "explain";
  if (!isOnPage()) return explains ? Promise.resolve([]) : undefined;
  // Only the widget can explain, and it has to be there first.
  if (explains && !window.hark?.site && loading) return loading.then(() => window.hark(...call));
  return early()(...call);
};
