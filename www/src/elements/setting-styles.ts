/** Settings in their folds, the mixture's sliders, and the diagnosis that points at a setting. */
import { css } from "lit";

export const settingStyles = css`
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
    /* It folds after the press that took the focus elsewhere, so that nothing moves from under that press. */
    transition: display 0.4s allow-discrete;
  }
  .param:focus-within .help {
    display: block;
    transition: none;
  }
  .param.choice select {
    max-width: 170px;
    min-width: 0;
  }
  .param[data-glow] {
    border-radius: 8px;
    outline: 2px solid var(--accent);
    outline-offset: 4px;
  }
  .group {
    margin-top: 5px;
    border-top: 1px solid var(--hair);
    padding-top: 2px;
  }
  .group summary small {
    font-weight: 400;
  }
  .guided {
    width: min(100%, 360px);
    margin: 6px auto 0;
  }
  .basic .quick {
    justify-content: center;
  }
  .basic .param {
    width: 190px;
    font-size: 12px;
    margin-top: 8px;
  }

  .mixture {
    max-width: 760px;
    margin: 8px auto 0;
    font-size: 12px;
  }
  .mixture .sliders {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(140px, 1fr));
    gap: 4px 16px;
    margin: 6px 0;
  }
  .mixture .quick {
    justify-content: center;
  }

  .findings {
    display: grid;
    gap: 6px;
    max-width: 760px;
    margin: 8px auto 0;
    padding: 0;
    list-style: none;
    font-size: 13px;
  }
  .findings li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 12px;
    padding: 5px 12px;
    border-left: 3px solid var(--warn);
    border-radius: 0 9px 9px 0;
    background: var(--paper);
  }
  .findings span {
    flex: 1 1 220px;
  }
  .findings button {
    border: 1px solid var(--hair);
    border-radius: 8px;
    background: none;
    padding: 3px 10px;
    min-height: 30px;
    color: var(--accent);
  }
`;
