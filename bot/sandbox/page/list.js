/** A list of messages that changes in place: rows keep their nodes, and the reader's place is kept. */

import { dividerDay, isoDay } from "./dates.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { drawMessage } from "./message.js";
import { language, zone } from "./session.js";
import { t } from "./words.js";

const GROUP_WITHIN = 300;
const NEAR = 60;

/** Make a scrolling list; call `show(messages, spot)` whenever it may have changed. */
export function makeList(scroller) {
  let rows = new Map();
  let place = "";
  let latest = "";
  let follows = true;
  const newest = h(
    "button",
    { type: "button", class: "pill to-end", onclick: () => toEnd(scroller) },
    icon("down", 16),
    h("span", null),
  );
  scroller.addEventListener(
    "scroll",
    () => {
      follows = atEnd(scroller);
      if (follows) newest.remove();
    },
    { passive: true },
  );
  // Pictures that arrive late, or a composer that grows, must not push the newest line out of sight.
  new ResizeObserver(() => follows && toEnd(scroller)).observe(scroller);
  scroller.addEventListener("load", () => follows && toEnd(scroller), true);
  return {
    show(messages, spot, before = [], between = null) {
      const here = JSON.stringify([spot.channel, spot.thread ?? null, language(), zone(), spot.as]);
      const fresh = here !== place;
      if (fresh) rows = new Map();
      const anchor = fresh || follows ? null : anchorOf(scroller);
      const next = plan(messages, spot, rows, between);
      const last = messages.at(-1);
      // An answer to this person alone comes last, wherever they pressed; it must not wait to be found.
      const answered = !fresh && last?.ephemeral && last.ts > latest;
      const missed = !fresh && !follows && (newest.isConnected || next.newest > latest);
      ({ rows, newest: latest } = next);
      newest.lastChild.textContent = t("chat.newest");
      arrange(scroller, [...before, ...next.nodes, ...(missed ? [newest] : [])]);
      place = here;
      if (fresh || follows || answered) toEnd(scroller);
      else if (anchor) restore(scroller, anchor);
    },
    end: () => toEnd(scroller),
  };
}

const atEnd = (scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
const toEnd = (scroller) => {
  scroller.scrollTop = scroller.scrollHeight;
};

function plan(messages, spot, old, between) {
  const rows = new Map();
  const nodes = [];
  let last = null;
  messages.forEach((message, at) => {
    const day = isoDay(new Date(message.at ?? Number(message.ts) * 1000));
    if (!spot.thread && day !== last?.day) nodes.push(keep(rows, old, `day ${day}`, divider(day, message)));
    const grouped = at > 0 && day === last?.day && follow(last.message, message) && !(spot.thread && at === 1);
    const mark = JSON.stringify([message, grouped]);
    const key = `${message.ephemeral ? "e" : "m"} ${message.ts}`;
    const found = old.get(key);
    const row = found?.mark === mark ? found : { mark, node: drawMessage(message, { ...spot, grouped }) };
    rows.set(key, row);
    nodes.push(row.node);
    if (at === 0 && between) nodes.push(between);
    last = { day, message };
  });
  return { rows, nodes, newest: messages.at(-1)?.ts ?? "" };
}

function keep(rows, old, key, draw) {
  const mark = draw.mark;
  const row = old.get(key)?.mark === mark ? old.get(key) : { mark, node: draw.node() };
  rows.set(key, row);
  return row.node;
}

function divider(day, message) {
  const words = dividerDay(new Date(message.at ?? Number(message.ts) * 1000));
  return {
    mark: words,
    node: () => h("div", { class: "day-line", role: "separator", "aria-label": words }, h("span", null, words)),
  };
}

function follow(before, message) {
  const close = Number(message.ts) - Number(before.ts) < GROUP_WITHIN;
  const plain = !message.ephemeral && !before.ephemeral && !message.broadcast && !before.broadcast;
  // A card of the bot's stands alone; only chatter is drawn together.
  return close && plain && before.user === message.user && !message.is_bot;
}

/** Put nodes into their order, touching only those that are not in place, so that focus and clicks survive. */
function arrange(scroller, nodes) {
  const focused = focusMark(scroller);
  const wanted = new Set(nodes);
  for (const child of [...scroller.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (scroller.children[at] !== node) scroller.insertBefore(node, scroller.children[at] ?? null);
  });
  focused?.();
}

/** Remember which control had the focus, to give it back when its message was drawn anew. */
function focusMark(scroller) {
  const node = document.activeElement;
  const row = node && scroller.contains(node) && node.closest("[data-ts]");
  if (!row) return null;
  const { actionId, thread } = node.dataset;
  const at = actionId ? `[data-action-id="${CSS.escape(actionId)}"]` : thread ? `[data-thread="${thread}"]` : null;
  return () => {
    if (node.isConnected) return;
    const again = scroller.querySelector(`[data-ts="${row.dataset.ts}"]`);
    (at && again?.querySelector(at) ? again.querySelector(at) : again)?.focus({ preventScroll: true });
  };
}

function anchorOf(scroller) {
  const top = scroller.getBoundingClientRect().top;
  const row = [...scroller.querySelectorAll("[data-ts]")].find((one) => one.getBoundingClientRect().bottom > top + 8);
  return row ? { ts: row.dataset.ts, offset: row.getBoundingClientRect().top } : null;
}

function restore(scroller, { ts, offset }) {
  const row = scroller.querySelector(`[data-ts="${ts}"]`);
  if (row) scroller.scrollTop += row.getBoundingClientRect().top - offset;
}

/** Draw the beginning of a channel. */
export function beginning(title) {
  return h("div", { class: "empty" }, h("strong", null, title), h("span", null, t("chat.empty_hint")));
}
