/** The picture as a figure of its own: the stage, a legend under it, and a caption that says what it shows. */
import { statusLine } from "../lab/status.ts";
import type { Store } from "../lab/store.ts";
import { css, type Palette, palette } from "../views/palette.ts";
import type { Drawable, Pen } from "../views/pen.ts";
import { takeWords } from "./words.ts";

/** In CSS pixels: around everything, a line of the legend and of the caption, the dot of a key, a key's room, the scale of a field. */
const MARGIN = 16;
const LINE = 18;
const DOT = 4;
const GAP = 18;
const RAMP = { width: 90, height: 9, steps: 45 };
const FONT = 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
/** The picture itself is at least as wide as a line of text can be read in. */
const LEAST = 320;

export interface Figure {
  width: number;
  height: number;
  title: string;
  draw(pen: Pen, fine: boolean): void;
}

interface Key {
  width: number;
  draw(pen: Pen, x: number, y: number): void;
}

/** What is on the stage now. */
export function figureOf(store: Store, stage: Drawable, dark: boolean, measure: Pen): Figure {
  const [wide, high] = stage.size;
  const width = Math.max(wide, LEAST) + 2 * MARGIN;
  const colours = palette(dark);
  const title = statusLine(store);
  measure.font = `12px ${FONT}`;
  const keys = keysOf(store, colours, measure);
  const rows = broken(keys, width - 2 * MARGIN);
  const lines = wrapped([title, settingsLine(store)].join("\n"), width - 2 * MARGIN, measure);
  const height = MARGIN + high + MARGIN + LINE * rows.length + 6 + LINE * lines.length + MARGIN;
  const left = MARGIN + (Math.max(wide, LEAST) - wide) / 2;
  const draw = (pen: Pen, fine: boolean) => {
    pen.fillStyle = colours.paper;
    pen.fillRect(0, 0, width, height);
    pen.translate(left, MARGIN);
    pen.save();
    pen.beginPath();
    pen.rect(0, 0, wide, high);
    pen.clip();
    stage.drawWith(pen, { dark, paper: fine });
    pen.restore();
    pen.translate(-left, -MARGIN);
    pen.globalAlpha = 1;
    pen.font = `12px ${FONT}`;
    pen.textAlign = "left";
    pen.textBaseline = "alphabetic";
    let y = MARGIN + high + MARGIN + 12;
    for (const row of rows) {
      let x = MARGIN;
      for (const key of row) {
        key.draw(pen, x, y);
        x += key.width + GAP;
      }
      y += LINE;
    }
    y += 6;
    pen.fillStyle = colours.quiet;
    for (const line of lines) {
      pen.fillText(line, MARGIN, y);
      y += LINE;
    }
  };
  return { width, height: Math.ceil(height), title, draw };
}

/** Program, data, model and what was set otherwise than it comes. */
function settingsLine({ said, model, dataName, lang }: Store): string {
  const set = model!.params.flatMap(({ id, default: usual, kind, options }) => {
    const value = said[id];
    const plain = kind === "choice" ? options[usual]!.id : usual;
    return value === undefined || value === plain ? [] : [`${id}=${value}`];
  });
  return ["DGM Playground", dataName, model!.label[lang], `seed=${said.seed}`, ...set].join(" · ");
}

function keysOf(store: Store, colours: Palette, measure: Pen): Key[] {
  const { shown, model, look, dim, frame, truth, lang, classes } = store;
  const words = takeWords[lang].legend;
  const dot = (text: string, colour: string): Key => ({
    width: 2 * DOT + 6 + measure.measureText(text).width,
    draw(pen, x, y) {
      pen.fillStyle = colour;
      pen.beginPath();
      pen.moveTo(x + 2 * DOT, y - DOT);
      pen.arc(x + DOT, y - DOT, DOT, 0, 2 * Math.PI);
      pen.fill();
      pen.fillStyle = colours.ink;
      pen.fillText(text, x + 2 * DOT + 6, y);
    },
  });
  const keys: Key[] = [];
  if (shown.data) keys.push(dot(words.data, colours.data));
  if (shown.samples) keys.push(dot(words.samples, colours.samples));
  for (const [label, name] of classes ? store.classNames.entries() : []) {
    if (!classes!.hidden.has(label)) keys.push(dot(name, classes!.colourOf(label, colours.dark)));
  }
  if (shown.walkers && frame?.walkers) keys.push(dot(words.walkers, colours.walkers));
  if (dim === 1 && model!.density !== "none" && shown.field) keys.push(dot(words.learned, colours.samples));
  if (dim === 1 && shown.field && frame?.energy) keys.push(dot(store.text.field.energy, colours.ink));
  if (dim === 1 && shown.field && model!.family === "gan") keys.push(dot(store.text.field.discriminator, colours.data));
  if (dim === 1 && truth && shown.truth) keys.push(dot(words.truth, colours.truth));
  if (dim === 2 && frame?.field && (shown.field || shown.contours)) {
    const judged = look === "discriminator";
    const ends = judged
      ? [words.fake, words.real]
      : look === "energy"
        ? [words.high, words.low]
        : [words.low, words.high];
    const title = store.text.field[judged ? "discriminator" : look === "energy" ? "energy" : "log_density"];
    keys.push(
      scale(
        `${title}${lang === "zh" ? "：" : ": "}`,
        ends,
        judged ? colours.diverging : colours.field,
        colours,
        measure,
      ),
    );
  }
  return keys;
}

function scale(title: string, ends: string[], ramp: Palette["field"], colours: Palette, measure: Pen): Key {
  const [before, after] = [`${title}${ends[0]}`, ends[1]!];
  const start = measure.measureText(before).width + 6;
  return {
    width: start + RAMP.width + 6 + measure.measureText(after).width,
    draw(pen, x, y) {
      pen.fillStyle = colours.ink;
      pen.fillText(before, x, y);
      pen.fillText(after, x + start + RAMP.width + 6, y);
      const step = RAMP.width / RAMP.steps;
      for (let i = 0; i < RAMP.steps; i++) {
        pen.fillStyle = css(ramp[Math.round((i / (RAMP.steps - 1)) * (ramp.length - 1))]!);
        pen.fillRect(x + start + i * step, y - RAMP.height, step + 0.3, RAMP.height);
      }
    },
  };
}

function broken(keys: Key[], room: number): Key[][] {
  const rows: Key[][] = [[]];
  let used = 0;
  for (const key of keys) {
    if (used > 0 && used + key.width > room) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push(key);
    used += key.width + GAP;
  }
  return rows;
}

/** Lines no longer than there is room; Chinese breaks between any two letters. */
function wrapped(text: string, room: number, measure: Pen): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const parts =
      paragraph.match(/[\u3000-\u9fff\uff00-\uffef][，。：；、）！？]*|[^\s\u3000-\u9fff\uff00-\uffef]+\s*|\s+/g) ?? [];
    const lines = [""];
    for (const part of parts) {
      if (measure.measureText(lines.at(-1)! + part.trimEnd()).width > room && lines.at(-1)) lines.push("");
      lines[lines.length - 1] += part;
    }
    return lines.map((line) => line.trimEnd());
  });
}
