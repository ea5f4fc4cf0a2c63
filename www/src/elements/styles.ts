/** The places of the parts of a lab; what each control looks like is in the files beside this one. */
import { css } from "lit";
import { barStyles } from "./bar-styles.ts";
import { baseStyles } from "./base-styles.ts";
import { chooserStyles } from "./chooser-styles.ts";
import { figureStyles } from "./figure-styles.ts";
import { narrowStyles } from "./narrow-styles.ts";
import { printStyles } from "./print-styles.ts";
import { readingStyles } from "./reading-styles.ts";
import { settingStyles } from "./setting-styles.ts";

const frame = css`
  /* Light or dark as its surroundings are, unless it is told; scheme.ts reads the rule's colour, and hears when it changes. */
  :host {
    column-rule-color: light-dark(#fff, #000);
    transition: column-rule-color 1ms;
    background: var(--ground);
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
  /* One line: what is least needed gives way. */
  .wide header {
    flex-wrap: nowrap;
  }
  .wide h1,
  .wide .tools > * {
    flex: none;
  }
  .wide .ways {
    flex-wrap: nowrap;
  }
  .wide .tools,
  .wide .tools > .badge {
    flex: 0 1 auto;
    flex-wrap: nowrap;
    min-width: 0;
  }
  .wide .badge b {
    flex: none;
  }
  .wide .badge small {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  @container (width < 1560px) {
    .wide .tagline {
      display: none;
    }
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
    border-radius: var(--radius);
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
  /* Under the charts, beside the scores, which may be higher. */
  .wide .time {
    grid-column: 1 / -2;
  }
  .wide .curves .score {
    grid-column: -2 / -1;
    grid-row: 1 / span 2;
  }
  .time dgm-timeline {
    display: block;
    min-height: 48px;
  }
  .bar .wrong {
    margin: 0;
  }
  .bar > p {
    flex: 1 1 100%;
  }
  .wide .curves {
    grid-template: auto 1fr / repeat(auto-fit, minmax(200px, 1fr));
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
    border-radius: var(--radius);
    overflow: hidden;
  }
  .picture.flat {
    aspect-ratio: 4 / 3;
  }
  .aloft {
    position: absolute;
    inset: 6px 6px auto auto;
    border-radius: 8px;
    background: color-mix(in srgb, var(--paper) 82%, transparent);
    color: var(--quiet);
  }
  @media (pointer: coarse) {
    .aloft {
      background: color-mix(in srgb, var(--paper) 45%, transparent);
      color: var(--ink);
    }
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
  dgm-chart:not(:defined) {
    display: block;
    min-height: 108px;
  }
  .chart figcaption {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 30px;
  }
  .chart figcaption > :first-child {
    flex: 1;
    min-width: min-content;
  }
  .chart figcaption :is(button, select) {
    min-height: 28px;
    padding: 1px 7px;
    border: 1px solid var(--hair);
    border-radius: 8px;
    background: none;
    font-size: 12px;
    font-weight: 500;
  }
  .chart figcaption select {
    min-width: 3.5em;
    max-width: 110px;
    text-overflow: ellipsis;
  }
  .chart figcaption select:first-child {
    min-width: 0;
    max-width: none;
    border-color: transparent;
    padding: 0;
    font-size: 13px;
    font-weight: 650;
  }
  .chart figcaption button[aria-pressed="true"] {
    background: var(--accent);
    color: var(--on-accent);
  }
  @media (pointer: coarse) {
    .chart figcaption :is(button, select) {
      min-width: 44px;
      min-height: 44px;
    }
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
    border-radius: var(--radius);
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
  baseStyles,
  frame,
  barStyles,
  chooserStyles,
  settingStyles,
  readingStyles,
  narrowStyles,
  figureStyles,
  printStyles,
];
