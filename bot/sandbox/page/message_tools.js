/** What one can do with a message: react, reply, use the app's shortcuts. */

import { post } from "./api.js";
import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { emojiOf, QUICK } from "./emoji.js";
import { icon } from "./icons.js";
import { openMenu, openPopover } from "./popover.js";
import { BOT, session } from "./session.js";
import { showRefusal } from "./toast.js";
import { t } from "./words.js";

/** Draw the reactions below a message. */
export function reactions(message, spot) {
  if (!message.reactions?.length) return null;
  return h(
    "div",
    { class: "reactions" },
    message.reactions.map((one) =>
      h(
        "button",
        {
          type: "button",
          class: `reaction ${one.mine ? "mine" : ""}`,
          "aria-pressed": String(Boolean(one.mine)),
          "aria-label": t("chat.reaction", { name: one.name.replaceAll("_", " "), n: one.count }),
          onclick: () => react(message, spot, one.name, !one.mine),
        },
        emojiOf(one.name) ?? `:${one.name}:`,
        h("span", null, one.count),
      ),
    ),
  );
}

async function react(message, spot, name, on) {
  showRefusal(await post("reaction", { channel: spot.channel, ts: message.ts, name, on }));
}

/** Draw the tools that appear over a message. */
export function tools(message, spot) {
  const tool = (name, key, act, data) =>
    h(
      "button",
      { type: "button", class: "mini", "aria-label": t(key), title: t(key), onclick: act, data },
      icon(name, 18),
    );
  return h(
    "div",
    { class: "tools", role: "toolbar", "aria-label": t("chat.more") },
    tool("smile", "chat.react", (event) => pickReaction(event.currentTarget, message, spot)),
    !spot.thread && tool("thread", "chat.reply_in_thread", null, { thread: message.thread_ts ?? message.ts }),
    messageShortcuts().length > 0 &&
      tool("more", "chat.more", (event) => openShortcuts(event.currentTarget, message, spot)),
  );
}

function pickReaction(anchor, message, spot) {
  openPopover(anchor, { label: t("chat.react"), kind: "quick" }, (panel, close) => {
    panel.append(
      ...QUICK.map((name) =>
        h(
          "button",
          {
            type: "button",
            class: "mini",
            "aria-label": name.replaceAll("_", " "),
            onclick: () => {
              close();
              react(message, spot, name, !message.reactions?.some((one) => one.name === name && one.mine));
            },
          },
          emojiOf(name),
        ),
      ),
    );
    queueMicrotask(() => panel.querySelector("button").focus());
  });
}

const messageShortcuts = () =>
  (session.state?.apps ?? []).flatMap((app) => app.shortcuts ?? []).filter((one) => one.type === "message");

function openShortcuts(anchor, message, spot) {
  openMenu(
    anchor,
    t("chat.more"),
    messageShortcuts().map((one) => ({
      icon: avatar(BOT, 20),
      label: one.name,
      detail: BOT.name,
      data: { shortcut: one.callback_id },
      act: async () => {
        showRefusal(
          await post("shortcut", {
            callback_id: one.callback_id,
            type: "message",
            channel: spot.channel,
            ts: message.ts,
          }),
        );
      },
    })),
  );
}
