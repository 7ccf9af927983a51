// Out of the page: the decisions file, a fixture, and how far one has come.
function showProgress() {
  const all = ROWS.length;
  byId("progress-text").textContent = word("decided", decidedCount.toLocaleString("en"), all.toLocaleString("en"));
  byId("progress-done").style.width = `${all ? (100 * decidedCount) / all : 0}%`;
  byId("undo").disabled = !undoable.length;
  const waiting = DATA.served ? unsent.length : LOG.length - downloaded;
  byId("unsaved").textContent = waiting;
  byId("unsaved").hidden = !waiting;
  byId("save-state").textContent = DATA.served
    ? (unsent.length ? word("state_unsent", unsent.length) : LOG.length ? word("state_served", LOG.length) : word("state_none"))
    : LOG.length === 0 ? word("state_none") : waiting ? word("state_local", waiting) : word("state_saved", LOG.length);
}

function download(name, lines) {
  const blob = new Blob(lines.map((line) => JSON.stringify(line) + "\n"), { type: "application/x-ndjson" });
  const link = make("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 30000);
  toast(`${word("saved")}: ${name}`);
}

function saveDecisions() {
  const earlier = REPORTS.flatMap((report) => report.decisions);
  download("decisions.jsonl", [...earlier, ...LOG]);
  downloaded = LOG.length;
  store();
  showProgress();
}

// Rows of an expectation: what was confirmed, as it now reads, and what must not come.
function fixtureLines() {
  const lines = [];
  for (const row of ROWS) {
    if (!row.verdict) continue;
    const line = { sha256: REPORTS[row.report].sha256, start: row.start, end: row.end, text: row.text };
    if (row.verdict === "reject") { lines.push({ ...line, absent: true }); continue; }
    for (const name of FIELDS[row.now.kind]) line[name] = row.now[name] ?? (name === "unit" ? "" : DEFAULTS[name] ?? null);
    lines.push(line);
  }
  return lines;
}

byId("save-open").addEventListener("click", () => { byId("who").value = reviewer; showProgress(); byId("save").showModal(); });
byId("who").addEventListener("input", (event) => { reviewer = event.target.value.trim(); keep("who", reviewer); });
byId("save-decisions").addEventListener("click", saveDecisions);
byId("save-fixture").addEventListener("click", () => download("fixture.jsonl", fixtureLines()));
