import * as fc from "fast-check";
import { expect, test } from "vitest";
import { awkwardNames, listedApp } from "../../test/sample-apps.ts";
import { parseFilter } from "./filter.ts";
import { findApps } from "./fuzzy.ts";

const apps = [
  listedApp(1, "Adobe Acrobat Reader DC", { failedDeviceCount: 300, failedUserCount: 0 }),
  listedApp(2, "Adobe AutoCAD 14.4", { failedDeviceCount: 0, failedUserCount: 0 }),
  listedApp(3, "Visual Studio Code", { failedDeviceCount: 1204 }),
  listedApp(4, "Contoso VPN: Client", { failedDeviceCount: 16 }),
];

/** The numbers of the apps that pass the tests of a filter. */
function passing(text: string, isStaged = false): readonly number[] {
  const { tests } = parseFilter(text);
  return apps.flatMap((app, at) => (tests.every((passes) => passes(app, isStaged)) ? [at + 1] : []));
}

test.each([
  ["failed>300", [3]],
  ["failed>=300", [1, 3]],
  ["failed<=16", [2, 4]],
  ["failed!=0", [1, 3, 4]],
  ["failed=1,204", [3]],
  ["devices.failed=16", [4]],
  ["failed>10%", [1, 3]],
  ["failed<0.7%", [2, 4]],
  ["users.failed=0", [1, 2]],
  ["-failed>0", [2]],
  ["-platform:ios -is:failing", []],
  ["is:staged", []],
  ["-is:staged", [1, 2, 3, 4]],
  ['"adobe a"', [1, 2]],
  ['"reader adobe"', []],
  ["-adobe", [3, 4]],
  ['-"adobe a" -code', [4]],
  ['publisher:"visual"', [3]],
  ['"vpn: c', [4]],
] as const)("%s leaves the apps %j", (text, numbers) => {
  expect(passing(text)).toEqual(numbers);
});

test("words, phrases and tests are told apart", () => {
  expect(parseFilter('adobe "reader dc" failed>3 foo:bar C++= -x 2.2 10% "failed>3"')).toMatchObject({
    words: "adobe foo:bar C++= 2.2 10%",
    phrases: ["reader dc", "failed>3"],
    unfinished: [],
    mistakes: [],
  });
  expect(parseFilter("adobe failed> platform: is:st")).toMatchObject({
    words: "adobe",
    unfinished: ["failed>", "platform:", "is:st"],
    mistakes: [],
  });
});

test.each([
  ["faild>10", "No counter is called faild. Did you mean failed?"],
  ["zzzz>10", "No counter is called zzzz."],
  ["failed>x", "failed> takes a whole number or a share, as in failed>10 or failed>5%."],
  ["failed>1.5", "failed> takes a whole number or a share, as in failed>10 or failed>5%."],
  ["failed>4000000000", "Counters are at most 2147483647."],
  ["failed==3", "Write failed=3 with one =."],
  [">10", "A test is written without blanks, as in failed>10."],
  ["is:stagged", "is: takes staged or failing."],
  ["platform:andriod", "Did you mean platform:android?"],
  ["plattform:ios", "Did you mean platform:ios?"],
  ["OR", "An app has to pass all parts of a filter, so it has no OR; - leaves out, as in -adobe."],
])("%s is searched for as text, and it is said why", (typed, why) => {
  expect(parseFilter(`adobe ${typed}`)).toMatchObject({
    words: `adobe ${typed}`,
    tests: [],
    mistakes: [{ typed, why }],
  });
});

const filterText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        "failed",
        ">",
        ">=",
        "=",
        "10",
        "5%",
        " ",
        '"',
        "-",
        ":",
        "is",
        "platform",
        "adobe",
        "a",
        "é",
      ),
    )
    .map((parts) => parts.join("")),
  fc.constantFrom(...awkwardNames),
);

test("every text is a filter, and every app passes its tests or does not", () => {
  fc.assert(
    fc.property(filterText, fc.boolean(), (text, isStaged) => {
      const { words, tests, mistakes, unfinished } = parseFilter(text);
      for (const app of apps)
        for (const passes of tests) expect(typeof passes(app, isStaged)).toBe("boolean");
      // Whatever is typed is searched, tested, or on its way to a test: nothing is left out silently.
      const isEmpty = words === "" && tests.length === 0 && unfinished.length === 0;
      expect(isEmpty && text.replaceAll(/["\s-]/g, "") !== "").toBe(false);
      for (const { typed, why } of mistakes) {
        expect(text).toContain(typed);
        expect(why).toMatch(/[.?]$/);
      }
    }),
  );
});

test("what is typed letter by letter, and taken off again, finds what the whole text finds", () => {
  const names = [...awkwardNames, "Adobe Acrobat Reader DC", "Visual Studio Code", "iOS 17a App1 v2", "R2D2"];
  const some = names.map((name, index) => listedApp(index, name));
  const typed = fc.oneof(
    fc
      .constantFrom(...names)
      .chain((name) =>
        fc.shuffledSubarray(name.split(/\s+/)).map((parts) => parts.join(" ").toLowerCase().slice(0, 24)),
      ),
    fc.string({
      unit: fc.constantFrom("a", "d", "o", "b", "e", "1", "7", " ", "R", "S", "-", "'"),
      maxLength: 12,
    }),
    // The beginnings of words.
    fc.string({ unit: fc.constantFrom("v", "s", "c", "t", "w", "a", "r"), maxLength: 6 }),
  );
  const lengths = fc.array(fc.nat({ max: 24 }), { maxLength: 6 });
  fc.assert(
    fc.property(typed, lengths, (text, ends) => {
      const asTyped = some.slice();
      for (let end = 1; end < text.length; end += 1) findApps(asTyped, text.slice(0, end));
      for (const end of [...ends, text.length]) {
        const part = text.slice(0, end);
        expect(findApps(asTyped, part)).toEqual(findApps(some.slice(), part));
      }
    }),
  );
});

test("white space of any kind is a blank between words", () => {
  const names = ["One\nTwo", "One\tTwo", "One\u00a0Two", "One\u2028Two", "One Two"];
  for (const name of names)
    expect([name, findApps([listedApp(0, name)], "one two").places]).toEqual([name, [0]]);
});

test("an apostrophe inside of what is typed finds what the whole text finds", () => {
  const some = awkwardNames.map((name, index) => listedApp(index, name));
  for (const text of ["'a'e", "e'a", "it's", "'a' 'e"]) {
    const asTyped = some.slice();
    for (let end = 1; end < text.length; end += 1) findApps(asTyped, text.slice(0, end));
    expect(findApps(asTyped, text)).toEqual(findApps(some.slice(), text));
  }
});

test("a text that is longer than any word of a name is looked for as it is", () => {
  const long = "給".repeat(3000);
  const some = [listedApp(0, `to ${long}s`), listedApp(1, "給与")];
  expect(findApps(some, long).places).toEqual([0]);
  expect(findApps(some, `${long}計`).places).toEqual([]);
});
