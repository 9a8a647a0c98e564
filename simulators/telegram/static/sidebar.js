// Who one is, and the list of chats.

import { $, make, paintAvatar } from "./dom.js";
import { clock, say } from "./texts.js";

/** Draw the people to choose from. */
export function showPeople(people, me) {
  $("person").replaceChildren(...people.map((person) =>
    make("option", { value: person.id, selected: person.id === me }, person.first_name)));
  const person = people.find((each) => each.id === me);
  $("person-avatar").hidden = !person;
  if (person) paintAvatar($("person-avatar"), person.first_name, person.id);
}

/** Draw the chats; `unread` counts by chat key. */
export function showChats(chats, opened, unread, onOpen) {
  $("chats").replaceChildren(...chats.map((chat) => {
    const { last } = chat;
    const preview = last ? last.text || (last.media ? say(last.media) : "") : say("nothingYet");
    return make("button", { type: "button", class: `chat-entry${chat.key === opened ? " opened" : ""}`, onclick: () => onOpen(chat.key) },
      paintAvatar(make("span", { class: "avatar" }), chat.title, chat.key),
      make("b", {}, chat.title),
      make("time", {}, last ? clock(last.date) : ""),
      make("span", { class: "preview" }, preview),
      unread.get(chat.key) ? make("span", { class: "unread" }, String(unread.get(chat.key))) : null);
  }));
}
