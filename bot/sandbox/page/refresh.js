/** Fetch what changed and draw it: one fetch at a time, the newest wish wins. */

import { fetchMessages, fetchState, listen } from "./api.js";
import { session, takeState } from "./session.js";

/** Make the refresher; `draw` gets the messages of the channel and of the thread. */
export function makeRefresher(draw, onLink) {
  let running = null;
  let again = false;
  let unlisten = () => {};
  let heard = null;

  async function once() {
    const asked = JSON.stringify([session.as, session.channel, session.thread]);
    const state = await fetchState();
    if (!state.me) throw new Error(state.error ?? "no state");
    const [messages, replies] = await Promise.all([
      session.screen === "channel" ? fetchMessages(session.channel) : [],
      session.thread ? fetchMessages(session.channel, session.thread) : [],
    ]);
    // Whoever moved on meanwhile gets a fresh answer instead of an old one.
    if (asked !== JSON.stringify([session.as, session.channel, session.thread])) return void (again = true);
    takeState(state);
    draw(messages, replies);
    if (heard !== session.as) follow();
  }

  function follow() {
    unlisten();
    heard = session.as;
    unlisten = listen(
      (version) => version !== session.state.version && refresh(),
      (on) => {
        onLink(on);
        if (on) refresh();
      },
    );
  }

  async function refresh() {
    again = true;
    running ??= (async () => {
      try {
        while (again) {
          again = false;
          await once();
        }
      } catch (error) {
        // A network that fails is told to the person; anything else is a fault of the page and must show.
        if (!(error instanceof TypeError && /fetch|network|load/i.test(error.message))) reportError(error);
        onLink(false);
      } finally {
        running = null;
      }
    })();
    return running;
  }

  return refresh;
}
