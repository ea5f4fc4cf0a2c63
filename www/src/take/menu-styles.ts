/** How the menu of what can be taken away looks, from a phone to a wide screen. */
import { css } from "lit";

export const menuStyles = css`
  * {
    box-sizing: border-box;
  }
  h2,
  h3,
  p {
    margin: 0;
  }
  dialog {
    width: min(620px, 100vw - 24px);
    max-height: min(760px, 100dvh - 24px);
    padding: 0;
    border: 1px solid var(--hair);
    border-radius: 16px;
    background: var(--paper);
    color: var(--ink);
    overflow: auto;
    overscroll-behavior: contain;
    box-shadow: 0 18px 60px rgb(0 0 0 / 28%);
  }
  dialog::backdrop {
    background: rgb(10 16 20 / 42%);
  }
  header {
    display: flex;
    align-items: start;
    gap: 12px;
    padding: 16px 20px 4px;
  }
  header div {
    flex: 1;
  }
  h2 {
    font-size: 17px;
    font-weight: 650;
  }
  p,
  small {
    color: var(--quiet);
    font-size: 13px;
    line-height: 1.45;
    text-wrap: pretty;
  }
  section {
    display: grid;
    gap: 8px;
    padding: 12px 20px;
  }
  section + section {
    border-top: 1px solid var(--hair);
  }
  h3 {
    font-size: 13px;
    font-weight: 650;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  button,
  .file {
    min-height: 34px;
    padding: 5px 12px;
    border: 1px solid var(--hair);
    border-radius: 9px;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  button:hover:not(:disabled),
  .file:hover {
    border-color: var(--accent);
  }
  button:disabled {
    opacity: 0.45;
    cursor: default;
  }
  .recording {
    border-color: var(--samples);
  }
  .file {
    display: inline-flex;
    align-items: center;
  }
  .file input {
    position: absolute;
    width: 1px;
    height: 1px;
    opacity: 0;
  }
  :focus-visible,
  .file:focus-within {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .close {
    border: 0;
    padding: 5px 8px;
    color: var(--quiet);
  }
  .said {
    position: sticky;
    bottom: 0;
    margin: 0;
    padding: 10px 20px;
    border-top: 1px solid var(--hair);
    background: var(--paper);
    color: var(--ink);
    overflow-wrap: anywhere;
  }
  .said:empty {
    display: none;
  }
  textarea {
    width: 100%;
    margin-top: 6px;
    border: 1px solid var(--hair);
    border-radius: 9px;
    background: var(--paper);
    color: inherit;
    font: 12px/1.4 ui-monospace, monospace;
  }
`;
