/** What the page has around several models: its head, and how it looks now. */
export interface Around {
  /** Name of the page with its switches; nothing in a figure. */
  head: unknown;
  dark: boolean;
  lang: string;
  wide: boolean;
  /** Whether charts may be fetched. */
  charts: boolean;
}
