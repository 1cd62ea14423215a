import { join } from "node:path";
import { expect, test } from "vitest";
import { examples, runClient } from "../src/run-client.ts";

test.each([
  { what: "no value", words: ["app", "failedDeviceCount"] },
  {
    what: "an empty value, as a shell makes of a variable that is not set",
    words: ["app", "failedDeviceCount", ""],
  },
  { what: "a fraction", words: ["app", "failedDeviceCount", "1.5"] },
])("the program that corrects a count sends nothing for $what", async ({ words }) => {
  const nowhere = { graph: "https://localhost:9/beta", ca: "", token: "" };
  const program = join(examples, "correct-count.mjs");
  expect(await runClient(nowhere, [process.execPath, program, ...words])).toEqual({
    exit: 2,
    stdout: "",
    stderr: "Usage: node correct-count.mjs APP COUNTER VALUE, where VALUE is a whole number.\n",
  });
});
