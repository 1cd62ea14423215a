import { readReport } from "@install-summary/core/report";
import { expect, test } from "vitest";
import { appIdOf, appNameOf, reportChunks } from "./apps.ts";

async function readRows(isHalfRejected: boolean) {
  const blob = new Blob([...reportChunks({ apps: 1000, isHalfRejected })]);
  const rows = [];
  for await (const row of readReport(blob.stream())) rows.push(row);
  return rows;
}

test("a report has a row for every app, under ids of their own and in the order of the names", async () => {
  const rows = await readRows(false);
  const apps = rows.flatMap((row) => ("app" in row ? [row.app] : []));
  expect(apps.map(({ id }) => id)).toEqual(Array.from({ length: 1000 }, (_, number) => appIdOf(number)));
  expect(new Set(apps.map(({ id }) => id)).size).toBe(1000);
  expect(apps.map(({ displayName }) => displayName)).toEqual(apps.map((_, number) => appNameOf(number)));
});

test("half of the rows can be such that they are rejected", async () => {
  const rows = await readRows(true);
  expect(rows.filter((row) => "problem" in row)).toHaveLength(500);
});
