/** How the page of an experiment looks. */
import { css } from "lit";

export const panelStyles = css`
  :host {
    color-scheme: light dark;
  }
  :host([data-theme="light"]) {
    color-scheme: light;
  }
  :host([data-theme="dark"]) {
    color-scheme: dark;
  }
  dialog {
    width: min(1100px, 100vw - 16px);
    max-height: calc(100dvh - 16px);
    padding: 14px 18px;
    border: 1px solid var(--hair);
    border-radius: 12px;
    background: var(--ground);
    color: var(--ink);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.4);
  }
  form,
  .fields,
  .buttons,
  .keys {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 14px;
    align-items: end;
  }
  form {
    margin: 10px 0;
  }
  label {
    display: grid;
    gap: 2px;
    font-size: 12px;
    color: var(--quiet);
  }
  select[multiple] {
    min-width: 200px;
    height: 148px;
  }
  input,
label.plain {
  padding: 4px 8px;
  min-height: 32px;
  border: 1px solid var(--hair);
  border-radius: 8px;
  background: var(--paper);
  color: var(--ink);
}
label.plain {
  align-content: center;
  font-size: 14px;
  cursor: pointer;
}
input[type="number"] {
    width: 84px;
  }
  progress {
    width: 100%;
    accent-color: var(--accent);
  }
  .scroll {
    overflow-x: auto;
  overscroll-behavior-x: contain;
  }
  table {
    border-collapse: collapse;
    width: 100%;
    font-size: 13px;
  }
  th,
  td {
    padding: 4px 12px 4px 0;
    text-align: left;
    border-top: 1px solid var(--hair);
    font-weight: 400;
  }
  thead th {
    border: 0;
    font-weight: 600;
  }
  .plots {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr));
    gap: 10px;
    margin: 8px 0;
  }
  figure {
    padding: 8px 10px;
    border: 1px solid var(--hair);
    border-radius: 12px;
    background: var(--paper);
  }
  figure text {
    fill: var(--quiet);
    font-size: 11px;
  }
  .readout {
    display: block;
    min-height: 18px;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .pointed circle {
    stroke: var(--ink);
    stroke-width: 2;
  }
  .rule {
    stroke: var(--hair);
  }
  .keys span {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .keys svg {
    width: 10px;
  }
  .fault {
    color: var(--warn);
  }
  header {
    display: flex;
    justify-content: space-between;
    gap: 12px;
  }
`;
