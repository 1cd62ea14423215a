import { expect, test } from "vitest";
import { examplePatch } from "../../test/samples.ts";
import { counterStates, stateLabels } from "./counter-states.ts";
import { counterNames, counters, isCounterName } from "./counters.ts";

test("there are ten counters, in the order of the specification", () => {
  expect(counterNames).toEqual(Object.keys(examplePatch));
});

test("a name is made of state and scope, devices first", () => {
  expect(counters.map(({ name }) => name)).toEqual(
    ["device", "user"].flatMap((scope) =>
      counters
        .filter((counter) => counter.scope === scope)
        .map(({ state }) => `${state}${scope === "device" ? "Device" : "User"}Count`),
    ),
  );
});

test("a label is made of the state's words and the scope", () => {
  expect(counters.map(({ label }) => label)).toEqual(
    ["devices", "users"].flatMap((scope) =>
      counterStates.map((state) => `${stateLabels[state].shortLabel} ${scope}`),
    ),
  );
  expect(counterStates).toEqual(counters.slice(0, 5).map(({ state }) => state));
});

test("each counter has its own label and sentence", () => {
  expect(new Set(counters.map(({ label }) => label)).size).toBe(10);
  expect(new Set(counters.map(({ description }) => description)).size).toBe(10);
});

test("a counter's name is recognised, with its case", () => {
  expect(counterNames.every(isCounterName)).toBe(true);
  for (const other of ["FailedDeviceCount", "id", "constructor", "__proto__", ""])
    expect(isCounterName(other)).toBe(false);
});
