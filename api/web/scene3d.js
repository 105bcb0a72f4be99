// The picture: building, envelope and measuring line in at most ten draw calls, drawn only when something changed.
import {
  BufferAttribute, BufferGeometry, Color, DataTexture, DoubleSide, GLSL3, LineBasicMaterial, LineSegments, Mesh,
  NearestFilter, PerspectiveCamera, Points, PointsMaterial, RGBAFormat, Raycaster, Scene, ShaderMaterial,
  UnsignedByteType, Vector2, Vector3, Vector4, WebGLRenderTarget, WebGLRenderer,
} from "three";
import { meet } from "./glb.js";

export const STATE = { plain: 0, error: 1, warning: 2, selected: 3, ghost: 4, hidden: 5, over: 6 };
export const COLOURS = { error: "#c2261b", warning: "#d98a12", selected: "#1f5fd0" };
const ROW = 256;
const NO_CUT = new Vector4(0, 0, 0, 1);

const VERTEX = /* glsl */ `
  precision highp float;
  in vec4 tint; in float element;
  uniform sampler2D states; uniform float stage; uniform float back;
  out vec3 seen; out vec3 world; out vec4 colour; flat out float number;
  void main() {
    int e = int(element + 0.5);
    float state = floor(texelFetch(states, ivec2(e % ${ROW}, e / ${ROW}), 0).r * 255.0 + 0.5);
    bool ghost = state > 3.5 && state < 4.5;
    bool ghosts = stage > 0.5 && stage < 1.5;
    bool over = state > 5.5;
    bool drawn = ghosts ? ghost : state < 3.5 || over;
    colour = tint; number = element + 1.0;
    if (state > 0.5 && state < 1.5) colour = vec4(0.76, 0.15, 0.11, max(tint.a, 0.55));
    if (state > 1.5 && state < 2.5) colour = vec4(0.85, 0.54, 0.07, max(tint.a, 0.55));
    if (state > 2.5 && state < 3.5) colour = vec4(0.12, 0.37, 0.82, max(tint.a, 0.6));
    if (ghosts) colour = vec4(0.62, 0.64, 0.68, 0.04);
    vec4 at = modelViewMatrix * vec4(position, 1.0);
    seen = at.xyz; world = position;
    gl_Position = drawn ? projectionMatrix * at : vec4(2.0, 2.0, 2.0, 1.0);
    gl_Position.z += (over ? -back : back) * gl_Position.w;
  }`;
const FRAGMENT = /* glsl */ `
  precision highp float;
  in vec3 seen; in vec3 world; in vec4 colour; flat in float number;
  uniform vec4 cut; uniform float stage;
  out vec4 painted;
  void main() {
    if (dot(cut.xyz, world) + cut.w < 0.0) discard;
    if (stage > 1.5) {
      painted = vec4(mod(number, 256.0), mod(floor(number / 256.0), 256.0), floor(number / 65536.0), 255.0) / 255.0;
      return;
    }
    vec3 normal = normalize(cross(dFdx(seen), dFdy(seen)));
    if (normal.z < 0.0) normal = -normal;
    float light = 0.45 + 0.35 * max(dot(normal, normalize(vec3(0.3, 0.7, 0.6))), 0.0) + 0.2 * normal.z;
    painted = vec4(colour.rgb * light, colour.a);
  }`;

function geometry(merged) {
  const made = new BufferGeometry();
  made.setAttribute("position", new BufferAttribute(merged.position, 3));
  made.setAttribute("tint", new BufferAttribute(merged.colour, 4, true));
  made.setAttribute("element", new BufferAttribute(merged.element, 1));
  made.setIndex(new BufferAttribute(merged.index, 1));
  return made;
}

export class Picture {
  constructor(box, building, around) {
    this.box = box; this.building = building; this.around = around;
    this.renderer = new WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
    this.renderer.setPixelRatio(Math.min(window.devicePixelRatio, 2));
    this.renderer.setClearColor(new Color("#eef1f4"));
    box.append(this.renderer.domElement);
    this.camera = new PerspectiveCamera(40, 1, 0.1, 5000);
    this.scene = new Scene(); this.picking = new Scene();
    this.cut = { value: NO_CUT.clone() };
    this.layers = {};
    this.states = this.#states(building);
    this.#add(building, this.states, { solid: true, glass: true, ghost: true, pick: true });
    if (around) this.#addAround(around);
    this.line = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ color: "#101010", depthTest: false }));
    this.dots = new Points(this.line.geometry, new PointsMaterial({ color: "#101010", size: 7, sizeAttenuation: false, depthTest: false }));
    for (const one of [this.line, this.dots]) { one.visible = false; one.frustumCulled = false; one.renderOrder = 9; this.scene.add(one); }
    this.target = new WebGLRenderTarget(1, 1);
    this.ray = new Raycaster();
    this.dirty = false;
  }

  #states(merged) {
    const rows = Math.max(1, Math.ceil(merged.elements.length / ROW));
    const made = new DataTexture(new Uint8Array(ROW * rows * 4), ROW, rows, RGBAFormat, UnsignedByteType);
    made.minFilter = made.magFilter = NearestFilter;
    made.needsUpdate = true;
    return made;
  }

  #material(states, stage, clear) {
    return new ShaderMaterial({
      vertexShader: VERTEX, fragmentShader: FRAGMENT, glslVersion: GLSL3, side: DoubleSide, forceSinglePass: true,
      // Walls that lie on a limit are seen before it, and behind what breaks out of it.
      uniforms: { states: { value: states }, cut: this.cut, stage: { value: stage }, back: { value: states === this.states ? 0 : 0.00002 } },
      transparent: clear, depthWrite: !clear,
    });
  }

  #mesh(scene, shape, material, order) {
    const mesh = new Mesh(shape, material);
    mesh.frustumCulled = false; mesh.renderOrder = order;
    scene.add(mesh);
    return mesh;
  }

  #add(merged, states, { ghost, pick }) {
    if (merged.opaque.indices) {
      const shape = geometry(merged.opaque);
      this.#mesh(this.scene, shape, this.#material(states, 0, false), 0);
      if (ghost) this.layers.ghost = this.#mesh(this.scene, shape, this.#material(states, 1, true), 3);
      if (pick) this.#mesh(this.picking, shape, this.#material(states, 2, false), 0);
    }
    if (merged.clear.indices) {
      const shape = geometry(merged.clear);
      this.#mesh(this.scene, shape, this.#material(states, 0, true), 2);
      if (pick) this.#mesh(this.picking, shape, this.#material(states, 2, false), 0);
    }
  }

  #addAround(around) {
    this.aroundStates = this.#states(around);
    this.#add(around, this.aroundStates, { ghost: false, pick: false });
  }

  // `codes` are states by element number; nothing is uploaded but one small texture.
  paint(codes) {
    const { data } = this.states.image;
    codes.forEach((code, i) => { data[i * 4] = code; });
    this.states.needsUpdate = true;
    if (this.layers.ghost) this.layers.ghost.visible = codes.includes(STATE.ghost);
    this.draw();
  }

  showAround(shown) {
    if (!this.around) return;
    const { data } = this.aroundStates.image;
    this.around.elements.forEach((element, i) => { data[i * 4] = shown(element.id); });
    this.aroundStates.needsUpdate = true;
    this.draw();
  }

  // Only what lies on the near side of the plane is drawn: `axis` is a unit vector of the scene, or null.
  section(axis, at) {
    if (axis) this.cut.value.set(-axis.x, -axis.y, -axis.z, at); else this.cut.value.copy(NO_CUT);
    this.draw();
  }

  keeps(point) {
    const { x, y, z, w } = this.cut.value;
    return x * point.x + y * point.y + z * point.z + w >= 0;
  }

  size() {
    const { clientWidth: width, clientHeight: height } = this.box;
    if (!width || !height) return;
    this.renderer.setSize(width, height);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.draw();
  }

  draw() {
    if (this.dirty) return;
    this.dirty = true;
    requestAnimationFrame(() => { this.dirty = false; this.frame(); });
  }

  frame() {
    if (this.gone) return;
    this.renderer.render(this.scene, this.camera);
    this.drawn?.(this.renderer.info.render.calls);
  }

  // Wait until what was asked for is really drawn.
  settle() {
    const gl = this.renderer.getContext();
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  }

  // The number of the element at a place of the canvas, and where on it; null beside everything.
  at(x, y) {
    const { clientWidth: width, clientHeight: height } = this.box;
    this.camera.setViewOffset(width, height, x, y, 1, 1);
    const clear = this.renderer.getClearColor(new Color());
    this.renderer.setRenderTarget(this.target);
    this.renderer.setClearColor(0, 0);
    this.renderer.clear();
    this.renderer.render(this.picking, this.camera);
    const pixel = new Uint8Array(4);
    this.renderer.readRenderTargetPixels(this.target, 0, 0, 1, 1, pixel);
    this.renderer.setRenderTarget(null);
    this.renderer.setClearColor(clear, 1);
    this.camera.clearViewOffset();
    const number = pixel[0] + pixel[1] * 256 + pixel[2] * 65536 - 1;
    return number < 0 ? null : number;
  }

  // The point on an element under a place of the canvas; a corner of it where one is within some pixels.
  point(number, x, y) {
    const { clientWidth: width, clientHeight: height } = this.box;
    this.ray.setFromCamera(new Vector2((x / width) * 2 - 1, 1 - (y / height) * 2), this.camera);
    const met = meet(this.building, this.building.elements[number], this.ray.ray, (p) => this.keeps(p));
    if (!met) return null;
    const near = met.corners.find((corner) => {
      const on = corner.clone().project(this.camera);
      return Math.hypot(((on.x + 1) / 2) * width - x, ((1 - on.y) / 2) * height - y) < 10;
    });
    return near && this.keeps(near) ? near : met.at;
  }

  measured(points) {
    this.line.visible = points.length > 1; this.dots.visible = points.length > 0;
    if (points.length) this.line.geometry.setFromPoints(points);
    this.draw();
  }

  end() {
    this.gone = true;
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }
}
