/* Says begin and end in the reader's own time zone where that is another. A comfort: the zone of the event is always written. */
"use strict";

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
document.querySelectorAll("[data-own-time]").forEach((line) => {
  const begins = new Date(line.dataset.begins);
  const ends = new Date(line.dataset.ends);
  const clock = (moment, timeZone) => moment.toLocaleString("sv", { timeZone });
  if (!ownZone || clock(begins, ownZone) === clock(begins, line.dataset.zone)) return;
  const shape = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: ownZone };
  const language = document.documentElement.lang;
  const shown = new Intl.DateTimeFormat(language, shape).formatRange(begins, ends);
  line.textContent = line.dataset.ownTime.replace("{when}", shown).replace("{zone}", ownZone);
  line.hidden = false;
});
