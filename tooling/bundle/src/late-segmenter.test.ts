import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LateSegmenter } from "./late-segmenter.ts";

const real = new Intl.Segmenter();
const late = new LateSegmenter();

describe("LateSegmenter", () => {
  it("cuts each sign as Intl.Segmenter does, whatever is beside it", () => {
    const beside = ["a", "\n", "\u001B", "─", "©"];
    const signs = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code));
    const wrong = signs.filter((sign) => !beside.every((one) => isAlike(`${one}${sign}${sign}${one}`)));
    expect(wrong).toEqual([]);
  });

  it("cuts any text as Intl.Segmenter does", () => {
    const signs = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom("a", "→", "─", "\n", "\u001B", "©", "\u0301", "é") }),
    );
    fc.assert(
      fc.property(signs, (text) => {
        expect(cut(late, text)).toEqual(cut(real, text));
      }),
    );
  });

  it("finds the sign at any place as Intl.Segmenter does", () => {
    for (const text of ["", "a→\n─", "e\u0301a👩‍👩‍👧"]) {
      const [found, wanted] = [late.segment(text), real.segment(text)];
      for (const place of [undefined, Number.NaN, -1, 0, 0.9, 1, 2, 3, 99, Infinity]) {
        expect(found.containing(place)).toEqual(wanted.containing(place));
      }
    }
  });

  it("cuts words as Intl.Segmenter does", () => {
    const options = { granularity: "word" } as const;
    const words = [...new LateSegmenter("en", options).segment("two words")];
    expect(words).toEqual([...new Intl.Segmenter("en", options).segment("two words")]);
  });
});

function cut(segmenter: LateSegmenter | Intl.Segmenter, text: string): readonly Intl.SegmentData[] {
  return [...segmenter.segment(text)];
}

function isAlike(text: string): boolean {
  return JSON.stringify(cut(late, text)) === JSON.stringify(cut(real, text));
}
