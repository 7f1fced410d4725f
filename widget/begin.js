// The second tier: fetches the Wasm and starts it. It is bundled with the glue that wasm-bindgen makes;
// `assets/hark.wasm` gets its hashed name at build.
import initialise, { start } from "./glue.js";

/** Gives the function that carries out `hark('…')`, or throws what the shop's developer is to read. */
export const begin = async (site, base, offer, consent, pages) => {
  try {
    const wasm = fetch(base + "assets/hark.wasm", { credentials: "omit", priority: "low" });
    await initialise({ module_or_path: wasm });
  } catch (error) {
    const origin = new URL(base).origin;
    throw (
      `the widget could not start (${error.message}); under a Content-Security-Policy it needs ` +
      `script-src ${origin} 'wasm-unsafe-eval'; connect-src ${origin}`
    );
  }
  const call = start(site, base, offer, consent, pages);
  (window.requestIdleCallback ?? setTimeout)(() => call(["idle"]));
  return call;
};
