import { join } from "node:path";
import { hasProgram } from "@tooling/e2e/has-program";
import { expect, test } from "vitest";
import { expected, useClients } from "../src/check-client.ts";
import { examples } from "../src/run-client.ts";

const run = useClients();
const program = (name: string): string => join(examples, "clients", name);

test("Microsoft's Graph client", async () => {
  expect(await run([process.execPath, program("graph-client.mjs")])).toEqual(expected);
});

test("the request adapter of kiota", async () => {
  expect(await run([process.execPath, program("kiota.mjs")])).toEqual(expected);
});

test("Microsoft's Graph beta SDK, whose model and batches send no counter", async () => {
  expect(await run([process.execPath, program("graph-beta-sdk.mjs")])).toEqual({
    ...expected,
    byModel: expected.read,
    batch: ["Write request with id 'change' does not contain a Content-Type header.", 200],
  });
});

test("core's client", async () => {
  const { batch: _, ...others } = expected;
  const fault = [
    404,
    "ResourceNotFound",
    "No mobile app with id '00000000-0000-4000-8000-00000000000f' exists.",
  ];
  expect(await run([process.execPath, program("core-client.mjs")])).toEqual({ ...others, fault });
});

test("curl", async ({ skip }) => {
  for (const name of ["bash", "curl", "jq"]) if (!hasProgram(name)) skip(`${name} is not on the PATH`);
  expect(await run(["bash", program("curl.sh")])).toEqual(expected);
});

test("curl, with an authority that is known to the system", async ({ skip }) => {
  for (const name of ["bash", "curl", "jq"]) if (!hasProgram(name)) skip(`${name} is not on the PATH`);
  expect(await run(["bash", program("curl.sh")], "known")).toEqual(expected);
  await expect(run(["bash", program("curl.sh")], "unknown")).rejects.toThrow(/certificate/);
});

test("the CLI for Microsoft 365, which says of an error the status alone", async ({ skip }) => {
  for (const name of ["bash", "jq"]) if (!hasProgram(name)) skip(`${name} is not on the PATH`);
  expect(await run(["bash", program("m365.sh")])).toEqual({
    ...expected,
    conflict: [says(412)],
    fault: [says(400)],
  });
});

function says(status: number): string {
  return `Error: Request failed with status code ${status}\n`;
}
