// Files inside messages: pictures, players, documents, albums.

import { $, icon, make } from "./dom.js";
import { say, size } from "./texts.js";

const ROWS = {
  1: [1], 2: [2], 3: [1, 2], 4: [2, 2], 5: [2, 3], 6: [3, 3], 7: [2, 2, 3], 8: [2, 3, 3], 9: [3, 3, 3], 10: [2, 2, 3, 3],
};
const MAX_SIDE = 440;
const MIN_WIDTH = 200;
const VISUAL = new Set(["photo", "video", "animation"]);

/** Whether a message carries something to look at. */
export const isVisual = (message) => message.media !== null && VISUAL.has(message.media.kind);

/** How wide a picture is drawn so that it is neither too wide nor too high, in pixels. */
export function fittingWidth({ width, height }) {
  if (!width || !height) return MAX_SIDE;
  return Math.round(Math.max(MIN_WIDTH, Math.min(MAX_SIDE, (MAX_SIDE * width) / height)));
}

/** What to draw for the files of one message or of one album. */
export function mediaOf(messages) {
  const withMedia = messages.filter((message) => message.media);
  if (withMedia.length > 1 && withMedia.every(isVisual)) return [album(withMedia)];
  return withMedia.map((message) => single(message));
}

function album(messages) {
  const grid = make("div", { class: "album" });
  const rows = ROWS[messages.length] ?? ROWS[10];
  const spans = rows.flatMap((count) => Array(count).fill(count));
  messages.forEach((message, index) => {
    const cell = visual(message);
    cell.style.gridColumn = `span ${6 / spans[index]}`;
    cell.style.aspectRatio = spans[index] === 1 ? "16 / 9" : spans[index] === 2 ? "4 / 3" : "1";
    grid.append(cell);
  });
  return grid;
}

function single(message) {
  const { media } = message;
  if (VISUAL.has(media.kind)) return visual(message);
  return media.kind === "document" ? documentCard(media) : player(media);
}

function visual(message) {
  const { media } = message;
  const frame = make("figure", { class: `visual ${media.kind}`, "data-message": message.id });
  if (media.width && media.height) frame.style.setProperty("--ratio", `${media.width} / ${media.height}`);
  const element = media.kind === "photo" || media.mime.startsWith("image/") ? picture(media) : film(media);
  frame.append(element);
  if (message.spoiler) {
    frame.classList.add("hidden-media");
    frame.addEventListener("click", (event) => {
      if (!frame.classList.contains("hidden-media")) return;
      event.stopPropagation();
      frame.classList.remove("hidden-media");
    }, { capture: true });
  }
  return frame;
}

function picture(media) {
  return make("img", { src: media.url, alt: say("photo"), onclick: () => view(media) });
}

function film(media) {
  const isLoop = media.kind === "animation";
  return make("video", {
    src: `${media.url}#t=0.01`, controls: !isLoop, autoplay: isLoop, loop: isLoop, muted: isLoop,
    preload: "metadata", playsinline: true,
  });
}

function player(media) {
  const title = [media.performer, media.title].filter(Boolean).join(" — ") || (media.kind === "voice" ? say("voice") : media.name);
  return make("div", { class: `card player ${media.kind}` },
    make("span", { class: "badge" }, icon(media.kind === "voice" ? "voice" : "music")),
    make("div", { class: "about" }, make("b", {}, title), make("audio", { src: media.url, controls: true, preload: "metadata" })));
}

function documentCard(media) {
  return make("a", { class: "card document", href: `${media.url}?download`, download: media.name, title: say("download") },
    make("span", { class: "badge" }, icon("file")),
    make("div", { class: "about" }, make("b", {}, media.name), make("small", {}, size(media.size))),
    icon("download"));
}

function view(media) {
  const viewer = $("viewer");
  viewer.replaceChildren(
    make("img", { src: media.url, alt: say("photo"), onclick: () => viewer.close() }),
    make("a", { class: "icon", href: `${media.url}?download`, download: media.name, title: say("download") }, icon("download")));
  viewer.showModal();
}
