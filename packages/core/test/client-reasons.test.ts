import { expect, test } from "vitest";
import { failure, graphBody, openClient } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import type { Handler } from "./serve.ts";

// What node:http does not write and servers do: a reason in UTF-8 or with control characters, and a status above 599.

/** Answers with a first line as it is given. */
function sendLine(response: Parameters<Handler>[1], line: string, body: unknown, headers = ""): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  response.socket?.end(
    `HTTP/1.1 ${line}\r\nContent-Type: application/json\r\nETag: W/"1"\r\nConnection: close\r\n${headers}` +
      `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

test.each(["200 成功", "200 Ök", "200 \u001b[31mOK", "200", "200 "])(
  "a success is read whatever its reason is: %j",
  async (line) => {
    const { client, server } = await openClient((_request, response) =>
      sendLine(response, line, sampleSummary()),
    );
    expect(await client.get(appId)).toMatchObject({ summary: sampleSummary(), etag: 'W/"1"' });
    expect(await client.update(appId, { failedDeviceCount: 1 })).toMatchObject({ etag: 'W/"1"' });
    expect(server.requests).toHaveLength(2);
  },
);

test.each([
  ["409 衝突", 409],
  ["412 前提条件", 412],
  ["500 内部错误", 500],
  ["999 Request denied", 999],
])("an error is that of its status: %s", async (line, status) => {
  const { client, server } = await openClient((_request, response) =>
    sendLine(response, line, graphBody("Refused")),
  );
  expect(await failure(client.get(appId))).toMatchObject({ name: "GraphError", status, code: "Refused" });
  expect(server.requests).toHaveLength(1);
});

test("a refused change is refused, and not a change whose response was lost", async () => {
  const { client, server } = await openClient((_request, response) =>
    sendLine(response, "409 衝突", graphBody("Conflict")),
  );
  const error = await failure(client.update(appId, { failedDeviceCount: 1 }));
  expect(error).toMatchObject({ name: "GraphError", status: 409, code: "Conflict" });
  expect(server.requests).toHaveLength(1);
});

test("a 401 renews the token, and a 429 is waited for", async () => {
  const { client, server } = await openClient((_request, response, before) => {
    if (before === 0) sendLine(response, "401 未经授权", graphBody("Unauthenticated"));
    else if (before === 1)
      sendLine(response, "429 请求过多", graphBody("TooManyRequests"), "Retry-After: 0\r\n");
    else sendLine(response, "200 成功", sampleSummary());
  });
  expect(await client.get(appId)).toMatchObject({ summary: sampleSummary() });
  expect(server.requests).toHaveLength(3);
});

test("an error tells its status and not its reason, which may have control characters", async () => {
  const { client } = await openClient((_request, response) =>
    sendLine(response, "409 \u001b[31m衝突", undefined),
  );
  expect(String(await failure(client.get(appId)))).toMatch(/ returned 409 without a Graph error body\.$/);
});
