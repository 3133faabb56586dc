/** What this browser window looks at: person, channel, thread, language, theme, and the server's last answer. */

import { languageOf, setLanguage } from "./words.js";

export const session = {
  as: "",
  channel: "",
  thread: null,
  screen: "channel",
  language: "auto",
  theme: "auto",
  state: null,
  offset: 0,
  still: false,
};

const KEPT = ["as", "channel", "thread", "screen"];

/** Read the address bar and the browser's memory. */
export function restoreSession() {
  const address = new URLSearchParams(location.hash.slice(1));
  for (const key of KEPT) if (address.get(key)) session[key] = address.get(key);
  session.as ||= recall("as") ?? "U0WANG";
  session.language = recall("language") ?? "auto";
  session.theme = recall("theme") ?? "auto";
}

/** Write the address bar, so that a reload or a second window stands at the same place. */
export function keepSession() {
  const address = new URLSearchParams();
  for (const key of KEPT) if (session[key]) address.set(key, session[key]);
  remember("as", session.as);
  history.replaceState(null, "", `#${address}`);
}

/** Remember a choice in this browser. */
export function remember(key, value) {
  try {
    localStorage.setItem(`sopbot.${key}`, value);
  } catch {
    // A browser that forbids storage only forgets.
  }
}

/** Return a remembered choice, or null. */
export function recall(key) {
  try {
    return localStorage.getItem(`sopbot.${key}`);
  } catch {
    return null;
  }
}

/** Return the language the page speaks now. */
export function language() {
  return session.language === "auto" ? languageOf(session.state?.me.locale) : session.language;
}

/** Take in a new answer of /page/state. */
export function takeState(state) {
  // A clock that shows the same moment twice stands still; one that moves ticks on between two answers.
  session.still = session.state?.now === state.now;
  session.state = state;
  session.as = state.me.id;
  session.offset = Date.parse(state.now) - Date.now();
  setLanguage(language());
  document.documentElement.lang = language();
}

/** Return the person with this id; also the bot. */
export function person(id) {
  const found = session.state?.people.find((one) => one.id === id);
  if (found) return found;
  return id === BOT.id ? BOT : null;
}

export const BOT = { id: "U0SOPBOT", name: "SOP Bot", bot: true };

/** Return the channel with this id. */
export function channel(id) {
  return session.state?.channels.find((one) => one.id === id) ?? null;
}

/** Return a channel's name as people write it. */
export function channelName(id) {
  const found = channel(id);
  if (!found) return id?.startsWith("D") ? BOT.name : id;
  if (found.kind === "im") return BOT.name;
  return found.kind === "private" ? found.name.replace(/^#/, "") : `#${found.name.replace(/^#/, "")}`;
}

/** Return the direct message channel with the bot, whether it exists already or not. */
export function directChannel() {
  const found = session.state?.channels.find((one) => one.kind === "im");
  return found?.id ?? session.as.replace(/^U0/, "D0");
}

/** Return the workspace's time. */
export function now() {
  return session.still ? new Date(session.state.now) : new Date(Date.now() + session.offset);
}

/** Return the acting person's time zone. */
export function zone() {
  return session.state?.me.tz ?? "UTC";
}
