/** What the command says, in both languages. */
import type { Lang } from "../src/state/config.ts";
import { wordsIn as sweepWords } from "../src/sweep/words.ts";

const en = {
  comma: ", ",
  colon: ": ",
  about: "Trains deep generative models as the page does, without a browser: the same engine, the same numbers.",
  usage: { "Usage:": "Usage:", "Options:": "Options:", "Commands:": "Commands:", "Arguments:": "Arguments:" } as Record<
    string,
    string
  >,
  run: "train one model, and say its scores",
  what: 'an address of the page or its hash ("data=moons&model=made"), a file of settings, a saved session, or - for a run a line',
  steps: "how many steps (1000 where nothing is said)",
  no_scores: "leave the scores out, which take a second or two",
  out: "write there what the page's “Take away” writes: history, scores, samples, weights, pictures, the session",
  json: "a line of JSON for programs, the last one",
  engine: "cpu where nothing is said, or webgpu where there is a GPU and the npm package webgpu",
  lang: "en or zh; as your system speaks where nothing is said",
  jobs: "how many runs at once: as many as there are cores for an experiment, else one",
  sweep: "run an experiment that the page saved, into a table; started again it runs only what is missing",
  file: "the experiment, JSON",
  table: "the table (rows.csv where nothing is said)",
  shard: "only this share of the runs, as in 3/40",
  with: "take over what other tables have of these runs",
  plan: "run nothing: write the missing runs, a line of JSON each, for others to run",
  collect: "run nothing: read rows of others from the input into the table",
  models: "the models",
  data: "the data sets",
  settings: "the settings of a model",
  model: "its id",
  help: "say this",
  version: "say the version",
  codes: `Ends with 0 when all is done, 1 when a run or the command went wrong, 2 when what was asked for cannot be, 3 when something is
missing here (a newer Node, a GPU, a package), 4 when the table belongs to something else, 5 when what was made has no place
to go (full disk, closed pipe), 130 when it was stopped. Rows that were finished are in the table in every case.`,
  bar: {
    steps: { unit: "steps", left: (seconds: number) => `${sweepWords("en").minutes(seconds)} left` },
    runs: { unit: "runs", left: (seconds: number) => `${sweepWords("en").minutes(seconds)} left` },
  },
  space: (dim: number) => (dim === 1 ? "line" : dim === 2 ? "plane" : `${Math.sqrt(dim)} × ${Math.sqrt(dim)} pixels`),
  title: (model: string, data: string, seed: number, steps: number) =>
    `${model} · ${data} · seed ${seed} · ${steps.toLocaleString("en")} steps`,
  written: (folder: string) => `Written to ${folder}.`,
  no_png: "No PNG: for it, npm install @napi-rs/canvas here; the SVG has the same picture.",
  in_table: (done: number, total: number, path: string) => `${done} of ${total} runs are in ${path}.`,
  rows_failed: (failed: number) =>
    `${failed} of the runs in the table failed, as their rows say; delete these lines to run them again.`,
  stopped: "stopped; the same command goes on from there.",
  stopped_run: "stopped; of this run nothing is kept.",
  stopped_feed: "stopped; the rows that were written are whole.",
  of_one_run:
    "with - each line says its own steps and is answered by a row: --steps, --out, --json and --no-scores are for one run.",
  failed: (message: string) => message,
  faults: "the experiment cannot be run:",
  not_asked: (what: string) => `there is no file "${what}", and it is no address either, which would have an = in it.`,
  no_file: (path: string) => `there is no file "${path}".`,
  not_settings: (path: string) =>
    `${path} is no file of settings: it must be one JSON object, such as {"model": "made", "data": "moons"}.`,
  not_steps: (text: string) => `steps must be a whole number from 0 to 10,000,000, not ${text}.`,
  not_jobs: (text: string) => `jobs must be a whole number from 1 to 1024, not ${text}.`,
  not_engine: (text: string) => `the engine must be cpu or webgpu, not ${text}.`,
  not_sweep: (path: string, reason: string) =>
    `${path} is no experiment: it must be one JSON object, as “Save the experiment” on the page writes it${reason && ` (${reason})`}.`,
  is_sweep: (path: string) => `${path} is an experiment; run it by dgm sweep.`,
  is_folder: (path: string) => `${path} is a folder, not a file.`,
  no_folder: (path: string) => `${path} is no folder to write to.`,
  no_folder_for: (path: string, folder: string) => `there is no folder ${folder} for ${path}.`,
  not_shard: (text: string) => `a share is written as 3/40, the third of forty, not ${text}.`,
  no_model: (id: string, known: string) => `there is no model "${id}"; known: ${known}.`,
  no_dawn: "WebGPU without a browser is the npm package webgpu: npm install webgpu here, or use --engine cpu.",
  no_adapter: (reason: string) =>
    `WebGPU finds no graphics adapter here that the engine can use (${reason}); use --engine cpu.`,
  no_row: (line: string) => `Left out, as it is no row of this experiment: ${line}`,
  other_row: (found: string, mine: string, line: string) =>
    `Left out, as another engine made it, ${found} and not ${mine}: ${line}`,
  no_table: (path: string, sign: string) =>
    `${path} is no table of an experiment, whose first line begins with "${sign}"; name another file.`,
  cut_table: (path: string, line: number) =>
    `${path} was changed: line ${line} does not have the columns of this experiment. Mend it, or name another file.`,
  other_sweep: (path: string) =>
    `${path} is the table of another experiment; name another file, and take its runs over by --with ${path}.`,
  other_engine: (path: string, found: string, mine: string) =>
    `${path} has numbers of another engine, ${found} and not ${mine}; name another file.`,
  locked: (path: string, lock: string) =>
    `somebody else writes to ${path}. If that is not so any more, delete ${lock}.`,
  no_place: (message: string) => `what was made cannot be written: ${message}. What was finished before is kept.`,
  closed: "whoever read the results has stopped.",
};

const zh: typeof en = {
  comma: "、",
  colon: "：",
  about: "不用浏览器，和网页一样训练深度生成模型：引擎相同，数字也相同。",
  usage: { "Usage:": "用法：", "Options:": "选项：", "Commands:": "命令：", "Arguments:": "参数：" },
  run: "训练一个模型，报出得分",
  what: "网页地址或其中 # 后面的部分（“data=moons&model=made”）、设置文件、保存的训练，或者 -（每行一次训练）",
  steps: "步数（不写就是 1000）",
  no_scores: "不算得分，省下一两秒",
  out: "把网页上“保存与分享”能存的都写到这里：历史、得分、样本、权重、图和整个训练",
  json: "最后一行给程序用，是 JSON",
  engine: "不写就是 cpu；有 GPU 并装了 npm 包 webgpu 时也可用 webgpu",
  lang: "en 或 zh；不写就跟随系统",
  jobs: "同时跑几次：实验默认和核数一样多，否则一次",
  sweep: "跑网页存下的实验，结果写进表格；再次启动时只跑还缺的",
  file: "实验文件，JSON",
  table: "表格文件（不写就是 rows.csv）",
  shard: "只跑其中一份，例如 3/40",
  with: "把其他表格里已有的结果拿过来",
  plan: "什么也不跑：把还缺的每次训练写成一行 JSON，让别的程序去跑",
  collect: "什么也不跑：从输入读别处跑完的行，写进表格",
  models: "列出模型",
  data: "列出数据集",
  settings: "列出一个模型的设置",
  model: "模型的 id",
  help: "显示这些说明",
  version: "显示版本",
  codes: `退出码：0 全部完成；1 训练或命令出错；2 要求的做不到；3 这台机器缺东西（较新的 Node、GPU、某个包）；4 表格属于别的实验；
5 结果写不出去（磁盘已满、管道已关）；130 被中止。无论哪种情况，跑完的行都在表格里。`,
  bar: {
    steps: { unit: "步", left: (seconds) => `还要 ${sweepWords("zh").minutes(seconds)}` },
    runs: { unit: "次", left: (seconds) => `还要 ${sweepWords("zh").minutes(seconds)}` },
  },
  space: (dim) => (dim === 1 ? "直线" : dim === 2 ? "平面" : `${Math.sqrt(dim)} × ${Math.sqrt(dim)} 像素`),
  title: (model, data, seed, steps) => `${model} · ${data} · 种子 ${seed} · ${steps.toLocaleString("en")} 步`,
  written: (folder) => `已写到 ${folder}。`,
  no_png: "没有 PNG：需要时在这里运行 npm install @napi-rs/canvas；SVG 是同一幅图。",
  in_table: (done, total, path) => `${path} 里已有 ${done} / ${total} 次。`,
  rows_failed: (failed) => `表格里有 ${failed} 次训练失败，原因写在各自的行里；想重跑，就删掉这些行。`,
  stopped: "已中止；再用同样的命令就会接着跑。",
  stopped_run: "已中止；这次训练没有留下什么。",
  stopped_feed: "已中止；已经写出的行都是完整的。",
  of_one_run: "用 - 时，每行自带步数，并得到一行结果；--steps、--out、--json 和 --no-scores 只用于单次训练。",
  failed: (message) => message,
  faults: "这个实验不能跑：",
  not_asked: (what) => `没有文件“${what}”，它也不是地址：地址里会有等号。`,
  no_file: (path) => `没有文件“${path}”。`,
  not_settings: (path) => `${path} 不是设置文件：应是一个 JSON 对象，例如 {"model": "made", "data": "moons"}。`,
  not_steps: (text) => `步数应是 0 到 10,000,000 的整数，而不是 ${text}。`,
  not_jobs: (text) => `同时跑的次数应是 1 到 1024 的整数，而不是 ${text}。`,
  not_engine: (text) => `引擎只能是 cpu 或 webgpu，而不是 ${text}。`,
  not_sweep: (path, reason) =>
    `${path} 不是实验：应是网页上“保存实验”写出的一个 JSON 对象${reason && `（${reason}）`}。`,
  is_sweep: (path) => `${path} 是一个实验；请用 dgm sweep 来跑。`,
  is_folder: (path) => `${path} 是文件夹，不是文件。`,
  no_folder: (path) => `${path} 不是能写入的文件夹。`,
  no_folder_for: (path, folder) => `没有文件夹 ${folder}，写不了 ${path}。`,
  not_shard: (text) => `一份写成 3/40，即四十份中的第三份，而不是 ${text}。`,
  no_model: (id, known) => `没有模型“${id}”；有的是：${known}。`,
  no_dawn: "不用浏览器时，WebGPU 来自 npm 包 webgpu：在这里运行 npm install webgpu，或改用 --engine cpu。",
  no_adapter: (reason) => `WebGPU 在这台机器上找不到引擎能用的显卡（${reason}）；请改用 --engine cpu。`,
  no_row: (line) => `不是这个实验的行，没有收：${line}`,
  other_row: (found, mine, line) => `出自另一个引擎（${found}，而不是 ${mine}），没有收：${line}`,
  no_table: (path, sign) => `${path} 不是实验的表格：那样的文件第一行以“${sign}”开头。请换一个文件名。`,
  cut_table: (path, line) => `${path} 被改动过：第 ${line} 行的列和这个实验的不一样。请改好，或换一个文件名。`,
  other_sweep: (path) => `${path} 是另一个实验的表格；请换一个文件名，再用 --with ${path} 把里面的结果拿过来。`,
  other_engine: (path, found, mine) => `${path} 里的数字来自另一个引擎（${found}，而不是 ${mine}）；请换一个文件名。`,
  locked: (path, lock) => `另一个程序正在写 ${path}。如果其实已经没有了，请删掉 ${lock}。`,
  no_place: (message) => `结果写不出去：${message}。之前跑完的都还在。`,
  closed: "读结果的一方已经停了。",
};

export type Words = typeof en;

export const wordsIn = (lang: Lang): Words => (lang === "zh" ? zh : en);
