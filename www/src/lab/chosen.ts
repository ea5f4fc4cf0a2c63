/** What is chosen, and everything that follows from it: the part of a lab's state that an address can carry. */
import type { Session } from "../engine/session.ts";
import type { Backend, Catalogue, Config, DataSpec, ModelSpec, Preset } from "../engine/types.ts";
import { type Strings, strings } from "../i18n/index.ts";
import { type Controls, dimOf, findModel, type Lang, saidConfig, type Theme } from "../state/config.ts";
import { MIXTURE } from "../state/mixture.ts";
import { findPreset, isStill } from "../state/presets.ts";
import type { Said } from "../state/setting.ts";
import type { Axes } from "../views/axes.ts";
import { OwnTable } from "./own-table.ts";

export class Chosen {
  lang: Lang = "en";
  theme: Theme = "auto";
  controls: Controls = "all";
  backend: Backend = "auto";
  config: Config | undefined;
  /** The preset last asked for; the configuration may have left it since. */
  presetId: string | undefined;
  readonly session: Session;
  readonly own = new OwnTable();

  constructor(session: Session) {
    this.session = session;
  }

  get text(): Strings {
    return strings(this.lang);
  }

  get catalogue(): Catalogue | undefined {
    return this.session.catalogue;
  }

  get model(): ModelSpec | undefined {
    return this.catalogue && this.config && findModel(this.catalogue, this.config.model);
  }

  get dim(): number {
    if (!this.catalogue || !this.config) return 2;
    return dimOf(this.catalogue, this.config.data, this.session.ownDim);
  }

  get #dataSpec(): DataSpec | undefined {
    return this.catalogue?.data.find(({ id }) => id === this.config?.data);
  }

  /** Whether the density behind the data is known. A file is what was found, and nobody knows where it came from. */
  get truth(): boolean {
    const spec = this.#dataSpec;
    return spec !== undefined && !spec.file;
  }

  /** What the coordinates are called: by their columns where the data have some, else as the formulas call them. */
  get axes(): Axes {
    const plain = this.dim === 1 ? ["x"] : ["x₁", "x₂"];
    const named = this.#dataSpec?.axes.map((text) => text[this.lang]) ?? [];
    const columns = this.config?.data === "custom" ? this.own.axisNames : named;
    return { names: columns.length === this.dim ? columns : plain, lang: this.lang };
  }

  /** What the classes of the data are called; none where points are not told apart. */
  get classNames(): string[] {
    const spec = this.#dataSpec;
    if (this.config?.data === "custom") return this.own.learned?.classes?.names ?? [];
    const count = this.config?.data === MIXTURE ? this.config.mixture.length : (spec?.classes ?? 0);
    return Array.from({ length: count }, (_, k) => spec?.class_names[k]?.[this.lang] ?? String(k + 1));
  }

  get dataName(): string {
    return (
      this.#dataSpec?.label[this.lang] ??
      (this.config?.data === MIXTURE ? this.text.mixture.title : this.text.custom_data)
    );
  }

  /** The configuration as attributes and addresses say it, with the preset that it still is. */
  get said(): Record<string, Said> {
    if (!this.catalogue || !this.config) return {};
    const said = saidConfig(this.config, this.catalogue);
    const preset = findPreset(this.catalogue, this.presetId);
    return preset && isStill(this.catalogue, preset, said) ? { preset: preset.id, ...said } : said;
  }

  get preset(): Preset | undefined {
    return this.presetId === undefined ? undefined : findPreset(this.catalogue!, String(this.said.preset));
  }

  /** All that the engine's last configuration says about the data: the set, its noise, how many points of it. */
  protected dataKey(): string {
    const { data, mixture, model, params } = this.session.config;
    const of = findModel(this.catalogue!, model)!.params.filter(({ group }) => group === "data");
    return JSON.stringify([data, data === MIXTURE && mixture, ...of.map(({ id }) => params[id])]);
  }
}
