// What was decided: lines that are only ever added. The last one about a record holds; undo adds a line too.
const LOG = [];
const undoable = [];
const unsent = [];
const PAGE = REPORTS.map((report) => report.sha256.slice(0, 12)).join("-").slice(0, 400);
let downloaded = 0;
let decidedCount = 0;
let reviewer = recall("who") || DATA.who || "";

function take(row, line) {
  const had = !!row.verdict;
  row.decision = line.verdict === "withdraw" ? null : line;
  row.verdict = row.decision ? line.verdict : "";
  row.now = row.verdict === "correct" ? { ...row, ...line.fields } : row;
  if (row.now !== row) row.now.now = row.now;
  decidedCount += (row.verdict ? 1 : 0) - (had ? 1 : 0);
}

function lineOf(row, verdict, fields) {
  const { text, sha256 } = REPORTS[row.report];
  const before = Array.from(text.slice(Math.max(0, row.from - 2 * DATA.context), row.from)).slice(-DATA.context).join("");
  const after = Array.from(text.slice(row.to, row.to + 2 * DATA.context)).slice(0, DATA.context).join("");
  return {
    schema: DATA.schema, sha256, id: row.id, start: row.start, end: row.end, quote: row.text, before, after, verdict,
    fields: fields || {}, who: reviewer, when: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
  };
}

function add(row, verdict, fields) {
  const line = lineOf(row, verdict, fields);
  LOG.push(line);
  take(row, line);
  if (DATA.served) send(line); else store();
}

function decide(row, verdict, fields) {
  undoable.push({ row, was: row.decision || null });
  add(row, verdict, fields);
  changed(row);
}

function undo() {
  const last = undoable.pop();
  if (!last) { toast(word("nothing_undo")); return; }
  if (last.was) add(last.row, last.was.verdict, last.was.fields); else add(last.row, "withdraw");
  changed(last.row);
  select(last.row);
  toast(word("undone", last.row.now.indicator || last.row.text));
}

let stored = true;
function store() {
  stored = keep("log." + PAGE, JSON.stringify({ lines: LOG, downloaded }));
}

function restore() {
  REPORTS.forEach((report) => {
    for (const line of report.decisions) {
      const row = byRecord.get(report.number + ":" + line.id);
      if (row) take(row, line);
    }
  });
  if (DATA.served) return;
  let kept = null;
  try { kept = JSON.parse(recall("log." + PAGE)); } catch { /* spoilt by another hand: begin anew */ }
  if (!kept || !Array.isArray(kept.lines)) return;
  const numbers = new Map(REPORTS.map((report) => [report.sha256, report.number]));
  for (const line of kept.lines) {
    const row = byRecord.get(numbers.get(line.sha256) + ":" + line.id);
    if (!row || row.start !== line.start || row.end !== line.end) continue;
    LOG.push(line);
    take(row, line);
  }
  downloaded = Math.min(kept.downloaded || 0, LOG.length);
}

// To the server that gave this page; what fails waits for the next line, so that their order holds.
let sending = Promise.resolve();
function send(line) {
  unsent.push(line);
  sending = sending.then(async () => {
    const batch = unsent.slice();
    if (!batch.length) return;
    try {
      const answer = await fetch("decisions" + location.search, {
        method: "POST", headers: { "Content-Type": "application/x-ndjson" }, body: batch.map((one) => JSON.stringify(one)).join("\n") + "\n",
      });
      if (!answer.ok) throw new Error(answer.status);
      unsent.splice(0, batch.length);
    } catch {
      toast(word("unsent"), true);
    }
    showProgress();
  });
}
