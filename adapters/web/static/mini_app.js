// Hands Telegram's proof of who opened the Mini App to the server. The proof stands behind the # of the address.
import "./telegram.js";

const prefix = document.querySelector('meta[name="prefix"]').content;
const line = document.getElementById("mini-app");
const proof = new URLSearchParams(location.hash.slice(1)).get("tgWebAppData") ?? "";

try {
  const answer = await fetch(`${prefix}/sign-in/mini-app`, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "text/plain" },
    body: proof,
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const asked = new URLSearchParams(location.search).get("next");
  const { go } = await answer.json();
  location.replace(asked?.startsWith(`${prefix}/`) ? asked : go);
} catch {
  line.textContent = line.dataset.fault;
}
