/** JSON has no word for what is not a number or not finite: those are texts. For `JSON.stringify`. */
export const plainNumbers = (_: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
