/* Check-in that goes on without network: the list is kept, scans wait in a queue, and what is sent twice counts once.
   Without this file the page's own forms do the same, one by one. */
"use strict";

const door = document.getElementById("door");
const say = door.dataset;
const part = (name) => document.getElementById(`door-${name}`);
const SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const QUEUE = `landbridge-check-in-queue-${say.slug}`;
const LIST = `landbridge-check-in-list-${say.slug}`;
const SENT_TOGETHER = 100;

let people = new Map();

// ── Codes ──────────────────────────────────────────────────────────────────────────────────────────────────────────
const isCode = (text) => {
  if (text.length !== 9 || [...text].some((sign) => !SIGNS.includes(sign))) return false;
  const sum = [...text.slice(0, 8)].reduce((total, sign, place) => total + (place + 1) * SIGNS.indexOf(sign), 0);
  return SIGNS[sum % SIGNS.length] === text[8];
};

const readCode = (text) => {
  const plain = text.trim().split("?")[0].split("#")[0].replace(/\/+$/, "");
  const typed = plain.slice(plain.lastIndexOf("/") + 1).replace(/[\s\-._]+/g, "").toUpperCase();
  return isCode(typed) ? typed : "";
};

// ── What is kept on the telephone ──────────────────────────────────────────────────────────────────────────────────
const kept = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? [];
  } catch {
    return [];
  }
};
const keep = (name, value) => {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    /* no room left: the server still has it as soon as there is a network */
  }
};

const device = () => {
  const name = "landbridge-check-in-device";
  let mine = localStorage.getItem(name);
  if (!mine) {
    mine = `telephone ${Math.random().toString(36).slice(2, 8)}`;
    localStorage.setItem(name, mine);
  }
  return mine;
};

const known = (rows) => {
  people = new Map(rows.map(([code, name, organisation, state, isIn]) => [code, { code, name, organisation, state, isIn }]));
  for (const { code } of kept(QUEUE)) if (people.has(code)) people.get(code).isIn = true;
};

// ── What is said ───────────────────────────────────────────────────────────────────────────────────────────────────
const show = (tone, strong, rest = "", code = "") => {
  const line = document.createElement("p");
  const head = document.createElement("strong");
  head.textContent = strong;
  line.append(head, rest ? ` ${rest}` : "");
  part("said").dataset.tone = tone;
  part("said").replaceChildren(line);
  if (code && navigator.onLine) {
    const link = document.createElement("a");
    link.href = say.arrival.replace("CODE", code);
    link.textContent = say.sayOpen;
    part("said").append(link);
  }
  navigator.vibrate?.(tone === "good" ? 60 : [80, 60, 80]);
};

const count = ({ inside, expected }) => {
  if (inside !== undefined) part("inside").textContent = inside;
  if (expected !== undefined) part("expected").textContent = expected;
};

const network = (text) => {
  const waiting = kept(QUEUE).length;
  part("network").textContent = waiting ? `${text} (${waiting}: ${say.sayWaiting})` : text;
};

// ── Checking in ────────────────────────────────────────────────────────────────────────────────────────────────────
const HAVE_A_PLACE = ["approved", "attended", "no_show"];

const checkIn = (text) => {
  const code = readCode(text);
  if (!code) return show("bad", say.sayRefused, say.sayUnreadable);
  const person = people.get(code);
  if (Date.now() < Date.parse(say.opens)) show("bad", say.sayRefused, say.sayEarly, code);
  else if (person && !HAVE_A_PLACE.includes(person.state)) show("bad", `${person.name}, ${person.organisation}:`, say.sayState, code);
  else if (!person) show("wait", code, say.sayUnknown);
  else if (person.isIn) return show("wait", `${person.name}, ${person.organisation}:`, say.sayAgain, code);
  else {
    person.isIn = true;
    part("inside").textContent = Number(part("inside").textContent) + 1;
    show("good", `${person.name}, ${person.organisation}:`, say.sayIn, code);
  }
  // What looks wrong here is sent as well: the list on this telephone may be older than the truth.
  keep(QUEUE, [...kept(QUEUE), { code, at: new Date().toISOString(), device: device() }]);
  send();
};

let sending = false;
const send = async () => {
  const queue = kept(QUEUE);
  if (sending || !queue.length) return network(navigator.onLine ? say.sayOnline : say.sayOffline);
  sending = true;
  const scans = queue.slice(0, SENT_TOGETHER);
  try {
    const token = document.querySelector("#door-form [name=csrfmiddlewaretoken]").value;
    const response = await fetch(say.scans, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ scans }),
      redirect: "manual",
    });
    if (response.type === "opaqueredirect" || response.status === 403) return network(say.saySignedOut);
    if (!response.ok) throw new Error(response.status);
    const answer = await response.json();
    const done = new Set(scans.map((scan) => `${scan.code} ${scan.at}`));
    keep(QUEUE, kept(QUEUE).filter((scan) => !done.has(`${scan.code} ${scan.at}`)));
    for (const one of answer.results) took(one);
    count(answer);
    network(say.sayOnline);
  } catch {
    network(say.sayOffline);
  } finally {
    sending = false;
  }
  if (kept(QUEUE).length && navigator.onLine) setTimeout(send, 300);
};

const took = (one) => {
  const person = people.get(one.code);
  if (one.ok) {
    if (!person) show("good", `${one.name}, ${one.organisation}:`, one.again ? say.sayAgain : say.sayIn, one.code);
    people.set(one.code, { code: one.code, name: one.name, organisation: one.organisation, state: "attended", isIn: true });
  } else {
    if (person) person.isIn = false;
    show("bad", person ? `${say.sayRefused}: ${person.name}.` : `${say.sayRefused}.`, one.text);
  }
};

const load = async () => {
  try {
    const response = await fetch(say.list, { redirect: "manual", headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const list = await response.json();
    keep(LIST, list.people);
    known(list.people);
    if (!kept(QUEUE).length) count(list);
  } catch {
    /* the list that was kept serves on */
  }
};

// ── Names ──────────────────────────────────────────────────────────────────────────────────────────────────────────
const found = (text) => {
  const wanted = text.trim().toLocaleLowerCase();
  if (!wanted) return [];
  return [...people.values()].filter((one) => `${one.name} ${one.organisation}`.toLocaleLowerCase().includes(wanted)).slice(0, 30);
};

const row = (one) => {
  const line = document.createElement("li");
  const about = document.createElement("span");
  about.className = "task-about";
  const name = document.createElement("span");
  name.textContent = one.name;
  const from = document.createElement("span");
  from.className = "soft small";
  from.textContent = one.organisation;
  about.append(name, from);
  const state = document.createElement("span");
  state.className = "task-state";
  if (one.isIn) state.textContent = `✓ ${say.sayIsIn}`;
  else if (HAVE_A_PLACE.includes(one.state)) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = say.sayButton;
    button.setAttribute("aria-label", `${say.sayButton}: ${one.name}`);
    button.addEventListener("click", () => {
      checkIn(one.code);
      list();
    });
    state.append(button);
  } else state.textContent = one.state;
  line.append(about, state);
  return line;
};

const search = document.getElementById("text");
const list = () => part("found").replaceChildren(...found(search.value).map(row));

// ── The camera ─────────────────────────────────────────────────────────────────────────────────────────────────────
const watch = async () => {
  const video = part("video");
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.hidden = false;
  await video.play();
  let last = "";
  let at = 0;
  const look = async () => {
    if (video.hidden) return;
    const [seen] = await detector.detect(video).catch(() => []);
    const now = performance.now();
    if (seen && (seen.rawValue !== last || now - at > 4000)) {
      [last, at] = [seen.rawValue, now];
      checkIn(seen.rawValue);
    }
    setTimeout(look, 150);
  };
  look();
};

const stop = () => {
  const video = part("video");
  video.srcObject?.getTracks().forEach((track) => track.stop());
  video.hidden = true;
};

// ── Beginning ──────────────────────────────────────────────────────────────────────────────────────────────────────
part("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const input = document.getElementById("code");
  if (input.value.trim()) checkIn(input.value);
  input.value = "";
  input.focus();
});
part("search").addEventListener("submit", (event) => {
  event.preventDefault();
  list();
});
search.addEventListener("input", list);
addEventListener("online", send);
addEventListener("offline", () => network(say.sayOffline));
setInterval(send, 5000);
setInterval(() => !kept(QUEUE).length && load(), 30000);

if ("BarcodeDetector" in window && navigator.mediaDevices) {
  part("camera").hidden = false;
  part("camera").addEventListener("click", () => (part("video").hidden ? watch().catch(() => stop()) : stop()));
}

const isOver = Date.now() > new Date(say.ends).valueOf() + 2 * 86400000;
known(kept(LIST));
load().then(send);

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register(say.worker).then(async () => {
    const ready = await navigator.serviceWorker.ready;
    if (isOver) {
      // Two days after the event no telephone needs the names any more.
      ready.active.postMessage({ forget: true });
      if (!kept(QUEUE).length) localStorage.removeItem(LIST);
      return ready.unregister();
    }
    const drawn = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.startsWith(`${location.origin}/static/`));
    ready.active.postMessage({ keep: [location.pathname, say.list, ...drawn] });
  }).catch(() => {});
}
