// What the page asks of the simulator.

async function request(path, options) {
  const response = await fetch(path, options);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

const post = (path, body) =>
  request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

const chatPath = (key) => `/page/chats/${encodeURIComponent(key)}`;

export const loadState = (person) => request(`/page/state?person=${person ?? ""}`);
export const loadChat = (key, person) => request(`${chatPath(key)}?person=${person}`);
export const addPerson = (name, language) => post("/page/people", { name, language });
export const addGroup = (title) => post("/page/groups", { title });
export const press = (key, person, message, data) => post(`${chatPath(key)}/press`, { person, message, data });
export const pay = (key, person, what) => post(`${chatPath(key)}/pay`, { person, ...what });
export const askInline = (key, person, bot, text, offset) => post(`${chatPath(key)}/ask`, { person, bot, text, offset });
export const choose = (key, person, query, result) => post(`${chatPath(key)}/choose`, { person, query, result });
export const forward = (key, person, message, to) => post(`${chatPath(key)}/forward`, { person, message, to });

/** Send text, files or both. */
export function send(key, person, { text = "", files = [], replyTo = null, kind = "" }) {
  const form = new FormData();
  form.append("person", person);
  form.append("text", text);
  form.append("kind", kind);
  if (replyTo) form.append("reply_to", replyTo);
  for (const file of files) form.append("file", file, file.name);
  return request(`${chatPath(key)}/messages`, { method: "POST", body: form });
}

/** Listen to everything that happens. The browser connects again by itself. */
export function listen(onEvent, onState) {
  const source = new EventSource("/page/events");
  source.addEventListener("message", (message) => onEvent(JSON.parse(message.data)));
  source.addEventListener("open", () => onState(true));
  source.addEventListener("error", () => onState(false));
}
