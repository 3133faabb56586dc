/** rich_text and markdown blocks as DOM nodes. */

import { dateToken } from "./dates.js";
import { fragment, h } from "./dom.js";
import { emojiOf, withEmoji } from "./emoji.js";
import { channelMention, link, mention } from "./mrkdwn.js";

/** Render a rich_text block. */
export function richText(block) {
  return fragment((block.elements ?? []).map(part));
}

function part(element) {
  const inner = () => (element.elements ?? []).map(piece);
  switch (element.type) {
    case "rich_text_section":
      return h("div", { class: "para" }, inner());
    case "rich_text_quote":
      return h("blockquote", null, inner());
    case "rich_text_preformatted":
      return h("pre", { tabindex: "0" }, inner());
    case "rich_text_list":
      return list(element);
    default:
      return null;
  }
}

function list(element) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const start = tag === "ol" && element.offset ? element.offset + 1 : null;
  return h(
    tag,
    { class: "rich-list", start, style: { "--indent": element.indent ?? 0 } },
    element.elements.map((item) => h("li", null, item.elements.map(piece))),
  );
}

function piece(element) {
  const node = bare(element);
  const { bold, italic, strike, code, underline } = element.style ?? {};
  let styled = node;
  if (code) styled = h("code", null, styled);
  if (bold) styled = h("strong", null, styled);
  if (italic) styled = h("em", null, styled);
  if (strike) styled = h("s", null, styled);
  if (underline) styled = h("u", null, styled);
  return styled;
}

function bare(element) {
  switch (element.type) {
    case "text":
      return fragment(breaks(element.text));
    case "link":
      return link(element.url, null, element.text ?? element.url);
    case "emoji":
      return fragment(emojiOf(element.name) ?? `:${element.name}:`);
    case "user":
      return mention(element.user_id);
    case "channel":
      return channelMention(element.channel_id);
    case "usergroup":
      return h("span", { class: "mention" }, `@${element.usergroup_id}`);
    case "broadcast":
      return h("span", { class: "mention me" }, `@${element.range}`);
    case "color":
      return h("code", null, element.value);
    case "date":
      return h(
        "time",
        { title: element.fallback, data: { epoch: element.timestamp, pattern: element.format } },
        dateToken(element.timestamp, element.format),
      );
    default:
      return fragment(element.text ?? "");
  }
}

function breaks(text) {
  return text.split("\n").flatMap((line, at) => [at > 0 && h("br"), ...withEmoji(line)]);
}

/** Render the plain parts of Markdown that the markdown block carries. */
export function markdown(text) {
  const nodes = [];
  const fenced = text.split(/^```\w*\n([\s\S]*?)\n```$/m);
  fenced.forEach((chunk, at) => {
    if (at % 2) nodes.push(h("pre", { tabindex: "0" }, chunk));
    else
      nodes.push(
        ...chunk
          .split(/\n{2,}/)
          .filter((one) => one.trim())
          .map(paragraph),
      );
  });
  return fragment(nodes);
}

function paragraph(text) {
  const rows = text.trim().split("\n");
  const heading = /^(#{1,6})\s+(.*)$/.exec(rows[0]);
  if (heading)
    return fragment(
      h("h4", { class: "md-heading" }, spans(heading[2])),
      rows.length > 1 && paragraph(rows.slice(1).join("\n")),
    );
  if (rows.every((row) => /^(-{3,}|\*{3,})$/.test(row))) return h("hr");
  if (rows.every((row) => row.startsWith(">")))
    return h("blockquote", null, joined(rows.map((row) => row.replace(/^> ?/, ""))));
  if (rows.every((row) => /^\s*[-*+]\s/.test(row))) return items("ul", rows, /^\s*[-*+]\s+/);
  if (rows.every((row) => /^\s*\d+[.)]\s/.test(row))) return items("ol", rows, /^\s*\d+[.)]\s+/);
  return h("p", { class: "para" }, joined(rows));
}

function items(tag, rows, mark) {
  return h(
    tag,
    { class: "rich-list" },
    rows.map((row) => h("li", null, spans(row.replace(mark, "")))),
  );
}

function joined(rows) {
  return rows.map((row, at) => [at > 0 && h("br"), spans(row)]);
}

const SPANS = [
  [/`([^`]+)`/, (match) => h("code", null, match[1])],
  [/\[([^\]]+)\]\(([^)\s]+)\)/, (match) => link(match[2], null, match[1])],
  [/(?:\*\*|__)(.+?)(?:\*\*|__)/, (match) => h("strong", null, spans(match[1]))],
  [/~~(.+?)~~/, (match) => h("s", null, spans(match[1]))],
  [/(?<![\p{L}\p{N}])[*_]([^*_\s](?:[^*_]*[^*_\s])?)[*_](?![\p{L}\p{N}])/u, (match) => h("em", null, spans(match[1]))],
];

function spans(text) {
  const found = SPANS.map(([pattern, draw]) => [pattern.exec(text), draw]).filter(([match]) => match);
  if (!found.length) return withEmoji(text);
  const [match, draw] = found.reduce((best, one) => (one[0].index < best[0].index ? one : best));
  return [...withEmoji(text.slice(0, match.index)), draw(match), ...spans(text.slice(match.index + match[0].length))];
}
