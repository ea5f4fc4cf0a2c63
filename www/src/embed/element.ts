/** embed.js: defines `<dgm-lab>` on the page that loads it. */
import "../elements/dgm-lab.ts";
