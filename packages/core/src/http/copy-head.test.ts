import { expect, test, vi } from "vitest";
import { copyHead } from "./copy-head.ts";

/** As the one that servers for Node put in the place of the global one. */
class KeepingResponse {
  readonly headers: unknown;

  constructor(_body: null, { headers }: ResponseInit) {
    this.headers = headers;
  }
}

test("a head may be changed, also where a Response keeps the headers that it is given", () => {
  const headers = new Headers({ "retry-after": "5" });
  const given = new Response("x", { status: 409, headers });
  vi.stubGlobal("Response", KeepingResponse);
  try {
    const head = copyHead(given);
    expect(head.status).toBe(409);
    head.headers.set("retry-after", "6");
    expect(given.headers.get("retry-after")).toBe("5");
  } finally {
    vi.unstubAllGlobals();
  }
});

test("a status above 599 is kept, and is no success", () => {
  const given = Object.defineProperty(new Response(null), "status", { value: 999 });
  expect(copyHead(given)).toMatchObject({ status: 999, ok: false });
});
