/** The examples for a notebook, a book and a Quarto page, each put on the web by that host's own tools, and opened from another origin than the figure's. */
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "@playwright/test";
import { examples, inFrame, learns, WWW } from "./examples.ts";

const PYTHON = process.env.PYTHON ?? "python3";

/** Skips a test, and says how to have what it needs, where Python lacks a module. */
function needs(module: string): void {
  let had = true;
  try {
    execFileSync(PYTHON, ["-c", `import ${module}`], { stdio: "ignore" });
  } catch {
    had = false;
  }
  test.skip(
    !had,
    `${PYTHON} has no ${module} here: python3 -m pip install -r tests/e2e/requirements.txt, and PYTHON=… if that is another Python`,
  );
}

test("a notebook, executed by nbclient and exported by nbconvert", async ({ page, baseURL }) => {
  needs("nbconvert, nbclient, ipykernel");
  const site = await examples(["notebook.ipynb"], baseURL!);
  execFileSync(PYTHON, ["-m", "nbconvert", "--to", "html", "--execute", "--output", "index.html", "notebook.ipynb"], {
    cwd: site.folder,
    stdio: "ignore",
  });
  // What it leaves to a content network, code that a notebook without formulas and widgets does not need, is not to be had here.
  await page.route(/^https:/, (route) => route.abort());
  await page.goto(site.url);
  await learns(inFrame(page));
  await site.stop();
});

test("a page of Quarto, by Pandoc, which Quarto leaves it to", async ({ page, baseURL }) => {
  needs("pypandoc");
  const site = await examples(["quarto.qmd"], baseURL!);
  const convert =
    "import pypandoc; pypandoc.convert_file('quarto.qmd', 'html', format='markdown', outputfile='index.html', extra_args=['-s'])";
  execFileSync(PYTHON, ["-c", convert], { cwd: site.folder, stdio: "ignore" });
  await page.goto(site.url);
  await learns(page.locator("dgm-lab"));
  await site.stop();
});

test("a book, built by MyST: the frame that it is told of", async ({ page, baseURL }) => {
  const site = await examples(["book/index.md"], baseURL!);
  const book = join(site.folder, "book");
  try {
    execFileSync(join(WWW, "node_modules/.bin/myst"), ["build", "--site"], { cwd: book, stdio: "ignore" });
  } catch {
    // The page is built by then; the theme that would show it, `book-theme`, is fetched from MyST's own server and from nowhere else.
  }
  const built = JSON.parse(await readFile(join(book, "_build/site/content/index.json"), "utf8"));
  const find = (node: MystNode): MystNode | undefined => (node.type === "iframe" ? node : node.children?.map(find).find(Boolean));
  const { src, width, title } = find(built.mdast)!;
  // As the theme shows that node.
  const frame = await page.evaluate((told) => Object.assign(document.createElement("iframe"), told).outerHTML, {
    src: src!,
    width: width!,
    title: title!,
  });
  await writeFile(join(site.folder, "index.html"), `<!doctype html><title>A book</title>${frame}`);
  await page.goto(site.url);
  await learns(inFrame(page));
  await site.stop();
});

interface MystNode {
  type: string;
  src?: string;
  width?: string;
  title?: string;
  children?: MystNode[];
}
