import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isGraphError } from "./graph-error.ts";
import { parseETags } from "./etag.ts";

/** An element of a header, as it is written, and the text between its quotes; undefined for a malformed one. */
interface Element {
  readonly written: string;
  readonly means: string | undefined;
}

const weak = fc.constantFrom("", "W/", "w/");
const opaque = fc
  .array(fc.constantFrom(...Array.from("07aZ,;:!-_/é'")), { maxLength: 6 })
  .map((characters) => characters.join(""));
const digits = fc.nat({ max: 999 }).map(String);

const standard: fc.Arbitrary<Element> = fc
  .tuple(weak, opaque)
  .map(([mark, means]) => ({ written: `${mark}"${means}"`, means }));

/** The quoting mistakes of shells, templates and proxies. */
const mistaken: fc.Arbitrary<Element> = fc
  .tuple(
    weak,
    digits,
    fc.constantFrom<readonly [string, string]>(
      ["", ""],
      ['\\"', '\\"'],
      ["%22", "%22"],
      ["&quot;", "&quot;"],
      ['"', '"-gzip'],
      ['"', '";br'],
    ),
  )
  .map(([mark, means, [before, after]]) => ({ written: mark + before + means + after, means }));

const around: fc.Arbitrary<Element> = fc
  .tuple(weak, digits, fc.constantFrom("'", '"'))
  .map(([mark, means, quote]) => ({ written: `${quote}${mark}"${means}"${quote}`, means }));

const malformed: fc.Arbitrary<Element> = fc
  .constantFrom("x", "-7", "7 8", "1.5", '"a"b', "*", '"*"', "W/", "w/x", '"7"-zip')
  .map((written) => ({ written, means: undefined }));

const separator = fc.constantFrom(",", ", ", " ,", "\t,\t", ",,", ", ,");

test("any list of ETags has the texts that it was written from, or is refused", () => {
  const element = fc.oneof(
    { weight: 6, arbitrary: standard },
    { weight: 4, arbitrary: mistaken },
    { weight: 2, arbitrary: around },
    { weight: 1, arbitrary: malformed },
  );
  const list = fc.array(fc.tuple(element, separator), { minLength: 1, maxLength: 5 });
  const edge = fc.constantFrom("", " ", ",", ", ");
  fc.assert(
    fc.property(list, edge, edge, (elements, before, after) => {
      const written = elements
        .map(([one, comma], index) => (index === 0 ? "" : comma) + one.written)
        .join("");
      const isWhole = elements.every(([{ means }]) => means !== undefined);
      const isStar = elements.length === 1 && written === "*" && (before + after).trim() === "";
      const expected = isStar ? "*" : isWhole ? elements.map(([{ means }]) => means) : "malformed";
      expect(parsed(before + written + after)).toEqual(expected);
    }),
    { numRuns: 3000 },
  );
});

function parsed(header: string): readonly string[] | string {
  try {
    return parseETags(header);
  } catch (error) {
    return isGraphError(error, "BadRequest") ? "malformed" : String(error);
  }
}
