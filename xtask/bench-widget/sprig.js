// As its guide for npm says.
import { sprig } from "@sprig-technologies/sprig-browser";

window.Sprig = sprig.configure({ environmentId: "bench", apiURL: location.origin });
