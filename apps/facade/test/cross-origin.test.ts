import { expect, test } from "vitest";
import { createLog } from "../src/log/log.ts";
import { apps, read, shareFacade, summary, useFacade } from "./facades.ts";
import { openConnection, send, splitResponses } from "./sockets.ts";

const origin = "http://localhost:3000";
const facade = shareFacade({ settings: { origins: [origin, "https://dash.contoso.com"] } });

/** Node's fetch would not send some of these headers. */
async function ask(
  path: string,
  headers: Readonly<Record<string, string>>,
  { method = "OPTIONS", url = facade().url } = {},
) {
  const lines = Object.entries({ Host: "localhost", ...headers, Connection: "close" });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const [response] = splitResponses(await send(url, `${method} ${path} HTTP/1.1\r\n${head}\r\n`));
  const of = (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(response?.head ?? "")?.[1]?.trim();
  return { status: response?.status, of, body: response?.body ?? "" };
}

const preflight = {
  Origin: origin,
  "Access-Control-Request-Method": "PATCH",
  "Access-Control-Request-Headers": "authorization,content-type,if-match",
};

test("a preflight of a listed origin is told the methods of the resource and the headers that it asked for", async () => {
  const asked = await ask(summary, preflight);
  expect(asked.status).toBe(204);
  expect(asked.of("Access-Control-Allow-Origin")).toBe(origin);
  expect(asked.of("Access-Control-Allow-Methods")).toBe("GET, HEAD, PATCH, OPTIONS");
  expect(asked.of("Access-Control-Allow-Headers")).toBe("authorization,content-type,if-match");
  expect(asked.of("Access-Control-Max-Age")).toBe("600");
  expect(asked.of("Access-Control-Allow-Credentials")).toBeUndefined();
  expect(asked.of("Vary")).toContain("Origin");
  const list = await ask(apps, { ...preflight, Origin: "https://dash.contoso.com" });
  expect(list.of("Access-Control-Allow-Origin")).toBe("https://dash.contoso.com");
  expect(list.of("Access-Control-Allow-Methods")).toBe("GET, HEAD, OPTIONS");
  const batch = await ask("/beta/$batch", { ...preflight, "Access-Control-Request-Method": "POST" });
  expect(batch.of("Access-Control-Allow-Methods")).toBe("POST, OPTIONS");
  const changes = await ask("/api/changes", { ...preflight, "Access-Control-Request-Method": "GET" });
  expect([changes.status, changes.of("Access-Control-Allow-Methods")]).toEqual([204, "GET, HEAD, OPTIONS"]);
  expect(changes.of("Access-Control-Allow-Headers")).toBe("authorization,content-type,if-match");
});

test("a preflight is allowed whatever comes of its request, so that the page can read what is wrong", async () => {
  const { get, call } = facade();
  for (const [status, path, words] of [
    [404, "/nope", "Invalid version: nope"],
    [400, `${apps}/nope`, "nope"],
    [400, summary.replace("installSummary", "deviceStatuses"), "Graph has removed it"],
    [400, "/v1.0/deviceAppManagement/mobileApps", "served under /beta"],
    [404, "/api/nope", "There are /api/changes and /api/imports."],
    [414, `/${"x".repeat(9000)}`, "longer than 8192 bytes"],
  ] as const) {
    for (const method of ["GET", "PATCH"]) {
      const asked = await ask(path, { ...preflight, "Access-Control-Request-Method": method });
      expect([path, asked.status, asked.of("Access-Control-Allow-Methods")]).toEqual([path, 204, method]);
      expect(asked.of("Access-Control-Allow-Headers")).toBe("authorization,content-type,if-match");
      expect(asked.of("Access-Control-Allow-Origin")).toBe(origin);
    }
    const response = await get(path, { headers: { Origin: origin } });
    expect([path, response.status]).toEqual([path, status]);
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(origin);
    expect((await read(response)).error.message).toContain(words);
  }
  const host = { Host: "elsewhere.example" };
  expect((await ask(summary, { ...preflight, ...host })).status).toBe(204);
  // Of other origins, and where a program asks, the errors stay.
  expect((await ask("/nope", { ...preflight, Origin: "http://localhost:3001" })).status).toBe(404);
  expect((await ask("/nope", { Origin: origin })).status).toBe(404);
  expect((await call("OPTIONS", "/api/nope", { token: null })).status).toBe(404);
});

test("a method in lower case reaches the refusal that names its right form, which the page can read", async () => {
  const asked = await ask(summary, { ...preflight, "Access-Control-Request-Method": "patch" });
  expect(asked.of("Access-Control-Allow-Methods")).toBe("GET, HEAD, PATCH, OPTIONS, patch");
  const refused = await ask(summary, { Origin: origin }, { method: "patch" });
  expect([refused.status, refused.of("Access-Control-Allow-Origin")]).toEqual([400, origin]);
  expect(refused.body).toContain("write PATCH instead of patch");
  const other = await ask(summary, { Origin: "http://localhost:3001" }, { method: "patch" });
  expect([other.status, other.of("Access-Control-Allow-Origin")]).toEqual([400, undefined]);
});

test("what is asked for as a method and is not one is not repeated in the response", async () => {
  const asked = await ask("/nope", { ...preflight, "Access-Control-Request-Method": "<script>" });
  expect([asked.status, asked.of("Access-Control-Allow-Methods")]).toEqual([204, undefined]);
});

test("Chrome's question for a machine in a private network gets a yes", async () => {
  const asked = await ask(summary, { ...preflight, "Access-Control-Request-Private-Network": "true" });
  expect(asked.of("Access-Control-Allow-Private-Network")).toBe("true");
});

test("header names that are none are not repeated", async () => {
  const asked = await ask(summary, { ...preflight, "Access-Control-Request-Headers": "a b, <script>" });
  expect(asked.of("Access-Control-Allow-Headers")).toBeUndefined();
});

test("every response to a listed origin can be read, errors and refusals too", async () => {
  const expose =
    "ETag, request-id, client-request-id, Preference-Applied, Retry-After, install-summary-repeated, install-summary-repeated-id";
  const { get, patch } = facade();
  const headers = { Origin: origin };
  for (const [status, response] of [
    [200, await get(summary, { headers })],
    [200, await get(`${apps}?$top=1`, { headers })],
    [200, await patch({}, { headers })],
    [400, await patch("{", { headers })],
    [412, await patch({ failedDeviceCount: 9 }, { headers: { ...headers, "If-Match": 'W/"99"' } })],
    [401, await get(summary, { headers, token: null })],
    [404, await get(`${apps}/99999999-9999-4999-8999-999999999999/installSummary`, { headers })],
    [413, await patch("x".repeat(70_000), { headers })],
    [414, await get(`/${"x".repeat(9000)}`, { headers })],
    [200, await get("/livez", { headers })],
    [200, await get("/api/changes", { headers })],
    [200, await get("/api/changes?format=csv", { headers })],
  ] as const) {
    expect([response.status, response.headers.get("Access-Control-Allow-Origin")]).toEqual([status, origin]);
    expect(response.headers.get("Access-Control-Expose-Headers")).toBe(expose);
    expect(response.headers.get("Vary")).toBe("Accept, Accept-Encoding, Authorization, Prefer, Origin");
    await response.arrayBuffer();
  }
});

test("an origin that is not listed, or that only looks like one, gets nothing but Vary", async () => {
  for (const other of [
    "http://localhost:3001",
    "https://localhost:3000",
    `${origin}.evil.example`,
    "null",
    "*",
    "__proto__",
  ]) {
    const asked = await ask(summary, { ...preflight, Origin: other });
    expect([other, asked.status, asked.of("Access-Control-Allow-Origin")]).toEqual([other, 204, undefined]);
    expect(asked.of("Access-Control-Allow-Methods")).toBeUndefined();
    expect(asked.of("Vary")).toContain("Origin");
  }
  const two = await ask(summary, { ...preflight, Origin: `${origin}, ${origin}` });
  expect(two.of("Access-Control-Allow-Origin")).toBeUndefined();
});

test("without the setting no response speaks of origins, and the log says what to set", async () => {
  const lines: string[] = [];
  const log = createLog({ log: "text" }, { write: (line) => void lines.push(line) });
  const closed = await useFacade({ log });
  const asked = await ask(summary, preflight, { url: closed.url });
  expect([asked.status, asked.of("Access-Control-Allow-Origin")]).toEqual([204, undefined]);
  expect(asked.of("Vary")).toBe("Accept, Accept-Encoding, Authorization, Prefer");
  expect(lines.join("")).toContain(`origin=${origin}`);
  expect(lines.join("")).toContain("add it to the setting origins");
});

test("hosts are served, others get a 400 that says what to set, and probes take any", async () => {
  const named = await useFacade({
    settings: { hosts: ["host.docker.internal"], publicUrl: "https://summaries.contoso.com" },
  });
  const get = { method: "GET", url: named.url };
  for (const Host of ["host.docker.internal:8420", "Summaries.contoso.com", "localhost"]) {
    expect([Host, (await ask("/", { Host }, get)).status]).toEqual([Host, 200]);
  }
  const refused = await ask("/", { Host: "host.containers.internal" }, get);
  expect([refused.status, JSON.parse(refused.body).error.message]).toEqual([
    400,
    expect.stringContaining("INSTALL_SUMMARY_HOSTS=host.containers.internal"),
  ]);
  expect((await ask("/livez", { Host: "any.example" }, get)).status).toBe(200);
});

test("links are on publicUrl, or where a known proxy says that the caller is", async () => {
  const proxied = await useFacade({
    settings: { hosts: ["summaries.contoso.com"], proxies: ["127.0.0.0/8"] },
  });
  const headers = { "X-Forwarded-Proto": "https", "X-Forwarded-Host": "summaries.contoso.com" };
  const list = await proxied.get(`${apps}?$top=1`, { headers });
  const page = await read(list);
  expect(page["@odata.nextLink"]).toMatch(/^https:\/\/summaries\.contoso\.com\/beta\//);
  expect(page["@odata.context"]).toMatch(/^https:\/\/summaries\.contoso\.com\/beta\/\$metadata/);
  expect(list.headers.get("Strict-Transport-Security")).toBe("max-age=31536000");
  for (const hostile of ["evil.example", "summaries.contoso.com/x", "summaries.contoso.com, evil.example"]) {
    const response = await proxied.get(apps, { headers: { ...headers, "X-Forwarded-Host": hostile } });
    expect([hostile, response.status]).toEqual([hostile, 400]);
  }
  // Nothing counts without the setting.
  const plain = await useFacade();
  const ignored = await read(await plain.get(`${apps}?$top=1`, { headers }));
  expect(ignored["@odata.nextLink"]).toContain(`${plain.url}/beta/`);

  const fixed = await useFacade({ settings: { publicUrl: "https://summaries.contoso.com" } });
  const first = await read(await fixed.get(`${apps}?$top=1`));
  expect(first["@odata.nextLink"]).toMatch(/^https:\/\/summaries\.contoso\.com\/beta\//);
  const { pathname, search } = new URL(first["@odata.nextLink"]);
  expect((await fixed.get(pathname + search)).status).toBe(200);
});

test("Strict-Transport-Security is sent over HTTPS, and not on names of loopback", async () => {
  const { url } = await useFacade({ settings: { https: true, hosts: ["summaries.contoso.com"] } });
  const get = { method: "GET", url };
  for (const Host of ["localhost", "127.0.0.1:8420", "[::1]", "a.localhost"]) {
    expect([Host, (await ask("/", { Host }, get)).of("Strict-Transport-Security")]).toEqual([
      Host,
      undefined,
    ]);
  }
  const named = await ask("/", { Host: "summaries.contoso.com" }, get);
  expect([named.status, named.of("Strict-Transport-Security")]).toEqual([200, "max-age=31536000"]);
  const { socket, received } = await openConnection(url);
  socket.write("GET /nothing HTTP/1.1\r\nHost: summaries.contoso.com\r\n\r\n");
  expect(await received(/"error"/)).toMatch(/^strict-transport-security: /im);
});
