// What is typed into a form is kept at the server with every pause; without a login, in this browser until there is one.
const PAUSE = 700;

function values(form) {
  const found = new FormData(form);
  found.delete("csrf");
  return new URLSearchParams([...found].filter(([, value]) => typeof value === "string"));
}

export function wireDraft(form) {
  const { csrf, who } = document.body.dataset;
  const place = form.dataset.draft;
  const note = form.querySelector("[data-kept]");
  const shelf = `rukhsa-draft/${who}/${location.pathname}/${form.querySelector("[name=zone]").value}`;
  const texts = document.body.dataset;
  let timer;

  async function keep() {
    const body = values(form);
    const headers = { "X-CSRF": csrf, Accept: "application/json" };
    const answer = await fetch(place, { method: "POST", body, headers, keepalive: true }).catch(() => null);
    if (answer && answer.ok) localStorage.removeItem(shelf);
    else localStorage.setItem(shelf, body.toString());
    if (note) note.textContent = answer && answer.ok ? texts.draftKept : texts.draftHere;
  }

  const later = () => { clearTimeout(timer); timer = setTimeout(keep, PAUSE); };
  const left = localStorage.getItem(shelf);
  if (left) {
    for (const [name, value] of new URLSearchParams(left)) {
      const fields = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
      fields.forEach((field) => {
        if (field.type === "radio") field.checked = field.value === value; else field.value = value;
      });
    }
    later();
  }
  form.addEventListener("submit", () => clearTimeout(timer)); // else the draft would come back after its case was opened
  form.addEventListener("input", later);
  form.addEventListener("chosen", later);
}
