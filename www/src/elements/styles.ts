/** Colours, type and the places of the parts; what each control looks like is in the files beside this one. */
import { css } from "lit";
import { barStyles } from "./bar-styles.ts";
import { chooserStyles } from "./chooser-styles.ts";
import { figureStyles } from "./figure-styles.ts";
import { narrowStyles } from "./narrow-styles.ts";
import { printStyles } from "./print-styles.ts";
import { readingStyles } from "./reading-styles.ts";
import { settingStyles } from "./setting-styles.ts";

const frame = css`
  :host {
    --paper: light-dark(#fbfcfc, #12181c);
    --ground: light-dark(#f2f5f6, #0b0f12);
    --ink: light-dark(#1b2326, #e7edef);
    --quiet: light-dark(#5b6870, #93a1a8);
    --hair: light-dark(#dfe5e7, #2b353b);
    --accent: light-dark(#12626c, #5cc4cf);
    --on-accent: light-dark(#ffffff, #06272b);
    --tint: light-dark(#e3f0f1, #17323a);
    --data: light-dark(#1f5fc4, #7db1ff);
    --samples: light-dark(#e0670a, #ffa14a);
    --walkers: light-dark(#8a1c7c, #f3a5e6);
    --warn: light-dark(#8a3b00, #ffc48a);
    --warn-ground: light-dark(#fff1e2, #33220f);

    display: block;
    color-scheme: light dark;
    container-type: inline-size;
    color: var(--ink);
    background: var(--ground);
    font: 14px / 1.45 system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
      "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
    font-variant-numeric: tabular-nums;
  }
  :host([hidden]) {
    display: none;
  }
  :host([data-theme="light"]) {
    color-scheme: light;
  }
  :host([data-theme="dark"]) {
    color-scheme: dark;
  }
  :host([data-controls="none"]),
  :host([data-controls="basic"]) {
    background: none;
  }
  * {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  h1,
  h2,
  h3,
  p,
  figure,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  h1 {
    font-size: 18px;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  h2,
  summary,
  figcaption,
  legend {
    font-size: 13px;
    font-weight: 650;
    padding: 0;
  }
  h3 {
    margin: 10px 0 6px;
    font-size: 12px;
    font-weight: 500;
    color: var(--quiet);
  }
  small {
    font-size: 12px;
    color: var(--quiet);
  }
  .quiet {
    color: var(--quiet);
  }

  .lab.all {
    display: grid;
    gap: 12px;
    padding: 8px 16px 20px;
    max-width: 1680px;
    margin: auto;
  }
  header {
    order: -1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 14px;
  }
  .tagline {
    color: var(--quiet);
  }
  .tools {
    margin-left: auto;
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 24px;
    padding: 6px 12px;
    background: var(--paper);
    border: 1px solid var(--hair);
    border-radius: 12px;
  }

  .wide.all {
    grid-template-columns: minmax(250px, 308px) minmax(0, 1fr) minmax(260px, 330px);
    grid-template-areas: "head head head" "bar bar bar" "left middle right";
  }
  .wide header {
    grid-area: head;
  }
  .wide .bar {
    grid-area: bar;
  }
  .wide .left {
    grid-area: left;
  }
  .wide .middle {
    grid-area: middle;
  }
  .wide .right {
    grid-area: right;
  }
  .curves {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
    align-items: start;
    gap: 12px;
    margin-top: 12px;
  }
  .bar .wrong {
    margin: 0;
  }
  .bar > p {
    flex: 1 1 100%;
  }
  .wide .curves {
    grid-template-columns: repeat(auto-fit, minmax(200px, 1fr));
  }
  .left,
  .right {
    display: grid;
    gap: 12px;
    align-content: start;
    min-width: 0;
  }
  .middle {
    min-width: 0;
  }

  .picture {
    position: relative;
    width: 100%;
    aspect-ratio: 1;
    margin: auto;
    background: var(--paper);
    border: 1px solid var(--hair);
    border-radius: 12px;
    overflow: hidden;
  }
  .picture.flat {
    aspect-ratio: 4 / 3;
  }
  /* The whole lab in one view: the stage takes what the bars above and the curves below leave. */
  .wide .picture {
    width: min(100%, max(420px, 100vh - 400px));
  }
  .wide .picture.flat {
    width: min(100%, max(480px, 4 / 3 * (100vh - 400px)));
  }
  .lab.none,
  .lab.basic {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    justify-items: center;
    padding: 8px;
  }
  .none .stage,
  .basic .stage {
    width: 100%;
  }
  .none .picture,
  .basic .picture {
    width: min(100%, 560px);
  }
  .canvases,
  dgm-plane-stage,
  dgm-line-stage,
  dgm-picture-stage {
    width: 100%;
    height: 100%;
  }
  .panel,
  .about,
  figure,
  .score,
  .layers {
    background: var(--paper);
    border: 1px solid var(--hair);
    border-radius: 12px;
    padding: 10px 12px;
    min-width: 0;
  }
  summary {
    cursor: pointer;
    min-height: 28px;
    line-height: 28px;
  }
`;

export const styles = [
  frame,
  barStyles,
  chooserStyles,
  settingStyles,
  readingStyles,
  narrowStyles,
  figureStyles,
  printStyles,
];
