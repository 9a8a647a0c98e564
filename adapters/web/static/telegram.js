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

export function applyTheme(theme) {
  for (const [name, variable] of Object.entries(NAMES)) {
    if (/^#[0-9a-f]{6}$/i.test(theme[name] ?? "")) document.documentElement.style.setProperty(variable, theme[name]);
  }
  if (/^#[0-9a-f]{6}$/i.test(theme.bg_color ?? "")) {
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(theme.bg_color.slice(at, at + 2), 16));
    document.documentElement.style.colorScheme = red * 0.3 + green * 0.59 + blue * 0.11 < 128 ? "dark" : "light";
  }
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
const isFirst = location.pathname === "/app" || location.pathname === "/app/sign-in";
post("web_app_setup_back_button", { is_visible: !isFirst });
hear("back_button_pressed", () => (history.length > 1 ? history.back() : location.assign("/app")));

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
