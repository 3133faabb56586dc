/** Short private notes at the foot of the page. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const STAYS = { trouble: 6500, done: 3000 };

/** Show a note only this person sees; it leaves by itself. */
export function toast(text, kind = "trouble") {
  const shelf = document.getElementById("toasts");
  const note = h(
    "div",
    { class: `toast ${kind}` },
    icon(kind === "trouble" ? "warning" : "check", 18),
    h(
      "div",
      { class: "toast-text" },
      kind === "trouble" && h("small", null, t("chat.only_you")),
      h("span", null, text),
    ),
    h(
      "button",
      { type: "button", class: "mini", "aria-label": t("app.dismiss"), onclick: () => note.remove() },
      icon("close", 14),
    ),
  );
  for (const old of shelf.querySelectorAll(".toast.done")) old.remove();
  // A modal dialog hides the rest of the page from view and from screen readers.
  const dialog = document.querySelector("dialog[open]");
  (dialog?.querySelector(".dialog-toasts") ?? shelf).append(note);
  while (shelf.childElementCount > 3) shelf.firstElementChild.remove();
  setTimeout(() => note.remove(), STAYS[kind]);
}

/** Show what the workspace refused, in its words. */
export function showRefusal(answer) {
  if (answer.ok || answer.errors) return false;
  toast(answer.message ?? (answer.error && !/^[a-z0-9_]+$/.test(answer.error) ? answer.error : t("app.failed")));
  return true;
}
