/** The list that opens while one types "/" or "@". */

import { avatar } from "./avatar.js";
import { fill, freshId, h } from "./dom.js";
import { BOT, session } from "./session.js";
import { t, titleOf } from "./words.js";

// The command alone opens its private menu.
const VERBS = ["", "start", "my", "status", "list", "help"];

/** Make the hint list of a text area; `keydown` tells whether it used the key. */
export function makeHints(field, { commands }) {
  const list = h("div", { class: "hints", role: "listbox", id: freshId("hints"), hidden: true });
  let found = [];
  let at = 0;
  field.setAttribute("aria-controls", list.id);
  const close = () => {
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (hint) => {
    hint.use(field);
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };
  const draw = () => {
    fill(
      list,
      h("div", { class: "group-label", role: "presentation" }, found[0].title),
      found.map((hint, index) => row(hint, index === at, () => choose(hint))),
    );
    field.setAttribute("aria-activedescendant", list.children[at + 1].id);
    list.children[at + 1].scrollIntoView({ block: "nearest" });
  };
  field.addEventListener("input", () => {
    found = (commands ? commandHints(field.value) : []).concat(peopleHints(field));
    at = 0;
    list.hidden = !found.length;
    if (found.length) draw();
    else close();
  });
  field.addEventListener("blur", () => setTimeout(close, 150));
  return { node: list, close, keydown: (event) => keydown(event) };

  function keydown(event) {
    if (list.hidden || event.isComposing) return false;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = (at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
      draw();
    } else if (event.key === "Tab" || event.key === "Enter") {
      // A command that is written out in full is sent, not completed once more.
      if (event.key === "Enter" && found.some((hint) => hint.whole === field.value.trim())) return false;
      choose(found[at]);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}

function row(hint, active, onclick) {
  return h(
    "div",
    {
      role: "option",
      id: freshId("hint"),
      class: `option ${active ? "active" : ""}`,
      "aria-selected": String(active),
      onmousedown: (event) => event.preventDefault(),
      onclick,
    },
    hint.picture,
    h("span", { class: "option-text" }, h("strong", null, hint.label), h("small", null, hint.detail)),
  );
}

function commandHints(text) {
  const typed = /^\/(\w*)(?:\s+(\S*))?$/.exec(text);
  const command = session.state?.apps[0]?.command ?? "/sop";
  if (!typed || !command.startsWith(`/${typed[1]}`)) return [];
  if (typed[2] === undefined && /\s$/.test(text) === false && text.length > command.length) return [];
  const verbs = VERBS.filter((verb) => verb.startsWith(typed[2] ?? ""));
  return verbs.map((verb) => {
    const whole = `${command} ${verb}`.trim();
    return {
      title: t("write.commands"),
      label: whole,
      whole,
      detail: t(`command.${verb || "menu"}`),
      picture: avatar(BOT, 24),
      use: (field) => {
        field.value = verb === "start" ? `${whole} ` : whole;
      },
    };
  });
}

function peopleHints(field) {
  const before = field.value.slice(0, field.selectionStart);
  const typed = /(?:^|[\s(（，。、])@([\p{L}\p{N}-]*)$/u.exec(before)?.[1];
  if (typed === undefined) return [];
  const everyone = [...session.state.people, BOT];
  return everyone
    .filter((one) => one.name.toLowerCase().includes(typed.toLowerCase()))
    .map((one) => ({
      title: t("write.people"),
      label: one.name,
      detail: one.bot ? t("chat.app") : titleOf(one),
      picture: avatar(one, 24),
      use: () => {
        const start = before.length - typed.length;
        field.setRangeText(`${one.name} `, start, field.selectionStart, "end");
      },
    }));
}

/** Turn "@Name" into the mention Slack's clients send; the text is escaped already. */
export function withMentions(text) {
  const everyone = [...session.state.people, BOT].sort((one, other) => other.name.length - one.name.length);
  return everyone.reduce((result, one) => result.replaceAll(`@${one.name}`, `<@${one.id}>`), text);
}
