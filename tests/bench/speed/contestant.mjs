// What every worker in the bench's page answers to: open a problem, take some steps, tell the losses of the first and the time of the rest.

// The arrays of a problem made a peer's own.
export function mapped(tree, make) {
  if (Array.isArray(tree)) return tree.map((part) => mapped(part, make));
  if (tree.values !== undefined) return make(tree.values, tree.shape);
  return Object.fromEntries(Object.entries(tree).map(([name, part]) => [name, mapped(part, make)]));
}

// `open(task)` gives `{ losses(), run(steps) }`: the losses of each of the first steps, read one by one, and steps that are waited for at the end.
export function serve(open) {
  let run;
  const answers = {
    open: async (task) => {
      run = await open(task);
      return run.losses();
    },
    time: async (steps) => {
      const start = performance.now();
      await run.run(steps);
      return (performance.now() - start) / steps;
    },
  };
  self.onmessage = async ({ data: { ask, argument } }) => {
    try {
      self.postMessage({ answer: await answers[ask](argument) });
    } catch (error) {
      self.postMessage({ error: String(error?.message ?? error) });
    }
  };
  self.onunhandledrejection = ({ reason }) => self.postMessage({ error: String(reason?.message ?? reason) });
}

// Problems travel as files: what they hold is long.
export async function problem(name) {
  const { model, adam, constants, ...arrays } = await (await fetch(`/problems/${name}.json`)).json();
  return { model, adam, constants, ...mapped(arrays, (values, shape) => ({ values: Float32Array.from(values), shape })) };
}
