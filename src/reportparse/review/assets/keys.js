// One key an act; none while a field is typed in.
function move(step, wanted) {
  const row = selected && !selected.unread ? selected : null;
  let at = row && row.at >= 0 ? row.at + step : step > 0 ? 0 : view.length - 1;
  if (row && row.at < 0) { // filtered out: go on from its place in the text
    at = view.findIndex((k) => k > row.index);
    if (at < 0) at = view.length - 1;
  }
  while (wanted && at >= 0 && at < view.length && !wanted(ROWS[view[at]])) at += step;
  if (at >= 0 && at < view.length) select(ROWS[view[at]]);
}

const KEYS = {
  j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), n: () => move(1, (row) => !row.verdict),
  a: () => judge("accept"), r: () => judge("reject"), e: edit, u: undo, "/": () => { if (innerWidth < 900) showTab("side"); byId("search").focus(); byId("search").select(); },
  t: () => byId("theme").click(), l: () => byId("language").click(), "?": () => byId("help").showModal(),
};

function drawKeys() {
  const lines = [["j k", "key_next"], ["n", "key_undecided"], ["a", "key_accept"], ["r", "key_reject"], ["e", "key_edit"], ["u", "key_undo"], ["/", "key_search"], ["t l", "key_theme"], ["?", "key_help"], ["Esc", "key_close"]];
  const all = document.createDocumentFragment();
  for (const [keys, what] of lines) {
    const names = make("dt");
    for (const key of keys.split(" ")) names.append(make("kbd", "", key), " ");
    all.append(names, make("dd", "", word(what)));
  }
  byId("keys").replaceChildren(all);
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "Escape") {
    if (document.querySelector("dialog[open]")) return;
    if (editing) { editing = false; drawCard(); } else if (typing) typing.blur(); else closeCard();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !typing) { event.preventDefault(); undo(); return; }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (!Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});
