import { existsSync } from "node:fs";
import { join } from "node:path";
import { hasProgram } from "@tooling/e2e/has-program";
import { expect, test } from "vitest";
import { expected, succeeds, useClients } from "../src/check-client.ts";
import { examples } from "../src/run-client.ts";

const run = useClients();
const program = (name: string): string => join(examples, "clients", name);

test("Python with requests", async ({ skip }) => {
  skip(
    !succeeds("python3", "-c", "import requests"),
    "requests is not installed (apt-get install python3-requests)",
  );
  expect(await run(["python3", program("python-requests.py")])).toEqual(expected);
});

test("Go", async ({ skip }) => {
  skip(!hasProgram("go"), "Go is not installed (apt-get install golang)");
  expect(await run(["go", "run", program("go-http.go")])).toEqual(expected);
});

test("Java", async ({ skip }) => {
  const gson = "/usr/share/java/gson.jar";
  skip(!hasProgram("java"), "Java is not installed (apt-get install default-jdk)");
  skip(!existsSync(gson), "Gson is not installed (apt-get install libgoogle-gson-java)");
  expect(await run(["java", "-cp", gson, program("JavaClient.java")])).toEqual(expected);
});
