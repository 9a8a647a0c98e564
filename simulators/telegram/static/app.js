// The page: who is looking, at which chat, and what happens there.

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { $, ask, make, paintAvatar, toast } from "./dom.js";
import { MessageList } from "./messages.js";
import { showChats, showPeople } from "./sidebar.js";
import { say, sayAction, speak } from "./texts.js";

const ANSWER_WAIT_MS = 15000;

const state = { people: [], bots: [], chats: [], me: null, opened: null, messages: new Map(), unread: new Map(), pressed: new Map(), answers: new Map(), inline: null, meanwhile: null, toWrite: null, about: "", isOnline: true };

const list = new MessageList($("messages"), {
  reply: (message) => composer.answer(message),
  forward: (message) => forward(message),
  press: (message, button, element) => press(message, button, element),
  command: (words) => send({ text: words.split("@")[0] }),
  jump: (id) => jump(id),
});
const composer = new Composer((letter) => send(letter), (name, words) => askInline(name, words));

const openedChat = () => state.chats.find((chat) => chat.key === state.opened);
const isGroup = () => openedChat()?.kind !== "private";

// Loads run one after the other: an answer that comes late must not replace a newer one.
let loading = Promise.resolve();
const inTurn = (load) => { loading = loading.catch(() => {}).then(load); return loading; };
const refresh = () => inTurn(loadAll);
const reloadChats = () => inTurn(loadChats);

async function loadAll() {
  const wanted = Number(location.hash.slice(1).split("/")[0]) || state.me;
  const loaded = await api.loadState(wanted);
  Object.assign(state, { people: loaded.people, bots: loaded.bots, chats: loaded.chats, me: loaded.person });
  speak(state.people.find((person) => person.id === state.me)?.language_code);
  label();
  showPeople(state.people, state.me);
  drawSidebar();
  const [, key] = location.hash.slice(1).split("/");
  const isWide = matchMedia("(min-width: 761px)").matches;
  const target = state.chats.find((chat) => chat.key === key) ?? (isWide ? state.chats.find((chat) => chat.is_bot) : null);
  await open(target?.key ?? null);
}

function drawSidebar() {
  state.chats.sort((one, other) => (other.last?.date ?? 1e12) - (one.last?.date ?? 1e12));
  showChats(state.chats, state.opened, state.unread, (key) => go(state.me, key));
}

function label() {
  for (const [id, name] of [["add-person", "addPerson"], ["add-group", "addGroup"], ["attach", "attach"], ["send", "send"], ["back", "back"], ["newest", "newest"], ["menu", "commands"]]) {
    $(id).title = say(name);
    $(id).setAttribute("aria-label", say(name));
  }
  $("words").placeholder = say("message");
  $("start").textContent = say("start");
  $("as-file-text").textContent = say("asFile");
  $("drop").firstElementChild.textContent = say("dropHere");
}

function go(person, key) {
  const hash = `#${person}${key ? `/${key}` : ""}`;
  if (location.hash === hash) refresh();
  else location.hash = hash;
}

async function open(key) {
  const isOther = key !== state.opened || key === null;
  state.opened = key;
  state.unread.delete(key);
  document.body.classList.toggle("in-chat", key !== null);
  drawSidebar();
  const chat = openedChat();
  $("nobody").hidden = chat !== undefined;
  $("nobody").textContent = state.bots.length ? say("chooseChat") : say("noBot");
  if (!chat) { list.clear(); return; }
  // What happens while the chat is read may not be in what is read: it is applied afterwards.
  const meanwhile = (state.meanwhile = []);
  const loaded = await api.loadChat(key, state.me).finally(() => { state.meanwhile = null; });
  if (isOther) { list.clear(); composer.reset(); }
  state.messages = new Map(loaded.messages.map((message) => [message.id, message]));
  state.about = loaded.about;
  composer.setCommands(loaded.commands);
  composer.showKeyboard(loaded.keyboard);
  $("chat-title").textContent = chat.title;
  paintAvatar($("chat-avatar"), chat.title, chat.key);
  showAction(loaded);
  draw({ follow: true });
  meanwhile.forEach(change);
  if (state.toWrite) composer.write(state.toWrite);
  state.toWrite = null;
}

function status(action) {
  const chat = openedChat();
  const calm = !chat ? "" : chat.is_bot ? say("bot") : `${chat.people.length} ${say("members")}`;
  $("chat-status").textContent = !state.isOnline ? say("offline") : action ? `${sayAction(action)}…` : calm;
  $("chat-status").classList.toggle("busy", Boolean(action));
}

const isAtEnd = () => $("scroll").scrollHeight - $("scroll").scrollTop - $("scroll").clientHeight < 80;

function draw({ follow }) {
  const messages = [...state.messages.values()].sort((one, other) => one.id - other.id);
  list.show(messages, state.me, isGroup());
  const isNew = openedChat()?.is_bot && messages.length === 0;
  if (isNew && state.about) $("messages").append(make("li", { class: "about-bot" }, state.about));
  $("start").hidden = !isNew;
  $("composer").classList.toggle("not-started", Boolean(isNew));
  if (follow) toEnd();
}

function toEnd() {
  $("scroll").scrollTop = $("scroll").scrollHeight;
  $("newest").hidden = true;
  state.unread.delete(state.opened);
}

async function send({ text = "", files = [], replyTo = null, kind = "" }) {
  try {
    await api.send(state.opened, state.me, { text, files, replyTo, kind });
    toEnd();
    return true;
  } catch {
    toast(say("failed"));
    return false;
  }
}

async function press(message, button, element) {
  if (button.pay) return pay({ message: message.id }, message.invoice, element);
  if (button.url?.startsWith("https://t.me/$")) return pay({ url: button.url }, null, element);
  if (button.url) return follow(button.url);
  if (button.copy_text) { await navigator.clipboard?.writeText(button.copy_text.text); toast(say("copied")); return; }
  if (button.switch_inline_query_current_chat !== undefined) { composer.write(`@${bot()?.username} ${button.switch_inline_query_current_chat}`); return; }
  if (button.switch_inline_query !== undefined) { await askElsewhere(`@${bot()?.username} ${button.switch_inline_query}`); return; }
  if (!button.callback_data) return;
  element.classList.add("waiting");
  const done = () => element.classList.remove("waiting");
  try {
    const { query } = await api.press(state.opened, state.me, message.id, button.callback_data);
    state.pressed.set(query, done);
    if (state.answers.has(query)) answered(state.answers.get(query));
    setTimeout(() => { if (state.pressed.delete(query)) { done(); toast(say("noAnswer")); } }, ANSWER_WAIT_MS);
  } catch {
    done();
    toast(say("failed"));
  }
}

// The person confirms, the bot agrees or refuses, and the message about the payment comes as any other.
async function pay(what, invoice, element) {
  const about = invoice ? [make("h2", {}, invoice.title), make("p", {}, invoice.description), make("p", {}, `⭐️ ${invoice.total_amount}`)] : [make("h2", {}, say("subscription"))];
  const sure = await ask(...about, make("footer", {}, make("button", { value: "" }, say("cancel")), make("button", { value: "ok", class: "main" }, say("pay"))));
  if (sure?.choice !== "ok") return;
  element.classList.add("waiting");
  try {
    const { paid, refused } = await api.pay(state.opened, state.me, what);
    if (!paid) toast(refused || say("notPaid"));
  } catch {
    toast(say("failed"));
  } finally {
    element.classList.remove("waiting");
  }
}

const bot = () => state.bots.find((each) => state.opened?.endsWith(`-${each.id}`));

function follow(url) {
  const deep = /^(?:https?:\/\/t\.me\/|tg:\/\/resolve\?domain=)(\w+)(?:[?&]start=([\w-]*))?$/.exec(url);
  const target = deep && state.bots.find((each) => each.username.toLowerCase() === deep[1].toLowerCase());
  if (target) start(target, deep[2] ?? "");
  else window.open(url, "_blank", "noopener");
}

async function start(target, payload) {
  const key = `${state.me}-${target.id}`;
  await api.send(key, state.me, { text: `/start ${payload}`.trim() });
  go(state.me, key);
}

async function answered({ query, answer }) {
  state.answers.delete(query);
  const done = state.pressed.get(query);
  state.pressed.delete(query);
  done();
  if (answer.url) follow(answer.url);
  if (!answer.text) return;
  if (answer.show_alert) await ask(make("p", {}, answer.text), make("footer", {}, make("button", { value: "ok", class: "main" }, say("ok"))));
  else toast(answer.text);
}

async function askInline(name, words, offset = "") {
  const asked = state.bots.find((each) => each.username === name);
  state.inline = null;
  if (!asked) return;
  const { query } = await api.askInline(state.opened, state.me, name, words, offset);
  state.inline = { query, bot: asked, words, offset };
  if (state.answers.has(query)) offer(state.answers.get(query));
}

function offer({ query, offers, next_offset: nextOffset, switch: toBot }) {
  const { bot: asked, words, offset } = state.inline;
  state.answers.delete(query);
  const items = offers.map((each) => ({
    title: each.title,
    description: each.description,
    picture: each.media?.kind === "photo" ? each.media.url : null,
    act: () => api.choose(state.opened, state.me, query, each.id),
  }));
  if (toBot) items.unshift({ title: toBot.text, description: "", picture: null, act: () => start(asked, toBot.start_parameter) });
  composer.offer(items, { follows: offset !== "", more: nextOffset ? () => askInline(asked.username, words, nextOffset) : null });
}

async function askElsewhere(words) {
  const chosen = await chooseChat();
  if (!chosen) return;
  state.toWrite = words;
  go(state.me, chosen.choice);
}

function chooseChat() {
  const choices = state.chats.map((chat) => make("button", { value: chat.key, class: "choice" }, chat.title));
  return ask(make("h2", {}, say("forwardTo")), ...choices, make("footer", {}, make("button", { value: "" }, say("cancel"))));
}

async function forward(message) {
  const chosen = await chooseChat();
  if (!chosen) return;
  await api.forward(state.opened, state.me, message.id, chosen.choice);
  if (chosen.choice !== state.opened) go(state.me, chosen.choice);
}

function jump(id) {
  const element = $("messages").querySelector(`li[data-message="${id}"]`);
  element?.scrollIntoView({ block: "center", behavior: "smooth" });
  element?.animate([{ backgroundColor: "var(--flash)" }, { backgroundColor: "transparent" }], 1500);
}

let actionTimer = 0;

function showAction({ action = null, lasts_s: lastsS = 0 }) {
  clearTimeout(actionTimer);
  status(action);
  if (action) actionTimer = setTimeout(() => status(null), lastsS * 1000);
}

function happened(event) {
  if (event.kind === "bot") return refresh();
  if (event.kind === "chat") return reloadChats();
  if (event.kind === "answer") {
    if (event.person !== state.me) return undefined;
    state.answers.set(event.query, event);
    if (event.query === state.inline?.query) return offer(event);
    return state.pressed.has(event.query) ? answered(event) : undefined;
  }
  if (event.message) remember(event);
  if (event.chat !== state.opened) return undefined;
  if (event.kind === "action" || event.kind === "message") showAction(event);
  if (event.message) change(event);
  return undefined;
}

function remember({ kind, chat: key, message }) {
  const chat = state.chats.find((each) => each.key === key);
  if (!chat || kind === "delete") return;
  if (kind === "message") {
    chat.last = { text: message.text, date: message.date, media: message.media?.kind ?? null };
    const isSeen = key === state.opened && isAtEnd() && !document.hidden;
    if (message.sender.id !== state.me && !isSeen) state.unread.set(key, (state.unread.get(key) ?? 0) + 1);
  }
  drawSidebar();
}

function change(event) {
  if (state.meanwhile) { state.meanwhile.push(event); return; }
  const { kind, message, keyboard } = event;
  const wasAtEnd = isAtEnd();
  if (kind === "delete") state.messages.delete(message.id);
  else state.messages.set(message.id, message);
  if (kind === "message" && message.sender.is_bot) {
    composer.showKeyboard(keyboard);
    if (keyboard?.force_reply) composer.answer(message);
  }
  draw({ follow: wasAtEnd });
  const missed = state.unread.get(state.opened);
  if (!wasAtEnd && missed) { $("newest").hidden = false; $("newest").lastElementChild.textContent = missed; }
}

async function loadChats() {
  const loaded = await api.loadState(state.me);
  Object.assign(state, { people: loaded.people, bots: loaded.bots, chats: loaded.chats });
  showPeople(state.people, state.me);
  drawSidebar();
}

async function addPerson() {
  const language = make("select", { name: "language" }, make("option", { value: "en" }, "English"), make("option", { value: "ru" }, "Русский"));
  const given = await ask(make("h2", {}, say("addPerson")), make("label", {}, say("name"), make("input", { name: "name", required: true, maxlength: 64 })),
    make("label", {}, say("language"), language), dialogEnd());
  if (given?.name) { const { id } = await api.addPerson(given.name, given.language); go(id, null); }
}

async function addGroup() {
  const given = await ask(make("h2", {}, say("addGroup")), make("label", {}, say("title"), make("input", { name: "title", required: true, maxlength: 128 })), dialogEnd());
  if (given?.title) { const { key } = await api.addGroup(given.title); go(state.me, key); }
}

function dialogEnd() {
  return make("footer", {}, make("button", { value: "", formnovalidate: true, type: "button", onclick: () => $("dialog").close() }, say("cancel")), make("button", { value: "ok", class: "main" }, say("create")));
}

$("person").addEventListener("change", () => go($("person").value, null));
$("add-person").addEventListener("click", addPerson);
$("add-group").addEventListener("click", addGroup);
$("back").addEventListener("click", () => go(state.me, null));
$("newest").addEventListener("click", () => { toEnd(); drawSidebar(); });
$("start").addEventListener("click", () => send({ text: "/start" }));
$("scroll").addEventListener("scroll", () => { if (isAtEnd()) { $("newest").hidden = true; if (state.unread.delete(state.opened)) drawSidebar(); } });
// Pictures grow after they are drawn; stay at the end if that is where the person was.
$("messages").addEventListener("load", () => { if (!$("newest").hidden) return; if ($("scroll").scrollHeight - $("scroll").scrollTop - $("scroll").clientHeight < 700) toEnd(); }, { capture: true });
addEventListener("hashchange", refresh);
api.listen(happened, (isOnline) => { const wasOnline = state.isOnline; state.isOnline = isOnline; status(null); if (isOnline && !wasOnline) refresh(); });
await refresh();
document.documentElement.dataset.ready = "true";
if (!state.people.length) await addPerson();
