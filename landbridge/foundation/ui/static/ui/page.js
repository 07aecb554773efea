/* Comforts only: every page works without this file. */
"use strict";

const onPage = (work) => {
  work(document);
  document.addEventListener("htmx:load", (event) => work(event.detail.elt));
};

// The error summary takes the focus, so that it is read first.
onPage((part) => part.querySelector?.("#errors")?.focus());

// A link of the error summary puts the cursor into its field.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#errors a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.closest(".field") ?? field).scrollIntoView();
  field.focus({ preventScroll: true });
});

// A form is sent once; the server would answer the second post alike, this only spares the wait.
// After five seconds it may be sent again: the answer may have been a file, and the page still stands.
const release = (form) => {
  form.removeAttribute("aria-busy");
  form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.getAttribute("aria-busy") === "true") return event.preventDefault();
  form.setAttribute("aria-busy", "true");
  form.querySelectorAll("button:not([type=button])").forEach((button) => button.setAttribute("aria-disabled", "true"));
  setTimeout(() => release(form), 5000);
});

addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(release));

// How many characters are left, said politely and only near the end.
onPage((part) => {
  part.querySelectorAll?.("[data-limit]").forEach((count) => {
    const text = document.getElementById(count.id.replace(/_count$/, ""));
    if (!text || count.dataset.shown) return;
    count.dataset.shown = "yes";
    const whole = count.textContent;
    const show = () => {
      const used = text.value.length;
      const limit = Number(count.dataset.limit);
      count.textContent = used ? `${whole} (${used.toLocaleString(document.documentElement.lang)})` : whole;
      count.setAttribute("aria-live", used > limit * 0.9 ? "polite" : "off");
    };
    text.addEventListener("input", show);
    show();
  });
});

// A moment also shows the reader's own time when that differs, on pointing at it.
onPage((part) => {
  part.querySelectorAll?.("time[datetime*='T']").forEach((time) => {
    const moment = new Date(time.dateTime);
    if (!Number.isNaN(moment.valueOf())) time.title = moment.toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "long" });
  });
});

// A filter that says so sends its form at once.
document.addEventListener("change", (event) => event.target.closest?.("form[data-at-once]")?.requestSubmit());
