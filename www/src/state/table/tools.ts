/** All that reads a table, as one piece that is fetched when it is first needed. */
export { choose, chooseNamed, groupsNamed, toggled, withClasses } from "./choose.ts";
export { decode } from "./decode.ts";
export { exampleOf, MOST_CHARS, readTable } from "./read.ts";
export { take } from "./take.ts";
