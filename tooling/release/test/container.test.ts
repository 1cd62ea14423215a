import { spawn } from "node:child_process";
import { once } from "node:events";
import { chown, readdir, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { validate } from "dockerfile-utils";
import { expect, onTestFinished, test } from "vitest";
import { createImageBuilder, type ImageBuilder } from "../src/image.ts";
import { folderOf, packAndUnpack } from "../src/packages.ts";
import { run, waitForOutput, type Ended } from "../src/run.ts";
import { temporaryFolder } from "./place.ts";

const containerfile = join(folderOf("facade"), "deploy/Containerfile");
const image = "localhost/install-summary-facade";
const user = 10001;
const program = "/opt/install-summary-facade/dist/bin/install-summary-facade.js";
const buildah = await run("buildah", ["--version"]).catch(() => undefined);

/** Words that run a command as a container of a read-only image does: its files, its user, and /data to write to. */
function within(root: string, data: string): readonly string[] {
  const script =
    'mount --bind "$0" "$0" && mount --bind "$1" "$0/data" && mount -o remount,bind,ro "$0" && cd / && ' +
    `root=$0 && shift && exec "$(command -v chroot || echo /usr/sbin/chroot)" --userspec=${user}:${user} "$root" "$@"`;
  return ["--mount", "sh", "-c", script, root, data, "/usr/bin/node"];
}

test("the Containerfile has no fault, a base of a fixed version, and a user other than root", async () => {
  const text = await readFile(containerfile, "utf8");
  expect(validate(text, {})).toEqual([]);
  expect(validate("FROM\nRUN", {})).not.toEqual([]);
  expect(text).toMatch(/^ARG BASE=\S+:24\S+$/m);
  expect(text).toMatch(/^USER 10001:10001$/m);
  expect(text).toMatch(/^ENTRYPOINT \["node", /m);
});

test(
  "an image is built of the package, with its user, its health check and its volume",
  { timeout: 180_000 },
  async ({ skip }) => {
    if (buildah === undefined) skip("buildah is not installed");
    const { inspected } = await buildImage();
    const config = {
      User: `${user}:${user}`,
      Entrypoint: ["node", program],
      Cmd: ["serve"],
      WorkingDir: "/data",
      Volumes: { "/data": {} },
      ExposedPorts: { "8420/tcp": {} },
      Healthcheck: { Test: ["CMD", "node", program, "health"] },
      Env: expect.arrayContaining(["INSTALL_SUMMARY_HOST=0.0.0.0", "INSTALL_SUMMARY_DATA=/data"]),
    };
    expect(inspected).toMatchObject({ Docker: { config } });
  },
);

test(
  "the image serves with a read-only root as a user of its own, and only with Entra ID",
  { timeout: 180_000 },
  async ({ skip }) => {
    if (buildah === undefined) skip("buildah is not installed");
    if (process.getuid?.() !== 0) skip("mounting a read-only root needs root");
    const { images, inspected } = await buildImage();
    const root = await images.mount(image);
    const data = temporaryFolder();
    await chown(data, user, user);
    const { Docker } = Object(inspected);
    const imageEnv: Record<string, string> = Object.fromEntries(
      Docker.config.Env.map((line: string) => [
        line.slice(0, line.indexOf("=")),
        line.slice(line.indexOf("=") + 1),
      ]),
    );
    const inContainer = (args: readonly string[], env = {}): Promise<Ended> =>
      run("unshare", [...within(root, data), ...args], {
        env: { ...imageEnv, PATH: process.env["PATH"], ...env },
      });

    const wrote = await inContainer(["--eval", 'require("fs").writeFileSync("/opt/x", "")']);
    expect(wrote.stderr).toContain("EROFS");
    expect(await inContainer([program, "serve"])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("To serve other machines, set tenants and audience of Entra ID."),
    });

    const env = {
      INSTALL_SUMMARY_TENANTS: "3f2a6d1e-0b4c-4d5e-8f6a-7b8c9d0e1f2a",
      INSTALL_SUMMARY_AUDIENCE: "5a1cbb2e-6f0b-4a55-9c5e-2f1c0a5d6e7f",
      INSTALL_SUMMARY_PORT: String(await freePort()),
    };
    expect(await inContainer([program, "health"], env)).toMatchObject({ exit: 7, stdout: "" });
    const serving = spawn("unshare", [...within(root, data), program, "serve"], {
      env: { ...imageEnv, PATH: process.env["PATH"], ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void serving.kill("SIGKILL"));
    await waitForOutput(serving, /serving/);
    expect(await inContainer([program, "health"], env)).toEqual({ exit: 0, stdout: "ok\n", stderr: "" });
    expect(await readdir(data)).toEqual(expect.arrayContaining(["install-summary.db", "serve.lock"]));
    const ended = once(serving, "exit");
    serving.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  },
);

/** Builds the image of the package as it is, for one test. */
async function buildImage(): Promise<{ readonly images: ImageBuilder; readonly inspected: unknown }> {
  const folder = temporaryFolder();
  const images = createImageBuilder(folder);
  onTestFinished(() => images.remove());
  await images.makeBase("localhost/base");
  const context = await packAndUnpack("facade", folder);
  const inspected = await images.build({ name: image, base: "localhost/base", containerfile, context });
  return { images, inspected };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}
