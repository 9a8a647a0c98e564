// Where a person writes: words, files, replies, commands, the bot's keyboard.

import { $, icon, make } from "./dom.js";
import { say } from "./texts.js";

const MAX_ALBUM = 10;

const INLINE_PAUSE_MS = 250;

/** The form under the messages; `onSend` gets `{ text, files, replyTo, kind }`, `onInline` a bot's name and words. */
export class Composer {
  constructor(onSend, onInline) {
    this.onSend = onSend;
    this.onInline = onInline;
    this.files = [];
    this.replyTo = null;
    this.commands = [];
    this.chosen = 0;
    $("composer").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    $("words").addEventListener("keydown", (event) => this.key(event));
    $("words").addEventListener("input", () => this.changed());
    $("suggestions").addEventListener("scroll", () => this.scrolled());
    $("attach").addEventListener("click", () => $("picker").click());
    $("picker").addEventListener("change", () => { this.attach($("picker").files); $("picker").value = ""; });
    $("menu").addEventListener("click", () => this.toggleMenu());
    $("replying").querySelector("button").addEventListener("click", () => this.answer(null));
    document.addEventListener("paste", (event) => this.attach(event.clipboardData.files));
    this.acceptDrops();
  }

  /** Begin anew, for another chat. */
  reset() {
    this.files = [];
    this.drawTray();
    this.answer(null);
    this.suggest([]);
    this.showKeyboard(null);
    $("words").value = "";
    this.changed();
  }

  /** Offer these commands. */
  setCommands(commands) {
    this.commands = commands;
    $("menu").hidden = commands.length === 0;
  }

  /** Answer a message; null: none. */
  answer(message) {
    this.replyTo = message?.id ?? null;
    $("replying").hidden = !message;
    if (!message) return;
    $("replying").querySelector("b").textContent = message.sender.name;
    $("replying").querySelector("span").textContent = message.text || (message.media ? say(message.media.kind) : "");
    $("words").focus();
  }

  /** Put files into the tray. */
  attach(files) {
    const added = [...files];
    if (!added.length) return;
    this.files = [...this.files, ...added].slice(0, MAX_ALBUM);
    this.drawTray();
    $("words").focus();
  }

  /** Show the bot's reply keyboard, or hide it. */
  showKeyboard(markup) {
    const rows = markup?.keyboard ?? [];
    $("keyboard").hidden = rows.length === 0;
    $("keyboard").replaceChildren(...rows.map((row) => make("div", { class: "row" }, ...row.map((button) => this.keyboardKey(button, markup)))));
    if (markup?.input_field_placeholder) $("words").placeholder = markup.input_field_placeholder;
  }

  keyboardKey(button, markup) {
    const text = button.text ?? button;
    const press = () => {
      if (markup.one_time_keyboard) this.showKeyboard(null);
      this.onSend({ text, files: [], replyTo: null, kind: "" });
    };
    return make("button", { type: "button", class: "key", onclick: press }, text);
  }

  async submit() {
    const text = $("words").value.trim();
    if (!text && !this.files.length) return;
    const letter = { text, files: this.files, replyTo: this.replyTo, kind: $("as-file").checked && this.files.length ? "document" : "" };
    if (!(await this.onSend(letter))) return;
    this.files = [];
    $("as-file").checked = false;
    this.drawTray();
    this.answer(null);
    $("words").value = "";
    this.changed();
  }

  changed() {
    const words = $("words");
    words.style.height = "auto";
    words.style.height = `${Math.min(words.scrollHeight, 160)}px`;
    const inline = /^@(\w+) ([^]*)$/.exec(words.value);
    clearTimeout(this.inlineTimer);
    if (inline) this.inlineTimer = setTimeout(() => this.onInline(inline[1], inline[2]), INLINE_PAUSE_MS);
    else this.onInline(null, "");
    const typed = /^\/\w*$/.test(words.value) ? words.value.slice(1) : null;
    this.suggest(typed === null ? [] : this.commands.filter((each) => each.command.startsWith(typed)));
    $("send").classList.toggle("ready", Boolean(words.value.trim() || this.files.length));
  }

  key(event) {
    const items = [...$("suggestions").children];
    if (items.length && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      this.choose((this.chosen + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length);
    } else if (event.key === "Escape") {
      this.suggest([]);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (items.length) items[this.chosen].querySelector("button").click();
      else this.submit();
    }
  }

  toggleMenu() { this.suggest($("suggestions").hidden ? this.commands : []); }

  suggest(commands) {
    this.offer(commands.map((each) => ({
      title: `/${each.command}`,
      description: each.description,
      act: () => this.onSend({ text: `/${each.command}`, files: [], replyTo: null, kind: "" }),
    })));
  }

  /** Show things to choose from: `{ title, description, picture, act }`; `more` brings those that then `follow`. */
  offer(items, { follows = false, more = null } = {}) {
    const use = (item) => { this.offer([]); this.write(""); item.act(); };
    const known = follows ? [...$("suggestions").children] : [];
    this.more = more;
    $("suggestions").hidden = items.length + known.length === 0;
    $("suggestions").replaceChildren(...known, ...items.map((item) =>
      make("li", {}, make("button", { type: "button", onclick: () => use(item) },
        item.picture ? make("img", { src: item.picture, alt: "" }) : null, make("b", {}, item.title), make("span", {}, item.description)))));
    if (!follows) this.choose(0);
    this.scrolled();
  }

  /** Near the end of a long list ask for what follows. */
  scrolled() {
    const list = $("suggestions");
    if (!this.more || list.scrollTop + list.clientHeight < list.scrollHeight - 60) return;
    const { more } = this;
    this.more = null;
    more();
  }

  /** Put words into the field, as if they had been typed. */
  write(words) {
    $("words").value = words;
    $("words").focus();
    this.changed();
  }

  choose(index) {
    this.chosen = index;
    [...$("suggestions").children].forEach((item, at) => item.classList.toggle("chosen", at === index));
  }

  drawTray() {
    $("tray").hidden = this.files.length === 0;
    $("tray").querySelector("ul").replaceChildren(...this.files.map((file, index) => {
      const isPicture = file.type.startsWith("image/");
      const remove = () => { this.files = this.files.filter((_, at) => at !== index); this.drawTray(); };
      const shown = isPicture ? make("img", { src: URL.createObjectURL(file), alt: "", onload: (event) => URL.revokeObjectURL(event.target.src) }) : icon(file.type.startsWith("audio/") ? "music" : "file");
      return make("li", { title: file.name }, shown, make("small", {}, file.name), make("button", { type: "button", class: "icon", title: say("remove"), onclick: remove }, icon("close")));
    }));
    this.changed();
  }

  acceptDrops() {
    const area = $("chat");
    const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    area.addEventListener("dragover", (event) => { if (hasFiles(event)) { event.preventDefault(); $("drop").hidden = false; } });
    area.addEventListener("dragleave", (event) => { if (!area.contains(event.relatedTarget)) $("drop").hidden = true; });
    area.addEventListener("drop", (event) => { event.preventDefault(); $("drop").hidden = true; this.attach(event.dataTransfer.files); });
  }
}
