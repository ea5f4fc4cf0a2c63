/** The command's arguments, and how it ends. */
import { Command, CommanderError } from "commander";
import { errorFrom, type LabError } from "../src/engine/errors.ts";
import { fetchStrings } from "../src/i18n/index.ts";
import type { Lang } from "../src/state/config.ts";
import { Ending, EXIT, isOutput } from "./exit.ts";
import { endWithReader, flushed, say, tell } from "./say.ts";
import { CORES, catalogueOf, ENGINES, type EngineName, threads } from "./threads.ts";
import { type Words, wordsIn } from "./words.ts";

/** Version and commit, written in by the build. */
declare const __BUILD__: string;

export async function main(args: string[]): Promise<void> {
  const lang = languageOf(args);
  const words = wordsIn(lang);
  endWithReader(words);
  await fetchStrings(lang);
  try {
    await program(lang, words).parseAsync(args);
    await flushed();
    process.exit(EXIT.done);
  } catch (error) {
    process.exit(await ended(error, lang, words));
  }
}

/** Said anywhere among the arguments, or the system's. */
function languageOf(args: readonly string[]): Lang {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const at = args.findIndex((arg) => arg.startsWith("--lang"));
  const said = at < 0 ? undefined : (args[at]!.split("=")[1] ?? args[at + 1]);
  return (said ?? LC_ALL ?? LC_MESSAGES ?? LANG ?? "").startsWith("zh") ? "zh" : "en";
}

function program(lang: Lang, words: Words): Command {
  const dgm = new Command("dgm").description(words.about).version(__BUILD__, "--version", words.version);
  dgm.helpOption("-h, --help", words.help).helpCommand(false);
  dgm
    .configureHelp({
      styleTitle: (title) => words.usage[title] ?? title,
      optionDescription: ({ description }) => description,
    })
    .addHelpText("after", `\n${words.codes}`);
  dgm.exitOverride().option("--lang <en|zh>", words.lang);
  const command = (text: string, about: string) =>
    dgm.command(text).description(about).helpOption("-h, --help", words.help).option("--lang <en|zh>", words.lang);
  const engine = [
    `--engine <${ENGINES.join("|")}>`,
    words.engine,
    (text: string) => engineOf(text, words),
    "cpu",
  ] as const;
  const jobs = (usual: number) => ["--jobs <n>", words.jobs, (text: string) => jobsOf(text, words), usual] as const;

  command("run", words.run)
    .argument("<what>", words.what)
    .option("--steps <n>", words.steps)
    .option("--no-scores", words.no_scores)
    .option("--out <dir>", words.out)
    .option("--json", words.json)
    .option(...engine)
    .option(...jobs(1))
    .action(async (what, options) => {
      if (what === "-") {
        if (options.steps !== undefined || options.out !== undefined || options.json || !options.scores)
          throw new Ending(EXIT.asked, words.of_one_run);
        await (await import("./feed.ts")).feed(options, words);
      } else await (await import("./run.ts")).runOne(what, options, words, lang);
    });
  command("sweep", words.sweep)
    .argument("<file>", words.file)
    .option("--out <table>", words.table, "rows.csv")
    .option(...jobs(CORES))
    .option("--shard <k/n>", words.shard)
    .option("--with <tables...>", words.with)
    .option("--plan", words.plan)
    .option("--collect", words.collect)
    .option("--json", words.json)
    .option(...engine)
    .action(async (file, options) => (await import("./sweep.ts")).runSweep(file, options, words));
  const list = async (lines: (lists: typeof import("./lists.ts"), catalogue: Catalogue) => string[]) =>
    say(lines(await import("./lists.ts"), await catalogueOf(threads(1, "cpu", words), words)).join("\n"));
  command("models", words.models).action(() => list(({ models }, catalogue) => models(catalogue, lang, words)));
  command("data", words.data).action(() => list(({ data }, catalogue) => data(catalogue, lang, words)));
  command("settings", words.settings)
    .argument("<model>", words.model)
    .action((id) => list(({ settings }, catalogue) => settings(catalogue, id, lang, words)));
  return dgm;
}

type Catalogue = Awaited<ReturnType<typeof catalogueOf>>;

function engineOf(text: string, words: Words): EngineName {
  const engine = ENGINES.find((known) => known === text);
  if (!engine) throw new Ending(EXIT.asked, words.not_engine(text));
  return engine;
}

function jobsOf(text: string, words: Words): number {
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 1024) throw new Ending(EXIT.asked, words.not_jobs(text));
  return jobs;
}

/** Errors of the engine and of the page's own reading that are about what was asked for. */
const ASKED =
  /^(unknown_id|out_of_range|bad_mixture|bad_snapshot|bad_sweep|session_\w+|data_\w+|wrong_dimension|own_\w+)$/;

/** Those about what is not here. */
const MISSING = /^(no_engine|gpu_missing)$/;

async function ended(cause: unknown, lang: Lang, words: Words): Promise<number> {
  // The arguments: what was wrong has been said, or help was asked for.
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? EXIT.done : EXIT.asked;
  const [code, sentence] = await verdict(cause, lang, words);
  tell(`dgm: ${sentence}`);
  return code;
}

async function verdict(cause: unknown, lang: Lang, words: Words): Promise<[number, string]> {
  if (cause instanceof Ending) return [cause.code, cause.message];
  if (isOutput(cause)) return [EXIT.output, words.no_place((cause as Error).message)];
  const error = errorFrom(cause);
  if (error.code === "ENOENT") return [EXIT.asked, words.no_file(String(error.details.path))];
  if (/^E[A-Z]+$/.test(error.code)) return [EXIT.asked, error.message];
  const code = ASKED.test(error.code) ? EXIT.asked : MISSING.test(error.code) ? EXIT.missing : EXIT.failed;
  return [code, await sentenceOf(error, lang, words)];
}

/** As the page says it, where it has words for it. */
async function sentenceOf(error: LabError, lang: Lang, words: Words): Promise<string> {
  if (error.code === "bad_sweep") return [words.faults, ...String(error.details.faults).split("\n")].join("\n  ");
  const { takeWords } = await import("../src/take/words.ts");
  const bad: Record<string, string> = takeWords[lang].bad;
  return Object.hasOwn(bad, error.code) ? bad[error.code]! : error.message;
}
