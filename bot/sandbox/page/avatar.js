/** Pictures of people (initials) and of the bot (its own mark). */

import { h } from "./dom.js";
import { icon } from "./icons.js";

/** Draw somebody's picture at a size in pixels. */
export function avatar(someone, size = 36) {
  if (someone?.bot || !someone) {
    return h(
      "span",
      { class: "avatar bot", style: { "--size": `${size}px` }, "aria-hidden": "true" },
      icon("bot", Math.round(size * 0.68)),
    );
  }
  return h(
    "span",
    { class: "avatar", style: { "--size": `${size}px`, "--color": colorOf(someone) }, "aria-hidden": "true" },
    someone.initials,
  );
}

function colorOf(someone) {
  const color = someone.color ?? "6b7a89";
  return /^[0-9a-f]{6}$/i.test(color) ? `#${color}` : color;
}
