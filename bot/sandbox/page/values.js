/** The values of interactive elements, in the shapes Slack gives them. */

import { t } from "./words.js";

const KEYS = {
  plain_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  rich_text_input: ["rich_text_value", "initial_value"],
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  radio_buttons: ["selected_option", "initial_option"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  checkboxes: ["selected_options", "initial_options"],
  users_select: ["selected_user", "initial_user"],
  multi_users_select: ["selected_users", "initial_users"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
  file_input: ["files", null],
};

const LISTS = new Set(["selected_options", "selected_users", "selected_conversations", "selected_channels", "files"]);

/** Tell whether an element holds a value (buttons and menus do not). */
export function holdsValue(element) {
  return element.type in KEYS;
}

/** Return the key under which an element's value travels. */
function keyOf(element) {
  return KEYS[element.type][0];
}

/** Return the value an element starts with. */
export function initialValue(element, channel) {
  const [key, initial] = KEYS[element.type];
  const here = element.default_to_current_conversation && channel;
  const preset = (initial && element[initial]) ?? (here || null);
  return valueOf(element, preset ?? (LISTS.has(key) ? [] : null));
}

/** Wrap a bare value in its element's shape. */
export function valueOf(element, bare) {
  return { type: element.type, [keyOf(element)]: bare };
}

/** Return the bare value of a wrapped one. */
export function bareOf(element, value) {
  return value?.[keyOf(element)] ?? (LISTS.has(keyOf(element)) ? [] : null);
}

/** List `[block, element]` for all elements of blocks that hold values. */
export function valueElements(blocks) {
  return blocks.flatMap((block) => {
    const elements = [block.element, block.accessory, ...(block.type === "actions" ? block.elements : [])];
    return elements.filter((one) => one && holdsValue(one)).map((one) => [block, one]);
  });
}

/** Say what is wrong with an input's value, or null. */
export function faultOf(block, element, value) {
  const bare = bareOf(element, value);
  const empty = bare === null || bare === "" || (Array.isArray(bare) && bare.length === 0);
  if (empty) return block.optional ? null : t("form.required");
  const check = CHECKS[element.type];
  return check ? check(element, bare) : null;
}

const CHECKS = {
  plain_text_input: (element, text) =>
    element.min_length && [...text].length < element.min_length ? t("form.too_short", { n: element.min_length }) : null,
  number_input(element, text) {
    if (!/^[-+]?\d*([.]\d+)?$/.test(text) || Number.isNaN(Number.parseFloat(text))) return t("form.number");
    if (!element.is_decimal_allowed && text.includes(".")) return t("form.whole");
    if (element.min_value !== undefined && Number(text) < Number(element.min_value))
      return t("form.at_least", { n: element.min_value });
    if (element.max_value !== undefined && Number(text) > Number(element.max_value))
      return t("form.at_most", { n: element.max_value });
    return null;
  },
  url_text_input: (element, text) => (/^https?:\/\/\S+$/i.test(text) ? null : t("form.url")),
  email_text_input: (element, text) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : t("form.email")),
  datepicker: (element, text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? null : t("form.date")),
  timepicker: (element, text) => (/^\d{2}:\d{2}$/.test(text) ? null : t("form.time")),
  datetimepicker: (element, epoch) => (Number.isFinite(epoch) ? null : t("form.date")),
};
