// What a Mini App tells Telegram, and hears of it (core.telegram.org/bots/webapps, 2026-11). No script of Telegram's is needed:
// native clients have a proxy object, web clients a parent frame.

const KEPT = "mediabot-theme";

export function post(name, data = {}) {
  const said = JSON.stringify(data);
  if (window.TelegramWebviewProxy) window.TelegramWebviewProxy.postEvent(name, said);
  else if (window.external && "notify" in window.external) window.external.notify(JSON.stringify({ eventType: name, eventData: data }));
  else if (window.parent !== window) window.parent.postMessage(JSON.stringify({ eventType: name, eventData: data }), "https://web.telegram.org");
}

export function hear(name, handle) {
  heard[name] = handle;
}

const heard = {};
const receive = (name, data) => heard[name]?.(data);
window.Telegram = { WebView: { receiveEvent: receive } };
window.TelegramGameProxy_receiveEvent = receive;
window.addEventListener("message", (event) => {
  if (event.source !== window.parent || event.origin !== "https://web.telegram.org") return;
  try {
    const { eventType, eventData } = JSON.parse(event.data);
    receive(eventType, eventData);
  } catch {
    // not for us
  }
});

const NAMES = {
  bg_color: "--background",
  secondary_bg_color: "--surface",
  text_color: "--ink",
  hint_color: "--muted",
  link_color: "--accent-ink",
  button_color: "--accent",
  button_text_color: "--on-accent",
  destructive_text_color: "--danger",
};

// Telegram's own palettes have words that can hardly be read (3.6 : 1), so each colour of words moves away from what is
// behind it until it has the contrast that WCAG asks for (w3.org/TR/WCAG22, 1.4.3), with something to spare for tinted grounds.
const LEAST_CONTRAST = 5.2;
const BEHIND = {
  hint_color: ["secondary_bg_color", "bg_color"],
  link_color: ["secondary_bg_color", "bg_color"],
  destructive_text_color: ["secondary_bg_color", "bg_color"],
  button_color: ["button_text_color"],
};

function luminance(colour) {
  const [red, green, blue] = colour.map((part) => (part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function away(colour, from) {
  const end = luminance(from) < 0.18 ? 255 : 0;
  let moved = colour;
  for (let step = 0; step < 30 && contrast(moved, from) < LEAST_CONTRAST; step += 1) moved = moved.map((part) => part + (end - part) * 0.1);
  return moved;
}

export function applyTheme(theme) {
  const isColour = ([, value]) => /^#[0-9a-f]{6}$/i.test(value);
  const parts = (value) => [1, 3, 5].map((at) => parseInt(value.slice(at, at + 2), 16));
  const given = Object.fromEntries(Object.entries(theme).filter(isColour).map(([name, value]) => [name, parts(value)]));
  for (const [name, variable] of Object.entries(NAMES)) {
    if (!given[name]) continue;
    const behind = (BEHIND[name] ?? []).map((other) => given[other]).filter(Boolean);
    document.documentElement.style.setProperty(variable, `rgb(${behind.reduce(away, given[name]).map(Math.round).join(" ")})`);
  }
  if (given.bg_color) document.documentElement.style.colorScheme = luminance(given.bg_color) < 0.18 ? "dark" : "light";
  sessionStorage.setItem(KEPT, JSON.stringify(theme));
}

const fromAddress = new URLSearchParams(location.hash.slice(1)).get("tgWebAppThemeParams");
try {
  applyTheme(JSON.parse(fromAddress ?? sessionStorage.getItem(KEPT) ?? "{}"));
} catch {
  // the page's own colours stay
}

hear("theme_changed", (data) => applyTheme(data?.theme_params ?? {}));
hear("safe_area_changed", (area) => setArea("--safe", area));
hear("content_safe_area_changed", (area) => setArea("--content-safe", area));
function setArea(name, area = {}) {
  for (const side of ["top", "bottom", "left", "right"]) {
    document.documentElement.style.setProperty(`${name}-${side}`, `${Number(area[side]) || 0}px`);
  }
}

post("web_app_ready");
post("web_app_expand");
post("web_app_request_safe_area");
post("web_app_request_content_safe_area");

// The back button of Telegram goes where the browser's would.
const first = location.pathname.match(/^.*?\/app/)[0];
const isFirst = [first, `${first}/sign-in`].includes(location.pathname);
post("web_app_setup_back_button", { is_visible: !isFirst });
hear("back_button_pressed", () => (history.length > 1 ? history.back() : location.assign(first)));

// A chat opens in Telegram itself and not in the frame (web_app_open_tg_link: core.telegram.org/api/web-events, 2026-11).
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="https://t.me/"]');
  if (!link) return;
  event.preventDefault();
  post("web_app_open_tg_link", { path_full: link.pathname + link.search });
});

// The main button runs the draft that is open.
const run = document.getElementById("run");
if (run) {
  post("web_app_setup_main_button", { is_visible: true, is_active: !run.disabled, text: run.textContent.trim() });
  hear("main_button_pressed", () => run.click());
  window.addEventListener("pagehide", () => post("web_app_setup_main_button", { is_visible: false }));
}
document.addEventListener("click", (event) => {
  if (event.target.closest(".button.primary")) post("web_app_trigger_haptic_feedback", { type: "impact", impact_style: "light" });
});
