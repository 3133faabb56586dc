/** The mails that people outside would get: read them here, and open the links in them. */

import { h, redraw } from "./dom.js";
import { language, recall, remember, zone } from "./session.js";
import { scriptOf, t } from "./words.js";

/** Return how many mails nobody has looked at in this browser. */
export function unreadMails(mails) {
  const seen = Number(recall("mail") ?? 0);
  return mails.filter((mail) => mail.id > seen).length;
}

/** Draw the mailbox, newest first; what is shown counts as seen. */
export function drawMailbox(node, mails) {
  remember("mail", String(Math.max(0, ...mails.map((mail) => mail.id))));
  redraw(node, [mails, language(), zone()], () => {
    node.replaceChildren(...(mails.length ? mails.map(letter) : [h("p", { class: "mail-empty" }, t("mail.empty"))]));
  });
}

function letter(mail) {
  const at = new Date(mail.at).toLocaleString(language(), {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: zone(),
  });
  return h(
    "article",
    { class: "mail", data: { mail: mail.id }, lang: scriptOf(mail.text) },
    h("header", null, h("h2", null, mail.subject), h("time", { datetime: mail.at }, at)),
    h("p", { class: "mail-to" }, t("mail.to", { name: mail.to })),
    h("div", { class: "mail-text" }, linked(mail.text)),
    mail.files.length > 0 && h("p", { class: "mail-files" }, mail.files.map((name) => h("span", null, `📎 ${name}`))),
  );
}

/** Split a text at its web addresses; each opens in a window of its own, as from a mail program. */
function linked(text) {
  return text
    .trim()
    .split(/(https?:\/\/[^\s]+)/)
    .map((part, n) => (n % 2 ? h("a", { href: part, target: "_blank", rel: "noopener noreferrer" }, part) : part));
}
