/** What a printed page needs to be made again: every setting in words, and the address. */
import { html, nothing } from "lit";
import type { ParamSpec } from "../engine/types.ts";
import type { Store } from "../lab/store.ts";
import { readout } from "./slider.ts";

export function paperNote({ config, model, dataName, text, lang }: Store) {
  if (!config || !model) return nothing;
  const said = (spec: ParamSpec) => {
    const value = config.params[spec.id] ?? spec.default;
    if (spec.kind === "choice") return spec.options[value]!.label[lang];
    return `${readout(spec, value)} ${text.unit[spec.unit] ?? spec.unit}`.trim();
  };
  const settings = model.params.map((spec) => `${spec.label[lang]} ${said(spec)}`);
  const all = [dataName, model.label[lang], `${text.seed} ${config.seed}`, ...settings];
  return html`<p class="paper-note" data-testid="paper-note" lang=${text.code === "zh" ? "zh-Hans" : "en"}>${all.join(" · ")}<br />${location.href}</p>`;
}
