import { continueScan, startScan } from "./find-value-end.ts";

const blank = /[ \t\n\r]*/y;

/** The name, as it is written, of the member that is most of an object's text. The text may be cut. */
export function longestMember(text: string): string | undefined {
  let at = 0;
  if (!skip("{")) return undefined;
  do {
    const name = takeValue();
    if (!name.startsWith('"') || !skip(":")) return undefined;
    if (takeValue().length > text.length / 2) return name.slice(1, -1);
  } while (skip(","));
  return undefined;

  function peek(): string {
    blank.lastIndex = at;
    blank.test(text);
    at = blank.lastIndex;
    return text[at] ?? "";
  }

  function skip(character: string): boolean {
    const isNext = peek() === character;
    if (isNext) at += 1;
    return isNext;
  }

  function takeValue(): string {
    const scan = startScan(peek());
    const start = at;
    continueScan(scan, text, start);
    at += scan.length;
    return text.slice(start, at);
  }
}
