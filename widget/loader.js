// The loader: what must be known before a page pays for Wasm, and nothing else.
//
// It fetches the surveys when the page is idle, and loads the widget only where one of them is armed,
// the page asks for it or tells of a purchase, or something said on an earlier page has not arrived. It
// also counts pages and visits, and erases what the device may not keep: it alone runs on every page.
// `assets/hark.js` gets its hashed name at build.
(() => {
  const tag = document.currentScript;
  const { site, locale, consent } = tag.dataset;
  const complain = (message) => console.error("Hark: " + message);
  if (!site) return complain("the tag needs data-site");
  const early = window.hark;
  if (early?.site) return complain("a second tag is ignored");

  const base = new URL(".", tag.src).href;
  const key = "hark:" + site;
  const queue = [];
  let pages = 0;
  let counted = 0;
  let said, path, query, call, widget, offer;

  // What the page says goes before what the browser asks for, and that before the site's setting.
  const wish = () =>
    said ??
    (navigator.globalPrivacyControl || navigator.doNotTrack == 1 ? "denied" : offer.site.consent);

  // Storage may be full or refused.
  const attempt = (action) => {
    try {
      return action();
    } catch {}
  };
  // Old libraries give all lists a `toJSON` of their own; those in here are to be written as they are.
  const read = () =>
    attempt(() =>
      JSON.parse(localStorage[key] ?? "{}", (_, value) => (value.map && (value.toJSON = 0), value))
    ) ?? {};

  // What is kept of this site: the memory under the key itself, unsent events behind a slash. Either
  // erases all of it, or tells whether anything is unsent.
  const sweep = (erases) =>
    attempt(() =>
      [localStorage, sessionStorage].some(
        (store) =>
          Object.keys(store).some(
            (name) =>
              name.split("/")[0] == key &&
              (erases ? store.removeItem(name) : name != key)
          )
      )
    );

  // With consent, pages are counted by visit; it ends when nothing has happened for half an hour.
  const count = () => {
    const state = wish();
    if (state == "denied") sweep(1);
    if (state != "granted" || !pages) return;
    const now = Date.now() / 1e3;
    const kept = read();
    if (!(kept.visit?.seen > now - 1800)) {
      kept.visit = { began: now, pages: 0 };
      kept.visits = -~kept.visits;
    }
    kept.visit.seen = now;
    kept.visit.pages += pages - counted;
    counted = pages;
    attempt(() => (localStorage[key] = JSON.stringify(kept)));
  };

  // The same rule as `survey::frequency`, asked here so that a quiet visitor pays for nothing.
  const isQuiet = (survey) => {
    const now = Date.now() / 1e3;
    return Object.entries(read().acts ?? []).some(
      ([id, [act, at]]) =>
        Math.min(at, now + 86400) +
          Math.max(id == survey.id && survey.frequency[act], offer.site.frequency[act]) >
        now
    );
  };

  const isArmed = (survey) => {
    // A pattern that names a question mark is about the query as well.
    const matches = (pattern) =>
      new RegExp(pattern).test(path + (pattern.includes("\\?") ? query : ""));
    return survey.pages.some(matches) && !survey.exclude?.some(matches) && !isQuiet(survey);
  };

  const load = () =>
    (widget ??= import(base + "assets/hark.js")
      .then((glue) => glue.begin(site, base, offer, wish(), pages))
      .then((begun) => {
        call = begun;
        queue.splice(0).forEach(call);
        // Where routes are looked for now and then, the widget has seen one before the loader has.
        moved({});
      })
      .catch(complain));

  const consider = () => {
    if (
      offer &&
      (offer.surveys.some(isArmed) ||
        // A survey that is asked for, and the events that shop figures are made of.
        queue.some(
          (args) => args.includes("show") || args.includes("purchase") || args.includes("contact")
        ) ||
        sweep())
    )
      load();
  };

  const hark = (...args) => {
    const [name, value] = args;
    if (name == "consent") {
      if (!/^(granted|denied|pending)$/.test(value))
        return complain("consent is granted, denied or pending");
      said = value;
      count();
    }
    if (name == "reset") sweep(1);
    if (call) return call(args);
    if (name == "explain") return ready.then(() => offer && load()).then(() => call?.(args) ?? []);
    queue.push(args);
    consider();
  };
  hark.site = site;
  window.hark = hark;

  // A page that comes back as it was left is seen once more; another query alone is no other page.
  const moved = ({ persisted }) => {
    const pathname = location.pathname;
    const search = location.search;
    const isPage = persisted || path != pathname;
    if (!offer || (!isPage && query == search)) return;
    path = pathname;
    query = search;
    pages += isPage;
    count();
    call ? call(["moved", isPage]) : consider();
  };

  const ready = new Promise((resolve) => {
    const whenIdle = () => (window.requestIdleCallback ?? setTimeout)(resolve, { timeout: 4e3 });
    // A page rendered ahead may never be seen.
    if (document.prerendering) document.addEventListener("prerenderingchange", whenIdle);
    else if (document.readyState == "complete") whenIdle();
    else addEventListener("load", whenIdle);
  })
    .then(async () => {
      const answer = await fetch(
        `${base}v1/sites/${site}/surveys?locale=${
          locale || document.documentElement.lang || navigator.languages}`,
        { credentials: "omit" }
      );
      const body = await answer.json();
      if (!answer.ok) throw body.detail;
      offer = body;
      moved({});
    })
    .catch((reason) => complain("no surveys: " + reason));

  if (consent) hark("consent", consent);
  early?.q?.forEach((args) => hark(...args));
  addEventListener("pageshow", moved);
  if (window.navigation) navigation.addEventListener("currententrychange", moved);
  else setInterval(moved, 500, {});
  if (/hark_debug/.test(location.search)) hark("explain").then(console.table);
})();
