/**
 * Lower case of A to Z alone, which is how the names in a URL compare: no letter of another alphabet, such as
 * the Kelvin sign, may stand for one of theirs.
 */
export function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
}

/** Whether a text is a name, in whatever case its letters from A to Z are written. */
export function isSameName(text: string, name: string): boolean {
  return text === name || (text.length === name.length && asciiLowerCase(text) === asciiLowerCase(name));
}
