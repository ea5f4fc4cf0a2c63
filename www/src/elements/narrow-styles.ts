/** The whole lab where there is no room for columns: a phone, or a narrow place on another page. */
import { css } from "lit";

export const narrowStyles = css`
  .narrow.all {
    /* The picture takes at most two fifths of the screen, so that what is chosen and what comes of it are seen together. */
    --high: 40svh;
    --edge: 10px;
    display: flex;
    flex-direction: column;
    gap: 10px;
    padding: 8px var(--edge) 20px;
  }
  .narrow h1 {
    font-size: 16px;
  }
  /* One after another, as many in a row as have room, each in one line. */
  .narrow header {
    justify-content: flex-end;
    gap: 6px;
  }
  .narrow h1 {
    margin-right: auto;
  }
  @media screen {
    .narrow .tools,
    .narrow header .ways {
      display: contents;
    }
  }
  .narrow header a,
  .narrow header .ways button,
  .narrow header button {
    flex: none;
    white-space: nowrap;
  }
  .narrow .tagline,
  .narrow .round.keys,
  .narrow .badge small {
    display: none;
  }

  .narrow .middle,
  .narrow .bar {
    display: contents;
  }
  .narrow .kl {
    order: 1;
    justify-content: center;
  }
  .narrow .legend,
  .narrow .mixture,
  .narrow .message,
  .narrow .status {
    order: 2;
    margin: 0;
    max-width: none;
  }
  .narrow .findings {
    order: 3;
    margin: 0;
    max-width: none;
  }
  .narrow .wrong,
  .narrow .ways,
  .narrow .bar > p {
    order: 4;
    width: 100%;
  }
  .narrow .ways button {
    flex: 1;
  }
  .narrow .left {
    order: 5;
  }
  .narrow .right {
    order: 6;
  }

  /* Everything that is chosen slides under the stage; what is only read slides over it. */
  .narrow .stage,
  .narrow .curves {
    margin: 0 calc(-1 * var(--edge));
    padding: 0 var(--edge);
    background: var(--ground);
  }
  .narrow .stage {
    position: sticky;
    top: 0;
    z-index: 2;
    order: 0;
    padding-block: 4px 6px;
    border-bottom: 1px solid var(--hair);
  }
  /* A keyboard on the screen leaves room for the text alone. */
  .narrow:has(textarea:focus) .stage {
    position: relative;
  }
  .narrow .curves {
    position: relative;
    z-index: 3;
    order: 7;
    padding-top: 12px;
  }
  .narrow .picture {
    width: min(100%, var(--high));
  }
  .narrow .picture.flat {
    width: min(100%, 4 / 3 * var(--high));
  }
  /* Who draws chooses nothing else meanwhile. */
  .narrow .drawing .picture {
    width: min(100%, 75svh);
  }
  .narrow .drawing .picture.flat {
    aspect-ratio: 1;
  }
  .narrow :is(button, summary, input, select, textarea, a, .param) {
    scroll-margin-block: calc(var(--high) + 70px) 6px;
  }

  /* In one row where it fits: a game has a button more. */
  .narrow .transport {
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 3px;
    max-width: 480px;
    margin: 6px auto 0;
  }
  .narrow .transport .round {
    flex: none;
  }
  .narrow .counts {
    display: grid;
    flex: none;
  }
  .narrow .count {
    gap: 4px;
  }
  .narrow .count output {
    width: auto;
    min-width: 34px;
    height: 20px;
    line-height: 20px;
    contain: content;
  }
  .narrow .count.rate output {
    height: 16px;
    line-height: 16px;
    font-size: 12px;
  }
  .narrow .speed {
    flex: 1 1 60px;
    min-width: 60px;
    overflow: hidden;
    white-space: nowrap;
  }
  .narrow .speed input {
    width: 100%;
  }

  /* A phone on its side: the stage beside what is chosen. Of several models none has a side to itself. */
  @media (max-height: 500px) {
    .narrow.all:where(:not(.compare)) {
      --high: calc(100svh - 66px);
      display: grid;
      /* No narrower than the row of controls beneath the picture. */
      grid-template-columns: max(var(--high), 312px) minmax(0, 1fr);
      gap: 0 14px;
    }
    .narrow.all:where(:not(.compare)) > *,
    .narrow:where(:not(.compare)) .middle > *,
    .narrow:where(:not(.compare)) .bar > * {
      grid-column: 2;
      margin-bottom: 10px;
    }
    /* From the top, so that what makes it run is in view at once. */
    .narrow:where(:not(.compare)) .stage {
      grid-area: 1 / 1 / span 40 / 2;
      align-self: start;
      margin: 0;
      padding-inline: 0;
      border: 0;
    }
    .narrow .curves {
      margin-inline: 0;
      padding-inline: 0;
    }
    .narrow :is(button, summary, input, select, textarea, a, .param) {
      scroll-margin-top: 10px;
    }
  }
`;
