/** Single and multiple selects with search, for options, people and channels. */

import { choices } from "./choices.js";
import { fill, freshId, h } from "./dom.js";
import { plainText } from "./emoji.js";
import { icon } from "./icons.js";
import { unescapeText } from "./mrkdwn.js";
import { closePopover, openPopover, place } from "./popover.js";
import { t } from "./words.js";

const SEARCH_FROM = 8;

/** Draw a select; the bare value is an option or an id, or a list of them. */
export function selectField(element, control) {
  const many = element.type.startsWith("multi_");
  const node = h("button", {
    type: "button",
    class: "field select",
    id: control.id,
    role: "combobox",
    "aria-haspopup": "listbox",
    "aria-expanded": "false",
    "aria-label": control.id ? null : placeholderOf(element),
    "aria-describedby": control.describedBy,
    autofocus: element.focus_on_load,
  });
  const chosen = () =>
    [control.bare()]
      .flat()
      .filter((one) => one !== null)
      .map((one) => one.value ?? one);
  const show = () => {
    const keys = chosen();
    const offered = choices(element);
    const picked = keys.map((key) => offered.find((one) => one.key === key) ?? { key, label: key });
    const text = picked.length
      ? picked.map((one) => chip(one, many))
      : h("span", { class: "placeholder" }, placeholderOf(element));
    fill(node, h("span", { class: "select-text" }, text), icon("down", 16));
    node.dataset.value = keys.join(" ");
  };
  const choose = (choice) => {
    if (!many) control.set(choice && choice.bare, node);
    else toggle(element, control, choice, node);
    show();
  };
  node.addEventListener("click", () =>
    openList(node, element, { many, chosen, choose, control, optional: control.block.optional }),
  );
  node.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    node.click();
  });
  show();
  return node;
}

function placeholderOf(element) {
  if (element.placeholder) return unescapeText(element.placeholder.text);
  if (element.type.includes("users")) return t("form.choose_person");
  return /conversations|channels/.test(element.type) ? t("form.choose_channel") : t("form.choose");
}

function chip(choice, many) {
  return h("span", { class: many ? "chip" : "picked" }, choice.picture?.(), h("span", null, plainText(choice.label)));
}

function toggle(element, control, choice, node) {
  const all = control.bare();
  const key = (one) => one.value ?? one;
  const without = all.filter((one) => key(one) !== choice.key);
  if (without.length === all.length && element.max_selected_items <= all.length) return;
  // The act is sent when the list closes, not at every tick.
  control.set(without.length === all.length ? [...all, choice.bare] : without, node, true);
}

function openList(node, element, select) {
  const offered = choices(element);
  const before = select.chosen().join(" ");
  const onclose = () =>
    select.many && select.control.speaks && select.chosen().join(" ") !== before && select.control.send(node);
  openPopover(
    node,
    { label: placeholderOf(element), role: "presentation", kind: "listing", width: node.offsetWidth, onclose },
    (panel) => {
      const list = h("div", {
        role: "listbox",
        id: freshId("list"),
        class: "options",
        tabindex: "-1",
        "aria-multiselectable": String(select.many),
        "aria-label": placeholderOf(element),
      });
      const search = h("input", {
        type: "text",
        class: "list-search",
        placeholder: t("form.search"),
        "aria-label": t("form.search"),
        role: "combobox",
        "aria-expanded": "true",
        "aria-controls": list.id,
        autocomplete: "off",
      });
      const long = offered.length >= SEARCH_FROM;
      const refresh = () =>
        drawOptions(list, offered, search.value, select, () => {
          refresh();
          place(panel, node);
        });
      search.addEventListener("input", () => refresh());
      if (long) panel.append(h("div", { class: "search-box" }, icon("search", 16), search));
      if (element.max_selected_items)
        panel.append(h("div", { class: "list-note" }, t("form.most", { n: element.max_selected_items })));
      panel.append(list);
      refresh();
      const driver = long ? search : list;
      driver.addEventListener("keydown", (event) => walk(event, list, driver));
      queueMicrotask(() => {
        driver.focus();
        activate(list, driver, list.querySelector("[aria-selected=true]") ?? list.querySelector("[role=option]"));
      });
    },
  );
}

function drawOptions(list, offered, words, select, redraw) {
  const wanted = words.trim().toLowerCase();
  const found = offered.filter((one) => `${one.label} ${one.detail ?? ""}`.toLowerCase().includes(wanted));
  const keys = new Set(select.chosen());
  let group;
  fill(
    list,
    found.map((one) => {
      const heading =
        one.group !== group && one.group && h("div", { class: "group-label", role: "presentation" }, one.group);
      group = one.group;
      return [heading || null, optionRow(one, keys.has(one.key), () => act(one, select, redraw))];
    }),
    !found.length && h("div", { class: "list-note" }, t("form.nothing")),
  );
  if (select.optional && !select.many && keys.size)
    list.append(optionRow({ key: "", label: t("form.clear") }, false, () => act(null, select, redraw), "clear"));
}

function act(choice, select, redraw) {
  select.choose(choice);
  if (select.many) redraw();
  else closePopover();
}

function optionRow(choice, on, onclick, kind = "") {
  return h(
    "div",
    {
      role: "option",
      id: freshId("option"),
      "aria-selected": String(on),
      class: `option ${kind}`,
      data: { value: choice.key },
      onclick,
    },
    choice.picture?.(),
    h("span", { class: "option-text" }, plainText(choice.label), choice.detail && h("small", null, choice.detail)),
    h("span", { class: "option-tick" }, on && icon("check", 16)),
  );
}

function activate(list, driver, option) {
  for (const one of list.querySelectorAll(".active")) one.classList.remove("active");
  if (!option) return;
  option.classList.add("active");
  option.scrollIntoView({ block: "nearest" });
  driver.setAttribute("aria-activedescendant", option.id);
}

function walk(event, list, driver) {
  const all = [...list.querySelectorAll("[role=option]")];
  const at = all.findIndex((one) => one.classList.contains("active"));
  const go = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (go !== undefined) {
    event.preventDefault();
    activate(list, driver, all[(go + all.length) % all.length]);
  } else if (event.key === "Enter" || (event.key === " " && driver === list)) {
    event.preventDefault();
    (all[at] ?? all[0])?.click();
    activate(list, driver, list.querySelectorAll("[role=option]")[Math.max(0, at)]);
  } else if (event.key === "Tab") closePopover();
}
