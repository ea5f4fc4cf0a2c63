/** Native controls as they look everywhere, and the bar with the transport, the KL and the engine. */
import { css } from "lit";

export const barStyles = css`
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
    width: 36px;
    height: 36px;
    padding: 7px;
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
  .round.keys {
    padding: 0;
    font-weight: 650;
  }
  /* Fingers have no keys. */
  @media (hover: none) {
    .round.keys {
      display: none;
    }
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-left: auto;
  }
  a.plain {
    display: inline-block;
    color: inherit;
    text-decoration: none;
  }
  header .tools .plain {
    display: inline-flex;
    align-items: center;
    min-height: 28px;
    padding: 2px 10px;
    border-radius: 99px;
    background: none;
    font-size: 12px;
  }
  .counts {
    display: contents;
  }
  .count {
    display: flex;
    align-items: center;
    gap: 4px;
    white-space: nowrap;
  }
  /* These change with every picture: of a fixed size, they cost no layout of anything else. */
  .count output {
    contain: strict;
    width: 64px;
    height: 26px;
    line-height: 26px;
    text-align: right;
    font-size: 17px;
    font-weight: 600;
  }
  .count.rate output {
    width: 48px;
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
  /* As much room whatever the number is, so that nothing below moves when it comes, goes or turns into a bound. */
  .wide .kl {
    flex: 1 1 420px;
    flex-wrap: nowrap;
    min-width: 0;
    overflow: hidden;
    white-space: nowrap;
  }
  .wide .kl small {
    overflow: hidden;
    text-overflow: ellipsis;
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
  .switches {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: inherit;
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
`;
