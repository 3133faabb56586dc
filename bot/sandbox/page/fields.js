/** Fields to write in and to drop files on. */

import { toast } from "./toast.js";
import { postFiles } from "./api.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { unescapeText } from "./mrkdwn.js";
import { t } from "./words.js";

const TYPES = { number_input: "text", url_text_input: "url", email_text_input: "email" };
const MODES = { number_input: "decimal", url_text_input: "url", email_text_input: "email" };
const DEFAULT_MOST = 3000;

/** Draw a one-line or many-line text, number, link or e-mail field. */
export function textInput(element, control) {
  const rich = element.type === "rich_text_input";
  const large = element.multiline || rich;
  const most = element.max_length ?? (element.type === "plain_text_input" ? DEFAULT_MOST : null);
  const field = h(large ? "textarea" : "input", {
    class: "field",
    id: control.id,
    type: large ? null : (TYPES[element.type] ?? "text"),
    inputmode: MODES[element.type],
    placeholder: element.placeholder && unescapeText(element.placeholder.text),
    maxlength: most,
    rows: large ? 4 : null,
    autocomplete: "off",
    autofocus: element.focus_on_load,
    "aria-describedby": control.describedBy,
    "aria-label": control.id ? null : control.label,
  });
  field.value = rich ? "" : (control.bare() ?? "");
  field.addEventListener("input", () => {
    control.set(rich ? richValue(field.value) : field.value || null, field, true);
    count(field, most, element);
    if (large) grow(field);
    if (triggers(element).includes("on_character_entered")) later(field, () => speak(control, field));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || large) return;
    if (!control.speaks || !triggers(element).includes("on_enter_pressed")) return;
    event.preventDefault();
    speak(control, field);
  });
  if (large) requestAnimationFrame(() => grow(field));
  if (!element.max_length) return field;
  // The wrapper must not swallow the field's id, which its label points to.
  return h("div", { class: "counted" }, field, h("span", { class: "count", "aria-hidden": "true", hidden: true }));
}

const triggers = (element) => element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];

function speak(control, field) {
  if (control.speaks) control.send(field);
}

function later(field, act) {
  clearTimeout(field.timer);
  field.timer = setTimeout(act, 350);
}

function count(field, most, element) {
  const note = field.parentElement?.querySelector(".count");
  if (!note || !element.max_length) return;
  note.hidden = field.value.length < most * 0.7;
  note.textContent = `${field.value.length} / ${most}`;
}

/** Let a text area grow with its text. */
export function grow(field, most = 260) {
  field.style.height = "auto";
  field.style.height = `${Math.min(most, field.scrollHeight + 2)}px`;
}

function richValue(text) {
  const elements = [{ type: "rich_text_section", elements: [{ type: "text", text }] }];
  return text ? { type: "rich_text", elements } : null;
}

/** Draw a field for files; they are uploaded at once and travel as ids. */
export function fileInput(element, control) {
  const most = element.max_files ?? 10;
  const list = h("div", { class: "file-list" });
  const accept = element.filetypes?.map((one) => `.${one}`).join(",");
  const picker = h("input", {
    type: "file",
    class: "visually-hidden",
    id: control.id,
    multiple: most > 1,
    accept,
    "aria-describedby": control.describedBy,
  });
  const show = () =>
    fill(
      list,
      (control.bare() ?? []).map((file) =>
        fileRow(file, () => {
          control.set(
            control.bare().filter((one) => one.id !== file.id),
            list,
            true,
          );
          show();
        }),
      ),
    );
  const take = async (files) => {
    box.classList.add("busy");
    const answer = await postFiles("upload", {}, [...files].slice(0, most));
    box.classList.remove("busy");
    if (!answer.ok) return toast(answer.message ?? t("app.failed"));
    control.set([...(control.bare() ?? []), ...answer.files].slice(-most), list, true);
    return show();
  };
  picker.addEventListener("change", () => picker.files.length && take(picker.files));
  const box = h(
    "div",
    { class: "file-field" },
    h("label", { class: "file-drop", for: control.id }, icon("clip", 18), t("form.add_file")),
    picker,
    list,
  );
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) take(event.dataTransfer.files);
  });
  show();
  return box;
}

function fileRow(file, remove) {
  return h(
    "span",
    { class: "file-chip" },
    icon("file", 16),
    h("span", { class: "file-name" }, file.name ?? file.id),
    h(
      "button",
      {
        type: "button",
        class: "mini",
        "aria-label": t("write.remove", { name: file.name ?? file.id }),
        onclick: remove,
      },
      icon("close", 14),
    ),
  );
}
