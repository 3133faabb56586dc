/** The page's line to the local workspace. */

import { language, session } from "./session.js";

/** Ask the workspace; an answer with `ok: false` comes back as it is. */
async function ask(path, options) {
  const answer = await fetch(path, options);
  if (!answer.ok) return { ok: false, error: `http_${answer.status}` };
  return answer.json();
}

/** Post one act of the acting person. */
export async function post(what, body) {
  try {
    return await ask(`/page/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: session.as, ...body }),
    });
  } catch {
    return { ok: false, error: "offline" };
  }
}

/** Post a message with files. */
export async function postFiles(what, fields, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ as: session.as, ...fields })) {
    if (value !== undefined && value !== null) form.append(name, value);
  }
  for (const file of files) form.append("files", file, file.name);
  try {
    return await ask(`/page/${what}`, { method: "POST", body: form });
  } catch {
    return { ok: false, error: "offline" };
  }
}

/** Fetch the whole state for the acting person. */
export function fetchState(lang = language()) {
  return ask(`/page/state?${new URLSearchParams({ as: session.as, lang })}`);
}

/** Fetch the messages of a channel or of one thread. */
export async function fetchMessages(channel, thread) {
  const query = { as: session.as, channel, ...(thread ? { thread } : {}) };
  const answer = await ask(`/page/messages?${new URLSearchParams(query)}`);
  return answer.messages ?? [];
}

/** Listen for changes; returns a function that stops listening. */
export function listen(onChange, onLink) {
  const query = new URLSearchParams({ as: session.as, since: session.state?.version ?? 0 });
  const source = new EventSource(`/page/changes?${query}`);
  source.onopen = () => onLink(true);
  source.onerror = () => onLink(false);
  source.onmessage = (event) => onChange(JSON.parse(event.data).version);
  return () => source.close();
}
