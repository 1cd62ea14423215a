/**
 * The header fields of a request or response, by their names in lower case; a `Headers` of any runtime is one. Repeated
 * fields are joined by a comma.
 */
export interface HeaderReader {
  get(name: string): string | null;
}
