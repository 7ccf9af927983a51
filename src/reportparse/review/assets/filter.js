// Which records are shown, and in which order.
const filters = { text: "", kinds: new Set(), status: "", flag: "", verdict: "", section: null, report: "" };
const sorting = { by: "place", down: false };
const VERDICTS = ["undecided", "accept", "reject", "correct"];
let view = [];
let hay = [];

function hayOf(row) {
  const now = row.now;
  return [now.indicator, now.subject, row.text, now.unit, now.period, now.scope, row.id, row.section.join(" ")].join("\n").toLowerCase();
}

function matches(row, words) {
  const now = row.now;
  if (filters.report !== "" && row.report !== Number(filters.report)) return false;
  const section = filters.section;
  if (section && (row.report !== section.report || row.from < section.from || row.from >= section.to)) return false;
  if (filters.kinds.size && !filters.kinds.has(now.kind)) return false;
  if (filters.status && now.status !== filters.status) return false;
  if (filters.verdict && (row.verdict || "undecided") !== filters.verdict) return false;
  if (filters.flag === "+" ? !row.flags.length : filters.flag === "-" ? row.flags.length : filters.flag === "!" ? !row.findings.length
    : filters.flag && !row.flags.includes(filters.flag)) return false;
  const text = words.length ? hay[row.index] : "";
  return words.every((one) => text.includes(one));
}

const orders = {
  place: (row) => row.index,
  period: (row) => row.now.period || "~",
  figure: (row) => Number(row.now.kind === "ranking" ? row.now.rank : row.now.canonical_value || row.now.value || 0),
  verdict: (row) => VERDICTS.indexOf(row.verdict || "undecided"),
  indicator: (row) => rankOf(row.now.indicator),
};

// Places of the indicators in the language's own order, found once: comparing 20,000 names each time would be slow.
let ranks = null;
function rankOf(name) {
  if (!ranks) {
    const names = [...new Set(ROWS.map((row) => row.now.indicator || ""))];
    names.sort(new Intl.Collator("zh").compare);
    ranks = new Map(names.map((one, k) => [one, k]));
  }
  return ranks.get(name || "") ?? -1;
}

function refilter() {
  const words = filters.text.toLowerCase().split(/\s+/).filter(Boolean);
  fits = new Uint8Array(ROWS.length);
  view = [];
  for (const row of ROWS) {
    if (matches(row, words)) { fits[row.index] = 1; view.push(row.index); }
  }
  if (sorting.by !== "place" || sorting.down) {
    const keys = new Map(view.map((k) => [k, orders[sorting.by](ROWS[k])]));
    const sign = sorting.down ? -1 : 1;
    view.sort((a, b) => {
      const x = keys.get(a), y = keys.get(b);
      return (x < y ? -sign : x > y ? sign : 0) || a - b;
    });
  }
  if (view.length === ROWS.length) fits = null;
  ROWS.forEach((row) => { row.at = -1; });
  view.forEach((k, at) => { ROWS[k].at = at; });
  byId("found").textContent = word("count", view.length.toLocaleString("en"), ROWS.length.toLocaleString("en"));
  byId("none").hidden = view.length > 0;
  byId("clear").hidden = !anyFilter();
  showRows(true);
  dressAll();
  countOutline();
}

function anyFilter() {
  return !!(filters.text || filters.kinds.size || filters.status || filters.flag || filters.verdict || filters.section || filters.report);
}

function setFilter(name, value) {
  filters[name] = value;
  if (name === "section") fillSections();
  byId("list").scrollTop = 0;
  refilter();
}

function clearFilters() {
  Object.assign(filters, { text: "", kinds: new Set(), status: "", flag: "", verdict: "", section: null, report: "" });
  byId("search").value = "";
  drawFilters();
  refilter();
}

function option(value, text) {
  const one = make("option", "", text);
  one.value = value;
  return one;
}

function choices(id, name, options) {
  const box = byId(id);
  box.replaceChildren(...options.map(([value, text]) => option(value, text)));
  box.value = filters[name];
  box.onchange = () => { setFilter(name, box.value); box.classList.toggle("set", !!box.value); };
  box.classList.toggle("set", !!filters[name]);
}

function tally(of) {
  const counts = new Map();
  for (const row of ROWS) for (const one of of(row)) counts.set(one, (counts.get(one) || 0) + 1);
  return counts;
}

function fillSections() {
  const box = byId("by-section");
  const list = REPORTS.flatMap((report) => report.outline).filter((section) => section.level <= 2 || section === filters.section).slice(0, 600);
  box.replaceChildren(option("", `${word("section")}: ${word("all")}`), ...list.map((section, k) => option(k, "\u3000".repeat(section.level - 1) + sectionName(section).slice(0, 30))));
  box.value = filters.section ? list.indexOf(filters.section) : "";
  box.onchange = () => setFilter("section", box.value === "" ? null : list[box.value]);
  box.classList.toggle("set", !!filters.section);
  box.hidden = !list.length;
}

function drawFilters() {
  const kinds = tally((row) => [row.now.kind]);
  byId("kinds").replaceChildren(...["quantity", "change", "ranking"].map((kind) => {
    const chip = button(`chip ${kind}`, word(kind), () => {
      if (!filters.kinds.delete(kind)) filters.kinds.add(kind);
      chip.ariaPressed = String(filters.kinds.has(kind));
      setFilter("kinds", filters.kinds);
    });
    chip.ariaPressed = String(filters.kinds.has(kind));
    chip.append(make("b", "", (kinds.get(kind) || 0).toLocaleString("en")));
    return chip;
  }));
  const flags = tally((row) => row.flags);
  const found = tally((row) => (row.findings.length ? ["!"] : []));
  const all = (name) => ["", `${word(name)}: ${word("all")}`];
  fillSections();
  choices("by-status", "status", [all("status"), ...["actual", "preliminary", "target"].map((one) => [one, word(one)])]);
  choices("by-flag", "flag", [all("flags"), ["+", word("any_flag")], ["-", word("no_flag")], ...(found.size ? [["!", `${word("any_finding")} (${found.get("!")})`]] : []),
    ...[...flags].sort((a, b) => b[1] - a[1]).map(([flag, n]) => [flag, `${flag} (${n})`])]);
  choices("by-verdict", "verdict", [all("decision"), ...VERDICTS.map((one) => [one, word(one)])]);
  byId("by-report").hidden = REPORTS.length < 2;
  choices("by-report", "report", [all("report"), ...REPORTS.map((report) => [String(report.number), report.title || report.name || "—"])]);
}
