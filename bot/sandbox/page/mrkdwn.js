/** Slack's mrkdwn as DOM nodes. */

import { dateToken } from "./dates.js";
import { fragment, h } from "./dom.js";
import { emojiOf, withEmoji } from "./emoji.js";
import { channelName, person, session } from "./session.js";

const WORD = /[\p{L}\p{N}_]/u;
const TAGS = { "*": "strong", _: "em", "~": "s" };
const TOKEN = /<([^<>\n]+)>/y;
const CODE = /`([^`\n]+)`/y;
const EMOJI = /:([a-z0-9_+-]+):/y;
const BARE_LINK = /(https?:\/\/[^\s<>"，。；！？）】」]+[^\s<>"'.,;:!?)\]，。；！？）】」])/;

/** Undo the three escapes. */
export function unescapeText(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** Escape what a person typed, as Slack's own clients do. */
export function escapeText(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** Render a mrkdwn text with its quotes, lists and preformatted parts. */
export function mrkdwn(text, { verbatim = false } = {}) {
  return fragment(
    (text ?? "")
      .split(/\n?```\n?([\s\S]+?)\n?```\n?/)
      .map((part, at) => (at % 2 ? h("pre", { tabindex: "0" }, unescapeText(part)) : part && lines(part, verbatim))),
  );
}

function lines(text, verbatim) {
  const groups = [];
  for (const line of text.split("\n")) {
    const kind = kindOf(line);
    const last = groups.at(-1);
    if (last && last.kind === kind && kind !== "item") last.lines.push(line);
    else groups.push({ kind, lines: [line] });
  }
  return groups.map((group) => drawGroup(group, verbatim));
}

function kindOf(line) {
  if (/^(&gt;|>)/.test(line)) return "quote";
  return /^\s*([•◦▪‣]|\d+[.)])\s/.test(line) ? "item" : "text";
}

function drawGroup(group, verbatim) {
  if (group.kind === "quote") {
    const inner = group.lines.map((line) => line.replace(/^(&gt;|>) ?/, ""));
    return h("blockquote", null, broken(inner, verbatim));
  }
  if (group.kind === "item") {
    const [, indent, mark, rest] = /^(\s*)(\S+)\s+([\s\S]*)$/.exec(group.lines[0]) ?? [null, "", "•", ""];
    return h(
      "div",
      { class: "bullet", style: { "--indent": Math.min(4, indent.length >> 1) } },
      h("span", { class: "bullet-mark" }, mark),
      h("span", null, inline(rest, verbatim)),
    );
  }
  return h("div", { class: "para" }, broken(group.lines, verbatim));
}

function broken(all, verbatim) {
  return all.map((line, at) => [at > 0 && h("br"), inline(line, verbatim)]);
}

/** Render one line of mrkdwn. */
function inline(text, verbatim = false) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(...plainNodes(plain, verbatim));
    plain = "";
  };
  for (let at = 0; at < text.length;) {
    const found = tokenAt(text, at, verbatim);
    if (!found) {
      plain += text[at];
      at += 1;
      continue;
    }
    flush();
    nodes.push(found.node);
    at = found.end;
  }
  flush();
  return nodes;
}

function tokenAt(text, at, verbatim) {
  const match = (pattern) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const letter = text[at];
  if (letter === "<") return token(match(TOKEN), at, at === 0);
  if (letter === "`") return wrapped(match(CODE), at, (inner) => h("code", null, unescapeText(inner)));
  if (letter === ":") return wrapped(match(EMOJI), at, emojiOf);
  if (TAGS[letter]) return styled(text, at, verbatim);
  return null;
}

function wrapped(match, at, draw) {
  const node = match && draw(match[1]);
  return node ? { node, end: at + match[0].length } : null;
}

function styled(text, at, verbatim) {
  const mark = text[at];
  if (at > 0 && (WORD.test(text[at - 1]) || text[at - 1] === mark)) return null;
  if (!text[at + 1] || /\s/.test(text[at + 1]) || text[at + 1] === mark) return null;
  for (let end = at + 2; end < text.length; end += 1) {
    if (text[end] === "<") end = Math.max(end, text.indexOf(">", end));
    if (text[end] !== mark || /\s/.test(text[end - 1]) || WORD.test(text[end + 1] ?? " ")) continue;
    return { node: h(TAGS[mark], null, inline(text.slice(at + 1, end), verbatim)), end: end + 1 };
  }
  return null;
}

function plainNodes(text, verbatim) {
  if (verbatim) return withBars(unescapeText(text));
  return text
    .split(BARE_LINK)
    .flatMap((part, at) => (at % 2 ? [link(unescapeText(part))] : withBars(unescapeText(part))));
}

// Progress bars of block characters are drawn: few fonts have characters that make an even bar.
function withBars(text) {
  return text
    .split(/([▓█▰]*[░▒▱]+|[▓█▰]{2,})/u)
    .flatMap((part, at) => (at % 2 ? [bar(part)] : withEmoji(part)));
}

function bar(text) {
  const filled = text.replace(/[░▒▱]/gu, "").length / text.length;
  return h("span", { class: "bar", "aria-hidden": "true", style: { "--filled": filled } }, text);
}

function token(match, at, opensText) {
  if (!match) return null;
  const [body, label] = match[1].split(/\|([\s\S]*)/);
  const end = at + match[0].length;
  if (body.startsWith("@")) return { node: mention(body.slice(1), label), end };
  if (body.startsWith("#")) return { node: channelMention(body.slice(1), label), end };
  if (body.startsWith("!date^")) return { node: dateNode(body, label, opensText), end };
  if (body.startsWith("!")) return { node: special(body.slice(1), label), end };
  return { node: link(unescapeText(body), label), end };
}

/** Draw a person's name, highlighted when it is me. */
export function mention(id, label) {
  const name = person(id)?.name ?? (label ? unescapeText(label) : id);
  return h("span", { class: `mention ${id === session.as ? "me" : ""}`, data: { user: id } }, `@${name}`);
}

/** Draw a channel's name as a way to it. */
export function channelMention(id, label) {
  const name = label && channelName(id) === id ? `#${label}` : channelName(id);
  return h("button", { type: "button", class: "mention channel", data: { channel: id } }, name);
}

function special(body, label) {
  const name = label ? unescapeText(label) : `@${body.split("^")[0]}`;
  return h("span", { class: "mention me" }, name);
}

function dateNode(body, label, opensText) {
  const [, epoch, pattern, target] = body.split("^");
  const shown = h(
    "time",
    {
      datetime: new Date(epoch * 1000).toISOString(),
      title: label ? unescapeText(label) : null,
      data: { epoch, pattern, opens: opensText ? "1" : "" },
    },
    dateToken(epoch, pattern, opensText),
  );
  return target ? link(unescapeText(target), null, shown) : shown;
}

/** Draw a link; only web and mail addresses become one. */
export function link(url, label, shown) {
  const text = shown ?? (label ? inline(label, true) : url.replace(/^mailto:/, ""));
  if (!/^(https?:|mailto:|\/)/i.test(url)) return h("span", null, text);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}
