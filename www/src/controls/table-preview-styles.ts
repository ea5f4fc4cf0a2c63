/** How the preview of a table looks, from a phone to a wide screen. */
import { css } from "lit";

export const previewStyles = css`
  * {
    box-sizing: border-box;
  }
  h2,
  p,
  ul {
    margin: 0;
    padding: 0;
  }
  dialog {
    width: min(880px, 100vw - 24px);
    max-height: min(760px, 100dvh - 24px);
    padding: 0;
    border: 1px solid var(--hair);
    border-radius: 16px;
    background: var(--paper);
    color: var(--ink);
    overflow: hidden;
    box-shadow: 0 18px 60px rgb(0 0 0 / 28%);
  }
  dialog[open] {
    display: flex;
  }
  dialog::backdrop {
    background: rgb(10 16 20 / 42%);
  }
  form {
    flex: 1;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
    min-width: 0;
  }
  header {
    padding: 16px 20px 12px;
    border-bottom: 1px solid var(--hair);
  }
  h2 {
    font-size: 17px;
    font-weight: 650;
    overflow-wrap: anywhere;
  }
  header p {
    margin-top: 2px;
    color: var(--quiet);
    font-size: 13px;
    text-wrap: pretty;
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 260px;
    gap: 16px 20px;
    padding: 16px 20px;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .read {
    display: grid;
    gap: 12px;
    align-content: start;
    min-width: 0;
    font-size: 13px;
  }
  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
    gap: 10px;
    align-content: start;
  }
  .column {
    position: relative;
    display: grid;
    grid-template-rows: auto 1fr auto auto;
    gap: 4px;
    min-width: 0;
    min-height: 112px;
    padding: 9px 11px;
    border: 1px solid var(--hair);
    border-radius: 11px;
    background: none;
    color: inherit;
    font: inherit;
    text-align: left;
    cursor: pointer;
  }
  .column:hover:not(:disabled) {
    border-color: var(--accent);
  }
  .column[aria-pressed="true"] {
    border-color: var(--accent);
    background: var(--tint);
    box-shadow: inset 0 0 0 1px var(--accent);
  }
  .column:disabled {
    cursor: default;
    color: var(--quiet);
    border-style: dashed;
  }
  .column strong {
    font-weight: 600;
    line-height: 1.25;
    overflow-wrap: anywhere;
    padding-right: 46px;
  }
  .column i {
    font-style: normal;
    font-weight: 400;
    color: var(--quiet);
  }
  .role {
    position: absolute;
    top: 8px;
    right: 9px;
    padding: 1px 7px;
    border-radius: 99px;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 11px;
    font-weight: 600;
  }
  svg {
    display: block;
    width: 100%;
    height: 32px;
    align-self: end;
    fill: var(--quiet);
    opacity: 0.75;
  }
  .learned svg {
    fill: var(--data);
    opacity: 1;
  }
  .range {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    font-size: 11px;
    color: var(--quiet);
  }
  small {
    font-size: 12px;
    color: var(--quiet);
  }
  .cells,
  .bars {
    font-size: 12px;
    line-height: 1.35;
    overflow: hidden;
  }
  .cells {
    display: grid;
    align-content: start;
    color: var(--quiet);
  }
  .cells span,
  .bars span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .bars {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 1fr;
    gap: 0 8px;
    align-items: center;
    align-content: start;
  }
  .bars svg {
    height: 8px;
    align-self: center;
  }
  .side {
    display: grid;
    gap: 12px;
    align-content: start;
    font-size: 13px;
  }
  dgm-thumbnail {
    aspect-ratio: 1;
    border: 1px solid var(--hair);
    border-radius: 11px;
  }
  dgm-thumbnail.line {
    aspect-ratio: 2;
  }
  .way span {
    color: var(--quiet);
  }
  code {
    font: 12px ui-monospace, monospace;
    padding: 1px 5px;
    border-radius: 5px;
    background: var(--ground);
    white-space: nowrap;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
    padding: 8px 11px;
    border-radius: 11px;
    background: var(--warn-ground);
    color: var(--warn);
  }
  .classes select,
  .ways button,
  .notes button,
  footer button {
    min-height: 36px;
    padding: 6px 14px;
    border: 1px solid var(--hair);
    border-radius: 9px;
    background: var(--paper);
    color: var(--ink);
    font: inherit;
    cursor: pointer;
  }
  .ways button {
    text-align: left;
    padding: 6px 10px;
  }
  .ways button:hover,
  .notes button:hover,
  footer button:hover:not(:disabled) {
    border-color: var(--accent);
  }
  .notes button {
    min-height: 30px;
    padding: 2px 10px;
  }
  .notes {
    display: grid;
    gap: 4px;
    list-style: none;
    color: var(--quiet);
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }
  footer {
    display: flex;
    justify-content: flex-end;
    gap: 10px;
    padding: 12px 20px;
    border-top: 1px solid var(--hair);
  }
  footer .main {
    min-width: 0;
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  footer .main:disabled {
    opacity: 0.45;
    cursor: default;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  @media (max-width: 640px) {
    header,
    .body,
    footer {
      padding-left: 14px;
      padding-right: 14px;
    }
    .body {
      grid-template-columns: minmax(0, 1fr);
    }
    .columns {
      grid-template-columns: repeat(auto-fill, minmax(132px, 1fr));
      gap: 8px;
    }
    .side {
      gap: 10px;
    }
    dgm-thumbnail {
      order: 1;
      width: min(100%, 200px);
      justify-self: center;
    }
    footer .main {
      flex: 1;
    }
  }
`;
