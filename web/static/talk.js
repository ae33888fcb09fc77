"use strict";
/* Shows what is new in a talk as it comes. Without this script, reloading shows the same. */
(() => {
  const place = document.getElementById("talk");
  const status = document.getElementById("status");
  if (!window.EventSource) return;
  const source = new EventSource(place.dataset.events);
  source.addEventListener("message", (event) => {
    const page = new DOMParser().parseFromString(event.data, "text/html");
    const now = page.querySelector(".letters");
    if (!now) return;
    const before = place.querySelector(".letters");
    place.replaceChildren(document.adoptNode(now));
    const state = now.querySelector(".state").textContent;
    if (Number(now.dataset.answers) > Number(before.dataset.answers)) {
      status.textContent = now.dataset.said;
    } else if (state !== before.querySelector(".state").textContent) {
      status.textContent = state;
    }
  });
  source.addEventListener("gone", () => { source.close(); location.reload(); });
})();
