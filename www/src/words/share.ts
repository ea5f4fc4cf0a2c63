/** What can be taken from a figure of texts, and how it stands on another page. */
import { html, type TemplateResult } from "lit";
import { SITE } from "../engine/source.ts";
import { download } from "../lab/download.ts";
import { tagOf } from "../lessons/code.ts";
import { copied } from "../lessons/copy.ts";
import type { WordsLab } from "./lab.ts";
import { exported, KINDS } from "./take.ts";
import type { Said } from "./text.ts";

type Settings = Record<string, string | number>;

/** `figure` is the element that it stands in; `told` says what came of a press. */
export function shareCard(
  lab: WordsLab,
  text: Said,
  figure: Element,
  said: string,
  tell: (said: string) => void,
): TemplateResult {
  const settings = () => (figure as unknown as { config: Settings }).config;
  const save = (kind: string) =>
    lab.guarded(async () => {
      const { text: data, model } = lab.applied!.config;
      download(await exported(lab, kind, settings()), `${model}-${data}-${lab.step}${KINDS[kind]!.ending}`);
    });
  const copy = async (code: string) => tell((await copied(code)) ? text.copied : text.not_copied);
  const open = (event: Event) =>
    lab.guarded(async () => {
      const [file] = (event.target as HTMLInputElement).files ?? [];
      if (!file) return;
      const { readSession } = await import("../take/session-file.ts");
      await lab.restore(readSession(new Uint8Array(await file.arrayBuffer())));
    });
  const button = (id: string, label: string, click: () => unknown) =>
    html`<button data-testid="take-${id}" @click=${() => void click()}>${label}</button>`;
  return html`<details class="card">
    <summary>${text.share}</summary>
    <div class="bar">
      ${button("tag", text.copy_tag, () => copy(tagOf(figure, { site: SITE, untouched: true })))}
      ${Object.entries(text.files).map(([kind, label]) => button(kind, label, () => save(kind)))}
      <label class="file">${text.open_session}<input type="file" accept=${KINDS.session!.ending} @change=${open} /></label>
    </div>
    <p class="quiet" role="status" data-testid="take-said">${said}</p>
  </details>`;
}
