/** What is read rather than touched: legends, status, side pictures, scores. */
import { css } from "lit";

export const readingStyles = css`
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
  /* Where colours tell classes: data in outline beside filled samples, or filled where samples have none. */
  .by-class .key.data i,
  .by-class.both .key.samples i {
    background: var(--ink);
  }
  .by-class.both .key.data i {
    background: none;
    box-shadow: inset 0 0 0 1.5px var(--ink);
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
    max-width: 760px;
    margin: 4px auto 0;
    text-wrap: balance;
    text-align: center;
    font-size: 13px;
    color: var(--quiet);
  }
  .wide .status {
    font-size: 12px;
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
  .layers b {
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
  .score p {
    font-size: 12px;
  }
  .pictures {
    position: relative;
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
  .scores .why {
    width: 100%;
    font-size: 12px;
    color: var(--quiet);
  }
  .scores .both {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(7em, 1fr));
  }
  .both dd {
    font-weight: 600;
  }
`;
