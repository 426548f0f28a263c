// Lets answers follow every change without a press of a button, and takes files that are dropped. All works without it.
"use strict";

function opened() {
  return [...document.querySelectorAll("details[open][id], tbody[id] details[open]")].map((one) => one.id || one.closest("tbody").id);
}

function reopen(ids) {
  for (const id of ids) {
    const found = document.getElementById(id);
    const details = found && (found.matches("details") ? found : found.querySelector("details"));
    if (details) details.open = true;
  }
}

let latest = 0;

// What is typed into fields that wait for a button; while an answer comes, typing goes on.
function typed() {
  const fields = document.querySelectorAll("[data-quiet] [id], [data-quiet][id]");
  return new Map([...fields].filter((one) => "value" in one && one.type !== "file").map((one) => [one.id, one.value]));
}

function retype(sent, now) {
  for (const [id, value] of now) {
    const field = document.getElementById(id);
    if (field && value !== sent.get(id)) field.value = value;
  }
}

// A screen reader is told in a place that stays, since a place that comes with its text is not read.
function say() {
  const told = document.querySelector("[role=alert]") || document.querySelector("#changes") || document.querySelector("#told");
  document.getElementById("aloud").textContent = told ? told.innerText : "";
}

async function follow(form, submitter) {
  const data = new FormData(form, submitter || null);
  const [mine, sent] = [++latest, typed()];
  document.body.classList.add("busy");
  try {
    const reply = await fetch(form.action, { method: "POST", body: data });
    const text = await reply.text();
    if (mine !== latest) return;
    if (!(reply.headers.get("content-type") || "").startsWith("text/html")) throw new Error("no page");
    const page = new DOMParser().parseFromString(text, "text/html");
    const active = document.activeElement;
    const [ids, focus, scroll, now] = [opened(), active && active.id, window.scrollY, typed()];
    const within = active && active.closest("main");
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
    for (const place of ["header.top", "main", "footer.bottom"]) {
      document.querySelector(place).replaceWith(page.querySelector(place));
    }
    reopen(ids);
    retype(sent, now);
    begin();
    window.scrollTo(0, scroll);
    const again = (focus && document.getElementById(focus)) || (within && document.getElementById("main"));
    if (again) again.focus({ preventScroll: true });
    say();
  } catch {
    if (mine === latest) form.submit();
  } finally {
    if (mine === latest) document.body.classList.remove("busy");
  }
}

// A day that is typed changes with each key: it is asked about once the keys rest, or the field is left.
const REST = 1000;
let keyed = 0;
let resting = 0;

function changed(form, field) {
  clearTimeout(resting);
  resting = 0;
  if (field.type === "date" && (field.validity.badInput || field.validity.valueMissing)) return;
  if (field.type === "date" && field.value && field.value < "1900") return;
  const rest = field.type === "date" ? keyed + REST - Date.now() : 0;
  if (rest > 0) resting = setTimeout(() => changed(form, field), rest);
  else follow(form);
}

function begin() {
  const form = document.querySelector("form[data-follow]");
  if (form) {
    form.addEventListener("change", (event) => {
      if (!event.target.closest("[data-quiet]")) changed(form, event.target);
    });
    form.addEventListener("keydown", (event) => {
      keyed = Date.now();
      const quiet = event.key === "Enter" && event.target.matches("input") && event.target.closest("[data-quiet]");
      const button = quiet && quiet.querySelector("button");
      if (!button) return;
      event.preventDefault();
      form.requestSubmit(button);
    });
    form.addEventListener("focusout", (event) => {
      if (event.target.type !== "date" || !resting) return;
      keyed = 0;
      changed(form, event.target);
    });
    form.addEventListener("submit", (event) => {
      const pressed = event.submitter;
      if (pressed && "plain" in pressed.dataset) return;
      event.preventDefault();
      clearTimeout(resting);
      resting = 0;
      follow(form, pressed);
    });
  }
}

// While searches go on in the server the page looks again by itself; whatever was opened or focused stays.
async function wait() {
  await new Promise((done) => setTimeout(done, 2000));
  const before = document.querySelector("[data-waiting]");
  if (!before) return;
  const reply = await fetch(location.href).catch(() => null);
  if (!reply || !reply.ok) return;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  before.replaceWith(page.querySelector("#progress"));
  for (const card of page.querySelectorAll("article[id]")) {
    const old = document.getElementById(card.id);
    if (old && !old.querySelector("form") && !old.contains(document.activeElement)) old.replaceWith(card);
  }
  wait();
}

function take(file) {
  const form = document.querySelector("form[data-drop]");
  const input = form && form.querySelector("input[type=file]");
  if (!input) return;
  const files = new DataTransfer();
  files.items.add(file);
  input.files = files.files;
  form.requestSubmit(form.querySelector("button[value=file]"));
}

// What is asked about stays out of the address bar: a link within the page of a patient leads there without a trace.
document.addEventListener("click", (event) => {
  const link = event.target.closest("form[data-follow] a[href^='#']");
  const aim = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!aim) return;
  event.preventDefault();
  for (const old of document.querySelectorAll(".aimed")) old.classList.remove("aimed");
  aim.classList.add("aimed");
  aim.setAttribute("tabindex", "-1");
  aim.focus({ preventScroll: true });
  aim.scrollIntoView({ block: "center" });
});

document.addEventListener("dragover", (event) => {
  if (document.querySelector("form[data-drop]")) {
    event.preventDefault();
    document.body.classList.add("dropping");
  }
});
document.addEventListener("dragleave", () => document.body.classList.remove("dropping"));
document.addEventListener("drop", (event) => {
  document.body.classList.remove("dropping");
  if (event.dataTransfer && event.dataTransfer.files.length) {
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  }
});
function unfold() {
  const aim = location.hash && document.getElementById(location.hash.slice(1));
  if (aim && aim.matches("details")) aim.open = true;
}

begin();
unfold();
window.addEventListener("hashchange", unfold);
if (document.querySelector("[data-waiting]")) wait();
