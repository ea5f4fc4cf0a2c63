/** The settings of what learns a text, in the panel that all settings have. */
import { nothing } from "lit";
import { settingsPanel } from "../controls/params.ts";
import { strings } from "../i18n/index.ts";
import type { Lang } from "../state/config.ts";
import type { WordsLab } from "./lab.ts";
import { said } from "./text.ts";

export function wordsSettings(lab: WordsLab, lang: Lang): unknown {
  const { applied, catalogue } = lab;
  const model = catalogue?.models.find(({ id }) => id === applied?.config.model);
  if (!applied || !model) return nothing;
  const text = strings(lang);
  return settingsPanel({
    lang,
    text: { ...text, unit: { ...text.unit, ...said[lang].units } },
    model,
    config: applied.config,
    classNames: [],
    setParam: (id, value) => lab.try({ params: { [id]: value } }),
    setSeed: (seed) => lab.try({ seed }),
  });
}
