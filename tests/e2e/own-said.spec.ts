/** What the page says of the reader's own data, and what can be done about it by one press. */
import { expect, type Page } from "@playwright/test";
import { open, test } from "./lab.ts";
import { MODEL } from "./own-data.ts";
import { lines } from "./read-text.ts";

function paste(page: Page, text: string): Promise<void> {
  return page.evaluate((text) => {
    const clip = new DataTransfer();
    clip.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clip, bubbles: true }));
  }, text);
}

/** What a script sets, with the codes and the sentences that it is told, or the error. */
function given(page: Page, data: unknown): Promise<{ codes: string[]; said: string[]; code?: string; message?: string }> {
  return page.evaluate(async (data) => {
    const told: { codes: string[]; said: string[]; code?: string; message?: string } = { codes: [], said: [] };
    const warned = (event: Event) => {
      const { code, message } = (event as CustomEvent).detail;
      told.codes.push(code);
      told.said.push(message);
    };
    window.lab.addEventListener("lab-warning", warned);
    await window.lab.setData(data as Parameters<typeof window.lab.setData>[0]).catch((error) => {
      told.code = error.code;
      told.message = error.message;
    });
    window.lab.removeEventListener("lab-warning", warned);
    return told;
  }, data);
}

const coded = lines(40, (i) => `${i % 8 === 3 ? -999 : 20 + ((i * 7) % 13)},${i % 5}.5`);

test("rows of a missing-value code are left out by one press, and by a script", async ({ page }) => {
  await open(page, `${MODEL}&lang=en`);
  await page.evaluate(() => window.lab.pause());
  await paste(page, coded);
  const notes = page.getByTestId("preview-notes");
  await expect(notes).toContainText("-999 stands far outside the other values of Column 1, in 5 rows");
  await page.getByTestId("rows--999").click();
  await expect(notes).toContainText("5 rows are left out, in which Column 1 is -999");
  await page.getByTestId("rows--999").click();
  await expect(notes).toContainText("It is learned as a number");
  await page.getByTestId("rows--999").click();
  await page.getByTestId("preview-learn").click();
  await expect(page.getByTestId("own-summary")).toContainText("35 points");
  await expect(page.locator("details.own li", { hasText: "5 rows are left out" }), "open, since rows were left out").toBeVisible();

  expect((await given(page, { text: coded })).codes).toContain("missing_code");
  const without = await given(page, { text: coded, missing: -999 });
  expect(without.codes).toContain("rows_without");
  await expect(page.getByTestId("own-summary")).toContainText("35 points");
  expect((await given(page, { text: "1\n2\n4\n3\n5\n7" })).codes).not.toContain("rows_without");
  await expect(page.getByTestId("own-details").locator("xpath=..")).not.toHaveAttribute("open");
});

test("a web page's table is read, and nothing of it runs or is fetched", async ({ page }) => {
  await open(page, `${MODEL}&lang=en`);
  await page.evaluate(() => window.lab.pause());
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const row = (i: number) => `<tr><td>p${i}<td>${i}.5<sup>[${i}]</sup></td><td>${(i * 7) % 13},25</td></tr>`;
  await paste(
    page,
    `<!doctype html><script>document.title = "ran"</script><img src="/none.png" onerror="document.title = 'ran'">
    <table><tr><td>menu</td></tr></table>
    <table><thead><tr><th rowspan="2">name</th><th colspan="2">measured</th></tr><tr><th>a</th><th>b</th></tr></thead>
    ${lines(12, row).replaceAll(",", ".")}</table>`,
  );
  await expect(page.getByTestId("preview-notes")).toContainText("a web page with 2 tables");
  await expect(page.getByTestId("preview")).toContainText("the cells of a table, a decimal point");
  await page.getByTestId("preview-learn").click();
  await expect(page.getByTestId("own-summary")).toContainText("12 points: measured a and measured b");
  expect(await page.title()).not.toBe("ran");
  expect(asked.filter((url) => url.endsWith("none.png"))).toEqual([]);
  await paste(page, "<html><body><p>12 of 30</p></body></html>");
  await expect(page.getByTestId("message").first()).toContainText("a web page without a table of numbers");
  await paste(page, '<?xml version="1.0"?><kml xmlns="http://x"><c>1,2</c></kml>');
  await expect(page.getByTestId("message").first()).toContainText("It is XML");
  await paste(page, "1/2\n3/4\n5/8");
  await expect(page.getByTestId("message").first()).toContainText("fractions, which could be dates or scores as well (1/2)");
});

test("few points that are blurred widely, and a spike, are said", async ({ page }) => {
  await open(page, `${MODEL}&lang=en`);
  await page.evaluate(() => window.lab.pause());
  const few = await given(page, { points: [1, 2, 4, 3, 7, 5, 6, 8, 9, 1], dim: 2 });
  expect(few.codes).toEqual(["none_held_out", "smoothed"]);
  expect(few.said[1]).toMatch(/noise of \d+ % of their spread.+Finer shapes are blurred/);
  await expect(page.getByTestId("message").first(), "where it is seen").toContainText("Finer shapes are blurred");
  const many = await given(page, { points: Array.from({ length: 800 }, (_, i) => Math.sin(i * i)), dim: 2 });
  expect(many.said.join()).not.toContain("Finer shapes");

  const zeros = Array.from({ length: 200 }, (_, i) => (i % 20 ? 0 : 3 + Math.sin(i)));
  const spike = await given(page, { points: zeros, dim: 1 });
  expect(spike.codes).toEqual(["spike", "smoothed"]);
  expect(spike.said[0]).toContain("0 stands in 190 rows of x");
  const text = await given(page, { text: zeros.join("\n") });
  expect(text.codes, "once").toEqual(["spike", "smoothed"]);
  expect(text.said[0]).toContain("0 stands in 190 of 200 rows");
  await page.getByTestId("lang-zh").click();
  await expect(page.locator("details.own li", { hasText: "有 200 行中的 190 行都是 0" })).toBeVisible();
});

test("what a script gives wrongly is refused by the name of its argument", async ({ page }) => {
  await open(page, `${MODEL}&lang=en`);
  await page.evaluate(() => window.lab.pause());
  const cases: [unknown, string, string][] = [
    [{ points: [1, 2, 3, 4, 5, Number.NaN], dim: 2 }, "data_not_finite", "points: value 2 of row 3, counted from 1, is NaN"],
    [{ points: [1, Number.POSITIVE_INFINITY], dim: 1 }, "data_not_finite", "points: value 2, counted from 1"],
    [{ points: [1, 2, 3], dim: 2 }, "ragged_data", "points has 3 values"],
    [{ points: [[1, 2]], dim: 2 }, "bad_request", "points must be one flat list"],
    [{ points: 5, dim: 2 }, "bad_request", "points must be a list"],
    [{ points: [1, 2], dim: 3 }, "out_of_range", "dim must be 1 or 2"],
    [{ text: 5 }, "bad_request", "text must be a string, not 5"],
    [{ text: "1 2", columns: "x" }, "bad_request", "columns must be a list"],
    [{ text: "1 2", missing: "NA" }, "bad_request", "missing must be a number"],
    [{ mixture: 5 }, "bad_mixture", "mixture must be a list"],
    [{}, "bad_request", "setData takes one of"],
    [null, "bad_request", "setData takes one of"],
  ];
  for (const [data, code, says] of cases) {
    const refused = await given(page, data);
    expect(refused.code, says).toBe(code);
    expect(refused.message).toContain(says);
  }
  const fractions = await given(page, { text: "1/2\n3/4\n5/8" });
  expect(fractions.message).toContain("its 3 cells are fractions");
  const refused = await given(page, { points: [1], dim: 1 });
  expect(refused.message).toBe("1 point is too few to learn from; give at least 2");
  expect(await page.evaluate(() => window.lab.config.data), "nothing was changed").toBe("8gaussians");
});

test("the loss of own data is said to be in another scale than its score, until other data come", async ({ page }) => {
  await open(page, "data=moons&model=made&width=16&autoplay=off&lang=en&backend=cpu");
  await page.evaluate(() => window.lab.step(2));
  const said = page.getByTestId("losses-scale");
  await expect(said).toHaveCount(0);
  await page.evaluate(() => window.lab.setData({ points: Float32Array.from({ length: 200 }, (_, i) => 1e6 * Math.sin(i)), dim: 1 }));
  await expect(said).toContainText("units of the data");
  await page.evaluate(async () => {
    window.lab.config = { data: "moons" };
    await window.lab.ready;
  });
  await expect(said).toHaveCount(0);
});
