// On the desks: say so when the login ends, instead of leaving a frozen page behind.
const shown = () => document.querySelector("#session-ended");

async function check() {
  const answer = await fetch("/session", { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer && answer.status === 401 && !shown()) {
    const { ended, login } = document.querySelector("#desk-texts").dataset;
    const box = document.createElement("div");
    box.id = "session-ended";
    box.setAttribute("role", "alertdialog");
    const link = document.createElement("a");
    link.href = "/login";
    link.textContent = login;
    box.append(`${ended} `, link);
    document.body.append(box);
  }
}

setInterval(check, 5000);
