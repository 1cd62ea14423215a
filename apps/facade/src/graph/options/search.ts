import { invalidQueryOption } from "./query-options.ts";

const maxWords = 20;

/** Parses a `$search` into words and phrases in double quotes, all of which must be found. Throws `GraphError` 400. */
export function parseSearch(text: string): readonly string[] {
  const words: string[] = [];
  let rest = text.trim();
  while (rest !== "") {
    const [found, phrase, word] = /^(?:"([^"]*)"|([^\s"]+))\s*/.exec(rest) ?? [];
    if (found === undefined) throw invalidQueryOption("A quote in the $search query option is not closed.");
    words.push((phrase ?? word ?? "").trim());
    rest = rest.slice(found.length);
  }
  const wanted = words.filter((word) => word !== "");
  if (wanted.length === 0) throw invalidQueryOption("The $search query option holds no word.");
  if (wanted.length > maxWords) {
    throw invalidQueryOption(`The $search query option holds more than ${maxWords} words.`);
  }
  return wanted;
}
