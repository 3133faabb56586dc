/** Build DOM nodes without ever parsing text as HTML. */

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: `h("button", {class: "x", onclick: f, "aria-label": "…"}, child, "text")`. */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) setProp(node, name, value);
  append(node, children);
  return node;
}

function setProp(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "class") node.className = value;
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "style") for (const [key, rule] of Object.entries(value)) node.style.setProperty(key, rule);
  else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "value" || name === "checked") node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

/** Append children; strings become text nodes, empty values are left out. */
export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** Make a fragment of children. */
export function fragment(...children) {
  return append(document.createDocumentFragment(), children);
}

/** Draw an SVG of shapes such as `["path", {d: "…"}]`. */
export function svg(props, ...shapes) {
  const root = document.createElementNS(SVG, "svg");
  const all = { viewBox: "0 0 24 24", width: "20", height: "20", ...props };
  for (const [name, value] of Object.entries(all)) root.setAttribute(name, value);
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    root.append(shape);
  }
  return root;
}

/** Empty a node and fill it anew. */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

const marks = new WeakMap();

/** Draw a node anew only when its mark changed, so that a click under way is not lost. */
export function redraw(node, mark, draw) {
  const text = JSON.stringify(mark);
  if (marks.get(node) === text) return;
  marks.set(node, text);
  draw();
}

let count = 0;

/** Return an id no other node has. */
export function freshId(stem) {
  count += 1;
  return `${stem}-${count}`;
}
