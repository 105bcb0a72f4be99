// A resumable upload (tus): refused early where it must be, paused and taken up again, waiting while there is no network.
const MEGA = 1e6;
const RETRY = [0, 500, 1000, 3000, 5000, 10000, 20000, 30000, 60000];
const csrf = () => document.body.dataset.csrf;
const megabytes = (bytes) => (bytes / MEGA).toFixed(1);

function filled(text, values) {
  return text.replace(/%(\w+)/g, (_, name) => values[name]);
}

function statusOf(error) {
  return error.originalResponse ? error.originalResponse.getStatus() : 0;
}

function passes(status) {
  return !status || status >= 500 || status === 409 || status === 423;
}

class Sending {
  constructor(form) {
    this.form = form;
    this.texts = form.dataset;
    this.file = form.querySelector("input[type=file]");
    this.send = form.querySelector("button:not([data-pausing])");
    this.pausing = form.querySelector("[data-pausing]");
    this.bar = form.querySelector("progress");
    this.note = form.querySelector("[data-note]");
    form.addEventListener("submit", (event) => { event.preventDefault(); this.begin(); });
    this.file.addEventListener("change", () => { this.named(); this.sender().catch(() => {}); });
    this.named();
    this.pausing.addEventListener("click", () => (this.paused ? this.resume() : this.pause()));
    window.addEventListener("online", () => { if (this.waiting) this.restart(); });
    window.addEventListener("offline", () => { if (this.running) this.wait(); });
  }

  named() { // the browser's own word beside a file field speaks the browser's language, not the page's
    const [chosen] = this.file.files;
    if (chosen) this.form.querySelector("[data-chosen]").textContent = chosen.name;
  }

  say(text, problem = false) {
    this.note.textContent = text;
    this.note.classList.toggle("problem", problem);
  }

  // A script that could not be fetched stays unfetched under its address: each further try has an address of its own.
  sender() {
    this.tries = (this.tries ?? -1) + 1;
    this.fetched ??= import(`${location.origin}/assets/sender.js${this.tries ? `?again=${this.tries}` : ""}`);
    this.fetched.catch(() => { this.fetched = null; });
    return this.fetched;
  }

  async begin() {
    const chosen = this.file.files[0];
    if (!chosen) return;
    const largest = Number(this.texts.largest);
    if (chosen.size === 0) { this.say(this.texts.empty, true); return; }
    if (chosen.size > largest) {
      this.say(filled(this.texts.tooLarge, { size: megabytes(chosen.size), largest: Math.floor(largest / MEGA) }), true);
      return;
    }
    this.send.disabled = true;
    try {
      const { Upload } = await this.sender();
      this.upload = this.prepared(Upload, chosen);
    } catch {
      this.say(this.texts.waiting);
      setTimeout(() => this.begin(), 2000);
      return;
    }
    this.file.disabled = true;
    this.pausing.hidden = this.form.querySelector(".sending").hidden = false;
    this.say(this.texts.preparing);
    this.shown(0, chosen.size);
    this.running = true;
    this.upload.findPreviousUploads().then((previous) => {
      if (previous.length) this.upload.resumeFromPreviousUpload(previous[0]);
      this.restart();
    });
  }

  prepared(Upload, chosen) {
    const ties = this.form.querySelector("textarea").value.trim();
    const holder = this.texts.case ? { case: this.texts.case } : { precheck: this.texts.precheck };
    const marks = ["rukhsa", ...Object.values(holder), chosen.name, chosen.size, chosen.lastModified];
    return new Upload(chosen, {
      endpoint: "/files",
      chunkSize: Number(this.texts.chunk),
      retryDelays: RETRY,
      headers: { "X-CSRF": csrf() },
      metadata: { filename: chosen.name, ...holder, ...(ties ? { ties } : {}) },
      fingerprint: async () => [...marks, ...(ties ? [ties] : [])].join("/"),
      removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => this.progress(sent, total),
      onShouldRetry: (error) => { if (passes(statusOf(error))) this.wait(); return passes(statusOf(error)); },
      onError: (error) => this.failed(error),
      onSuccess: () => { this.say(this.texts.whole); this.running = false; location.reload(); },
    });
  }

  shown(sent, total) {
    this.bar.value = sent / total;
    this.form.querySelector("[data-percent]").textContent = `${Math.floor((100 * sent) / total)}%`;
    const amount = filled(this.texts.of, { sent: megabytes(sent), whole: megabytes(total) });
    this.form.querySelector("[data-amount]").textContent = amount;
  }

  progress(sent, total) {
    if (this.paused) return;
    this.waiting = false;
    this.shown(sent, total);
    this.say(sent < total ? this.texts.sending : this.texts.whole);
  }

  wait() { this.waiting = true; if (!this.paused) this.say(this.texts.waiting); }

  restart() {
    this.waiting = this.paused = false;
    this.upload.abort().then(() => { if (!this.paused) this.upload.start(); });
  }

  pause() {
    this.paused = true;
    this.upload.abort();
    this.pausing.textContent = this.texts.goOn;
    this.say(this.texts.paused);
  }

  resume() {
    this.pausing.textContent = this.texts.pause;
    this.say(this.texts.preparing);
    this.restart();
  }

  failed(error) {
    const status = statusOf(error);
    if (passes(status)) { // the list of delays is used up: the line may still come back
      this.wait();
      setTimeout(() => { if (this.waiting && !this.paused) this.restart(); }, 60000);
      return;
    }
    let text = status === 401 || status === 403 ? this.texts.ended : this.texts.failed;
    try { text = JSON.parse(error.originalResponse.getBody()).detail || text; } catch { /* no problem document */ }
    this.say(text, true);
    this.running = false;
    this.send.disabled = this.file.disabled = false;
    this.pausing.hidden = true;
    this.file.focus();
  }
}

export function wireUpload(form) { return new Sending(form); }
