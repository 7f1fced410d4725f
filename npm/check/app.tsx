// The code of the guide as a shop would bundle it: two roots on one page, in React and in Vue, with one tag.
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { createApp } from "vue";
import { hark, load } from "hark-survey";
import { Checkout } from "./guide/Checkout.js";
import { Feedback } from "./guide/Feedback.js";
import { feedback } from "./guide/hark-plugin.js";
import template from "./guide/order.html";
import { ordered, start, whyNot } from "./guide/plain.js";

const { collector } = document.documentElement.dataset as { collector: string };

function Shop() {
  const [thanks, setThanks] = useState("");
  return (
    <>
      <Feedback collector={collector} site="shop" consent="denied" onCompleted={({ survey }) => setThanks(survey)} />
      <Checkout value={84.5} />
      <output>{thanks}</output>
    </>
  );
}

const root = (id: string) => document.body.appendChild(Object.assign(document.createElement("div"), { id }));
createRoot(root("react")).render(<StrictMode><Shop /></StrictMode>);
createApp({ template }).use(feedback, { collector, site: "shop" }).mount(root("vue"));
start(collector);
ordered(1);
Object.assign(window, { hark_package: { hark, load, whyNot } });
