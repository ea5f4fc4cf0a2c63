/** What the numbers say is wrong, in a sentence each, with the way to the setting that may mend it. */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Diagnosis } from "../engine/types.ts";
import type { Store } from "../lab/store.ts";
import { asked } from "./figure.ts";

const GLOW_MS = 2500;

export function diagnosisStrip(store: Store) {
  const { findings, lang, text, model, controls } = store;
  const wanted = asked(store);
  if (!wanted.includes("diagnosis") || findings.list.length === 0) return nothing;
  const item = ({ code, setting, sentence }: Diagnosis) => {
    const spec = model?.params.find(({ id }) => id === setting);
    const shown = spec && (controls === "all" || wanted.includes(setting));
    return html`
          <li data-testid="diagnosis-${code}"><span>${sentence[lang]}</span>
            ${shown ? html`<button data-testid="diagnosis-go-${code}" @click=${(event: Event) => show(event, setting)}>${text.go_to(spec.label[lang])}</button>` : nothing}
          </li>`;
  };
  // Told when a finding comes; that its numbers move is not.
  return html`
    <ul class="findings" data-testid="diagnosis" aria-live="polite" aria-relevant="additions" aria-label=${text.diagnosis}>
      ${repeat(findings.list, ({ code }) => code, item)}
    </ul>`;
}

/** Opens every fold around the setting's control, brings it into view, gives it the focus and lets it glow a moment. */
function show(event: Event, setting: string): void {
  const root = (event.target as Element).getRootNode() as ShadowRoot;
  const control = root.querySelector<HTMLElement>(`[data-testid="param-${setting}"]`);
  if (!control) return;
  for (let fold = control.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
    fold.open = true;
  }
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  control.focus({ preventScroll: true });
  control.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  const param = control.closest(".param");
  param?.toggleAttribute("data-glow", true);
  setTimeout(() => param?.toggleAttribute("data-glow", false), GLOW_MS);
}
