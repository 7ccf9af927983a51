// The page as it opens.
function showTab(name) {
  document.body.dataset.tab = name;
  if (name === "side") showRows(true);
  for (const one of byId("tabs").children) one.ariaPressed = String(one.dataset.tab === name);
}

function setTheme(name) {
  if (name) document.documentElement.dataset.theme = name; else delete document.documentElement.dataset.theme;
}

function drawNotices() {
  const box = byId("notice-list");
  box.replaceChildren();
  let count = 0;
  for (const [key, of] of [["unplaced", (r) => r.unplaced.map((u) => `${u.quote} (${word(u.verdict)}) — ${u.why}`)], ["warnings", (r) => r.warnings.map((w) => `${w.code}: ${w.message}`)]]) {
    const lines = REPORTS.flatMap((report) => of(report).map((text) => (REPORTS.length > 1 ? `${report.title || report.name || ""}: ${text}` : text)));
    if (!lines.length) continue;
    count += lines.length;
    const all = make("ul");
    for (const line of lines.slice(0, 500)) all.append(make("li", "", line));
    box.append(make("h4", "", word(key)), all);
  }
  const gaps = REPORTS.flatMap((report) => report.gaps);
  if (gaps.length) {
    count += gaps.length;
    box.append(make("h4", "", word("unread_title")));
    for (const gap of gaps.slice(0, 500)) {
      const { text } = REPORTS[gap.report];
      const line = button("link", `…${text.slice(Math.max(0, gap.from - 12), gap.from)}【${text.slice(gap.from, gap.to)}】${text.slice(gap.to, gap.to + 12)}…`.replace(/\s+/g, " "), () => {
        byId("notices").close();
        if (innerWidth < 900) showTab("text");
        selectGap(gap);
      });
      box.append(line);
    }
  }
  byId("notice").hidden = !count;
  byId("notice").textContent = `⚠ ${count}`;
  byId("notice").title = word("notices");
}

function drawAbout() {
  const only = REPORTS.length === 1 ? REPORTS[0] : null;
  const title = only ? only.title || only.name || "—" : word("reports_n", REPORTS.length);
  const gaps = REPORTS.reduce((n, report) => n + report.gaps.length, 0);
  byId("title").textContent = title;
  byId("title").title = title;
  document.title = `${title} · reportparse`;
  const facts = [only && only.region, only && only.year, word("records_n", ROWS.length.toLocaleString("en")), gaps ? word("unread_n", gaps) : ""];
  byId("subtitle").textContent = facts.filter(Boolean).join(" · ");
}

function drawAll() {
  sayAll();
  drawAbout();
  drawKeys();
  drawLegend();
  drawNotices();
  drawFilters();
  drawHead();
  refilter();
  drawOutline(Math.max(0, openReport));
  followText();
  if (editing) editing = false;
  drawCard();
  showProgress();
}

byId("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  keep("language", language);
  drawAll();
});
byId("theme").addEventListener("click", () => {
  const dark = getComputedStyle(document.documentElement).getPropertyValue("--dark").trim() === "1";
  setTheme(dark ? "light" : "dark");
  keep("theme", dark ? "light" : "dark");
});
byId("undo").addEventListener("click", undo);
byId("clear").addEventListener("click", clearFilters);
byId("notice").addEventListener("click", () => byId("notices").showModal());
byId("help-open").addEventListener("click", () => byId("help").showModal());
for (const one of byId("tabs").children) one.addEventListener("click", () => showTab(one.dataset.tab));
for (const box of document.querySelectorAll("dialog")) box.addEventListener("click", (event) => { if (event.target === box) box.close(); });

let asked = 0;
byId("search").addEventListener("input", (event) => {
  cancelAnimationFrame(asked);
  asked = requestAnimationFrame(() => setFilter("text", event.target.value.trim()));
});
byId("search").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && view.length) { event.target.blur(); select(ROWS[view[0]], { from: "search" }); }
});

byId("grip").addEventListener("pointerdown", (event) => {
  const side = byId("side");
  byId("grip").setPointerCapture(event.pointerId);
  const drag = (move) => {
    const box = side.getBoundingClientRect();
    card.style.height = `${Math.max(90, Math.min(box.height - 230, box.bottom - move.clientY))}px`;
    showRows(false);
  };
  byId("grip").addEventListener("pointermove", drag);
  byId("grip").addEventListener("pointerup", () => byId("grip").removeEventListener("pointermove", drag), { once: true });
});
new ResizeObserver(() => showRows(false)).observe(list);
addEventListener("beforeunload", (event) => {
  const lost = DATA.served ? unsent.length : LOG.length > downloaded && !stored;
  if (lost) event.preventDefault();
});

setTheme(recall("theme"));
restore();
hay = ROWS.map(hayOf);
showTab("text");
layText();
drawAll();
if (innerWidth >= 900) textPane.focus({ preventScroll: true });
document.documentElement.dataset.ready = String(Math.round(performance.now()));
