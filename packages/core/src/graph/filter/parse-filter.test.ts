import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { graphFault } from "../../../test/graph-fault.ts";
import { counterNames } from "../../resource/counters.ts";
import type { AppFilter, ComparableValue, Operand } from "../../store/app-filter.ts";
import { parseFilter } from "./parse-filter.ts";

const name: Operand = { kind: "property", name: "displayName" };
const assigned: Operand = { kind: "property", name: "isAssigned" };
const failed: Operand = { kind: "counter", name: "failedDeviceCount" };
const value = (one: ComparableValue): Operand => ({ kind: "value", value: one });
const isAssigned: AppFilter = { kind: "compare", operator: "eq", left: assigned, right: value(1) };
const isNamed = (text: string): AppFilter => ({
  kind: "compare",
  operator: "eq",
  left: name,
  right: value(text),
});

describe("filters of public scripts", () => {
  const isNull: AppFilter = { kind: "compare", operator: "eq", left: value(null), right: value(null) };
  test.each([
    "(microsoft.graph.managedApp/appAvailability eq null or microsoft.graph.managedApp/appAvailability eq 'lineOfBusiness' or isAssigned eq true)",
    "(graph.managedApp/appAvailability EQ null OR appAvailability eq 'lineOfBusiness' or isassigned Eq True)",
    "( appAvailability eq null or appAvailability eq 'LINEOFBUSINESS' or isAssigned )",
  ])("%s", (text) => {
    const isOther: AppFilter = {
      kind: "compare",
      operator: "eq",
      left: value(null),
      right: value("lineofbusiness"),
    };
    expect(parseFilter(text)).toEqual({ kind: "or", operands: [isNull, isOther, isAssigned] });
  });

  test.each([
    "isof('microsoft.graph.win32LobApp')",
    "isOf('graph.win32LobApp')",
    "ISOF( '#Microsoft.Graph.Win32LobApp' )",
    "(isof(microsoft.graph.win32LobApp))",
    "isof('microsoft.graph.win32LobApp') eq true",
  ])("%s means the type and those that derive from it", (text) => {
    const types = ["#microsoft.graph.win32LobApp", "#microsoft.graph.win32CatalogApp"];
    expect(parseFilter(text)).toEqual({ kind: "isOf", types });
  });

  test("a chain of 25 types", () => {
    const chain = Array.from({ length: 25 }, () => "isof('microsoft.graph.iosVppApp')").join(" or ");
    expect(parseFilter(`(${chain})`)).toMatchObject({ kind: "or", operands: { length: 25 } });
  });

  test.each([
    ["isAssigned eq true", isAssigned],
    ["displayName eq 'It''s Outlook'", isNamed("it's outlook")],
    ["contains(displayName,'Chrome')", { kind: "contains", text: name, part: value("chrome") }],
    ["contains(tolower(displayName), 'chrome')", { kind: "contains", text: name, part: value("chrome") }],
    ["startswith(displayName,'a') eq true", { kind: "startsWith", text: name, part: value("a") }],
    [
      "endsWith(displayName,'a') ne true",
      { kind: "not", operand: { kind: "endsWith", text: name, part: value("a") } },
    ],
    [
      "id eq '06A792E9-92E9-06A7-E992-A706E992A706'",
      {
        kind: "compare",
        operator: "eq",
        left: { kind: "property", name: "id" },
        right: value("06a792e9-92e9-06a7-e992-a706e992a706"),
      },
    ],
    [
      "installSummary/failedDeviceCount gt 0 and isof('microsoft.graph.iosVppApp')",
      {
        kind: "and",
        operands: [
          { kind: "compare", operator: "gt", left: failed, right: value(0) },
          { kind: "isOf", types: ["#microsoft.graph.iosVppApp"] },
        ],
      },
    ],
  ] as const)("%s", (text, filter) => {
    expect(parseFilter(text)).toEqual(filter);
  });
});

test("and binds stronger than or, and not than both", () => {
  const a = isNamed("a");
  const b = isNamed("b");
  const [textA, textB] = ["displayName eq 'a'", "displayName eq 'b'"];
  const not: AppFilter = { kind: "not", operand: a };
  expect(parseFilter(`${textA} or ${textB} and ${textA}`)).toEqual({
    kind: "or",
    operands: [a, { kind: "and", operands: [b, a] }],
  });
  expect(parseFilter(`(${textA} or ${textB}) and not ${textA}`)).toEqual({
    kind: "and",
    operands: [{ kind: "or", operands: [a, b] }, not],
  });
  expect(parseFilter(`not(${textA})`)).toEqual(not);
});

test("a list means any of its values", () => {
  expect(parseFilter("displayName in ('A' , 'b')")).toEqual({
    kind: "or",
    operands: [isNamed("a"), isNamed("b")],
  });
});

test.each([
  ["2024-09-30", "2024-09-30T00:00:00"],
  ["2024-09-30T13:47:10Z", "2024-09-30T13:47:10"],
  ["2024-09-30t13:47:10.500z", "2024-09-30T13:47:10.5"],
  ["2024-09-30T13:47Z", "2024-09-30T13:47:00"],
  ["2024-09-30T23:30:00-01:00", "2024-10-01T00:30:00"],
])("the time %s", (written, key) => {
  expect(parseFilter(`createdDateTime ge ${written}`)).toMatchObject({ right: value(key) });
});

test("two paths compare, and texts with NFC", () => {
  expect(
    parseFilter("installSummary/failedDeviceCount gt installSummary/installedDeviceCount"),
  ).toMatchObject({ left: failed, right: { kind: "counter", name: "installedDeviceCount" } });
  expect(parseFilter("displayName eq 'A\u0308'")).toEqual(isNamed("ä"));
});

test.each([
  "publishingState eq 'published'",
  "'NotPublished' ne publishingState",
  "publishingState in ('processing', 'published')",
  "publishingState eq displayName",
  "publishingState ne null",
  "displayName eq 'typo'",
  "contains(publishingState,'publish')",
  "appAvailability eq 'GLOBAL'",
])("%s is understood: a literal of an enumeration names one of its values", (text) => {
  expect(graphFault(() => parseFilter(text))).toBeUndefined();
});

describe("an invalid filter", () => {
  test.each([
    ["", "A property or a value is expected, and the end is there at position 1."],
    ["id eq", "A property or a value is expected, and the end is there at position 6."],
    [
      "isAssigned eq true isFeatured",
      "'and', 'or' or the end is expected, and 'isFeatured' is there at position 20.",
    ],
    ["displayName", "An operator such as 'eq' is expected, and the end is there at position 12."],
    ["displayName like 'a'", "Unknown operator 'like' at position 13. Use eq, ne, gt, ge, lt, le or in."],
    [
      'displayName eq "a"',
      `A property or a value is expected, and '"' is there at position 16. A text is written in single quotes: 'text'.`,
    ],
    [
      "displayName eq 'a",
      "A property or a value is expected, and ''' is there at position 16. The text that begins there has no quote at its end.",
    ],
    [
      "publishingState eq published",
      "Could not find a property named 'published' on type 'microsoft.graph.mobileApp' at position 20.",
    ],
    [
      "publishingState eq 'typo'",
      "the text 'typo' is not a value of 'publishingState' at position 20. Its values are 'notPublished', 'processing', 'published'.",
    ],
    ["'' ne publishingState", "the text '' is not a value of 'publishingState' at position 1."],
    ["tolower(PublishingState) eq 'x'", "the text 'x' is not a value of 'PublishingState' at position 29."],
    [
      "publishingState in ('published','publish')",
      "the text 'publish' is not a value of 'publishingState' at position 33.",
    ],
    [
      "appAvailability eq 'everywhere'",
      "the text 'everywhere' is not a value of 'appAvailability' at position 20. Its values are 'global', 'lineOfBusiness'.",
    ],
    ["displayName eq Teams", "at position 16. A text is written in single quotes: 'text'."],
    ["👩‍💻 eq 1", "A property or a value is expected, and '👩' is there at position 1."],
    ["displayName eq '👩' and x eq 1", "named 'x' on type 'microsoft.graph.mobileApp' at position 24."],
    ["failedDeviceCount gt 0", "at position 1. Did you mean 'installSummary/failedDeviceCount'?"],
    ["size gt 0", "Microsoft Graph has 'size', and this service does not serve it."],
    [
      "microsoft.graph.win32LobApp/size gt 0",
      "Microsoft Graph has 'size', and this service does not serve it.",
    ],
    ["displyName eq 'a'", "Did you mean 'displayName'?"],
    ["installSummary/id eq 'a'", "Could not find a property named 'installSummary/id'"],
    ["microsoft.graph.win32LobApp/displayName eq 'a'", "named 'microsoft.graph.win32LobApp/displayName'"],
    [
      "installSummary/failedDeviceCount gt 1.5",
      "'1.5' is not written as a whole number at position 37. Write its digits alone.",
    ],
    ["installSummary/failedDeviceCount gt 1e0", "'1e0' is not written as a whole number at position 37."],
    [
      "installSummary/failedDeviceCount gt 99999999999999999999",
      "'99999999999999999999' is not between -9007199254740991 and 9007199254740991 at position 37.",
    ],
    ["installSummary/failedDeviceCount gt -9007199254740992", "'-9007199254740992' is not between"],
    ["createdDateTime gt 2024-02-30", "'2024-02-30' is neither a whole number nor a time at position 20."],
    [
      "createdDateTime gt '2024-02-03'",
      "'createdDateTime' is a time, and '2024-02-03' is a text at position 20. A text is written in quotes, every other value without.",
    ],
    ["isAssigned eq 1", "'isAssigned' is a boolean, and '1' is a number at position 15."],
    [
      "isAssigned eq 'true'",
      "'isAssigned' is a boolean, and 'true' is a text at position 15. A text is written in quotes, every other value without.",
    ],
    ["displayName gt null", "null is compared by 'gt' at position 16. With null there are eq and ne."],
    ["contains(installSummary/failedDeviceCount,'1')", "contains takes texts at position 10."],
    ["contains(displayName)", "',' is expected, and ')' is there at position 21."],
    [
      "substringof('a',displayName)",
      "Unknown function 'substringof' at position 1. The functions are contains, startswith",
    ],
    ...[
      ["true eq contains(displayName,'a')", "contains", 9],
      ["displayName eq contains(displayName,'a')", "contains", 16],
      ["null ne STARTSWITH(displayName,'a')", "STARTSWITH", 9],
      ["tolower(endswith(displayName,'a')) eq 'a'", "endswith", 9],
      ["contains(displayName,isof('microsoft.graph.win32LobApp'))", "isof", 22],
    ].map(([text, called, position]): [string, string] => [
      `${text}`,
      `Misplaced function '${called}' at position ${position}. The functions are contains, startswith, endswith and isof, alone or in front of 'eq true', and tolower.`,
    ]),
    [
      "isof('microsoft.graph.win32Lobapps')",
      "'microsoft.graph.win32Lobapps' is not a type of app at position 6. Did you mean 'microsoft.graph.win32LobApp'?",
    ],
    ["isof(1)", "The name of a type is expected, and '1' is there at position 6."],
    ["startswith(displayName,'a') eq 1", "true or false is expected at position 32."],
    ["displayName in ()", "A value is expected, and ')' is there at position 17."],
    ["displayName in ('a',displayName)", "A value is expected, and 'displayName' is there at position 21."],
    ["(isAssigned", "')' is expected, and the end is there at position 12."],
    ["isAssigned)", "'and', 'or' or the end is expected, and ')' is there at position 11."],
    ["true", "An operator such as 'eq' is expected"],
    ["not", "A property or a value is expected, and the end is there at position 4."],
  ])("%s", (text, message) => {
    const fault = graphFault(() => parseFilter(text));
    expect(fault).toMatchObject({ code: "BadRequest", innerCode: "invalidQueryOption" });
    expect(fault?.message).toMatch(/^Invalid filter clause: .* at position [0-9]+\./);
    expect(fault?.message).toContain(message);
  });

  test("of more than 128 parts is refused, however they nest", () => {
    expect(parseFilter(many(128))).toMatchObject({ operands: { length: 128 } });
    for (const text of [
      many(129),
      `${"(".repeat(128)}isAssigned${")".repeat(128)}`,
      `${"not ".repeat(100_000)}isAssigned`,
      `displayName eq ${"tolower(".repeat(100_000)}`,
      `id in (${"'a',".repeat(200)}'a')`,
    ])
      expect(graphFault(() => parseFilter(text))?.message).toContain("The clause has more than 128 parts");
  });
});

function many(count: number): string {
  return Array.from({ length: count }, () => "isAssigned").join(" or ");
}

test("any text is parsed or a 400", () => {
  const piece = fc.constantFrom(
    ..."( ) , ' '' ' and or not eq ne gt in null true false 1 -0 2024-09-30 contains( isof( tolower( displayName id".split(
      " ",
    ),
    "isAssigned",
    "installSummary/failedDeviceCount",
    "'a'",
    "appAvailability",
  );
  const texts = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(" ")),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const fault = graphFault(() => parseFilter(text));
      expect(fault?.innerCode ?? "parsed").toBeOneOf(["parsed", "invalidQueryOption"]);
    }),
    { numRuns: 2000 },
  );
});

type Written = readonly [text: string, filter: AppFilter];

test("a written tree is parsed back", () => {
  const operators = ["eq", "ne", "gt", "ge", "lt", "le"] as const;
  const comparison = fc.oneof(
    fc
      .tuple(fc.constantFrom(...operators), fc.constantFrom(...counterNames), fc.integer())
      .map(([operator, counter, number]): Written => [
        `installSummary/${counter} ${operator} ${number}`,
        { kind: "compare", operator, left: { kind: "counter", name: counter }, right: value(number) },
      ]),
    fc
      .tuple(fc.constantFrom(...operators), fc.stringMatching(/^[a-z' ]*$/))
      .map(([operator, text]): Written => [
        `displayName ${operator} '${text.replaceAll("'", "''")}'`,
        { kind: "compare", operator, left: name, right: value(text) },
      ]),
  );
  const { tree } = fc.letrec<{ tree: Written }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      comparison,
      tie("tree").map(([text, operand]): Written => [`not (${text})`, { kind: "not", operand }]),
      fc
        .tuple(fc.constantFrom("and" as const, "or" as const), tie("tree"), tie("tree"))
        .map(([kind, one, other]): Written => [
          `(${one[0]}) ${kind} (${other[0]})`,
          { kind, operands: [one[1], other[1]] },
        ]),
    ),
  }));
  fc.assert(
    fc.property(tree, ([text, filter]) => {
      expect(parseFilter(text)).toEqual(filter);
    }),
  );
});
