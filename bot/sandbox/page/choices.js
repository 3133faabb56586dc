/** What selects offer: options, people, channels. */

import { avatar } from "./avatar.js";
import { unescapeText } from "./mrkdwn.js";
import { channelName, session } from "./session.js";
import { titleOf } from "./words.js";

/** List what an element offers as `{key, label, detail, group, picture, bare}`, or null when it is no select. */
export function choices(element) {
  const type = element.type.replace(/^multi_/, "");
  if (type === "users_select") return people();
  if (type === "conversations_select" || type === "channels_select") return conversations(element, type);
  if (type !== "static_select") return null;
  const groups = element.option_groups ?? [{ options: element.options ?? [] }];
  return groups.flatMap((group) =>
    group.options.map((option) => ({
      key: option.value,
      label: unescapeText(option.text.text),
      bare: { text: option.text, value: option.value },
      detail: option.description && unescapeText(option.description.text),
      group: group.label && unescapeText(group.label.text),
    })),
  );
}

function people() {
  return session.state.people.map((one) => ({
    key: one.id,
    bare: one.id,
    label: one.name,
    detail: titleOf(one),
    picture: () => avatar(one, 22),
  }));
}

const KINDS = { channel: "public", private: "private", im: "im" };

function conversations(element, type) {
  const wanted = type === "channels_select" ? ["public"] : element.filter?.include;
  return session.state.channels
    .filter((one) => !wanted || wanted.includes(KINDS[one.kind]))
    .map((one) => ({ key: one.id, bare: one.id, label: channelName(one.id) }));
}
