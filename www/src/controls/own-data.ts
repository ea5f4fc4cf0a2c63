/** The reader's own data: where to put them, what became of them, and the preview before they are learned. */
import { html, nothing } from "lit";
import { errorFrom } from "../engine/errors.ts";
import type { Store } from "../lab/store.ts";

/** Longer texts are read at once instead of being shown for editing. */
const EDITED = 20_000;

type Bring = typeof import("../lab/bring.ts");

/** What brings data in is fetched with the first that are brought. */
export function withBring(store: Store, act: (bring: Bring) => void): void {
  import("../lab/bring.ts").then(act, (error) => store.fail(errorFrom(error)));
}

/** What was dropped or pasted: a saved run, by its ending, or else a table. */
export function brought(store: Store, source: string | Blob, name: string): void {
  if (source instanceof Blob && name.toLowerCase().endsWith(".dgm")) {
    import("../take/open-session.ts").then(
      ({ openSession }) => openSession(store, source),
      (error) => store.fail(errorFrom(error)),
    );
  } else withBring(store, ({ bring }) => bring(store, source, name));
}

/** A box to paste into, and a file to choose; files may be dropped anywhere. */
export function ownBox(store: Store) {
  const { text } = store;
  const use = (event: Event) => {
    event.preventDefault();
    const area = (event.target as HTMLFormElement).elements.namedItem("numbers") as HTMLTextAreaElement;
    withBring(store, ({ bring }) => bring(store, area.value));
  };
  const pasted = (event: ClipboardEvent) => {
    const area = event.target as HTMLTextAreaElement;
    const clip = event.clipboardData?.getData("text/plain") ?? "";
    event.stopPropagation();
    if (area.value !== "" || clip.trim() === "") return;
    // What lands in an empty box is all there is; it stays there to be mended, unless that would take long.
    if (clip.length > EDITED) event.preventDefault();
    withBring(store, ({ bring }) => bring(store, clip));
  };
  const chosen = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (file) withBring(store, ({ bring }) => bring(store, file, file.name));
    input.value = "";
  };
  return html`
    <details class="paste">
      <summary title=${text.paste_hint}>${text.paste}</summary>
      <form @submit=${use}>
        <label><small>${text.paste_hint}</small><textarea name="numbers" rows="4" data-testid="paste" spellcheck="false" @paste=${pasted}></textarea></label>
        <span class="row">
          <button class="plain" data-testid="paste-use">${text.paste_use}</button>
          <label class="file"><input type="file" data-testid="paste-file" accept=".csv,.tsv,.txt,.json,.geojson,.jsonl,.dat,.svm,.html,.htm,text/*" @change=${chosen} /><span>${text.file}</span></label>
        </span>
      </form>
    </details>`;
}

/** Under the name of own data: what they are, and on demand how they were read and what can be undone. */
export function ownSummary(store: Store) {
  const { own, text, lang } = store;
  const { learned, words } = own;
  if (!learned || !words) return nothing;
  const say = words.ownWords[lang];
  const rows = words.counted(learned.columns[0]!.values.length);
  // What a snapshot brings back has its names and no text; points that were drawn have neither.
  const named = own.names.join() !== "x,y";
  const notes = [...learned.read, ...learned.found];
  // What was converted or left out is not to be missed; a unit is no change.
  const changed = learned.read.some(({ code }) => code !== "unit");
  const has = (code: string) => learned.found.some((note) => note.code === code);
  const option = (id: string, label: string, help: string, on: boolean, change: (on: boolean) => void) => html`
    <label class="option" title=${help}><input type="checkbox" data-testid=${id} .checked=${on} @change=${(event: Event) => change((event.target as HTMLInputElement).checked)} /> ${label}</label>`;
  return html`
    <p class="own" data-testid="own-summary"><small>${learned.from || named ? say.learned(rows, own.names, learned.from?.file ?? "") : say.drawn(rows)}</small></p>
    ${
      notes.length > 0 || learned.from
        ? html`<details class="own" ?open=${changed}>
            <summary data-testid="own-details">${say.details}</summary>
            ${notes.length > 0 ? html`<ul>${notes.map((note) => html`<li>${own.message(note)(text)}</li>`)}</ul>` : nothing}
            ${has("few_values") ? option("own-spread", say.spread, say.spread_help, learned.treatment.spread === "auto", (on) => withBring(store, ({ treat }) => treat(store, { spread: on ? "auto" : "none" }))) : nothing}
            ${has("scales_apart") ? option("own-one-scale", say.one_scale, say.one_scale_help, learned.treatment.scale === "one", (on) => withBring(store, ({ treat }) => treat(store, { scale: on ? "one" : "auto" }))) : nothing}
            ${has("smoothed") ? option("own-smooth", say.smooth, say.smooth_help, learned.treatment.smooth === "auto", (on) => withBring(store, ({ treat }) => treat(store, { smooth: on ? "auto" : "none" }))) : nothing}
            ${learned.from ? html`<button class="plain" data-testid="own-change" @click=${() => withBring(store, ({ lookAgain }) => lookAgain(store))}>${say.change}</button>` : nothing}
          </details>`
        : nothing
    }`;
}

/** The preview lies over the page; its code comes with the first table that needs one. */
export function ownPreview(store: Store, dark: boolean) {
  const { looked } = store.own;
  if (!looked) return nothing;
  void import("./table-preview.ts");
  return html`<dgm-table-preview .store=${store} .looked=${looked} .language=${store.lang} .dark=${dark}></dgm-table-preview>`;
}
