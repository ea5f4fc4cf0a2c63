/** The probe, fetched when it is switched on. */
import "./over.ts";
import "./under.ts";
