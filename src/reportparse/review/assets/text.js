// The text in the middle: cut into pieces of about a screen, of which only those near the window are filled.
const PIECE = 1400;
const TABLE_ROWS = 40;
const PIECES = [];
const markOf = new Map();
const textPane = byId("text");
let selected = null;
let fits = null; // one byte a record: whether the filters let it through

function cutReport(report) {
  report.firstPiece = PIECES.length;
  PIECES.push({ report, title: true, from: 0, to: 0, size: 60 });
  const tables = report.tables.map((t) => ({ ...t, from: report.units(t.start), to: report.units(t.end) })).filter((t) => t.rows.length);
  let at = 0;
  for (const table of tables) {
    if (table.from < at) continue;
    cutLines(report, at, table.from);
    cutTable(report, table);
    at = table.to;
  }
  cutLines(report, at, report.text.length);
  report.lastPiece = PIECES.length;
}

function cutLines(report, from, to) {
  let piece = null;
  while (from < to) {
    let end = report.text.indexOf("\n", from);
    if (end < 0 || end > to) end = to;
    if (end > from) {
      if (!piece || piece.size > PIECE) PIECES.push(piece = { report, lines: [], from, to: end, size: 0 });
      piece.lines.push([from, end]);
      piece.to = end;
      piece.size += end - from + 14;
    }
    from = end + 1;
  }
}

function cutTable(report, table) {
  for (let first = 0; first < table.rows.length; first += TABLE_ROWS) {
    const rows = table.rows.slice(first, first + TABLE_ROWS).map((row) => row.map(([start, end]) => [report.units(start), report.units(end)]));
    const starts = rows.flat().filter(([a, b]) => b > a).map(([a]) => a);
    const from = first ? Math.min(...starts, table.to) : table.from;
    PIECES.push({ report, table, rows, first, from, to: table.to, size: rows.length * 36 });
    if (first) PIECES[PIECES.length - 2].to = from;
  }
}

function layText() {
  REPORTS.forEach(cutReport);
  const line = Math.max(12, Math.floor((textPane.clientWidth - 64) / 16));
  const all = document.createDocumentFragment();
  PIECES.forEach((piece, number) => {
    piece.number = number;
    piece.element = make("div", piece.table ? "piece wide" : "piece");
    piece.element.piece = piece;
    piece.element.style.height = `${piece.table ? piece.rows.length * 34 : Math.ceil(piece.size / line) * 30}px`;
    all.append(piece.element);
  });
  textPane.append(all);
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) fill(entry.target.piece); else empty(entry.target.piece);
    }
  }, { root: textPane, rootMargin: "900px 0px" });
  for (const piece of PIECES) near.observe(piece.element);
}

function fill(piece) {
  if (piece.filled) return;
  piece.filled = true;
  const { element } = piece;
  if (piece.title) fillTitle(piece); else if (piece.table) fillTable(piece); else fillLines(piece);
  element.style.height = "";
}

function empty(piece) {
  if (!piece.filled || piece.pinned) return;
  piece.element.style.height = `${piece.element.offsetHeight}px`;
  for (const mark of piece.element.querySelectorAll("mark")) for (const one of [...mark.rows, mark.gap]) markOf.delete(one);
  piece.element.replaceChildren();
  piece.filled = false;
}

// Whether a line is the report's title; then it need not be said twice.
function saysTitle(report, line) {
  return !!report.title && line.trim() === report.title;
}

function fillTitle({ report, element }) {
  const head = make("header", "title");
  if (!saysTitle(report, report.text.slice(0, 400).trimStart().split("\n")[0])) head.append(make("h2", "", report.title || report.name || "—"));
  const facts = [report.issuer || report.region, report.published, report.name].filter(Boolean).join(" · ");
  const line = make("p", "", facts);
  if (/^https?:\/\//i.test(report.url || "")) {
    const link = make("a", "", new URL(report.url).host);
    link.href = report.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    line.append(facts ? " · " : "", link);
  }
  head.append(line);
  element.append(head);
}

function fillLines({ report, lines, element }) {
  for (const [from, to] of lines) {
    const k = lowest(report.outline, from);
    const section = report.outline[k];
    const starts = section && section.from < to && section.from - from < 4 && (section.label || section.title);
    const p = make("p");
    if (starts && section.headTo > from) {
      const end = Math.min(section.headTo, to);
      const whole = to - end < 3;
      p.className = whole ? `heading level${Math.min(section.level, 4)}` : "runin";
      const head = make(whole ? "span" : "b");
      write(head, report, from, end);
      p.append(head);
      write(p, report, end, to);
    } else {
      write(p, report, from, to);
      if (from < 400 && saysTitle(report, report.text.slice(from, to))) p.className = "maintitle";
    }
    element.append(p);
  }
}

function fillTable({ report, table, rows, first, element }) {
  const box = make("table");
  rows.forEach((cells, i) => {
    const line = make("tr");
    for (let j = 0; j < cells.length; j += 1) {
      const [from, to] = cells[j];
      const same = (other) => other && to > from && other[0] === from && other[1] === to;
      if (same(cells[j - 1]) || (i && same(rows[i - 1][j]))) continue;
      const head = first + i < table.headRows || j < table.headColumns;
      const cell = make(head ? "th" : "td");
      let across = 1, down = 1;
      while (same(cells[j + across])) across += 1;
      while (rows[i + down] && same(rows[i + down][j])) down += 1;
      if (across > 1) cell.colSpan = across;
      if (down > 1) cell.rowSpan = down;
      write(cell, report, from, to);
      if (!head && /^[\s\d.,%‰()（）+−-]*[^\s\d]{0,2}$/.test(cell.textContent)) cell.className = "number";
      line.append(cell);
    }
    box.append(line);
  });
  element.append(box);
}

// The characters from `from` to `to`, with their records and unread numerals marked.
function write(parent, report, from, to) {
  const { text, records, gaps } = report;
  let k = lowest(records, from), u = lowest(gaps, from), at = from;
  let last = null;
  while (true) {
    const row = k < records.length && records[k].from < to ? records[k] : null;
    const gap = u < gaps.length && gaps[u].from < to ? gaps[u] : null;
    const next = row && (!gap || row.from <= gap.from) ? row : gap;
    if (!next) break;
    if (next === row) k += 1; else u += 1;
    if (next.from < at) { // within another: one mark for both
      if (last && !next.unread) { last.rows.push(next); markOf.set(next, last); }
      continue;
    }
    if (next.from > at) parent.append(text.slice(at, next.from));
    const end = Math.min(next.to, to);
    last = make("mark", "", text.slice(next.from, end));
    last.rows = next.unread ? [] : [next];
    last.gap = next.unread ? next : null;
    dress(last);
    markOf.set(next, last);
    parent.append(last);
    at = end;
  }
  if (at < to) parent.append(text.slice(at, to));
}

function dress(mark) {
  if (mark.gap) { mark.className = mark.gap === selected ? "unread on" : "unread"; return; }
  const row = mark.rows[0];
  const names = [row.now.kind, row.now.status];
  if (row.flags.length && !row.verdict) names.push("flag");
  if (row.findings.length) names.push("finding");
  if (row.verdict) names.push("v-" + row.verdict);
  if (mark.rows.includes(selected)) names.push("on");
  if (fits && !mark.rows.some((one) => fits[one.index])) names.push("off");
  mark.className = names.join(" ");
}

function dressAll() {
  for (const mark of textPane.querySelectorAll("mark")) dress(mark);
}

function pieceAt(report, at) {
  let low = report.firstPiece + 1, high = report.lastPiece - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (PIECES[middle].from <= at) low = middle; else high = middle - 1;
  }
  return PIECES[low] && low < report.lastPiece ? PIECES[low] : PIECES[report.firstPiece];
}

// Bring a place into sight: what is near it is filled first, then once more when its neighbours have their size.
function bring(report, at, find, where) {
  const piece = pieceAt(report, at);
  for (const k of [piece.number - 1, piece.number, piece.number + 1]) {
    if (PIECES[k]) { PIECES[k].pinned = true; fill(PIECES[k]); }
  }
  const place = () => {
    const target = find(piece) || piece.element;
    target.scrollIntoView({ block: where, inline: "nearest" });
  };
  place();
  requestAnimationFrame(() => requestAnimationFrame(() => {
    place();
    for (const k of [piece.number - 1, piece.number, piece.number + 1]) if (PIECES[k]) PIECES[k].pinned = false;
  }));
  setTimeout(() => { // where the browser does not hold its place while pieces above are filled
    const box = (find(piece) || piece.element).getBoundingClientRect(), pane = textPane.getBoundingClientRect();
    if (box.bottom < pane.top || box.top > pane.bottom) place();
  }, 200);
}

// On a phone the card lies over the text.
function sightEnd(pane) {
  return innerWidth < 900 ? Math.min(pane.bottom, byId("card").getBoundingClientRect().top) - 12 : pane.bottom - 60;
}

function bringRow(row) { // or an unread numeral
  const mark = markOf.get(row);
  if (mark && mark.isConnected) {
    const box = mark.getBoundingClientRect(), pane = textPane.getBoundingClientRect();
    if (box.top > pane.top + 60 && box.bottom < sightEnd(pane)) return;
  }
  bring(REPORTS[row.report], row.from, () => markOf.get(row), innerWidth < 900 ? "start" : "center");
}

function bringSection(section) {
  const report = REPORTS[section.report];
  bring(report, section.from, (piece) => {
    const k = piece.lines ? piece.lines.findIndex(([a, b]) => section.from >= a && section.from < b) : -1;
    return k >= 0 ? piece.element.children[k] : null;
  }, "start");
}

// The first character in sight, for the outline.
function seenPlace() {
  const pane = textPane.getBoundingClientRect();
  const top = pane.top + 70;
  let low = 0, high = PIECES.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (PIECES[middle].element.getBoundingClientRect().top <= top) low = middle; else high = middle - 1;
  }
  const piece = PIECES[low];
  if (!piece) return null;
  let at = piece.from;
  if (piece.lines && piece.filled) {
    piece.lines.forEach(([from], k) => {
      if (piece.element.children[k].getBoundingClientRect().top <= top) at = from;
    });
  }
  return { report: piece.report, at };
}

textPane.addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (!mark) return;
  if (mark.gap) { selectGap(mark.gap); return; }
  const k = mark.rows.indexOf(selected);
  select(mark.rows[(k + 1) % mark.rows.length], { from: "text" });
});
