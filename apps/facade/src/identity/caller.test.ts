import { describe, expect, test } from "vitest";
import { authorize, type Access } from "@install-summary/core/service";
import { graphFault } from "../../test/graph-fault.ts";
import { toCaller } from "./caller.ts";
import type { TokenClaims } from "./token.ts";

const readAll = "DeviceManagementApps.Read.All";
const writeAll = "DeviceManagementApps.ReadWrite.All";
const closed = { allowApplication: false, readOnly: false };
const open = { allowApplication: true, readOnly: false };

const appOnly =
  "Application is not authorized to perform this operation as called in app only context but does not have application permissions configured.";
const forWriting = `Application is not authorized to perform this operation. Application must have one of the following scopes: ${writeAll}`;
const forReading = `Application is not authorized to perform this operation. Application must have one of the following scopes: ${readAll}, ${writeAll}`;

function problem(claims: Partial<TokenClaims>, access: Access, policy = closed): string | undefined {
  const caller = toCaller({ exp: 0, ...claims }, "tenant");
  return graphFault(() => authorize(caller, access, policy))?.message;
}

describe("users", () => {
  test.each<[string, Access]>([
    [readAll, "read"],
    [writeAll, "read"],
    [writeAll, "write"],
    [`openid ${writeAll}`, "write"],
  ])("with %s may %s", (scp, access) => {
    expect(problem({ scp }, access)).toBeUndefined();
  });

  test.each<[string, Access, string]>([
    [readAll, "write", forWriting],
    ["", "read", forReading],
    [`${writeAll}.Extra`, "read", forReading],
    [`x${writeAll}`, "read", forReading],
    [writeAll.toLowerCase(), "write", forWriting],
    [`openid\t${writeAll}`, "write", forWriting],
    [`openid\u00a0${writeAll}`, "write", forWriting],
    [`${writeAll}\u200b`, "write", forWriting],
    [writeAll.replaceAll(".", "．"), "write", forWriting],
  ])("with %j may not %s", (scp, access, message) => {
    expect(problem({ scp }, access)).toBe(message);
  });

  test("gain nothing from roles", () => {
    expect(problem({ scp: readAll, roles: [writeAll] }, "write")).toBe(forWriting);
    expect(problem({ roles: [writeAll], oid: "user", sub: "pairwise" }, "read", open)).toBe(appOnly);
  });
});

describe("applications", () => {
  test("are refused by default", () => {
    expect(problem({ idtyp: "app", roles: [writeAll] }, "read")).toBe(appOnly);
    expect(problem({ idtyp: "app", scp: writeAll, roles: [writeAll] }, "read")).toBe(appOnly);
    expect(problem({ oid: "a", sub: "a", roles: [writeAll] }, "write")).toBe(appOnly);
  });

  test("are judged by their roles where they are allowed", () => {
    expect(problem({ idtyp: "app", roles: [writeAll] }, "write", open)).toBeUndefined();
    expect(problem({ oid: "a", sub: "a", roles: [readAll] }, "read", open)).toBeUndefined();
    expect(problem({ idtyp: "app", roles: [readAll] }, "write", open)).toBe(forWriting);
    expect(problem({ idtyp: "app", scp: writeAll }, "write", open)).toBe(forWriting);
  });
});

test("a read-only service refuses writes after all other checks", () => {
  const policy = { allowApplication: false, readOnly: true };
  expect(problem({ scp: writeAll }, "read", policy)).toBeUndefined();
  expect(problem({ scp: readAll }, "write", policy)).toBe(forWriting);
  expect(problem({ scp: writeAll }, "write", policy)).toBe("The service is read-only.");
});

test.each<[Partial<TokenClaims>, string]>([
  [{ scp: "", preferred_username: "ada@contoso.com", oid: "1" }, "ada@contoso.com"],
  [{ scp: "", upn: "ada@contoso.com", oid: "1" }, "ada@contoso.com"],
  [{ scp: "", unique_name: "x".repeat(300) }, `${"x".repeat(255)}…`],
  [{ scp: "", upn: "a\u0000d\u001ba\n" }, "a␀d␛a␊"],
  [{ scp: "", upn: "\ud800ada\u202e" }, "⟨U+D800⟩ada⟨U+202E⟩"],
  [{ scp: "", upn: `${"x".repeat(254)}👩 and more` }, `${"x".repeat(254)}…`],
  [{ scp: "", upn: "ädä 👩‍💻" }, "ädä 👩‍💻"],
  [{ scp: "", oid: "1" }, "1"],
  [{ scp: "" }, "unknown user"],
  [{ idtyp: "app", azp: "client", oid: "1" }, "client"],
  [{ idtyp: "app", appid: "client" }, "client"],
])("the actor of %j", (claims, actor) => {
  expect(toCaller({ exp: 0, ...claims }, "tenant").actor).toBe(actor);
});
