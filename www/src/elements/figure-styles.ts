/** A figure in a box whose height its host sets: nothing is cut off, and nothing scrolls but what was behind the button. */
import { css } from "lit";

export const figureStyles = css`
  /* As wide as the host, and as high as it says, or of no height where it says nothing; in nobody's way. */
  .probe {
    float: left;
    width: 100%;
    margin-right: -100%;
    height: 100%;
    pointer-events: none;
  }
  .room {
    height: 100%;
    container-type: size;
  }
  .page {
    height: 100%;
    overflow: auto;
  }
  .lab.boxed {
    height: 100%;
    padding: 8px;
    gap: 4px 10px;
    overflow: hidden;
    grid-template: "stage" minmax(0, 1fr) "hands" auto "rest" auto / minmax(0, 1fr);
  }
  .lab.boxed.beside {
    grid-template:
      "stage hands" auto "stage rest" minmax(0, 1fr) /
      min(100% - 240px, 100cqh - 16px) minmax(0, 1fr);
    align-content: stretch;
  }
  .lab.boxed.beside.with-charts {
    grid-template-columns: min(64%, 100cqh - 16px) minmax(0, 1fr);
  }
  .boxed .stage {
    grid-area: stage;
    container-type: size;
    display: grid;
    place-items: center;
    position: relative;
    width: 100%;
    height: 100%;
    min-height: 0;
  }
  .boxed .picture {
    width: min(100cqw, 100cqh);
  }
  .boxed .picture.flat {
    width: min(100cqw, 4 / 3 * 100cqh);
  }
  /* Where the picture is small its own buttons would cover it; fingers and keys take it closer all the same. */
  @container (height < 150px) {
    .boxed dgm-zoom {
      display: none;
    }
  }
  .boxed dgm-slow {
    position: absolute;
    inset: auto 0 0;
    width: auto;
    padding: 0 6px 4px;
    background: var(--paper);
    border-radius: var(--radius);
  }
  .boxed .hands {
    grid-area: hands;
    width: 100%;
  }
  .boxed .rest {
    grid-area: rest;
    width: 100%;
    min-height: 0;
    overflow: auto;
  }
  .boxed.folded .rest {
    grid-area: stage;
    z-index: 3;
    height: 100%;
    padding: 8px;
    background: var(--paper);
    border: 1px solid var(--hair);
    border-radius: var(--radius);
  }
  .boxed .message,
  .boxed .drop-here {
    grid-area: stage;
    align-self: end;
    z-index: 4;
    max-height: 100%;
    margin: 0;
    overflow: auto;
  }
  .boxed .transport {
    flex-wrap: nowrap;
    justify-content: center;
    gap: 4px;
  }
  .boxed.beside .transport {
    flex-wrap: wrap;
  }
  .boxed .round {
    flex: none;
    width: 30px;
    height: 30px;
    padding: 5px;
  }
  .boxed .count output {
    width: 46px;
    font-size: 14px;
  }
  .main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    justify-items: center;
    width: 100%;
  }
  /* What a lesson asks for beside the picture, and under it where there is no room beside. */
  .extra,
  .extra .scores {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr));
    align-items: start;
    gap: 8px;
    width: 100%;
  }
  @container (width >= 600px) {
    .lab.with-charts:not(.boxed) {
      grid-template-columns: minmax(0, 1fr) minmax(200px, 36%);
      align-items: start;
    }
    .with-charts:not(.boxed) > * {
      grid-column: 1 / -1;
    }
    .with-charts:not(.boxed) > .main {
      grid-column: 1;
    }
    .with-charts:not(.boxed) > .extra {
      grid-column: 2;
      grid-row: 1;
      grid-template-columns: minmax(0, 1fr);
    }
  }
  .lab:not(.with-charts) > .extra {
    max-width: 560px;
  }
  .caption {
    max-width: 60ch;
    margin: 4px auto 0;
    text-align: center;
    font-size: 13px;
  }
  .boxed .caption {
    font-size: 12px;
    line-height: 1.3;
  }
  .boxed .legend {
    margin-top: 4px;
    gap: 0 10px;
    font-size: 11px;
    line-height: 1.3;
  }
  .boxed .ends {
    gap: 4px;
  }
  .basic .quick,
  .basic .row,
  .basic .row select {
    min-width: 0;
    max-width: 100%;
  }
  .boxed dgm-ramp {
    width: 60px;
  }
  @container (width < 420px) {
    .main .count.rate,
    .boxed .count.rate,
    .boxed .count small {
      display: none;
    }
  }
`;
