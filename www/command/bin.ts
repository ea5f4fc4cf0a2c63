#!/usr/bin/env node
/** The command. A Node too old would stumble over what comes next, so it is asked first. */
const LEAST = 20;
const NODE = Number(process.versions.node.split(".")[0]);
if (NODE < LEAST) {
  console.error(`dgm: this is Node ${process.versions.node}; install Node ${LEAST} or newer from https://nodejs.org.`);
  process.exit(3);
}
import("./main.ts").then(({ main }) => main(process.argv));

export {};
