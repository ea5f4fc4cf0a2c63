/** figures.js: defines the figures that explain on the page that loads it. */
import "./bars.ts";
import "./bumps.ts";
import "./curve.ts";
import "./grid.ts";
import "./unusual.ts";
