// The pages' behaviour: they come complete from the server, this makes them live.

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
const text = (name) => meta(`text-${name}`);
const prefix = meta("prefix");
document.documentElement.classList.add("has-script");

const LARGEST_KEPT_ALIVE = 60_000; // browsers allow 64 KiB for all such requests together

async function reach(path, asked) {
  try {
    return await fetch(path, asked);
  } catch {
    throw Object.assign(new Error(text("no-connection")), { isUnreached: true });
  }
}

export async function send(path, body, headers = {}) {
  const isPlain = body && !(body instanceof FormData) && !(body instanceof Blob);
  const data = isPlain ? JSON.stringify(body) : body;
  const answer = await reach(path, {
    method: "POST",
    headers: {
      Accept: "application/json",
      "X-CSRF-Token": meta("csrf"),
      ...(isPlain ? { "Content-Type": "application/json" } : {}),
      ...headers,
    },
    body: data,
    keepalive: typeof data === "string" && data.length < LARGEST_KEPT_ALIVE, // a page that is left has said its last change
  });
  if (answer.status === 401) location.assign(`${prefix}/sign-in`);
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok && !said.errors) throw Object.assign(new Error(said.message || text("failed")), { link: said.link });
  return said;
}

export function toast(message, isBad = false, link = null) {
  const box = document.getElementById("toasts");
  const note = document.createElement("p");
  note.className = isBad ? "toast bad" : "toast";
  note.textContent = message;
  if (link) note.append(" ", Object.assign(document.createElement("a"), { href: link.href, textContent: link.label }));
  box.append(note);
  setTimeout(() => note.remove(), link ? 20_000 : isBad ? 8000 : 4000);
}

const fail = (error) => toast(error.message || text("failed"), true, error.link);

const LARGEST_BYTES = 100 * 1024 * 1024; // the server takes no more; this only says so before the wait

// Files: each is sent as it is, and comes back as a piece of the page.
export async function upload(file, url) {
  if (file.size > LARGEST_BYTES) throw new Error(text("too-large"));
  return send(url, file, { "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(file.name || "file") });
}

// A page that the back button brings out of the browser's memory shows what was, to whoever was signed in then.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());

// Moments stand in the pages in UTC; this shows them in the reader's time zone.
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
for (const moment of document.querySelectorAll("time[datetime]")) moment.textContent = clock.format(new Date(moment.dateTime));

// Live cards and progress.
function tick() {
  const passed = tick.last ? (performance.now() - tick.last) / 1000 : 0;
  tick.last = performance.now();
  for (const bar of document.querySelectorAll("progress[data-elapsed]")) {
    const elapsed = Number(bar.dataset.elapsed) + passed;
    bar.dataset.elapsed = elapsed;
    const usual = Number(bar.dataset.usual);
    // What takes longer than usual creeps on and never stands at the end.
    if (usual) bar.value = elapsed < usual ? (0.9 * elapsed) / usual : 0.99 - 0.09 * Math.exp(1 - elapsed / usual);
  }
}
setInterval(tick, 500);

function watch(root, path) {
  let failures = 0;
  const source = new EventSource(path);
  source.addEventListener("open", () => (failures = 0));
  source.addEventListener("error", () => {
    failures += 1;
    if (failures === 3) toast(text("offline"), true);
    // A refused stream is not tried again by the browser: too many pages are open, or the service starts.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => watch(root, path), 15_000);
  });
  source.addEventListener("card", (event) => root.dispatchEvent(new CustomEvent("card", { detail: JSON.parse(event.data) })));
  source.addEventListener("gone", (event) => root.dispatchEvent(new CustomEvent("gone", { detail: JSON.parse(event.data) })));
  window.addEventListener("pagehide", () => source.close());
}

const feed = document.getElementById("feed");
if (feed) {
  feed.addEventListener("card", ({ detail }) => {
    const holder = document.createElement("template");
    holder.innerHTML = detail.html;
    const card = holder.content.firstElementChild;
    const old = document.getElementById(card.id);
    if (old) {
      const hadFocus = old.contains(document.activeElement);
      old.replaceWith(card);
      if (hadFocus) card.querySelector("a, button")?.focus();
    } else if (feed.dataset.mode !== "known") {
      feed.prepend(card);
      card.classList.add("is-new");
    }
    document.getElementById("empty")?.setAttribute("hidden", "");
    tick();
  });
  feed.addEventListener("gone", ({ detail }) => document.getElementById(`g-${detail.id}`)?.remove());
  watch(feed, feed.dataset.events);
}

const viewer = document.getElementById("viewer");
if (viewer && viewer.dataset.state === "going") {
  viewer.addEventListener("card", ({ detail }) => {
    if (detail.id !== viewer.dataset.id) return;
    if (detail.state !== "going") return location.reload();
    const holder = document.createElement("template");
    holder.innerHTML = detail.html;
    for (const what of [".state", "progress"]) {
      const next = holder.content.querySelector(what);
      const now = viewer.querySelector(`.waiting ${what}`);
      if (next && now) now.replaceWith(next);
    }
  });
  viewer.addEventListener("gone", ({ detail }) => detail.id === viewer.dataset.id && location.assign(`${prefix}/library`));
  watch(viewer, viewer.dataset.events);
}

// Buttons that change something.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-post]");
  if (!button) return;
  event.preventDefault();
  if (button.hasAttribute("data-confirm") && !button.classList.contains("is-sure")) {
    button.classList.add("is-sure");
    const label = button.querySelector("span");
    const said = label?.textContent;
    if (label) label.textContent = text("confirm");
    else toast(text("confirm"));
    setTimeout(() => {
      button.classList.remove("is-sure");
      if (label) label.textContent = said;
    }, 5000);
    return;
  }
  button.disabled = true;
  try {
    button.dataset.press ||= crypto.getRandomValues(new Uint32Array(2)).join("-"); // the same until it is answered
    const said = await send(button.dataset.post, { press: button.dataset.press, ...JSON.parse(button.dataset.body ?? "{}") });
    delete button.dataset.press;
    if (button.hasAttribute("data-toggle")) button.setAttribute("aria-pressed", String(Boolean(said.on)));
    else if (button.hasAttribute("data-say")) toast(said.said);
    else if (button.hasAttribute("data-reload")) location.reload();
    else if (button.hasAttribute("data-go")) location.assign(button.dataset.go || said.go);
  } catch (error) {
    fail(error);
  } finally {
    button.disabled = false;
  }
});

document.addEventListener("click", (event) => {
  const open = event.target.closest("[data-open]");
  if (open) document.querySelector(open.dataset.open).showModal();
  const close = event.target.closest("[data-close]");
  if (close) close.closest("dialog").close();
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const field = document.querySelector(copy.dataset.copy);
    field.select();
    navigator.clipboard?.writeText(field.value).then(() => toast(text("copied")), () => {});
  }
  const zoom = event.target.closest("[data-zoom]");
  if (zoom) {
    const box = document.getElementById("lightbox");
    box.querySelector("img").src = zoom.dataset.zoom;
    box.showModal();
  }
});
document.getElementById("lightbox")?.addEventListener("click", (event) => {
  if (event.target.tagName !== "BUTTON") event.currentTarget.close();
});

// The slider between before and after.
for (const figure of document.querySelectorAll("[data-compare]")) {
  const range = figure.querySelector("input");
  const show = () => figure.style.setProperty("--at", `${range.value}%`);
  range.addEventListener("input", show);
  show();
}

// The composer.
const composer = document.getElementById("composer");
const isPlain = composer?.hasAttribute("data-plain");
if (composer) {
  const files = document.getElementById("files");
  const offers = document.getElementById("offers");
  const wish = document.getElementById("wish");
  const fit = () => {
    wish.style.height = "auto";
    wish.style.height = `${wish.scrollHeight}px`;
  };
  const add = async (list) => {
    for (const file of list) {
      const waiting = document.createElement("li");
      waiting.className = "file is-waiting";
      waiting.textContent = `${text("uploading")} ${file.name}`;
      files.append(waiting);
      try {
        const kept = await upload(file, composer.dataset.uploads);
        waiting.insertAdjacentHTML("beforebegin", kept.html);
      } catch (error) {
        fail(error);
      } finally {
        waiting.remove();
      }
    }
    if (offers?.querySelector("[data-lacks]")) ask();
  };
  // What the wish is for, where the person has said so: by an idea, or by the answer to a question. Other words say something else.
  const sayUse = (use) => composer.elements.use && (composer.elements.use.value = use);
  const ask = async () => {
    composer.classList.add("is-busy");
    try {
      const said = await send(composer.action, new FormData(composer));
      offers.innerHTML = said.html;
      offers.scrollIntoView({ behavior: "smooth", block: "start" });
    } catch (error) {
      fail(error);
    } finally {
      composer.classList.remove("is-busy");
    }
  };
  composer.addEventListener("submit", (event) => {
    if (isPlain) return;
    event.preventDefault();
    ask();
  });
  if (!isPlain) {
    wish.addEventListener("input", () => {
      fit();
      sayUse("");
    });
  }
  wish.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) composer.requestSubmit();
  });
  wish.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length) {
      event.preventDefault();
      add(event.clipboardData.files);
    }
  });
  document.getElementById("pick").addEventListener("change", (event) => {
    add([...event.target.files]);
    event.target.value = "";
  });
  composer.addEventListener("dragover", (event) => {
    event.preventDefault();
    composer.classList.add("is-over");
  });
  composer.addEventListener("dragleave", () => composer.classList.remove("is-over"));
  composer.addEventListener("drop", (event) => {
    event.preventDefault();
    composer.classList.remove("is-over");
    add(event.dataTransfer.files);
  });
  files.addEventListener("click", (event) => event.target.closest("[data-remove]")?.closest("li").remove());
  for (const chip of document.querySelectorAll("[data-idea]")) {
    chip.addEventListener("click", () => {
      wish.value = chip.dataset.idea;
      sayUse(chip.dataset.use);
      fit();
      ask();
    });
  }
  // Several models side by side: the first press asks for the price of all, the second agrees to it.
  const together = async (form) => {
    form.classList.add("is-busy");
    try {
      const said = await send(form.action, new FormData(form));
      if (said.ids) {
        toast(text("working"));
        offers.replaceChildren();
        document.querySelector(".recent").scrollIntoView({ behavior: "smooth" });
      } else {
        form.elements.agreed.value = said.agreed;
        const button = form.querySelector("button");
        button.classList.add("primary");
        button.querySelector("span").textContent = said.agree;
      }
    } catch (error) {
      fail(error);
    } finally {
      form.classList.remove("is-busy");
    }
  };
  offers?.addEventListener("change", (event) => {
    const form = event.target.closest("[data-several]");
    if (!form) return;
    form.elements.agreed.value = "";
    form.querySelector("button").classList.remove("primary");
    form.querySelector("button span").textContent = form.dataset.label;
  });
  // A press on a price runs at once; the card then comes by itself.
  offers?.addEventListener("submit", async (event) => {
    if (event.submitter?.name === "use") {
      event.preventDefault();
      sayUse(event.submitter.value);
      ask();
      return;
    }
    if (event.target.hasAttribute("data-several")) {
      event.preventDefault();
      return together(event.target);
    }
    const isRun = event.submitter?.name === "run";
    if (!isRun) return;
    event.preventDefault();
    const form = event.target;
    if (form.classList.contains("is-busy")) return;
    form.classList.add("is-busy");
    const body = new FormData(form);
    body.set("run", event.submitter.value);
    try {
      const said = await send(form.action, body);
      if (said.id) {
        toast(text("working"));
        offers.replaceChildren();
        document.querySelector(".recent").scrollIntoView({ behavior: "smooth" });
      } else location.assign(said.edit || said.go);
    } catch (error) {
      fail(error);
    } finally {
      form.classList.remove("is-busy");
    }
  });
}

// A draft: each change is kept at once and answered with what it costs.
const draft = document.getElementById("draft");
if (draft) {
  const price = document.getElementById("price");
  const whole = document.getElementById("form-error");
  const confirm = document.getElementById("confirm");
  let saving = Promise.resolve();
  const unsaved = new Map(); // values that did not reach the server: nothing runs without them
  let agreed = null;
  const showErrors = (errors, isFinal = false) => {
    for (const field of draft.querySelectorAll("[data-field]")) {
      const said = errors[field.dataset.field] ?? "";
      const line = field.querySelector(".error");
      line.textContent = said;
      line.hidden = !said;
      field.classList.toggle("has-error", Boolean(said));
      field.querySelector("input, textarea, select")?.setAttribute("aria-invalid", String(Boolean(said)));
      if (said && isFinal) field.closest("details")?.setAttribute("open", "");
    }
    whole.textContent = errors[""] ?? "";
    whole.hidden = !errors[""];
    if (isFinal) draft.querySelector(".has-error")?.scrollIntoView({ behavior: "smooth", block: "center" });
  };
  const edit = (change) => {
    price.classList.add("is-busy");
    saving = saving.then(async () => {
      if ("value" in change) unsaved.set(change.parameter, change);
      try {
        const said = await send(draft.dataset.edit, change);
        unsaved.delete(change.parameter);
        price.textContent = said.price;
        price.dataset.shown = said.shown ?? "";
        improve.hidden = !said.improve;
        improve.querySelector("span").textContent = said.improve;
        showErrors(said.errors ?? {});
        if (said.field) {
          const old = draft.querySelector(`[data-field="${CSS.escape(change.parameter)}"]`);
          old.insertAdjacentHTML("afterend", said.field);
          old.remove();
        }
      } catch (error) {
        if (!error.isUnreached) unsaved.delete(change.parameter);
        fail(error);
      } finally {
        price.classList.remove("is-busy");
      }
    });
    return saving;
  };
  const improve = document.getElementById("improve");
  const improved = document.getElementById("improved");
  improve.addEventListener("click", async () => {
    improve.disabled = true;
    try {
      flush();
      await saving;
      const said = await send(improve.dataset.improve, {});
      improved.querySelector("p").textContent = said.after;
      improved.hidden = false;
    } catch (error) {
      fail(error);
    } finally {
      improve.disabled = false;
    }
  });
  improved.addEventListener("click", (event) => {
    const isTaken = event.target.closest("[data-take]");
    if (isTaken) {
      const words = draft.querySelector("[data-prompt]");
      words.value = improved.querySelector("p").textContent;
      words.dispatchEvent(new Event("input", { bubbles: true }));
      flush();
    }
    if (isTaken || event.target.closest("[data-leave]")) improved.hidden = true;
  });
  const valueOf = (input) => (input.type === "checkbox" ? input.checked : input.value);
  let timer;
  let pending = null;
  const flush = () => {
    clearTimeout(timer);
    if (pending) edit(pending);
    pending = null;
  };
  window.addEventListener("pagehide", flush);
  draft.addEventListener("input", (event) => {
    const input = event.target;
    const field = input.closest("[data-field]");
    if (!field || input.type === "file" || !input.name) return;
    if (pending && pending.parameter !== input.name) flush();
    pending = { parameter: input.name, value: valueOf(input) };
    clearTimeout(timer);
    timer = setTimeout(flush, input.matches("textarea, input[type=text], input[type=url], input[type=number]") ? 350 : 0);
  });
  draft.addEventListener("change", async (event) => {
    const input = event.target;
    if (!input.dataset.upload) return;
    const list = [...input.files];
    input.value = "";
    for (const file of list) {
      price.classList.add("is-busy");
      try {
        const kept = await upload(file, draft.dataset.uploads);
        await edit({ parameter: input.dataset.upload, add: kept.id });
      } catch (error) {
        fail(error);
      }
    }
    price.classList.remove("is-busy");
  });
  draft.addEventListener("change", (event) => {
    const picker = event.target.closest("[data-references]");
    if (picker?.value) edit({ parameter: picker.dataset.references, reference: picker.value });
  });
  draft.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take-away]");
    if (button) edit({ parameter: button.closest("[data-field]").dataset.field, take_away: Number(button.dataset.takeAway) });
  });
  const run = async () => {
    const { shown } = price.dataset; // what stands there as the button is pressed
    flush();
    draft.classList.add("is-busy");
    try {
      for (const change of [...unsaved.values()]) edit(change);
      await saving;
      if (unsaved.size) return; // why was said
      const said = await send(draft.dataset.run, { agreed, shown });
      if (said.errors) showErrors(said.errors, true);
      else if (said.confirm) {
        agreed = said.agreed;
        document.getElementById("confirm-text").textContent = said.confirm;
        confirm.showModal();
      } else location.assign(said.go);
    } catch (error) {
      fail(error);
    } finally {
      draft.classList.remove("is-busy");
    }
  };
  draft.addEventListener("submit", (event) => {
    event.preventDefault();
    agreed = null;
    run();
  });
  document.getElementById("confirm-run").addEventListener("click", () => {
    confirm.close();
    run();
  });
  draft.querySelector("[data-save-preset]")?.addEventListener("click", async (event) => {
    try {
      flush();
      await saving;
      const said = await send(event.target.dataset.savePreset, { name: document.getElementById("preset-name").value });
      toast(said.said);
      draft.querySelector(".save-preset").removeAttribute("open");
    } catch (error) {
      fail(error);
    }
  });
}

// Filters apply as they are changed.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("change", (event) => event.target.type !== "search" && form.requestSubmit());
}

document.querySelector(".shelves [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
