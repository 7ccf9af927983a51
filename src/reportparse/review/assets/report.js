// The reports and their records. Offsets of the data count code points; those of the page, UTF-16 units (`from`, `to`).
const DATA = read("data");
const REPORTS = DATA.reports;
const ROWS = [];
const byRecord = new Map();

function unitsOf(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (at) => at;
  const places = [];
  let at = 0;
  for (const sign of text) { places.push(at); at += sign.length; }
  places.push(at);
  return (k) => places[Math.min(k, places.length - 1)];
}

function headingEnd(text, from, label, title) {
  const at = title ? text.indexOf(title, from) : -1;
  return at >= 0 && at <= from + label.length + 8 ? at + title.length : from + label.length;
}

REPORTS.forEach((report, number) => {
  report.number = number;
  report.units = unitsOf(report.text);
  report.outline = report.sections.map(([label, title, level, start, end]) => {
    const from = report.units(start);
    return { report: number, label, title, level, from, to: report.units(end), headTo: headingEnd(report.text, from, label, title) };
  });
  report.first = ROWS.length;
  report.findingsOf = new Map();
  for (const finding of report.findings) {
    for (const id of finding.records) {
      if (!report.findingsOf.has(id)) report.findingsOf.set(id, []);
      report.findingsOf.get(id).push(finding);
    }
  }
  for (const row of report.records) {
    row.report = number;
    row.index = ROWS.length;
    row.from = report.units(row.start);
    row.to = report.units(row.end);
    row.text = report.text.slice(row.from, row.to);
    row.section = report.paths[row.path];
    row.findings = report.findingsOf.get(row.id) || [];
    row.flags = row.flags || [];
    row.verdict = "";
    row.now = row; // as corrected
    ROWS.push(row);
    byRecord.set(number + ":" + row.id, row);
  }
  report.last = ROWS.length;
  report.gaps = report.unread.map(([start, end]) => ({ report: number, unread: true, from: report.units(start), to: report.units(end) }));
});

// First place in a sorted list whose `from` is not below `at`.
function lowest(list, at, low = 0, high = list.length) {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].from < at) low = middle + 1; else high = middle;
  }
  return low;
}

const SIGNS = { exact: "", approx: "≈", at_least: "≥", more_than: ">", at_most: "≤", less_than: "<" };
function figure(row) {
  if (row.kind === "ranking") {
    return { exact: `第${row.rank}名`, top: `前${row.rank}名`, bottom: `倒数第${row.rank}名` }[row.rank_type] || String(row.rank);
  }
  const ends = row.value_max ? `${row.value}—${row.value_max}` : row.value;
  const sign = row.kind === "change" ? (row.direction === "down" ? "−" : "+") : "";
  return `${SIGNS[row.bound] || ""}${sign}${ends}${row.unit ? " " + row.unit : ""}`;
}
