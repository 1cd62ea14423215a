import { isGraphError } from "@install-summary/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLocate, type PublicPlace } from "./locate.ts";

const url = { origin: "http://127.0.0.1:8420", host: "127.0.0.1:8420", path: "/beta", query: "" };
const proxies = ["10.0.0.5", "10.1.0.0/16", "fd00::/8"];

function place(
  sent: Readonly<Record<string, string>>,
  {
    remoteAddress = "10.0.0.5",
    publicUrl,
    known = proxies,
  }: Partial<PublicPlace> & {
    readonly remoteAddress?: string;
    readonly known?: readonly string[];
  } = {},
): string {
  const headers = new Headers(sent);
  const found = createLocate({ publicUrl, proxies: known })({ url, headers, remoteAddress });
  expect([found.path, found.query]).toEqual([url.path, url.query]);
  return `${found.origin} ${found.host}`;
}

const own = "http://127.0.0.1:8420 127.0.0.1:8420";
const older = { "X-Forwarded-Proto": "https", "X-Forwarded-Host": "Summaries.contoso.com" };
const forwarded = { Forwarded: 'for="[2001:db8::1]:4711";proto=https;host="summaries.contoso.com:444"' };

test("without proxies and publicUrl the request's own origin counts, whatever it says", () => {
  expect(place({ ...older, ...forwarded }, { known: [] })).toBe(own);
});

test("headers of other addresses are ignored", () => {
  for (const remoteAddress of ["10.0.0.6", "10.2.0.1", "fe80::1", "", "::ffff:10.0.0.6"]) {
    expect(place(older, { remoteAddress })).toBe(own);
    expect(place({ Forwarded: "garbage" }, { remoteAddress })).toBe(own);
  }
});

test("a known proxy says the origin, in either form", () => {
  for (const remoteAddress of ["10.0.0.5", "10.1.255.1", "fd12::1", "::ffff:10.0.0.5"]) {
    expect(place(older, { remoteAddress })).toBe("https://summaries.contoso.com summaries.contoso.com");
    expect(place(forwarded, { remoteAddress })).toBe(
      "https://summaries.contoso.com:444 summaries.contoso.com:444",
    );
  }
  expect(place({ "X-Forwarded-Proto": "https" })).toBe("https://127.0.0.1:8420 127.0.0.1:8420");
  expect(place({ "X-Forwarded-Host": "[fd00::1]:80" })).toBe("http://[fd00::1]:80 [fd00::1]:80");
  expect(place({ Forwarded: "For=192.0.2.1;Proto=HTTPS" })).toBe("https://127.0.0.1:8420 127.0.0.1:8420");
  expect(place({ "X-Forwarded-For": "192.0.2.1" })).toBe(own);
});

test("publicUrl is the origin of links for every caller, and the host stays the one that was asked for", () => {
  const publicUrl = "https://summaries.contoso.com";
  expect(place({}, { publicUrl, remoteAddress: "192.0.2.1" })).toBe(`${publicUrl} 127.0.0.1:8420`);
  expect(place({ "X-Forwarded-Host": "other.contoso.com" }, { publicUrl })).toBe(
    `${publicUrl} other.contoso.com`,
  );
});

test("behind several known proxies the farthest one counts, and what a caller adds before it does not", () => {
  expect(
    place({
      "X-Forwarded-For": "1.1.1.1, 192.0.2.1, 10.1.0.9",
      "X-Forwarded-Host": "forged.example, public.contoso.com, inner.contoso.com",
      "X-Forwarded-Proto": "http, https, http",
    }),
  ).toBe("https://public.contoso.com public.contoso.com");
  expect(
    place({
      Forwarded:
        "for=1.1.1.1;host=forged.example, for=192.0.2.1;host=public.contoso.com;proto=https, for=10.1.0.9:99;host=inner",
    }),
  ).toBe("https://public.contoso.com public.contoso.com");
  // Proxies that only write the last value.
  expect(place({ ...older, "X-Forwarded-For": "192.0.2.1, 10.1.0.9, 10.0.0.5" })).toMatch(
    /^https:\/\/summaries/,
  );
});

describe("a known proxy's malformed or disagreeing headers are a 400", () => {
  test.each([
    { "X-Forwarded-Host": "evil.example/path" },
    { "X-Forwarded-Host": "a@evil.example" },
    { "X-Forwarded-Host": "a b" },
    { "X-Forwarded-Host": "a:99999999" },
    { "X-Forwarded-Host": "a:65536" },
    { Forwarded: 'host="[::1]:70000"' },
    { "X-Forwarded-Host": 'a"><script>' },
    { "X-Forwarded-Proto": "javascript" },
    { "X-Forwarded-Proto": "https://" },
    { Forwarded: "nonsense" },
    { Forwarded: 'host="a' },
    { Forwarded: "host=a b" },
    { Forwarded: "proto=ftp" },
    { Forwarded: "host=a;proto=https", "X-Forwarded-Host": "b" },
    { Forwarded: "proto=https", "X-Forwarded-Proto": "http" },
  ])("%j", (headers) => {
    expect(() => place(headers)).toThrow(/^The header/);
  });
});

test("whatever a proxy sends, the origin is a well-formed one or the request is a 400", () => {
  const characters = Array.from('ab.:/[]"=;, @\\-1hostprfw\t');
  const text = fc.string({ unit: fc.constantFrom(...characters), maxLength: 40 });
  fc.assert(
    fc.property(text, text, text, text, (host, proto, node, element) => {
      const sent = {
        "X-Forwarded-Host": host,
        "X-Forwarded-Proto": proto,
        "X-Forwarded-For": node,
        ...(element.length > 20 && { Forwarded: element }),
      };
      expect(outcomeOf(sent)).toMatch(/^(?:400$|https?:\/\/(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d+)? )/);
    }),
    { numRuns: 2000 },
  );
});

function outcomeOf(sent: Readonly<Record<string, string>>): string {
  try {
    return place(sent);
  } catch (error) {
    if (!isGraphError(error)) throw error;
    return String(error.status);
  }
}
