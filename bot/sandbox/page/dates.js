/** Dates in the acting person's zone and the page's language. */

import { language, now, zone } from "./session.js";
import { t } from "./words.js";

// British English writes "Fri 24 Oct, 18:00": short, unambiguous, 24 hours.
const LOCALES = { en: "en-GB", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW" };
const DAY = 86400000;
const formats = new Map();

/** Format a moment with Intl options. */
export function format(date, options, timeZone = zone()) {
  const key = JSON.stringify([language(), timeZone, options]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(LOCALES[language()], { hourCycle: "h23", ...options, timeZone }));
  }
  return formats.get(key).format(date);
}

/** Return "10:00". */
export function clockTime(date, timeZone) {
  return format(date, { hour: "2-digit", minute: "2-digit" }, timeZone);
}

/** Return "Thu 20 Nov 2025". */
export function fullDay(date, timeZone) {
  return spaced(format(date, { weekday: "short", day: "numeric", month: "short", year: "numeric" }, timeZone));
}

// "Thu, 20 Nov" reads quieter without the comma.
const spaced = (text) => text.replace(/^(\p{L}+),/u, "$1").replace(/日([周週星])/u, "日 $1");

/** Return YYYY-MM-DD of a moment in the zone. */
export function isoDay(date, timeZone = zone()) {
  const parts = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone });
  return parts.format(date);
}

/** Return noon UTC of a YYYY-MM-DD day, safe to format as UTC. */
export function dayOf(iso) {
  return new Date(`${iso}T12:00:00Z`);
}

function daysAhead(date) {
  return Math.round((dayOf(isoDay(date)) - dayOf(isoDay(now()))) / DAY);
}

/** Return today, yesterday or tomorrow, or null when the day has no such name. */
function dayName(date) {
  return { 0: t("chat.today"), "-1": t("chat.yesterday"), 1: t("chat.tomorrow") }[daysAhead(date)] ?? null;
}

/** Return the words for a day divider. */
export function dividerDay(date) {
  const sameYear = isoDay(date).slice(0, 4) === isoDay(now()).slice(0, 4);
  const day = format(date, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
  });
  return dayName(date) ?? spaced(day);
}

/** Return "2 h ago", "in 3 days". */
export function ago(date) {
  const seconds = (date - now()) / 1000;
  const relative = new Intl.RelativeTimeFormat(LOCALES[language()], { numeric: "auto", style: "long" });
  const steps = [
    ["second", 1, 45],
    ["minute", 60, 45],
    ["hour", 3600, 22],
    ["day", 86400, 26],
    ["month", 2629800, 11],
  ];
  for (const [unit, size, most] of steps) {
    const count = Math.round(seconds / size);
    if (Math.abs(count) < most) return unit === "second" ? relative.format(0, "second") : relative.format(count, unit);
  }
  return relative.format(Math.round(seconds / 31557600), "year");
}

function shortDate(date, extra) {
  const far = Math.abs(daysAhead(date)) > 182;
  return spaced(format(date, { day: "numeric", month: "short", ...extra, ...(far ? { year: "numeric" } : {}) }));
}

const pretty = (style) => (date) => {
  const name = dayName(date);
  if (!name) return style(date);
  // Inside a sentence "today" is small; where the date opens the text it is raised again.
  return language() === "en" ? name.toLowerCase() : name;
};

const styles = {
  date_num: (date) => isoDay(date),
  date: (date) => format(date, { day: "numeric", month: "long", year: "numeric" }),
  date_short: (date) => shortDate(date, { weekday: "short" }),
  date_long: (date) => shortDate(date, { weekday: "long", month: "long" }),
  time: (date) => clockTime(date),
  time_secs: (date) => format(date, { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  ago,
};
styles.date_pretty = pretty(styles.date);
styles.date_short_pretty = pretty(styles.date_short);
styles.date_long_pretty = pretty(styles.date_long);
styles.date_long_full = styles.date_long;
styles.day_divider_pretty = dividerDay;

/** Fill a date token's format such as `{date_short_pretty}, {time}`. */
export function dateToken(epoch, pattern, opensText = false) {
  const date = new Date(Number(epoch) * 1000);
  const text = pattern.replace(/\{(\w+)\}/g, (whole, name) => styles[name]?.(date) ?? whole);
  return opensText ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** Return the moment a wall-clock time in the acting person's zone stands for, as epoch seconds. */
export function epochOf(day, time) {
  const guess = Date.parse(`${day}T${time}:00Z`);
  const shown = (date) => Date.parse(`${isoDay(date)}T${clock24(date)}:00Z`);
  const once = guess - (shown(new Date(guess)) - guess);
  // A second look settles the hours around a change of clocks.
  return Math.floor((once - (shown(new Date(once)) - guess)) / 1000);
}

/** Return HH:MM of a moment in the zone, whatever the language. */
export function clock24(date) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone() };
  return new Intl.DateTimeFormat("en-GB", options).format(date);
}
