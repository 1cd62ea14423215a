import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { processesIn } from "../src/processes/processes-in.ts";
import { whyNoProcesses } from "../src/processes/programs.ts";

const missing = whyNoProcesses();

test("what runs in a place ends with the process that made it, however that ends", async ({ skip }) => {
  skip(missing !== undefined, missing);
  const code = `
    const { makePlace } = await import(${urlOf("place")});
    const { startProgram } = await import(${urlOf("start-program")});
    const folder = makePlace().makeFolder("here");
    startProgram({ command: "sh", args: ["-c", "sleep 1000 & sleep 1000"], folder });
    console.log(folder);
    setInterval(() => undefined, 1000);`;
  const owner = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [folder] = await once(createInterface(owner.stdout), "line");
  await expect.poll(() => processesIn(String(folder)).length).toBe(3);
  owner.kill("SIGKILL");
  await expect.poll(() => processesIn(String(folder)).length).toBe(0);
  await expect.poll(() => existsSync(String(folder))).toBe(false);
});

function urlOf(name: string): string {
  return JSON.stringify(new URL(`../src/processes/${name}.ts`, import.meta.url));
}
