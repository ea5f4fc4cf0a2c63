/** A page of the course: its figures. */
import "../elements/dgm-lab.ts";
