/** Look the page over: return what does not fit, cannot be read, or was not translated. */
() => {
  const faults = [];
  const name = (node) =>
    `${node.tagName.toLowerCase()}.${node.className} "${(node.innerText || node.ariaLabel || "").trim().slice(0, 40)}"`;
  const seen = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const style = (node) => getComputedStyle(node);

  function sideways() {
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth} wide`);
    for (const node of document.querySelectorAll("#messages, #home, #thread .messages, .modal-body, .side-scroll"))
      if (seen(node) && node.scrollWidth > node.clientWidth) faults.push(`scrolls sideways: ${name(node)}`);
  }

  // What may scroll sideways by itself holds more than it shows.
  const scrolls = (node) => /auto|scroll/.test(style(node).overflowX) && node.scrollWidth > node.clientWidth;
  const inScroller = (node) => {
    for (let at = node.parentElement; at; at = at.parentElement) if (scrolls(at)) return true;
    return false;
  };

  function outside(node) {
    const box = node.getBoundingClientRect();
    if (!box.width || inScroller(node)) return;
    const around = node.parentElement.getBoundingClientRect();
    const free = style(node).position === "fixed" || style(node).position === "absolute";
    if (box.left < -1 || box.right > innerWidth + 1) faults.push(`out of the window: ${name(node)}`);
    else if (!free && (box.left < around.left - 9 || box.right > around.right + 1))
      faults.push(`out of its place: ${name(node)}`);
    if (node.scrollWidth > node.clientWidth + 1 && style(node).overflowX !== "visible") faults.push(`cut: ${name(node)}`);
  }

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  function over(colour, below) {
    const key = `${colour} on ${below}`;
    if (!known.has(key)) known.set(key, mixed(colour, below));
    return known.get(key);
  }
  function mixed(colour, below) {
    canvas.fillStyle = `rgb(${below.join()})`;
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  }
  const grounds = new Map([[null, [255, 255, 255]]]);
  function ground(node) {
    if (!grounds.has(node)) grounds.set(node, over(style(node).backgroundColor, ground(node.parentElement)));
    return grounds.get(node);
  }
  const light = (rgb) =>
    rgb
      .map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
      .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);

  function faint(node) {
    const painted = /gradient/.test(style(node.closest(".bar, .avatar") ?? node).backgroundImage);
    if (painted || node.closest(".emoji-text, :disabled, .day.other, .visually-hidden, .skip")) return;
    const below = ground(node);
    const [one, other] = [light(below), light(over(style(node).color, below))].sort();
    const contrast = (other + 0.05) / (one + 0.05);
    if (contrast < 4.5) faults.push(`faint (${contrast.toFixed(1)}): ${name(node)}`);
  }

  function texts(node) {
    const own = [...node.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data);
    return [...own, node.ariaLabel, node.title, node.placeholder].filter((one) => one?.trim());
  }

  const untranslated = /^(app|chat|clock|tips|thread|write|command|form|home|bot|title)\.\w+$/;
  sideways();
  for (const node of document.querySelectorAll("button, input:not(.visually-hidden), textarea, a.file-chip"))
    if (seen(node)) outside(node);
  for (const node of document.querySelectorAll("body *")) {
    if (!seen(node) || node.closest("svg")) continue;
    const said = texts(node);
    for (const text of said) if (untranslated.test(text.trim())) faults.push(`not translated: ${text}`);
    if (said.length && [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim())) faint(node);
  }
  return [...new Set(faults)];
};
