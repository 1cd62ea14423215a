/**
 * Lower case of A to Z alone, by which the names in a URL compare: a letter of another alphabet, such as the Kelvin
 * sign, is never equal to one of these.
 */
export function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
}

/** Whether a text is a name, without regard to the case of A to Z. */
export function isSameName(text: string, name: string): boolean {
  return text === name || (text.length === name.length && asciiLowerCase(text) === asciiLowerCase(name));
}
