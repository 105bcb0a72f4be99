// Reads the binary glTF that our own server writes, and merges its elements into two geometries with an element
// number at every vertex: thousands of elements are then two things to draw.
import { Matrix4, Vector3 } from "three";

const WIDTHS = { 5121: Uint8Array, 5123: Uint16Array, 5125: Uint32Array, 5126: Float32Array };
const SIZES = { SCALAR: 1, VEC3: 3 };

export function read(buffer) {
  const head = new DataView(buffer);
  if (head.getUint32(0, true) !== 0x46546c67) throw new Error("no binary glTF");
  const length = head.getUint32(12, true);
  const json = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 20, length)));
  return { json, start: 28 + length, buffer };
}

function array({ json, buffer, start }, number) {
  const accessor = json.accessors[number];
  const view = json.bufferViews[accessor.bufferView];
  const at = start + (view.byteOffset ?? 0) + (accessor.byteOffset ?? 0);
  const Kind = WIDTHS[accessor.componentType];
  const count = accessor.count * SIZES[accessor.type];
  return at % Kind.BYTES_PER_ELEMENT ? new Kind(buffer.slice(at, at + count * Kind.BYTES_PER_ELEMENT)) : new Kind(buffer, at, count);
}

// Every node with a mesh, with its matrix in the scene.
function* nodes({ json }) {
  const inner = new Set((json.nodes ?? []).flatMap((node) => node.children ?? []));
  const roots = (json.nodes ?? []).map((_, i) => i).filter((i) => !inner.has(i));
  const open = roots.map((i) => [i, new Matrix4()]);
  while (open.length) {
    const [i, above] = open.pop();
    const node = json.nodes[i];
    const matrix = above.clone();
    if (node.matrix) matrix.multiply(new Matrix4().fromArray(node.matrix));
    for (const child of node.children ?? []) open.push([child, matrix]);
    if (node.mesh !== undefined) yield { node, matrix };
  }
}

function colourOf(json, primitive) {
  const material = json.materials?.[primitive.material];
  return material?.pbrMetallicRoughness?.baseColorFactor ?? [0.8, 0.8, 0.8, 1];
}

class Merged {
  constructor(vertices, indices) {
    this.position = new Float32Array(vertices * 3);
    this.colour = new Uint8Array(vertices * 4);
    this.element = new Float32Array(vertices);
    this.index = new Uint32Array(indices);
    this.vertices = 0; this.indices = 0;
  }

  add(points, faces, colour, number) {
    this.position.set(points, this.vertices * 3);
    for (let i = 0; i < points.length / 3; i++) {
      this.colour.set(colour, (this.vertices + i) * 4);
      this.element[this.vertices + i] = number;
    }
    for (let i = 0; i < faces.length; i++) this.index[this.indices + i] = faces[i] + this.vertices;
    this.vertices += points.length / 3;
    this.indices += faces.length;
  }
}

function moved(points, matrix) {
  const out = new Float32Array(points.length);
  const at = new Vector3();
  for (let i = 0; i < points.length; i += 3) {
    at.fromArray(points, i).applyMatrix4(matrix).toArray(out, i);
  }
  return out;
}

// `elements` in the order of their numbers, each with its box and where its triangles lie in `opaque` or `clear`.
export function merge(file) {
  const parts = [];
  const elements = [];
  const sizes = { opaque: [0, 0], clear: [0, 0] };
  const numbers = new Map();
  for (const { node, matrix } of nodes(file)) {
    if (!numbers.has(node.name)) {
      numbers.set(node.name, elements.length);
      elements.push({ id: node.name, ...(node.extras ?? {}), runs: [], low: [Infinity, Infinity, Infinity], high: [-Infinity, -Infinity, -Infinity] });
    }
    const number = numbers.get(node.name);
    for (const primitive of file.json.meshes[node.mesh].primitives) {
      const points = moved(array(file, primitive.attributes.POSITION), matrix);
      const faces = array(file, primitive.indices);
      const colour = colourOf(file.json, primitive);
      const kind = colour[3] < 1 ? "clear" : "opaque";
      sizes[kind][0] += points.length / 3; sizes[kind][1] += faces.length;
      parts.push({ number, points, faces, kind, colour: colour.map((c) => Math.round(c * 255)) });
      const { low, high } = elements[number];
      for (let i = 0; i < points.length; i++) {
        low[i % 3] = Math.min(low[i % 3], points[i]); high[i % 3] = Math.max(high[i % 3], points[i]);
      }
    }
  }
  const merged = { opaque: new Merged(...sizes.opaque), clear: new Merged(...sizes.clear) };
  for (const { number, points, faces, kind, colour } of parts) {
    const into = merged[kind];
    elements[number].runs.push({ kind, from: into.indices, count: faces.length });
    into.add(points, faces, colour, number);
  }
  return { elements, numbers, ...merged, extras: file.json.scenes?.[0]?.extras ?? {} };
}

// Where a ray first meets an element, and the corner of the met triangle that is nearest to that place.
export function meet(merged, element, ray, keeps) {
  let best = null;
  const [a, b, c, hit] = [new Vector3(), new Vector3(), new Vector3(), new Vector3()];
  for (const { kind, from, count } of element.runs) {
    const { index, position } = merged[kind];
    for (let i = from; i < from + count; i += 3) {
      a.fromArray(position, index[i] * 3); b.fromArray(position, index[i + 1] * 3); c.fromArray(position, index[i + 2] * 3);
      if (!ray.intersectTriangle(a, b, c, false, hit) || !keeps(hit)) continue;
      const away = hit.distanceTo(ray.origin);
      if (!best || away < best.away) best = { away, at: hit.clone(), corners: [a.clone(), b.clone(), c.clone()] };
    }
  }
  return best;
}
