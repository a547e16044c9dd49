// Serves the app without signal. Django writes two lines above this one: RELEASE and FILES, each
// file with its hash, so a half-new or foreign copy (a Wi-Fi login page) can never be kept.

const CACHE = `field-${self.RELEASE}`;
const SHELL = self.FILES[0].url;

self.addEventListener("install", (event) => {
  const wanted = self.FILES.map(({ url, integrity }) => new Request(url, { integrity, cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(wanted))); // no catch: all or nothing
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith("field-") && name !== CACHE))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// The page asks, after the person agreed and nothing waits to be sent.
self.addEventListener("message", (event) => {
  if (event.data === "use-new-version") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  const shell = event.request.mode === "navigate" && url.pathname === SHELL;
  const known = shell || self.FILES.some((file) => file.url === url.pathname);
  if (known) event.respondWith(fromCache(shell ? SHELL : event.request));
});

async function fromCache(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
}
