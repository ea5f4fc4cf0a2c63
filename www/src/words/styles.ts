import { css } from "lit";

export const wordsStyles = css`
  /* What does not fit into a box that a host gives is scrolled to. */
  :host {
    height: 100%;
    overflow: auto;
  }
  .page {
    max-width: 1120px;
    margin: 0 auto;
    padding: 12px 16px 40px;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 14px;
    align-items: center;
    margin: 10px 0;
  }
  nav {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 14px;
  }
  a {
    color: var(--accent);
  }
  .bar h1 {
    flex: 1 1 260px;
  }
  label {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    min-width: 0;
    max-width: 100%;
  }
  p[role="status"] {
    margin-bottom: 12px;
  }
  select,
  button,
  textarea,
  input {
    font: inherit;
    color: inherit;
    background: var(--paper);
    border: 1px solid var(--hair);
    border-radius: 6px;
    padding: 5px 10px;
    min-width: 0;
    max-width: 100%;
  }
  input[type="range"] {
    padding: 0;
    width: 120px;
    accent-color: var(--accent);
  }
  button {
    cursor: pointer;
  }
  button.main {
    color: var(--on-accent);
    background: var(--accent);
    border-color: var(--accent);
    min-width: 84px;
  }
  /* In the panel of settings a slider has a row of its own. */
  .param input[type="range"] {
    width: 100%;
  }
  .caption {
    max-width: 60ch;
    margin: 4px auto 0;
    text-align: center;
    font-size: 13px;
  }
  .file {
    position: relative;
    padding: 5px 10px;
    border: 1px solid var(--hair);
    border-radius: 6px;
    cursor: pointer;
  }
  .file:focus-within {
    outline: 2px solid var(--accent);
  }
  .file input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: pointer;
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  textarea {
    display: block;
    width: 100%;
    min-height: 64px;
    resize: vertical;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(240px, 1fr);
    gap: 16px;
    align-items: start;
  }
  .card {
    background: var(--paper);
    border: 1px solid var(--hair);
    border-radius: 10px;
    padding: 12px 14px;
    margin: 0 0 16px;
  }
  .card p.quiet {
    margin: 2px 0 8px;
    font-size: 12.5px;
  }
  .passage {
    font: 16px / 1.75 Georgia, "Songti SC", "Noto Serif CJK SC", "Noto Serif SC", SimSun, serif;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    cursor: pointer;
    min-height: 12em;
  }
  .passage span {
    border-radius: 2px;
  }
  .here {
    outline: 2px solid var(--samples);
    outline-offset: 0;
  }
  .s1 {
    background: light-dark(#e8f3f4, #14272b);
  }
  .s2 {
    background: light-dark(#cfe7e9, #17383d);
  }
  .s3 {
    background: light-dark(#b2d8dc, #1a4a50);
  }
  .s4 {
    background: light-dark(#90c7cc, #1d5d65);
  }
  .s5 {
    background: light-dark(#6cb3ba, #21727c);
  }
  .s6 {
    background: light-dark(#4a9fa8, #268a95);
    color: light-dark(#06272b, #ffffff);
  }
  .s7 {
    background: light-dark(#2b7f88, #5cc4cf);
    color: light-dark(#ffffff, #06272b);
  }
  .key {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    font-size: 12px;
    color: var(--quiet);
  }
  .key i {
    width: 14px;
    height: 10px;
    border: 1px solid var(--hair);
  }
  .likely {
    width: 100%;
    border-collapse: collapse;
  }
  .likely th {
    width: 1%;
    padding: 2px 8px 2px 0;
    text-align: right;
    font-weight: 500;
    white-space: nowrap;
  }
  .likely svg {
    display: block;
    width: 100%;
    height: 16px;
  }
  .likely rect {
    fill: var(--samples);
  }
  .likely .actual th {
    color: var(--data);
    font-weight: 700;
  }
  .likely .actual rect {
    fill: var(--data);
  }
  .number {
    width: 1%;
    padding-left: 8px;
    text-align: right;
    white-space: nowrap;
  }
  .scores td,
  .scores th {
    padding: 2px 10px 2px 0;
    text-align: left;
    font-weight: 400;
  }
  .scores td {
    white-space: nowrap;
  }
  .scores .model {
    font-weight: 650;
  }
  .written {
    min-height: 5em;
    margin: 8px 0 0;
  }
  .written b {
    font-weight: 400;
    color: light-dark(#b35208, #ffa14a);
  }
  .error {
    color: var(--warn);
    background: var(--warn-ground);
    border-radius: 8px;
    padding: 8px 12px;
  }
  @container (width < 760px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
