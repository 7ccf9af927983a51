// Headings at the left; of several reports, only the one in sight is unfolded.
const outlinePane = byId("outline");
let openReport = -1;
let seenSection = null;

function sectionName(section) {
  return `${section.label}${section.title}` || "—";
}

// How many records that the filters let through stand in each section, by sums from the report's beginning.
function countsOf(report) {
  const { records } = report;
  const sums = new Uint32Array(records.length + 1);
  records.forEach((row, i) => { sums[i + 1] = sums[i] + (!fits || fits[row.index] ? 1 : 0); });
  return report.outline.map((section) => sums[lowest(records, section.to)] - sums[lowest(records, section.from)]);
}

function countOutline() {
  const report = REPORTS[REPORTS.length > 1 ? openReport : 0];
  if (!report) return;
  const counts = countsOf(report);
  report.outline.forEach((section, k) => {
    const { element } = section;
    if (!element) return;
    element.classList.toggle("chosen", filters.section === section);
    element.lastChild.textContent = counts[k] || "";
    element.lastChild.hidden = !counts[k] && filters.section !== section;
  });
}

function drawOutline(open) {
  openReport = open;
  const all = document.createDocumentFragment();
  for (const report of REPORTS) {
    if (REPORTS.length > 1) {
      const line = button("report", report.title || report.name || "—", () => {
        if (openReport !== report.number) drawOutline(report.number);
        if (innerWidth < 900) showText();
        bring(report, 0, () => PIECES[report.firstPiece].element, "start");
      });
      line.classList.toggle("open", report.number === open);
      all.append(line);
    }
    if (report.number === open || REPORTS.length === 1) drawSections(all, report);
  }
  outlinePane.replaceChildren(all);
  seenSection = null;
  countOutline();
}

// On a phone: the text alone.
function showText() {
  document.body.classList.remove("carded");
  showTab("text");
}

function drawSections(parent, report) {
  for (const section of report.outline) {
    const line = make("div", `entry level${Math.min(section.level, 4)}`);
    const name = button("name", "", () => {
      if (innerWidth < 900) showText();
      bringSection(section);
    }, sectionName(section));
    name.append(make("i", "", section.label), section.title);
    const only = button("only", "", () => {
      setFilter("section", filters.section === section ? null : section);
      if (innerWidth < 900) showTab("side");
    }, word("filter_section"));
    section.element = line;
    line.append(name, only);
    parent.append(line);
  }
}

function followText() {
  const seen = seenPlace();
  if (!seen) return;
  if (REPORTS.length > 1 && openReport !== seen.report.number) drawOutline(seen.report.number);
  const { outline } = seen.report;
  let k = lowest(outline, seen.at + 1) - 1;
  while (k >= 0 && outline[k].to <= seen.at) k -= 1;
  const section = outline[k] || null;
  if (section === seenSection) return;
  if (seenSection && seenSection.element) seenSection.element.classList.remove("on");
  seenSection = section;
  if (section && section.element) {
    section.element.classList.add("on");
    const box = section.element.getBoundingClientRect(), pane = outlinePane.getBoundingClientRect();
    if (box.top < pane.top || box.bottom > pane.bottom) outlinePane.scrollTop += box.top - pane.top - pane.height / 3;
  }
}

let following = false;
textPane.addEventListener("scroll", () => {
  if (following) return;
  following = true;
  requestAnimationFrame(() => { following = false; followText(); });
}, { passive: true });

function drawLegend() {
  const all = document.createDocumentFragment();
  const kinds = [["quantity actual", "quantity"], ["change actual", "change"], ["ranking actual", "ranking"], ["quantity target", "target"], ["quantity preliminary", "preliminary"], ["quantity actual flag", "flagged"], ["unread", "unread"]];
  for (const [className, name] of kinds) all.append(make("mark", className, word(name)));
  byId("legend").replaceChildren(all);
}
