/** The people one can act as. */

import { avatar } from "./avatar.js";
import { clockTime } from "./dates.js";
import { h } from "./dom.js";
import { now, session } from "./session.js";
import { languageOf, LANGUAGES, t, titleOf } from "./words.js";

/** Draw the people to act as. */
export function drawPeople(state, go) {
  const list = h(
    "div",
    { class: "people", role: "radiogroup", "aria-labelledby": "act-as" },
    state.people.map((one) => personRow(one, go)),
  );
  list.addEventListener("keydown", walk);
  return h("section", { class: "act-as" }, h("h2", { class: "side-title", id: "act-as" }, t("app.act_as")), list);
}

function personRow(one, go) {
  const active = one.id === session.as;
  const tongue = languageOf(one.locale);
  const place = one.tz.split("/").at(-1).replaceAll("_", " ");
  return h(
    "button",
    {
      type: "button",
      role: "radio",
      class: `person ${active ? "active" : ""}`,
      "aria-checked": String(active),
      tabindex: active ? "0" : "-1",
      data: { key: one.id, person: one.id },
      onclick: () => go.person(one.id),
    },
    avatar(one, 32),
    h(
      "span",
      { class: "person-words" },
      h(
        "span",
        { class: "person-line" },
        h("span", { class: "person-name" }, one.name),
        h("time", { class: "person-time", data: { zone: one.tz } }, clockTime(now(), one.tz)),
      ),
      h("small", null, titleOf(one)),
      h("small", { class: "person-place" }, h("span", { lang: tongue }, LANGUAGES[tongue]), " · ", place),
    ),
  );
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const all = [...event.currentTarget.querySelectorAll("[role=radio]")];
  const at = all.indexOf(document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  const next = all[(at + step + all.length) % all.length];
  next.focus();
  next.click();
}
