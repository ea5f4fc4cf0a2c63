/** A site that shows links as what they lead to finds a lesson's figure, where the build was told the address of the site. */
import { expect } from "@playwright/test";
import { hosted, type Lab, test } from "./lab.ts";

const LESSON = "lessons/en/control";

/** What the build writes beside a page, of the page as it was built. */
async function describedAt(site: string, path: string): Promise<{ html: string; [key: string]: unknown }> {
  const { embedded } = await import("../../www/lessons/oembed.ts");
  const body = await (await fetch(`${site}${path}.html`)).text();
  return JSON.parse(JSON.stringify(embedded(site, { path, title: "Control", name: "DGM Playground", body })));
}

test("a lesson is described by the frame of its first figure, which runs where it is put", async ({ page, baseURL }) => {
  const { html, ...said } = await describedAt(baseURL!, LESSON);
  expect(said).toMatchObject({ version: "1.0", type: "rich", title: "Control", provider_url: baseURL, width: 640, height: 680 });
  await page.goto(hosted(baseURL!, html));
  await expect(page.locator("iframe")).toHaveAttribute("title", "Control");
  const lab = page.frameLocator("iframe").locator("dgm-lab");
  const seen = await lab.evaluate(async (element) => {
    const lab = element as Lab;
    await lab.ready;
    return { step: lab.history.at(-1)?.step ?? 0, model: lab.config.model };
  });
  expect(seen.step, "a snapshot is found from the frame as well").toBeGreaterThanOrEqual(1000);
  expect(seen.model).toBe("nce");
});

test("a page without a lab is shown itself", async ({ baseURL }) => {
  expect((await describedAt(baseURL!, "lessons/zh/kl")).html).toContain(`src="${baseURL}lessons/zh/kl.html"`);
});

test("pages name their description where the address is known, and only there", async ({ baseURL }) => {
  const { lessonPage } = await import("../../www/lessons/page.ts");
  const lesson = { id: "control", lang: "en", order: 9, title: "“C” & D", question: "?", line: "", body: "" } as const;
  expect(lessonPage(lesson, [lesson])).not.toContain("oembed");
  process.env.SITE_ADDRESS = baseURL!.slice(0, -1);
  const named = lessonPage(lesson, [lesson]);
  delete process.env.SITE_ADDRESS;
  expect(named).toContain(`<link rel="alternate" type="application/json+oembed" href="${baseURL}${LESSON}.oembed.json"`);
});
