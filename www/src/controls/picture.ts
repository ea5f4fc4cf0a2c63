/** The picture on the stage, by what the data are: points on a line or a plane, or prints. */
import { html, nothing } from "lit";
import type { Store } from "../lab/store.ts";
import type { Drawn } from "./draw-pad.ts";
import { late } from "./late.ts";
import { mixtureEditor } from "./mixture-tools.ts";
import { withBring } from "./own-data.ts";
import "../views/plane-stage.ts";

/** `peak` is the darkest level where several pictures are on one scale. */
export function picture(store: Store, dark: boolean, peak?: number) {
  const { data, frame, shown, axes, look, dim, classes, box } = store;
  if (dim > 2) {
    const prints = () =>
      html`<dgm-picture-stage .data=${data} .frame=${frame} .classes=${classes} .shown=${shown} .dark=${dark}></dgm-picture-stage>`;
    return late(store, "dgm-picture-stage", () => import("../views/picture-stage.ts"), prints);
  }
  if (dim === 1) {
    const line = () =>
      html`<dgm-line-stage .data=${data} .frame=${frame} .box=${box} .classes=${classes} .shown=${shown} .axes=${axes} .dark=${dark}></dgm-line-stage>`;
    return late(store, "dgm-line-stage", () => import("../views/line-stage.ts"), line);
  }
  if (store.solid && frame?.field) {
    const unable = () => {
      store.raise(false);
      store.warn("no_webgl", (text) => text.message.no_webgl);
    };
    const land = () =>
      html`<dgm-surface .data=${data} .frame=${frame} .classes=${classes} .shown=${shown} .look=${look} .dark=${dark} .label=${store.text.layer_help.solid} @unable=${unable}></dgm-surface>`;
    const flat = late(store, "dgm-surface", () => import("../views/surface.ts"), land);
    if (flat !== nothing) return flat;
  }
  return html`<dgm-plane-stage .data=${data} .frame=${frame} .box=${box} .classes=${classes} .shown=${shown} .axes=${axes} .look=${look} .peak=${peak} .dark=${dark}></dgm-plane-stage>`;
}

/** What looks closer at it. It may come with the charts, or when a pointer comes near. */
export function closer(store: Store, near: boolean, aloft = false) {
  if (near) void fetchCloser();
  return html`<dgm-zoom class=${aloft ? "aloft" : ""} .store=${store} .moment=${{}}></dgm-zoom>`;
}

export const fetchCloser = () => import("./zoom.ts").catch(() => undefined);

/** What the reader's hand works on: the pad, or the handles of the mixture. */
export function overPicture(store: Store, dark: boolean) {
  const { text } = store;
  const pad = () =>
    html`<dgm-draw-pad .text=${text} .dark=${dark} @cancel=${() => store.draw(false)}
        @use=${({ detail }: CustomEvent<Drawn>) => withBring(store, ({ learnDrawn }) => learnDrawn(store, detail.points, detail.labels))}></dgm-draw-pad>`;
  const drawn = store.drawing ? late(store, "dgm-draw-pad", () => import("./draw-pad.ts"), pad) : nothing;
  return html`${mixtureEditor(store)}${drawn}`;
}
