/** A state that was kept as a file. */
import { LabError } from "../engine/errors.ts";

export async function fetchSnapshot(url: URL): Promise<Uint8Array> {
  const file = url.pathname.split("/").at(-1)!;
  const failed = (reason: string) => new LabError("bad_file", `${file} cannot be read: ${reason}`, { file, reason });
  const answer = await fetch(url).catch((error) => {
    throw failed(String(error));
  });
  if (!answer.ok) throw failed(`${answer.status} ${answer.statusText}`.trim());
  return new Uint8Array(await answer.arrayBuffer());
}
