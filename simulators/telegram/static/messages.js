// Bubbles. Messages that did not change keep their elements, so that a playing video plays on.

import { icon, make, paintAvatar } from "./dom.js";
import { formatted } from "./formatted.js";
import { fittingWidth, isVisual, mediaOf } from "./media.js";
import { clock, day, say } from "./texts.js";

const TOGETHER_S = 300;

/** Draws messages into a list; `actions` are what a person can do with them. */
export class MessageList {
  constructor(list, actions) {
    this.list = list;
    this.actions = actions;
    this.drawn = new Map();
  }

  /** Show exactly these messages, as `me` sees them. */
  show(messages, me, isGroup) {
    const wanted = [];
    const drawn = new Map();
    let before = null;
    for (const unit of units(messages)) {
      const [first] = unit;
      if (!before || day(before.date) !== day(first.date)) wanted.push(this.daySeparator(first.date));
      const follows = before !== null && before.sender.id === first.sender.id && first.date - before.date < TOGETHER_S;
      const key = first.album ?? first.id;
      const known = this.drawn.get(key);
      const isSame = known && known.follows === follows && known.unit.length === unit.length && known.unit.every((each, i) => each === unit[i]);
      const entry = isSame ? known : { unit, follows, element: this.draw(unit, me, isGroup, follows) };
      drawn.set(key, entry);
      wanted.push(entry.element);
      before = unit.at(-1);
    }
    this.drawn = drawn;
    this.place(wanted);
  }

  /** Forget everything, before another chat is shown. */
  clear() {
    this.drawn.clear();
    this.list.replaceChildren();
  }

  place(wanted) {
    const keep = new Set(wanted);
    for (const child of [...this.list.children]) if (!keep.has(child)) child.remove();
    wanted.forEach((element, index) => {
      if (this.list.children[index] !== element) this.list.insertBefore(element, this.list.children[index] ?? null);
    });
  }

  daySeparator(date) { return make("li", { class: "day" }, make("span", {}, day(date))); }

  draw(unit, me, isGroup, follows) {
    const first = unit[0];
    const isOwn = first.sender.id === me;
    const worded = unit.find((message) => message.text) ?? first;
    const buttons = unit.flatMap((message) => message.buttons.map((row) => ({ message, row })));
    const bubble = make("div", { class: "bubble" });
    if (isGroup && !isOwn && !follows) bubble.append(this.author(first.sender));
    if (first.forwarded_from) bubble.append(make("p", { class: "forwarded" }, `${say("forwardedFrom")} `, make("b", {}, first.forwarded_from)));
    if (first.via) bubble.append(make("p", { class: "forwarded" }, `via @${first.via}`));
    if (first.reply_to) bubble.append(this.quote(first.reply_to));
    const words = worded.text ? [make("p", { class: "words" }, ...formatted(worded.text, worded.entities, this.actions.command))] : [];
    const media = mediaOf(unit);
    bubble.append(...(worded.caption_above ? [...words, ...media] : [...media, ...words]));
    if (first.invoice) bubble.append(make("p", { class: "words" }, make("b", {}, first.invoice.title)), make("p", { class: "words" }, first.invoice.description));
    else if (first.payment) bubble.append(make("p", { class: "words other" }, `${say(first.other === "refunded_payment" ? "refunded" : "paid")} ⭐️ ${first.payment.total_amount}`));
    else if (first.other) bubble.append(make("p", { class: "words other" }, first.other));
    bubble.append(this.footer(unit));
    const isBare = unit.every(isVisual) && words.length === 0;
    const body = make("div", { class: "body" }, bubble, buttons.length ? this.keyboard(buttons) : null);
    const classes = { own: isOwn, theirs: !isOwn, follows, bare: isBare, "with-visual": unit.some(isVisual) };
    const names = Object.keys(classes).filter((name) => classes[name]);
    const item = make("li", { class: ["message", ...names].join(" "), "data-message": first.id, ondblclick: () => this.actions.reply(first) },
      body, this.tools(first));
    if (unit.length === 1 && isVisual(first)) item.style.setProperty("--media-width", `${fittingWidth(first.media)}px`);
    return item;
  }

  author(sender) {
    const name = paintAvatar(make("p", { class: "author" }), sender.name, sender.id);
    name.textContent = sender.name;
    return name;
  }

  quote(quoted) {
    const words = quoted.text || (quoted.media ? say(quoted.media) : "");
    return make("button", { type: "button", class: "quote", onclick: () => this.actions.jump(quoted.id) }, make("b", {}, quoted.name), make("span", {}, words));
  }

  footer(unit) {
    const last = unit.at(-1);
    const isEdited = unit.some((message) => message.edited);
    return make("time", {}, isEdited ? `${say("edited")} ` : "", clock(last.date));
  }

  keyboard(rows) {
    const drawRow = ({ message, row }) => make("div", { class: "row" }, ...row.map((button) => {
      const element = make("button", { type: "button", class: "key", onclick: () => this.actions.press(message, button, element) }, button.text,
        button.url ? icon("open") : null);
      return element;
    }));
    return make("div", { class: "keys" }, ...rows.map(drawRow));
  }

  tools(message) {
    const tool = (name, act) => make("button", { type: "button", class: "icon", title: say(name), onclick: () => act(message) }, icon(name));
    return make("div", { class: "tools" }, tool("reply", this.actions.reply), tool("forward", this.actions.forward));
  }
}

function units(messages) {
  const result = [];
  for (const message of messages) {
    const last = result.at(-1);
    if (message.album && last?.[0].album === message.album) last.push(message);
    else result.push([message]);
  }
  return result;
}
