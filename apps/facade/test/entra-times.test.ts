import { isGraphError } from "@install-summary/core";
import { expect, test } from "vitest";
import { entraOf, useAuthority } from "./authorities.ts";

const expired = "Lifetime validation failed, the token is expired.";
const early = "Access token is not yet valid.";
const start = Date.UTC(2026, 10, 26);
const seconds = start / 1000;

/** A check of an authority's tokens at a time that a test sets. */
async function open() {
  let time = start;
  const now = (): number => time;
  const authority = await useAuthority(now);
  const { authenticate } = entraOf(authority, { now });
  return {
    authority,
    setTime: (milliseconds: number) => {
      time = milliseconds;
    },
    outcome: async (token: string): Promise<string> => {
      try {
        await authenticate(`Bearer ${token}`);
        return "accepted";
      } catch (error) {
        if (isGraphError(error)) return error.message;
        throw error;
      }
    },
  };
}

test.each<[string, object, string]>([
  ["T34: expired 59 seconds ago", { exp: seconds - 59 }, "accepted"],
  ["T34: expired 61 seconds ago", { exp: seconds - 61 }, expired],
  ["T34: expired before 1970", { exp: -1 }, expired],
  ["T35: valid in 59 seconds", { nbf: seconds + 59, iat: seconds + 59 }, "accepted"],
  ["T35: valid in 61 seconds", { nbf: seconds + 61 }, early],
  ["T35: issued in 61 seconds", { iat: seconds + 61 }, early],
])("%s", async (_, claims, expected) => {
  const { authority, outcome } = await open();
  for (const version of ["1.0", "2.0"] as const) {
    expect(await outcome(authority.sign({ claims, version }))).toBe(expected);
  }
});

test("T46: a token that was accepted before is judged by the clock at each use, also by one that was set back", async () => {
  const { authority, outcome, setTime } = await open();
  const token = await authority.issueToken();
  expect(await outcome(token)).toBe("accepted");
  setTime(start + 3_661_000);
  expect(await outcome(token)).toBe(expired);
  setTime(start);
  expect(await outcome(token)).toBe("accepted");
  setTime(start - 61_000);
  expect(await outcome(token)).toBe(early);
});

test("of a wrong signature and a wrong time the signature is told", async () => {
  const { authority, outcome } = await open();
  const token = authority.sign({ claims: { exp: seconds - 3600 } });
  expect(await outcome(token.slice(0, -40))).toBe("Access token validation failure. Invalid signature.");
});
