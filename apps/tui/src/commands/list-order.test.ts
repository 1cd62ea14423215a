import { expect, test } from "vitest";
import { listedApp } from "../../test/sample-apps.ts";
import { parseOrder } from "./list-order.ts";

const none = { failedDeviceCount: 0, failedUserCount: 0 };
const apps = [
  { ...listedApp(1, "Beta 10", { ...none, failedDeviceCount: 3 }, 'W/"9"'), publisher: "Zeta" },
  { ...listedApp(2, "beta 2", { ...none, failedDeviceCount: 20 }, 'W/"10"'), publisher: "Alpha" },
  { ...listedApp(3, "Äpfel", { ...none, failedUserCount: 1 }, '"x"'), publisher: null },
];

function sorted(column: string): readonly (string | null)[] {
  return apps.toSorted(parseOrder(column)).map(({ displayName }) => displayName);
}

test("counters are put in order by number, the largest first behind a dash", () => {
  expect(sorted("failed")).toEqual(["Äpfel", "Beta 10", "beta 2"]);
  expect(sorted("-failed")).toEqual(["beta 2", "Beta 10", "Äpfel"]);
  expect(sorted("-users.failed")).toEqual(["Äpfel", "Beta 10", "beta 2"]);
});

test("texts are put in order as people read them", () => {
  expect(sorted("app")).toEqual(["Äpfel", "beta 2", "Beta 10"]);
  expect(sorted("publisher")).toEqual(["Äpfel", "beta 2", "Beta 10"]);
  expect(sorted("-version")).toEqual(["beta 2", "Beta 10", "Äpfel"]);
});

test("equal apps keep their order in both directions", () => {
  const names = apps.map(({ displayName }) => displayName);
  expect(sorted("pending")).toEqual(names);
  expect(sorted("-pending")).toEqual(names);
});

test.each(["faild", "-faild", "constructor", ""])("%j is not a column", (column) => {
  expect(() => parseOrder(column)).toThrow(expect.objectContaining({ exit: 2, argument: column }));
});
