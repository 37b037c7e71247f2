"use strict";
// Filters the list of findings. Only the first hundred or so of them stand in the page, so that ten thousand stay quick.
{
  const STEP = 100;
  const byId = (id) => document.getElementById(id);
  const form = byId("filters"), status = byId("status"), more = byId("more"), list = byId("list");
  const items = [...list.children];
  const texts = [];
  let matches = items, shown = 0;

  const value = (id) => (byId(id) ? byId(id).value : "");

  const matching = () => {
    const words = value("search").toLowerCase().split(/\s+/).filter(Boolean);
    const theme = value("theme"), sentiment = value("sentiment"), report = value("report");
    const test = (item, at) => {
      const data = item.dataset;
      if (report && data.r !== report) return false;
      if (theme) {
        const tag = data.t.split(" ").find((part) => part.startsWith(theme + ":"));
        if (!tag) return false;
        if (sentiment && tag.slice(theme.length + 1) !== sentiment && data.s !== sentiment) return false;
        if (sentiment && tag.slice(theme.length + 1) !== sentiment && isOfThemes(sentiment)) return false;
      } else if (sentiment && data.s !== sentiment) return false;
      if (!words.length) return true;
      texts[at] ??= item.textContent.toLowerCase();
      return words.every((word) => texts[at].includes(word));
    };
    return items.filter(test);
  };

  // A theme and a sentiment that themes carry must meet in one tag; one of whole sentences only (mixed) need not.
  const carried = new Set(items.flatMap((item) => item.dataset.t.split(" ").map((part) => part.split(":")[1])));
  const isOfThemes = (sentiment) => carried.has(sentiment);

  const showMore = (count) => {
    list.append(...matches.slice(shown, shown + count));
    shown = Math.min(matches.length, shown + count);
    more.hidden = shown === matches.length;
    const all = items.length === matches.length ? "" : ` of ${items.length.toLocaleString("en-GB")}`;
    status.textContent = `${matches.length.toLocaleString("en-GB")}${all} findings` + (more.hidden ? "" : `, the first ${shown} shown`);
  };

  const filter = () => {
    list.replaceChildren();
    matches = matching();
    shown = 0;
    showMore(STEP);
  };

  const reveal = () => {
    const target = items.find((item) => "#" + item.id === location.hash);
    if (!target) return;
    if (!matches.includes(target)) { form.reset(); filter(); }
    showMore(Math.max(0, matches.indexOf(target) + 1 - shown));
    target.scrollIntoView();
  };

  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  more.addEventListener("click", () => showMore(STEP));
  addEventListener("beforeprint", () => showMore(Infinity));
  addEventListener("hashchange", reveal);
  filter();
  list.classList.add("ready");
  reveal();
}
