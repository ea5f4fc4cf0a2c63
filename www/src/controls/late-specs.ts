/** What the charts show comes when they may. */
let code: typeof import("./chart-specs.ts") | undefined;
let coming: Promise<void> | undefined;

/** As soon as it is there; `then` is told once it is. */
export function lateSpecs(then: () => void): typeof code {
  coming ??= import("./chart-specs.ts").then(
    (fetched) => {
      code = fetched;
    },
    // Where the site is out of reach their places stay empty.
    () => undefined,
  );
  if (!code) void coming.then(then);
  return code;
}
