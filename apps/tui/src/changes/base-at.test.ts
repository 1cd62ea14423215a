import { graphError } from "@install-summary/core";
import type { ChangesOptions, ListedChange } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp } from "../../test/sample-apps.ts";
import { openLog } from "./base-at.ts";

const { signal } = new AbortController();

/** A log that notes the apps that it is asked for. */
function logOf(changes: readonly ListedChange[], error?: Error) {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    async *changes({ appId }: ChangesOptions = {}): AsyncGenerator<ListedChange> {
      asked.push(appId);
      if (error !== undefined) throw error;
      yield* changes.filter((change) => change.appId === appId);
    },
  };
}

const app = listedApp(0, "Outlook", { failedDeviceCount: 16 }, 'W/"7"');
const six = loggedChange({
  version: 6,
  before: { failedUserCount: 3 },
  after: { failedUserCount: 4 },
  mine: true,
});

test("the summary at an older version and what others set since are found in the log, whatever came later", async () => {
  const log = openLog(logOf([loggedChange({ version: 8 }), loggedChange(), six]), signal);
  expect(await log.readBaseAt(app, 'W/"5"')).toMatchObject({ failedDeviceCount: 18, failedUserCount: 3 });
  expect(await log.readSetByOthers(app, 'W/"5"')).toEqual(["failedDeviceCount"]);
});

test.each([
  ["that does not reach back so far", [loggedChange()]],
  ["that lacks a change", [six]],
  ["without a change of the app", []],
])("a log %s tells nothing", async (_, changes) => {
  const log = openLog(logOf(changes), signal);
  expect(await log.readBaseAt(app, 'W/"5"')).toBeUndefined();
  expect(await log.readSetByOthers(app, 'W/"5"')).toBeUndefined();
});

const without = graphError("BadRequest", "Resource not found for the segment 'api'.");

test.each([
  ["surely has no log is asked once", without, 1],
  ["may have no log is asked again", graphError("ResourceNotFound", "No route."), 2],
])("a server that %s", async (_, error, count) => {
  const server = logOf([], error);
  const log = openLog(server, signal);
  expect(await log.readBaseAt(app, 'W/"5"')).toBeUndefined();
  expect(await log.readSetByOthers(app, 'W/"5"')).toBeUndefined();
  expect(server.asked).toEqual(Array(count).fill(app.id));
});

test("other errors are thrown", async () => {
  const error = graphError("ServiceUnavailable", "The store cannot be reached.");
  await expect(openLog(logOf([], error), signal).readBaseAt(app, 'W/"5"')).rejects.toBe(error);
});
