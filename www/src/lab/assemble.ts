/** A lab put together from its parts. All labs of a page share the workers of one pool. */
import { pagePool } from "../engine/page-pool.ts";
import { Session } from "../engine/session.ts";
import { Trainer } from "../engine/trainer.ts";
import type { StoreHost } from "./host.ts";
import { Store } from "./store.ts";

export function assemble(host: StoreHost): Store {
  const session = new Session(pagePool);
  return new Store(session, (host) => new Trainer(session, host), host);
}
