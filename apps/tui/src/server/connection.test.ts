import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exampleSummary } from "@install-summary/core/contract";
import { expect, onTestFinished, test, vi } from "vitest";
import { loggedChange } from "../../test/logged-change.ts";
import { connect } from "./connection.ts";

const INSTALL_SUMMARY_TOKEN = "abc.def.ghi";

test("the local facade is the default", () => {
  expect(connect({ INSTALL_SUMMARY_TOKEN }).baseUrl).toBe("http://127.0.0.1:8420/beta");
});

test("an empty variable is an absent one", () => {
  expect(connect({ INSTALL_SUMMARY_TOKEN, INSTALL_SUMMARY_URL: " " }).baseUrl).toBe(
    "http://127.0.0.1:8420/beta",
  );
  expect(() => connect({ INSTALL_SUMMARY_TOKEN: "" })).toThrow("no token is set");
});

test("the token of a launcher's server is for servers on this machine alone", async () => {
  const INSTALL_SUMMARY_LOCAL_TOKEN_COMMAND = "echo abc.def.ghi";
  const local = connect({
    INSTALL_SUMMARY_LOCAL_TOKEN_COMMAND,
    INSTALL_SUMMARY_URL: "http://localhost:9000/beta",
  });
  expect(await local.signIn.token()).toBe("abc.def.ghi");
  expect(() =>
    connect({ INSTALL_SUMMARY_LOCAL_TOKEN_COMMAND, INSTALL_SUMMARY_URL: "https://apps.contoso.com/beta" }),
  ).toThrow("no token is set");
});

test("an unknown variable is refused, and the facade's variables are not", () => {
  const env = { INSTALL_SUMMARY_TOKEN, INSTALL_SUMMARY_DATA: "/srv/data", INSTALL_SUMMARY_TOKEN_COMAND: "x" };
  expect(() => connect(env)).toThrow(
    expect.objectContaining({
      exit: 2,
      code: "UnknownVariable",
      message:
        "Unknown environment variable: INSTALL_SUMMARY_TOKEN_COMAND. Did you mean INSTALL_SUMMARY_TOKEN_COMMAND?",
    }),
  );
});

test("signs of the terminal that do not exist are refused", () => {
  const env = { INSTALL_SUMMARY_TOKEN, INSTALL_SUMMARY_GLYPHS: "ASCII" };
  expect(() => connect(env)).toThrow(
    expect.objectContaining({
      exit: 2,
      target: "INSTALL_SUMMARY_GLYPHS",
      message: "INSTALL_SUMMARY_GLYPHS must be unicode or ascii; got ASCII.",
    }),
  );
});

test("where changes are forbidden no write is sent at all, also not the empty one that asks what became of a change", async () => {
  const app = exampleSummary.id;
  const sent: string[] = [];
  onTestFinished(() => void vi.unstubAllGlobals());
  vi.stubGlobal("fetch", async (request: Request) => {
    sent.push(`${request.method} ${new URL(request.url).pathname}`);
    const change = loggedChange({ version: 2, before: {}, after: { failedDeviceCount: 2 } });
    const headers = { "client-request-id": request.headers.get("client-request-id") ?? "" };
    return Response.json({ value: [change] }, { headers });
  });
  const { client } = connect({ INSTALL_SUMMARY_TOKEN, INSTALL_SUMMARY_READ_ONLY: "true" });
  const change = { ifMatch: 'W/"1"', clientRequestId: "mine", patch: { failedDeviceCount: 1 } };
  await expect(client.findChange(app, change)).rejects.toMatchObject({
    status: 403,
    message: "--read-only forbids the empty change that asks what became of another.",
  });
  await expect(client.update(app, { failedUserCount: 1 })).rejects.toMatchObject({ code: "ReadOnly" });
  expect(sent).toEqual(["GET /api/changes"]);
});

test("without a token it says what to set", () => {
  expect(() => connect({})).toThrow(
    expect.objectContaining({
      exit: 3,
      code: "NoToken",
      help: [
        expect.stringMatching(/INSTALL_SUMMARY_TOKEN .*INSTALL_SUMMARY_TOKEN_FILE/),
        expect.stringContaining("INSTALL_SUMMARY_TOKEN_COMMAND"),
      ],
    }),
  );
});

test("the facade is called as its launcher says", () => {
  expect(() => connect({ INSTALL_SUMMARY_FACADE_PROGRAM: "npx -y pnpm@12 --silent facade" })).toThrow(
    expect.objectContaining({
      help: [expect.anything(), expect.stringContaining("`npx -y pnpm@12 --silent facade token`")],
    }),
  );
});

test.each(["two words", "line\nbreak", "größe"])("the token %j is refused and not repeated", (token) => {
  expect(() => connect({ INSTALL_SUMMARY_TOKEN: token })).toThrow(
    expect.objectContaining({ exit: 3, message: expect.not.stringContaining(token) }),
  );
});

test.each([
  "nope",
  "ftp://host/beta",
  "http://user:secret@host/beta",
  "http://127.0.0.1:8420",
  "http://host/beta?code=key",
  "http://host/beta#part",
])("the URL %s is refused", (url) => {
  expect(() => connect({ INSTALL_SUMMARY_TOKEN, INSTALL_SUMMARY_URL: url })).toThrow(
    expect.objectContaining({
      exit: 2,
      target: "INSTALL_SUMMARY_URL",
      message: expect.not.stringContaining(url),
    }),
  );
});

test("a URL that was named is what a message is about, and not the environment's", () => {
  const env = { INSTALL_SUMMARY_TOKEN, INSTALL_SUMMARY_URL: "https://apps.contoso.com/beta" };
  expect(connect(env, { url: "http://127.0.0.1:9000/beta" }).baseUrl).toBe("http://127.0.0.1:9000/beta");
  expect(() => connect(env, { url: "nothing" })).toThrow(
    expect.objectContaining({ target: "URL", message: "URL is not the base URL of a server." }),
  );
});

/** What a connection over HTTPS takes for the authority's file. */
function authorityOf(NODE_EXTRA_CA_CERTS: string): string | undefined {
  const env = { INSTALL_SUMMARY_TOKEN, INSTALL_SUMMARY_URL: "https://localhost/beta", NODE_EXTRA_CA_CERTS };
  return connect(env).authorityFile;
}

test.skipIf(process.platform === "win32")(
  "an authority's file is a file, or what a shell has opened: a pipe in a folder would hold the process",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "install-summary-authority-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [file, pipe] = [join(folder, "ca.pem"), join(folder, "pipe")];
    await writeFile(file, "");
    execFileSync("mkfifo", [pipe]);
    for (const each of [file, join(folder, "missing"), "/dev/fd/63", "/dev/stdin", "/dev/null"])
      expect(authorityOf(each)).toBe(each);
    for (const each of [pipe, "/dev/zero"])
      expect(() => authorityOf(each)).toThrow(
        `NODE_EXTRA_CA_CERTS names ${each}, which is a pipe or a device, and not a file.`,
      );
  },
);
