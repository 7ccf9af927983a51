// Correcting a record: a field each, checked as one types; only what differs is kept.
let editing = false;
const CHOICES = {
  kind: ["quantity", "change", "ranking"], status: ["actual", "preliminary", "target"],
  bound: ["exact", "approx", "at_least", "more_than", "at_most", "less_than"], direction: ["up", "down"],
  rank_type: ["exact", "top", "bottom"], price_basis: ["", "constant", "current"],
};
const AMOUNT = ["value", "value_max", "unit", "bound"];
const FIELDS = {
  quantity: ["kind", "indicator", "subject", "period", "status", ...AMOUNT, "price_basis"],
  change: ["kind", "indicator", "subject", "period", "status", ...AMOUNT, "direction", "basis", "yardstick", "price_basis"],
  ranking: ["kind", "indicator", "subject", "period", "status", "rank", "rank_type", "scope", "scope_size", "streak"],
};
const DEFAULTS = { bound: "exact", direction: "up", rank_type: "exact" };
const WHOLE = new Set(["rank", "scope_size", "streak"]);
const DAY = "\\d{4}(-\\d\\d(-\\d\\d)?)?";
const CHECKS = {
  value: [/^-?\d+(\.\d+)?$/, "bad_number"], value_max: [/^(-?\d+(\.\d+)?)?$/, "bad_number"],
  period: [new RegExp(`^(${DAY}(/${DAY})?)?$`), "bad_period"],
  rank: [/^[1-9]\d*$/, "bad_whole"], scope_size: [/^([1-9]\d*)?$/, "bad_whole"], streak: [/^([1-9]\d*)?$/, "bad_whole"],
};

function edit() {
  if (!selected || selected.unread) return;
  editing = true;
  document.body.classList.add("carded");
  drawCard();
  const first = card.querySelector("[name=indicator]");
  if (first) { first.focus(); first.select(); }
}

function editForm(row, draft) {
  const form = make("form", "edit");
  const now = draft || row.now;
  form.noValidate = true; // it is asked when it is saved
  for (const name of FIELDS[now.kind]) {
    const label = make("label");
    label.append(make("span", "", word(name)), fieldOf(name, now[name] ?? DEFAULTS[name] ?? ""));
    form.append(label);
  }
  form.elements.kind.addEventListener("change", () => form.replaceWith(editForm(row, { ...now, ...valuesOf(form) })));
  form.addEventListener("input", (event) => check(event.target));
  form.addEventListener("submit", (event) => { event.preventDefault(); saveEdit(row, form); });
  const line = make("div", "actions");
  const save = make("button", "main", word("apply"));
  save.append(make("kbd", "", "⏎"));
  line.append(save, button("quiet", word("cancel"), () => { editing = false; drawCard(); }));
  form.append(line);
  return form;
}

function fieldOf(name, value) {
  const input = make(CHOICES[name] ? "select" : "input");
  input.name = name;
  if (CHOICES[name]) for (const one of CHOICES[name]) input.append(option(one, one ? word(name === "rank_type" ? "rank_" + one : one) : "—"));
  input.value = value;
  if (!CHOICES[name]) { input.autocomplete = "off"; input.spellcheck = false; }
  return input;
}

function check(input) {
  const rule = CHECKS[input.name];
  const bad = rule && !rule[0].test(input.value.trim());
  input.setCustomValidity(bad ? word(rule[1]) : "");
  return !bad;
}

function valuesOf(form) {
  const values = {};
  for (const input of form.elements) {
    if (!input.name) continue;
    const text = input.value.trim();
    values[input.name] = text === "" ? (input.name === "unit" ? "" : null) : WHOLE.has(input.name) ? Number(text) : text;
  }
  return values;
}

function saveEdit(row, form) {
  for (const input of form.elements) if (input.name) check(input);
  if (!form.reportValidity()) return;
  const values = valuesOf(form), fields = {};
  for (const [name, value] of Object.entries(values)) {
    if ((row[name] ?? (name === "unit" ? "" : null)) !== value) fields[name] = value;
  }
  editing = false;
  if (Object.keys(fields).length) decide(row, "correct", fields); else drawCard();
}
