import { GraphError } from "../../http/graph-error.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { graphFault } from "../../../test/graph-fault.ts";
import { parseQuery } from "./query-options.ts";
import { parseListOptions } from "./list-options.ts";
import { parseAppOptions, parseSummaryOptions } from "./resource-options.ts";

const list = (query: string): ReturnType<typeof parseListOptions> => parseListOptions(parseQuery(query));

test("a list without options", () => {
  expect(list("")).toEqual({ count: false });
});

describe("$select", () => {
  test("picks names without case, each once, as the type spells them", () => {
    expect(list("$select=ID, displayname,id").select).toEqual(["id", "displayName"]);
  });

  test("with * picks everything", () => {
    expect(list("$select=id,*").select).toBeUndefined();
  });

  test("may name the navigation property", () => {
    expect(list("$select=id,installSummary").select).toEqual(["id", "installSummary"]);
  });

  test.each(["", "id,", "__proto__", "a/b", "assignments", "size"])("refuses %s", (text) => {
    const name = text.split(",").at(-1);
    expect(() => list(`$select=${text}`)).toThrow(
      `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.mobileApp'.`,
    );
  });

  test.each([
    ["id,@odata.type", ["id"]],
    ["@odata.type,displayName,@odata.context,@id", ["displayName"]],
    ["publisher,displayName@odata.type,installSummary@odata.navigationLink", ["publisher"]],
    ["@odata.type", undefined],
    ["*,@odata.etag", undefined],
  ])("%s: control information changes nothing", (text, selected) => {
    expect(list(`$select=${text}`).select).toEqual(selected);
  });

  test.each(["@odata.typ", "@", "nope@odata.type", "@odata.type@odata.type", "@odata.constructor", "id@"])(
    "%s is not control information",
    (name) => {
      expect(() => list(`$select=id,${name}`)).toThrow(`Could not find a property named '${name}' on type`);
    },
  );

  test.each([
    "roleScopeTagIds",
    "largeIcon",
    "uploadState",
    "dependentAppCount",
    "RULES",
    "assignments",
    "targetedPlatforms",
    "microsoft.graph.win32LobApp/displayVersion",
    "graph.iosVppApp/vppTokenId",
  ])("%s is a property of Graph that is not served, and the message says so", (name) => {
    expect(() => list(`$select=id,displayName,${name}`)).toThrow(
      /^Parsing OData Select and Expand failed: Could not find a property named '[\w./]+' on type 'microsoft.graph.mobileApp'. Microsoft Graph has '\w+', and this service does not serve it. Leave it out.$/,
    );
  });

  test("what Graph has removed is told, with where its data is now", () => {
    for (const option of ["$select", "$expand"]) {
      expect(() => list(`${option}=deviceStatuses`)).toThrow(
        "Graph has removed it; statuses by device are in Intune's report DeviceInstallStatusByApp. Leave it out.",
      );
    }
    expect(() => parseSummaryOptions(parseQuery("$select=deviceStatuses"))).not.toThrow("removed");
  });

  test.each(["targetPlatforms", "manifest", "microsoft.graph.nope/x", "graph.win32LobApp/"])(
    "%s is no property of Graph, and is not called one",
    (name) => {
      expect(() => list(`$select=${name}`)).not.toThrow("Microsoft Graph has");
      expect(() => list(`$select=${name}`)).toThrow("Could not find a property named");
    },
  );

  test("helps with a misspelt name", () => {
    expect(() => list("$select=displyName")).toThrow("Did you mean 'displayName'?");
  });

  test("of a summary knows the counters", () => {
    const { select } = parseSummaryOptions(parseQuery("$select=failedDeviceCount,id"));
    expect(select).toEqual(["failedDeviceCount", "id"]);
    expect(() => parseSummaryOptions(parseQuery("$select=displayName"))).toThrow(
      "on type 'microsoft.graph.mobileAppInstallSummary'.",
    );
  });
});

describe("$expand", () => {
  test.each(["installSummary", "INSTALLSUMMARY", "*", "installSummary()", " installSummary "])(
    "%s",
    (text) => {
      expect(list(`$expand=${text}`).expand).toEqual({ select: undefined });
    },
  );

  test.each([
    "installSummary($select=failedDeviceCount,id)",
    "installSummary ( select = failedDeviceCount , id )",
    "installSummary($select=failedDeviceCount,id;)",
  ])("%s", (text) => {
    expect(list(`$expand=${text}`).expand).toEqual({ select: ["failedDeviceCount", "id"] });
  });

  test.each([
    ["", "Could not find a property named '' on type"],
    ["assignments", "Could not find a property named 'assignments' on type"],
    ["installSummary/$ref", "Could not find a property named 'installSummary/$ref' on type"],
    ["installSummary,installSummary", "'installSummary' is expanded twice."],
    ["installSummary,*", "'installSummary' is expanded twice."],
    ["installSummary($expand=installSummary)", "The query parameter '$expand' is not supported."],
    ["installSummary($select=id;$top=1)", "The query parameter '$top' is not supported."],
    ["installSummary($select=id;$select=id)", "Query option '$select' was specified more than once"],
    [
      "installSummary($select=displayName)",
      "named 'displayName' on type 'microsoft.graph.mobileAppInstallSummary'",
    ],
    ["installSummary($select=id", "The bracket after 'installSummary' is not closed."],
    ["installSummary()()", "The bracket after 'installSummary' is not closed."],
    ["installSummary(((((", "The bracket after 'installSummary' is not closed."],
    ["installSummary((($select=id)))", "The bracket after 'installSummary' is not closed."],
    ["installSummary($select=id)x)", "The bracket after 'installSummary' is not closed."],
    ["installSummary(foo=1)", "The query parameter 'foo' is not supported."],
    [
      "installSummary(x$select=id)",
      "The query parameter 'x$select' is not supported. Did you mean '$select'?",
    ],
  ])("refuses %s", (text, message) => {
    expect(() => list(`$expand=${encodeURIComponent(text)}`)).toThrow(message);
  });

  test("is refused for a summary, and so is $top for an app", () => {
    expect(() => parseSummaryOptions(parseQuery("$expand=*"))).toThrow("'$expand' is not supported.");
    expect(() => parseAppOptions(parseQuery("$top=1"))).toThrow("'$top' is not supported.");
  });

  test("survives ten thousand brackets", () => {
    expect(() => list(`$expand=${"(".repeat(10_000)}`)).toThrow(GraphError);
  });
});

describe("$top and $count", () => {
  test.each([
    ["0", 0],
    ["007", 7],
    ["5000", 5000],
  ])("$top=%s", (text, top) => {
    expect(list(`$top=${text}`).top).toBe(top);
  });

  test.each(["-1", "1e3", "", "100000000000000000000", "%2B1", "1.0", "x"])("$top=%s is refused", (text) => {
    expect(() => list(`$top=${text}`)).toThrow(
      `Invalid value '${decodeURIComponent(text)}' for $top query option found. The $top query option requires a non-negative integer value.`,
    );
  });

  test("$count is true or false and nothing else", () => {
    expect(list("$count=true").count).toBe(true);
    expect(list("$count=False").count).toBe(false);
    expect(() => list("$count=1")).toThrow("Invalid value '1' for $count");
  });
});

describe("$search", () => {
  test.each([
    ["outlook", ["outlook"]],
    ["  micro  soft ", ["micro", "soft"]],
    ['"visual studio" code', ["visual studio", "code"]],
    ['a"b c"', ["a", "b c"]],
    ["100%25 _", ["100%", "_"]],
  ])("%s", (text, words) => {
    expect(list(`$search=${text}`).search).toEqual(words.map((word) => ({ word })));
  });

  test.each([
    ["a AND b", [{ word: "a" }, { word: "b" }]],
    ['"AND" and', [{ word: "AND" }, { word: "and" }]],
    ['"OR" not "(x)"', [{ word: "OR" }, { word: "not" }, { word: "(x)" }]],
    ['"displayName:pay roll"', [{ property: "displayName", word: "pay roll" }]],
    ['"DISPLAYNAME: a:b "', [{ property: "displayName", word: "a:b" }]],
    [
      '"displayName:a" AND "publisher:b" c',
      [{ property: "displayName", word: "a" }, { property: "publisher", word: "b" }, { word: "c" }],
    ],
    [
      '"\'payroll\'" o\'brien "pay%20roll"',
      [{ word: "'payroll'" }, { word: "o'brien" }, { word: "pay%20roll" }],
    ],
    [
      "\"displayName:it's\" 5' 100%",
      [{ property: "displayName", word: "it's" }, { word: "5'" }, { word: "100%" }],
    ],
    ["publisher:Contoso", [{ property: "publisher", word: "Contoso" }]],
    ['"Adobe Reader: Pro" 7:zip', [{ word: "Adobe Reader: Pro" }, { word: "7:zip" }]],
    [
      '"displayName :payroll" "Adobe : Pro"',
      [{ property: "displayName", word: "payroll" }, { word: "Adobe : Pro" }],
    ],
  ])("in Graph's form: %s", (text, terms) => {
    expect(list(`$search=${encodeURIComponent(text)}`).search).toEqual(terms);
  });

  test.each([
    ['"displayName:a" OR "displayName:b"', "does not support 'OR'"],
    ["NOT a", "does not support 'NOT'"],
    ['("displayName:a" AND b)', "does not support '('"],
    [
      "(a)",
      "does not support '(a)' here. It takes words, phrases in quotes, and AND between them, and finds a word anywhere in a name. Put one",
    ],
    ["reader (x64", "does not support '(x64'"],
    ["x64)", "does not support 'x64)'"],
    ["pay*", "does not support 'pay*'"],
    [":pay", "does not support ':pay'"],
    ["AND a", "does not support 'AND'"],
    ["a AND", "does not support 'AND'"],
    ["a AND AND b", "does not support 'AND'"],
    ['"description:vpn"', "looks in displayName and publisher, and not in 'description'"],
    ["id:7", "and not in 'id'"],
    ['"displayName:"', "holds no word for displayName"],
    ["publisher: contoso", "holds no word for publisher"],
    ["'payroll'", `takes phrases in double quotes, "…", and not in other ones: ''payroll''.`],
    ["'contoso payroll'", "in double quotes"],
    ["“contoso payroll”", "in double quotes"],
    ["„payroll“", "in double quotes"],
    ["«payroll»", "in double quotes"],
    ["`payroll`", "in double quotes"],
    ["a AND 'b'", "in double quotes"],
    ["displayName:'payroll'", "in double quotes"],
    ["'displayName:payroll'", "in double quotes"],
    ["\"displayName:'pay roll'\"", "in double quotes"],
    ["pay%20roll", "holds 'pay%20roll': that looks percent-encoded twice."],
    ["%22displayName:payroll%22", "looks percent-encoded twice"],
    ["%2522payroll%2522", "looks percent-encoded twice"],
    ["displayName:pay%20roll", "looks percent-encoded twice"],
  ])("refuses what it does not understand: %s", (text, message) => {
    expect(() => list(`$search=${encodeURIComponent(text)}`)).toThrow(message);
  });

  test.each([
    ["", "holds no word"],
    ['""', "holds no word"],
    ['"open', "is not closed"],
    ["a ".repeat(21), "holds more than 20 words"],
  ])("refuses %s", (text, message) => {
    expect(() => list(`$search=${text}`)).toThrow(message);
  });
});

test("any option's value is parsed or a 400 with Graph's inner code", () => {
  const name = fc.constantFrom("$select", "$expand", "$top", "$count", "$search", "$skiptoken", "$format");
  const piece = fc.constantFrom("installSummary", "(", ")", ";", ",", "$select=", "id", "*", '"', " ", "=");
  const value = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(piece).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(name, value, (option, text) => {
      const fault = graphFault(() => list(`${option}=${encodeURIComponent(text)}`));
      expect(fault?.innerCode ?? "read").toBeOneOf(["read", "invalidQueryOption"]);
    }),
  );
});
