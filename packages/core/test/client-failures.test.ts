import { describe, expect, test } from "vitest";
import { createInstallSummaryClient } from "../src/client/index.ts";
import { GraphError } from "../src/http/graph-error.ts";
import { failure, graphBody, openClient } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import { sendJson, deadOrigin, serve } from "./serve.ts";

describe("an error response is a GraphError", () => {
  test("with all that Graph says", async () => {
    const { client } = await openClient((_request, response) => {
      sendJson(
        response,
        400,
        {
          error: {
            code: "ModelValidationFailure",
            message: "Two faults.",
            target: "failedDeviceCount",
            details: [
              { code: "ModelValidationFailure", message: "One.", target: "failedDeviceCount" },
              { code: "ModelValidationFailure", message: "Two." },
            ],
            innerError: { code: "propertyNotUpdateable", date: "2023-06-23T12:19:44", "request-id": "r1" },
          },
        },
        { "request-id": "r2" },
      );
    });
    const error = await failure(client.update(appId, { failedDeviceCount: 1 }));
    expect(error).toBeInstanceOf(GraphError);
    expect(error).toMatchObject({
      status: 400,
      code: "ModelValidationFailure",
      message: "Two faults.",
      target: "failedDeviceCount",
      details: [
        { code: "ModelValidationFailure", message: "One.", target: "failedDeviceCount" },
        { code: "ModelValidationFailure", message: "Two." },
      ],
      innerCode: "propertyNotUpdateable",
      requestId: "r1",
    });
  });

  test("with the request's id from the header, or from where older services write it", async () => {
    const { client } = await openClient((_request, response, before) => {
      const body = graphBody("ResourceNotFound");
      if (before === 0) sendJson(response, 404, body, { "request-id": "r2" });
      else sendJson(response, 404, { error: { ...body.error, innererror: { "request-id": "r3" } } });
    });
    expect(await failure(client.get(appId))).toMatchObject({ code: "ResourceNotFound", requestId: "r2" });
    expect(await failure(client.get(appId))).toMatchObject({ code: "ResourceNotFound", requestId: "r3" });
  });

  test("with the parts that cannot be read left out", async () => {
    const { client } = await openClient((_request, response) => {
      sendJson(response, 400, {
        error: { code: "BadRequest", message: "No.", target: 7, details: "x", innerError: [] },
      });
    });
    const error = await failure(client.get(appId));
    expect(error).toMatchObject({ code: "BadRequest", message: "No.", details: [] });
    expect(error).not.toHaveProperty("target");
  });

  test.each([
    [412, "PreconditionFailed"],
    [500, "InternalServerError"],
    [502, "UnknownError"],
  ])("also where a proxy responds %i in its own words", async (status, code) => {
    const { client } = await openClient((_request, response) => {
      response.writeHead(status, { "content-type": "text/html" });
      response.end("<h1>\u001b[31mBad luck</h1>");
    });
    const error = await failure(client.get(appId));
    expect(error).toMatchObject({ status, code });
    expect(String(error)).toMatch(/ without a Graph error body: ␛\[31mBad luck$/);
  });

  test("for a redirect, which is not followed", async () => {
    const other = await serve((_request, response) => sendJson(response, 200, sampleSummary()));
    const { client } = await openClient((_request, response) => {
      response.writeHead(308, { location: `${other.origin}/` }).end();
    });
    const error = await failure(client.get(appId));
    expect(error).toMatchObject({ status: 308 });
    expect(String(error)).toContain(`${other.origin}/`);
    expect(other.requests).toEqual([]);
  });
});

describe("a read", () => {
  test.each([401, 403, 404, 412, 500])(
    "that is refused after a 503 is reported as refused: %i",
    async (status) => {
      const { client } = await openClient((_request, response, before) => {
        if (before === 0) sendJson(response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" });
        else sendJson(response, status, graphBody("Refused"));
      });
      expect(await failure(client.get(appId))).toMatchObject({ status, code: "Refused" });
    },
  );

  test.each([429, 503, 504])("is repeated after %i, when the server said so", async (status) => {
    const { client, server } = await openClient((_request, response, before) => {
      if (before === 0) sendJson(response, status, graphBody("TooManyRequests"), { "retry-after": "0" });
      else sendJson(response, 200, sampleSummary());
    });
    await client.get(appId);
    expect(server.requests).toHaveLength(2);
  });

  test("is repeated after a lost connection and a response that breaks off", async () => {
    const { client, server } = await openClient((_request, response, before) => {
      if (before === 0) response.destroy();
      else if (before === 1) {
        response.writeHead(200, { "content-length": "1000" });
        response.write("{", () => response.destroy());
      } else sendJson(response, 200, sampleSummary());
    });
    await client.get(appId);
    expect(server.requests).toHaveLength(3);
  });

  test("waits as long as the server said", async () => {
    const { client } = await openClient((_request, response, before) => {
      if (before === 0) sendJson(response, 429, graphBody("TooManyRequests"), { "retry-after": "1" });
      else sendJson(response, 200, sampleSummary());
    });
    const start = performance.now();
    await client.get(appId);
    expect(performance.now() - start).toBeGreaterThanOrEqual(990);
  });

  test.each([
    ["ahead", 86_400_000],
    ["behind", -86_400_000],
  ])("waits until a time of the server, whose clock is a day %s", async (_what, offset) => {
    const started = Date.now();
    const { client } = await openClient((_request, response, before) => {
      const now = Math.floor((Date.now() + offset) / 1000) * 1000;
      const until = new Date(now + 1000).toUTCString();
      const headers = { date: new Date(now).toUTCString(), "retry-after": until };
      if (before === 0) sendJson(response, 429, graphBody("TooManyRequests"), headers);
      else sendJson(response, 200, sampleSummary());
    });
    await client.get(appId);
    const waited = Date.now() - started;
    expect(waited).toBeGreaterThanOrEqual(990);
    expect(waited).toBeLessThan(20_000);
  });

  test("tells how long a server asks to wait by the server's own clock", async () => {
    const { client } = await openClient(
      (_request, response) => {
        const headers = {
          date: "Tue, 24 Nov 2020 12:00:00 GMT",
          "retry-after": "Tue, 24 Nov 2020 12:00:07 GMT",
        };
        sendJson(response, 429, graphBody("TooManyRequests"), headers);
      },
      { retry: 0 },
    );
    expect(await failure(client.get(appId))).toMatchObject({ status: 429, retryAfter: 7 });
  });

  test.each([
    ["retry-after", "120"],
    ["retry-after", new Date(Date.now() + 120_000).toUTCString()],
    ["ratelimit-reset", "120"],
    ["x-ratelimit-retry-after", "120"],
    ["x-ratelimit-reset", String(Math.floor(Date.now() / 1000) + 120)],
    ["x-rate-limit-reset", "120"],
  ])("is not repeated if the wait is long (%s: %s): the error says how long", async (name, after) => {
    const { client, server } = await openClient((_request, response) => {
      sendJson(response, 429, graphBody("TooManyRequests"), { [name]: after });
    });
    const error = await failure(client.get(appId));
    expect(error).toMatchObject({ status: 429, code: "TooManyRequests" });
    expect(error instanceof GraphError ? error.retryAfter : undefined).toBeGreaterThan(110);
    expect(server.requests).toHaveLength(1);
  });

  test("is repeated after a 503 from a gateway that tells of a limit which was not reached", async () => {
    const { client, server } = await openClient((_request, response, before) => {
      const headers = { "ratelimit-remaining": "99", "ratelimit-reset": "3600" };
      if (before === 0) sendJson(response, 503, graphBody("ServiceUnavailable"), headers);
      else sendJson(response, 200, sampleSummary());
    });
    await client.get(appId);
    expect(server.requests).toHaveLength(2);
  });

  test("is repeated if the wait that it was told cannot be read", async () => {
    const { client, server } = await openClient((_request, response, before) => {
      if (before === 0) sendJson(response, 429, graphBody("TooManyRequests"), { "retry-after": "soon" });
      else sendJson(response, 200, sampleSummary());
    });
    await client.get(appId);
    expect(server.requests).toHaveLength(2);
  });

  test("is repeated as often as the option says", async () => {
    const { client, server } = await openClient(
      (_request, response) =>
        sendJson(response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" }),
      { retry: 2 },
    );
    expect(await failure(client.get(appId))).toMatchObject({ status: 503, retryAfter: 0 });
    expect(server.requests).toHaveLength(3);
  });

  test.each([400, 404, 412, 500])("is not repeated after %i", async (status) => {
    const { client, server } = await openClient((_request, response) =>
      sendJson(response, status, graphBody("BadRequest")),
    );
    expect(await failure(client.get(appId))).toMatchObject({ status });
    expect(server.requests).toHaveLength(1);
  });

  test("times out where no response comes, and where a response does not end", async () => {
    const { client } = await openClient(
      (_request, response, before) => {
        if (before === 1) response.write("{");
      },
      { timeout: 50 },
    );
    expect(await failure(client.get(appId))).toMatchObject({ name: "TimeoutError" });
    expect(await failure(client.get(appId))).toMatchObject({ name: "TimeoutError" });
  });

  test("reports a closed port as ky's NetworkError", async () => {
    const client = createInstallSummaryClient({
      baseUrl: `${await deadOrigin()}/beta`,
      token: () => "secret",
      retry: 0,
    });
    expect(await failure(client.get(appId))).toMatchObject({ name: "NetworkError" });
  });
});

describe("a signal", () => {
  test("ends a request that runs", async () => {
    const stop = new AbortController();
    const { client } = await openClient(() => stop.abort(new Error("enough")));
    for (const running of [
      client.get(appId, { signal: stop.signal }),
      client.getApp(appId, { signal: stop.signal }),
      client.update(appId, { failedDeviceCount: 1 }, { signal: stop.signal }),
      drain(client.list({ signal: stop.signal })),
    ]) {
      expect(String(await failure(running))).toContain("enough");
    }
  });

  test("ends the wait for a token, and so does the timeout", async () => {
    const stop = new AbortController();
    const token = (): Promise<string> => {
      stop.abort(new Error("enough"));
      return new Promise(() => undefined);
    };
    const { client, server } = await openClient(() => undefined, { token, tokenTimeout: 50 });
    expect(String(await failure(client.get(appId, { signal: stop.signal })))).toContain("enough");
    expect(String(await failure(client.get(appId)))).toContain("gave no token within 50 ms");
    expect(server.requests).toEqual([]);
  });

  test("ends a wait for the next try", async () => {
    const stop = new AbortController();
    const { client, server } = await openClient((_request, response) => {
      sendJson(response, 503, graphBody("ServiceUnavailable"), { "retry-after": "20" });
      response.on("finish", () => stop.abort(new Error("enough")));
    });
    expect(String(await failure(client.get(appId, { signal: stop.signal })))).toContain("enough");
    expect(server.requests).toHaveLength(1);
  });
});

async function drain(iterable: AsyncIterable<unknown>): Promise<void> {
  for await (const one of iterable) void one;
}
