/**
 * What a page says of itself to sites that show, in place of a link, what it leads to (oEmbed 1.0): the frame of its first figure. That
 * takes whole addresses, so it is said only where SITE_ADDRESS names the one of the site while it is built.
 */

const WIDTH = 640;
const HEIGHT = 680;

/** The folder of the site by its whole address, or "" where nobody said it. */
export function siteAddress(said = process.env.SITE_ADDRESS): string {
  if (!said) return "";
  const { href } = new URL(said);
  return href.endsWith("/") ? href : `${href}/`;
}

export interface Described {
  /** The page below the site's folder, without its ending. */
  path: string;
  title: string;
  name: string;
  /** The page's HTML. */
  body: string;
}

export const descriptionOf = (path: string) => `${path}.oembed.json`;

export function linkTo(site: string, path: string, title: string): string {
  return `<link rel="alternate" type="application/json+oembed" href="${site}${descriptionOf(path)}" title="${escaped(title)}" />`;
}

export function embedded(site: string, { path, title, name, body }: Described) {
  const page = new URL(`${path}.html`, site);
  return {
    version: "1.0",
    type: "rich",
    title,
    provider_name: name,
    provider_url: site,
    width: WIDTH,
    height: HEIGHT,
    html: `<iframe src="${escaped(frameOf(site, page, body))}" width="${WIDTH}" height="${HEIGHT}" title="${escaped(title)}"></iframe>`,
  };
}

/** Of figures only a lab has a frame of its own; a page without one is shown itself. */
function frameOf(site: string, page: URL, body: string): string {
  const tag = /<dgm-lab((?:\s+[\w-]+="[^"]*")*)/.exec(body)?.[1];
  if (tag === undefined) return page.href;
  const said = new URLSearchParams();
  for (const [, key, value] of tag.matchAll(/([\w-]+)="([^"]*)"/g)) {
    if (key === "id") continue;
    said.set(key!, key === "start-at" && !/^\d+$/.test(value!) ? new URL(value!, page).href : value!);
  }
  return new URL(`embed.html#${said}`, site).href;
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
