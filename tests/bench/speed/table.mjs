// The README's table: how many times as long a step takes a peer, ratios only, since milliseconds are those of one machine on one day.

const told = (row) => {
  if (row === undefined) return "–";
  return row.void === null ? row.ratio.toFixed(row.ratio < 1 ? 2 : row.ratio < 10 ? 1 : 0) : "void";
};

// In the order of `peers` and of `places`, as far as they were measured.
export function table(rows, { peers: allPeers, places: allPlaces }) {
  const placeOf = ({ workload, size }) => `${workload} | ${size}`;
  const peers = allPeers.filter((peer) => rows.some((row) => row.peer === peer));
  const places = allPlaces.map(placeOf).filter((place) => rows.some((row) => placeOf(row) === place));
  const dispatches = rows.some(({ dispatches }) => dispatches !== null);
  const heads = ["workload", "width × batch", ...peers, ...(dispatches ? ["our dispatches a step"] : [])];
  const lines = places.map((place) => {
    const here = rows.filter((row) => placeOf(row) === place);
    const cells = peers.map((peer) => told(here.find((row) => row.peer === peer)));
    const counted = here.find(({ dispatches }) => dispatches !== null)?.dispatches ?? "–";
    return `| ${[place, ...cells, ...(dispatches ? [counted] : [])].join(" | ")} |`;
  });
  const voids = rows.filter((row) => row.void !== null).map((row) => `- ${row.workload}, ${row.size}, ${row.peer}: void, ${row.void}.`);
  return `${[`| ${heads.join(" | ")} |`, `|${"---|".repeat(heads.length)}`, ...lines, ...(voids.length > 0 ? ["", ...voids] : [])].join("\n")}\n`;
}
