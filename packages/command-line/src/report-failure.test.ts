import { exampleSummary } from "@install-summary/core/contract";
import { expect, test } from "vitest";
import { exitCodes } from "./errors/exit-codes.ts";
import { UserError, type CommandFailure } from "./errors/user-error.ts";
import { reportFailures } from "./report-failure.ts";

const { id } = exampleSummary;

function report(failure: CommandFailure, inputs: readonly string[]): string {
  let text = "";
  const stderr = { write: (part: string) => (text += part) };
  reportFailures([failure], { name: "install-summary", inputs, stderr, signs: (words) => words });
  return text;
}

function notFound(message: string, requestId: string): CommandFailure {
  return { exit: exitCodes.notFound, code: "ResourceNotFound", message, requestId };
}

function refused(argument: string): UserError {
  const message = "failedDeviceCount must be between 0 and 2147483647; got -1.";
  const help = ["Relative? Write failed-=1."];
  return new UserError(message, {
    exit: exitCodes.refused,
    code: "ModelValidationFailure",
    target: "failedDeviceCount",
    argument,
    help,
  });
}

test("an error says what, where and what next", () => {
  expect(report(refused("failed=-1"), ["set", id, "failed=-1"])).toBe(
    [
      "install-summary: failedDeviceCount must be between 0 and 2147483647; got -1.",
      "  set 06a792e9-… failed=-1",
      "                 ^^^^^^^^^",
      "  Relative? Write failed-=1.",
      "",
    ].join("\n"),
  );
});

test("a password in an argument is not repeated, whichever argument is wrong", () => {
  const store = "postgres://ada:hunter2@db/x";
  expect(report(refused("--prot"), ["serve", "--store", store, "--prot"])).toContain(
    "  serve --store postgres://…@db/x --prot\n                                  ^^^^^^\n",
  );
  expect(report(refused("--stroe"), ["serve", `--stroe=${store}`])).toContain(
    "  serve --stroe=postgres://…@db/x\n        ^^^^^^^^^^^^^^^^^^^^^^^^^\n",
  );
});

test("what an option for a secret is given is not repeated, whichever argument is wrong", () => {
  expect(report(refused("--token"), ["list", "--token", "s3cret"])).toContain(
    "  list --token …\n       ^^^^^^^\n",
  );
  expect(report(refused("--api-key"), ["list", "--api-key=s3cret"])).toContain(
    "  list --api-key=…\n       ^^^^^^^^^^^\n",
  );
  expect(report(refused("listt"), ["listt", "--pat=s3cret", "--password", "s3cret"])).toContain(
    "  listt --pat=… --password …\n  ^^^^^\n",
  );
  // Only an option that exists has a value at fault.
  expect(report(refused("short.pem"), ["serve", "--tls-key=short.pem"])).toContain("--tls-key=short.pem\n");
  expect(report(refused("short.pem"), ["serve", "--tls-key", "short.pem"])).toContain(
    "--tls-key short.pem\n",
  );
});

test("the underline fits below wide characters and quoted arguments", () => {
  const text = report(refused("failed=-1"), ["set", "Google 給与", "failed=-1"]);
  expect(text).toContain('  set "Google 給与" failed=-1\n                    ^^^^^^^^^\n');
});

test("an option and its value are found on either side of the equals sign", () => {
  expect(report(refused("faild"), ["list", "--sort=faild"])).toContain(
    "  list --sort=faild\n       ^^^^^^^^^^^^",
  );
  expect(report(refused("--fliter"), ["list", "--fliter=x"])).toContain(
    "  list --fliter=x\n       ^^^^^^^^^^",
  );
});

test("with JSON output the last line is the error as JSON", () => {
  const failure = notFound("No mobile app.", "5f0c");
  for (const inputs of [
    ["get", id, "--output", "json"],
    ["get", id, "--output=json"],
    ["get", id, "-o", "json"],
    ["get", id, "-ojson"],
    ["get", id, "--output", "ndjson"],
    ["get", id, "-ondjson"],
  ]) {
    const text = report(failure, inputs);
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

function aboutCode({ code }: CommandFailure): readonly string[] {
  return [`more about ${code}`];
}

test("of several errors each is told, and one line of JSON is the first, whose exit code the program ends with", () => {
  const failures = [notFound("No mobile app.", "5f0c"), refused("x"), new UserError("port is wrong.")];
  let text = "";
  const stderr = { write: (part: string) => (text += part) };
  const inputs = ["get", id, "-ojson"];
  reportFailures(failures, {
    name: "install-summary",
    inputs,
    stderr,
    signs: (words) => words,
    more: aboutCode,
  });
  const lines = text.trimEnd().split("\n");
  expect(lines.filter((line) => line.startsWith("install-summary: "))).toHaveLength(3);
  expect(lines.filter((line) => line.startsWith("  more about "))).toHaveLength(3);
  expect(lines.filter((line) => line.startsWith("{"))).toEqual(lines.slice(-1));
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ error: { exit: 4, code: "ResourceNotFound" } });
});

test("without JSON output no line is JSON", () => {
  expect(report(refused("x"), ["get", "json"])).not.toContain("{");
});

test("a server's message cannot move the cursor or begin a line of its own", () => {
  const failure = notFound("no \u001b[2J\r\n\u009b", "\u001b]0;x\u0007");
  expect(report(failure, ["get", "\u001b[2J"])).toMatch(/^[\P{C}\n]*$/u);
  expect(report(failure, [])).toMatch(/^install-summary: .*\n  request-id .*\n$/);
});

test("every line of our own error begins with the program", () => {
  const text = report(new UserError("port is wrong.\nhost is wrong."), []);
  expect(text).toBe("install-summary: port is wrong.\ninstall-summary: host is wrong.\n");
});

test("a line of JSON holds nothing that a terminal would act on", () => {
  const text = report(notFound("\u009b2J \u202e", "5f0c"), ["get", "-o", "json"]);
  expect(text).toContain(String.raw`"message":"\u009b2J \u202e"`);
});
