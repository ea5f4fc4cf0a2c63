/** The lab on paper: dark on white, one column, whole pictures; what can only be touched stays behind. */
import { css } from "lit";

export const printStyles = css`
  /* How wide pictures are on paper: they are drawn for it while the screen's rules still hold. 13 cm, 6 cm, and half of A4 less its margins. */
  .all .picture {
    --on-paper: 491;
  }
  .all .pictures {
    --on-paper: 227;
  }
  .all .curves {
    --on-paper: 328;
  }
  @media print {
    :host {
      color-scheme: light !important;
      --ground: #fff;
      --paper: #fff;
      --quiet: #4a555b;
    }
    .room {
      container-type: normal;
    }
    .lab.lab {
      display: block;
      height: auto;
      max-width: none;
      /* A border at the very edge is cut off. */
      padding: 0 1px;
      overflow: visible;
    }
    .lab .middle,
    .lab .right,
    .lab .stage {
      container-type: normal;
      display: block;
      position: static;
      height: auto;
      margin: 0;
      padding: 0;
      border: 0;
    }
    .lab .curves {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 10px;
      margin: 10px 0;
      padding: 0;
    }
    .lab .curves .score {
      grid-area: auto / 1 / auto / -1;
    }
    .lab .curves .drawn {
      display: inline-block;
      appearance: none;
      border: 0;
      padding: 0;
      background: none;
    }
    .tools,
    .left,
    .panel,
    .layers,
    select,
    .transport,
    .quick,
    .mixture,
    .spoken,
    .curves button,
    .lab .ways.ways,
    .lab dgm-zoom,
    .time {
      display: none;
    }
    .lab .bar {
      display: block;
      padding: 0;
      border: 0;
    }
    .lab .picture {
      width: min(100%, 13cm);
      margin: 8px auto;
    }
    .lab .picture.flat {
      aspect-ratio: 4 / 3;
    }
    .lab .pictures {
      grid-template-columns: repeat(auto-fit, min(100%, 6cm));
      justify-content: center;
    }
    .lab .pictures dgm-side-picture {
      width: 100%;
    }
    .lab .status {
      max-width: none;
    }
    /* Nobody can unfold paper. */
    .score details::details-content {
      display: block;
      content-visibility: visible;
      height: auto;
    }
    .score summary {
      list-style: none;
    }
    .score summary::-webkit-details-marker {
      display: none;
    }
    .score h2 {
      break-after: avoid;
    }
    /* Each part of a card that goes over two pages has an edge of its own. */
    .score {
      box-decoration-break: clone;
    }
    .scores {
      grid-template-columns: 1fr 1fr;
      column-gap: 24px;
    }
    .scores .both {
      grid-column: 1 / -1;
    }
    .paper-note {
      margin: 10px 0 0;
      font-size: 11px;
      overflow-wrap: anywhere;
    }
    /* The colours of the legend are its meaning. */
    .key i,
    dgm-ramp {
      print-color-adjust: exact;
    }
    .picture,
    figure,
    .about,
    .score details,
    .scores > div {
      break-inside: avoid;
    }
    .about,
    .right figure {
      margin: 10px 0;
    }
    figure {
      max-width: 100%;
      overflow: hidden;
    }
  }
`;
