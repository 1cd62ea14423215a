import { context, propagation, trace } from "@opentelemetry/api";
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-node";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { apps, summary, unknownId, useFacade } from "./facades.ts";
import { program, runFacade, startServing } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";
import { startTestAuthority } from "../src/test-authority/start-test-authority.ts";

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

beforeAll(() => provider.register());
beforeEach(() => exporter.reset());
afterAll(async () => {
  await provider.shutdown();
  trace.disable();
  context.disable();
  propagation.disable();
});

const named = (name: string): readonly ReadableSpan[] =>
  exporter.getFinishedSpans().filter((span) => span.name === name);

const route = `${apps}/{id}/installSummary`;

test("a request has a span of its route and status, and a change the span of its commit inside", async () => {
  const facade = await useFacade();
  exporter.reset();
  const response = await facade.patch({ failedDeviceCount: 77 });
  const [patched] = named(`PATCH ${route}`);
  expect(patched?.attributes).toEqual({
    "http.request.method": "PATCH",
    "http.route": route,
    "http.response.status_code": 200,
    "url.scheme": "http",
    "install_summary.request_id": response.headers.get("request-id"),
  });
  const [commit] = named("commit");
  expect(commit?.attributes).toEqual({ "install_summary.commit.writes": 1 });
  expect(commit?.parentSpanContext?.spanId).toBe(patched?.spanContext().spanId);
  expect(commit?.spanContext().traceId).toBe(patched?.spanContext().traceId);
});

test("the writes that share a commit have its number of writes", async () => {
  const facade = await useFacade();
  // None of these numbers is there already: a change to what is there shares a commit, and writes nothing.
  const changes = Array.from({ length: 40 }, (_, at) => facade.patch({ failedDeviceCount: 1000 + at }));
  await Promise.all(changes);
  const sizes = named("commit").map(({ attributes }) => Number(attributes["install_summary.commit.writes"]));
  // The import is one more.
  expect(sizes).toHaveLength(41);
  // Each commit of n writes is counted n times, so that the parts of all commits come to whole ones.
  const commits = sizes.reduce((sum, size) => sum + 1 / size, 0);
  expect(commits).toBeCloseTo(Math.round(commits), 6);
  expect(Math.max(...sizes)).toBeGreaterThan(1);
});

test("the parent is the caller's span, and nobody's where the header is malformed", async () => {
  const facade = await useFacade();
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  await facade.get(summary, { headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } });
  await facade.get(summary, { headers: { traceparent: "00-nonsense" } });
  const [child, root] = named(`GET ${route}`);
  expect(child?.spanContext().traceId).toBe(traceId);
  expect(child?.parentSpanContext?.spanId).toBe("00f067aa0ba902b7");
  expect(root?.parentSpanContext).toBeUndefined();
});

test("errors have their status, and no span has a token, a name or an id", async () => {
  const facade = await useFacade();
  const token = await facade.issueToken({ user: "ada.lovelace" });
  await facade.get(`${apps}/${unknownId}/installSummary`, { token });
  await facade.get(`${apps}/nope`, { token: null });
  await facade.get("/api/changes?x=secret", { token });
  await facade.patch({ failedDeviceCount: 12_345 }, { token });
  await facade.get("/livez");
  const spans = exporter.getFinishedSpans();
  expect(
    spans.map(({ name, attributes }) => `${name} ${String(attributes["http.response.status_code"])}`),
  ).toEqual([
    expect.stringMatching(/^commit /),
    `GET ${route} 404`,
    "GET 401",
    "GET /api/changes 400",
    expect.stringMatching(/^commit /),
    `PATCH ${route} 200`,
    "GET /livez 200",
  ]);
  // The id that the facade gives to a request is random, so it may spell anything.
  const written = JSON.stringify(
    spans.map(({ name, attributes, events, status }) => ({
      name,
      attributes: { ...attributes, "install_summary.request_id": undefined },
      events,
      status,
    })),
  );
  expect(written).not.toMatch(/eyJ|ada|lovelace|secret|12345|06a792e9|99999999/);
});

test("fetching the keys of Entra ID is a span inside the request that needs them", async () => {
  const testAuthority = await startTestAuthority();
  const facade = await useFacade({ testAuthority });
  const token = await testAuthority.issueToken({ version: "1.0" });
  expect((await facade.get(summary, { token })).status).toBe(200);
  // The keys for tokens of version 2.0 are fetched at the start, outside any request.
  const inside = () => named("fetch keys").filter(({ parentSpanContext }) => parentSpanContext !== undefined);
  const [fetched] = inside();
  expect(fetched?.attributes).toEqual({
    "server.address": new URL(testAuthority.settings.authority ?? "").host,
  });
  expect(fetched?.parentSpanContext?.spanId).toBe(named(`GET ${route}`)[0]?.spanContext().spanId);
  expect((await facade.get(summary, { token })).status).toBe(200);
  expect(inside()).toHaveLength(1);
});

test("the built program makes spans for an SDK that Node loads before it, with the API that the SDK has", async () => {
  expect(existsSync(program), "build the facade first, with pnpm build").toBe(true);
  const folder = temporaryFolder();
  const spans = join(folder, "spans.txt");
  const preload = join(folder, "tracing.mjs");
  const sdk = createRequire(import.meta.url).resolve("@opentelemetry/sdk-trace-node");
  writeFileSync(
    preload,
    `import { appendFileSync } from "node:fs";
    import sdk from ${JSON.stringify(pathToFileURL(sdk).href)};
    const exporter = {
      export(spans, done) {
        for (const { name, attributes } of spans) appendFileSync(${JSON.stringify(spans)}, JSON.stringify({ name, attributes }) + "\\n");
        done({ code: 0 });
      },
      shutdown: async () => {},
    };
    new sdk.NodeTracerProvider({ spanProcessors: [new sdk.SimpleSpanProcessor(exporter)] }).register();`,
  );
  const place = { folder };
  const { stdout: token } = await runFacade(place, "token");
  const serving = await startServing({ ...place, env: { NODE_OPTIONS: `--import ${preload}` } });
  const response = await fetch(`${serving.url}/deviceAppManagement/mobileApps`, {
    headers: { authorization: `Bearer ${token.trim()}` },
  });
  expect(response.status).toBe(200);
  expect(await serving.stop("SIGTERM")).toBe(0);
  expect(JSON.parse(readFileSync(spans, "utf8"))).toMatchObject({
    name: `GET ${apps}`,
    attributes: { "http.response.status_code": 200 },
  });
});
