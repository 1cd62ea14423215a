import * as fc from "fast-check";
import { expect, test } from "vitest";
import { graphFault } from "../../../test/graph-fault.ts";
import { parseQuery, pickSystemOptions, pickWriteOptions } from "./query-options.ts";

test("a name may lack its $ and be in any case, and blanks around it and its value are dropped", () => {
  const options = parseQuery("%24Select=id&expand=installSummary%20&$top=+5+&_=1577");
  expect(options.map(({ name, value }) => [name, value])).toEqual([
    ["$select", "id"],
    ["$expand", "installSummary"],
    ["$top", "5"],
    ["_", "1577"],
  ]);
});

test("an empty piece is not an option, an empty name is one", () => {
  expect(parseQuery("")).toEqual([]);
  expect(parseQuery("&&")).toEqual([]);
  expect(parseQuery("=x")).toMatchObject([{ name: "", value: "x" }]);
});

test.each(["a=%zz", "%c0%ae=1", "a=%ED%A0%80"])("%s is malformed", (query) => {
  expect(() => parseQuery(query)).toThrow("The query is malformed: '");
});

test("supported options are read, custom ones ignored", () => {
  const values = pickSystemOptions(parseQuery("$top=1&_=2&=3&constructor=1"), ["$top", "$count"]);
  expect([...values]).toEqual([["$top", "1"]]);
});

test.each(["$filter", "filter", "$apply", "compute", "$orderBy", "$made-up", "$"])(
  "%s is refused by its name and never taken for a custom option",
  (name) => {
    expect(() => pickSystemOptions(parseQuery(`${name}=1`), ["$top"])).toThrow(
      `The query parameter '${name}' is not supported.`,
    );
  },
);

test.each(["`$expand", "\\$expand", "x$select", "?$top", "$$top", "a$b"])(
  "%s is refused: a $ in the middle of a name is quoting gone wrong",
  (name) => {
    expect(() => pickSystemOptions(parseQuery(`${encodeURIComponent(name)}=1`), ["$top"])).toThrow(
      `The query parameter '${name}' is not supported.`,
    );
  },
);

test("a mangled name of an option comes with the right one", () => {
  expect(() => pickSystemOptions(parseQuery("`$expand=installSummary"), ["$expand"])).toThrow(
    "The query parameter '`$expand' is not supported. Did you mean '$expand'?",
  );
});

test.each(["%2524expand=installSummary", "x%252524filter=1"])(
  "a $ that was encoded twice is refused: %s",
  (query) => {
    const [, name = ""] = /24([a-z]+)=/.exec(query) ?? [];
    const pickAll = () => pickSystemOptions(parseQuery(query), ["$expand", "$filter"]);
    expect(pickAll).toThrow(` is not supported. The URL was percent-encoded twice. Did you mean '$${name}'?`);
  },
);

test("a repeated option, in any spelling, is refused", () => {
  expect(() => pickSystemOptions(parseQuery("$top=1&TOP=1"), ["$top"])).toThrow(
    "Query option 'TOP' was specified more than once, but it must be specified at most once.",
  );
});

const pick = (query: string): ReadonlyMap<string, string> =>
  pickWriteOptions(parseQuery(query), ["$select", "dryRun"]);

test.each(["$dryRun=true", "dryrum", "_=1", "=x", "$top=1"])("a write refuses %s", (query) => {
  const [name] = query.split("=");
  expect(() => pick(query)).toThrow(`The query parameter '${name}' is not supported.`);
});

test("a write may have the options that it knows, in any case, and each of them once", () => {
  expect([...pick("DRYRUN=true&Select=id&")]).toEqual([
    ["dryRun", "true"],
    ["$select", "id"],
  ]);
  expect(() => pick("dryRun=true&dryrun=false")).toThrow("'dryrun' was specified more than once");
});

test("any query is parsed or a 400", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (query) => {
      const fault = graphFault(() => parseQuery(query));
      expect(fault?.code ?? "read").toBeOneOf(["read", "BadRequest"]);
    }),
  );
});
