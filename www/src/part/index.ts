/** What is conditioned on a part, fetched when it is switched on. */
import "./over.ts";
import "./under.ts";
