// Text with entities. Offsets are in UTF-16 units, which is what JavaScript counts in too.

import { make } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const SAFE = /^(https?|tg|mailto):/i;

/** Nodes for a text; `onCommand` is called with a command that was clicked. */
export function formatted(text, entities, onCommand) {
  return nodes(text, [...entities], 0, text.length, onCommand);
}

function nodes(text, entities, from, to, onCommand) {
  const result = [];
  let at = from;
  while (entities.length) {
    const [entity, ...rest] = entities;
    const end = entity.offset + entity.length;
    if (entity.offset >= to) break;
    const inside = rest.filter((other) => other.offset < end);
    entities = rest.filter((other) => other.offset >= end);
    if (entity.offset > at) result.push(text.slice(at, entity.offset));
    const children = nodes(text, inside, entity.offset, end, onCommand);
    result.push(wrapped(entity, text.slice(entity.offset, end), children, onCommand));
    at = end;
  }
  if (at < to) result.push(text.slice(at, to));
  return result;
}

function wrapped(entity, words, children, onCommand) {
  switch (entity.type) {
    case "text_link": return link(entity.url, children);
    case "url": return link(words, children);
    case "email": return link(`mailto:${words}`, children);
    case "bot_command": return make("button", { type: "button", class: "link", onclick: () => onCommand(words) }, ...children);
    case "spoiler": return make("span", { class: "spoiler", onclick: reveal }, ...children);
    default: return make(TAGS[entity.type] ?? "span", { class: entity.type }, ...children);
  }
}

function link(address, children) {
  const target = address.includes(":") ? address : `http://${address}`;
  return make("a", { href: SAFE.test(target) ? target : null, target: "_blank", rel: "noopener" }, ...children);
}

function reveal(event) { event.currentTarget.classList.add("revealed"); }
