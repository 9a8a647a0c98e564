// Extends a picture: a frame around it is chosen, the picture is laid into it, and a mask says that all around it is to be painted.
import { send, toast, upload } from "./studio.js";

const root = document.getElementById("frame");
const canvas = document.getElementById("framed");
const done = root.querySelector("[data-done]");
const sliders = Object.fromEntries([...root.querySelectorAll("[data-side]")].map((input) => [input.dataset.side, input]));
const size = root.querySelector("[data-size]");
const LONGEST = 4096; // makers take no longer side
const isLight = root.dataset.isLight === "true";

const image = new Image();
image.src = root.dataset.picture;
await image.decode();

// Pixels on each side, from the sliders' hundredths of the picture's own side.
function pads() {
  const part = (side) => Number(sliders[side].value) / 100;
  const [width, height] = [image.naturalWidth, image.naturalHeight];
  return { left: part("left") * width, right: part("right") * width, top: part("top") * height, bottom: part("bottom") * height };
}

function layOut(target, outside, inside) {
  const { left, right, top, bottom } = pads();
  const whole = { width: image.naturalWidth + left + right, height: image.naturalHeight + top + bottom };
  const scale = Math.min(1, LONGEST / Math.max(whole.width, whole.height));
  target.width = Math.round(whole.width * scale);
  target.height = Math.round(whole.height * scale);
  const pen = target.getContext("2d");
  pen.fillStyle = outside;
  pen.fillRect(0, 0, target.width, target.height);
  const place = [left, top, image.naturalWidth, image.naturalHeight].map((number) => Math.round(number * scale));
  if (inside) {
    pen.fillStyle = inside;
    pen.fillRect(...place);
  } else pen.drawImage(image, ...place);
}

function show() {
  layOut(canvas, "#8a8594");
  size.textContent = `${canvas.width} × ${canvas.height}`;
  done.disabled = Object.values(sliders).every((slider) => Number(slider.value) === 0);
}

for (const slider of Object.values(sliders)) slider.addEventListener("input", show);
for (const button of root.querySelectorAll("[data-ratio]")) {
  button.addEventListener("click", () => {
    const [across, down] = button.dataset.ratio.split(":").map(Number);
    const wanted = across / down;
    const ratio = image.naturalWidth / image.naturalHeight;
    const wider = Math.max(0, (wanted / ratio - 1) * 50);
    const higher = Math.max(0, (ratio / wanted - 1) * 50);
    for (const side of ["left", "right"]) sliders[side].value = Math.round(wider);
    for (const side of ["top", "bottom"]) sliders[side].value = Math.round(higher);
    show();
  });
}

const asFile = (target, name, type) =>
  new Promise((resolve) => target.toBlob((blob) => resolve(new File([blob], name, { type })), type, 0.95));

done.addEventListener("click", async () => {
  done.disabled = true;
  try {
    const picture = document.createElement("canvas");
    layOut(picture, "#8a8594");
    const mask = document.createElement("canvas");
    layOut(mask, isLight ? "#ffffff" : "#000000", isLight ? "#000000" : "#ffffff");
    const framed = await upload(await asFile(picture, "framed.jpg", "image/jpeg"), root.dataset.uploads);
    const masked = await upload(await asFile(mask, "mask.png", "image/png"), root.dataset.uploads);
    await send(root.dataset.edit, { parameter: root.dataset.image, replace: framed.id });
    await send(root.dataset.edit, { parameter: root.dataset.mask, replace: masked.id });
    location.assign(root.dataset.back);
  } catch (error) {
    toast(error.message, true);
    done.disabled = false;
  }
});

show();
root.classList.add("is-ready");
