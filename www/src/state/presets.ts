/** Named configurations from the core that go wrong in a known way, each to be looked at and mended. */
import type { Catalogue, Preset } from "../engine/types.ts";
import { type Said, said } from "./setting.ts";

export function presetIds({ presets }: Catalogue): string[] {
  return presets.map(({ id }) => id);
}

export function findPreset({ presets }: Catalogue, id: string | undefined): Preset | undefined {
  return presets.find((preset) => preset.id === id);
}

/** All that a preset sets: its own values, and the model's defaults for the rest, so that it fails the same way for everyone. */
export function presetSaid(catalogue: Catalogue, { patch }: Preset): Record<string, Said> {
  const model = catalogue.models.find(({ id }) => id === patch.model);
  const settings = model?.params.map((spec) => [spec.id, said(spec, patch.params[spec.id] ?? spec.default)] as const);
  return { data: patch.data, model: patch.model, ...Object.fromEntries(settings ?? []) };
}

/** Whether a configuration is still what the preset set. */
export function isStill(catalogue: Catalogue, preset: Preset, config: Readonly<Record<string, Said>>): boolean {
  return Object.entries(presetSaid(catalogue, preset)).every(([key, value]) => config[key] === value);
}
