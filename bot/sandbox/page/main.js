/** Put the page together and move between its places. */

import { fetchState, post } from "./api.js";
import { makeCentre } from "./channel.js";
import { drawClock, drawTips, tick } from "./clock.js";
import { ago, clockTime, dateToken } from "./dates.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { showModal } from "./modal.js";
import { closePopover } from "./popover.js";
import { makeRefresher } from "./refresh.js";
import {
  channel,
  channelName,
  directChannel,
  keepSession,
  now,
  recall,
  remember,
  restoreSession,
  session,
  takeState,
} from "./session.js";
import { drawSidebar } from "./sidebar.js";
import { makeThread } from "./thread.js";
import { showRefusal } from "./toast.js";
import { t } from "./words.js";

const TICK = 10000;
const place = (id) => document.getElementById(id);

const go = {
  again: () => refresh(),
  theme(name) {
    remember("theme", name);
    applyTheme(name);
    drawSidebar(place("sidebar"), go);
  },
  channel(id, thread = null) {
    Object.assign(session, { screen: "channel", channel: id, thread });
    drawer(false);
    return moved();
  },
  direct: () => go.channel(directChannel()),
  mail() {
    Object.assign(session, { screen: "mail", thread: null });
    drawer(false);
    return moved();
  },
  async home() {
    Object.assign(session, { screen: "home", thread: null });
    drawer(false);
    await moved();
    showRefusal(await post("home", {}));
  },
  async person(id) {
    const inDirect = session.channel.startsWith("D");
    session.as = id;
    if (inDirect) Object.assign(session, { channel: id.replace(/^U0/, "D0"), thread: null });
    await moved();
    if (session.screen === "home") showRefusal(await post("home", {}));
  },
  async thread(ts, focus = true) {
    session.thread = ts;
    await moved();
    if (ts && focus && !matchMedia("(max-width: 760px)").matches) thread.composer.focus();
  },
};

const centre = makeCentre(
  {
    title: place("title"),
    messages: place("messages"),
    home: place("home"),
    mailbox: place("mailbox"),
    foot: place("foot"),
    typing: place("typing"),
  },
  go,
);
const thread = makeThread(place("thread"), () => go.thread(null));
const refresh = makeRefresher(draw, (on) => {
  place("lost").hidden = on;
});

function moved() {
  closePopover();
  keepSession();
  return refresh();
}

function draw(messages, replies) {
  keepSession();
  document.title = t("app.title");
  place("lost").textContent = t("app.lost");
  place("skip").textContent = t("app.skip");
  drawClock(place("clock"), menuButton);
  drawSidebar(place("sidebar"), go);
  drawTips(place("tips"), tryCommand);
  centre.show(messages);
  thread.show(replies);
  showModal(session.state.modal);
  refreshTimes();
}

async function tryCommand(command, name) {
  const named = session.state.channels.find((one) => channelName(one.id) === `#${name}`);
  await go.channel(named?.id ?? firstChannel());
  centre.composer.write(command);
}

function menuButton() {
  return h(
    "button",
    {
      type: "button",
      class: "mini menu-button",
      "aria-label": t("app.menu"),
      "aria-controls": "sidebar",
      "aria-expanded": "false",
      onclick: () => drawer(true),
    },
    icon("menu"),
  );
}

function drawer(open) {
  document.body.classList.toggle("drawer", open);
  document.querySelector(".menu-button")?.setAttribute("aria-expanded", String(open));
  if (open) place("sidebar").querySelector(".side-row.active, .side-row")?.focus();
}

function refreshTimes() {
  tick(place("clock"));
  for (const node of document.querySelectorAll("[data-ago]"))
    node.textContent = t("chat.last_reply", { ago: ago(new Date(node.dataset.ago)) });
  for (const node of document.querySelectorAll("time[data-zone]"))
    node.textContent = clockTime(now(), node.dataset.zone);
  for (const node of document.querySelectorAll("time[data-pattern]"))
    node.textContent = dateToken(node.dataset.epoch, node.dataset.pattern, node.dataset.opens === "1");
}

function applyTheme(choice) {
  const dark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

const firstChannel = () =>
  (session.state.channels.find((one) => one.bot_member && one.kind !== "im") ?? session.state.channels[0]).id;

/** Follow mentions of channels, links to threads and permalinks without leaving the page. */
function onClick(event) {
  const opener = event.target.closest("[data-thread]");
  if (opener) return void go.thread(opener.dataset.thread);
  const mention = event.target.closest(".mention.channel");
  if (mention) return void (channel(mention.dataset.channel) && go.channel(mention.dataset.channel));
  const permalink = /\/archives\/(\w+)\/p(\d{10})(\d{6})(?:\?.*thread_ts=([\d.]+))?/.exec(
    event.target.closest("a")?.href ?? "",
  );
  if (!permalink || !channel(permalink[1])) return undefined;
  event.preventDefault();
  return void openMessage(permalink);
}

async function openMessage([, id, seconds, micros, threadTs]) {
  const ts = `${seconds}.${micros}`;
  await go.channel(id, threadTs && threadTs !== ts ? threadTs : null);
  const row = document.querySelector(`#${threadTs && threadTs !== ts ? "thread" : "messages"} [data-ts="${ts}"]`);
  row?.scrollIntoView({ block: "center" });
  row?.classList.add("found");
  row?.focus({ preventScroll: true });
}

function onKey(event) {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], :popover-open")) return;
  if (document.body.classList.contains("drawer")) drawer(false);
  else if (session.thread) go.thread(null);
}

async function start() {
  restoreSession();
  applyTheme(recall("theme"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => applyTheme(recall("theme")));
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  place("shade").addEventListener("click", () => drawer(false));
  const first = await fetchState();
  if (!first.me) session.as = "U0WANG";
  takeState(first.me ? first : await fetchState());
  if (!channel(session.channel) && !session.channel.startsWith("D")) session.channel = firstChannel();
  await refresh();
  place("loading").remove();
  setInterval(refreshTimes, TICK);
}

start();
