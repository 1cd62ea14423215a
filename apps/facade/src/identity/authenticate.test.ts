import { isGraphError } from "@install-summary/core";
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { encode, signToken } from "../../test/tokens.ts";
import { GraphErrorWithHeaders } from "@install-summary/core/service";
import { createAuthenticate } from "./authenticate.ts";
import type { Issuer } from "./issuer.ts";
import { parseTenantId } from "./token.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
const trusted: Issuer = {
  audiences: ["api://app", "app"],
  signIn: undefined,
  tenantOf: ({ iss, tid }) => (iss === "urn:issuer" ? parseTenantId(tid) : undefined),
  keyFor: (keyId) => (keyId === "key-1" ? publicKey : undefined),
  hasKey: (key) => key === publicKey,
  check: () => undefined,
};
const start = Date.UTC(2026, 10, 24);
const seconds = start / 1000;

const header = { alg: "RS256", typ: "JWT", kid: "key-1" };
const claims = {
  iss: "urn:issuer",
  aud: "api://app",
  tid: "0A0B0C0D-0000-4000-8000-000000000001",
  exp: seconds + 3600,
  scp: "DeviceManagementApps.Read.All openid",
  oid: "user-1",
  sub: "pairwise-1",
  preferred_username: "ada@contoso.com",
};

const malformed = "IDX14100: JWT is not well formed.";
const audience = "Access token validation failure. Invalid audience.";
const issuer = "Access token validation failure. Invalid issuer.";
const signature = "Access token validation failure. Invalid signature.";
const expired = "Lifetime validation failed, the token is expired.";
const early = "Access token is not yet valid.";

function token(changes: object = {}, head: object = {}, key = privateKey): string {
  return signToken({ header: { ...header, ...head }, claims: { ...claims, ...changes }, key });
}

async function outcome(authorization: string | null, now = start): Promise<string> {
  try {
    await createAuthenticate(trusted, { now: () => now })(authorization);
    return "accepted";
  } catch (error) {
    if (isGraphError(error)) return error.message;
    throw error;
  }
}

test("a good token names its caller", async () => {
  const authenticate = createAuthenticate(trusted, { now: () => start });
  expect(await authenticate(`bearer  ${token()}`)).toEqual({
    tenantId: "0a0b0c0d-0000-4000-8000-000000000001",
    actor: "ada@contoso.com",
    kind: "user",
    permissions: ["DeviceManagementApps.Read.All", "openid"],
    expiresAt: (claims.exp + 60) * 1000,
  });
});

test.each([null, "", "Bearer", "Bearer ", "Basic dTpw", "Bearertoken"])(
  "%j holds no token, and the message says why one may be missing",
  async (authorization) => {
    expect(await outcome(authorization)).toMatch(/^Access token is empty\. /);
  },
);

test.each(["", "JWT ", "Token ", "Bearer:", "Bearer=", "Authorization: "])(
  "a token after %j gets a 401 that says to write Bearer",
  async (before) => {
    expect(await outcome(before + token())).toBe(
      "Access token is empty. Write the word Bearer and a blank before the token: Authorization: Bearer eyJ….",
    );
  },
);

describe("not well formed", () => {
  test.each([
    ["alg none", `${encode({ ...header, alg: "none" })}.${encode(claims)}.`],
    ["alg nOnE", token({}, { alg: "nOnE" })],
    ["alg PS256", token({}, { alg: "PS256" })],
    ["alg RS512", token({}, { alg: "RS512" })],
    ["alg ES256", token({}, { alg: "ES256" })],
    ["one part", "abc"],
    ["two parts", token().split(".").slice(0, 2).join(".")],
    ["four parts", `${token()}.abc`],
    ["five parts", `${token()}.abc.def`],
    ["padding", `${token()}=`],
    ["a newline inside", token().replace(".", "\n.")],
    ["dots of another alphabet", token().replaceAll(".", "․")],
    ["a header that is an array", signToken({ header: [header], claims, key: privateKey })],
    ["a header that is no JSON", signToken({ header: "{", claims, key: privateKey })],
    ["claims that are an array", signToken({ header, claims: [claims], key: privateKey })],
    ["claims that are another token", signToken({ header, claims: token(), key: privateKey })],
    ["claims with NaN", signToken({ header, claims: '{"exp":NaN}', key: privateKey })],
    ["claims in bad UTF-8", `${encode(header)}.${Buffer.from([0x7b, 0xff, 0x7d]).toString("base64url")}.AA`],
    ["b64 false", token({}, { b64: false, crit: ["b64"] })],
    ["crit unknown", token({}, { crit: ["x"], x: 1 })],
    ["crit empty", token({}, { crit: [] })],
    ["a strange typ", token({}, { typ: "secevent+jwt" })],
    ["more than 16 KiB", token({ padding: "x".repeat(12_200) })],
    ["exp missing", token({ exp: undefined })],
    ["exp null", token({ exp: null })],
    ["exp text", token({ exp: String(claims.exp) })],
    ["exp an array", token({ exp: [claims.exp] })],
    [
      "exp endless",
      signToken({
        header,
        claims: JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e400'),
        key: privateKey,
      }),
    ],
    ["exp far beyond", token({ exp: 1e11 + 1 })],
    ["nbf text", token({ nbf: "0" })],
    ["iat text", token({ iat: "0" })],
    ["scp an array", token({ scp: ["DeviceManagementApps.Read.All"] })],
    ["roles text", token({ roles: "DeviceManagementApps.Read.All" })],
    ["oid a number", token({ oid: 1 })],
    ["ver a number", token({ ver: 2 })],
    ["bound to a key", token({ cnf: { jkt: "x" } })],
  ])("%s", async (_, text) => {
    expect(await outcome(`Bearer ${text}`)).toBe(malformed);
  });

  test("HS256 with the public key as its secret", async () => {
    const head = `${encode({ ...header, alg: "HS256" })}.${encode(claims)}`;
    const secret = publicKey.export({ type: "spki", format: "pem" });
    const mac = createHmac("sha256", secret).update(head).digest("base64url");
    expect(await outcome(`Bearer ${head}.${mac}`)).toBe(malformed);
  });

  test("two tokens at once", async () => {
    expect(await outcome(`Bearer ${token()}, Bearer ${token()}`)).toBe(malformed);
  });
});

describe("for another audience", () => {
  test.each([
    ["api://other"],
    [undefined],
    [null],
    [[]],
    [{}],
    ["api://app/"],
    ["API://APP"],
    [["api://app", "api://other"]],
  ])("%j", async (aud) => {
    expect(await outcome(`Bearer ${token({ aud })}`)).toBe(audience);
  });

  test.each([
    "00000003-0000-0000-c000-000000000000",
    "https://graph.microsoft.com",
    "https://graph.microsoft.com/",
    "https://graph.microsoft.us",
    "https://dod-graph.microsoft.us",
    "https://microsoftgraph.chinacloudapi.cn",
  ])("%s, which only Graph can verify", async (aud) => {
    const graphs = token({ aud }, { nonce: "x" }, stranger.privateKey);
    expect(await outcome(`Bearer ${graphs}`)).toBe(
      `${audience} Only Microsoft Graph can verify its own tokens; get one for api://app.`,
    );
  });

  test("but not a list of accepted ones", async () => {
    expect(await outcome(`Bearer ${token({ aud: ["api://app"] })}`)).toBe("accepted");
    expect(await outcome(`Bearer ${token({ aud: ["app", "api://app"] })}`)).toBe("accepted");
    expect(await outcome(`Bearer ${token({ aud: "app" })}`)).toBe("accepted");
  });
});

describe("of another issuer", () => {
  test.each<[object]>([
    [{ iss: "urn:other" }],
    [{ iss: "urn:issuer/" }],
    [{ iss: "URN:ISSUER" }],
    [{ iss: ["urn:issuer"] }],
    [{ iss: undefined }],
    [{ tid: undefined }],
    [{ tid: null }],
    [{ tid: 1 }],
    [{ tid: [claims.tid] }],
    [{ tid: "common" }],
  ])("%j", async (changes) => {
    expect(await outcome(`Bearer ${token(changes)}`)).toBe(issuer);
  });
});

describe("not signed by the issuer", () => {
  const [head = "", body = "", proof = ""] = token().split(".");

  test.each([
    ["another key of the same id", token({}, {}, stranger.privateKey)],
    [
      "a key that the token brings along",
      token({}, { jwk: stranger.publicKey.export({ format: "jwk" }) }, stranger.privateKey),
    ],
    ["no key id", token({}, { kid: undefined })],
    ["a number as key id", token({}, { kid: 1 })],
    ["an array as key id", token({}, { kid: ["key-1"] })],
    ["an unknown key id", token({}, { kid: "../key-1" })],
    ["a bit flipped", `${head}.${body}.${proof.startsWith("A") ? "B" : "A"}${proof.slice(1)}`],
    ["a signature cut", `${head}.${body}.${proof.slice(0, 40)}`],
    ["other claims under the signature", `${head}.${encode({ ...claims, scp: "x" })}.${proof}`],
    [
      "a signature of another hash",
      `${head}.${body}.${sign("sha512", Buffer.from(`${head}.${body}`), privateKey).toString("base64url")}`,
    ],
  ])("%s", async (_, text) => {
    expect(await outcome(`Bearer ${text}`)).toBe(signature);
  });
});

describe("times", () => {
  test.each<[object, string]>([
    [{ exp: seconds - 59 }, "accepted"],
    [{ exp: seconds - 61 }, expired],
    [{ exp: -1 }, expired],
    [{ nbf: seconds + 59, iat: seconds + 59 }, "accepted"],
    [{ nbf: seconds + 61 }, early],
    [{ iat: seconds + 61 }, early],
  ])("%j", async (changes, message) => {
    expect(await outcome(`Bearer ${token(changes)}`)).toBe(message);
  });
});

test("a personal account gets its own message, before its signature is checked", async () => {
  const personal = token({ tid: "9188040d-6c67-4c5b-b112-36a304b66dad", iss: "x" }, {}, stranger.privateKey);
  expect(await outcome(`Bearer ${personal}`)).toBe("Personal Microsoft accounts are not supported.");
});

describe("accepted", () => {
  test("the type of an access token", async () => {
    expect(await outcome(`Bearer ${token({}, { typ: "at+JWT" })}`)).toBe("accepted");
    expect(await outcome(`Bearer ${token({}, { typ: undefined })}`)).toBe("accepted");
  });

  test("a repeated claim, of which the last one counts", async () => {
    const twice = JSON.stringify(claims).replace("{", '{"tid":"common",');
    expect(await outcome(`Bearer ${signToken({ header, claims: twice, key: privateKey })}`)).toBe("accepted");
  });
});

describe("a token that was accepted before", () => {
  test("is checked against the clock each time", async () => {
    let now = start;
    const authenticate = createAuthenticate(trusted, { now: () => now });
    const text = `Bearer ${token({ nbf: seconds })}`;
    const caller = await authenticate(text);
    expect(authenticate(text)).toBe(caller);
    now = start + 3_661_000;
    expect(() => authenticate(text)).toThrow(expired);
    now = start - 61_000;
    expect(() => authenticate(text)).toThrow(early);
  });

  test("is verified again when many others came after it", async () => {
    const verified: unknown[] = [];
    const counting: Issuer = {
      ...trusted,
      keyFor: (_, { sub }) => {
        verified.push(sub);
        return publicKey;
      },
    };
    const authenticate = createAuthenticate(counting, { now: () => start, remembered: 2 });
    for (const sub of ["a", "b", "b", "c", "b", "a"]) await authenticate(`Bearer ${token({ sub })}`);
    expect(verified).toEqual(["a", "b", "c", "a"]);
  });

  test("is checked against clock and keys as well where it comes again on the same connection", async () => {
    let now = start;
    let isTrusted = true;
    const changing: Issuer = { ...trusted, hasKey: () => isTrusted };
    const authenticate = createAuthenticate(changing, { now: () => now });
    const connection = {};
    const text = `Bearer ${token()}`;
    const caller = await authenticate(text, connection);
    for (let times = 0; times < 3; times += 1) expect(authenticate(text, connection)).toBe(caller);
    now = start + 3_661_000;
    expect(() => authenticate(text, connection)).toThrow(expired);
    now = start;
    isTrusted = false;
    // It is verified anew, by a key that may be another one.
    expect(authenticate(text, connection)).toBeInstanceOf(Promise);
  });

  test("does not stand in for another one on the same connection", async () => {
    const authenticate = createAuthenticate(trusted, { now: () => start });
    const connection = {};
    const [ada, bob] = [token(), token({ preferred_username: "bob@contoso.com" })];
    for (const text of [ada, bob]) await authenticate(`Bearer ${text}`, connection);
    for (let times = 0; times < 2; times += 1) {
      expect(authenticate(`Bearer ${ada}`, connection)).toMatchObject({ actor: "ada@contoso.com" });
      expect(authenticate(`Bearer ${bob}`, connection)).toMatchObject({ actor: "bob@contoso.com" });
      await expect(authenticate(`Bearer ${bob}x`, connection)).rejects.toThrow(signature);
      expect(() => authenticate(null, connection)).toThrow("Access token is empty");
    }
  });

  test("is not recognised by its claims alone", async () => {
    const authenticate = createAuthenticate(trusted, { now: () => start });
    const text = token();
    await authenticate(`Bearer ${text}`);
    const forged = `${text.split(".").slice(0, 2).join(".")}.${token({ x: 1 }).split(".")[2]}`;
    await expect(authenticate(`Bearer ${forged}`)).rejects.toThrow(signature);
  });
});

const challenge = async (authorization: string | null, by = trusted): Promise<string | undefined> => {
  try {
    await createAuthenticate(by, { now: () => start })(authorization);
  } catch (error) {
    if (error instanceof GraphErrorWithHeaders) return error.headers["WWW-Authenticate"];
  }
  return undefined;
};

describe("the challenge", () => {
  test("says what is wrong with a token, and nothing when the token is missing", async () => {
    expect(await challenge(null)).toBe('Bearer realm=""');
    expect(await challenge("Bearer x")).toBe(
      `Bearer realm="", error="invalid_token", error_description="${malformed}"`,
    );
  });

  test("names where a token can be got, where there is such a place", async () => {
    const signIn = {
      authorizationUri: "https://login.microsoftonline.com/common/oauth2/authorize",
      clientId: "5a1cbb2e-6f0b-4a55-9c5e-2f1c0a5d6e7f",
    };
    const place =
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="5a1cbb2e-6f0b-4a55-9c5e-2f1c0a5d6e7f"';
    expect(await challenge(null, { ...trusted, signIn })).toBe(place);
    expect(await challenge(`Bearer ${token({ exp: 0 })}`, { ...trusted, signIn })).toBe(
      `${place}, error="invalid_token", error_description="${expired}"`,
    );
  });
});

describe("an issuer with tenants of its own and keys that it fetches", () => {
  const served = "0a0b0c0d-0000-4000-8000-000000000001";
  const fetched: unknown[] = [];
  const keys = new Set<unknown>([publicKey]);
  const perTenant: Issuer = {
    audiences: ["api://app"],
    signIn: undefined,
    tenantOf: ({ iss, tid }) =>
      tid === served && iss === `https://login.example/${served}/v2.0` ? served : undefined,
    async keyFor(keyId, { tid }) {
      fetched.push([keyId, tid]);
      await Promise.resolve();
      return keyId === "key-1" && keys.has(publicKey) ? publicKey : undefined;
    },
    hasKey: (key) => keys.has(key),
    check: () => undefined,
  };
  const authenticate = createAuthenticate(perTenant, { now: () => start });
  const ours = { tid: served, iss: `https://login.example/${served}/v2.0` };

  test("accepts its tenant's tokens, and fetches a key once per token", async () => {
    const text = `Bearer ${token(ours)}`;
    expect(await authenticate(text)).toMatchObject({ tenantId: served });
    await authenticate(text);
    expect(fetched).toEqual([["key-1", served]]);
  });

  test("refuses an unknown key", async () => {
    await expect(authenticate(`Bearer ${token(ours, { kid: "key-2" })}`)).rejects.toThrow(signature);
  });

  test("fetches no key for another tenant", async () => {
    fetched.length = 0;
    const other = { ...ours, tid: "0a0b0c0d-0000-4000-8000-000000000002" };
    await expect(authenticate(`Bearer ${token(other)}`)).rejects.toThrow(issuer);
    expect(fetched).toEqual([]);
  });

  test("refuses a token that it accepted before, once the key that signed it was removed", async () => {
    const text = `Bearer ${token(ours)}`;
    expect(await authenticate(text)).toMatchObject({ tenantId: served });
    keys.delete(publicKey);
    await expect(authenticate(text)).rejects.toThrow(signature);
    keys.add(publicKey);
    expect(await authenticate(text)).toMatchObject({ tenantId: served });
  });

  test("lets a failure to fetch through as it is", async () => {
    const failing = { ...perTenant, keyFor: () => Promise.reject(new Error("no network")) };
    await expect(createAuthenticate(failing, { now: () => start })(`Bearer ${token(ours)}`)).rejects.toThrow(
      "no network",
    );
  });
});
