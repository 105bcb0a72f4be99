// On the desks: where one stands in the menu, what was typed, and word of a login or a connection that ended.
import { keepTyped } from "./keep.js";

const here = location.pathname + location.search;
document.querySelectorAll("input[name=back]").forEach((field) => { field.value = here; });
document.querySelectorAll("nav a").forEach((link) => {
  if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
});

const texts = document.querySelector("#desk-texts").dataset;
const box = (id) => document.querySelector(`#${id}`);
const CALM = 5000, LOST = 2000, SLOW = 8000;
let lost = 0, timer = 0;

function say(id, role, text, ...more) {
  if (box(id)) return;
  const made = document.createElement("div");
  made.id = id;
  made.className = "desk-word";
  made.setAttribute("role", role);
  made.append(`${text} `, ...more);
  document.body.append(made);
}

function ended() {
  const link = document.createElement("a");
  link.href = "/login";
  link.textContent = texts.login;
  box("connection-lost")?.remove();
  say("session-ended", "alertdialog", texts.ended, link);
}

// A page whose server went away has lost its session there for good: when the server answers again, it is loaded anew.
async function check() {
  clearTimeout(timer);
  const answer = await fetch("/session", { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(SLOW) }).catch(() => null);
  const away = !answer || answer.status >= 500;
  if (away) {
    lost += 1;
    if (lost > 1) say("connection-lost", "alert", texts.lost, texts.lostCash ?? "");
  } else if (answer.status === 401) ended();
  else if (lost > 1) { location.reload(); return; }
  else lost = 0;
  clearTimeout(timer);
  timer = setTimeout(check, away ? LOST : CALM);
}

// Panel's own word of a lost socket is not waited for: whoever loses it is looked after at once.
function watchSocket() {
  const document_ = window.Bokeh?.documents?.[0];
  if (!document_) { setTimeout(watchSocket, 500); return; }
  document_.on_event?.("connection_lost", () => { lost = Math.max(lost, 1); check(); });
}

keepTyped({ who: texts.who, restored: texts.restored });
watchSocket();
timer = setTimeout(check, CALM);
