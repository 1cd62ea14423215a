import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import type { FacadeSettings } from "../src/settings/given-settings.ts";
import { authorityFile, openLocalCertificate } from "../src/tls/local-certificate.ts";
import { apps, openFacade, read, summary, trustAuthority, unknownId, type TestFacade } from "./facades.ts";
import { temporaryFolder } from "./stores.ts";

// The proxies of docs/proxies.md, with its settings: addresses and files are other ones.
const name = "localhost";

/** What a proxy's configuration is made of. */
interface Site {
  readonly folder: string;
  readonly port: number;
  /** Certificate and key of the proxy in one file. */
  readonly certificate: string;
  readonly facade: TestFacade;
}

interface Proxy {
  readonly program: string;
  readonly arguments: (folder: string) => readonly string[];
  readonly files: (site: Site) => Readonly<Record<string, string>>;
}

const nginx: Proxy = {
  program: "/usr/sbin/nginx",
  arguments: (folder) => [
    "-p",
    folder,
    "-c",
    join(folder, "nginx.conf"),
    "-e",
    "stderr",
    "-g",
    "daemon off;",
  ],
  files: ({ folder, port, certificate, facade }) => ({
    "nginx.conf": `
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  upstream install_summary { server ${new URL(facade.url).host}; keepalive 32; keepalive_timeout 60s; }
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${certificate};
    ssl_certificate_key ${certificate};
    client_max_body_size 1m; client_body_buffer_size 1m;
    gzip on; gzip_proxied any; gzip_types *;
    ${facade.authorityFile === undefined ? "" : `proxy_ssl_trusted_certificate ${facade.authorityFile}; proxy_ssl_verify on; proxy_ssl_name localhost;`}
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header Forwarded "";
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_buffering off;
    location / { proxy_pass ${new URL(facade.url).protocol}//install_summary; }
    location = /api/imports {
      client_max_body_size 1g; proxy_request_buffering off; proxy_read_timeout 600s;
      proxy_pass ${new URL(facade.url).protocol}//install_summary;
    }
  }
}`,
  }),
};

const caddy: Proxy = {
  program: "/usr/bin/caddy",
  arguments: (folder) => ["run", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"],
  files: ({ port, certificate, facade }) => ({
    Caddyfile: `
{
  admin off
  auto_https disable_redirects
  default_bind 127.0.0.1
}
https://localhost:${port} {
  tls ${certificate} ${certificate}
  encode gzip
  reverse_proxy ${facade.url} {
    header_up -Forwarded
    transport http {
      keepalive 60s
      ${facade.authorityFile === undefined ? "" : `tls_trusted_ca_certs ${facade.authorityFile}`}
    }
  }
}`,
  }),
};

/** What a request has beside its URL and token. */
interface Sent {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Starts a facade and a proxy in front of it, and resolves to the facade and the proxy's origin. */
async function start(proxy: Proxy, settings: FacadeSettings) {
  const facade = await openFacade({ settings });
  onTestFinished(() => facade.close());
  const folder = temporaryFolder();
  const port = await freePort();
  const { certificate } = await openLocalCertificate({ folder, names: [] });
  trustAuthority({ authorityFile: authorityFile(folder) });
  for (const [file, text] of Object.entries(proxy.files({ folder, port, certificate, facade }))) {
    writeFileSync(join(folder, file), text);
  }
  mkdirSync(join(folder, "home"));
  const child = spawn(proxy.program, proxy.arguments(folder), {
    env: { PATH: process.env["PATH"], HOME: join(folder, "home") },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  });
  const origin = `https://${name}:${port}`;
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${proxy.program} ended: ${said}`);
    const response = await fetch(`${origin}/livez`).catch(() => undefined);
    if (response?.status === 200) return { facade, origin };
    await wait(100);
  }
  throw new Error(`${proxy.program} does not respond: ${said}`);
}

const known: FacadeSettings = { proxies: ["127.0.0.1"] };

describe.each([
  ["nginx", nginx],
  ["Caddy", caddy],
])("behind %s", (_, proxy) => {
  test.for([
    ["over plain HTTP", known],
    ["over HTTPS", { ...known, https: true }],
  ] as const)(
    "%s a change goes through, links are on the public origin, and ETags survive gzip",
    async ([, settings], { skip }) => {
      skip(!existsSync(proxy.program), missing(proxy));
      const { facade, origin } = await start(proxy, settings);
      const token = await facade.issueToken();
      const headers = { Authorization: `Bearer ${token}` };
      const call = (path: string, init: Sent = {}) =>
        fetch(origin + path, { ...init, headers: { ...headers, ...init.headers } });

      // The list and its next page.
      const first = await read(await call(`${apps}?$top=1&$expand=installSummary`));
      expect(first["@odata.nextLink"]).toContain(`${origin}/beta/`);
      expect(first["@odata.context"]).toContain(`${origin}/beta/$metadata`);
      const next = await fetch(first["@odata.nextLink"], { headers });
      expect((await read(next)).value).toHaveLength(1);

      // A read that the proxy compresses, and a change with the ETag that it sends.
      const got = await call(summary, { headers: { "Accept-Encoding": "gzip" } });
      const etag = got.headers.get("etag") ?? "";
      expect([got.headers.get("content-encoding"), etag]).toEqual([
        "gzip",
        expect.stringMatching(/^W\/"\d+/),
      ]);
      expect(await read(got)).toMatchObject({ failedDeviceCount: 1 });
      const change = { method: "PATCH", body: '{"failedDeviceCount":2}' };
      const json = { "Content-Type": "application/json" };
      let tag = etag;
      for (const suffixed of [
        (now: string) => now,
        (now: string) => now.replace(/"$/, '-gzip"'),
        (now: string) => `${now};gzip`,
      ]) {
        const patched = await call(summary, { ...change, headers: { ...json, "If-Match": suffixed(tag) } });
        expect([suffixed(tag), patched.status]).toEqual([suffixed(tag), 200]);
        tag = patched.headers.get("etag") ?? "";
        const unchanged = await call(summary, { headers: { "If-None-Match": suffixed(tag) } });
        expect([suffixed(tag), unchanged.status]).toEqual([suffixed(tag), 304]);
      }
      const stale = await call(summary, {
        ...change,
        body: '{"failedDeviceCount":3}',
        headers: { ...json, "If-Match": 'W/"99"' },
      });
      expect([stale.status, (await read(stale)).error.code]).toEqual([412, "PreconditionFailed"]);

      // Refusals come through in Graph's form.
      const large = await call(summary, { ...change, body: "x".repeat(70_000), headers: json });
      expect([large.status, (await read(large)).error.code]).toEqual([413, "RequestEntityTooLarge"]);
      // A report may be far larger than any other body.
      const report = `ApplicationId,FailedDeviceCount\n${`${unknownId},1\n`.repeat(50_000)}`;
      const csv = { "Content-Type": "text/csv" };
      const imported = await call("/api/imports", { method: "POST", body: report, headers: csv });
      expect([imported.status, (await read(imported)).rejected]).toEqual([200, 50_000]);
      const unknown = await fetch(origin + summary);
      expect([unknown.status, unknown.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm=""']);
      expect((await call(summary, { method: "OPTIONS" })).headers.get("allow")).toContain("PATCH");
      // A caller's own headers do not count.
      for (const forged of [
        { Forwarded: "proto=http;host=evil.example" },
        { "X-Forwarded-Host": "evil.example" },
        { "X-Forwarded-Proto": "http" },
      ]) {
        const page = await read(await call(`${apps}?$top=1`, { headers: forged }));
        expect(page["@odata.nextLink"]).toContain(`${origin}/beta/`);
      }
    },
  );

  test("many changes at once, on connections that are kept alive, are each made once", async ({ skip }) => {
    skip(!existsSync(proxy.program), missing(proxy));
    const { facade, origin } = await start(proxy, known);
    const token = await facade.issueToken();
    const write = async (value: number): Promise<number> => {
      const response = await fetch(origin + summary, {
        method: "PATCH",
        body: JSON.stringify({ failedDeviceCount: value }),
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      });
      await response.arrayBuffer();
      return response.status;
    };
    const before = await read(await facade.get(summary));
    const etag = async (): Promise<number> =>
      Number(/\d+/.exec((await facade.get(summary)).headers.get("etag") ?? "")?.[0]);
    const version = await etag();
    const statuses = await Promise.all(Array.from({ length: 200 }, (__, count) => write(1000 + count)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await etag()).toBe(version + 200);
    expect(before["failedDeviceCount"]).toBeLessThan(1000);
  });
});

function missing({ program }: Proxy): string {
  return `${program} is not installed (apt-get install nginx-light caddy)`;
}
