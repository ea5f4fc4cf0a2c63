/** Settings about classes that fit the data and one another, where what was asked for does not. */

/** All classes, as a value of `condition`. */
const ALL = -1;

/** Holds `params` to data of so many classes, and tells what became of what did not fit. */
export function fitClasses(params: Record<string, number>, classes: number, told: (key: string, used: number) => void) {
  const settle = (key: string, used: number) => {
    params[key] = used;
    told(key, used);
  };
  if (params.conditional && classes === 0) settle("conditional", 0);
  const { conditional, condition = ALL } = params;
  if (condition !== ALL && (!conditional || condition >= classes)) settle("condition", ALL);
}
