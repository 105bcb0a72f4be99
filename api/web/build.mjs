// Bundle the scripts and collect styles and workers into api/assets; nothing is fetched.
import { build } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, "..", "assets");
const modules = path.join(here, "node_modules");

const ENTRIES = [
  "portal", "sender", "plotmap", "model3d", "desk", "street", "verify", "verify-worker",
];

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

await build({
  entryPoints: ENTRIES.map((name) => path.join(here, `${name}.js`)),
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
});

await cp(path.join(modules, "maplibre-gl/dist/maplibre-gl-worker.mjs"), path.join(out, "maplibre-worker.js"));
await cp(path.join(modules, "maplibre-gl/dist/maplibre-gl.css"), path.join(out, "plotmap.css"));
await cp(
  path.join(modules, "@mapbox/mapbox-gl-rtl-text/dist/mapbox-gl-rtl-text.js"),
  path.join(out, "rtl-text.js"),
);
await cp(path.join(here, "style.css"), path.join(out, "style.css"));
const lock = await readFile(path.join(here, "package-lock.json"));
await writeFile(path.join(out, "built-from.json"), lock);
