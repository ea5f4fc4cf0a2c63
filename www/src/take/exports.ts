/** Every file that can be taken away, by its kind: `lab.export(kind)`, and what the buttons ask for. */
import type { ReactiveElement } from "lit";
import { LabError } from "../engine/errors.ts";
import { SITE } from "../engine/source.ts";
import type { Store } from "../lab/store.ts";
import type { Drawable, Pen } from "../views/pen.ts";
import { bibtex } from "./bibtex.ts";
import { writeCsv } from "./csv.ts";
import { writeNpy } from "./npy.ts";
import { type Figure, figureOf } from "./picture.ts";
import { aboutRun, comments, historyCsv, runJson, scoresCsv } from "./run.ts";
import { ENDING, writeSession } from "./session-file.ts";
import { VectorPen } from "./vector-pen.ts";
import { weightsFile } from "./weights.ts";

const SAMPLES = 1000;
/** Pixels of a picture for each of the page's. */
const TIMES = 2;

/** Where a lab's picture is. */
export interface Place {
  readonly renderRoot: ParentNode;
  /** Whether it is dark on the screen. */
  readonly dark: () => boolean;
}

type Make = (store: Store, place: Place) => Blob | Promise<Blob>;

const text = (content: string, type: string) => new Blob([content], { type: `${type};charset=utf-8` });
const bytes = (content: Uint8Array<ArrayBuffer>, type = "application/octet-stream") => new Blob([content], { type });

/** What each kind is made of, and how a file of it is called after the model. */
export const KINDS: Record<string, { ending: string; make: Make }> = {
  history: { ending: "-history.csv", make: (store) => text(historyCsv(store), "text/csv") },
  scores: { ending: "-scores.csv", make: (store) => text(scoresCsv(store), "text/csv") },
  json: { ending: ".json", make: (store) => text(runJson(store), "application/json") },
  samples: { ending: "-samples.csv", make: samplesCsv },
  npy: { ending: "-samples.npy", make: samplesNpy },
  png: { ending: ".png", make: (store, place) => png(drawn(store, place)) },
  svg: { ending: ".svg", make: (store, place) => text(svg(drawn(store, place)), "image/svg+xml") },
  weights: { ending: ".safetensors", make: weights },
  python: { ending: "", make: async () => (await fetch(new URL("python/dgm_torch.py", SITE))).blob() },
  bibtex: {
    ending: ".bib",
    make: ({ model, catalogue }) => text(bibtex(model!, catalogue!.models), "application/x-bibtex"),
  },
  session: { ending: ENDING, make: session },
};

export type Kind = keyof typeof KINDS;

/** Refused by name where there is no such kind, and before there is anything to take away. */
export async function exported(store: Store, place: Place, kind: string): Promise<Blob> {
  const found = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (!found) {
    const known = Object.keys(KINDS).join(", ");
    throw new LabError("unknown_id", `There is no export named "${kind}"; known: ${known}.`, {
      what: "export",
      id: kind,
      known,
    });
  }
  if (!store.config) throw new LabError("not_ready", "Wait for lab.ready before exporting.");
  // Who has just gone back in time may see an outline yet.
  await store.trainer.whole();
  const { host } = place.renderRoot as Partial<ShadowRoot>;
  await (host as Partial<ReactiveElement> | undefined)?.updateComplete;
  return found.make(store, place);
}

export function fileName({ model, config, step }: Store, kind: Kind): string {
  return kind === "python" ? "dgm_torch.py" : `${model!.id}-${config!.data}-${step}${KINDS[kind]!.ending}`;
}

async function samplesCsv(store: Store): Promise<Blob> {
  const { values, shape } = await store.session.ask("sample", SAMPLES);
  const dim = shape[1]!;
  const names = dim > 2 ? Array.from({ length: dim }, (_, i) => `pixel ${i + 1}`) : store.axes.names;
  const rows = Array.from({ length: shape[0]! }, (_, row) => Array.from(values.subarray(row * dim, (row + 1) * dim)));
  return text(writeCsv(comments(aboutRun(store)), names, rows), "text/csv");
}

async function samplesNpy({ session }: Store): Promise<Blob> {
  const { values, shape } = await session.ask("sample", SAMPLES);
  return bytes(writeNpy(values, shape));
}

async function weights(store: Store): Promise<Blob> {
  return bytes(weightsFile(await store.session.ask("weights"), aboutRun(store)));
}

async function session(store: Store): Promise<Blob> {
  const about = aboutRun(store);
  return bytes(writeSession(about, await store.session.snapshot()));
}

/** What is on the stage, once it has a size. */
export function onStage(store: Store, { renderRoot, dark }: Place): Figure | undefined {
  const all = [...renderRoot.querySelectorAll<HTMLElement & Partial<Drawable>>(".canvases > *")];
  const stage = all.find((element): element is HTMLElement & Drawable => !!element.drawWith && element.size![0] > 0);
  return stage && figureOf(store, stage, dark(), penOf(document.createElement("canvas")));
}

export function drawn(store: Store, place: Place): Figure {
  const figure = onStage(store, place);
  if (!figure) throw new LabError("no_picture", "There is no picture here to be taken away.");
  return figure;
}

export function penOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  return canvas.getContext("2d")!;
}

async function png({ width, height, draw }: Figure): Promise<Blob> {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [TIMES * width, TIMES * height];
  const pen = penOf(canvas);
  pen.scale(TIMES, TIMES);
  draw(pen, false);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new LabError("picture_too_large", "The picture is too large for this browser.");
  return blob;
}

function svg({ width, height, title, draw }: Figure): string {
  const ruler: Pen = penOf(document.createElement("canvas"));
  const measure = (content: string, font: string) => {
    ruler.font = font;
    return ruler.measureText(content);
  };
  const pen = new VectorPen(measure);
  draw(pen, true);
  return pen.svg(width, height, title);
}
