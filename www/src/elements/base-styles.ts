/** Colours, type and what holds for every element of the site. A host may set what begins with --dgm-; data and samples keep their two hues. */
import { css } from "lit";

export const baseStyles = css`
  :host {
    --paper: var(--dgm-paper, light-dark(#fbfcfc, #12181c));
    --ground: var(--dgm-ground, light-dark(#f2f5f6, #0b0f12));
    --ink: var(--dgm-ink, light-dark(#1b2326, #e7edef));
    --quiet: var(--dgm-quiet, light-dark(#5b6870, #93a1a8));
    --hair: var(--dgm-hair, light-dark(#dfe5e7, #2b353b));
    --accent: var(--dgm-accent, light-dark(#12626c, #5cc4cf));
    --on-accent: var(--dgm-on-accent, light-dark(#ffffff, #06272b));
    --tint: var(--dgm-tint, light-dark(#e3f0f1, #17323a));
    --data: light-dark(#1f5fc4, #7db1ff);
    --samples: light-dark(#e0670a, #ffa14a);
    --walkers: light-dark(#8a1c7c, #f3a5e6);
    --warn: light-dark(#8a3b00, #ffc48a);
    --warn-ground: light-dark(#fff1e2, #33220f);
    --radius: var(--dgm-radius, 12px);

    display: block;
    container-type: inline-size;
    /* Where a width is made of what is in it; a cell of a grid or a row may be lower than all that it holds. */
    contain-intrinsic-inline-size: 480px;
    min-width: min(240px, 100%);
    max-width: 100%;
    min-height: 0;
    /* Numbers, formulas and pictures run from left to right on every page, and its habits of setting text are its own. */
    direction: ltr;
    text-align: start;
    text-indent: 0;
    text-transform: none;
    letter-spacing: normal;
    word-spacing: normal;
    white-space: normal;
    color: var(--ink);
    font: 14px / 1.45 var(--dgm-font, system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB",
      "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif);
    font-variant-numeric: tabular-nums;
  }
  :host([hidden]) {
    display: none;
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
  /* Only for those who listen. */
  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
