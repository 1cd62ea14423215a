/** True for the URL of anything, which would become folders with its parts as names. `C:/data` is none. */
export function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\//i.test(text);
}
