/** The lab on paper: dark on white, one column, whole pictures; what can only be touched stays behind. */
import { css } from "lit";

export const printStyles = css`
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
      padding: 0;
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
    .curves .score {
      grid-column: 1 / -1;
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
    .curves button {
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
    .score,
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
