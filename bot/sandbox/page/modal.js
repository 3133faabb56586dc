/** The modal dialog of the acting person: draws the view, keeps what is written, submits, shows errors at the field. */

import { post } from "./api.js";
import { drawBlocks, drawText } from "./blocks.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { unescapeText } from "./mrkdwn.js";
import { session } from "./session.js";
import { makeSurface } from "./surface.js";
import { showRefusal } from "./toast.js";
import { faultOf } from "./values.js";
import { scriptOf, t } from "./words.js";

const box = h("dialog", {
  class: "modal",
  "aria-labelledby": "modal-title",
  oncancel: (event) => {
    // Popovers inside send a cancel of their own in some browsers.
    if (event.target !== box) return;
    event.preventDefault();
    dismiss();
  },
});
let view = null;
let mark = "";
let surface = null;
let faults = {};
const written = new Map();

/** Show the view that the server says is open, or nothing. */
export function showModal(next) {
  if (!next) return hide();
  const { state, hash, ...drawn } = next;
  const nextMark = JSON.stringify([drawn, session.as, document.documentElement.lang]);
  if (nextMark === mark && box.open) return undefined;
  if (view && surface) written.set(view.id, surface.state().values);
  const same = view?.id === next.id && box.open;
  const kept = written.get(next.id) ?? state?.values ?? {};
  if (!same) faults = {};
  view = next;
  mark = nextMark;
  surface = makeSurface(
    `v${next.id}`,
    { type: "view", view_id: next.id },
    { kept, blocks: next.blocks, channel: session.channel },
  );
  draw(same);
  return undefined;
}

function hide() {
  if (!box.open && !view) return;
  if (view) written.set(view.id, surface.state().values);
  box.close();
  box.remove();
  view = null;
  mark = "";
  surface = null;
}

function draw(same) {
  const focused = same && box.contains(document.activeElement) ? focusOf(document.activeElement) : null;
  const scrolled = same ? box.querySelector(".modal-body")?.scrollTop : 0;
  if (same) redraw();
  else fill(box, head(), body(), h("div", { class: "dialog-toasts" }), foot());
  box.lang = scriptOf(JSON.stringify(view.blocks)) ?? document.documentElement.lang;
  if (!box.open) {
    document.body.append(box);
    box.showModal();
  }
  box.querySelector(".modal-body").scrollTop = scrolled ?? 0;
  if (focused) focused();
  else if (!same) firstField()?.focus({ preventScroll: true });
}

/** Draw what changed; a button stays the same node, or a click under way on it would be lost. */
function redraw() {
  for (const part of [head(), foot()]) {
    const old = box.querySelector(`.${part.className}`);
    if (!old.isEqualNode(part)) old.replaceWith(part);
  }
  box.querySelector(".modal-body").replaceWith(body());
  markFaults();
}

const firstField = () =>
  box.querySelector("[autofocus]") ??
  box.querySelector(".modal-body :is(input:not([type=file]), textarea, button)") ??
  box.querySelector(".modal-foot .primary");

function focusOf(node) {
  const block = node.closest("[data-block]")?.dataset.block;
  const at = [...(node.closest("[data-block]")?.querySelectorAll("input, textarea, button") ?? [])].indexOf(node);
  const range = node.selectionStart;
  return () => {
    const again = box
      .querySelector(`[data-block="${CSS.escape(block ?? "")}"]`)
      ?.querySelectorAll("input, textarea, button")[at];
    again?.focus({ preventScroll: true });
    if (range !== undefined && range !== null && again?.setSelectionRange && again.type !== "email")
      again.setSelectionRange(range, range);
  };
}

function head() {
  return h(
    "header",
    { class: "modal-head" },
    h("h2", { id: "modal-title" }, drawText(view.title)),
    h("button", { type: "button", class: "mini", "aria-label": t("app.close"), onclick: dismiss }, icon("close")),
  );
}

function body() {
  return h(
    "form",
    {
      class: "modal-body blocks",
      id: "modal-form",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        submit();
      },
    },
    drawBlocks(view.blocks, surface),
  );
}

function foot() {
  const word = (object, key) => (object ? unescapeText(object.text) : t(key));
  const submits =
    view.submit &&
    h(
      "button",
      { type: "submit", form: "modal-form", class: "button primary", data: { submit: "" } },
      word(view.submit),
    );
  return h(
    "footer",
    { class: "modal-foot" },
    h(
      "button",
      { type: "button", class: "button", onclick: dismiss, data: { close: "" } },
      word(view.close, submits ? "app.cancel" : "app.close"),
    ),
    submits,
  );
}

async function dismiss() {
  const closed = view;
  if (!closed) return;
  showRefusal(await post("close", { view_id: closed.id }));
}

async function submit() {
  const button = box.querySelector("[data-submit]");
  if (!button || button.getAttribute("aria-busy")) return;
  const found = Object.fromEntries(
    view.blocks
      .filter((block) => block.type === "input")
      .map((block) => [block.block_id, faultOf(block, block.element, surface.value(block, block.element))])
      .filter(([, fault]) => fault),
  );
  if (Object.keys(found).length) return void showFaults(found);
  button.setAttribute("aria-busy", "true");
  const answer = await post("submit", { view_id: view.id, state: surface.state() });
  button.removeAttribute("aria-busy");
  if (answer.errors) showFaults(answer.errors);
  else showRefusal(answer);
}

/** Put each error below its field and lead to the first. */
function showFaults(found) {
  faults = found;
  const first = markFaults();
  first?.scrollIntoView({ block: "center", behavior: "smooth" });
  first?.querySelector("input, textarea, button")?.focus({ preventScroll: true });
}

function markFaults() {
  let first = null;
  for (const node of box.querySelectorAll(".block.input")) {
    const text = faults[node.dataset.block];
    const note = node.querySelector(".fault");
    note.hidden = !text;
    note.textContent = text ?? "";
    node.classList.toggle("faulty", Boolean(text));
    for (const field of node.querySelectorAll(".field")) field.setAttribute("aria-invalid", String(Boolean(text)));
    if (text) first ??= node;
  }
  return first;
}
