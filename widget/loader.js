// The loader: what must be known before a page pays for Wasm, and nothing else.
//
// It fetches the surveys when the page is idle, and loads the widget only where one of them is armed
// or the page asks for it. `assets/hark.js` and `assets/hark.wasm` get their hashed names at build.
(() => {
  const tag = document.currentScript;
  const { site, locale, consent } = tag.dataset;
  const complain = (message) => console.error("Hark: " + message);
  if (!site) return complain("the script tag needs data-site, the site's key in hark.toml");
  const early = window.hark;
  if (early?.site) return complain("a second script tag on this page is ignored");

  const base = new URL(".", tag.src).href;
  const key = "hark:" + site;
  const queue = [...(early?.q ?? [])];
  let path = location.pathname;
  let call, widget, offer;

  // Answers and dismissals kept on this device, read as the widget wrote them (`memory.rs`), and not
  // read at all against the visitor's will.
  const acts = () => {
    const wish = consent ?? (navigator.globalPrivacyControl ? "denied" : offer.site.consent);
    try {
      return (wish != "denied" && JSON.parse(localStorage[key]).acts) || {};
    } catch {
      return {};
    }
  };

  const forget = () => {
    try {
      localStorage.removeItem(key);
    } catch {}
  };

  // The same rule as `survey::frequency`, asked here so that a quiet visitor pays for nothing.
  const isQuiet = (survey) => {
    const now = Date.now() / 1e3;
    return Object.entries(acts()).some(([id, [act, at]]) => {
      const own = id == survey.id ? survey.frequency[act] : 0;
      return Math.min(at, now + 86400) + Math.max(own, offer.site.frequency[act]) > now;
    });
  };

  const isArmed = (survey) => {
    // A pattern that names a question mark is about the query as well.
    const matches = (pattern) =>
      new RegExp(pattern).test(location.pathname + (pattern.includes("\\?") ? location.search : ""));
    return survey.pages.some(matches) && !survey.exclude?.some(matches) && !isQuiet(survey);
  };

  const load = () =>
    (widget ??= Promise.all([
      import(base + "assets/hark.js"),
      fetch(base + "assets/hark.wasm", { credentials: "omit", priority: "low" }),
    ])
      .then(async ([glue, wasm]) => {
        await glue.default({ module_or_path: wasm });
        call = glue.start(site, base, offer, consent);
        queue.splice(0).forEach(call);
      })
      .catch((error) => {
        const origin = new URL(base).origin;
        complain(
          `the widget could not start (${error.message}); under a Content-Security-Policy it needs ` +
            `script-src ${origin} 'wasm-unsafe-eval'; connect-src ${origin}`
        );
      }));

  const wanted = (args) => /^(show|explain)$/.test(args[0]);
  const consider = () => {
    if (offer && (offer.surveys.some(isArmed) || queue.some(wanted))) load();
  };

  const hark = (...args) => {
    if (args[0] == "reset" || (args[0] == "consent" && args[1] == "denied")) forget();
    if (call) return call(args);
    if (args[0] == "explain") return ready.then(() => offer && load()).then(() => call?.(["explain"]) ?? []);
    queue.push(args);
    consider();
  };
  hark.site = site;
  window.hark = hark;

  const moved = () => {
    if (path == (path = location.pathname)) return;
    call ? call(["moved"]) : consider();
  };
  if (window.navigation) navigation.addEventListener("currententrychange", moved);
  else addEventListener("popstate", moved);

  const fetchSurveys = async () => {
    const language = locale || document.documentElement.lang || navigator.language;
    const url = `${base}v1/sites/${site}/surveys?locale=${encodeURIComponent(language)}`;
    try {
      const answer = await fetch(url, { credentials: "omit", priority: "low" });
      const body = await answer.json();
      if (!answer.ok) throw new Error(body.detail);
      offer = body;
    } catch (error) {
      complain(`no surveys from ${url}: ${error.message}`);
    }
    consider();
  };

  const ready = new Promise((resolve) => {
    const whenIdle = () => (window.requestIdleCallback ?? setTimeout)(() => resolve(fetchSurveys()));
    document.readyState == "complete" ? whenIdle() : addEventListener("load", whenIdle);
  });
  if (/[?&]hark_debug/.test(location.search)) hark("explain").then((rows) => console.table(rows));
})();
