// Keeps an open page of the dashboard fresh: asks for it anew when the collector says that something is new,
// and changes only what differs, so that focus, scroll and what is unfolded stay. Whatever goes wrong, the
// page stays as it was, says so, and tries again.
'use strict';
(() => {
  const PARTS = ['main', 'foot'];
  const KEPT = 200;
  const RETRY_MS = 5000;
  const status = document.getElementById('live');
  const freshness = document.getElementById('freshness');
  if (!status || !window.EventSource) return;

  let source;
  let isPaused = false;
  let isAsking = false;
  let isToAskAgain = false;
  let retry;
  // When the oldest change that is not on the page yet was stored, by this window's clock; and, of those, the
  // oldest that is being asked for.
  let storedAt;
  let since;
  const delays = [];

  const word = document.createElement('span');
  const button = document.createElement('button');
  button.type = 'button';
  status.replaceChildren(word, button);
  status.hidden = false;

  const say = (state, text) => {
    status.dataset.state = state;
    word.textContent = text;
    button.textContent = isPaused ? 'Resume' : 'Pause';
  };

  const isAway = () => isPaused || document.hidden;

  const listen = () => {
    if (source || isAway()) return;
    source = new EventSource('/dashboard/live');
    source.onopen = () => say('live', 'Live');
    source.onmessage = ({ data }) => {
      const { age_ms: age } = JSON.parse(data);
      if (age !== undefined) storedAt ??= performance.now() - age;
      refresh();
    };
    source.onerror = () => {
      say('lost', 'Reconnecting');
      // It tries again by itself, unless it was answered with a refusal.
      if (source.readyState === EventSource.CLOSED) {
        source = undefined;
        // Signed out perhaps: asking for the page tells.
        refresh();
        setTimeout(listen, RETRY_MS);
      }
    };
  };

  const rest = () => {
    source?.close();
    source = undefined;
    clearTimeout(retry);
    // What is stored meanwhile is told at once when listening begins anew, and nobody has waited for it.
    storedAt = since = undefined;
  };

  const refresh = async () => {
    // What is said to be wrong, and what was typed, stays until it is sent anew.
    if (isAway() || document.getElementById('mistake')) return;
    isToAskAgain = isAsking;
    if (isAsking) return;
    isAsking = true;
    clearTimeout(retry);
    try {
      do {
        isToAskAgain = false;
        since = storedAt;
        storedAt = undefined;
        const answer = await fetch(location.href, {
          headers: { Accept: 'text/html', 'X-Refresh': 'live' },
        });
        // Signed out meanwhile, or somewhere else altogether.
        if (answer.redirected) return location.reload();
        if (mayPass(answer.status)) throw new Error(answer.status);
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        if (isAway()) return;
        for (const id of PARTS) {
          const [here, there] = [document.getElementById(id), page.getElementById(id)];
          if (here && there) change(here, there);
        }
        await painted();
        note(since);
        if (source?.readyState === EventSource.OPEN) say('live', 'Live');
      } while (isToAskAgain);
    } catch {
      if (isAway()) return;
      // It is as old as it was.
      storedAt = since ?? storedAt;
      say('lost', 'Reconnecting');
      retry = setTimeout(refresh, RETRY_MS);
    } finally {
      isAsking = false;
    }
  };

  // Whether what was refused now may be answered soon.
  const mayPass = (status) => status === 429 || status >= 500;

  const painted = () =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

  const note = (since) => {
    document.documentElement.dataset.refreshed = Number(document.documentElement.dataset.refreshed ?? 0) + 1;
    if (since === undefined || !freshness) return;
    delays.push(performance.now() - since);
    if (delays.length > KEPT) delays.shift();
    const sorted = [...delays].sort((one, other) => one - other);
    const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1];
    freshness.dataset.p95 = p95.toFixed(0);
    freshness.textContent =
      `From stored on disk to visible here: 95 % of the last ${sorted.length} updates within ` +
      `${(p95 / 1000).toFixed(2)} s, as measured in this window (without the way of the notice over the network).`;
  };

  // Makes one node like another, with as few changes as there are differences.
  const change = (here, there) => {
    if (here.nodeType !== there.nodeType || here.nodeName !== there.nodeName || here.id !== there.id) {
      here.replaceWith(there);
      return;
    }
    if (here.nodeType !== Node.ELEMENT_NODE) {
      if (here.data !== there.data) here.data = there.data;
      return;
    }
    const isKept = (name) => name === 'open' && here.nodeName === 'DETAILS';
    for (const { name } of [...here.attributes]) {
      if (!there.hasAttribute(name) && !isKept(name)) here.removeAttribute(name);
    }
    for (const { name, value } of there.attributes) {
      if (here.getAttribute(name) !== value && !isKept(name)) here.setAttribute(name, value);
    }
    changeChildren(here, [...there.childNodes]);
  };

  // Children that have an id are found again wherever they stand; the others by their place.
  const changeChildren = (here, wanted) => {
    const named = new Map([...here.children].filter(({ id }) => id).map((child) => [child.id, child]));
    let at = here.firstChild;
    for (const child of wanted) {
      const twin = child.id ? named.get(child.id) : at && !at.id ? at : undefined;
      if (!twin) {
        here.insertBefore(child, at);
        continue;
      }
      if (twin === at) at = at.nextSibling;
      else here.insertBefore(twin, at);
      change(twin, child);
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  };

  button.addEventListener('click', () => {
    isPaused = !isPaused;
    if (isPaused) {
      rest();
      say('paused', 'Paused');
    } else {
      say('lost', 'Connecting');
      listen();
    }
  });
  document.addEventListener('visibilitychange', () => (document.hidden ? rest() : listen()));
  // A page that is left, or kept for going back to, must not hold a connection.
  addEventListener('pagehide', rest);
  addEventListener('pageshow', listen);
  say('lost', 'Connecting');
  listen();
})();
