/** The centre: a channel's title, messages and writing box, or SOP Bot's home. */

import { post } from "./api.js";
import { avatar } from "./avatar.js";
import { drawBlocks } from "./blocks.js";
import { makeComposer } from "./composer.js";
import { fill, h, redraw } from "./dom.js";
import { icon } from "./icons.js";
import { drawMailbox } from "./mailbox.js";
import { beginning, makeList } from "./list.js";
import { openMenu } from "./popover.js";
import { BOT, channel, channelName, language, person, session } from "./session.js";
import { makeSurface } from "./surface.js";
import { showRefusal } from "./toast.js";
import { scriptOf, t } from "./words.js";

/** Make the centre in the page's skeleton; `go` opens other places. */
export function makeCentre(nodes, go) {
  const list = makeList(nodes.messages);
  const composer = makeComposer({
    commands: true,
    spot: () => ({ channel: session.channel }),
    sent: () => list.end(),
    name: () => t("write.to", { name: channelName(session.channel), person: person(session.as)?.name ?? "" }),
  });
  nodes.foot.append(composer.node);
  let homeMark = "";
  let before = [];
  return {
    composer,
    show(messages) {
      const home = session.screen === "home";
      const mail = session.screen === "mail";
      redraw(nodes.title, [session.screen, session.channel, channel(session.channel), language()], () =>
        drawTitle(nodes.title, home, go),
      );
      for (const node of [nodes.messages, nodes.foot]) node.hidden = home || mail;
      nodes.mailbox.hidden = !mail;
      nodes.home.hidden = !home;
      nodes.typing.hidden = home || mail || !session.state.typing;
      nodes.typing.textContent = t("chat.typing");
      if (home) homeMark = drawHome(nodes.home, homeMark);
      else if (mail) drawMailbox(nodes.mailbox, session.state.mails);
      else {
        nodes.messages.setAttribute("aria-label", t("chat.messages", { name: channelName(session.channel) }));
        redraw(nodes.messages, [session.channel, channel(session.channel)?.bot_member, language()], () => {
          before = top();
        });
        list.show(messages, { channel: session.channel, as: session.as }, before);
        composer.refresh();
      }
    },
  };
}

function top() {
  const words = direct() ? t("chat.empty_direct") : t("chat.empty", { name: channelName(session.channel) });
  return [h("div", { class: "spring" }), beginning(words), absentNote()].filter(Boolean);
}

const direct = () => session.channel.startsWith("D");

function drawTitle(node, home, go) {
  if (session.screen === "mail")
    return void fill(
      node,
      h("span", { class: "title-icon" }, icon("mail", 20)),
      h("h1", null, t("app.mailbox")),
      h("span", { class: "title-topic" }, t("mail.note")),
    );
  const found = channel(session.channel);
  const bot = home || direct();
  const picture = bot ? avatar(BOT, 26) : icon(found?.kind === "private" ? "lock" : "hash", 20);
  const name = bot ? BOT.name : channelName(session.channel).replace(/^#/, "");
  fill(
    node,
    h("span", { class: "title-icon" }, picture),
    h("h1", null, name),
    bot ? tabs(home, go) : h("span", { class: "title-topic" }, found?.title ?? ""),
    !bot && membership(found),
  );
}

function tabs(home, go) {
  const tab = (key, on, act) =>
    h("button", { type: "button", role: "tab", class: "tab", "aria-selected": String(on), onclick: act }, t(key));
  return h(
    "div",
    { class: "tabs", role: "tablist" },
    tab("home.home", home, () => go.home()),
    tab("home.messages", !home, () => go.direct()),
  );
}

function membership(found) {
  if (!found) return null;
  const set = async (on) => showRefusal(await post("invite", { channel: found.id, bot: on }));
  if (!found.bot_member) return null;
  return h(
    "button",
    {
      type: "button",
      class: "pill quiet",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: (event) =>
        openMenu(event.currentTarget, t("bot.here"), [
          { label: t("bot.remove"), danger: true, icon: icon("close", 16), act: () => set(false) },
        ]),
    },
    avatar(BOT, 18),
    h("span", { class: "pill-words" }, t("bot.here")),
    icon("down", 14),
  );
}

function absentNote() {
  const found = channel(session.channel);
  if (!found || found.kind === "im" || found.bot_member) return null;
  return h(
    "div",
    { class: "absent" },
    avatar(BOT, 30),
    h("span", null, t("bot.absent")),
    h(
      "button",
      {
        type: "button",
        class: "button primary",
        data: { invite: found.id },
        onclick: async () => showRefusal(await post("invite", { channel: found.id, bot: true })),
      },
      t("bot.invite"),
    ),
  );
}

function drawHome(node, before) {
  const view = session.state.home;
  const mark = JSON.stringify([view?.blocks, session.as, document.documentElement.lang]);
  if (mark === before && node.childElementCount) return mark;
  const scrolled = node.scrollTop;
  if (!view?.blocks?.length)
    fill(node, h("div", { class: "home-empty" }, avatar(BOT, 56), h("p", null, t("home.empty"))));
  else {
    const surface = makeSurface(
      `h${view.id}`,
      { type: "view", view_id: view.id },
      { kept: view.state?.values, blocks: view.blocks, channel: null },
    );
    fill(
      node,
      h(
        "div",
        { class: "home-sheet blocks", lang: scriptOf(JSON.stringify(view.blocks)) },
        drawBlocks(view.blocks, surface),
      ),
    );
  }
  node.scrollTop = scrolled;
  return mark;
}
