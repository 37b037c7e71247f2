"use strict";
// Leaves the findings about one theme highlighted and takes the mark off the others.
{
  const theme = document.getElementById("theme");
  const findings = [...document.querySelectorAll("details[data-t]")];
  document.getElementById("filters").hidden = false;
  theme.addEventListener("input", () => {
    for (const found of findings) {
      found.classList.toggle("aside", theme.value !== "" && !found.dataset.t.split(" ").includes(theme.value));
    }
  });
}
