/** Takes a picture down as SVG: marks stay marks, type stays type, and what is a canvas is embedded. */
import type { Pen } from "../views/pen.ts";

type Ink = Pen["fillStyle"];

const ANCHOR: Partial<Record<CanvasTextAlign, string>> = { center: "middle", right: "end", end: "end" };
/** How far below its place a line of type stands, in its own height; every program shows this the same, unlike dominant-baseline. */
const DROP: Partial<Record<CanvasTextBaseline, number>> = { middle: 0.35, top: 0.8, hanging: 0.8 };

export class VectorPen implements Pen {
  fillStyle: Ink = "#000";
  strokeStyle: Ink = "#000";
  lineWidth = 1;
  lineJoin: CanvasLineJoin = "miter";
  globalAlpha = 1;
  imageSmoothingEnabled = true;
  imageSmoothingQuality: ImageSmoothingQuality = "high";
  font = "10px sans-serif";
  textAlign: CanvasTextAlign = "left";
  textBaseline: CanvasTextBaseline = "alphabetic";
  #path = "";
  #dash: readonly number[] = [];
  #started = false;
  /** How many clips hold, and held when it was saved. */
  #clips = 0;
  readonly #saved: number[] = [];
  #origin: readonly [number, number] = [0, 0];
  readonly #marks: string[] = [];
  readonly #measure: (text: string, font: string) => TextMetrics;

  /** `measure` tells how wide a text is in a font. */
  constructor(measure: (text: string, font: string) => TextMetrics) {
    this.#measure = measure;
  }

  /** The whole drawing; `title` is what a listener hears of it. */
  svg(width: number, height: number, title: string): string {
    const box = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${box} role="img"><title>${escaped(title)}</title>\n${this.#marks.join("\n")}\n</svg>\n`;
  }

  translate(x: number, y: number): void {
    this.#origin = [this.#origin[0] + x, this.#origin[1] + y];
  }

  /** Only a clip is saved: of the rest nobody asks to have it back. */
  save(): void {
    this.#saved.push(this.#clips);
  }

  restore(): void {
    for (const before = this.#saved.pop() ?? 0; this.#clips > before; this.#clips--) this.#marks.push("</g>");
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path += `M${this.#x(x)} ${this.#y(y)}h${short(width)}v${short(height)}h${-short(width)}z`;
    this.#started = true;
  }

  clip(): void {
    const id = `clip${this.#marks.length}`;
    this.#marks.push(`<clipPath id="${id}"><path d="${this.#path}"/></clipPath><g clip-path="url(#${id})">`);
    this.#clips++;
  }

  beginPath(): void {
    this.#path = "";
    this.#started = false;
  }

  moveTo(x: number, y: number): void {
    this.#path += `M${this.#x(x)} ${this.#y(y)}`;
    this.#started = true;
  }

  lineTo(x: number, y: number): void {
    if (this.#started) this.#path += `L${this.#x(x)} ${this.#y(y)}`;
    else this.moveTo(x, y);
  }

  /** Whole circles and parts of them, with the clock. */
  arc(x: number, y: number, radius: number, from: number, to: number): void {
    const at = (angle: number) => `${this.#x(x + radius * Math.cos(angle))} ${this.#y(y + radius * Math.sin(angle))}`;
    const r = short(radius);
    const turn = Math.min(to - from, 2 * Math.PI);
    this.#path += `${this.#started ? "L" : "M"}${at(from)}`;
    this.#started = true;
    // One arc cannot come back to where it began.
    if (turn > Math.PI) this.#path += `A${r} ${r} 0 0 1 ${at(from + turn / 2)}A${r} ${r} 0 0 1 ${at(from + turn)}`;
    else this.#path += `A${r} ${r} 0 0 1 ${at(from + turn)}`;
  }

  fill(): void {
    if (this.#path) this.#marks.push(`<path d="${this.#path}"${ink("fill", this.fillStyle, this.globalAlpha)}/>`);
  }

  stroke(): void {
    if (this.#path) this.#marks.push(`<path d="${this.#path}" fill="none"${this.#line()}/>`);
  }

  setLineDash(dash: Iterable<number>): void {
    this.#dash = [...dash];
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const box = `x="${this.#x(x)}" y="${this.#y(y)}" width="${short(width)}" height="${short(height)}"`;
    if (width > 0 && height > 0) this.#marks.push(`<rect ${box}${ink("fill", this.fillStyle, this.globalAlpha)}/>`);
  }

  fillText(text: string, x: number, y: number): void {
    this.#write(text, x, y, ink("fill", this.fillStyle, this.globalAlpha));
  }

  strokeText(text: string, x: number, y: number): void {
    this.#write(text, x, y, ` fill="none"${this.#line()}`);
  }

  measureText(text: string): TextMetrics {
    return this.#measure(text, this.font);
  }

  drawImage(picture: HTMLCanvasElement, x: number, y: number, width: number, height: number): void {
    const box = `x="${this.#x(x)}" y="${this.#y(y)}" width="${short(width)}" height="${short(height)}"`;
    this.#marks.push(`<image ${box} preserveAspectRatio="none" href="${picture.toDataURL()}"/>`);
  }

  #x(x: number): number {
    return short(x + this.#origin[0]);
  }

  #y(y: number): number {
    return short(y + this.#origin[1]);
  }

  #line(): string {
    const dash = this.#dash.length > 0 ? ` stroke-dasharray="${this.#dash.join(" ")}"` : "";
    const line = ` stroke-width="${short(this.lineWidth)}" stroke-linejoin="${this.lineJoin}"${dash}`;
    return ink("stroke", this.strokeStyle, this.globalAlpha) + line;
  }

  #write(text: string, x: number, y: number, dress: string): void {
    if (!text) return;
    const [, size = "10", family = "sans-serif"] = /([\d.]+)px (.*)$/.exec(this.font) ?? [];
    const weight = /^(\d+|bold) /.exec(this.font)?.[1];
    const drop = Number(size) * (DROP[this.textBaseline] ?? 0);
    const type = `font-family="${escaped(family)}" font-size="${size}"${weight ? ` font-weight="${weight}"` : ""}`;
    const anchor = ANCHOR[this.textAlign] ?? "start";
    this.#marks.push(
      `<text x="${this.#x(x)}" y="${this.#y(y + drop)}" ${type} text-anchor="${anchor}"${dress}>${escaped(text)}</text>`,
    );
  }
}

/** A colour as an attribute; where it is see-through that is an attribute of its own, as not every program knows rgba(). */
function ink(of: "fill" | "stroke", colour: Ink, opacity: number): string {
  const [, r, g, b, alpha] = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(String(colour)) ?? [];
  const all = opacity * Number(alpha ?? 1);
  const solid = alpha === undefined ? escaped(String(colour)) : `rgb(${r}, ${g}, ${b})`;
  return ` ${of}="${solid}"${all < 1 ? ` ${of}-opacity="${short(all)}"` : ""}`;
}

/** A hundredth of a pixel is not seen. */
function short(value: number): number {
  return Math.round(100 * value) / 100;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
