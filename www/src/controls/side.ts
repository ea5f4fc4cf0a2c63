/** The second picture of a family, with a sentence under it. */
import { html, nothing } from "lit";
import type { ModelSpec } from "../engine/types.ts";
import type { Store } from "../lab/store.ts";
import type { Side } from "../views/side-picture.ts";
import { late } from "./late.ts";

/** Whether latents go to data stop by stop. */
const wayed = ({ family }: ModelSpec) => family === "flow" || family === "diffusion";

/** Kept for a picture until it is there. */
const room = html`<dgm-side-picture></dgm-side-picture>`;

export function sideView(store: Store, dark: boolean) {
  const { model, text, frame, dim, look, classes } = store;
  if (!model) return nothing;
  const picture = (side: Side) => {
    const drawn = () =>
      html`<dgm-side-picture .side=${side} .frame=${frame} .classes=${classes} .along=${store.stop} .dark=${dark}></dgm-side-picture>`;
    return late(store, "dgm-side-picture", () => import("../views/side-picture.ts"), drawn, room);
  };
  // A line of latents has no plane to move in.
  const handed = model.views.latent && dim > 1 && (frame?.latent?.dim ?? 0) > 1;
  const figure = (title: string, hint: string, ...sides: Side[]) => html`
    <figure class="side" data-testid="side">
      <figcaption>${title}</figcaption>
      <div class="pictures n${sides.length}">${sides.map(picture)}${handed ? html`<dgm-latent-hand class=${sides.length > 1 ? "two" : ""} .store=${store} .frame=${frame} .dark=${dark}></dgm-latent-hand>` : nothing}</div>
      ${dim === 2 && wayed(model) ? html`<dgm-along .store=${store} .moment=${{}}></dgm-along>` : nothing}
      ${hint ? html`<small>${hint}</small>` : nothing}
    </figure>`;
  if (model.views.latent) {
    const sides: Side[] = dim === 2 ? ["latent_data", "latent"] : ["latent"];
    const hint = dim > 2 ? text.side.latent_pictures : text.side.latent_hint;
    return figure(text.side.latent, hint, ...sides);
  }
  if (model.views.grid) return figure(text.side.grid, text.side.grid_hint, "grid");
  // On the line the energy already stands under the density.
  if (model.family !== "energy" || dim === 1) return nothing;
  return look === "energy"
    ? figure(text.side.density, text.legend.estimate, "density")
    : figure(text.side.energy, text.legend.energy, "energy");
}
