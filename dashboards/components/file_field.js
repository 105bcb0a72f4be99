// A file goes to the desk in pieces, each after the one before has arrived: so the page can tell how far it is, no message
// is too large for the line, and what else is pressed meanwhile need not wait for the whole.
const PIECE = 96 * 1024;

export function render({ model, el }) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/assets/style.css";
  const input = document.createElement("input");
  input.type = "file";
  input.id = "file";
  input.accept = model.accept;
  input.setAttribute("aria-label", model.label);
  const label = document.createElement("span");
  label.textContent = model.label;
  const button = document.createElement("label");
  button.className = "button plain";
  button.htmlFor = input.id;
  button.textContent = model.words.choose;
  const chosen = document.createElement("bdi");
  const bar = document.createElement("progress");
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const box = document.createElement("div");
  box.className = "picker";
  box.append(input, button, chosen, said);
  el.append(style, label, box, bar);
  let of = 0, file = null, sent = 0;

  function tell(word, percent = null) {
    said.textContent = word ? model.words[word].replace("%percent", percent) : "";
    said.dataset.word = word;
    bar.hidden = percent === null;
    bar.setAttribute("aria-label", model.label);
    if (percent !== null) { bar.max = 100; bar.value = percent; }
  }

  function send(at) {
    const whose = of, piece = file.slice(at, at + PIECE);
    sent = at + piece.size;
    const read = new FileReader();
    read.addEventListener("load", () => {
      const content = read.result.slice(read.result.indexOf(",") + 1);
      if (whose === of) model.send_msg({ of, at, content, name: file.name, size: file.size });
    });
    read.readAsDataURL(piece);
  }

  function empty() {
    of += 1;
    file = null;
    input.value = "";
    chosen.textContent = model.words.none;
    tell("");
  }

  input.addEventListener("change", () => {
    if (!input.files.length) return;
    of += 1;
    [file] = input.files;
    chosen.textContent = file.name;
    if (file.size && file.size <= model.most) { tell("sending", 0); send(0); return; }
    tell(file.size ? "large" : "empty");
    model.send_msg({ of, at: 0, content: "", name: file.name, size: file.size });
    file = null;
  });
  model.on("msg:custom", ({ of: whose, have }) => {
    if (!file || whose !== of || have !== sent) return;
    if (have === file.size) tell("whole");
    else { tell("sending", Math.floor((100 * have) / file.size)); send(have); }
  });
  model.on("emptied", empty);
  empty();
}
