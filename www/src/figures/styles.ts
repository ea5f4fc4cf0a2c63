/** A figure is a sheet of its own: whatever the page's colour, what is on it can be read. */
import { css } from "lit";
import { barStyles } from "../elements/bar-styles.ts";
import { baseStyles } from "../elements/base-styles.ts";
import { pictureStyles } from "./picture-styles.ts";

const sheet = css`
  /* Light or dark as its surroundings are, unless it is told. */
  :host([theme="light"]) {
    color-scheme: light;
  }
  :host([theme="dark"]) {
    color-scheme: dark;
  }
  /* In a box whose height the host sets, the picture takes what the rest leaves. */
  .figure {
    display: flex;
    flex-direction: column;
    gap: 8px;
    height: 100%;
    max-width: 900px;
    margin: auto;
    padding: 10px 12px;
    background: var(--paper);
    border: 1px solid var(--hair);
    border-radius: var(--radius);
    overflow: auto;
  }
  .picture {
    position: relative;
    flex: 1 1 var(--high);
    min-height: 150px;
  }
  /* Drawn for the box that it has; paper, which waits for no new drawing, fits the same into its own. */
  .picture svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: visible;
    fill: none;
    user-select: none;
    -webkit-user-select: none;
  }
  text {
    font-size: 12px;
    fill: var(--ink);
    paint-order: stroke;
    stroke: var(--paper);
    stroke-width: 3px;
    stroke-linejoin: round;
    pointer-events: none;
  }
  text.quiet {
    font-size: 11px;
    fill: var(--quiet);
  }
  text.strong {
    font-weight: 650;
  }
  text.tight {
    font-size: 10px;
    letter-spacing: -0.03em;
  }
  text.middle {
    text-anchor: middle;
  }
  text.end {
    text-anchor: end;
  }
  .base {
    stroke: var(--quiet);
    stroke-width: 1;
  }
  .hair {
    stroke: var(--hair);
    stroke-width: 1;
  }
  .dashed {
    stroke-dasharray: 4 4;
  }
  /* What can be taken, and how far a finger may miss it. As blocks they keep a finger's drag from scrolling the page. */
  .reach {
    display: block;
    fill: transparent;
    touch-action: none;
    cursor: grab;
  }
  .reach:active {
    cursor: grabbing;
  }
  .dot {
    fill: var(--paper);
    stroke: var(--data);
    stroke-width: 2.5;
    pointer-events: none;
  }
  g:focus {
    outline: none;
  }
  g:focus-visible .dot {
    stroke: var(--accent);
    stroke-width: 5;
  }

  .key {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    font-size: 12px;
    color: var(--quiet);
  }
  .key span {
    display: inline-flex;
    align-items: center;
    gap: 5px;
  }
  .key i {
    width: 12px;
    height: 12px;
    border-radius: 3px;
    print-color-adjust: exact;
  }
  .key b {
    color: var(--ink);
  }
  .reading {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 16px;
  }
  .large {
    font-size: clamp(17px, 7cqw, 22px);
    font-weight: 650;
    white-space: nowrap;
  }
  .large small {
    font-weight: 400;
  }
  .hands {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 14px;
    font-size: 13px;
  }
  .hands button {
    min-height: 32px;
  }
  .hands .plain {
    padding: 3px 8px;
  }
  @container (width < 420px) {
    .hands {
      gap: 6px 8px;
      font-size: 12px;
    }
    .tell,
    .reading {
      font-size: 13px;
    }
  }
  .hands .plain:hover {
    border-color: var(--accent);
  }
  .knob {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 8px;
    flex: 1 1 170px;
    align-self: end;
    max-width: 320px;
  }
  .knob input {
    grid-column: 1 / -1;
    width: 100%;
    min-height: 24px;
    margin: 0;
  }
  .knob output {
    font-weight: 600;
  }
  .tell {
    font-size: 13px;
    max-width: 70ch;
  }
  .caption {
    text-align: center;
    align-self: center;
    max-width: 60ch;
    font-size: 13px;
  }
  .message {
    padding: 6px 12px;
    border-left: 3px solid var(--warn);
    background: var(--warn-ground);
    font-size: 13px;
  }
  table {
    align-self: flex-start;
    border-collapse: collapse;
    font-size: 13px;
    white-space: nowrap;
  }
  th,
  td {
    padding: 2px 10px 2px 0;
    text-align: right;
    font-weight: inherit;
  }
  th:first-child {
    text-align: left;
  }
  thead th {
    color: var(--quiet);
    font-size: 12px;
  }
  @container (width < 420px) {
    table {
      font-size: 12px;
    }
    thead th {
      font-size: 10px;
    }
    th,
    td {
      padding-right: 6px;
    }
  }
  @media print {
    :host {
      color-scheme: light !important;
      break-inside: avoid;
    }
    .figure {
      height: auto;
      overflow: visible;
      background: none;
    }
    .hands button,
    .knob input {
      display: none;
    }
  }
`;

export const styles = [baseStyles, barStyles, sheet, pictureStyles];
