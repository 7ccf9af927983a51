// The table at the right: as many rows as are in sight, whatever their number.
const ROW = 48;
const list = byId("list");
const rowsBox = byId("rows");
const COLUMNS = [["place", "#"], ["indicator", "indicator"], ["period", "period"], ["figure", "figure"], ["verdict", "✓"]];
const SHOWN = { accept: "✓", reject: "✕", correct: "✎" };
let drawn = [-1, -1];

function drawHead() {
  byId("head").replaceChildren(...COLUMNS.map(([name, title]) => {
    const cell = button(`column ${name}`, title.length > 1 ? word(title) : title, () => {
      if (sorting.by === name) sorting.down = !sorting.down; else Object.assign(sorting, { by: name, down: false });
      drawHead();
      refilter();
    }, title.length > 1 ? "" : word(name === "verdict" ? "decision" : "place"));
    cell.role = "columnheader";
    if (sorting.by === name && (name !== "place" || sorting.down)) {
      cell.append(make("i", "", sorting.down ? "▾" : "▴"));
      cell.ariaSort = sorting.down ? "descending" : "ascending";
    }
    return cell;
  }));
}

function showRows(anew) {
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 4);
  const last = Math.min(view.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + 4);
  if (!anew && first === drawn[0] && last === drawn[1]) return;
  drawn = [first, last];
  rowsBox.style.height = `${view.length * ROW}px`;
  const all = document.createDocumentFragment();
  for (let at = first; at < last; at += 1) all.append(rowElement(ROWS[view[at]], at));
  rowsBox.replaceChildren(all);
  byId("grid").ariaRowCount = String(view.length);
}

function rowElement(row, at) {
  const now = row.now;
  const line = make("div", `row ${now.kind} ${now.status}${row.verdict ? " v-" + row.verdict : ""}${row === selected ? " on" : ""}`);
  line.role = "row";
  line.ariaRowIndex = String(at + 1);
  line.row = row;
  line.style.top = `${at * ROW}px`;
  const dot = make("span", "dot");
  dot.title = word(now.kind);
  const what = make("span", "what");
  const name = make("span", "name", now.indicator || "—");
  const where = [now.subject, row.section[row.section.length - 1]].filter(Boolean).join(" · ");
  what.append(name, make("small", "", where || " "));
  const when = make("span", "when", now.period || "—");
  if (now.status !== "actual") when.append(make("small", `status ${now.status}`, word(now.status)));
  const doubt = make("span", "doubt");
  if (row.flags.length && !row.verdict) { doubt.append(make("i", "flagged", "!")); doubt.title = row.flags.join(", "); }
  if (row.findings.length) doubt.append(make("i", "found", "≠"));
  const verdict = make("span", "verdict", SHOWN[row.verdict] || "");
  line.append(dot, what, when, make("span", "figure", figure(now)), doubt, verdict);
  return line;
}

function bringListed(row) {
  if (row.at === undefined || row.at < 0) return;
  const top = row.at * ROW;
  if (top < list.scrollTop + ROW) list.scrollTop = Math.max(0, top - ROW);
  else if (top + 2 * ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + 2 * ROW - list.clientHeight;
}

let scrolling = false;
list.addEventListener("scroll", () => {
  if (scrolling) return;
  scrolling = true;
  requestAnimationFrame(() => { scrolling = false; showRows(false); });
}, { passive: true });
rowsBox.addEventListener("click", (event) => {
  const line = event.target.closest(".row");
  if (line) select(line.row, { from: "table" });
});
