// As its guide for npm says; its backend is ours, which it asks once the page has loaded.
import { sprig } from "@sprig-technologies/sprig-browser";

window.SprigApi = sprig.configure({ environmentId: "bench" });
window.UserLeap._API_URL = location.origin;
