/** Block Kit blocks as DOM nodes. A `surface` says where they stand and takes what people do. */

import { append, fragment, h } from "./dom.js";
import { plainText } from "./emoji.js";
import { drawElement } from "./elements.js";
import { mrkdwn, unescapeText } from "./mrkdwn.js";
import { markdown, richText } from "./richtext.js";
import { t } from "./words.js";

/** Render blocks in their order. */
export function drawBlocks(blocks, surface) {
  return blocks.map((block) => {
    const node = (DRAW[block.type] ?? unknown)(block, surface);
    node.dataset.block = block.block_id ?? "";
    return node;
  });
}

/** Render a text object. */
export function drawText(object) {
  if (!object) return null;
  if (object.type === "mrkdwn") return mrkdwn(object.text, { verbatim: object.verbatim });
  return fragment(
    unescapeText(object.text)
      .split("\n")
      .map((line, at) => [at > 0 && h("br"), plainText(line)]),
  );
}

const DRAW = {
  section,
  header,
  context,
  actions,
  input,
  image,
  table,
  divider: () => h("hr", { class: "block" }),
  rich_text: (block) => h("div", { class: "block rich" }, richText(block)),
  markdown: (block) => h("div", { class: "block rich" }, markdown(block.text)),
  alert: (block) => h("div", { class: `block alert ${block.level ?? "default"}`, role: "note" }, drawText(block.text)),
};

function section(block, surface) {
  const fields =
    block.fields &&
    h(
      "div",
      { class: "fields" },
      block.fields.map((one) => h("div", { class: "field-text" }, drawText(one))),
    );
  const body = h(
    "div",
    { class: "section-body" },
    block.text && h("div", { class: "text" }, drawText(block.text)),
    fields,
  );
  const accessory = block.accessory && h("div", { class: "accessory" }, drawElement(block.accessory, block, surface));
  const wide = ["checkboxes", "radio_buttons"].includes(block.accessory?.type);
  return h("div", { class: `block section ${wide ? "stacked" : ""}` }, body, accessory);
}

function header(block) {
  return h("h3", { class: "block header" }, drawText(block.text));
}

function context(block) {
  return h(
    "div",
    { class: "block context" },
    block.elements.map((one) =>
      one.type === "image" ? picture(one, "context-image") : h("span", { class: "context-text" }, drawText(one)),
    ),
  );
}

function actions(block, surface) {
  return h(
    "div",
    { class: "block actions" },
    block.elements.map((one) => drawElement(one, block, surface)),
  );
}

function input(block, surface) {
  const id = `field-${surface.id}-${block.block_id}`.replace(/[^\w-]/g, "_");
  const grouped = ["checkboxes", "radio_buttons"].includes(block.element.type);
  const label = h(
    grouped ? "legend" : "label",
    { class: "label", for: grouped ? null : id, id: `${id}-label` },
    drawText(block.label),
    block.optional && [" ", h("span", { class: "optional" }, t("form.optional"))],
  );
  const hint = block.hint && h("div", { class: "hint", id: `${id}-hint` }, drawText(block.hint));
  const fault = h("div", { class: "fault", id: `${id}-fault`, role: "alert", hidden: true });
  const box = h(grouped ? "fieldset" : "div", { class: "block input" }, label);
  const control = drawElement(block.element, block, surface, {
    id,
    describedBy: [hint && `${id}-hint`, `${id}-fault`].filter(Boolean).join(" "),
  });
  return append(box, [control, fault, hint]);
}

function image(block) {
  return h(
    "figure",
    { class: "block image" },
    block.title && h("figcaption", null, drawText(block.title)),
    picture(block, "image"),
  );
}

/** Show a picture of this workspace; other hosts are never asked. */
function picture(block, kind) {
  const file = block.slack_file;
  const id = file?.id ?? /\/files-pri\/\w+-(\w+)\//.exec(file?.url ?? "")?.[1];
  const url = id ? `/page/file/${encodeURIComponent(id)}` : (block.image_url ?? "");
  const local = url.startsWith("/") || url.startsWith("data:image/") || url.startsWith(location.origin);
  if (!local) return h("span", { class: "image-absent" }, block.alt_text);
  const shown = h("img", { src: url, alt: block.alt_text ?? "", class: kind, loading: "lazy" });
  if (kind !== "image") return shown;
  return h("a", { href: url, target: "_blank", rel: "noopener" }, shown);
}

function table(block) {
  const settings = block.column_settings ?? [];
  const cell = (one, at, head) =>
    h(
      head ? "th" : "td",
      { class: `align-${settings[at]?.align ?? "left"}`, scope: head ? "col" : null },
      one.type === "rich_text" ? richText(one) : plainText(String(one.text ?? one.value ?? "")),
    );
  const [head, ...rest] = block.rows;
  return h(
    "div",
    { class: "block table", tabindex: "0" },
    h(
      "table",
      null,
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          head.map((one, at) => cell(one, at, true)),
        ),
      ),
      h(
        "tbody",
        null,
        rest.map((row) =>
          h(
            "tr",
            null,
            row.map((one, at) => cell(one, at, false)),
          ),
        ),
      ),
    ),
  );
}

function unknown(block) {
  return h("div", { class: "block alert warning" }, `[${block.type}]`);
}
