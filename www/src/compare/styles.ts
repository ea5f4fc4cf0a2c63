/** Cards of one size, what all share beside them, and the table that may scroll sideways by itself. */
import { css } from "lit";

export const compareStyles = css`
  .compare.all.wide {
    grid-template-columns: minmax(0, 1fr) minmax(270px, 320px);
    grid-template-areas: "head head" "bar bar" "intro intro" "message message" "cards aside" "under aside";
    grid-template-rows: auto auto auto auto auto 1fr;
  }
  .compare.bare.wide {
    grid-template: "bar" auto "message" auto "cards" auto "under" auto / minmax(0, 1fr);
    padding: 8px;
  }
  .compare.narrow {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .compare.narrow > * {
    order: 0;
  }
  .compare .bar {
    display: flex;
    grid-area: auto;
  }
  .compare.wide .bar {
    grid-area: bar;
  }
  .compare.wide .intro {
    grid-area: intro;
  }
  .compare.wide > .message {
    grid-area: message;
  }
  .compare.wide .cards {
    grid-area: cards;
  }
  .compare.wide .under {
    grid-area: under;
  }
  .compare.wide .aside {
    grid-area: aside;
  }
  .intro {
    max-width: 100ch;
    color: var(--quiet);
  }
  .pace {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: 12px;
    color: var(--quiet);
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(46%, 230px), 1fr));
    gap: 12px;
    align-items: stretch;
  }
  .wide .cards {
    grid-template-columns: repeat(3, minmax(0, 1fr));
  }
  .wide .cards.n1,
  .wide .cards.n2,
  .wide .cards.n4 {
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
  .card {
    display: grid;
    grid-template-rows: auto auto auto auto auto 1fr;
    gap: 6px;
    min-width: 0;
    padding: 8px;
    background: var(--paper);
    border: 1px solid var(--hair);
    border-radius: 12px;
  }
  .card.picked {
    border-color: var(--accent);
  }
  .card .name {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
  }
  .printed {
    display: none;
  }
  .card .name select {
    flex: 1;
    min-width: 0;
    font-weight: 600;
    border-color: transparent;
    padding: 2px 4px;
    text-overflow: ellipsis;
  }
  .card .name select:hover,
  .card .name select:focus-visible {
    border-color: var(--hair);
  }
  .card .stage,
  .compare .card .stage {
    position: relative;
    inset: auto;
    margin: 0;
    padding: 0;
    border: 0;
    box-shadow: none;
    background: none;
    width: 100%;
  }
  .compare .card .picture,
  .compare .card .picture.flat {
    width: 100%;
    max-width: none;
    max-height: none;
    border-radius: 8px;
  }
  .over {
    position: absolute;
    inset: 0;
    border: 0;
    background: none;
    cursor: zoom-in;
    border-radius: 8px;
  }
  .over:focus-visible {
    outline-offset: -3px;
  }
  .first {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: baseline;
    gap: 0 8px;
    min-height: 21px;
  }
  .first small,
  .card .idea {
    color: var(--quiet);
    font-size: 12px;
  }
  .card .tools {
    display: flex;
    justify-content: space-between;
    margin: 0;
    gap: 2px;
  }
  .tool {
    width: 28px;
    height: 28px;
    padding: 4px;
    border: 1px solid transparent;
    border-radius: 8px;
    background: none;
    color: var(--quiet);
  }
  .tool:hover:not(:disabled),
  .tool[aria-pressed="true"] {
    border-color: var(--accent);
    color: var(--accent);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: 12px;
  }
  .chips li {
    padding: 1px 7px;
    border: 1px solid var(--hair);
    border-radius: 99px;
    color: var(--quiet);
  }
  .chips .differs {
    border-color: var(--accent);
    background: var(--tint);
    color: var(--ink);
  }
  .dot {
    flex: none;
    display: inline-block;
    width: 10px;
    height: 10px;
    border-radius: 50%;
    margin-right: 2px;
  }
  .d0 {
    background: light-dark(#1f6fb2, #6bb3f0);
  }
  .d1 {
    background: light-dark(#c4510a, #ff9a5c);
  }
  .d2 {
    background: light-dark(#0b7d5b, #4fd1a5);
  }
  .d3 {
    background: light-dark(#b2417f, #f08fc4);
  }
  .d4 {
    background: light-dark(#8f6400, #e5b84a);
  }
  .d5 {
    background: light-dark(#6a4fc0, #b39dff);
  }
  .under {
    display: grid;
    gap: 12px;
    min-width: 0;
    align-content: start;
  }
  .versus .scroll {
    overflow-x: auto;
    /* Who pushes a table to its end must not leave the page. */
    overscroll-behavior-x: contain;
    margin: 6px 0;
  }
  .versus table {
    border-collapse: collapse;
    width: 100%;
    font-size: 13px;
  }
  .versus th,
  .versus td {
    padding: 4px 10px 4px 0;
    text-align: left;
    white-space: nowrap;
    border-top: 1px solid var(--hair);
    font-weight: 400;
  }
  .versus tbody th {
    position: sticky;
    left: 0;
    z-index: 1;
    min-width: 104px;
    background: var(--paper);
    white-space: normal;
  }
  .versus thead th {
    border: 0;
    font-weight: 600;
  }
  .versus .more {
    margin: 0 0 6px;
  }
  .versus small,
  .versus .floor {
    color: var(--quiet);
  }
  .versus .ahead {
    color: var(--accent);
  }
  .aside {
    display: grid;
    gap: 12px;
    align-content: start;
    min-width: 0;
  }
  @media print {
    .compare .aside,
    .compare .pace,
    .compare .ways,
    .card .tools,
    .versus .more {
      display: none;
    }
    .lab .cards {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .printed {
      display: inline;
    }
    .dot {
      print-color-adjust: exact;
    }
    .card,
    .versus {
      break-inside: avoid;
    }
    .versus .scroll {
      overflow: visible;
    }
    .versus table {
      font-size: 9px;
    }
  }
`;
