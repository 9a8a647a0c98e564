// Paints a mask over a picture: by mouse, pen or finger; zoomed by wheel, pinch or buttons; each stroke can be undone.
import { send, toast, upload } from "./studio.js";

const root = document.getElementById("mask");
const easel = root.querySelector(".easel");
const picture = document.getElementById("picture");
const paint = document.getElementById("paint");
const pen = paint.getContext("2d");
const size = document.getElementById("brush-size");
const undo = root.querySelector("[data-undo]");
const done = root.querySelector("[data-done]");

const strokes = [];
let tool = "brush";
let isSwapped = false;
let zoom = 1;
let fitted = 1;
let current = null;
const pointers = new Map();
let pinch = null;

const image = new Image();
image.src = root.dataset.picture;
await image.decode();
for (const canvas of [picture, paint]) {
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
}
picture.getContext("2d").drawImage(image, 0, 0);

function layOut() {
  fitted = Math.min(easel.clientWidth / picture.width, Math.max(240, window.innerHeight * 0.62) / picture.height);
  for (const canvas of [picture, paint]) {
    canvas.style.width = `${picture.width * fitted * zoom}px`;
    canvas.style.height = `${picture.height * fitted * zoom}px`;
  }
}

function zoomBy(factor, x = easel.clientWidth / 2, y = easel.clientHeight / 2) {
  const before = zoom;
  zoom = Math.min(8, Math.max(1, zoom * factor));
  layOut();
  easel.scrollLeft = ((easel.scrollLeft + x) * zoom) / before - x;
  easel.scrollTop = ((easel.scrollTop + y) * zoom) / before - y;
}

function draw(stroke, context, colour) {
  context.globalCompositeOperation = (stroke.tool === "brush") !== isSwapped ? "source-over" : "destination-out";
  context.strokeStyle = colour;
  context.lineWidth = stroke.size;
  context.lineCap = context.lineJoin = "round";
  context.beginPath();
  stroke.points.forEach(([x, y], at) => (at ? context.lineTo(x, y) : context.moveTo(x, y)));
  if (stroke.points.length === 1) context.lineTo(stroke.points[0][0] + 0.01, stroke.points[0][1]);
  context.stroke();
}

// Where it is swapped, all but what was painted may change.
function drawAll(context, colour) {
  context.globalCompositeOperation = "source-over";
  context.clearRect(0, 0, paint.width, paint.height);
  context.fillStyle = colour;
  if (isSwapped) context.fillRect(0, 0, paint.width, paint.height);
  for (const stroke of strokes) draw(stroke, context, colour);
}

function redraw() {
  drawAll(pen, "#ff3d81");
  undo.disabled = done.disabled = strokes.length === 0;
}

const at = (event) => {
  const box = paint.getBoundingClientRect();
  return [((event.clientX - box.left) * paint.width) / box.width, ((event.clientY - box.top) * paint.height) / box.height];
};
const spread = () => {
  const [one, other] = [...pointers.values()];
  return { length: Math.hypot(one.x - other.x, one.y - other.y), x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
};

paint.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  paint.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  if (pointers.size === 2) {
    if (current) strokes.pop();
    current = null;
    pinch = spread();
    return redraw();
  }
  if (event.button !== 0) return;
  current = { tool, size: Number(size.value) / (fitted * zoom), points: [at(event)] };
  strokes.push(current);
  redraw();
});
paint.addEventListener("pointermove", (event) => {
  if (!pointers.has(event.pointerId)) return;
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  if (pinch && pointers.size === 2) {
    const now = spread();
    const box = easel.getBoundingClientRect();
    easel.scrollLeft -= now.x - pinch.x;
    easel.scrollTop -= now.y - pinch.y;
    zoomBy(now.length / pinch.length, now.x - box.left, now.y - box.top);
    pinch = now;
    return;
  }
  if (!current) return;
  for (const part of event.getCoalescedEvents?.() ?? [event]) current.points.push(at(part));
  redraw();
});
const lift = (event) => {
  pointers.delete(event.pointerId);
  if (pointers.size < 2) pinch = null;
  current = null;
};
paint.addEventListener("pointerup", lift);
paint.addEventListener("pointercancel", lift);
easel.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const box = easel.getBoundingClientRect();
  zoomBy(event.deltaY < 0 ? 1.1 : 0.9, event.clientX - box.left, event.clientY - box.top);
}, { passive: false });

for (const button of root.querySelectorAll("[data-tool]")) {
  button.addEventListener("click", () => {
    tool = button.dataset.tool;
    for (const each of root.querySelectorAll("[data-tool]")) each.setAttribute("aria-pressed", String(each === button));
  });
}
for (const button of root.querySelectorAll("[data-zoom-by]")) button.addEventListener("click", () => zoomBy(Number(button.dataset.zoomBy)));
root.querySelector("[data-swap]").addEventListener("click", (event) => {
  isSwapped = !isSwapped;
  event.currentTarget.setAttribute("aria-pressed", String(isSwapped));
  redraw();
});
const takeBack = () => {
  strokes.pop();
  redraw();
};
undo.addEventListener("click", takeBack);
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "z") takeBack();
});

// The mask has the picture's own size: what was painted in one colour, the rest in the other.
function asMask() {
  const mask = document.createElement("canvas");
  mask.width = picture.width;
  mask.height = picture.height;
  const layer = document.createElement("canvas");
  layer.width = picture.width;
  layer.height = picture.height;
  const isLight = root.dataset.isLight === "true";
  drawAll(layer.getContext("2d"), isLight ? "#ffffff" : "#000000");
  const context = mask.getContext("2d");
  context.fillStyle = isLight ? "#000000" : "#ffffff";
  context.fillRect(0, 0, mask.width, mask.height);
  context.drawImage(layer, 0, 0);
  return new Promise((resolve) => mask.toBlob(resolve, "image/png"));
}

done.addEventListener("click", async () => {
  done.disabled = true;
  try {
    const blob = await asMask();
    const kept = await upload(new File([blob], "mask.png", { type: "image/png" }), root.dataset.uploads);
    await send(root.dataset.edit, { parameter: root.dataset.parameter, replace: kept.id });
    location.assign(root.dataset.back);
  } catch (error) {
    toast(error.message, true);
    done.disabled = false;
  }
});

window.addEventListener("resize", layOut);
layOut();
redraw();
root.classList.add("is-ready");
