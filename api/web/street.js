// The public board's map: drawn only when somebody asks for it, because it is the heavy part of the page.
const button = document.querySelector("#show-map");
const box = document.querySelector("#board-map");

button?.addEventListener("click", async () => {
  button.hidden = true;
  box.hidden = false;
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/assets/plotmap.css";
  document.head.append(style);
  const { draw } = await import(`${location.origin}/assets/plotmap.js`);
  const land = await (await fetch(box.dataset.source)).json();
  for (const feature of land.features) {
    const said = feature.properties;
    if (said.kind === "street") continue;
    Object.assign(said, { kind: "plot", label: said.plot }); // as the map draws what can be chosen
  }
  const show = (number) => document.getElementById(`notice-${number}`)?.scrollIntoView({ block: "center" });
  await draw(box, { land, chosen: "", onChoose: show, colours: JSON.parse(box.dataset.colours) });
  document.querySelector("#board-legend").hidden = false;
});
