/** Data that are texts. Another engine learns them, and its own code comes with it: a test holds these names against those that it lists. */
export const TEXTS = ["austen", "sanguo", "own-text"];
export const READERS = ["gru", "transformer"];

/** Whether a text is asked for: by its id, or by a model that learns nothing else. */
export const asksForText = ({ data, model }: Readonly<Record<string, unknown>>): boolean =>
  data === undefined ? READERS.includes(String(model)) : TEXTS.includes(String(data));
