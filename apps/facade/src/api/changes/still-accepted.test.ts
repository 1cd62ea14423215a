import { invalidToken, unavailable, type Authenticate } from "@install-summary/core/service";
import { expect, test, vi } from "vitest";
import { watchAcceptance } from "./still-accepted.ts";

const connection = {};
const headers = { get: (name: string) => (name === "authorization" ? "Bearer token" : null) };
const caller = { tenantId: "t", actor: "ada", kind: "user", permissions: [] } as const;

test("a token is accepted until it is refused, and while keys cannot be fetched", async () => {
  const authenticate = vi.fn<Authenticate>(() => caller);
  const isAccepted = watchAcceptance(authenticate, { headers, connection });
  expect(await isAccepted()).toBe(true);
  expect(authenticate).toHaveBeenLastCalledWith("Bearer token", connection);
  authenticate.mockImplementation(() =>
    Promise.reject(unavailable("The keys cannot be fetched.", 30, undefined)),
  );
  expect(await isAccepted()).toBe(true);
  authenticate.mockImplementation(() => {
    throw invalidToken({ signIn: undefined }, "signature");
  });
  expect(await isAccepted()).toBe(false);
});
