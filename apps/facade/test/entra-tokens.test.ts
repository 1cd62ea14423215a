import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDevelopmentKey } from "../src/data-folder/development-key.ts";
import { openDevelopmentIssuer } from "../src/identity/development/development-issuer.ts";
import { otherTenant, ourTenant, secondTenant, startAuthority, type LocalAuthority } from "./authorities.ts";
import { openFacade, summary, type TestFacade } from "./facades.ts";
import { temporaryFolder } from "./stores.ts";
import { encode, signToken } from "./tokens.ts";

// Every token of the list of bad and odd tokens, T1 to T47, as a request over HTTP.

let authority: LocalAuthority;
let facade: TestFacade;

beforeAll(async () => {
  authority = await startAuthority();
  facade = await openFacade({ testAuthority: authority });
});

afterAll(async () => {
  await facade.close();
  await authority.close();
});

const malformed = "401 IDX14100: JWT is not well formed.";
const audience = "401 Access token validation failure. Invalid audience.";
const issuer = "401 Access token validation failure. Invalid issuer.";
const signature = "401 Access token validation failure. Invalid signature.";
const personal = "403 Personal Microsoft accounts are not supported.";
const application =
  "403 Application is not authorized to perform this operation as called in app only context but does not have application permissions configured.";
const missing =
  "403 Application is not authorized to perform this operation. Application must have one of the following scopes: ";
const readers = `${missing}DeviceManagementApps.Read.All, DeviceManagementApps.ReadWrite.All`;
const writers = `${missing}DeviceManagementApps.ReadWrite.All`;
const graph = "00000003-0000-0000-c000-000000000000";

async function send(token: string, method: "GET" | "PATCH" = "GET"): Promise<string> {
  const response = await facade.call(method, summary, {
    token: null,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    ...(method === "PATCH" && { body: "{}" }),
  });
  if (response.status === 200) return "accepted";
  const { error } = JSON.parse(await response.text());
  if (response.status === 401) checkChallenge(response.headers.get("WWW-Authenticate"), error.message);
  return `${response.status} ${error.message}`;
}

/** The header repeats the contract's message, without the help that follows it. */
function checkChallenge(challenge: string | null, message: string): void {
  const place = `authorization_uri="${authority.origin}/common/oauth2/authorize", client_id="${authority.core.clientId}"`;
  const description = message.replace(/ Only Microsoft Graph .*/, "");
  const expected = `Bearer realm="", ${place}, error="invalid_token", error_description="${description}"`;
  if (challenge !== expected) throw new Error(`the challenge is ${challenge}`);
}

/** A good token with other claims. */
const claiming = (claims: object): string => authority.sign({ claims });
/** A good token with another header. */
const headed = (changes: object): string => authority.sign({ header: changes });

/** A good token, its header and claims given as text. */
function written({ header, claims }: { readonly header?: unknown; readonly claims?: unknown }): string {
  const [head = "", body = ""] = authority.sign().split(".");
  const { privateKey } = authority.core.signingKey();
  return signToken({ header: header ?? decode(head), claims: claims ?? decode(body), key: privateKey });
}

const decode = (part: string): string => Buffer.from(part, "base64url").toString();
const parts = (): string[] => authority.sign().split(".");
/** The claims of a good token as JSON. */
const goodClaims = (): string => decode(parts()[1] ?? "");
const body = (): string => encode(goodClaims());
const header = (alg: string): object => ({ typ: "JWT", alg, kid: authority.core.signingKey().keyId });
const v2 = (tenant: string): string => `${authority.origin}/${tenant}/v2.0`;
const v1 = (tenant: string): string => `https://sts.windows.net/${tenant}/`;

test("a good token of either version is accepted, to read and to write", async () => {
  for (const version of ["1.0", "2.0"] as const) {
    expect(await send(authority.sign({ version }))).toBe("accepted");
    expect(await send(authority.sign({ version }), "PATCH")).toBe("accepted");
    expect(await send(await facade.issueToken())).toBe("accepted");
  }
});

test("a token that lists 200 groups, which is the most that Entra lists, is accepted, with ids and with names", async () => {
  const ids = Array.from({ length: 200 }, () => randomUUID());
  const names = ids.map((id) => `CONTOSO\\SG-${id}`);
  for (const groups of [ids, names]) expect(await send(claiming({ groups }))).toBe("accepted");
});

describe("not well formed", () => {
  test.each<[string, () => string]>([
    ["T1: alg none", () => `${encode(header("none"))}.${body()}.`],
    ["T1: alg nOnE", () => headed({ alg: "nOnE" })],
    ["T3: alg PS256", () => headed({ alg: "PS256" })],
    ["T3: alg RS512", () => headed({ alg: "RS512" })],
    ["T3: alg ES256", () => headed({ alg: "ES256" })],
    ["T4: one part", () => "abc"],
    ["T4: two parts", () => parts().slice(0, 2).join(".")],
    ["T4: four parts", () => [...parts(), "abc"].join(".")],
    ["T4: five parts, as an encrypted token has", () => [...parts(), "abc", "def"].join(".")],
    ["T4: a token in a token", () => written({ claims: authority.sign() })],
    ["T5: padding", () => `${authority.sign()}=`],
    ["T6: a header that is an array", () => written({ header: [header("RS256")] })],
    ["T6: a header that is not JSON", () => written({ header: "{" })],
    ["T6: claims that are an array", () => written({ claims: `[${goodClaims()}]` })],
    ["T6: claims with NaN", () => written({ claims: goodClaims().replace(/"exp":\d+/, '"exp":NaN') })],
    [
      "T6: claims in bad UTF-8",
      () => `${parts()[0]}.${Buffer.from([0x7b, 0xff, 0x7d]).toString("base64url")}.AA`,
    ],
    ["T7: b64 false", () => headed({ b64: false, crit: ["b64"] })],
    ["T7: crit unknown", () => headed({ crit: ["x"], x: 1 })],
    ["T7: crit empty", () => headed({ crit: [] })],
    ["T8: the type of another kind of token", () => headed({ typ: "secevent+jwt" })],
    ["T10: exp missing", () => claiming({ exp: undefined })],
    ["T10: exp null", () => claiming({ exp: null })],
    ["T10: exp a text", () => claiming({ exp: String(Date.now()) })],
    ["T10: exp an array", () => claiming({ exp: [Date.now()] })],
    ["T10: exp endless", () => written({ claims: goodClaims().replace(/"exp":\d+/, '"exp":1e400') })],
    ["T10: exp far beyond", () => claiming({ exp: 1e11 + 1 })],
    ["T11: nbf a text", () => claiming({ nbf: "0" })],
    ["T11: iat a text", () => claiming({ iat: "0" })],
    ["T12: scp an array", () => claiming({ scp: ["DeviceManagementApps.Read.All"] })],
    ["T12: roles a text", () => claiming({ roles: "DeviceManagementApps.Read.All" })],
    ["T12: oid a number", () => claiming({ oid: 1 })],
    ["T12: ver a number", () => claiming({ ver: 2 })],
    ["T13: bound to a key", () => claiming({ cnf: { jkt: "x" } })],
  ])("%s", async (_, token) => {
    expect(await send(token())).toBe(malformed);
  });

  test("T2: HS256 with what is public of the key as its secret", async () => {
    const { publicKey, keyId } = authority.core.signingKey();
    const { n = "" } = publicKey.export({ format: "jwk" });
    const head = `${encode({ typ: "JWT", alg: "HS256", kid: keyId })}.${body()}`;
    for (const secret of [publicKey.export({ type: "spki", format: "pem" }), n, ""]) {
      const mac = createHmac("sha256", secret).update(head).digest("base64url");
      expect(await send(`${head}.${mac}`)).toBe(malformed);
    }
  });
});

describe("for another audience", () => {
  test.each<[string, unknown]>([
    ["another", "5e7f1d00-0000-4000-8000-00000000000f"],
    ["missing", undefined],
    ["an empty array", []],
    ["an object", {}],
    ["with a slash behind it", "api://5e7f1d00-0000-4000-8000-000000000001/"],
    ["in another case", "API://5E7F1D00-0000-4000-8000-000000000001"],
  ])("T14: %s", async (_, aud) => {
    expect(await send(claiming({ aud }))).toBe(audience);
  });

  test("T15: ours beside a stranger's", async () => {
    expect(await send(claiming({ aud: [authority.core.clientId, "api://other"] }))).toBe(audience);
    expect(await send(claiming({ aud: [authority.core.clientId] }))).toBe("accepted");
  });

  test.each([graph, "https://graph.microsoft.com", "https://graph.microsoft.com/"])(
    "T16: Graph's own, %s, whose signature only Graph can verify",
    async (aud) => {
      const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const token = authority.sign({ header: { nonce: "x" }, claims: { aud }, key: stranger.privateKey });
      expect(await send(token)).toBe(
        `${audience} Only Microsoft Graph can verify its own tokens; get one for ${authority.core.clientId}.`,
      );
    },
  );
});

describe("of another issuer", () => {
  test.each<[string, () => object]>([
    ["T17: of a tenant that is not served", () => ({ tid: otherTenant, iss: v2(otherTenant) })],
    ["T18: tid of another tenant than iss", () => ({ iss: v2(secondTenant) })],
    ["T18: iss of another tenant than tid", () => ({ tid: secondTenant })],
    ["T18: tid in another case", () => ({ tid: ourTenant.toUpperCase() })],
    [
      "T18: tid and iss in another case",
      () => ({ tid: ourTenant.toUpperCase(), iss: v2(ourTenant.toUpperCase()) }),
    ],
    ["T19: tid missing", () => ({ tid: undefined })],
    ["T19: tid null", () => ({ tid: null })],
    ["T19: tid a number", () => ({ tid: 1 })],
    ["T19: tid an array", () => ({ tid: [ourTenant] })],
    ["T20: iss of version 1.0 with ver 2.0", () => ({ iss: v1(ourTenant), ver: "2.0" })],
    ["T20: iss of version 2.0 with ver 1.0", () => ({ ver: "1.0" })],
    ["T20: ver of no version", () => ({ ver: "3.0" })],
    ["T21: iss an array", () => ({ iss: [v2(ourTenant)] })],
    ["T21: iss with a slash behind it", () => ({ iss: `${v2(ourTenant)}/` })],
    ["T21: iss in another case", () => ({ iss: v2(ourTenant).replace("http", "HTTP") })],
    ["T21: iss missing", () => ({ iss: undefined })],
    ["T23: common", () => ({ tid: "common", iss: v2("common") })],
    [
      "T24: another cloud, version 2.0",
      () => ({ iss: `https://login.microsoftonline.us/${ourTenant}/v2.0` }),
    ],
    [
      "T24: another cloud, version 1.0",
      () => ({ iss: `https://sts.chinacloudapi.cn/${ourTenant}/`, ver: "1.0" }),
    ],
  ])("%s", async (_, claims) => {
    expect(await send(claiming(claims()))).toBe(issuer);
  });

  test("a token without ver is of the version that iss says", async () => {
    expect(await send(claiming({ ver: undefined }))).toBe("accepted");
    expect(await send(claiming({ ver: undefined, iss: v1(ourTenant) }))).toBe("accepted");
  });
});

describe("not signed by the issuer", () => {
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = stranger.publicKey.export({ format: "jwk" });
  const signed = (extra: object): string => authority.sign({ header: extra, key: stranger.privateKey });

  test.each<[string, () => string]>([
    ["T25: by another key of the same id", () => signed({})],
    ["T26: by a key in jwk", () => signed({ jwk })],
    ["T26: by a key at jku", () => signed({ jku: `${authority.origin}/trap` })],
    ["T26: by a certificate in x5c", () => signed({ x5c: ["MIIB"], x5u: `${authority.origin}/trap` })],
    ["T27: kid missing", () => headed({ kid: undefined })],
    ["T27: kid a number", () => headed({ kid: 1 })],
    ["T27: kid null", () => headed({ kid: null })],
    ["T27: kid an array", () => headed({ kid: [authority.core.signingKey().keyId] })],
    [
      "T30: with a bit flipped",
      () => authority.sign().replace(/.(?=.{40}$)/, (one) => (one === "A" ? "B" : "A")),
    ],
    ["T30: with its signature cut", () => authority.sign().slice(0, -40)],
    [
      "T30: with other claims under the signature",
      () => {
        const [head = "", , proof = ""] = authority.sign().split(".");
        return `${head}.${encode(goodClaims().replace("Write", "Writ"))}.${proof}`;
      },
    ],
  ])("%s", async (_, token) => {
    expect(await send(token())).toBe(signature);
    expect(authority.requests).not.toContain("/trap");
  });

  test("T30: without a signature it is not well formed", async () => {
    expect(await send(authority.sign().replace(/[^.]+$/, ""))).toBe(malformed);
  });

  test("T33: by the development issuer", async () => {
    const folder = temporaryFolder();
    const development = await openDevelopmentIssuer(folder);
    const token = await development.issueToken({ tenant: ourTenant });
    expect(await send(token)).toBe(audience);
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    expect(await send(claiming({ ...claims, aud: authority.core.clientId }))).toBe(issuer);
    const { keyId, privateKey } = await openDevelopmentKey(folder);
    for (const kid of [keyId, authority.core.signingKey().keyId]) {
      expect(await send(authority.sign({ header: { kid }, key: privateKey }))).toBe(signature);
    }
  });
});

describe("by whom the facade may not be used", () => {
  const noScope = { scp: undefined, roles: ["DeviceManagementApps.ReadWrite.All"] };
  const ofApplication = { ...noScope, sub: "0d000000-0000-4000-8000-000000000001" };

  test("T36: a personal account, before its signature is looked at and without fetching anything", async () => {
    const tid = "9188040d-6c67-4c5b-b112-36a304b66dad";
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const before = authority.requests.length;
    expect(
      await send(
        authority.sign({ claims: { tid, iss: `${authority.origin}/${tid}/v2.0` }, key: privateKey }),
      ),
    ).toBe(personal);
    expect(authority.requests).toHaveLength(before);
  });

  test("T37: an application", async () => {
    expect(await send(claiming(ofApplication))).toBe(application);
    expect(await send(await authority.issueToken({ application: true }))).toBe(application);
    expect(await send(await authority.issueToken({ application: true, version: "1.0" }))).toBe(application);
  });

  test("T38: the holder of an ID token", async () => {
    expect(await send(claiming(noScope))).toBe(application);
  });

  test("T39: a token that says of itself that it is an application's, with scopes", async () => {
    expect(await send(claiming({ idtyp: "app" }))).toBe(application);
  });

  test("T40: a user with roles alone", async () => {
    expect(await send(claiming({ ...noScope, scp: "openid" }))).toBe(readers);
  });

  test.each([
    "DeviceManagementApps.Read.All\tDeviceManagementApps.ReadWrite.All",
    "DeviceManagementApps.Read.All\u00a0openid",
    "openid\u200bDeviceManagementApps.Read.All",
    "DeviceManagementApps.Read．All",
    "DeviceManagementApps.Read",
    "DeviceManagementApps.Read.All.x",
    "devicemanagementapps.read.all",
    "",
  ])("T41: a user whose scope is %j", async (scp) => {
    expect(await send(claiming({ scp }))).toBe(readers);
  });

  test("T42: a reader who writes", async () => {
    const reader = claiming({ scp: "openid DeviceManagementApps.Read.All" });
    expect(await send(reader)).toBe("accepted");
    expect(await send(reader, "PATCH")).toBe(writers);
    const item = { method: "PATCH", url: summary, headers: { "Content-Type": "application/json" }, body: {} };
    const batch = await facade.call("POST", "/beta/$batch", {
      token: null,
      headers: { Authorization: `Bearer ${reader}`, "Content-Type": "application/json" },
      body: JSON.stringify({
        requests: [
          { ...item, id: "1" },
          { id: "2", method: "GET", url: summary },
        ],
      }),
    });
    const { responses } = JSON.parse(await batch.text());
    expect(responses).toMatchObject([
      { id: "1", status: 403, body: { error: { message: writers.slice("403 ".length) } } },
      { id: "2", status: 200 },
    ]);
  });
});

describe("accepted", () => {
  test("T8: each type of an access token", async () => {
    for (const typ of [undefined, "JWT", "jwt", "at+jwt"])
      expect(await send(headed({ typ }))).toBe("accepted");
  });

  test("T43: a claim that is there twice, of which the last one counts", async () => {
    const claims = goodClaims().replace("{", `{"tid":"${otherTenant}",`);
    expect(await send(written({ claims }))).toBe("accepted");
    const last = goodClaims().replace(/}$/, `,"tid":"${otherTenant}"}`);
    expect(await send(written({ claims: last }))).toBe(issuer);
  });

  test("T44: another spelling of the signature's last character", async () => {
    const token = authority.sign();
    // 256 bytes leave four bits of the last character without a meaning.
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = alphabet.indexOf(token.slice(-1));
    expect(await send(token)).toBe("accepted");
    expect(await send(token.slice(0, -1) + alphabet.charAt(last ^ 1))).toBe("accepted");
  });

  test("T45: tokens of both versions and of two tenants, each in its tenant", async () => {
    const theirs = { tid: secondTenant, iss: `${authority.origin}/${secondTenant}/v2.0` };
    expect(await send(claiming(theirs))).toMatch(/^404 No mobile app with id/);
    expect(await send(authority.sign({ version: "1.0" }))).toBe("accepted");
  });
});

describe("T46, T47: a token that was accepted before", () => {
  test("is not recognised by its claims alone", async () => {
    const token = authority.sign();
    expect(await send(token)).toBe("accepted");
    const [, , proof = ""] = authority.sign({ claims: { x: 1 } }).split(".");
    expect(await send(token.replace(/[^.]+$/, proof))).toBe(signature);
  });
});
