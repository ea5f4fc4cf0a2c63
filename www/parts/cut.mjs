// A module in two: the first part has the functions that are named, the rest comes later into a table that both share. Until then a call to one of
// the rest asks for it (`bring`) and goes on. In Binaryen's terms; both parts live in the first one's memory.

import binaryen from "binaryen";

// What Rust's compiler uses, and no newer way of writing it down: every browser that runs the engine has to read it.
const { MutableGlobals, NontrappingFPToInt, SIMD128, BulkMemory, BulkMemoryOpt, SignExt, ReferenceTypes, Multivalue } =
  binaryen.Features;
const FEATURES =
  MutableGlobals | NontrappingFPToInt | SIMD128 | BulkMemory | BulkMemoryOpt | SignExt | ReferenceTypes | Multivalue;
/** Where the first part has what it calls to bring the rest. */
const GLUE = "./rest.js";
/** What the rest imports: everything of the first part that it uses. */
const FIRST = "first";
const TABLE = "rest";
const MEMORY = "0";

/** The module with a mark for each function that it sets when it is called, exported by its number, and the functions' names by theirs. */
export function marked(bytes) {
  const module = read(bytes);
  const own = functions(module).filter(({ module }) => !module);
  for (const [id, { name, body, results }] of own.entries()) {
    const mark = `called ${id}`;
    module.addGlobal(mark, binaryen.i32, true, module.i32.const(0));
    module.addGlobalExport(mark, mark);
    const set = module.global.set(mark, module.i32.const(1));
    binaryen.Function.setBody(module.getFunction(name), module.block(null, [set, body], results));
  }
  return { bytes: written(module), names: own.map(({ name }) => name) };
}

/** Those that were called, of an instance of it. */
export function calledOf(exports, names) {
  return new Set(names.filter((_, id) => exports[`called ${id}`].value === 1));
}

/** The two parts, by the names of the functions that stay in the first. */
export function cut(bytes, stays) {
  const later = functions(read(bytes)).filter(({ module, name }) => !module && !stays.has(name));
  const draft = withoutBodies(bytes, later, new Map());
  draft.runPasses(["remove-unused-module-elements"]);
  // Others are called by the rest alone.
  const called = later.filter(({ name }) => draft.getFunction(name) !== 0).map(({ name }) => name);
  const rest = theRest(bytes, later, called);

  const first = withoutBodies(bytes, later, new Map(called.map((name, place) => [name, place])));
  for (const { name } of functions(rest).filter(({ module }) => module)) first.addFunctionExport(name, name);
  for (const { name } of globals(rest)) first.addGlobalExport(name, name);
  for (const { name } of tables(rest)) first.addTableExport(name, `table ${name}`);
  return { first: written(first), rest: written(rest) };
}

/** The first part: of what comes later a function only looks into the table, at its place there. */
function withoutBodies(bytes, later, places) {
  const module = read(bytes);
  module.addFunctionImport("bring", GLUE, "bring", binaryen.none, binaryen.none);
  module.addTable(TABLE, Math.max(1, places.size), Math.max(1, places.size));
  for (const { name, params, results } of later) {
    const place = () => module.i32.const(places.get(name) ?? 0);
    const missing = module.ref.is_null(module.table.get(TABLE, place(), binaryen.funcref));
    const given = binaryen.expandType(params).map((type, i) => module.local.get(i, type));
    const body = [
      module.if(missing, module.call("bring", [], binaryen.none)),
      module.call_indirect(TABLE, place(), given, params, results),
    ];
    module.removeFunction(name);
    module.addFunction(name, params, results, [], module.block(null, body, results));
  }
  return module;
}

function theRest(bytes, later, called) {
  const module = read(bytes);
  const here = new Set(later.map(({ name }) => name));
  for (const name of listed(module.getNumExports(), (i) => binaryen.getExportInfo(module.getExportByIndex(i)).name))
    module.removeExport(name);
  for (const name of listed(
    module.getNumElementSegments(),
    (i) => binaryen.getElementSegmentInfo(module.getElementSegmentByIndex(i)).name,
  ))
    module.removeElementSegment(name);
  for (const { name, params, results } of functions(module)) {
    if (here.has(name)) continue;
    module.removeFunction(name);
    module.addFunctionImport(name, FIRST, name, params, results);
  }
  for (const { name, type, mutable } of globals(module)) {
    module.removeGlobal(name);
    module.addGlobalImport(name, FIRST, name, type, mutable);
  }
  for (const { name } of tables(module)) module.addTableImport(name, FIRST, `table ${name}`);
  const { initial } = module.getMemoryInfo(MEMORY);
  module.setMemory(initial, -1, null, [], false, false, MEMORY);
  module.addMemoryImport(MEMORY, FIRST, "memory", false);
  module.addTable(TABLE, called.length, called.length);
  module.addTableImport(TABLE, FIRST, `table ${TABLE}`);
  module.addActiveElementSegment(TABLE, TABLE, called, module.i32.const(0));
  module.runPasses(["remove-unused-module-elements"]);
  return module;
}

function read(bytes) {
  const module = binaryen.readBinary(bytes);
  module.setFeatures(FEATURES);
  return module;
}

function written(module) {
  module.runPasses(["remove-unused-module-elements"]);
  if (!module.validate()) throw new Error("The parts of the engine are no valid modules.");
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

const listed = (length, one) => Array.from({ length }, (_, i) => one(i));
const functions = (module) =>
  listed(module.getNumFunctions(), (i) => binaryen.getFunctionInfo(module.getFunctionByIndex(i)));
const globals = (module) => listed(module.getNumGlobals(), (i) => binaryen.getGlobalInfo(module.getGlobalByIndex(i)));
const tables = (module) => listed(module.getNumTables(), (i) => binaryen.getTableInfo(module.getTableByIndex(i)));
