/** The bytes of a file as text: UTF-8, UTF-16 as Excel's "Unicode text", GB 18030 as Chinese Excel saves CSV, Windows-1252 as European Excel does. */

/** `whole` says whether these are all the bytes: the last letter of a part may be cut in two. */
export function decode(bytes: Uint8Array, whole = true): string {
  const as = (label: string, fatal = false) => new TextDecoder(label, { fatal }).decode(bytes, { stream: !whole });
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return as("utf-16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return as("utf-16be");
  try {
    return as("utf-8", true);
  } catch {
    if (bytes.subarray(0, 2000).includes(0)) return as("utf-8");
    return as(inPairs(bytes) ? "gb18030" : "windows-1252");
  }
}

/** Chinese letters take two bytes, both from 0x81 on nearly always; of a European text they stand alone between others. */
function inPairs(bytes: Uint8Array): boolean {
  let paired = 0;
  let alone = 0;
  for (let i = 0; i < Math.min(bytes.length, 100_000); i++) {
    if (bytes[i]! < 0x81) continue;
    if (bytes[i + 1]! >= 0x81) {
      paired++;
      i++;
    } else alone++;
  }
  return paired > alone;
}
