/** What each control looks like. */
import { css } from "lit";

export const controlStyles = css`
  button,
  select,
  input,
  textarea {
    font: inherit;
    color: inherit;
  }
  button {
    cursor: pointer;
  }
  button:disabled {
    opacity: 0.4;
    cursor: default;
  }
  svg {
    fill: currentColor;
  }
  a {
    color: var(--accent);
  }
  input[type="range"],
  input[type="checkbox"] {
    accent-color: var(--accent);
  }
  select,
  input[type="number"],
  textarea,
  .plain {
    border: 1px solid var(--hair);
    border-radius: 8px;
    background: var(--paper);
    padding: 4px 8px;
    min-height: 32px;
  }

  .transport {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .round {
    width: 38px;
    height: 38px;
    padding: 8px;
    border: 1px solid var(--hair);
    border-radius: 50%;
    background: none;
  }
  .round:hover:not(:disabled) {
    border-color: var(--accent);
  }
  .round svg {
    display: block;
  }
  .round.play,
  .round.pause[aria-pressed="false"] {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
  }
  .round.play[aria-pressed="true"] {
    background: none;
    color: var(--quiet);
    border-color: var(--hair);
  }
  .round.theme {
    width: 30px;
    height: 30px;
    padding: 6px;
  }
  .count {
    min-width: 74px;
    text-align: right;
  }
  .count output {
    font-size: 17px;
    font-weight: 600;
    margin-right: 4px;
  }
  .count.rate {
    min-width: 84px;
  }
  .count.rate output {
    font-weight: 400;
  }
  .speed {
    display: grid;
    font-size: 12px;
    color: var(--quiet);
  }
  .speed input {
    width: 120px;
    margin: 0;
  }
  .kl {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 8px;
    color: var(--quiet);
  }
  .kl b {
    font-size: 17px;
    color: var(--ink);
  }
  .badge {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0 6px;
    align-items: baseline;
    padding: 3px 10px;
    border: 1px solid var(--hair);
    border-radius: 99px;
    font-size: 12px;
  }
  .switch {
    display: inline-flex;
    border: 1px solid var(--hair);
    border-radius: 99px;
    overflow: hidden;
  }
  .switch button {
    border: 0;
    background: none;
    padding: 4px 10px;
    font-size: 12px;
  }
  .switch button[aria-pressed="true"] {
    background: var(--accent);
    color: var(--on-accent);
  }

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
  /* Where the five ideas would push the model out of sight, only the chosen one is spelled out. */
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

  .legend {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    align-items: center;
    gap: 2px 16px;
    margin-top: 8px;
    font-size: 12px;
  }
  .key i {
    display: inline-block;
    width: 9px;
    height: 9px;
    margin-right: 5px;
    border-radius: 50%;
    background: var(--data);
  }
  .key.samples i {
    background: var(--samples);
  }
  .key.walkers i {
    background: var(--walkers);
  }
  .key.learned i,
  .key.truth i,
  .key.lower i {
    width: 18px;
    height: 0;
    border-radius: 0;
    vertical-align: middle;
    background: none;
    border-top: 3px solid var(--samples);
  }
  .key.truth i {
    border-top: 2px dashed var(--ink);
  }
  .key.lower i {
    border-top: 2px solid var(--ink);
  }
  .scale {
    display: inline-flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0 10px;
  }
  .scale b {
    font-weight: 600;
  }
  .ends {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--quiet);
  }
  dgm-ramp {
    width: 90px;
    height: 9px;
    border-radius: 5px;
  }
  .status,
  .message {
    max-width: 620px;
    margin: 6px auto 0;
    text-align: center;
    font-size: 13px;
    color: var(--quiet);
  }
  .message {
    padding: 6px 12px;
    border-radius: 9px;
    background: var(--warn-ground);
    color: var(--warn);
  }

  .layers {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 14px;
    font-size: 13px;
  }
  .layers legend {
    float: left;
    width: 100%;
    margin-bottom: 4px;
  }
  .layers input {
    margin: 0 5px 0 0;
    vertical-align: -1px;
  }
  .layers .row {
    width: 100%;
    margin: 4px 0 0;
  }
  .about p {
    margin-bottom: 4px;
  }
  .pictures {
    display: grid;
    gap: 6px;
    margin: 6px 0;
  }
  .pictures.n2 {
    grid-template-columns: 1fr 1fr;
  }
  dgm-side-picture {
    aspect-ratio: 1;
    border-radius: 8px;
  }
  .pictures.n1 dgm-side-picture {
    width: min(100%, 210px);
    margin: auto;
  }
  .scores {
    display: grid;
    gap: 4px;
    margin-top: 6px;
  }
  .scores > div {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: baseline;
    gap: 0 8px;
    border-top: 1px solid var(--hair);
    padding-top: 3px;
  }
  .scores dt {
    width: 100%;
    font-size: 12px;
    color: var(--quiet);
  }
  .scores dd:nth-child(2) {
    font-weight: 600;
  }
  .scores .floor {
    font-size: 12px;
    color: var(--quiet);
  }
`;
