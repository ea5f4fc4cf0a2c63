/** Slow motion, fetched when it is asked for. */
import "./bar.ts";
import "./picture.ts";
