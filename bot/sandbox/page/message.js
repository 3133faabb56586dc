/** One message: picture, name, time, text or blocks, files, reactions, replies, and what one can do with it. */

import { avatar } from "./avatar.js";
import { drawBlocks } from "./blocks.js";
import { ago, clockTime, format } from "./dates.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { reactions, tools } from "./message_tools.js";
import { mrkdwn } from "./mrkdwn.js";
import { BOT, person } from "./session.js";
import { makeSurface } from "./surface.js";
import { scriptOf, t } from "./words.js";

/** Draw one message; `spot` says whether it stands in a thread and follows its own author. */
export function drawMessage(message, spot) {
  const author = message.is_bot
    ? { ...BOT, name: message.name ?? BOT.name }
    : (person(message.user) ?? { name: message.name, initials: "?" });
  const moment = momentOf(message);
  const kinds = [
    "message",
    spot.grouped && "grouped",
    message.ephemeral && "ephemeral",
    message.is_bot && "from-bot",
    spot.thread || message.ephemeral ? null : "in-channel",
  ];
  return h(
    "article",
    {
      class: kinds.filter(Boolean).join(" "),
      tabindex: "-1",
      data: { ts: message.ts },
      "aria-label": `${author.name}, ${clockTime(moment)}${message.ephemeral ? `, ${t("chat.only_you")}` : ""}`,
    },
    note(message, spot),
    h(
      "div",
      { class: "message-side" },
      spot.grouped ? h("time", { class: "side-time" }, clockTime(moment)) : avatar(author, 36),
    ),
    h(
      "div",
      { class: "message-main" },
      !spot.grouped && head(author, message, moment),
      body(message, spot),
      files(message),
      reactions(message, spot),
      !spot.thread && replies(message),
    ),
    !message.ephemeral && tools(message, spot),
  );
}

function momentOf(message) {
  return new Date(message.at ?? Number(message.ts) * 1000);
}

function note(message, spot) {
  if (message.ephemeral) return h("div", { class: "message-note" }, icon("eye", 14), t("chat.only_you"));
  if (!message.broadcast) return null;
  if (spot.thread) return h("div", { class: "message-note" }, icon("broadcast", 14), t("chat.also_sent"));
  return h(
    "button",
    { type: "button", class: "message-note link", data: { thread: message.thread_ts } },
    icon("thread", 14),
    t("chat.from_thread"),
  );
}

function head(author, message, moment) {
  return h(
    "header",
    { class: "message-head" },
    h("strong", { class: "author" }, author.name),
    message.is_bot && h("span", { class: "badge" }, t("chat.app")),
    h(
      "time",
      {
        class: "when",
        datetime: moment.toISOString(),
        title: format(moment, { dateStyle: "full", timeStyle: "short" }),
      },
      clockTime(moment),
    ),
    message.edited && editedMark(),
  );
}

const editedMark = () => h("span", { class: "edited" }, t("chat.edited"));

function body(message, spot) {
  const lang = scriptOf(JSON.stringify(message.blocks ?? message.text ?? ""));
  if (message.blocks?.length) {
    const container = {
      type: "message",
      channel: spot.channel,
      ts: message.ts,
      thread_ts: message.thread_ts ?? undefined,
      ephemeral: message.ephemeral || undefined,
    };
    const surface = makeSurface(`${spot.thread ? "t" : "c"}${message.ts}`, container, {
      blocks: message.blocks,
      channel: spot.channel,
    });
    return h("div", { class: "message-body blocks", lang }, drawBlocks(message.blocks, surface));
  }
  return message.text
    ? h(
        "div",
        { class: "message-body text", lang },
        mrkdwn(message.text),
        spot.grouped && message.edited && editedMark(),
      )
    : null;
}

function files(message) {
  if (!message.files?.length) return null;
  return h(
    "div",
    { class: "files", "aria-label": t("chat.files") },
    message.files.map((file) => {
      const picture = file.mimetype?.startsWith("image/");
      return h(
        "a",
        {
          class: picture ? "file-picture" : "file-chip",
          href: file.url,
          target: "_blank",
          rel: "noopener",
          download: picture ? null : file.name,
        },
        picture ? h("img", { src: file.url, alt: file.name, loading: "lazy" }) : icon("file", 22),
        !picture &&
          h(
            "span",
            { class: "file-words" },
            h("span", { class: "file-name" }, file.name),
            h("small", null, kindAndSize(file)),
          ),
      );
    }),
  );
}

function kindAndSize(file) {
  const kind = (/\.(\w+)$/.exec(file.name ?? "")?.[1] ?? "").toUpperCase();
  const size =
    file.size > 1048576
      ? `${(file.size / 1048576).toFixed(1)} MB`
      : `${Math.max(1, Math.round((file.size ?? 0) / 1024))} KB`;
  return [kind, size].filter(Boolean).join(" · ");
}

function replies(message) {
  if (!message.reply_count) return null;
  const faces = (message.reply_users ?? []).slice(0, 4).map((id) => avatar(id === BOT.id ? BOT : person(id), 22));
  const last = message.last_reply_ts && new Date(Number(message.last_reply_ts) * 1000);
  const words = t(message.reply_count === 1 ? "chat.reply" : "chat.replies", { n: message.reply_count });
  return h(
    "button",
    { type: "button", class: "replies", data: { thread: message.ts } },
    h("span", { class: "faces" }, faces),
    h("strong", null, words),
    last &&
      h("span", { class: "last-reply", data: { ago: last.toISOString() } }, t("chat.last_reply", { ago: ago(last) })),
  );
}
