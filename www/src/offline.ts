/** Keeps the site for readers without a network, once what they came for is there. Pages of the site call it; figures on pages of others do not. */

/** `site` is the folder of the site. */
export async function keepForOffline(site: string): Promise<void> {
  const { serviceWorker, connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  // Inside a page of somebody else's it would be kept a second time, for that page alone.
  if (!import.meta.env.PROD || !serviceWorker || connection?.saveData || window.top !== window) return;
  await new Promise((idle) => ("requestIdleCallback" in window ? requestIdleCallback(idle) : setTimeout(idle)));
  try {
    await serviceWorker.register(new URL("sw.js", site), { updateViaCache: "none" });
  } catch {
    // The site then needs its server, as it did before.
  }
}
