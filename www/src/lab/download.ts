/** Hands a file to the reader, by the browser's own way of saving. */

/** A blob's address is kept until the browser has surely begun to save it. */
const KEPT_MS = 60_000;

export function download(file: Blob, name: string): void {
  const href = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), KEPT_MS);
}
