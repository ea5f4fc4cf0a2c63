/** GeoJSON as a table: each position a row of longitude and latitude, beside what its feature says of it. */
import type { Row } from "./split.ts";

export interface Positions {
  headings: string[];
  rows: Row[];
  features: number;
}

const GEOMETRIES = [
  "Point",
  "MultiPoint",
  "LineString",
  "MultiLineString",
  "Polygon",
  "MultiPolygon",
  "GeometryCollection",
];
/** More of what features say is not shown. */
const MOST_PROPERTIES = 40;

/** Undefined where the value is no GeoJSON. */
export function positionsOf(value: unknown): Positions | undefined {
  const features = featuresOf(value);
  if (!features) return undefined;
  const names = [...new Set(features.flatMap(({ properties }) => Object.keys(properties)))].slice(0, MOST_PROPERTIES);
  const found = features.flatMap(({ geometry, properties }, i) =>
    positions(geometry).map((position) => ({ position, properties, line: i + 1 })),
  );
  if (found.length === 0) return undefined;
  const high = found.some(({ position }) => position.length > 2);
  const rows = found.map(({ position: [east, north, up], properties, line }) => ({
    cells: [east, north, ...(high ? [up] : []), ...names.map((name) => properties[name])].map(cellOf),
    line,
  }));
  return {
    headings: ["longitude", "latitude", ...(high ? ["altitude"] : []), ...names],
    rows,
    features: features.length,
  };
}

interface Feature {
  geometry: unknown;
  properties: Record<string, unknown>;
}

function featuresOf(value: unknown): Feature[] | undefined {
  // One feature a line.
  if (Array.isArray(value)) {
    const each =
      isObject(value[0]) && featuresOf(value[0])
        ? value.map((one) => (isObject(one) ? featuresOf(one) : undefined))
        : [];
    return each.length > 0 && each.every((features) => features !== undefined) ? each.flat() : undefined;
  }
  const { type, features } = (value ?? {}) as { type?: unknown; features?: unknown };
  if (type === "FeatureCollection" && Array.isArray(features)) return features.map(featureOf);
  if (type === "Feature") return [featureOf(value)];
  return GEOMETRIES.includes(String(type)) ? [{ geometry: value, properties: {} }] : undefined;
}

function featureOf(value: unknown): Feature {
  const { geometry, properties } = (value ?? {}) as { geometry?: unknown; properties?: unknown };
  return {
    geometry,
    properties: isObject(properties) ? properties : {},
  };
}

/** All positions of a geometry, however deep they lie in its lines and rings. */
function positions(geometry: unknown): unknown[][] {
  const found: unknown[][] = [];
  const left: unknown[] = [geometry];
  while (left.length > 0) {
    const next = left.pop();
    if (isObject(next)) left.push(next.geometries, next.coordinates);
    else if (!Array.isArray(next)) continue;
    else if (typeof next[0] === "number") found.push(next);
    else for (let i = next.length - 1; i >= 0; i--) left.push(next[i]);
  }
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined || typeof value === "object") return "";
  return String(value).trim();
}
