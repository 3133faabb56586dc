/** A month to pick a day from, by mouse or arrow keys. */

import { dayOf, format, isoDay } from "./dates.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openPopover } from "./popover.js";
import { now } from "./session.js";
import { t } from "./words.js";

const DAY = 86400000;

/** Open a calendar at a node; `choose` gets the picked YYYY-MM-DD day. */
export function openCalendar(opener, chosen, choose) {
  openPopover(opener, { label: t("form.choose_date"), kind: "calendar" }, (panel, close) => {
    const month = dayOf(chosen ?? isoDay(now()));
    const pick = (day) => {
      choose(day);
      close();
    };
    drawMonth(panel, month, { chosen, pick });
    panel.addEventListener("keydown", (event) => walkDays(event, panel, { chosen, pick }));
    queueMicrotask(() => panel.querySelector("[tabindex='0']")?.focus());
  });
}

function drawMonth(panel, date, { chosen, pick }) {
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1, 12));
  const start = new Date(first - ((first.getUTCDay() + 6) % 7) * DAY);
  const turn = (step) =>
    drawMonth(panel, new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + step, 1, 12)), { chosen, pick });
  const arrow = (name, key, step) =>
    h("button", { type: "button", class: "mini", "aria-label": t(key), onclick: () => turn(step) }, icon(name, 18));
  const days = Array.from({ length: 42 }, (_, at) => new Date(start.getTime() + at * DAY));
  fill(
    panel,
    h(
      "div",
      { class: "month" },
      arrow("left", "form.previous_month", -1),
      h("strong", { "aria-live": "polite" }, format(first, { month: "long", year: "numeric" }, "UTC")),
      arrow("right", "form.next_month", 1),
    ),
    h(
      "div",
      { class: "days", role: "grid" },
      days.slice(0, 7).map((day) => h("span", { class: "weekday" }, format(day, { weekday: "narrow" }, "UTC"))),
      days.map((day) => dayButton(day, { month: first.getUTCMonth(), focus: isoDay(date, "UTC"), chosen, pick })),
    ),
  );
}

function dayButton(day, { month, focus, chosen, pick }) {
  const iso = isoDay(day, "UTC");
  const kinds = [
    day.getUTCMonth() !== month && "other",
    iso === isoDay(now()) && "today",
    iso === chosen && "chosen",
    [0, 6].includes(day.getUTCDay()) && "weekend",
  ];
  return h(
    "button",
    {
      type: "button",
      class: `day ${kinds.filter(Boolean).join(" ")}`,
      tabindex: iso === focus ? "0" : "-1",
      data: { day: iso },
      "aria-label": format(day, { weekday: "long", day: "numeric", month: "long", year: "numeric" }, "UTC"),
      "aria-pressed": String(iso === chosen),
      onclick: () => pick(iso),
    },
    day.getUTCDate(),
  );
}

function walkDays(event, panel, choice) {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, PageUp: -28, PageDown: 28 }[event.key];
  const from = document.activeElement?.dataset.day;
  if (!step || !from) return;
  event.preventDefault();
  const goal = new Date(dayOf(from).getTime() + step * DAY);
  drawMonth(panel, goal, choice);
  panel.querySelector("[tabindex='0']")?.focus();
}
