import { expect, test } from "vitest";
import { listedApp } from "../../test/sample-apps.ts";
import { isChangedSince, madeETag } from "./made-etag.ts";
import type { SentChange } from "./send-change.ts";

const on = listedApp(1, "App", { failedDeviceCount: 16 }, 'W/"7"');
const patch = { failedDeviceCount: 8 };

/** The change of version 7, as it is known once `failed` is there in the version `etag`. */
function sentChange(
  etag: string | undefined,
  how: Partial<Pick<SentChange, "foundBy" | "repeated" | "confirmedETag">>,
  failed = 8,
): SentChange {
  return { on, patch, etag, summary: { ...on.installSummary, failedDeviceCount: failed }, ...how };
}

test.each([
  ["acknowledged", sentChange('W/"8"', {}), 'W/"8"', false],
  ["acknowledged by a server with other ETags", sentChange('W/"x"', {}), 'W/"x"', false],
  ["acknowledged, and then changed", sentChange('W/"9"', {}, 300), undefined, true],
  [
    "acknowledged without a body, then changed",
    sentChange('W/"9"', { confirmedETag: 'W/"8"' }, 300),
    'W/"8"',
    true,
  ],
  [
    "acknowledged without a body, then changed and changed back",
    sentChange('W/"10"', { confirmedETag: 'W/"8"' }),
    'W/"8"',
    true,
  ],
  ["found in the log", sentChange('W/"8"', { foundBy: "log" }), 'W/"8"', false],
  ["found in the log, and then changed", sentChange('W/"9"', { foundBy: "log" }, 300), 'W/"8"', true],
  [
    "found in the log, then changed and changed back",
    sentChange('W/"10"', { foundBy: "log" }),
    'W/"8"',
    true,
  ],
  ["recognised", sentChange('W/"8"', { repeated: true }), 'W/"8"', false],
  ["recognised, then changed and changed back", sentChange('W/"10"', { repeated: true }), 'W/"8"', true],
  ["found by its values", sentChange('W/"8"', { foundBy: "values" }), undefined, false],
  ["found by its values, then changed", sentChange('W/"9"', { foundBy: "values" }, 300), undefined, true],
])("the version that a change made which was %s", (_, sent, made, isChanged) => {
  expect([madeETag(sent), isChangedSince(sent)]).toEqual([made, isChanged]);
});
