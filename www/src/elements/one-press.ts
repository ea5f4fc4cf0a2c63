/** A held key is one press: browsers press a button, and open and close a fold, again and again while Enter is held down on it. */
export function onePress(event: KeyboardEvent): void {
  const target = event.composedPath()[0];
  if (event.repeat && event.key === "Enter" && target instanceof Element && target.matches("button, summary"))
    event.preventDefault();
}
