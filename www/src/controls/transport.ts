/** Play, pause, step, reset and the speed, as in TensorFlow Playground. */
import { html, nothing } from "lit";
import { SPEEDS } from "../engine/governor.ts";
import { reset, stepOnce } from "../lab/actions.ts";
import type { Store } from "../lab/store.ts";

const ICONS = {
  play: "M7 5v14l12-7z",
  pause: "M7 5h4v14H7zm6 0h4v14h-4z",
  step: "M6 5v14l9-7zm10 0h3v14h-3z",
  reset: "M12 5V1.5L6.5 6 12 10.5V7a5 5 0 1 1-5 5H5a7 7 0 1 0 7-7z",
};

/** Who is played: one model, or several together. */
export interface Run {
  readonly playing: boolean;
  speed: number;
  play(): void;
  pause(): unknown;
  stepOnce(): void;
  resetAll(): void;
}

function alone(store: Store): Run {
  const { trainer } = store;
  return {
    get playing() {
      return trainer.playing;
    },
    get speed() {
      return trainer.governor.speed;
    },
    set speed(speed) {
      trainer.governor.speed = speed;
      store.pageChanged();
    },
    play: () => trainer.play(),
    pause: () => trainer.pause(),
    stepOnce: () => stepOnce(store),
    resetAll: () => reset(store),
  };
}

/** `slow` follows the buttons, `last` comes after everything else; where there is little room the speed stands elsewhere. */
export function transport(
  store: Store,
  { run = alone(store), speed = true, slow = nothing as unknown, last = nothing as unknown } = {},
) {
  const { text } = store;
  const closed = !store.config || store.drawing;
  const button = (id: keyof typeof ICONS, help: string, click: () => void, pressed: boolean) => html`
    <button class="round ${id}" data-testid=${id} aria-label=${text[id]} title="${text[id]}: ${help}" ?disabled=${closed}
      aria-pressed=${pressed} @click=${click}>
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${ICONS[id]} /></svg>
    </button>`;
  return html`
    <div class="transport" part="transport" role="group" aria-label="${text.play} / ${text.pause}">
      ${button("play", text.play_help, () => run.play(), run.playing)}
      ${button("pause", text.pause_help, () => void run.pause(), !run.playing)}
      ${button("step", text.step_help, () => run.stepOnce(), false)}
      ${slow}${button("reset", text.reset_help, () => run.resetAll(), false)}
      <span class="counts">
        <span class="count"><output aria-live="off" data-testid="step-count">${store.step.toLocaleString("en")}${store.half ? "½" : ""}</output><small>${text.steps}</small></span>
        <span class="count rate"><output aria-live="off" data-testid="rate">${Math.round(store.rate).toLocaleString("en")}</output><small>${text.steps_per_second}</small></span>
      </span>
      ${speed ? speedControl(store, run) : nothing}${last}
    </div>`;
}

export function speedControl(store: Store, run: Run = alone(store)) {
  const { text } = store;
  const level = SPEEDS.indexOf(run.speed as (typeof SPEEDS)[number]);
  const setSpeed = (event: Event) => {
    run.speed = SPEEDS[Number((event.target as HTMLInputElement).value)]!;
  };
  return html`
    <label class="speed" title=${text.speed_help}>
      <span>${text.speed} <output aria-live="off">${text.speed_value(run.speed)}</output></span>
      <input type="range" data-testid="speed" min="0" max=${SPEEDS.length - 1} step="1" .value=${String(level)} aria-valuetext=${text.speed_value(run.speed)}
        @input=${setSpeed} />
    </label>`;
}
