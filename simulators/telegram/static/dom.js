// Small helpers around the document.

/** The element with an id. */
export const $ = (id) => document.getElementById(id);

/** Make an element: `make("p", { class: "x", onclick: f }, "text", child)`. Text is never read as HTML. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** An icon of those in index.html. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

const HUES = [210, 150, 28, 268, 340, 185, 48, 0];

/** Draw somebody's first letter on a colour that stays theirs. */
export function paintAvatar(element, name, id) {
  element.textContent = [...(name || "?")][0].toUpperCase();
  const seed = [...String(id)].reduce((sum, character) => sum + character.charCodeAt(0), 0);
  element.style.setProperty("--hue", HUES[seed % HUES.length]);
  return element;
}

/** Say something for a moment. */
export function toast(text) {
  const element = make("p", {}, text);
  $("toasts").append(element);
  setTimeout(() => element.remove(), 4000);
}

/** Show a dialog; resolves with the form's data, or null when it was cancelled. */
export function ask(...content) {
  const dialog = $("dialog");
  const form = make("form", { method: "dialog" }, ...content);
  dialog.replaceChildren(form);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => resolve(dialog.returnValue ? { choice: dialog.returnValue, ...Object.fromEntries(new FormData(form)) } : null),
      { once: true },
    );
  });
}
