/** The writing box: text, commands, mentions, files. */

import { post, postFiles } from "./api.js";
import { markBusy } from "./elements.js";
import { fill, h } from "./dom.js";
import { grow } from "./fields.js";
import { makeHints, withMentions } from "./hints.js";
import { icon } from "./icons.js";
import { escapeText } from "./mrkdwn.js";
import { openMenu } from "./popover.js";
import { session } from "./session.js";
import { showRefusal, toast } from "./toast.js";
import { t } from "./words.js";

const drafts = new Map();

/** Make a composer; `spot()` tells channel and thread, `name()` what it says while empty. */
export function makeComposer({ spot, name, commands, sent }) {
  const field = h("textarea", {
    rows: 1,
    class: "compose-field",
    autocomplete: "off",
    "data-compose": commands ? "channel" : "thread",
  });
  const chosen = { files: [] };
  const shelf = h("div", { class: "compose-files" });
  const hints = makeHints(field, { commands });
  const send = h("button", { type: "submit", class: "send", disabled: true }, icon("send", 18));
  const picker = h("input", {
    type: "file",
    multiple: true,
    class: "visually-hidden",
    tabindex: "-1",
    "aria-hidden": "true",
    onchange: () => take(picker.files),
  });
  const attach = h("button", { type: "button", class: "mini", onclick: () => picker.click() }, icon("clip"));
  const shortcuts = h(
    "button",
    {
      type: "button",
      class: "mini",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: () => openShortcuts(shortcuts),
    },
    icon("bolt"),
  );
  const keys = h("span", { class: "keys", "aria-hidden": "true" });
  const form = h(
    "form",
    { class: "composer", onsubmit: (event) => submit(event) },
    hints.node,
    h(
      "div",
      { class: "compose-box" },
      field,
      shelf,
      h("div", { class: "compose-row" }, attach, picker, commands && shortcuts, keys, send),
    ),
  );

  field.addEventListener("input", changed);
  field.addEventListener("keydown", (event) => {
    if (hints.keydown(event)) return;
    // Enter also ends a word in an input method for Chinese; that one must not send.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) submit(event);
  });
  field.addEventListener("paste", (event) => event.clipboardData.files.length && take(event.clipboardData.files));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  });

  function changed() {
    grow(field, 200);
    send.disabled = !field.value.trim() && !chosen.files.length;
    drafts.set(key(), field.value);
  }

  const key = () => JSON.stringify([session.as, spot()]);

  function take(list) {
    chosen.files.push(...list);
    drawFiles();
    changed();
  }

  function drawFiles() {
    fill(
      shelf,
      chosen.files.map((file) =>
        h(
          "span",
          { class: "file-chip" },
          icon("file", 16),
          h("span", { class: "file-name" }, file.name),
          h(
            "button",
            {
              type: "button",
              class: "mini",
              "aria-label": t("write.remove", { name: file.name }),
              onclick: () => {
                chosen.files = chosen.files.filter((one) => one !== file);
                drawFiles();
                changed();
              },
            },
            icon("close", 14),
          ),
        ),
      ),
    );
  }

  async function submit(event) {
    event.preventDefault();
    const text = field.value.trim();
    const files = chosen.files;
    if (!text && !files.length) return;
    if (text.startsWith("/") && !commands) return void toast(t("write.no_thread_command"));
    field.value = "";
    chosen.files = [];
    hints.close();
    drawFiles();
    changed();
    markBusy(send, 600);
    const answer = await deliver(text, files, spot());
    if (showRefusal(answer) && !field.value) restore(text, files);
    else sent?.();
  }

  function restore(text, files) {
    field.value = text;
    chosen.files = files;
    drawFiles();
    changed();
  }

  return {
    node: form,
    refresh() {
      field.placeholder = name();
      field.setAttribute("aria-label", name());
      for (const [node, word] of [
        [send, "write.send"],
        [attach, "write.attach"],
        [shortcuts, "write.shortcuts"],
      ]) {
        node.setAttribute("aria-label", t(word));
        node.title = t(word);
      }
      keys.textContent = t("write.keys");
      if (form.dataset.key === key()) return;
      form.dataset.key = key();
      field.value = drafts.get(key()) ?? "";
      chosen.files = [];
      drawFiles();
      changed();
    },
    write(text) {
      field.value = text;
      changed();
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
    focus: () => field.focus(),
  };
}

function deliver(text, files, { channel, thread }) {
  const ready = withMentions(escapeText(text));
  if (text.startsWith("/")) return post("command", { channel, text: ready });
  const fields = { channel, text: ready, ...(thread ? { thread_ts: thread } : {}) };
  return files.length ? postFiles("message", fields, files) : post("message", fields);
}

function openShortcuts(anchor) {
  const all = (session.state?.apps ?? []).flatMap((app) =>
    (app.shortcuts ?? []).map((one) => ({ ...one, app: app.name })),
  );
  openMenu(
    anchor,
    t("write.shortcuts"),
    all
      .filter((one) => one.type === "global")
      .map((one) => ({
        icon: icon("bolt", 18),
        label: one.name,
        detail: one.app,
        data: { shortcut: one.callback_id },
        act: async () => showRefusal(await post("shortcut", { callback_id: one.callback_id, type: "global" })),
      })),
  );
}
