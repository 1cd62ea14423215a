import { expect, test } from "vitest";
import { clientOf, graphBody } from "./open-client.ts";
import { rewriteResponse } from "./rewrite-response.ts";
import { appId, sampleSummary } from "./samples.ts";
import { serveSummary } from "./serve-summary.ts";
import { sendJson } from "./serve.ts";

// What gateways between a client and its server change.

const add = { failedDeviceCount: { add: 3 } };

test.each(["passes", "hides"])(
  "an edit counts once behind a gateway that gives requests ids of its own, and %s them in responses",
  async (what) => {
    const server = await serveSummary((exchange) => {
      const { request, before } = exchange;
      if (request.method !== "PATCH") return exchange.proceed();
      const sent = request.headers["client-request-id"];
      request.headers["client-request-id"] = `gateway-${before}`;
      if (what === "hides") rewriteResponse(exchange, (headers) => (headers["client-request-id"] = sent));
      if (before > 0) return exchange.proceed();
      exchange.commit();
      sendJson(exchange.response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" });
    });
    expect(await clientOf(server).edit(appId, () => add)).toMatchObject({
      summary: { failedDeviceCount: 4 },
      foundAfter: [{ status: 503 }, { status: 412 }],
      foundBy: "values",
    });
    expect(server.current()).toMatchObject({ version: 2, summary: { failedDeviceCount: 4 } });
  },
);

test.each(["-gzip", "--gzip", ";br"])(
  "a change that got lost is sent again behind a proxy that marks ETags with %s",
  async (mark) => {
    const server = await serveSummary((exchange) => {
      rewriteResponse(exchange, (headers) => {
        const { etag } = headers;
        if (typeof etag === "string") headers.etag = etag.replace(/"$/, `${mark}"`);
      });
      if (exchange.request.method === "PATCH" && exchange.before === 0) exchange.drop();
      else exchange.proceed();
    });
    const client = clientOf(server);
    const change = { failedDeviceCount: 8 };
    for await (const app of client.list()) {
      expect(await client.update(appId, change, { ifMatch: app.etag ?? "" })).toMatchObject({
        summary: sampleSummary(change),
        etag: 'W/"2"',
      });
    }
    expect(await client.get(appId)).toMatchObject({ etag: 'W/"2"' });
    expect(server.count("PATCH")).toBe(2);
  },
);
