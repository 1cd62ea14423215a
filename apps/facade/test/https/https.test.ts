import { createPrivateKey } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { connect as connectTcp } from "node:net";
import { join } from "node:path";
import { connect } from "node:tls";
import { expect, onTestFinished, test, vi } from "vitest";
import { createFacade } from "../../src/facade.ts";
import type { Facade } from "../../src/facade-options.ts";
import { createLog } from "../../src/log/log.ts";
import { issueAuthority, issueCertificate } from "../../src/tls/issue-certificate.ts";
import { openLocalCertificate } from "../../src/tls/local-certificate.ts";
import { readCertificate } from "../../src/tls/read-certificate.ts";
import { read, serveOverHttps, summary, trustAuthority, useFacade } from "../facades.ts";
import { runFacade, startServing } from "../programs.ts";
import { connectTo, openConnection, send } from "../sockets.ts";
import { temporaryFolder } from "../stores.ts";

serveOverHttps();

const day = 86_400_000;

function days(count: number): Date {
  return new Date(Date.now() + count * day);
}

/** Writes a certificate, its key and its authority, and returns the paths. */
async function writeCertificate(folder: string, from = days(-1), to = days(90)) {
  const authority = await issueAuthority({ from: days(-2), to: days(100) });
  const { cert, key } = await issueCertificate(authority, ["localhost", "127.0.0.1"], { from, to });
  const files = {
    certificate: join(folder, "server.crt"),
    privateKey: join(folder, "server.key"),
    authorityFile: join(folder, "authority.crt"),
  };
  writeFileSync(files.certificate, cert);
  writeFileSync(files.privateKey, key);
  writeFileSync(files.authorityFile, authority.cert);
  return files;
}

/** The serial number of the certificate that a server shows. */
async function serialOf({ url }: Pick<Facade, "url">): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port: Number(new URL(url).port), rejectUnauthorized: false });
  onTestFinished(() => void socket.destroy());
  await once(socket, "secureConnect");
  return socket.getPeerCertificate().serialNumber;
}

test("a chain that is too long for clients is refused", async () => {
  const files = await openLocalCertificate({ folder: temporaryFolder(), names: [] });
  const whole = readFileSync(files.certificate, "utf8");
  const chain = { ...files, certificate: join(temporaryFolder(), "chain.pem") };
  writeFileSync(chain.certificate, whole.repeat(20));
  expect(problemOf(chain)).toBe("none");
  writeFileSync(chain.certificate, whole.repeat(400));
  expect(problemOf(chain)).toMatch(/ are larger than 102400 bytes together, which clients refuse\. /);
});

function problemOf(files: { readonly certificate: string; readonly privateKey: string }): string {
  try {
    readCertificate(files);
    return "none";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test("the local certificate is good for localhost, 127.0.0.1 and ::1, and a client that knows ca.pem trusts it", async () => {
  const facade = await useFacade();
  expect(facade.url).toMatch(/^https:\/\/127\.0\.0\.1:/);
  expect((await facade.get(summary)).status).toBe(200);
  const { port } = new URL(facade.url);
  expect((await fetch(`https://localhost:${port}/livez`)).status).toBe(200);
  const body = await read(await facade.get(summary));
  expect(body["@odata.context"]).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/beta\/\$metadata#/);
});

test("TLS 1.2 and 1.3 are spoken, TLS 1.1 is not, and HTTP/1.1 is chosen", async () => {
  const facade = await useFacade();
  const port = Number(new URL(facade.url).port);
  for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
    const socket = connect({
      host: "127.0.0.1",
      port,
      minVersion: version,
      maxVersion: version,
      ALPNProtocols: ["h2", "http/1.1"],
    });
    await once(socket, "secureConnect");
    expect([socket.getProtocol(), socket.alpnProtocol]).toEqual([version, "http/1.1"]);
    socket.destroy();
  }
  const old = connect({
    host: "127.0.0.1",
    port,
    minVersion: "TLSv1",
    maxVersion: "TLSv1.1",
    ciphers: "DEFAULT@SECLEVEL=0",
  });
  await expect(once(old, "secureConnect")).rejects.toThrow(/protocol version|unsupported protocol/i);
});

test("plain HTTP on the port of HTTPS gets a 400 that says so, and other bytes are cut", async () => {
  const facade = await useFacade();
  const plain = facade.url.replace("https:", "http:");
  const response = await fetch(`${plain}/livez`);
  expect(response.status).toBe(400);
  expect((await read(response)).error.message).toContain("Write https:// instead of http://");
  expect(await send(plain, "get / HTTP/1.1\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
  expect(await send(plain, "\x00\x01\x02")).toBe("");
  // A handshake that is cut in pieces, or that is none.
  expect(await send(plain, "\x16\x03\x01\x00\x05hello")).not.toContain("HTTP");
  expect((await facade.get(summary)).status).toBe(200);
});

test("a handshake in pieces of one byte succeeds", async () => {
  const facade = await useFacade();
  const { port } = new URL(facade.url);
  const raw = connectTcp(Number(port), "127.0.0.1").setNoDelay(true);
  onTestFinished(() => void raw.destroy());
  await once(raw, "connect");
  const write = raw.write.bind(raw);
  const { Duplex } = await import("node:stream");
  const slow = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      for (const byte of chunk) write(Buffer.of(byte));
      done();
    },
  });
  raw.on("data", (chunk) => slow.push(chunk)).on("end", () => slow.push(null));
  const socket = connect({ socket: slow, servername: "localhost" });
  await once(socket, "secureConnect");
  socket.write("GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
});

test("a connection without a handshake is cut after headerSeconds", async () => {
  const facade = await useFacade({ settings: { limits: { headerSeconds: 1 } } });
  const { silent, begun } = await connectWithoutHandshake(facade);
  expect([await silent.ended, await begun.ended]).toEqual(["", ""]);
});

test("a connection without a handshake does not delay the end", async () => {
  const facade = await useFacade({ settings: { limits: { headerSeconds: 60 } } });
  const { silent, begun } = await connectWithoutHandshake(facade);
  await connectTo(facade.url);
  const start = performance.now();
  await facade.close();
  // What is still under way would be cut after eight seconds.
  expect(performance.now() - start).toBeLessThan(6000);
  await Promise.all([silent.ended, begun.ended]);
});

/** Opens a connection that sends nothing, and one that sends the beginning of a handshake. */
async function connectWithoutHandshake({ url }: Pick<Facade, "url">) {
  const plain = url.replace("https:", "http:");
  const [silent, begun] = [await openConnection(plain), await openConnection(plain)];
  begun.socket.write("\x16\x03\x01");
  return { silent, begun };
}

test("given files are served, and read again when they change; open connections go on", async () => {
  const folder = temporaryFolder();
  const { authorityFile, ...files } = await writeCertificate(folder);
  const lines: string[] = [];
  const log = createLog({ log: "text" }, { write: (line) => void lines.push(line) });
  const facade = await useFacade({ settings: { https: true, ...files }, log });
  trustAuthority({ authorityFile });
  const first = await serialOf(facade);
  const open = await openConnection(facade.url);
  open.socket.write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await open.received(/ok\n$/);

  // The new certificate comes before its key: the old one stays in use.
  copyFileSync(files.privateKey, join(folder, "old.key"));
  await writeCertificate(folder);
  copyFileSync(files.privateKey, join(folder, "new.key"));
  copyFileSync(join(folder, "old.key"), files.privateKey);
  await vi.waitFor(() => expect(lines.join("")).toContain("stays in use"), 30_000);
  expect(lines.join("")).toContain(
    `The private key ${files.privateKey} does not belong to the first certificate in ${files.certificate}. The certificate that was read before stays in use, and the new one is tried again.`,
  );
  expect(await serialOf(facade)).toBe(first);

  copyFileSync(join(folder, "new.key"), files.privateKey);
  await vi.waitFor(async () => expect(await serialOf(facade)).not.toBe(first), 30_000);
  open.socket.write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await open.received(/ok\n[^]*ok\n$/);

  // Files that go away change nothing either.
  const second = await serialOf(facade);
  rmSync(files.certificate);
  await vi.waitFor(() => expect(lines.join("")).toContain("no such file or directory"), 30_000);
  expect(await serialOf(facade)).toBe(second);
  expect(lines.join("")).not.toContain("PRIVATE KEY");
});

test("B141 a certificate or key that cannot be used is told in one sentence", async () => {
  const folder = temporaryFolder();
  const good = await writeCertificate(folder);
  const other = temporaryFolder();
  const { privateKey: otherKey } = await writeCertificate(other);
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const locked = createPrivateKey(readFileSync(good.privateKey))
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "secret" })
    .toString();
  const cases: readonly (readonly [{ certificate?: string; privateKey?: string }, string])[] = [
    [{ privateKey: otherKey }, `The private key ${otherKey} does not belong to the first certificate in`],
    [{ certificate: join(folder, "none") }, "cannot be used: no such file or directory."],
    [{ certificate: folder }, "is a folder, a pipe or a device, and not a file."],
    [{ certificate: "/dev/null" }, "is a folder, a pipe or a device, and not a file."],
    [{ certificate: write("text", "hello") }, "is not PEM. It must have a line -----BEGIN CERTIFICATE-----."],
    [{ privateKey: write("no.key", "hello") }, "is not a private key as PEM."],
    [{ privateKey: write("locked.key", locked) }, "is protected by a passphrase."],
  ];
  for (const [files, message] of cases) expect(problemOf({ ...good, ...files })).toContain(message);
  const expired = temporaryFolder();
  expect(problemOf(await writeCertificate(expired, days(-3), days(-1)))).toMatch(
    / expired on \d{4}-\d\d-\d\d\. Renew it first\.$/,
  );
  expect(problemOf(await writeCertificate(expired, days(1), days(3)))).toMatch(
    / is valid only from .*Check the clock of this machine\.$/,
  );
  expect(problemOf(good)).toBe("none");
});

test("B141 serve ends with 2 and one sentence for an expired certificate and for one without its key", async () => {
  const folder = temporaryFolder();
  const { certificate, privateKey } = await writeCertificate(folder, days(-3), days(-1));
  const words = ["serve", "--port", "0", "--https", "--certificate", certificate];
  const expired = await runFacade({ folder }, ...words, "--private-key", privateKey);
  expect([expired.exit, expired.stderr]).toEqual([2, expect.stringContaining("expired on")]);
  const single = await runFacade({ folder }, ...words);
  expect([single.exit, single.stderr]).toEqual([
    2,
    expect.stringContaining("certificate (from --certificate) needs privateKey too"),
  ]);
  const plain = await runFacade(
    { folder },
    "serve",
    "--certificate",
    certificate,
    "--private-key",
    privateKey,
  );
  expect([plain.exit, plain.stderr]).toEqual([2, expect.stringContaining("needs https too")]);
});

test("serve --https says its URL and where ca.pem is", async () => {
  const folder = temporaryFolder();
  const serving = await startServing({ folder }, "--https");
  const authorityFile = join(folder, ".data", "ca.pem");
  expect(serving.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/beta$/);
  expect(serving.output()).toContain(`authority=${authorityFile}`);
  trustAuthority({ authorityFile });
  expect((await fetch(`${new URL(serving.url).origin}/livez`)).status).toBe(200);
  expect(await serving.stop("SIGTERM")).toBe(0);
});

test("the authority is kept, and the certificate is made anew when it lacks a name or expires soon", async () => {
  const folder = temporaryFolder();
  const pem = async (names: readonly string[], now?: Date): Promise<string> => {
    const { certificate } = await openLocalCertificate({ folder, names, ...(now && { now }) });
    return readFileSync(certificate, "utf8");
  };
  const first = await pem([]);
  const authority = readFileSync(join(folder, "ca.pem"), "utf8");
  expect(await pem([])).toBe(first);
  expect(await pem([], days(300))).toBe(first);
  const named = await pem(["host.docker.internal", "10.0.0.5"]);
  expect(named).not.toBe(first);
  expect(await pem(["10.0.0.5"])).toBe(named);
  expect(await pem(["10.0.0.5"], days(340))).not.toBe(named);
  // What is damaged is made anew too.
  writeFileSync(join(folder, "https.pem"), "damaged");
  expect(await pem([])).toContain("BEGIN CERTIFICATE");
  expect(readFileSync(join(folder, "ca.pem"), "utf8")).toBe(authority);
});

test("keys are readable for their owner alone, and an authority without its key is not replaced", async ({
  skip,
}) => {
  skip(process.platform === "win32", "Windows has no modes of this kind");
  const folder = temporaryFolder();
  await openLocalCertificate({ folder, names: [] });
  for (const name of ["ca-key.pem", "https.pem"]) {
    expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
    chmodSync(join(folder, name), 0o644);
  }
  await openLocalCertificate({ folder, names: [] });
  expect(statSync(join(folder, "ca-key.pem")).mode & 0o777).toBe(0o600);
  rmSync(join(folder, "ca-key.pem"));
  await expect(openLocalCertificate({ folder, names: [] })).rejects.toThrow(
    /ca-key\.pem is missing\. Restore it/,
  );
  await expect(createFacade({ settings: { https: true, data: folder } })).rejects.toThrow("is missing");
  expect(existsSync(join(folder, "ca-key.pem"))).toBe(false);
  mkdirSync(join(folder, "ca-key.pem"));
  await expect(openLocalCertificate({ folder, names: [] })).rejects.toThrow("is a folder");
});
