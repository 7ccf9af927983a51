// The card: everything that is known of one record, why, and what was decided on it.
const card = byId("card");
let gapShown = null;

function select(row, { from = "keys" } = {}) {
  const was = selected;
  selected = row;
  gapShown = null;
  editing = false;
  dressBoth(was, row);
  document.body.classList.add("carded"); // first, for it takes room from table and text
  drawCard();
  if (from !== "table" || innerWidth < 900) bringListed(row);
  showRows(true);
  if (innerWidth < 900 && from !== "text") showTab("text");
  if (from !== "text" || innerWidth < 900) bringRow(row);
}

function selectGap(gap) {
  const was = selected;
  selected = gap;
  gapShown = gap;
  editing = false;
  dressBoth(was, gap);
  document.body.classList.add("carded");
  showRows(true);
  drawCard();
  bringRow(gap);
}

function dressBoth(...both) {
  for (const one of both) if (one && markOf.has(one)) dress(markOf.get(one));
}

function fact(box, name, value, className) {
  if (value === null || value === undefined || value === "") return null;
  box.append(make("dt", "", word(name)));
  const dd = make("dd", className || "");
  if (value instanceof Node) dd.append(value); else dd.textContent = value;
  box.append(dd);
  return dd;
}

function quote(report, from, to, low, high) {
  const box = make("blockquote");
  const shown = Math.max(from, low - 160), until = Math.min(to, high + 160);
  box.append(shown > from ? "…" : "", report.text.slice(shown, low), make("em", "", report.text.slice(low, high)), report.text.slice(high, until), until < to ? "…" : "");
  return box;
}

function drawCard() {
  card.replaceChildren();
  card.scrollTop = 0;
  card.className = "card";
  if (!selected) {
    const hint = make("div", "empty");
    hint.append(make("p", "", word("nothing")), make("p", "keys", word("nothing_keys")));
    card.append(hint);
    return;
  }
  if (gapShown) { drawGap(gapShown); return; }
  const row = selected, now = row.now, report = REPORTS[row.report];
  card.classList.add(now.kind);
  card.append(topOf(row), actionsOf(row));
  if (editing) { card.append(editForm(row)); return; }
  for (const finding of row.findings) card.append(findingOf(finding));
  if (row.flags.length) {
    const box = make("ul", "flags");
    for (const flag of row.flags) {
      const line = make("li");
      line.append(make("code", "", flag), word("flag_" + flag) === "flag_" + flag ? "" : " " + word("flag_" + flag));
      box.append(line);
    }
    card.append(box);
  }
  const [a, b] = Array.isArray(row.sentence) ? row.sentence.map(report.units) : [row.from, row.to];
  card.append(quote(report, Math.min(a, row.from), Math.max(b, row.to), row.from, row.to));
  pictureOf(row, card);
  card.append(factsOf(row));
}

function topOf(row) {
  const now = row.now;
  const head = make("header");
  const close = button("quiet close", "×", closeCard, word("close"));
  const tags = make("p", "tags");
  tags.append(make("span", `tag ${now.kind}`, word(now.kind)));
  if (now.status !== "actual") tags.append(make("span", `tag status ${now.status}`, word(now.status)));
  if (row.verdict) tags.append(make("span", `tag v-${row.verdict}`, word(row.verdict)));
  const title = make("h3", "", now.indicator || "—");
  const line = make("p", "line", [now.subject, now.period].filter(Boolean).join(" · "));
  head.append(close, make("p", "figure", figure(now)), tags, title, line);
  return head;
}

function actionsOf(row) {
  const box = make("div", "actions");
  const press = (verdict, key, act) => {
    const one = button(`do ${verdict}${row.verdict === verdict ? " set" : ""}`, word("do_" + verdict), act);
    one.append(make("kbd", "", key));
    box.append(one);
  };
  press("accept", "a", () => judge("accept"));
  press("reject", "r", () => judge("reject"));
  press("correct", "e", edit);
  if (row.verdict) box.append(button("quiet", word("do_withdraw"), () => { decide(row, "withdraw"); }));
  return box;
}

function findingOf(finding) {
  const box = make("section", `finding ${["error", "warning", "info"].includes(finding.severity) ? finding.severity : "warning"}`);
  box.append(make("h4", "", `${word("findings")} · ${word(finding.severity)}`), make("p", "", finding.message));
  for (const text of finding.quotes) box.append(make("q", "", text));
  for (const text of finding.explanations) box.append(make("small", "", text));
  return box;
}

function factsOf(row) {
  const now = row.now, box = make("dl");
  fact(box, "indicator", now.indicator, changedClass(row, "indicator"));
  fact(box, "subject", now.subject || word("own_region"), now.subject ? changedClass(row, "subject") : "faint");
  fact(box, "period", now.period, changedClass(row, "period"));
  if (now.kind === "ranking") {
    for (const name of ["rank", "rank_type", "scope", "scope_size", "streak"]) fact(box, name, name === "rank_type" ? word("rank_" + now[name]) : now[name], changedClass(row, name));
  } else {
    fact(box, "value", [now.value, now.value_max].filter(Boolean).join(" — ") + (now.unit ? ` ${now.unit}` : ""), `mono ${changedClass(row, "value") || changedClass(row, "unit")}`);
    if (row.now === row) fact(box, "canonical", [now.canonical_value, now.canonical_value_max].filter(Boolean).join(" — ") + (now.canonical_unit ? ` ${now.canonical_unit}` : ""), "mono");
    fact(box, "bound", now.bound === "exact" ? "" : word(now.bound), changedClass(row, "bound"));
    if (now.kind === "change") {
      fact(box, "direction", word(now.direction || ""), changedClass(row, "direction"));
      fact(box, "basis", now.basis && word(now.basis), changedClass(row, "basis"));
      fact(box, "yardstick", now.yardstick, changedClass(row, "yardstick"));
    }
  }
  fact(box, "price_basis", now.price_basis && word(now.price_basis), changedClass(row, "price_basis"));
  fact(box, "section", row.section.join(" › "));
  if (row.cell) fact(box, "cell", [row.cell.caption, (row.cell.row || []).join(" / "), (row.cell.column || []).join(" / ")].filter(Boolean).join(" · "));
  if (row.related) fact(box, "related", relatedOf(row));
  const rules = make("span");
  for (const rule of row.rules || []) rules.append(make("code", "", rule), " ");
  fact(box, "rules", rules);
  fact(box, "place", `${row.id} · ${row.start}–${row.end}${row.page ? ` · ${word("page")} ${row.page}` : ""}`, "mono faint");
  if (row.decision) fact(box, "decision", [word(row.verdict), row.decision.who, (row.decision.when || "").replace("T", " ").replace("Z", "")].filter(Boolean).join(" · "), "faint");
  return box;
}

function changedClass(row, name) {
  return row.verdict === "correct" && row.decision.fields && name in row.decision.fields ? "corrected" : "";
}

function relatedOf(row) {
  const box = make("span");
  for (const tie of row.related) {
    const other = byRecord.get(row.report + ":" + tie.id);
    if (!other) continue;
    box.append(button("link", `${word(tie.type)}: ${other.now.indicator || ""} ${figure(other.now)}`, () => select(other)));
  }
  return box.childNodes.length ? box : "";
}

function drawGap(gap) {
  const report = REPORTS[gap.report];
  const head = make("header");
  head.append(button("quiet close", "×", closeCard, word("close")), make("p", "figure", report.text.slice(gap.from, gap.to)), make("h3", "", word("unread_title")));
  card.classList.add("gap");
  card.append(head, make("p", "", word("unread_text")));
  const from = report.text.lastIndexOf("\n", gap.from) + 1, end = report.text.indexOf("\n", gap.to);
  card.append(quote(report, from, end < 0 ? report.text.length : end, gap.from, gap.to));
}

function closeCard() {
  editing = false;
  document.body.classList.remove("carded");
  drawCard();
}

function judge(verdict) {
  if (!selected || selected.unread) return;
  const row = selected, at = row.at;
  decide(row, verdict);
  // where a filter let go of it, the next one has come to its place
  const next = row.at >= 0 ? view[at + 1] : view[at] ?? view[at - 1];
  if (next !== undefined && ROWS[next] !== row) select(ROWS[next]);
}

// After any decision: what shows it is drawn anew, filters that depend on it asked again.
function changed(row) {
  hay[row.index] = hayOf(row);
  ranks = null;
  editing = false;
  if (filters.verdict || (row.verdict === "correct" && anyFilter())) refilter(); else { showRows(true); dressAll(); }
  if (selected === row) drawCard();
  showProgress();
}
