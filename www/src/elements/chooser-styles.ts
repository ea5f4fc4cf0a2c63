/** Data sets, families and models. */
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
  .family:disabled {
    opacity: 0.5;
    cursor: not-allowed;
    border-color: var(--hair);
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

  .paste .row {
    margin: 0;
    justify-content: flex-start;
  }
  .file {
    color: var(--accent);
    cursor: pointer;
    text-decoration: underline;
  }
  .file input {
    position: absolute;
    width: 1px;
    height: 1px;
    opacity: 0;
  }
  .file:focus-within {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  p.own {
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  details.own {
    font-size: 12px;
  }
  details.own summary {
    font-weight: 400;
    font-size: 12px;
    color: var(--accent);
  }
  details.own ul {
    display: grid;
    gap: 4px;
    margin: 0 0 6px;
    padding: 0;
    list-style: none;
    line-height: 1.35;
    color: var(--quiet);
    overflow-wrap: anywhere;
  }
  .option {
    display: block;
    margin-bottom: 6px;
  }
  .drop-here {
    position: fixed;
    inset: auto 0 24px;
    z-index: 5;
    display: none;
    width: max-content;
    max-width: calc(100vw - 32px);
    margin: auto;
    padding: 10px 18px;
    border-radius: 99px;
    background: var(--accent);
    color: var(--on-accent);
    pointer-events: none;
  }
  :host([data-dropping]) .drop-here {
    display: block;
  }
  :host([data-dropping]) .picture::after {
    content: "";
    position: absolute;
    inset: 6px;
    border: 3px dashed var(--accent);
    border-radius: 9px;
    pointer-events: none;
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
  .variants {
    display: grid;
    gap: 2px;
    margin: 0 0 4px;
    padding: 0 0 0 10px;
    border-left: 2px solid var(--accent);
    list-style: none;
  }
  .variants li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: start;
    border-radius: 8px;
    font-size: 12px;
  }
  .variants .chosen {
    margin: 0;
    background: var(--tint);
  }
  .variant {
    display: grid;
    gap: 1px;
    padding: 5px 8px;
    border: 0;
    border-radius: 8px;
    background: none;
    text-align: left;
    font-size: 13px;
    grid-area: 1 / 1 / 2 / 3;
  }
  .variants a,
  .variants small {
    grid-area: 1 / 2;
    z-index: 1;
    padding: 7px 8px;
    line-height: 1;
  }
  .variant strong {
    padding-right: 36px;
    font-weight: 500;
  }
  .variant[aria-pressed="true"] strong {
    font-weight: 650;
  }
  .variant:hover strong {
    color: var(--accent);
  }
  .variant span {
    font-size: 12px;
    line-height: 1.35;
    color: var(--quiet);
  }
  /* Where all the ideas would push the model out of sight, only the chosen ones are spelled out. */
  @media (max-height: 1080px) {
    .wide .family[aria-pressed="false"] span,
    .wide .variant[aria-pressed="false"] span {
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
`;
