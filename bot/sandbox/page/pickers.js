/** Date, time and both; typed by hand or picked from a calendar. */

import { openCalendar } from "./calendar.js";
import { clock24, dayOf, epochOf, format, isoDay } from "./dates.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { unescapeText } from "./mrkdwn.js";
import { openMenu } from "./popover.js";
import { t } from "./words.js";

/** Draw a date field. */
export function datePicker(element, control) {
  return dateField(control, {
    value: control.bare(),
    placeholder: placeholderOf(element, "form.choose_date"),
    focus: element.focus_on_load,
    take: (day, node) => control.set(day, node),
  });
}

/** Draw a time field. */
export function timePicker(element, control) {
  return timeField(control, {
    value: control.bare(),
    placeholder: placeholderOf(element, "form.choose_time"),
    focus: element.focus_on_load,
    take: (time, node) => control.set(time, node),
  });
}

/** Draw a date and a time field that make one moment in the acting person's zone. */
export function dateTimePicker(element, control) {
  const epoch = control.bare();
  const moment = epoch && new Date(epoch * 1000);
  const chosen = { day: moment ? isoDay(moment) : null, time: moment ? clock24(moment) : null };
  const take = (key) => (value, node) => {
    chosen[key] = value;
    if (chosen.day && !chosen.time) chosen.time = "10:00";
    control.set(chosen.day && chosen.time ? epochOf(chosen.day, chosen.time) : null, node);
    if (key === "day") box.querySelector(".time-field input").value = chosen.time ?? "";
  };
  const box = h(
    "div",
    { class: "both" },
    dateField(control, {
      value: chosen.day,
      placeholder: t("form.choose_date"),
      focus: element.focus_on_load,
      take: take("day"),
    }),
    timeField({ ...control, id: null }, { value: chosen.time, placeholder: t("form.choose_time"), take: take("time") }),
  );
  return box;
}

const placeholderOf = (element, key) => (element.placeholder ? unescapeText(element.placeholder.text) : t(key));

function dateField(control, { value, placeholder, focus, take }) {
  const note = h("span", { class: "field-note", "aria-hidden": "true" });
  const input = h("input", {
    class: "field",
    id: control.id,
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    placeholder,
    maxlength: 10,
    autofocus: focus,
    "aria-label": control.id ? null : placeholder,
    "aria-describedby": control.describedBy,
  });
  const show = (day) => {
    input.value = day ?? "";
    const known = /^\d{4}-\d{2}-\d{2}$/.test(day ?? "");
    note.textContent = known ? format(dayOf(day), { weekday: "short" }, "UTC") : "";
  };
  const choose = (day) => {
    show(day);
    take(day, input);
  };
  input.addEventListener("change", () => choose(readDay(input.value) ?? (input.value.trim() || null)));
  const opener = h(
    "button",
    {
      type: "button",
      class: "field-button",
      "aria-label": t("form.choose_date"),
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
    },
    icon("calendar", 18),
  );
  opener.addEventListener("click", () => openCalendar(opener, readDay(input.value), choose));
  show(value);
  return h("div", { class: "date-field" }, input, note, opener);
}

/** Read 2025-11-20, 2025/11/20, 20251120 or 20.11.2025 as an ISO day. */
function readDay(text) {
  const wanted = text.trim();
  const year = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(wanted);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(wanted);
  const parts = year ? year.slice(1) : dotted?.slice(1).reverse();
  if (!parts) return null;
  const day = `${parts[0]}-${parts[1].padStart(2, "0")}-${parts[2].padStart(2, "0")}`;
  const date = dayOf(day);
  return !Number.isNaN(date.getTime()) && isoDay(date, "UTC") === day ? day : null;
}

function timeField(control, { value, placeholder, focus, take }) {
  const input = h("input", {
    class: "field",
    id: control.id,
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    placeholder,
    maxlength: 5,
    autofocus: focus,
    "aria-label": control.id ? null : placeholder,
    "aria-describedby": control.describedBy,
  });
  input.value = value ?? "";
  const choose = (time) => {
    input.value = time ?? "";
    take(time, input);
  };
  input.addEventListener("change", () => choose(readTime(input.value) ?? (input.value.trim() || null)));
  const opener = h(
    "button",
    {
      type: "button",
      class: "field-button",
      "aria-label": t("form.choose_time"),
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    },
    icon("clock", 18),
  );
  const slots = Array.from({ length: 48 }, (_, at) => `${String(at >> 1).padStart(2, "0")}:${at % 2 ? "30" : "00"}`);
  opener.addEventListener("click", () =>
    openMenu(
      opener,
      t("form.choose_time"),
      slots.map((slot) => ({ label: slot, checked: slot === (input.value || "09:00"), act: () => choose(slot) })),
    ),
  );
  return h("div", { class: "time-field" }, input, opener);
}

/** Read 9, 9:30, 0930 or 18：00 as HH:MM. */
function readTime(text) {
  const match = /^(\d{1,2})(?:[:：.]?(\d{2}))?$/.exec(text.trim());
  if (!match || Number(match[1]) > 23 || Number(match[2] ?? 0) > 59) return null;
  return `${match[1].padStart(2, "0")}:${match[2] ?? "00"}`;
}
