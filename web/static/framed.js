"use strict";
/* In a frame of another site, Escape closes the dialog that holds it. */
addEventListener("keydown", (event) => {
  if (event.key === "Escape") parent.postMessage("hyqa:close", "*");
});
