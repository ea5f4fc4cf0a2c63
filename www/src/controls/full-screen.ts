/** The picture on all of the screen, for a lecture: drawn and written so large that the back row reads it. Fetched when it is asked for. */
import { css } from "lit";

const sheet = css`
  :host(:fullscreen) {
    overflow: auto;
    background: var(--ground);
    font-size: max(17px, 1.9vmin);
  }
  /* Of the page what a lecture shows: the picture, what learns, its score, the hands. */
  :host(:fullscreen) :is(header, .left, .right, .curves, .time, .aside, .under, .intro, .status, .presets, .wrong, .ways, .chips, .idea, .card .tools, .pace) {
    display: none;
  }
  :host(:fullscreen) .lab {
    --magnify: 1.8;
    display: flex;
    flex-direction: column;
    gap: 1.5vmin;
    box-sizing: border-box;
    max-width: none;
    min-height: 100vh;
    padding: 2vmin 3vmin;
  }
  :host(:fullscreen) .bar {
    position: static;
    border: 0;
    background: none;
  }
  :host(:fullscreen) .middle {
    display: flex;
    flex: 1;
    flex-direction: column;
    justify-content: center;
    gap: 1.5vmin;
  }
  :host(:fullscreen) .stage {
    position: relative;
    inset: auto;
    width: 100%;
    border: 0;
    box-shadow: none;
    background: none;
  }
  :host(:fullscreen) .lab:not(.compare) .picture {
    width: min(100%, 100vh - 190px);
    max-width: none;
    max-height: none;
  }
  :host(:fullscreen) .lab:not(.compare) .picture.flat {
    width: min(100%, 4 / 3 * (100vh - 190px));
  }
  :host(:fullscreen) :is(.legend, .kl, .kl b, .kl small, .count, .count output, .count small, .first, .first b, .first small, .name, .message, .badge) {
    font-size: inherit;
  }
  :host(:fullscreen) .count output {
    width: 5em;
    height: 1.5em;
    line-height: 1.5em;
  }
  :host(:fullscreen) .round {
    width: 48px;
    height: 48px;
  }
  :host(:fullscreen) .first {
    flex-wrap: nowrap;
    white-space: nowrap;
    overflow: hidden;
  }
  :host(:fullscreen) .first small {
    font-size: 0.8em;
  }
  :host(:fullscreen) .printed {
    display: inline;
  }
  /* All stand at about the step that is above. */
  :host(:fullscreen) :is(.first .at, .card .name select) {
    display: none;
  }
  :host(:fullscreen) .compare {
    --magnify: 1.3;
  }
  /* Several fill the screen, three beside each other at most. */
  :host(:fullscreen) .cards {
    flex: 1;
    display: grid;
    align-content: center;
    justify-content: center;
    gap: 2vmin;
    grid-template-columns: repeat(var(--across, 3), min((94vw - 4vmin) / var(--across, 3), (92vh - 130px) / var(--down, 2) - 4.2em));
  }
  :host(:fullscreen) .cards:is(.n1) {
    --across: 1;
    --down: 1;
  }
  :host(:fullscreen) .cards:is(.n2) {
    --across: 2;
    --down: 1;
  }
  :host(:fullscreen) .cards:is(.n3) {
    --down: 1;
  }
  :host(:fullscreen) .cards:is(.n4) {
    --across: 2;
  }
`.styleSheet!;

/** Shows an element alone on the screen, or gives the screen back. Where the browser refuses, nothing changes. */
export async function fullScreen(element: Element): Promise<void> {
  const root = element.shadowRoot!;
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const turned = document.fullscreenElement === element ? document.exitFullscreen() : element.requestFullscreen();
  await turned.catch(() => undefined);
}
