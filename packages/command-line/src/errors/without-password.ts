/** How a URL begins, perhaps behind an option and behind a `sqlite:` that a person has left there. */
const beginning = /^\W*(?:[\w-]+=)?(?:sqlite:)?(?:[a-z][a-z0-9+.-]*:(?=\/))?\/*/i;

/** A word for a secret, and the secret. */
const named = /((?:pass\w{0,20}|pwd|secret)"?\s{0,20}(?:=|:|%3d)).*?("?)$/is;

/** Not before a port, in an IPv6 address, of `:memory:` and of a drive. */
const nameless = /:(?!\d{1,5}(?:[/,?#"]|$)|[0-9a-f:.]{0,45}\]|memory:|\\|"?$).*?("?)$/is;

/**
 * A text without what may be a password in it, however its URL is spelt: without what stands before an `@`, and what
 * follows a word such as `password=`. Too much is hidden rather than too little.
 */
export function withoutPassword(text: string): string {
  const shown = text.replace(named, "$1…$2");
  const begin = beginningOf(shown);
  const rest = shown.slice(begin.length);
  const at = rest.lastIndexOf("@");
  const hasUser = at !== -1 && (begin.endsWith("//") || /\/\/|:|%3a/i.test(rest.slice(0, at)));
  return hasUser ? `${begin}…${rest.slice(at)}` : shown;
}

/** As `withoutPassword`, of a store's URL that was refused: where its host was forgotten, a password ends it. */
export function withoutStorePassword(text: string): string {
  const shown = withoutPassword(text);
  const begin = beginningOf(shown);
  return begin + shown.slice(begin.length).replace(nameless, ":…$1");
}

function beginningOf(text: string): string {
  return beginning.exec(text)?.[0] ?? "";
}
