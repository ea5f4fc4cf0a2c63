/** How a lab is looked at: the layers of its picture, the part of the world in it, which classes are drawn, what lies over it. */
import type { Session } from "../engine/session.ts";
import type { Trainer } from "../engine/trainer.ts";
import type { Bounds } from "../engine/types.ts";
import { othersThan } from "../state/classes.ts";
import type { Show } from "../state/show.ts";
import type { Along } from "../views/along.ts";
import { type Classes, EVERY_LAYER, type Shown } from "../views/plane-stage.ts";
import type { Look } from "../views/shade.ts";
import { Chosen } from "./chosen.ts";
import type { StoreHost } from "./host.ts";
import { firstLook, layersOf } from "./pictures.ts";

export abstract class Viewed extends Chosen {
  abstract readonly trainer: Trainer;
  shown = EVERY_LAYER;
  /** What draws classes while they are shown. */
  classes: Classes | undefined;
  look: Look = "density";
  /** The part of the world that is zoomed into; all that is worth drawing where it is open. */
  box: Bounds | undefined;
  /** Whether the field is shown as a landscape in three dimensions. */
  solid = false;
  /** How far from the latents, 0, to the data, 1, the way through the model is shown. */
  along = 1;
  /** What stands where by then. */
  stop: Along | undefined;
  /** Whether a point is looked at, and shown in the picture. */
  probing = false;
  /** The zoom that the data are opened with. */
  protected zoom: Show["zoom"];
  /** Whether the next step is told in slow motion. */
  slow = false;
  protected readonly host: StoreHost;

  constructor(session: Session, host: StoreHost) {
    super(session);
    this.host = host;
  }

  changed(): void {
    this.host.changed();
  }

  /** Language, theme or the view was switched: who mirrors the configuration wants to know. */
  pageChanged(): void {
    this.host.emit("page", { lang: this.lang, theme: this.theme });
    this.changed();
  }

  show(layer: keyof Shown, on: boolean): void {
    this.shown = { ...this.shown, [layer]: on };
    this.pageChanged();
    this.trainer.refresh();
    if (layer === "classes") void this.tellApart();
  }

  showAllClasses(): void {
    void this.tellApart(new Set());
  }

  /** Draws a class, or leaves it out. */
  toggleClass(label: number): void {
    const hidden = new Set(this.classes?.hidden);
    if (!hidden.delete(label)) hidden.add(label);
    void this.tellApart(hidden);
  }

  /** Shows another part of the world, everything in it drawn anew. */
  lookInto(box: Bounds | undefined): void {
    if (JSON.stringify(box) === JSON.stringify(this.box)) return;
    this.box = box;
    this.pageChanged();
    this.trainer.refresh();
  }

  raise(solid: boolean): void {
    this.solid = solid;
    this.pageChanged();
  }

  goAlong(share: number): void {
    this.along = Math.min(1, Math.max(0, share));
    this.pageChanged();
  }

  probe(on: boolean): void {
    this.probing = on;
    this.changed();
  }

  /** Tells steps deed by deed, with the model at rest. */
  slowDown(on: boolean): void {
    this.slow = on;
    if (on) void this.trainer.pause();
    this.changed();
  }

  lookAt(look: Look): void {
    this.look = look;
    this.pageChanged();
  }

  /** Opens as a lesson wants it. */
  protected openView(asked: Show): void {
    this.shown = layersOf(asked.layers);
    if (this.shown.classes) void this.tellApart();
    this.solid = asked.solid ?? false;
    this.along = asked.along ?? 1;
    this.zoom = asked.zoom;
    this.lookFirst(asked);
  }

  /** The picture that the model opens with. */
  protected lookFirst({ look }: Show): void {
    if (this.model) this.look = firstLook(this.model, look);
  }

  /** Draws points by their classes but for those that are hidden, or all alike. Of a model that is asked for one class, that class is drawn. */
  protected async tellApart(
    hidden: ReadonlySet<number> = othersThan(this.config, this.classNames.length),
  ): Promise<void> {
    const marks = this.shown.classes ? await import("../views/class-marks.ts").catch(() => undefined) : undefined;
    this.classes = marks && this.shown.classes ? { ...marks, hidden } : undefined;
    this.changed();
  }
}
