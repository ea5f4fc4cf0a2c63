/** Where the page of texts was: its address still leads to the lab that learns them. */
const { text, lang, ...rest } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
const chinese = (lang ?? navigator.language).startsWith("zh");
const said = { data: text ?? (chinese ? "sanguo" : "austen"), ...(lang && { lang }), ...rest };
location.replace(new URL(`./#${new URLSearchParams(said)}`, location.href));
