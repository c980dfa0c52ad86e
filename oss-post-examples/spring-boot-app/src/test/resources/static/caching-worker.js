// A service worker that answers every GET of the page's origin from its cache, once it has an answer.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method !== "GET" || new URL(url).origin !== location.origin) return;
  event.respondWith(
    (async () => {
      const cache = await caches.open("all");
      const known = await cache.match(event.request);
      if (known) return known;
      const answer = await fetch(event.request);
      await cache.put(event.request, answer.clone());
      return answer;
    })(),
  );
});
