/** Data sets, families and settings. */
import { css } from "lit";

export const chooserStyles = css`
  .chosen {
    margin-top: 6px;
    line-height: 1.35;
  }
  .thumbs {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(50px, 1fr));
    gap: 6px;
  }
  .thumb {
    min-width: 0;
    padding: 2px;
    border: 1px solid var(--hair);
    border-radius: 9px;
    background: none;
    font-size: 11px;
    line-height: 1.2;
  }
  .thumb dgm-thumbnail {
    aspect-ratio: 1;
  }
  .thumb.line {
    grid-column: span 2;
  }
  .thumb.line dgm-thumbnail {
    aspect-ratio: 2.1;
  }
  .thumb.draw {
    grid-column: span 2;
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 4px;
    color: var(--accent);
    border-style: dashed;
  }
  .thumb.draw svg {
    width: 20px;
    flex: none;
  }
  .thumb:hover,
  .family:hover {
    border-color: var(--accent);
  }
  .thumb[aria-pressed="true"],
  .family[aria-pressed="true"] {
    border-color: var(--accent);
    background: var(--tint);
    box-shadow: inset 0 0 0 1px var(--accent);
  }
  .paste {
    margin-top: 8px;
    font-size: 12px;
  }
  .paste summary {
    font-weight: 400;
    color: var(--accent);
  }
  .paste textarea {
    display: block;
    width: 100%;
    margin: 4px 0;
    resize: vertical;
  }

  .families {
    display: grid;
    gap: 6px;
    margin-top: 8px;
  }
  .family {
    display: grid;
    gap: 1px;
    text-align: left;
    padding: 7px 10px;
    border: 1px solid var(--hair);
    border-radius: 9px;
    background: none;
  }
  .family span {
    font-size: 12px;
    line-height: 1.35;
    color: var(--quiet);
  }
  /* Where the six ideas would push the model out of sight, only the chosen one is spelled out. */
  @media (max-height: 1080px) {
    .wide .family[aria-pressed="false"] span {
      display: none;
    }
  }
  .row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    margin-top: 8px;
    font-size: 12px;
    color: var(--quiet);
  }
  .row select {
    color: var(--ink);
    min-width: 0;
  }
  .quick {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    align-items: center;
  }

  .params {
    display: grid;
    gap: 10px;
    margin-top: 8px;
  }
  .param {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 8px;
    align-items: baseline;
  }
  .param i {
    margin-left: 4px;
    font-style: normal;
    color: var(--quiet);
  }
  .param output {
    font-weight: 600;
  }
  .param input[type="range"] {
    grid-column: 1 / -1;
    width: 100%;
    margin: 2px 0;
    min-height: 22px;
  }
  .seed input {
    width: 110px;
    text-align: right;
  }
  /* Help unfolds under the setting that is being touched or tabbed to; the tooltip has it always. */
  .param .help {
    grid-column: 1 / -1;
    display: none;
    line-height: 1.4;
  }
  .param:focus-within .help {
    display: block;
  }
`;
