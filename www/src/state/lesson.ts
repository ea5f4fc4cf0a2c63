/** What a lesson asks of a figure beside its configuration: attributes of the element and keys of the address alike. */
import { SPEEDS } from "../engine/governor.ts";
import type { Dropped, Raw } from "./config.ts";
import { SHOW_FORM, type Show, showOf } from "./show.ts";

export const LESSON_KEYS = ["autoplay", "start-at", "stop-at", "speed", "goal", "caption", "show"] as const;
type LessonKey = (typeof LESSON_KEYS)[number];

/** Playing begins when the figure is seen and rests when it is not; at once and wherever it stands; or by hand. */
const AUTOPLAY = ["visible", "on", "off"] as const;
/** In steps a second, as the transport offers them. */
const SPEED_WORDS = new Map(SPEEDS.map((speed) => [Number.isFinite(speed) ? String(speed) : "full", speed]));

/** A score that a reader is to reach. */
export interface Goal {
  /** Of a metric, as in `evaluate()`. */
  id: string;
  below: boolean;
  value: number;
}

export interface Lesson {
  autoplay: (typeof AUTOPLAY)[number];
  /** Steps that are taken before anything is shown to move, or where a snapshot is to be fetched. */
  startAt: number | URL | undefined;
  /** The step at which a run pauses by itself. */
  stopAt: number;
  speed: number | undefined;
  goal: Goal | undefined;
  caption: string;
  show: Show;
}

/** Always a lesson, with a list of what had to be left out. `base` is where relative addresses begin. */
export function readLesson(raw: Raw, base: string): { lesson: Lesson; dropped: Dropped[] } {
  const dropped: Dropped[] = [];
  /** What `read` makes of a key that is there; what it cannot read is dropped. */
  function take<T>(key: LessonKey, read: (text: string) => T | undefined, known = ""): T | undefined {
    const text = raw[key];
    if (text === undefined) return undefined;
    const value = read(text.trim());
    if (value === undefined) dropped.push({ key, value: text, used: "", known });
    return value;
  }
  const lesson: Lesson = {
    autoplay: take("autoplay", (text) => AUTOPLAY.find((known) => known === text), AUTOPLAY.join(", ")) ?? "visible",
    startAt: take("start-at", (text) => steps(text) ?? address(text, base)),
    stopAt: take("stop-at", steps) ?? Number.POSITIVE_INFINITY,
    speed: take("speed", (text) => SPEED_WORDS.get(text), [...SPEED_WORDS.keys()].join(", ")),
    goal: take("goal", goalOf, "kl<0.05"),
    caption: raw.caption ?? "",
    show: take("show", showOf, SHOW_FORM) ?? {},
  };
  return { lesson, dropped };
}

/** A speed as an address says it. */
export function speedWord(speed: number): string {
  return [...SPEED_WORDS].find(([, known]) => known === speed)?.[0] ?? "full";
}

function steps(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** An address names a folder or a file type; a number with a slip in it is none. */
function address(text: string, base: string): URL | undefined {
  return /[./]/.test(text) && /[a-z]/i.test(text) && URL.canParse(text, base) ? new URL(text, base) : undefined;
}

function goalOf(text: string): Goal | undefined {
  const [, id, sign, number] = /^(\w+)\s*([<>])\s*(-?\d*\.?\d+(?:e-?\d+)?)$/i.exec(text) ?? [];
  return id ? { id, below: sign === "<", value: Number(number) } : undefined;
}

export function isLessonKey(key: string | null): boolean {
  return (LESSON_KEYS as readonly (string | null)[]).includes(key);
}

/** The other keys. */
export function withoutLesson(raw: Raw): Raw {
  return Object.fromEntries(Object.entries(raw).filter(([key]) => !isLessonKey(key)));
}

export function reached({ below, value }: Goal, score: number): boolean {
  return below ? score < value : score > value;
}
