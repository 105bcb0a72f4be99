// The check of a document on the page itself, with what was kept when there was a network; and the phone's camera.
import { Unreadable, judge, keysOf, listOf } from "./token.js";

const CLOCK_MS = 5 * 60_000;
const form = document.querySelector("#check");
const place = document.querySelector("#verdict");
const texts = JSON.parse(document.querySelector("#verify-texts").textContent);
const text = (key, ...codes) => texts[[key, ...codes].join("-")] ?? codes.at(-1) ?? key;
const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Damascus" }).format(new Date());
const isolated = (number) => `\u2066${number}\u2069`;
const moment = (at) => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Damascus", dateStyle: "short", timeStyle: "short", hourCycle: "h23" }).format(new Date(at));

const fetched = async (path) => (await fetch(path)).text();

async function known() {
  const keys = keysOf(await fetched("/verify/keys.json"));
  try {
    return { keys, list: await listOf(await fetched("/verify/revocations.cwt"), keys) };
  } catch {
    return { keys, list: null };
  }
}

function element(name, words, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = words;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function row(name, value) {
  const line = document.createElement("tr");
  const cell = document.createElement("td");
  cell.append(element("bdi", String(value)));
  line.append(element("th", text(name), { scope: "row" }), cell);
  return line;
}

function rows({ kid, claims, revoked }) {
  const found = revoked ? [["verify-revoked-on", revoked.on], ["verify-revoked-why", text("revocation", revoked.reason)]] : [];
  found.push(["verify-kind", text("verify-title", claims.kind)], ["verify-number", claims.number]);
  const coded = { use: "occupancy-kind", purpose: "extract-purpose" };
  for (const name of ["plot", "floors", "parcel", "zone", "purpose", "as_of", "use", "area", "place", "point"]) {
    if (!(name in claims)) continue;
    const value = name in coded && claims.kind !== "permit" ? text(coded[name], claims[name]) : claims[name];
    found.push([`verify-${name.replace("_", "-")}`, value]);
  }
  return [...found, ["verify-issued", claims.issued], ["verify-starts", claims.starts], ["verify-expires", claims.expires],
    ["verify-issuer", claims.issuer], ["verify-hash", claims.hash], ["verify-key", kid]];
}

// What a person must know of the means of this check: which list, how old, and by which clock.
function means(list) {
  const said = [`${text("verify-device-day")} ${isolated(moment(Date.now()))}`];
  if (!list) said.push(text("verify-no-list"));
  else {
    said.push(`${text("verify-list-of")} ${isolated(moment(list.issued))}`);
    if (list.issued > Date.now() + CLOCK_MS) said.push(text("verify-clock-behind"));
    else if (Date.now() > list.until) said.push(text("verify-list-old"));
  }
  return said.map((words) => element("p", words, { class: "quiet" }));
}

function show(verdict, list) {
  const good = verdict.code === "valid";
  const card = element("section", "", { class: good ? "card" : "card problem" });
  card.append(element("h2", text("verify", verdict.code), { class: good ? "pass" : "fail", "data-code": verdict.code }));
  if (verdict.claims) {
    const table = document.createElement("table");
    table.append(...rows(verdict).map(([name, value]) => row(name, value)));
    const box = element("div", "", { class: "scroll" });
    box.append(table);
    card.append(box);
  }
  card.append(...means(list));
  place.replaceChildren(card);
}

async function check(token) {
  const { keys, list } = await known();
  try {
    show(await judge(token, keys, today(), list), list);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    show({ code: "unreadable" }, list);
  }
}

// A camera where the browser reads codes by itself; elsewhere the phone's own camera opens the address.
async function scan(button) {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const video = document.querySelector("#camera");
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.hidden = false;
  await video.play();
  button.disabled = true;
  const look = async () => {
    const [found] = await detector.detect(video);
    if (!found) return void requestAnimationFrame(look);
    video.srcObject.getTracks().forEach((track) => track.stop());
    video.hidden = true;
    button.disabled = false;
    await check(found.rawValue);
  };
  await look();
}

if (form.dataset.here) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(form.elements.token.value);
  });
  const named = location.pathname.split("/").pop();
  if (!["verify", "offline"].includes(named)) check(named);
}
const button = document.querySelector("#scan");
if (button && "BarcodeDetector" in window && navigator.mediaDevices) {
  button.hidden = false;
  button.addEventListener("click", () => scan(button).catch(() => { place.replaceChildren(element("p", text("verify-no-camera"), { class: "card problem", role: "alert" })); }));
}
const ready = document.querySelector("#offline-ready");
if ("serviceWorker" in navigator && ready) {
  navigator.serviceWorker.register("/verify/worker.js", { scope: "/verify" })
    .then(() => navigator.serviceWorker.ready)
    .then(() => { ready.textContent = text("verify-ready"); ready.dataset.ready = "true"; });
}
