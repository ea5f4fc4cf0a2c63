/** Words of models side by side, in English. */
const en = {
  intro: [
    "Every model here learns the blue points: samples of a P_data that nobody tells it.",
    "Its density P_phi must be nowhere negative and add up to one, and that sum Z is the hard part: each family is one way around it.",
    "KL measures what is left between the two, in nats; a perfect model scores 0.",
  ],
  together: "Together in",
  pace: { steps: "steps", seconds: "training time" },
  pace_help: {
    steps: "Each takes as many steps; the slowest sets the pace.",
    seconds: "Each trains for as long; the quick take more steps.",
  },
  add: "Add a model",
  add_help: "Another family on the same data.",
  full: "Six at most.",
  one: "One model",
  one_help: "Back to one model with all its pictures and settings.",
  open: (name: string) => `Show ${name} alone, in full`,
  settings: (name: string) => `Settings of ${name}`,
  clone: (name: string) => `Clone ${name}, with what it has learned`,
  left: (name: string) => `Move ${name} forward`,
  right: (name: string) => `Move ${name} back`,
  remove: (name: string) => `Remove ${name}`,
  model: "Model of this panel",
  step_at: (step: string) => `step ${step}`,
  differs: "differs between panels",
  changed: "not as usual",
  table: "Scores side by side",
  score: "Score",
  perfect: "perfect",
  cost: "A step costs",
  seconds: "Trained for",
  steps: "Steps",
  ahead: "ahead beyond its error",
  ahead_help:
    "Bold: nearer to a perfect score than every other, by more than twice the standard error of the difference. Where two are closer than that, or a bound stands in the way, nobody is ahead.",
  bound: "bound",
  all_scores: "All scores",
  few_scores: "The first scores only",
  none_yet: "Scores come after a few seconds of training.",
  curve: "Score over",
  axis: { steps: "step", seconds: "seconds of training" },
  nth: (name: string, n: number) => (n > 1 ? `${name} (${n})` : name),
};

export type Words = typeof en;

export default en;
