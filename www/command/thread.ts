/** A worker thread of Node in which the page's worker runs as it is. */
import "./thread-globals.ts";
import "../src/engine/worker.ts";
