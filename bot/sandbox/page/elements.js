/** Interactive Block Kit elements: buttons, menus, ticks; the fields live next door. */

import { choices } from "./choices.js";
import { h, freshId } from "./dom.js";
import { plainText } from "./emoji.js";
import { fileInput, textInput } from "./fields.js";
import { icon } from "./icons.js";
import { mrkdwn, unescapeText } from "./mrkdwn.js";
import { datePicker, dateTimePicker, timePicker } from "./pickers.js";
import { confirmDialog, openMenu } from "./popover.js";
import { selectField } from "./select.js";
import { bareOf, holdsValue, valueOf } from "./values.js";
import { t } from "./words.js";

const BUSY_MOST = 3000;
const AFTER_ANSWER = 700;

const DRAW = {
  button,
  overflow,
  checkboxes: ticks,
  radio_buttons: ticks,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  file_input: fileInput,
  workflow_button: button,
  plain_text_input: textInput,
  number_input: textInput,
  url_text_input: textInput,
  email_text_input: textInput,
  rich_text_input: textInput,
};

/** Draw one element; `field` gives an input's id and description. */
export function drawElement(element, block, surface, field = {}) {
  if (element.type === "image")
    return h("img", { class: "accessory-image", src: element.image_url, alt: element.alt_text });
  const control = controlOf(element, block, surface, field);
  const draw = DRAW[element.type] ?? (choices(element, surface) ? selectField : null);
  const node = draw ? draw(element, control) : h("span", null, `[${element.type}]`);
  Object.assign(node.dataset, { actionId: element.action_id ?? "", elementType: element.type });
  return node;
}

/** What an element may ask and do: its value, a change, an act. */
function controlOf(element, block, surface, field) {
  // In a form only some inputs speak up at once; everywhere else every choice does.
  const speaks = block.type === "input" ? Boolean(block.dispatch_action) : true;
  const send = async (node, extra) => {
    if (element.confirm && !(await confirmed(element.confirm))) return false;
    const release = markBusy(node);
    const answer = await surface.act(block, element, extra ?? surface.value(block, element));
    // What the act changed is drawn a moment after the answer.
    setTimeout(release, answer.ok ? AFTER_ANSWER : 0);
    return true;
  };
  return {
    ...field,
    surface,
    block,
    speaks,
    send,
    label: block.label ? unescapeText(block.label.text) : null,
    bare: () => (holdsValue(element) ? bareOf(element, surface.value(block, element)) : null),
    set: (bare, node, quiet = false) => {
      surface.keep(block, element, valueOf(element, bare));
      if (speaks && !quiet) send(node ?? document.activeElement);
    },
  };
}

function confirmed(dialog) {
  const text = (object) => (object ? unescapeText(object.text) : "");
  return confirmDialog({
    title: text(dialog.title),
    text: text(dialog.text),
    confirm: text(dialog.confirm),
    deny: text(dialog.deny),
    style: dialog.style,
  });
}

/** Show that an act is under way, until a while has passed or the returned function is called. */
export function markBusy(node, most = BUSY_MOST) {
  const release = () => node?.removeAttribute("aria-busy");
  if (!node?.isConnected) return release;
  node.setAttribute("aria-busy", "true");
  setTimeout(release, most);
  return release;
}

function button(element, control) {
  const press = async (event) => {
    const node = event.currentTarget;
    if (node.getAttribute("aria-busy")) return;
    if (element.url) window.open(element.url, "_blank", "noopener");
    await control.send(node, { value: element.value });
  };
  return h(
    "button",
    {
      type: "button",
      class: `button ${element.style ?? ""}`,
      onclick: press,
      id: control.id,
      "aria-label": element.accessibility_label,
    },
    h("span", { class: "button-text" }, plainText(unescapeText(element.text.text))),
    element.url && h("span", { class: "button-link", "aria-hidden": "true" }, "↗"),
  );
}

function overflow(element, control) {
  const node = h(
    "button",
    {
      type: "button",
      class: "button icon-only",
      "aria-label": t("chat.more"),
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    },
    icon("more", 18),
  );
  node.addEventListener("click", () =>
    openMenu(
      node,
      t("chat.more"),
      element.options.map((option) => ({
        label: plainText(unescapeText(option.text.text)),
        detail: option.description && unescapeText(option.description.text),
        data: { value: option.value },
        act: () => {
          if (option.url) window.open(option.url, "_blank", "noopener");
          control.send(node, { selected_option: { text: option.text, value: option.value } });
        },
      })),
    ),
  );
  return node;
}

function ticks(element, control) {
  const many = element.type === "checkboxes";
  const name = freshId("ticks");
  const box = h("div", {
    class: "ticks",
    role: many ? "group" : "radiogroup",
    id: control.id,
    "aria-label": control.label ?? unescapeText(control.block.text?.text ?? "").slice(0, 80),
  });
  const chosen = () =>
    [control.bare()]
      .flat()
      .filter(Boolean)
      .map((one) => one.value);
  const change = () => {
    const on = new Set([...box.querySelectorAll("input:checked")].map((one) => one.value));
    const options = element.options.filter((one) => on.has(one.value));
    control.set(many ? options : (options[0] ?? null), box);
  };
  box.append(
    ...element.options.map((option) =>
      tick(option, { many, name, change, on: chosen().includes(option.value), describedBy: control.describedBy }),
    ),
  );
  return box;
}

function tick(option, { many, name, change, on, describedBy }) {
  const text = (object) => (object.type === "mrkdwn" ? mrkdwn(object.text) : plainText(unescapeText(object.text)));
  return h(
    "label",
    { class: "tick" },
    h("input", {
      type: many ? "checkbox" : "radio",
      name,
      value: option.value,
      checked: on,
      onchange: change,
      "aria-describedby": describedBy,
    }),
    h(
      "span",
      { class: "tick-text" },
      text(option.text),
      option.description && h("small", null, text(option.description)),
    ),
  );
}
