/** The clock bar: the workspace's time and the buttons that move it; and the first-visit suggestions. */

import { post } from "./api.js";
import { clockTime, fullDay } from "./dates.js";
import { fill, h, redraw } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { language, now, recall, remember, session, zone } from "./session.js";
import { showRefusal, toast } from "./toast.js";
import { t } from "./words.js";

const HOUR = 3600;
const MOVES = [
  ["reminder", "bell", { jump: "next_reminder" }],
  ["hour", "clock", { advance: HOUR }],
  ["day", "skip", { advance: 24 * HOUR }],
  ["event", "flag", { jump: "event_day" }],
];

/** Draw the clock bar. */
export function drawClock(node, lead) {
  redraw(node, [language(), zone()], () => draw(node, lead));
  tick(node);
}

function draw(node, lead) {
  const place = zone().split("/").at(-1).replaceAll("_", " ");
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.move : null;
  fill(
    node,
    lead(),
    h(
      "div",
      { class: "clock-time", role: "timer", "aria-label": t("clock.label"), title: t("clock.hint") },
      icon("clock", 17),
      h("strong", { class: "clock-hour" }),
      h("span", { class: "clock-day" }),
      h("span", { class: "clock-zone" }, place),
    ),
    h(
      "div",
      { class: "clock-moves", role: "group", "aria-label": t("clock.label") },
      MOVES.map(([key, name, body]) =>
        h(
          "button",
          { type: "button", class: "pill", data: { move: key }, onclick: (event) => move(event.currentTarget, body) },
          icon(name, 16),
          h("span", { class: "long" }, t(`clock.${key}`)),
          h("span", { class: "short" }, t(key === "event" ? "clock.event_short" : `clock.${key}`)),
        ),
      ),
    ),
  );
  if (focused) node.querySelector(`[data-move="${focused}"]`)?.focus();
}

/** Show the present time. */
export function tick(node) {
  const hour = node.querySelector(".clock-hour");
  if (!hour) return;
  hour.textContent = clockTime(now());
  node.querySelector(".clock-day").textContent = fullDay(now());
}

async function move(button, body) {
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const answer = await post("clock", body);
  button.removeAttribute("aria-busy");
  if (answer.error === "nothing_due") toast(answer.message ?? t("clock.nothing"));
  else if (!showRefusal(answer) && answer.now)
    toast(t("clock.moved", { time: `${fullDay(new Date(answer.now))}, ${clockTime(new Date(answer.now))}` }), "done");
}

/** Draw the suggestions until they are dismissed; `use` takes a command to try, and the channel to try it in. */
export function drawTips(node, use) {
  const tips = session.state.tips ?? [];
  node.hidden = !tips.length || recall("tips") === "gone";
  if (node.hidden) return;
  redraw(node, [tips, language()], () => fillTips(node, tips, use));
}

function fillTips(node, tips, use) {
  const done = tips.every((tip) => tip.done);
  fill(
    node,
    !done && h("h2", { class: "tips-title" }, t("tips.title")),
    done
      ? h("p", { class: "tips-all" }, t("tips.all"))
      : h(
          "ol",
          { class: "tips-list" },
          tips.map((tip, at) => tipRow(tip, at + 1, use)),
        ),
    h(
      "button",
      {
        type: "button",
        class: "mini",
        "aria-label": t("app.dismiss"),
        title: t("app.dismiss"),
        onclick: () => {
          remember("tips", "gone");
          node.hidden = true;
        },
      },
      icon("close", 16),
    ),
  );
}

function tipRow(tip, number, use) {
  const command = /`(\/sop[^`]*)`/.exec(tip.text)?.[1];
  const channel = /#([\w-]+)/.exec(tip.text)?.[1];
  const mark = h("span", { class: "tip-mark" }, tip.done ? icon("check", 14) : number);
  const words = h(
    "span",
    { class: "tip-text" },
    mrkdwn(tip.text),
    tip.done && h("span", { class: "visually-hidden" }, ` (${t("tips.done")})`),
  );
  const kind = `tip ${tip.done ? "done" : ""}`;
  if (!command || tip.done) return h("li", { class: kind }, mark, words);
  return h(
    "li",
    { class: kind },
    h(
      "button",
      { type: "button", class: "tip-use", title: t("tips.try"), data: { tip: tip.id }, onclick: () => use(command, channel) },
      mark,
      words,
    ),
  );
}
