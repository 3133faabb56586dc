/** The left side: workspace, channels, SOP Bot, and the people to act as. */

import { avatar } from "./avatar.js";
import { fill, h, redraw } from "./dom.js";
import { icon } from "./icons.js";
import { unreadMails } from "./mailbox.js";
import { drawPeople } from "./people.js";
import { openMenu } from "./popover.js";
import { BOT, channelName, directChannel, language, remember, session } from "./session.js";
import { LANGUAGES, t } from "./words.js";

/** Draw the sidebar; `go` opens channels, the home and other people. */
export function drawSidebar(node, go) {
  const { state } = session;
  const theme = document.documentElement.dataset.theme;
  redraw(
    node,
    [
      state.workspace,
      state.channels,
      state.people,
      state.bot_connected,
      unreadMails(state.mails),
      session.as,
      session.channel,
      session.screen,
      session.language,
      language(),
      theme,
    ],
    () => draw(node, state, go),
  );
}

function draw(node, state, go) {
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const scrolled = node.querySelector(".side-scroll")?.scrollTop ?? 0;
  fill(
    node,
    workspace(state, go),
    h(
      "div",
      { class: "side-scroll" },
      h(
        "nav",
        { "aria-label": t("app.channels") },
        h("h2", { class: "side-title" }, t("app.channels")),
        state.channels.filter((one) => one.kind !== "im").map((one) => channelRow(one, go)),
      ),
      h(
        "nav",
        { "aria-label": t("app.apps") },
        h("h2", { class: "side-title" }, t("app.apps")),
        homeRow(go),
        directRow(state, go),
        mailRow(state, go),
      ),
    ),
    drawPeople(state, go),
  );
  node.querySelector(".side-scroll").scrollTop = scrolled;
  if (focused) node.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function workspace(state, go) {
  const name = typeof state.workspace === "string" ? state.workspace : (state.workspace?.name ?? "");
  return h(
    "div",
    { class: "workspace" },
    h("span", { class: "workspace-mark", "aria-hidden": "true" }, name.slice(0, 1)),
    h("div", { class: "workspace-words" }, h("strong", null, name), h("small", null, t("app.local"))),
    h(
      "button",
      {
        type: "button",
        class: "mini",
        data: { key: "language" },
        title: t("app.language"),
        "aria-label": t("app.language"),
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        onclick: (event) => languages(event.currentTarget, go),
      },
      icon("globe", 18),
    ),
    themeButton(go),
  );
}

function languages(anchor, go) {
  const all = [["auto", t("app.language_auto")], ...Object.entries(LANGUAGES)];
  openMenu(
    anchor,
    t("app.language"),
    all.map(([key, label]) => ({
      label: h("span", { lang: key === "auto" ? null : key }, label),
      checked: session.language === key,
      data: { language: key },
      act: () => {
        session.language = key;
        remember("language", key);
        go.again();
      },
    })),
  );
}

function themeButton(go) {
  const dark = document.documentElement.dataset.theme === "dark";
  const words = t("app.theme", { name: t(dark ? "app.light" : "app.dark") });
  return h(
    "button",
    {
      type: "button",
      class: "mini",
      data: { key: "theme" },
      title: words,
      "aria-label": words,
      onclick: () => go.theme(dark ? "light" : "dark"),
    },
    icon(dark ? "sun" : "moon", 18),
  );
}

function row({ key, active, unread, picture, label, note, act }) {
  return h(
    "button",
    {
      type: "button",
      class: `side-row ${active ? "active" : ""} ${unread ? "unread" : ""}`,
      data: { key },
      "aria-current": active ? "page" : null,
      onclick: act,
    },
    h("span", { class: "side-icon" }, picture),
    h("span", { class: "side-name" }, label),
    note,
    unread > 0 &&
      h("span", { class: "count-badge", "aria-label": t("app.unread", { n: unread }) }, unread > 99 ? "99+" : unread),
  );
}

function channelRow(one, go) {
  const active = session.screen === "channel" && session.channel === one.id;
  const label = channelName(one.id).replace(/^#/, "");
  return row({
    key: one.id,
    active,
    unread: active ? 0 : one.unread,
    picture: icon(one.kind === "private" ? "lock" : "hash", 17),
    label,
    note: one.kind === "private" && h("span", { class: "visually-hidden" }, t("app.private")),
    act: () => go.channel(one.id),
  });
}

function homeRow(go) {
  return row({
    key: "home",
    active: session.screen === "home",
    picture: icon("home", 17),
    label: t("app.home"),
    act: () => go.home(),
  });
}

function mailRow(state, go) {
  const active = session.screen === "mail";
  return row({
    key: "mail",
    active,
    unread: active ? 0 : unreadMails(state.mails),
    picture: icon("mail", 17),
    label: t("app.mailbox"),
    act: () => go.mail(),
  });
}

function directRow(state, go) {
  const id = directChannel();
  const found = state.channels.find((one) => one.id === id);
  const active = session.screen === "channel" && session.channel === id;
  const word = t(state.bot_connected ? "app.bot_online" : "app.bot_offline");
  const note = h("span", {
    class: `presence ${state.bot_connected ? "on" : ""}`,
    title: word,
    role: "img",
    "aria-label": word,
  });
  return row({
    key: id,
    active,
    unread: active ? 0 : (found?.unread ?? 0),
    picture: avatar(BOT, 20),
    label: BOT.name,
    note,
    act: () => go.channel(id),
  });
}
