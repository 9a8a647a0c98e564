// Telegram's login page puts its proof behind the # of the address, which no server sees: go on with the same as a query.
const prefix = document.querySelector('meta[name="prefix"]').content;

/** What Telegram says of the person: JSON in base64, with or without the letters that addresses may not hold. */
function proof(query) {
  const said = new URLSearchParams(location.hash.slice(1)).get("tgAuthResult") ?? query.get("tgAuthResult") ?? "";
  query.delete("tgAuthResult"); // browsers inside other apps move what stands behind the # to the query
  const bytes = Uint8Array.from(atob(said.replace(/-/g, "+").replace(/[_]/g, "/").replace(/ /g, "+")), (each) => each.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

try {
  const query = new URLSearchParams(location.search);
  const fields = proof(query);
  if (!fields.hash) throw new Error("no proof");
  for (const [name, value] of Object.entries(fields)) query.set(name, String(value));
  location.replace(`${location.pathname}?${query}`);
} catch {
  location.replace(`${prefix}/sign-in?fault=1`);
}
