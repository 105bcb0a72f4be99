// Looking round: the camera on a sphere about a point, moved by mouse, fingers or keys.
import { Spherical, Vector3 } from "three";

const STEP = Math.PI / 24;

export class Orbit {
  constructor(picture, box) {
    this.picture = picture; this.target = new Vector3(); this.place = new Spherical(30, Math.PI / 3, -Math.PI / 5);
    this.fingers = new Map(); this.moved = 0;
    box.addEventListener("pointerdown", (e) => { box.setPointerCapture(e.pointerId); this.fingers.set(e.pointerId, e); this.moved = 0; });
    box.addEventListener("pointermove", (e) => this.#move(e));
    for (const end of ["pointerup", "pointercancel"]) box.addEventListener(end, (e) => this.fingers.delete(e.pointerId));
    box.addEventListener("wheel", (e) => { e.preventDefault(); this.zoom(e.deltaY > 0 ? 1.15 : 1 / 1.15); }, { passive: false });
    box.addEventListener("contextmenu", (e) => e.preventDefault());
  }

  #move(e) {
    const before = this.fingers.get(e.pointerId);
    if (!before) return;
    const [dx, dy] = [e.clientX - before.clientX, e.clientY - before.clientY];
    this.moved += Math.abs(dx) + Math.abs(dy);
    const other = [...this.fingers.values()].find((f) => f.pointerId !== e.pointerId);
    if (other) {
      const apart = (f) => Math.hypot(f.clientX - other.clientX, f.clientY - other.clientY) || 1;
      this.zoom(apart(before) / apart(e));
      this.pan(dx / 2, dy / 2);
    } else if (e.shiftKey || e.buttons === 2 || e.buttons === 4) this.pan(dx, dy);
    else this.turn(-dx * 0.008, -dy * 0.008);
    this.fingers.set(e.pointerId, e);
  }

  turn(around, down) {
    this.place.theta += around;
    this.place.phi = Math.min(Math.max(this.place.phi + down, 0.02), Math.PI - 0.02);
    this.apply();
  }

  pan(dx, dy) {
    const { camera, box } = this.picture;
    const size = (2 * this.place.radius * Math.tan((camera.fov * Math.PI) / 360)) / (box.clientHeight || 1);
    const [right, up] = [new Vector3(), new Vector3()];
    camera.matrix.extractBasis(right, up, new Vector3());
    this.target.addScaledVector(right, -dx * size).addScaledVector(up, dy * size);
    this.apply();
  }

  zoom(by) { this.place.radius = Math.min(Math.max(this.place.radius * by, 0.5), 3000); this.apply(); }

  // The whole of a box in sight, from the direction of now or from the south-west and above.
  fit(low, high, home = false) {
    const [from, to] = [new Vector3(...low), new Vector3(...high)];
    this.target.copy(from).add(to).multiplyScalar(0.5);
    const { camera } = this.picture;
    const half = Math.max(from.distanceTo(to) / 2, 0.5);
    const narrow = Math.min(1, camera.aspect);
    this.place.radius = (half / Math.sin((camera.fov * Math.PI) / 360) / narrow) * 0.9;
    if (home) { this.place.theta = -Math.PI / 5; this.place.phi = Math.PI / 3; }
    this.apply();
  }

  apply() {
    const { camera } = this.picture;
    camera.position.setFromSpherical(this.place).add(this.target);
    camera.near = Math.max(this.place.radius / 200, 0.05); camera.far = this.place.radius * 20 + 500;
    camera.lookAt(this.target);
    camera.updateProjectionMatrix(); camera.updateMatrixWorld(); camera.updateMatrix();
    this.picture.draw();
    this.looked?.();
  }

  // Look from a point along a direction, at what is about `middle`.
  look(from, along, middle) {
    const far = Math.max(middle.clone().sub(from).dot(along), 1);
    this.target.copy(from).addScaledVector(along, far);
    this.place.setFromVector3(from.clone().sub(this.target));
    this.place.phi = Math.min(Math.max(this.place.phi, 0.02), Math.PI - 0.02);
    this.apply();
  }

  key(e) {
    const turns = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    if (turns[e.key] && e.shiftKey) this.pan(-Math.sign(turns[e.key][0]) * 40, -Math.sign(turns[e.key][1]) * 40);
    else if (turns[e.key]) this.turn(...turns[e.key]);
    else if (e.key === "+" || e.key === "=") this.zoom(1 / 1.2);
    else if (e.key === "-" || e.key === "_") this.zoom(1.2);
    else return false;
    return true;
  }
}
