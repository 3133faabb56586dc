/** The right side: one thread. */

import { makeComposer } from "./composer.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { makeList } from "./list.js";
import { channelName, person, session } from "./session.js";
import { t } from "./words.js";

/** Make the thread pane in its place. */
export function makeThread(node, close) {
  const title = h("header", { class: "thread-head" });
  const messages = h("div", { class: "messages", role: "log", tabindex: "0" });
  const list = makeList(messages);
  const composer = makeComposer({
    commands: false,
    spot: () => ({ channel: session.channel, thread: session.thread }),
    sent: () => list.end(),
    name: () => t("write.reply", { person: person(session.as)?.name ?? "" }),
  });
  node.append(title, messages, h("div", { class: "foot" }, composer.node));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector(":popover-open")) return;
    event.preventDefault();
    close();
  });
  return {
    composer,
    show(all) {
      const open = Boolean(session.thread) && session.screen === "channel";
      node.hidden = !open;
      document.body.classList.toggle("with-thread", open);
      if (!open) return;
      node.setAttribute("aria-label", t("thread.title"));
      messages.setAttribute("aria-label", t("thread.title"));
      drawHead(title, close);
      const count = all.length - 1;
      const line =
        count > 0
          ? h(
              "div",
              { class: "reply-line", role: "separator" },
              h("span", null, t(count === 1 ? "chat.reply" : "chat.replies", { n: count })),
            )
          : null;
      const gone = all.length ? [] : [h("p", { class: "list-note" }, t("thread.gone"))];
      list.show(all, { channel: session.channel, thread: session.thread, as: session.as }, gone, line);
      composer.refresh();
    },
  };
}

function drawHead(title, close) {
  const place = channelName(session.channel);
  if (title.dataset.mark === `${place} ${t("thread.title")}`) return;
  title.dataset.mark = `${place} ${t("thread.title")}`;
  fill(
    title,
    h(
      "button",
      { type: "button", class: "mini thread-back", "aria-label": t("app.back"), onclick: close },
      icon("left"),
    ),
    h("h2", null, t("thread.title")),
    h("span", { class: "title-topic" }, place),
    h(
      "button",
      {
        type: "button",
        class: "mini thread-close",
        "aria-label": t("thread.close"),
        title: t("thread.close"),
        onclick: close,
      },
      icon("close"),
    ),
  );
}
