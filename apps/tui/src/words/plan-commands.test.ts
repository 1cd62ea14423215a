import { expect, test } from "vitest";
import { barePlace } from "../../test/command-place.ts";
import { applyCommand, planCommand } from "./plan-commands.ts";

test("the commands that make a plan and apply it are told with the options and the file of this call", () => {
  expect(planCommand(barePlace)).toBe("install-summary plan FILE --output json > plan.json");
  expect(applyCommand(barePlace, "my plan.json", ["--each"])).toBe(
    "install-summary apply 'my plan.json' --each",
  );
});

test("a plan of standard input has no name to give", () => {
  expect(applyCommand(barePlace, "-", [])).toBe("install-summary apply PLAN");
});
