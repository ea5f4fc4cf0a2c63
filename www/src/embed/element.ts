/** embed.js: defines `<dgm-lab>` on the page that loads it. */
import "../lab/dgm-lab.ts";
