/**
 * How a reader's own data come in: pasted, dropped and set by a script all take the same way, only a script is never asked.
 * Fetched with the first of them.
 */
import { errorFrom, LabError } from "../engine/errors.ts";
import type { DataNote } from "../engine/types.ts";
import type { Choice } from "../state/table/choose.ts";
import type { Reading } from "../state/table/layout.ts";
import type { Mark } from "../state/table/number.ts";
import type { Note } from "../state/table/table.ts";
import type { Taken } from "../state/table/take.ts";
import { checkKind, checkPoints, checkText, type GivenData, type GivenText } from "./given.ts";
import { classesOf } from "./own-classes.ts";
import { AUTO, isWide, type Learned, type Looked, type Treatment } from "./own-table.ts";
import { readSource, sizeOf, tools } from "./reader.ts";
import type { Store } from "./store.ts";
import type { Source } from "./table-source.ts";

/** Said of clean data too: no reason to ask before learning. */
const PLAIN = ["unit", "decimal_comma", "thousands"];
/** What a text says itself, and how its cells were made into numbers. */
const READ = [
  "geojson",
  "libsvm",
  "html_table",
  "marks_behind",
  "minus_after",
  "uncertain",
  "powers",
  "degrees",
  "multiples",
  "times",
  "days",
];
/** Nothing that needs the reader's attention: it stands with the data, not under the picture. */
const QUIET = [...PLAIN, ...READ, "days_beside", "rows_without", "scales_apart", "smoothed"];
/** Reading this many characters takes long enough to be said. */
const LONG = 2_000_000;

/** What a reader pasted or dropped: learned at once where there is nothing to ask, shown first otherwise. */
export function bring(store: Store, source: Source, file = ""): void {
  attempt(store, async () => {
    const mine = ++store.own.newest;
    await sayLong(store, source, file);
    const looked = await look(source, file);
    if (mine !== store.own.newest) return;
    store.own.looked = undefined;
    const taken = (await tools()).take(looked.table, looked.choice);
    if (isPlain(looked, taken)) await learnBrought(store, looked, taken);
    else show(store, looked);
  });
}

/** What a script sets. Refused with a code, and then nothing changes. */
export async function learnGiven(store: Store, given: GivenData): Promise<void> {
  checkKind(given);
  if ("mixture" in given) await store.setData(given);
  else if ("points" in given) await learnPoints(store, given.points, given.dim, given.labels);
  else if ("text" in given) await learnText(store, given);
}

async function learnText(store: Store, given: GivenText): Promise<void> {
  checkText(given);
  store.own.newest++;
  const looked = await look(given.text, "", { decimal: given.decimal });
  const { chooseNamed, groupsNamed, withClasses } = await tools();
  const { table } = looked;
  if (given.columns) looked.choice = chooseNamed(table, given.columns);
  if (given.classes === undefined) looked.choice = withClasses(table, looked.choice);
  else looked.choice.groups = given.classes === false ? undefined : groupsNamed(table, given.classes);
  if (given.missing !== undefined) {
    const values = [given.missing].flat();
    looked.choice.without = looked.choice.learned.flatMap((column) => values.map((value) => ({ column, value })));
  }
  const { scale = AUTO.scale, spread = AUTO.spread, smooth = AUTO.smooth } = given;
  await learn(store, looked, { scale, spread, smooth });
}

/** Points that were drawn, or that a script has as numbers: row by row. */
async function learnPoints(
  store: Store,
  points: ArrayLike<number>,
  dim: number,
  labels?: ArrayLike<number>,
): Promise<void> {
  checkPoints({ points, dim, ...(labels && { labels }) });
  const column = (axis: number) =>
    Float64Array.from({ length: points.length / dim }, (_, row) => points[row * dim + axis]!);
  const columns = ["x", "y"].slice(0, dim).map((name, axis) => ({ name, values: column(axis) }));
  store.own.newest++;
  const classes = labels && classesOf(labels, []);
  await set(store, { columns, classes, read: [], treatment: AUTO, from: undefined });
}

/** Points of the pad, each with the class that it was drawn with. */
export function learnDrawn(store: Store, points: Float32Array, labels: readonly number[]): void {
  attempt(store, async () => {
    const several = new Set(labels).size > 1;
    await learnPoints(store, points, 2, several ? labels : undefined);
    // Who draws in several colours wants to see them.
    if (several) store.show("classes", true);
    store.putAway();
  });
}

/** The reader says yes to what the preview shows, once; where it cannot be learned after all, it stands there again. */
export function learnLooked(store: Store): void {
  const { looked } = store.own;
  if (!looked) return;
  store.own.looked = undefined;
  store.changed();
  attempt(store, () =>
    learnBrought(store, looked).catch((error) => {
      store.own.looked = looked;
      throw error;
    }),
  );
}

export function closePreview(store: Store): void {
  store.own.looked = undefined;
  store.say(undefined);
}

/** Opens the preview again on what is learned. */
export function lookAgain(store: Store): void {
  const { learned } = store.own;
  if (learned?.from) show(store, learned.from);
}

/** Reads the same text in another way. */
export function readAs(store: Store, reading: Reading): void {
  const { looked } = store.own;
  if (looked) attempt(store, async () => show(store, await look(looked.source, looked.file, { reading })));
}

export function chooseColumns(store: Store, choice: Choice): void {
  const { looked } = store.own;
  if (looked) show(store, { ...looked, choice });
}

/** Learns the same numbers, scaled, spread or smoothed otherwise. */
export function treat(store: Store, change: Partial<Treatment>): void {
  const { learned } = store.own;
  if (learned) attempt(store, () => set(store, { ...learned, treatment: { ...learned.treatment, ...change } }));
}

async function look(
  source: Source,
  file: string,
  asked: { decimal?: Mark | undefined; reading?: Reading } = {},
): Promise<Looked> {
  const reading = readSource(source, asked).catch(explained);
  const [{ table, examples }, { choose, withClasses }] = await Promise.all([reading, tools()]);
  return { source, file, table, examples, choice: withClasses(table, choose(table)) };
}

/** A script, too, is told why a text has no numbers. */
async function explained(cause: unknown): Promise<never> {
  const error = errorFrom(cause);
  const note = error.details.note as Note | undefined;
  if (!note) throw error;
  const { sentence } = await import("../i18n/own-data.ts");
  throw new LabError(error.code, `${error.message} ${sentence(note, "en")}`, error.details);
}

function show(store: Store, looked: Looked): void {
  void store.own.fetchWords().then(() => {
    store.own.looked = looked;
    store.say(undefined);
  });
}

/** A list, or two columns, that can be read in one way only and of which every row is used. */
function isPlain({ table, choice }: Looked, { notes }: Taken): boolean {
  if (table.others.length > 0 || table.columns.length !== choice.learned.length) return false;
  return notes.every(({ code }) => PLAIN.includes(code));
}

/** Whether it plays is the reader's: what is paused stays so. */
async function learnBrought(store: Store, looked: Looked, taken?: Taken): Promise<void> {
  await learn(store, looked, AUTO, taken);
  store.putAway();
}

async function learn(store: Store, looked: Looked, treatment: Treatment, taken?: Taken): Promise<void> {
  const { columns, groups, notes } = taken ?? (await tools()).take(looked.table, looked.choice);
  const classes = groups && classesOf(groups.of, groups.names);
  await set(store, { columns, classes, read: notes, treatment, from: looked });
}

async function set(store: Store, learned: Omit<Learned, "found">): Promise<void> {
  const { columns, classes, treatment } = learned;
  await store.own.fetchWords();
  const told = await store.setData({ columns, ...treatment, ...(classes && { classes }) });
  // Of a spike the reading has said already in which column, and how many of all rows it has.
  const found = told.filter(({ code }) => code !== "spike" || !learned.read.some((note) => note.code === code));
  store.own.learned = { ...learned, found };
  store.own.looked = undefined;
  tell(store, learned.read, found);
}

/** All that is said goes out as warnings; what was left out or is strange in the numbers stands on the page as well. */
function tell(store: Store, read: Note[], found: DataNote[]): void {
  const notes = [...read, ...found];
  for (const note of notes) store.warn(note.code, store.own.message(note), false);
  const quiet = (note: Note | DataNote) => QUIET.includes(note.code) && !isWide(note);
  const loud = notes.filter((note) => !quiet(note)).map((note) => store.own.message(note));
  if (loud.length > 0) store.say((text) => loud.map((message) => message(text)).join(text.code === "zh" ? "" : " "));
}

async function sayLong(store: Store, source: Source, file: string): Promise<void> {
  const size = sizeOf(source);
  if (size < LONG) return;
  const { ownWords } = await store.own.fetchWords();
  store.say(({ code }) => ownWords[code].reading(file, (size / 1e6).toFixed(0)));
}

function attempt(store: Store, work: () => Promise<void>): void {
  work().then(undefined, async (cause) => {
    const error = errorFrom(cause);
    store.fail(error);
    // Why a text has no numbers is said in the words that come with the reader.
    const note = error.details.note as Note | undefined;
    if (!note) return;
    const { sentence } = await store.own.fetchWords();
    store.say((text) => `${text.message.no_numbers}${text.code === "zh" ? "" : " "}${sentence(note, text.code)}`);
  });
}
