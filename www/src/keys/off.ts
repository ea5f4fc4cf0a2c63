/** Whether single keys are switched off: who speaks to the computer, or rests a hand on the keys, would press them by chance. */
const KEY = "dgm-keys";

export function keysOff(): boolean {
  try {
    return localStorage.getItem(KEY) === "off";
  } catch {
    return false;
  }
}

export function switchKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "off");
  } catch {
    // Forbidden here: it holds for nobody.
  }
}
