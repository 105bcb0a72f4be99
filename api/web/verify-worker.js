// Keeps the check of documents at hand where there is no network: the page, its script, the public keys and the list
// of what was revoked. Everything is asked of the office first; what was kept last answers where the office does not.
const STORE = "rukhsa-verify-1";
const PAGE = "/verify/offline";
const KEPT = [PAGE, "/verify/keys.json", "/verify/revocations.cwt", "/assets/style.css", "/assets/verify.js"];
const PATIENCE = 6000;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(KEPT)).then(() => skipWaiting()));
});
addEventListener("activate", (event) => {
  event.waitUntil(clients.claim());
});

const isKept = (path) => KEPT.includes(path) || path.startsWith("/assets/fonts/");

async function answer(request, path) {
  const store = await caches.open(STORE);
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (fresh.status < 500) {
      if (fresh.ok && isKept(path)) await store.put(path, fresh.clone());
      return fresh;
    }
  } catch { /* no network: what was kept answers */ }
  const kept = await store.match(isKept(path) ? path : PAGE);
  return kept ?? Response.error();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" || isKept(pathname)) event.respondWith(answer(request, pathname));
});
