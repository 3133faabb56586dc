/** Where blocks stand: keeps their values and posts what people do to them. */

import { post } from "./api.js";
import { session } from "./session.js";
import { showRefusal } from "./toast.js";
import { initialValue, valueElements } from "./values.js";

/** Make the surface of a message or a view; `container` is what Slack calls it. */
export function makeSurface(id, container, { kept = {}, channel = session.channel, blocks = [] } = {}) {
  const values = new Map();
  const keyOf = (block, element) => JSON.stringify([block.block_id, element.action_id]);
  const surface = {
    id,
    value: (block, element) => values.get(keyOf(block, element)) ?? initialValue(element, channel),
    keep: (block, element, value) => values.set(keyOf(block, element), value),
    state: () => ({ values: stateOf(surface) }),
    blocks,
    async act(block, element, extra) {
      const { type, ...rest } = extra;
      const answer = await post("action", {
        container,
        block_id: block.block_id,
        action_id: element.action_id,
        type: element.type ?? type,
        ...rest,
        state: surface.state(),
      });
      showRefusal(answer);
      return answer;
    },
  };
  for (const [block, element] of valueElements(blocks)) {
    const before = kept[block.block_id]?.[element.action_id];
    if (before && before.type === element.type) surface.keep(block, element, before);
  }
  return surface;
}

function stateOf(surface) {
  const values = {};
  for (const [block, element] of valueElements(surface.blocks)) {
    values[block.block_id] ??= {};
    values[block.block_id][element.action_id] = surface.value(block, element);
  }
  return values;
}
