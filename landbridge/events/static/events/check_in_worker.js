/* Keeps the check-in page, its list and what it is drawn with, for a telephone without network. Only this page. */
"use strict";

const KEPT = `landbridge-check-in ${new URL("./", location).pathname}`;

const fetched = async (request) => {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), 4000);
  try {
    return await fetch(request, { signal: stop.signal });
  } finally {
    clearTimeout(late);
  }
};

const answer = async (request) => {
  const cache = await caches.open(KEPT);
  try {
    const response = await fetched(request);
    if (response.ok && !response.redirected) await cache.put(request, response.clone());
    else if (request.mode === "navigate" && [403, 404].includes(response.status)) await caches.delete(KEPT);
    return response;
  } catch (failure) {
    const kept = await cache.match(request, { ignoreVary: true, ignoreSearch: request.mode === "navigate" });
    if (kept) return kept;
    throw failure;
  }
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  // The page that brought this worker came before it: keep what it consists of.
  if (event.data?.keep) event.waitUntil(caches.open(KEPT).then((cache) => Promise.allSettled(event.data.keep.map((one) => cache.add(one)))));
  if (event.data?.forget) event.waitUntil(caches.delete(KEPT));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  const leaves = request.mode === "navigate" && !new URL(request.url).pathname.startsWith(new URL("./", location).pathname);
  if (!leaves) event.respondWith(answer(request));
});
