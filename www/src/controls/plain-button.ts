/** A quiet button of an element with a shadow of its own. */
import { css } from "lit";

export const plainButton = css`
  button {
    min-height: 32px;
    padding: 4px 12px;
    border: 1px solid var(--hair);
    border-radius: 8px;
    background: none;
    color: inherit;
    font: inherit;
    font-size: 12px;
    cursor: pointer;
  }
  button:focus-visible {
    outline: 2px solid var(--accent);
  }
`;
