/** The field as a landscape in three dimensions, with data and walkers on it: turned by a pointer, a finger or the arrow keys. */
import { css, html, LitElement } from "lit";
import { keyed } from "lit/directives/keyed.js";
import {
  AmbientLight,
  BufferGeometry,
  DirectionalLight,
  DoubleSide,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshLambertMaterial,
  PerspectiveCamera,
  Scene,
  Vector3,
  WebGLRenderer,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import type { DataPicture, Frame } from "../engine/types.ts";
import { type Landscape, landscape } from "./landscape.ts";
import { palette } from "./palette.ts";
import type { Drawable, Pen } from "./pen.ts";
import type { Classes, Shown } from "./plane-stage.ts";
import { Ratio } from "./ratio.ts";
import { type Look, shades } from "./shade.ts";
import { Stand } from "./stand.ts";
import { terrain } from "./terrain.ts";

/** Radians that one press of an arrow key turns by. */
const TURN = Math.PI / 24;
/** Every so many cells a line of the grid. */
const GRID = 4;
/** Diameters in pixels. */
const DOT = { data: 3, samples: 3, walkers: 8 };

export class Surface extends LitElement implements Drawable {
  static override styles = css`
    :host {
      display: block;
      position: relative;
      width: 100%;
      height: 100%;
      overflow: hidden;
    }
    canvas {
      display: block;
      width: 100%;
      height: 100%;
      cursor: grab;
    }
    canvas:focus-visible {
      outline: 2px solid currentColor;
      outline-offset: -3px;
    }
  `;

  #frame: Frame | undefined;
  #points: Pick<DataPicture, "points" | "labels"> | undefined;
  #classes: Classes | undefined;
  #look: Look = "density";
  #shown: Pick<Shown, "data" | "samples" | "walkers"> = { data: true, samples: true, walkers: true };
  #dark = false;
  #label = "";
  #land: Landscape | undefined;
  #drawn = 0;
  /** How often it was taken off the page. */
  #started = 0;
  #unable = false;
  #renderer: WebGLRenderer | undefined;
  #controls: OrbitControls | undefined;
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera(36, 1, 0.1, 20);
  readonly #ground = new Mesh(
    new BufferGeometry(),
    new MeshLambertMaterial({ vertexColors: true, side: DoubleSide, polygonOffset: true, polygonOffsetFactor: 1 }),
  );
  readonly #grid = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ transparent: true, opacity: 0.22 }));
  readonly #data = new Stand(DOT.data);
  readonly #samples = new Stand(DOT.samples);
  readonly #walkers = new Stand(DOT.walkers);
  readonly #sun = new DirectionalLight(0xffffff, 1.6);
  readonly #observer = new ResizeObserver(() => this.#resize());
  readonly #ratio = new Ratio(() => this.#resize());

  constructor() {
    super();
    this.#camera.up = new Vector3(0, 0, 1);
    // So far away that every corner is in view.
    this.#camera.position.set(2, -3.33, 2.71);
    this.#sun.position.set(-2, -1, 3);
    this.#scene.add(
      this.#ground,
      this.#grid,
      this.#data,
      this.#samples,
      this.#walkers,
      this.#sun,
      new AmbientLight(0xffffff, 1.7),
    );
  }

  set frame(frame: Frame | undefined) {
    const old = this.#frame;
    this.#frame = frame;
    if (frame?.field !== old?.field) this.#land = undefined;
    if (frame !== old) this.#soon();
  }

  set data(data: Pick<DataPicture, "points" | "labels"> | undefined) {
    if (data === this.#points) return;
    this.#points = data;
    this.#soon();
  }

  set classes(classes: Classes | undefined) {
    if (classes === this.#classes) return;
    this.#classes = classes;
    this.#soon();
  }

  set shown(shown: Pick<Shown, "data" | "samples" | "walkers">) {
    if (JSON.stringify(shown) === JSON.stringify(this.#shown)) return;
    this.#shown = { ...shown };
    this.#soon();
  }

  set look(look: Look) {
    if (look === this.#look) return;
    this.#look = look;
    this.#land = undefined;
    this.#soon();
  }

  set dark(dark: boolean) {
    if (dark === this.#dark) return;
    this.#dark = dark;
    this.#land = undefined;
    this.#soon();
  }

  set label(label: string) {
    this.#label = label;
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    this.#ratio.watch();
    window.addEventListener("beforeprint", this.#draw);
  }

  /** A browser has few places for pictures of this kind: this one's is given back. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#ratio.leave();
    window.removeEventListener("beforeprint", this.#draw);
    cancelAnimationFrame(this.#drawn);
    this.#drawn = 0;
    this.#controls?.dispose();
    this.#renderer?.dispose();
    this.#renderer?.forceContextLoss();
    this.#renderer = undefined;
    this.#started++;
    this.requestUpdate();
  }

  protected override render() {
    // A canvas whose place was given back gets no other.
    return keyed(
      this.#started,
      html`<canvas tabindex="0" role="img" aria-label=${this.#label} data-testid="surface" @keydown=${this.#key}></canvas>`,
    );
  }

  protected override updated(): void {
    if (this.isConnected && !this.#renderer && !this.#unable) this.#start();
  }

  #start(): void {
    const canvas = this.renderRoot.querySelector("canvas")!;
    try {
      // Paper takes the picture when it likes.
      this.#renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true, preserveDrawingBuffer: true });
    } catch {
      this.#unable = true;
      this.dispatchEvent(new CustomEvent("unable"));
      return;
    }
    this.#controls = new OrbitControls(this.#camera, canvas);
    this.#controls.enablePan = false;
    this.#controls.minDistance = 1.5;
    this.#controls.maxDistance = 6;
    this.#controls.target.set(0, 0, 0.25);
    this.#controls.addEventListener("change", () => this.#soon());
    this.#controls.update();
    this.#resize();
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const { position } = this.#camera;
    const target = this.#controls!.target;
    const from = position.clone().sub(target);
    const around = { ArrowLeft: -TURN, ArrowRight: TURN }[event.key];
    const up = { ArrowUp: TURN, ArrowDown: -TURN }[event.key];
    if (around === undefined && up === undefined) return;
    event.preventDefault();
    if (around !== undefined) from.applyAxisAngle(this.#camera.up, around);
    else {
      const flat = Math.hypot(from.x, from.y);
      const tilt = Math.min(1.5, Math.max(0.1, Math.atan2(from.z, flat) + up!));
      const length = from.length();
      const scale = (length * Math.cos(tilt)) / flat;
      from.set(from.x * scale, from.y * scale, length * Math.sin(tilt));
    }
    position.copy(target).add(from);
    this.#controls!.update();
    this.#soon();
  };

  #resize(): void {
    if (!this.#renderer || this.clientWidth === 0) return;
    this.#renderer.setPixelRatio(Math.min(2, devicePixelRatio || 1));
    this.#renderer.setSize(this.clientWidth, this.clientHeight, false);
    this.#camera.aspect = this.clientWidth / this.clientHeight;
    this.#camera.updateProjectionMatrix();
    this.#soon();
  }

  get size(): readonly [number, number] {
    return [this.#renderer ? this.clientWidth : 0, this.clientHeight];
  }

  drawWith(pen: Pen, { dark = this.#dark } = {}): void {
    const before = this.#dark;
    this.dark = dark;
    this.#draw();
    pen.drawImage(this.#renderer!.domElement, 0, 0, ...this.size);
    this.dark = before;
    if (dark !== before) this.#draw();
  }

  #soon(): void {
    this.#drawn ||= requestAnimationFrame(this.#draw);
  }

  readonly #draw = (): void => {
    this.#drawn = 0;
    const field = this.#frame?.field;
    if (!this.#renderer || !field) return;
    const colours = palette(this.#dark);
    if (!this.#land) {
      const ramp = this.#look === "discriminator" ? colours.diverging : colours.field;
      this.#land = landscape(shades(field, this.#look), this.#look, ramp);
      this.#raise(this.#land);
    }
    const { bounds } = field;
    const { samples, labels, walkers = [] } = this.#frame!;
    const { points = [], labels: known } = this.#points ?? {};
    for (const [kind, stand, of] of [
      // Outlines, where the samples have classes too.
      ["data", this.#data, { points, labels: known, filled: !labels }],
      ["samples", this.#samples, { points: samples, labels, filled: true }],
      ["walkers", this.#walkers, { points: walkers, labels: undefined, filled: true }],
    ] as const) {
      stand.visible = this.#shown[kind];
      if (stand.visible) stand.put({ ...of, colour: colours[kind] }, this.#classes, this.#dark, this.#land, bounds);
    }
    (this.#grid.material as LineBasicMaterial).color.set(colours.ink);
    this.#renderer.render(this.#scene, this.#camera);
  };

  #raise(land: Landscape): void {
    const { ground, grid } = terrain(land, GRID);
    for (const [shape, geometry] of [
      [this.#ground, ground],
      [this.#grid, grid],
    ] as const) {
      shape.geometry.dispose();
      shape.geometry = geometry;
    }
  }
}

customElements.define("dgm-surface", Surface);
