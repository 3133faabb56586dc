/** Small floating panels in the browser's top layer: Esc and a click outside close them. */

import { h } from "./dom.js";

const GAP = 6;
let current = null;
let lately = { anchor: null, at: 0 };

/** Open a panel at a node; `fill(panel, close)` puts in the content. Returns the panel. */
export function openPopover(anchor, { label, role = "dialog", kind = "", width, onclose }, fill) {
  // A click on the anchor of an open panel has closed it already by being outside of it.
  if (current?.anchor === anchor || (lately.anchor === anchor && performance.now() - lately.at < 250))
    return closePopover();
  closePopover();
  const panel = h("div", { class: `popover ${kind}`, popover: "auto", role, "aria-label": label });
  const host = anchor.closest("dialog") ?? document.body;
  const close = () => panel.hidePopover();
  current = { anchor, panel };
  fill(panel, close);
  host.append(panel);
  if (width) panel.style.minWidth = `${Math.min(width, innerWidth - 16)}px`;
  panel.addEventListener("toggle", (event) => event.newState === "closed" && closed(panel, anchor, onclose));
  panel.showPopover();
  place(panel, anchor);
  anchor.setAttribute("aria-expanded", "true");
  return panel;
}

/** Close whatever panel is open. */
export function closePopover() {
  current?.panel.hidePopover();
  return null;
}

function closed(panel, anchor, onclose) {
  const held = panel.contains(document.activeElement) || document.activeElement === document.body;
  panel.remove();
  lately = { anchor, at: performance.now() };
  anchor.setAttribute("aria-expanded", "false");
  if (current?.panel === panel) current = null;
  if (held && anchor.isConnected) anchor.focus({ preventScroll: true });
  onclose?.();
}

/** Put a panel below its anchor, or above where there is more room. */
export function place(panel, anchor) {
  const box = anchor.getBoundingClientRect();
  const below = innerHeight - box.bottom - GAP - 8;
  const above = box.top - GAP - 8;
  panel.style.maxHeight = "";
  const height = panel.offsetHeight;
  const up = height > below && above > below;
  panel.style.maxHeight = `${Math.max(120, up ? above : below)}px`;
  const top = up ? box.top - GAP - Math.min(height, above) : box.bottom + GAP;
  const left = Math.min(Math.max(8, box.left), innerWidth - panel.offsetWidth - 8);
  panel.style.top = `${Math.max(8, top)}px`;
  panel.style.left = `${Math.max(8, left)}px`;
}

/** Open a menu of `{label, icon, danger, act, detail, checked}` items. */
export function openMenu(anchor, label, items) {
  return openPopover(anchor, { label, role: "menu", kind: "menu" }, (panel, close) => {
    for (const item of items) panel.append(menuItem(item, close));
    panel.addEventListener("keydown", walkMenu);
    // The panel takes part in layout only after it is shown.
    queueMicrotask(() =>
      (panel.querySelector("[aria-checked=true]") ?? panel.querySelector("[role^=menuitem]"))?.focus(),
    );
  });
}

function menuItem(item, close) {
  const role = item.checked === undefined ? "menuitem" : "menuitemradio";
  return h(
    "button",
    {
      type: "button",
      role,
      tabindex: "-1",
      class: `menu-item ${item.danger ? "danger" : ""}`,
      data: item.data,
      "aria-checked": item.checked === undefined ? null : String(item.checked),
      onclick: () => {
        close();
        item.act();
      },
    },
    item.icon,
    h("span", { class: "menu-text" }, item.label, item.detail && h("small", null, item.detail)),
  );
}

function walkMenu(event) {
  const items = [...event.currentTarget.querySelectorAll("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items[next % items.length].focus();
}

/** Ask a yes or no as Slack's confirm dialogs do; resolves to true or false. */
export function confirmDialog({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const yes = h(
      "button",
      {
        type: "button",
        class: `button ${style === "danger" ? "danger" : "primary"}`,
        autofocus: true,
        onclick: () => end(true),
      },
      confirm,
    );
    const no = h("button", { type: "button", class: "button", onclick: () => end(false) }, deny);
    const box = h(
      "dialog",
      { class: "confirm", "aria-label": title, oncancel: () => end(false) },
      h("h2", null, title),
      h("p", null, text),
      h("div", { class: "dialog-foot" }, no, yes),
    );
    const end = (answer) => {
      box.remove();
      resolve(answer);
    };
    document.body.append(box);
    box.showModal();
  });
}
