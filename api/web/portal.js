// The portal's only script: live fragments (htmx), resumable upload (tus), the plot map.
import "htmx.org";
import * as tus from "tus-js-client";

const texts = () => document.body.dataset;

function fingerprint(file, caseId, ties) {
  return ["rukhsa", caseId, file.name, file.size, file.lastModified, ...(ties ? [ties] : [])].join("/");
}

function wireUpload(form) {
  const file = form.querySelector("input[type=file]");
  const bar = form.querySelector("progress");
  const note = form.querySelector("[role=status]");
  const caseId = form.dataset.case;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!file.files.length) return;
    const chosen = file.files[0];
    const ties = form.querySelector("textarea").value.trim();
    form.querySelector("button").disabled = true;
    bar.hidden = false;
    const upload = new tus.Upload(chosen, {
      endpoint: "/files",
      chunkSize: Number(form.dataset.chunk),
      retryDelays: [0, 500, 1000, 3000, 5000, 10000, 20000, 30000, 60000, 60000, 60000, 120000],
      headers: { "X-CSRF": texts().csrf },
      metadata: { filename: chosen.name, case: caseId, ...(ties ? { ties } : {}) },
      fingerprint: async () => fingerprint(chosen, caseId, ties),
      removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => {
        bar.value = sent / total;
        note.textContent = `${texts().uploading} ${Math.floor((100 * sent) / total)}%`;
      },
      onShouldRetry: (error) => {
        const status = error.originalResponse ? error.originalResponse.getStatus() : 0;
        if (!status || status >= 500 || status === 409 || status === 423) {
          note.textContent = texts().waiting;
          return true;
        }
        return false;
      },
      onError: (error) => {
        const answer = error.originalResponse && error.originalResponse.getBody();
        let text = texts().failed;
        try { text = JSON.parse(answer).detail || text; } catch { /* the answer was no problem document */ }
        note.textContent = text;
        form.querySelector("button").disabled = false;
      },
      onSuccess: () => { location.reload(); },
    });
    upload.findPreviousUploads().then((previous) => {
      if (previous.length) upload.resumeFromPreviousUpload(previous[0]);
      upload.start();
    });
  });
}

async function wireMap(box) {
  const { draw } = await import(`${location.origin}/assets/plotmap.js`);
  const land = await (await fetch(box.dataset.map)).json();
  const input = document.getElementById(box.dataset.input);
  const { choose } = await draw(box, { land, chosen: input.value, onChoose: (number) => { input.value = number; } });
  input.addEventListener("change", () => choose(input.value, true));
}

document.querySelectorAll("form[data-upload]").forEach(wireUpload);
document.querySelectorAll("[data-map]").forEach(wireMap);
