import { expect, test } from "vitest";
import { classifyFailure } from "../src/index.ts";
import type { InstallSummaryClient } from "../src/client/index.ts";
import { clientOf, failure } from "./open-client.ts";
import { appId } from "./samples.ts";
import { serveSummary } from "./serve-summary.ts";

// What real errors of `sendOnce` mean, whoever made them.

const patch = { failedDeviceCount: 7 };

test.each([
  ["an error", new Error("left")],
  ["a type error", new TypeError("left")],
  ["a text", "left"],
  ["an object", { left: true }],
  ["the default", undefined],
])("a change that the caller's signal ended may have been applied: %s", async (_what, reason) => {
  const controller = new AbortController();
  const server = await serveSummary(({ commit }) => {
    commit();
    controller.abort(reason);
  });
  const error = await failure(clientOf(server).sendOnce(appId, patch, { signal: controller.signal }));
  expect(classifyFailure(error)).toBe("unknown");
  expect(server.current().summary).toMatchObject(patch);
});

test.each([
  ["an error", new Error("no login")],
  ["a type error", new TypeError("no login")],
])("a change for which the token function gave no token was not sent: %s", async (_what, reason) => {
  const server = await serveSummary(({ proceed }) => proceed());
  const token = () => Promise.reject(reason);
  const error = await failure(clientOf(server, { token }).sendOnce(appId, patch));
  expect(error).toBe(reason);
  expect(classifyFailure(error)).toBe("refused");
  expect(server.count("PATCH")).toBe(0);
});

const changes: readonly (readonly [string, (client: InstallSummaryClient) => Promise<unknown>])[] = [
  ["sendOnce", (client) => client.sendOnce(appId, patch)],
  ["update", (client) => client.update(appId, patch)],
  ["edit", (client) => client.edit(appId, () => patch)],
];

test.each(changes)("what is thrown before a change is sent need be no error: %s", async (_what, send) => {
  const server = await serveSummary(({ proceed }) => proceed());
  for (const reason of ["no login", "", undefined, null, 0, Symbol("no login")]) {
    const fail = (): never => {
      throw reason;
    };
    for (const options of [{ token: () => Promise.reject(reason) }, { token: fail }, { headers: fail }]) {
      const error = await failure(send(clientOf(server, options)));
      expect(error).toMatchObject({ name: "Error", message: String(reason), cause: reason });
      expect(classifyFailure(error)).toBe("refused");
    }
  }
  expect(server.requests).toEqual([]);
});

test.each(changes)("a change for which the headers function failed was not sent: %s", async (_what, send) => {
  const reason = new TypeError("no trace");
  const server = await serveSummary(({ proceed }) => proceed());
  const headers = (): never => {
    throw reason;
  };
  const error = await failure(send(clientOf(server, { headers })));
  expect(error).toBe(reason);
  expect(classifyFailure(error)).toBe("refused");
  expect(server.requests).toEqual([]);
});

test("an error that the token function threw is the reason of a request that was sent, too", async () => {
  const reason = new Error("logged out");
  const server = await serveSummary(({ commit }) => {
    commit();
    controller.abort(reason);
  });
  const controller = new AbortController();
  const signedOut = clientOf(server, { token: () => Promise.reject(reason) });
  expect(await failure(signedOut.sendOnce(appId, patch))).toBe(reason);
  const error = await failure(clientOf(server).sendOnce(appId, patch, { signal: controller.signal }));
  expect(error).toBe(reason);
  expect(classifyFailure(error)).toBe("unknown");
});

test("it stays open what such a reason says of requests that were sent, whichever of both comes first", async () => {
  const reason = new Error("logged out");
  const controller = new AbortController();
  const server = await serveSummary(({ commit }) => {
    commit();
    controller.abort(reason);
  });
  const error = await failure(clientOf(server).sendOnce(appId, patch, { signal: controller.signal }));
  const signedOut = clientOf(server, { token: () => Promise.reject(reason) });
  expect(await failure(signedOut.sendOnce(appId, patch))).toBe(reason);
  expect(error).toBe(reason);
  expect(classifyFailure(error)).toBe("unknown");
  // What was certainly not sent is not looked for either.
  expect(await failure(signedOut.update(appId, patch))).toBe(reason);
  expect(server.requests).toHaveLength(1);
});

test.each(["a wait", "a look", "the token of a look"])(
  "so it does where it ends a change that was sent in %s",
  async (when) => {
    const reason = new Error("logged out");
    const controller = new AbortController();
    let asked = 0;
    const server = await serveSummary(({ request, commit, drop }) => {
      commit();
      if (request.method === "GET") return controller.abort(reason);
      drop();
    });
    await failure(clientOf(server, { token: () => Promise.reject(reason) }).sendOnce(appId, patch));
    const client = clientOf(server, {
      token() {
        asked += 1;
        if (when === "the token of a look" && asked > 1) controller.abort(reason);
        return "secret";
      },
    });
    const onStep = (): void => {
      if (when === "a wait") controller.abort(reason);
    };
    const error = await failure(client.update(appId, patch, { signal: controller.signal, onStep }));
    expect(error).toBe(reason);
    expect(classifyFailure(error)).toBe("unknown");
    expect(server.current().summary).toMatchObject(patch);
  },
);

test("a change that nobody confirmed may have been applied, whatever its last failure was", async () => {
  const server = await serveSummary(({ commit, drop }) => {
    commit();
    drop();
  });
  const error = await failure(clientOf(server, { retry: 0 }).update(appId, patch));
  expect(error).toMatchObject({ name: "UnconfirmedChangeError" });
  expect(classifyFailure(error)).toBe("unknown");
  expect(server.current().summary).toMatchObject(patch);
});
