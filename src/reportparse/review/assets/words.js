// Words of the page in two languages, and small ways to make elements. Text only ever enters as text.
const byId = (id) => document.getElementById(id);
const read = (id) => JSON.parse(byId(id).textContent);

const WORDS = read("words");
let language = recall("language") || (/^zh/i.test(navigator.language || "") ? "zh" : "en");

// What this browser keeps; some refuse that to files, and then nothing is kept.
function recall(name) {
  try { return localStorage.getItem("reportparse." + name); } catch { return null; }
}
function keep(name, value) {
  try { localStorage.setItem("reportparse." + name, value); return true; } catch { return false; }
}

function word(key, ...values) {
  const own = Object.hasOwn(WORDS[language], key) ? WORDS[language][key] : key;
  return own.replace(/\{(\d)\}/g, (_, k) => values[k]);
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined && text !== null) element.textContent = text;
  return element;
}

function button(className, text, act, title) {
  const element = make("button", className, text);
  element.type = "button";
  if (title) element.title = title;
  element.addEventListener("click", act);
  return element;
}

function sayAll() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const e of document.querySelectorAll("[data-word]")) e.textContent = word(e.dataset.word);
  for (const e of document.querySelectorAll("[data-title]")) { e.title = word(e.dataset.title); e.ariaLabel = e.title; }
  for (const e of document.querySelectorAll("[data-placeholder]")) { e.placeholder = word(e.dataset.placeholder); e.ariaLabel = e.placeholder; }
  for (const e of document.querySelectorAll("[data-label]")) e.ariaLabel = word(e.dataset.label);
  byId("language").textContent = language === "zh" ? "EN" : "中";
}

let toastTimer = 0;
function toast(text, bad) {
  const box = byId("toast");
  box.textContent = text;
  box.classList.toggle("bad", !!bad);
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, bad ? 6000 : 1800);
}
