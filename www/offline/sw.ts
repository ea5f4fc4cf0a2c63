/**
 * The site without its server: once it was visited, its pages open and train from what was kept of them. A reader is given all of one build or
 * nothing of it. Each build has a cache of its own, filled whole before it is used, every file held to the hash that the build wrote down; a new
 * build waits beside the old one until no other page of the old one is open.
 */
interface Build {
  version: string;
  /** Every file of the build by its path from this folder, with its hash as `integrity` has it. */
  files: Record<string, string>;
}

declare const self: ServiceWorkerGlobalScope;
/** Written above this code when the site is built. */
declare const BUILD: Build;

const TAKE_OVER = "take over";
const AT_ONCE = 4;
/** Named by their content: what has such a name is the same in every build. */
const NAMED_BY_CONTENT = "assets/";
/** Come later than the build or never, and are large: kept when they were wanted. */
const ENGINES = "engine/";
const MANIFEST = "engine/manifest.json";

const { scope } = self.registration;
/** Copies of the site in other folders of this origin have caches of their own. */
const OURS = `dgm ${scope} `;
const CACHE = OURS + BUILD.version;
const addressOf = (path: string) => new URL(path, scope).href;

/**
 * What is answered in place of a page when a newer build waits and no other page is open: it lets that one take over and opens the page again,
 * which then comes from one build from its first byte on.
 */
const TURNSTILE = `<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>…</title><script>
const again = () => location.reload();
navigator.serviceWorker.addEventListener("controllerchange", again);
navigator.serviceWorker.getRegistration().then(({ waiting }) => (waiting ? waiting.postMessage("${TAKE_OVER}") : again()));
setTimeout(again, 3000);
</script>`;
/** Asked once: who cannot take over is not waited for again. */
let turned = false;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("message", (event) => {
  if (event.data === TAKE_OVER) event.waitUntil(self.skipWaiting());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  const path = pathOf(request);
  if (path === MANIFEST) event.respondWith(newest(request));
  else if (path.startsWith(ENGINES)) event.respondWith(wanted(request));
  else if (!(path in BUILD.files) && !path.startsWith(NAMED_BY_CONTENT)) return;
  else if (request.mode === "navigate") event.respondWith(opened(path, request));
  else event.respondWith(held(path, request));
});

/** One file after another is kept; where one fails nothing of the build is used, and the next try goes on from there. */
async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  const left = Object.keys(BUILD.files);
  const work = async () => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) await keep(cache, path);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function keep(cache: Cache, path: string): Promise<void> {
  const url = addressOf(path);
  if (await cache.match(url)) return;
  const named = path.startsWith(NAMED_BY_CONTENT);
  const before = named ? await caches.match(url) : undefined;
  await cache.put(url, before ?? (await fetched(path, named ? "force-cache" : "no-cache")));
}

/** What the page has loaded already comes from the browser's own cache. Rejects where the server has another build's file. */
async function fetched(path: string, cache: RequestCache): Promise<Response> {
  const integrity = BUILD.files[path];
  const answer = await fetch(addressOf(path), { cache, credentials: "same-origin", ...(integrity && { integrity }) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  // A page may not be opened from an answer that was redirected, as servers do that hide “.html”; and it is no longer packed.
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
  return new Response(answer.body, { headers });
}

/** The build before stays for pages of it that are still open, and ask for what they have not loaded yet. */
async function activate(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Servers open a folder with its index, and some do without “.html”; what a link adds for others to count is nothing to a page. */
function pathOf({ url, mode }: Request): string {
  const path = decodeURI(url.slice(scope.length).split(mode === "navigate" ? /[?#]/ : "#")[0]!);
  if (mode !== "navigate") return path;
  const pages = [path, `${path}index.html`, `${path}.html`, `${path}/index.html`];
  return pages.find((page) => page in BUILD.files) ?? path;
}

/** A page that is opened while no other is gets the build that waits, if one does. */
async function opened(path: string, request: Request): Promise<Response> {
  if (turned || !self.registration.waiting || !(await alone())) return held(path, request);
  turned = true;
  return new Response(TURNSTILE, { headers: { "content-type": "text/html; charset=utf-8" } });
}

/** Of a page that is opened again there still is the one that it replaces. */
async function alone(): Promise<boolean> {
  const windows = await self.clients.matchAll({ type: "window" });
  return windows.filter(({ frameType }) => frameType !== "nested").length <= 1;
}

async function held(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(addressOf(path));
  if (kept) return kept;
  const before = path.startsWith(NAMED_BY_CONTENT) ? await caches.match(addressOf(path)) : undefined;
  if (before) return before;
  // The browser may have thrown it away to make room.
  return path in BUILD.files ? fetched(path, "no-cache") : fetch(request);
}

async function newest(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request.url, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(request.url, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

async function wanted(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.url, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request.url, answer.clone());
  return answer;
}
