/** How the table of an experiment begins, so that it is told from other tables before anything else of it is read. */
export const SIGN = "# dgm-sweep ";

export async function isSweepTable(file: Blob): Promise<boolean> {
  return (await file.slice(0, SIGN.length).text()) === SIGN;
}
