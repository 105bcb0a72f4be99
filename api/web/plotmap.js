// The plot map: a zone's plots and streets, drawn without any tile or glyph server.
// `mount` serves the portal's page; `render` is the contract of Panel's JSComponent.
import { Map, NavigationControl, getRTLTextPluginStatus, setRTLTextPlugin, setWorkerUrl } from "maplibre-gl";

setWorkerUrl(`${location.origin}/assets/maplibre-worker.js`);
if (getRTLTextPluginStatus() === "unavailable") {
  setRTLTextPlugin(`${location.origin}/assets/rtl-text.js`, false);
}

const FONT = "IBM Plex Sans Arabic";
const COLOURS = { chosen: "#b3541e", plot: "#e9e4d8", street: "#cfd3d6", line: "#6b6558", building: "#1f5f8b", breakout: "#c2261b" };

function bounds(collection) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (c) => {
    if (typeof c[0] === "number") {
      box[0] = Math.min(box[0], c[0]); box[1] = Math.min(box[1], c[1]);
      box[2] = Math.max(box[2], c[0]); box[3] = Math.max(box[3], c[1]);
    } else c.forEach(visit);
  };
  collection.features.forEach((f) => visit(f.geometry.coordinates));
  return box;
}

const EMPTY = { type: "FeatureCollection", features: [] };

function style(land, building) {
  const kind = (k) => ["==", ["get", "kind"], k];
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: land, promoteId: "number" },
      building: { type: "geojson", data: building ?? EMPTY },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#f6f3ec" } },
      { id: "streets", type: "fill", source: "land", filter: kind("street"), paint: { "fill-color": COLOURS.street } },
      { id: "plots", type: "fill", source: "land", filter: kind("plot"), paint: {
        "fill-color": ["case", ["boolean", ["feature-state", "chosen"], false], COLOURS.chosen, COLOURS.plot],
        "fill-opacity": 0.85 } },
      { id: "plot-lines", type: "line", source: "land", filter: kind("plot"), paint: { "line-color": COLOURS.line } },
      { id: "building", type: "fill", source: "building", filter: ["!", kind("breakout")], paint: { "fill-color": COLOURS.building, "fill-opacity": 0.7 } },
      { id: "breakouts", type: "fill", source: "building", filter: kind("breakout"), paint: {
        "fill-color": COLOURS.breakout, "fill-opacity": 0.75 } },
      { id: "numbers", type: "symbol", source: "land", filter: kind("plot"), layout: {
        "text-field": ["get", "number"], "text-font": [FONT], "text-size": 13 } },
    ],
  };
}

export async function draw(el, { land, building, chosen, onChoose }) {
  await document.fonts.load(`13px '${FONT}'`, "عقار 12");
  const map = new Map({
    container: el, style: style(land, building), attributionControl: false, fadeDuration: 0,
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  let current = null;
  const choose = (number, fly) => {
    if (current) map.setFeatureState({ source: "land", id: current }, { chosen: false });
    current = number;
    if (!number) return;
    map.setFeatureState({ source: "land", id: number }, { chosen: true });
    const feature = land.features.find((f) => f.properties.number === number);
    if (feature && fly) map.fitBounds(bounds({ features: [feature] }), { padding: 90, animate: false });
  };
  await new Promise((ready) => map.once("load", ready));
  map.fitBounds(bounds(land), { padding: 20, animate: false });
  if (chosen) choose(chosen, true);
  map.on("click", "plots", (event) => {
    const { number } = event.features[0].properties;
    choose(number, false);
    onChoose?.(number);
  });
  map.on("mouseenter", "plots", () => { map.getCanvas().style.cursor = onChoose ? "pointer" : ""; });
  map.on("mouseleave", "plots", () => { map.getCanvas().style.cursor = ""; });
  el.dataset.ready = "true";
  return { map, choose };
}

export async function render({ model, el }) {
  const box = document.createElement("div");
  box.style.cssText = "width:100%;height:100%;min-height:320px";
  const sized = new Promise((done) => {
    const watch = new ResizeObserver(() => { if (box.clientWidth) { watch.disconnect(); done(); } });
    watch.observe(box);
  });
  el.append(box);
  await sized;
  await draw(box, {
    land: model.land, building: model.building, chosen: model.chosen,
    onChoose: (number) => { model.chosen = number; },
  });
}
