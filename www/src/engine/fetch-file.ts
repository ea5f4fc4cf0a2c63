/** A file of the site or of a course page. Rejects with `bad_file`, which names it and the reason. */
import { LabError } from "./errors.ts";

export async function fetchFile(url: URL): Promise<Response> {
  const file = url.pathname.split("/").at(-1)!;
  const failed = (reason: string) => new LabError("bad_file", `${file} cannot be read: ${reason}`, { file, reason });
  const answer = await fetch(url).catch((error) => {
    throw failed(String(error));
  });
  if (!answer.ok) throw failed(`${answer.status} ${answer.statusText}`.trim());
  return answer;
}
