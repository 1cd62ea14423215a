import { expect, test } from "vitest";
import { UserError } from "@install-summary/command-line/errors";
import { editOf, parseAssignments } from "./assignment.ts";
import { listedApp } from "../../test/sample-apps.ts";

const { installSummary: summary } = listedApp(0);

function errorOf(work: () => unknown): UserError {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("values are set and counted from what is there", () => {
  const assignments = parseAssignments(["failed-=8", "users.failed+=2", "installed=4"]);
  expect(editOf(assignments, summary)).toEqual({
    failedDeviceCount: { add: -8 },
    failedUserCount: { add: 2 },
    installedDeviceCount: 4,
  });
});

test.each([
  ["failed=4.0", 4],
  ["failed=2,004", 2004],
  ["failed=2 004", 2004],
  ["failed= 3", 3],
  ["failed=0", 0],
  ["failedDeviceCount=2147483647", 2_147_483_647],
])("%s is a whole number", (argument, value) => {
  expect(editOf(parseAssignments([argument]), summary)).toEqual({ failedDeviceCount: value });
});

test.each([
  ["failed=1.5", "failedDeviceCount must be a whole number; got 1.5."],
  ["failed=abc", "failedDeviceCount must be a whole number; got abc."],
  ["failed=", "failedDeviceCount must be a whole number; got nothing."],
  ["failed=1,20", "failedDeviceCount must be a whole number; got 1,20."],
  ["failed=4.0000000000000000001", "failedDeviceCount must be a whole number; got 4.0000000000000000001."],
  ["failed=2147483648", "failedDeviceCount must be between 0 and 2147483647; got 2147483648."],
])("%s is refused", (argument, message) => {
  expect(errorOf(() => parseAssignments([argument]))).toMatchObject({
    message,
    exit: 6,
    code: "ModelValidationFailure",
    target: "failedDeviceCount",
    argument,
    help: [],
  });
});

test("an exponent and a point are refused with how to write the number", () => {
  expect(errorOf(() => parseAssignments(["failed=1e3"]))).toMatchObject({
    exit: 6,
    message: "failedDeviceCount must be a whole number; got 1e3.",
    help: ["Write the number out, without e."],
  });
  expect(errorOf(() => parseAssignments(["failed=1.000"])).help).toEqual(["Write 1000 without the point."]);
});

test("a value with a sign is refused with what was probably meant", () => {
  expect(errorOf(() => parseAssignments(["users.failed=-1"])).help).toEqual([
    "Relative? Write users.failed-=1.",
  ]);
  expect(errorOf(() => parseAssignments(["failed=+5"])).help).toEqual(["Relative? Write failed+=5."]);
});

test.each([
  ["failed+=-5", "failed-=5"],
  ["failed+=+5", "failed+=5"],
  ["failed-=-5", "failed+=5"],
  ["failed-=+5", "failed-=5"],
])("%s has its sign twice: write %s", (argument, meant) => {
  const error = errorOf(() => parseAssignments([argument]));
  expect(error).toMatchObject({ exit: 6, argument, help: [`Write ${meant}.`] });
  expect(error.message).toBe(
    `failedDeviceCount is changed by an amount without a sign; got ${argument.slice("failed+=".length)}.`,
  );
});

test("a sum outside of the range is refused with its parts", () => {
  const below = errorOf(() => editOf(parseAssignments(["failed-=20"]), summary));
  expect(below.message).toBe("failedDeviceCount must be between 0 and 2147483647; 16 - 20 is below 0.");
  expect(below.exit).toBe(6);
  const above = errorOf(() => editOf(parseAssignments(["failed+=2147483647"]), summary));
  expect(above.message).toContain("16 + 2,147,483,647 is above 2147483647");
});

test("a misspelt counter is refused with the nearest one", () => {
  expect(errorOf(() => parseAssignments(["users.faild=3"]))).toMatchObject({
    message: "Unknown counter: users.faild.",
    exit: 2,
    argument: "users.faild=3",
    help: ["Did you mean users.failed?", expect.stringContaining("Counters: installed")],
  });
});

test.each(["failed", "", "4"])("%j is not an assignment", (argument) => {
  expect(errorOf(() => parseAssignments([argument]))).toMatchObject({ exit: 2, code: "Usage", argument });
});

test("a counter that is set twice is refused", () => {
  const error = errorOf(() => parseAssignments(["failed=1", "failedDeviceCount+=1"]));
  expect(error).toMatchObject({ exit: 2, argument: "failedDeviceCount+=1" });
});
