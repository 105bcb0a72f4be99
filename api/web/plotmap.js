// The plot map: a zone's plots and streets, drawn without any tile or glyph server.
// `mount` serves the portal's page; `render` is the contract of Panel's JSComponent.
import { Map, NavigationControl, getRTLTextPluginStatus, setRTLTextPlugin, setWorkerUrl } from "maplibre-gl";

setWorkerUrl(`${location.origin}/assets/maplibre-worker.js`);
if (getRTLTextPluginStatus() === "unavailable") {
  setRTLTextPlugin(`${location.origin}/assets/rtl-text.js`, false);
}

const FONT = "IBM Plex Sans Arabic";
const COLOURS = { chosen: "#b3541e", plot: "#e9e4d8", street: "#cfd3d6", line: "#6b6558", building: "#1f5f8b", breakout: "#c2261b", allowed: "#2e7d4f", setback: "#5b3a8c", marked: "#1f5fd0" };

function extent(collection) {
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

// Of a whole town, outlines and numbers are drawn only where somebody looks closely.
const MANY = 3000;
const CLOSE = { lines: 14.5, numbers: 16.5 };

const standing = ["coalesce", ["feature-state", "standing"], ["get", "standing"], ""];
const filled = (colours) => {
  const named = Object.entries(colours ?? {}).flat();
  return named.length ? ["match", standing, ...named, COLOURS.plot] : COLOURS.plot;
};
const strength = (shown, building) => {
  const full = building ? ["case", ["boolean", ["feature-state", "chosen"], false], 0.2, 0.85] : 0.85;
  return shown?.length ? ["case", ["in", standing, ["literal", shown]], full, 0.08] : full;
};

const bodies = ["in", ["get", "kind"], ["literal", ["ground", "envelope", "projection"]]];

function style({ land, many, building, marked, drawn, colours, shown }) {
  const kind = (k) => ["==", ["get", "kind"], k];
  const form = (...types) => ["in", ["geometry-type"], ["literal", types.flatMap((one) => [one, `Multi${one}`])]];
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: land, promoteId: "number", ...(many ? { buffer: 8, tolerance: 0.8, maxzoom: 17 } : {}) },
      building: { type: "geojson", data: building ?? EMPTY },
      marked: { type: "geojson", data: marked ?? EMPTY },
      drawn: { type: "geojson", data: drawn ?? EMPTY, buffer: 8 },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#f6f3ec" } },
      { id: "streets", type: "fill", source: "land", filter: kind("street"), paint: { "fill-color": COLOURS.street } },
      { id: "plots", type: "fill", source: "land", filter: kind("plot"), paint: {
        "fill-color": ["case", ["boolean", ["feature-state", "chosen"], false], COLOURS.chosen, filled(colours)],
        "fill-opacity": strength(shown, building), ...(many ? { "fill-antialias": false } : {}) } },
      { id: "plot-lines", type: "line", source: "land", filter: kind("plot"), minzoom: many ? CLOSE.lines : 0, paint: { "line-color": COLOURS.line } },
      { id: "building", type: "fill", source: "building", filter: bodies, paint: {
        "fill-color": COLOURS.building, "fill-opacity": ["case", kind("ground"), 0.6, 0.25] } },
      { id: "building-lines", type: "line", source: "building", filter: bodies, paint: { "line-color": COLOURS.building } },
      { id: "breakouts", type: "fill", source: "building", filter: kind("breakout"), paint: {
        "fill-color": COLOURS.breakout, "fill-opacity": 0.75 } },
      { id: "allowed", type: "line", source: "building", filter: kind("allowed"), paint: {
        "line-color": COLOURS.allowed, "line-width": 2.5, "line-dasharray": [4, 2] } },
      { id: "setbacks", type: "line", source: "building", filter: kind("setback"), paint: {
        "line-color": COLOURS.setback, "line-width": 1.5, "line-dasharray": [1, 2] } },
      { id: "drawn", type: "fill", source: "drawn", filter: form("Polygon"), paint: { "fill-color": ["get", "colour"], "fill-opacity": 0.5 } },
      { id: "drawn-lines", type: "line", source: "drawn", filter: form("Polygon", "LineString"), paint: { "line-color": ["get", "colour"], "line-width": 1.5 } },
      { id: "drawn-points", type: "circle", source: "drawn", filter: form("Point"), paint: {
        "circle-color": ["get", "colour"], "circle-radius": 4.5, "circle-stroke-color": "#fff", "circle-stroke-width": 1 } },
      { id: "marked", type: "line", source: "marked", paint: { "line-color": COLOURS.marked, "line-width": 4 } },
      { id: "marked-points", type: "circle", source: "marked", filter: form("Point"), paint: {
        "circle-opacity": 0, "circle-radius": 12, "circle-stroke-color": COLOURS.marked, "circle-stroke-width": 4 } },
      { id: "widths", type: "symbol", source: "building", filter: kind("setback"), layout: {
        "symbol-placement": "line-center", "text-field": ["get", "label"], "text-font": [FONT], "text-size": 12,
        "text-allow-overlap": true, "text-offset": [0, 0.9] },
        paint: { "text-color": COLOURS.setback, "text-halo-color": "#fff", "text-halo-width": 1.5 } },
      { id: "numbers", type: "symbol", source: "land", filter: kind("plot"), minzoom: many ? CLOSE.numbers : 0, layout: {
        "text-field": ["coalesce", ["get", "label"], ["get", "number"]], "text-font": [FONT], "text-size": 13 } },
    ],
  };
}

// `source` is the address of the land where it is not given itself: the map's worker reads it, and `bounds` and the
// number of its `plots` come with it. `standings` are states by plot number, `colours` by state, `shown` the states
// that stay strong while others fade; `drawn` are shapes in colours of their own. While `drawing()`, a click is a corner.
export async function draw(el, { land, source, bounds, plots, building, marked, drawn, chosen, onChoose, drawing, onCorner, standings, colours, shown }) {
  await document.fonts.load(`13px '${FONT}'`, "عقار 12");
  const many = (source ? plots : land.features.length) > MANY;
  const data = source ? new URL(source, location.origin).href : land;
  const map = new Map({
    container: el, style: style({ land: data, many, building, marked, drawn, colours, shown }), attributionControl: false, fadeDuration: 0,
    bounds: bounds?.length ? bounds : extent(land), fitBoundsOptions: { padding: 20, maxZoom: 19 }, renderWorldCopies: false,
    ...(many ? { pixelRatio: 1 } : {}),
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  let current = null;
  const choose = (number, fly) => {
    if (current) map.setFeatureState({ source: "land", id: current }, { chosen: false });
    current = number;
    if (!number) return;
    map.setFeatureState({ source: "land", id: number }, { chosen: true });
    const feature = fly && land?.features?.find((f) => f.properties.number === number);
    if (feature) look(extent({ features: [feature] }));
  };
  const look = (box) => map.fitBounds(box, { padding: 90, maxZoom: 20, animate: false });
  const stand = (said) => {
    map.removeFeatureState({ source: "land" });
    for (const [number, state] of Object.entries(said ?? {})) map.setFeatureState({ source: "land", id: number }, { standing: state });
    if (current) map.setFeatureState({ source: "land", id: current }, { chosen: true });
  };
  const show = (states) => map.setPaintProperty("plots", "fill-opacity", strength(states, building));
  await new Promise((ready) => map.once("style.load", ready));
  if (standings) stand(standings);
  await new Promise((ready) => map.once("load", ready));
  if (chosen) choose(chosen, true);
  map.on("click", (event) => { if (drawing?.()) onCorner([event.lngLat.lng, event.lngLat.lat]); });
  map.on("click", "plots", (event) => {
    if (drawing?.()) return;
    const { number } = event.features[0].properties;
    choose(number, false);
    onChoose?.(number);
  });
  map.on("mouseenter", "plots", () => { map.getCanvas().style.cursor = drawing?.() ? "crosshair" : onChoose ? "pointer" : ""; });
  map.on("mouseleave", "plots", () => { map.getCanvas().style.cursor = ""; });
  el.dataset.ready = "true";
  const mark = (shapes) => {
    map.getSource("marked").setData(shapes ?? EMPTY);
    el.dataset.marked = shapes?.features.length ?? 0;
  };
  el.dataset.kinds = [...new Set((building ?? EMPTY).features.map((f) => f.properties.kind))].join(" ");
  el.dataset.widths = (building ?? EMPTY).features.filter((f) => f.properties.kind === "setback").map((f) => f.properties.label).join("|");
  mark(marked);
  const paint = (shapes) => {
    map.getSource("drawn").setData(shapes ?? EMPTY);
    el.dataset.drawn = shapes?.features.length ?? 0;
  };
  el.dataset.drawn = drawn?.features.length ?? 0;
  map.once("idle", () => { el.dataset.idle = Math.round(performance.now()); });
  return { map, choose, mark, paint, look, stand, show };
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
  const { mark, paint, look, choose, stand, show } = await draw(box, {
    land: model.land, source: model.source, bounds: model.bounds, plots: model.plots, building: model.building,
    marked: model.marked, drawn: model.drawn, chosen: model.chosen, standings: model.standings, colours: model.colours, shown: model.shown,
    onChoose: (number) => { model.chosen = number; },
    drawing: () => model.drawing, onCorner: (corner) => { model.corners = [...model.corners, corner]; },
  });
  model.on("marked", () => mark(model.marked));
  model.on("drawn", () => paint(model.drawn));
  model.on("goal", () => choose(model.goal, true));
  model.on("bounds", () => { if (model.bounds.length) look(model.bounds); });
  model.on("standings", () => stand(model.standings));
  model.on("shown", () => show(model.shown));
}
