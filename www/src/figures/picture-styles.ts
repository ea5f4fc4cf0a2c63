/** What is drawn: P and the data in one colour, Q in another, and how high each picture would be. */
import { css } from "lit";

export const pictureStyles = css`
  .area {
    fill: var(--data);
    fill-opacity: 0.22;
  }
  .line {
    stroke-width: 2.4;
    stroke-linejoin: round;
  }
  .bumps {
    --high: clamp(190px, 40cqw, 300px);
  }
  i.forward {
    background: var(--samples);
  }
  i.reverse {
    background: var(--walkers);
  }
  .line.p {
    stroke: var(--data);
    stroke-width: 1.6;
  }
  .line.forward {
    stroke: var(--samples);
  }
  .line.reverse {
    stroke: var(--walkers);
  }
  .line.other {
    stroke-width: 1.4;
    stroke-dasharray: 5 4;
  }
  .exam {
    --high: clamp(260px, 46cqw, 340px);
  }
  .bin {
    fill: var(--data);
    fill-opacity: 0.3;
  }
  .bin.rare {
    fill-opacity: 0.8;
  }
  .line.ink {
    stroke: var(--ink);
    stroke-width: 1.8;
  }
  .dot.ask {
    stroke: var(--samples);
  }
  .ball {
    fill: var(--walkers);
    pointer-events: none;
  }
  .tell.large {
    font-size: 16px;
    white-space: normal;
  }
  .stages {
    --high: 400px;
  }
  @container (width >= 626px) {
    .stages {
      --high: 240px;
    }
  }
  .pencil {
    cursor: crosshair;
  }
  .cells {
    --high: clamp(250px, 40cqw, 300px);
  }
  /* A finger that goes up or down scrolls the page. */
  .reach.across {
    touch-action: pan-y;
    cursor: ew-resize;
  }
  .costs {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(170px, 1fr));
    gap: 4px 16px;
  }
  .costs dt {
    font-size: 12px;
    color: var(--quiet);
  }
  .costs dd {
    font-size: 18px;
    font-weight: 650;
    line-height: 1.25;
  }
  .hands .plain[aria-pressed="true"] {
    border-color: var(--accent);
    background: var(--tint);
  }
  .bars {
    --high: clamp(250px, 50cqw, 330px);
  }
  i.p,
  i.q {
    background: var(--data);
  }
  i.q {
    background: var(--samples);
  }
  rect.p,
  rect.q {
    fill: var(--data);
    fill-opacity: 0.75;
  }
  rect.q {
    fill: var(--samples);
  }
  .grip {
    stroke: var(--data);
    stroke-width: 3;
    stroke-linecap: round;
  }
  .grip.q {
    stroke: var(--samples);
  }
  g:focus-visible .grip {
    stroke: var(--ink);
    stroke-width: 6;
  }
  .cost {
    fill: var(--warn);
    fill-opacity: 0.8;
  }
  .gain {
    fill: var(--accent);
    fill-opacity: 0.8;
  }
`;
