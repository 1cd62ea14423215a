import { graphError } from "@install-summary/core";
import { expect, test } from "vitest";
import { CommandError } from "../errors/command-error.ts";
import { reportFailure } from "./report-failure.ts";

const id = "06a792e9-92e9-06a7-e992-a706e992a706";

function report(error: unknown, inputs: readonly string[]): { readonly exit: number; readonly text: string } {
  let text = "";
  const exit = reportFailure(error, inputs, { write: (part: string) => (text += part) });
  return { exit, text };
}

function refused(argument: string): CommandError {
  const message = "failedDeviceCount must be between 0 and 2147483647; got -1.";
  const help = ["Relative? Write failed-=1."];
  return new CommandError(message, {
    exit: 6,
    code: "ModelValidationFailure",
    target: "failedDeviceCount",
    argument,
    help,
  });
}

test("an error says what, where and what next", () => {
  expect(report(refused("failed=-1"), ["set", id, "failed=-1"])).toEqual({
    exit: 6,
    text: [
      "install-summary: failedDeviceCount must be between 0 and 2147483647; got -1.",
      "  set 06a792e9-… failed=-1",
      "                 ^^^^^^^^^",
      "  Relative? Write failed-=1.",
      "",
    ].join("\n"),
  });
});

test("the underline fits below wide characters and quoted arguments", () => {
  const { text } = report(refused("failed=-1"), ["set", "Google 給与", "failed=-1"]);
  expect(text).toContain('  set "Google 給与" failed=-1\n                    ^^^^^^^^^\n');
});

test("an option's value is found behind its equals sign, an option in front of it", () => {
  expect(report(refused("faild"), ["list", "--sort=faild"]).text).toContain(
    "  list --sort=faild\n       ^^^^^^^^^^^^",
  );
  expect(report(refused("--fliter"), ["list", "--fliter=x"]).text).toContain(
    "  list --fliter=x\n       ^^^^^^^^^^",
  );
});

test("with JSON output the last line is the error as JSON", () => {
  const error = graphError("ResourceNotFound", "No mobile app.", { requestId: "5f0c" });
  for (const inputs of [
    ["get", id, "--output", "json"],
    ["get", id, "--output=json"],
    ["get", id, "-o", "json"],
  ]) {
    const { text } = report(error, inputs);
    expect(text).toContain("install-summary: No mobile app.\n  request-id 5f0c\n");
    expect(JSON.parse(text.trimEnd().split("\n").at(-1) ?? "")).toEqual({
      error: {
        exit: 4,
        code: "ResourceNotFound",
        target: null,
        message: "No mobile app.",
        requestId: "5f0c",
      },
    });
  }
});

test("without it nothing is JSON", () => {
  expect(report(refused("x"), ["get", "json"]).text).not.toContain("{");
});

test("nothing that a server says can move the cursor", () => {
  const error = graphError("BadRequest", "no \u001b[2J\r\n\u009b", { requestId: "\u001b]0;x\u0007" });
  expect(report(error, ["get", "\u001b[2J"]).text).toMatch(/^[\P{C}\n]*$/u);
});
