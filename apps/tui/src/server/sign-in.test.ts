import { execFileSync } from "node:child_process";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { signInFrom } from "./sign-in.ts";
import { maxRun } from "./token-command.ts";

const contoso = "11111111-1111-1111-1111-111111111111";
const fabrikam = "22222222-2222-2222-2222-222222222222";

function jwt(claims: object): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;
}

const first = jwt({ tid: contoso, iat: 1 });
const renewed = jwt({ tid: contoso.toUpperCase(), iat: 2 });
const foreign = jwt({ tid: fabrikam });
const refusal = `The token is of the tenant ${fabrikam}, not ${contoso}. Nothing was sent.`;

test("a token that is renewed stays in the tenant of the first one, and is read anew after one of another", async () => {
  const folder = await mkdtemp(join(tmpdir(), "install-summary-sign-in-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "token");
  const signIn = signInFrom({ INSTALL_SUMMARY_TOKEN_FILE: file });
  await writeFile(file, first);
  expect(await signIn.token()).toBe(first);
  await writeFile(file, foreign);
  await expect(signIn.token(first)).rejects.toThrow(refusal);
  await writeFile(file, renewed);
  expect(await signIn.token()).toBe(renewed);
});

test("a token that is given is of the tenant of the first one too; where it is not, the one before stays", async () => {
  const signIn = signInFrom({ INSTALL_SUMMARY_TOKEN: first });
  expect(await signIn.token()).toBe(first);
  expect(() => signIn.replace(foreign)).toThrow(refusal);
  expect(await signIn.token()).toBe(first);
  signIn.replace(renewed);
  expect(await signIn.token()).toBe(renewed);
  // An opaque token does not tell: the server decides.
  signIn.replace("opaque");
  expect(await signIn.token()).toBe("opaque");
});

test.skipIf(process.platform === "win32")(
  "a token comes through a pipe too, and one that gives nothing is told",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "install-summary-sign-in-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const signIn = signInFrom({ INSTALL_SUMMARY_TOKEN_FILE: pipe });
    const token = signIn.token();
    await writeFile(pipe, first);
    expect(await token).toBe(first);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const [reading] = await Promise.all([
      Promise.allSettled([signIn.token(first)]),
      vi.advanceTimersByTimeAsync(maxRun),
    ]);
    expect(reading).toMatchObject([
      {
        reason: {
          message: `The file of INSTALL_SUMMARY_TOKEN_FILE, ${pipe}, has given nothing whole for two minutes.`,
        },
      },
    ]);
    // What still waits for the pipe is let go.
    await (await open(pipe, "w")).close();
  },
);

test("that a file is waited for is told, and that the wait has ended", async () => {
  const told: string[] = [];
  const signIn = signInFrom({ INSTALL_SUMMARY_TOKEN_FILE: "/dev/null/none" }, undefined, (what) => {
    told.push(what);
    return () => told.push("ended");
  });
  expect(told).toEqual([]);
  await expect(signIn.token()).rejects.toThrow("INSTALL_SUMMARY_TOKEN_FILE");
  const words = "Waiting for the token in the file of INSTALL_SUMMARY_TOKEN_FILE: /dev/null/none";
  expect(told).toEqual([words, "ended"]);
});

test("a path that may be a token is not named while it is waited for", async () => {
  const told: string[] = [];
  const signIn = signInFrom(
    { INSTALL_SUMMARY_TOKEN_FILE: "/dev/null/'eyJhbGciOi.e30.x'" },
    undefined,
    (what) => {
      told.push(what);
      return () => undefined;
    },
  );
  await expect(signIn.token()).rejects.toThrow("INSTALL_SUMMARY_TOKEN_FILE cannot be read");
  expect(told).toEqual(["Waiting for the token in the file of INSTALL_SUMMARY_TOKEN_FILE"]);
});

test("the path of a token's file may begin with ~ where no shell has put the home in its place", async () => {
  const signIn = signInFrom({ INSTALL_SUMMARY_TOKEN_FILE: "~/no/such/token" });
  await expect(signIn.token()).rejects.toThrow(join(homedir(), "no", "such", "token"));
});
