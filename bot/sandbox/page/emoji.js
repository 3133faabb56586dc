/** Emoji: short codes to characters, and drawings of the few that carry state, so that they look alike everywhere. */

import { h, svg } from "./dom.js";
import { CODES } from "./emoji_codes.js";

export const QUICK = ["white_check_mark", "eyes", "+1", "heart", "tada"];

const circle = (color) => [
  ["circle", { cx: 12, cy: 12, r: 8.5, fill: color }],
  ["circle", { cx: 9, cy: 8.5, r: 2.2, fill: "#fff", opacity: 0.35 }],
];
const tile = (color) => ["rect", { x: 2.5, y: 2.5, width: 19, height: 19, rx: 5, fill: color }];
const line = (d, color = "#fff", width = 2.6) => [
  "path",
  { d, fill: "none", stroke: color, "stroke-width": width, "stroke-linecap": "round", "stroke-linejoin": "round" },
];
const shape = (d, color) => ["path", { d, fill: color }];

const DRAWN = {
  "⬜": [["rect", { x: 4, y: 4, width: 16, height: 16, rx: 4, fill: "none", stroke: "#8b98a5", "stroke-width": 2.2 }]],
  "🔵": circle("#2f7fd8"),
  "🟡": circle("#e5a91a"),
  "🔴": circle("#d8453b"),
  "🟢": circle("#2e9e63"),
  "🟠": circle("#e27a2c"),
  "✅": [tile("#2e9e63"), line("m7 12.5 3.5 3.5 6.5-7.5")],
  "✔": [line("m5 12.5 4.5 4.5L19 7", "#2e9e63", 3)],
  "❌": [line("m6 6 12 12M18 6 6 18", "#d8453b", 3.4)],
  "⏭": [tile("#7a8794"), shape("M6.5 7.5v9l5-4.5zM11.5 7.5v9l5-4.5zM16.8 7.5h1.7v9h-1.7z", "#fff")],
  "⏸": [tile("#7a8794"), line("M9.5 8v8M14.5 8v8")],
  "📋": [
    ["rect", { x: 4.5, y: 4, width: 15, height: 17.5, rx: 2.5, fill: "#b9804a" }],
    ["rect", { x: 6.8, y: 6.5, width: 10.4, height: 12.8, rx: 1, fill: "#fdfbf7" }],
    ["rect", { x: 8.5, y: 2.5, width: 7, height: 4, rx: 1.5, fill: "#8e9aa6" }],
    line("M9 11h6M9 14h6M9 17h4", "#a9b4bf", 1.4),
  ],
  "📎": [line("m17.5 10.5-6.6 6.8a3.4 3.4 0 0 1-4.9-4.8l7-7.2a2.3 2.3 0 0 1 3.3 3.2l-6.8 7", "#8391a0", 1.9)],
  "🔗": [
    line(
      "M10 14a4 4 0 0 1 0-5.6l2.4-2.4A4 4 0 0 1 18 11.600l-1 1M14 10a4 4 0 0 1 0 5.600l-2.400 2.400A4 4 0 0 1 6 12.400l1-1",
      "#5f89b5",
      2,
    ),
  ],
  "📅": [
    ["rect", { x: 3.5, y: 5, width: 17, height: 15.5, rx: 2.5, fill: "#eef2f5" }],
    shape("M3.500 7.500A2.500 2.500 0 0 1 6 5h12a2.500 2.500 0 0 1 2.500 2.500V10h-17z", "#d8453b"),
    line("M8 14h2M14 14h2M8 17h2", "#6c7a88", 1.8),
    line("M8 3.500V6.500M16 3.500V6.500", "#6c7a88", 1.8),
  ],
  "🔔": [
    shape("M5 17c1.500-1.500 1.800-3 1.800-6a5.200 5.200 0 0 1 10.400 0c0 3 .3 4.500 1.800 6z", "#e5a91a"),
    line("M10.500 20h3", "#b57f0d", 2.4),
  ],
  "⚠": [shape("M12 3.500 22 20.500H2z", "#e5a91a"), line("M12 10v4.500M12 17.500v.2", "#4b3800", 2.2)],
  "💡": [
    shape(
      "M12 2.500a6.500 6.500 0 0 0-3.500 12c.6.500.9 1.200.9 2h5.200c0-.8.3-1.500.9-2A6.500 6.500 0 0 0 12 2.500z",
      "#f0c04a",
    ),
    line("M10 19h4M10.800 21.500h2.400", "#8391a0", 1.8),
  ],
  "📊": [
    tile("#e6edf2"),
    line("M7.500 17v-4", "#2e9e63", 2.8),
    line("M12 17V7.500", "#2f7fd8", 2.8),
    line("M16.500 17v-6.500", "#d8453b", 2.8),
  ],
  "⏳": [
    shape("M6.500 3h11v2.500L13.500 12l4 6.500V21h-11v-2.500l4-6.500-4-6.500z", "#c9a36a"),
    shape("M9 18.500l3-3.500 3 3.500z", "#fdf3dd"),
  ],
  "⏰": [
    ["circle", { cx: 12, cy: 13, r: 8, fill: "#d8453b" }],
    ["circle", { cx: 12, cy: 13, r: 5.8, fill: "#fff" }],
    line("M12 9.500V13l2.500 1.500", "#43505c", 1.6),
    line("M4.500 5.500 7 3.500M19.500 5.500 17 3.500", "#8391a0", 2.2),
  ],
  "🔒": [
    ["rect", { x: 5, y: 10.5, width: 14, height: 10, rx: 2, fill: "#e5a91a" }],
    line("M8.500 10.500V8a3.500 3.500 0 0 1 7 0v2.500", "#8391a0", 2.2),
  ],
  "📝": [
    ["rect", { x: 4, y: 3, width: 14, height: 18.5, rx: 2, fill: "#e8edf1" }],
    line("M7.500 8h7M7.500 11.500h7M7.500 15h3.500", "#9aa6b1", 1.5),
    line("m12.500 17.500 7.500-8.500", "#e5a91a", 2.6),
  ],
  "📌": [
    line("M12 14v7", "#8391a0", 1.8),
    shape("M8.500 3h7l-1 2 .5 4.500 2.500 3.500v1.500h-11V13L9 9.500 9.500 5z", "#d8453b"),
  ],
  "💬": [
    shape(
      "M4 5.500A2.500 2.500 0 0 1 6.500 3h11A2.500 2.500 0 0 1 20 5.500v8a2.500 2.500 0 0 1-2.500 2.500H11l-5 5v-5A2.500 2.500 0 0 1 4 13.500z",
      "#9db4c8",
    ),
    line("M8 9.500h.1M12 9.500h.1M16 9.500h.1"),
  ],
  "👀": [
    ["ellipse", { cx: 7.2, cy: 12, rx: 4.4, ry: 6, fill: "#fff", stroke: "#8391a0", "stroke-width": 1 }],
    ["ellipse", { cx: 16.8, cy: 12, rx: 4.4, ry: 6, fill: "#fff", stroke: "#8391a0", "stroke-width": 1 }],
    ["circle", { cx: 8.2, cy: 13, r: 2.2, fill: "#37424d" }],
    ["circle", { cx: 17.8, cy: 13, r: 2.2, fill: "#37424d" }],
  ],
  "👍": [
    ["rect", { x: 2.5, y: 11, width: 4, height: 10, rx: 1.2, fill: "#2f7fd8" }],
    shape(
      "M8 11.500 12 3c1.700 0 2.700 1.400 2.300 3L13.500 9.500H19a2 2 0 0 1 2 2.500l-1.700 6.700A3 3 0 0 1 16.400 21H8z",
      "#f2bb45",
    ),
  ],
  "❤": [
    shape(
      "M12 20.500S3.500 15 3.500 9A4.600 4.600 0 0 1 12 6.500 4.600 4.600 0 0 1 20.500 9c0 6-8.500 11.500-8.500 11.500z",
      "#d8453b",
    ),
  ],
  "🎉": [
    shape("M3 21 8 8.500l7.500 7.500z", "#e5a91a"),
    line("M13 6c.5-1.500 0-2.500-1-3.500M17 10c1.500-1.500 3-1.500 4-1", "#2f7fd8", 1.8),
    line("M15.500 8.500 18 5", "#d8453b", 1.8),
    ["circle", { cx: 20.5, cy: 4, r: 1.2, fill: "#2e9e63" }],
    ["circle", { cx: 19.5, cy: 14, r: 1.2, fill: "#d8453b" }],
  ],
  "✨": [
    shape(
      "M10 4l1.800 5.200L17 11l-5.200 1.800L10 18l-1.800-5.200L3 11l5.200-1.800zM18 3l.8 2.200L21 6l-2.200.8L18 9l-.8-2.200L15 6l2.200-.8zM18.500 15l.7 1.800 1.800.7-1.800.7-.7 1.800-.7-1.800-1.800-.7 1.800-.7z",
      "#e5a91a",
    ),
  ],
};

const PATTERN = new RegExp(`(${Object.keys(DRAWN).join("|")})\\uFE0F?`, "u");

/** Split text into strings and drawn emoji. */
export function withEmoji(text) {
  return text.split(PATTERN).map((part, at) => (at % 2 ? draw(part) : part.replace(/^\uFE0F/u, "")));
}

function draw(character) {
  const picture = svg({ width: 18, height: 18, "aria-hidden": "true" }, ...DRAWN[character]);
  // The character stays in the DOM so that copying and reading aloud keep it.
  return h("span", { class: "emoji" }, picture, h("span", { class: "emoji-text" }, character));
}

/** Return the node or text for a short code, or null when it is unknown. */
export function emojiOf(code) {
  const character = CODES[code.replace(/::skin-tone-\d$/, "")];
  return character ? withEmoji(character) : null;
}

/** Replace `:code:` by emoji in plain text. */
export function plainText(text) {
  return text.split(/:([a-z0-9_+-]+):/).map((part, at) => (at % 2 ? (emojiOf(part) ?? `:${part}:`) : withEmoji(part)));
}
