// On a server there is no page: nothing throws, and nothing comes of it.
import { hark, load } from "hark-survey";

load({ collector: "https://feedback.example.com", site: "demo" });
hark("event", "order_placed", { value: 1 });
const rows = await hark("explain");
if (rows.length != 0 || "hark" in globalThis) throw new Error("something came of it");
