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

async function follow(form, submitter) {
  const data = new FormData(form, submitter || null);
  const mine = ++latest;
  document.body.classList.add("busy");
  try {
    const reply = await fetch(form.action, { method: "POST", body: data });
    const text = await reply.text();
    if (mine !== latest) return;
    if (!(reply.headers.get("content-type") || "").startsWith("text/html")) throw new Error("no page");
    const page = new DOMParser().parseFromString(text, "text/html");
    const [ids, focus, scroll] = [opened(), document.activeElement && document.activeElement.id, window.scrollY];
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
    for (const place of ["header.top", "main", "footer.bottom"]) {
      document.querySelector(place).replaceWith(page.querySelector(place));
    }
    reopen(ids);
    begin();
    window.scrollTo(0, scroll);
    const again = focus && document.getElementById(focus);
    if (again) again.focus({ preventScroll: true });
  } catch {
    if (mine === latest) form.submit();
  } finally {
    if (mine === latest) document.body.classList.remove("busy");
  }
}

function begin() {
  const form = document.querySelector("form[data-follow]");
  if (form) {
    form.addEventListener("change", (event) => {
      if (!event.target.closest("[data-quiet]")) follow(form);
    });
    form.addEventListener("submit", (event) => {
      const pressed = event.submitter;
      if (pressed && "plain" in pressed.dataset) return;
      event.preventDefault();
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
