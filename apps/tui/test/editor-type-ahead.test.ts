import { expect, test } from "vitest";
import { keys, useEditorFixture } from "./editor-fixture.ts";
import { sampleId } from "./sample-apps.ts";

const fixture = useEditorFixture();
const typed = `/給与${keys.enter}${keys.right}8${keys.enter}sy`;
const isPatch = ({ method }: { readonly method: string }): boolean => method === "PATCH";

test("what is typed before the program has begun is done in order, but for the key that sends", async () => {
  const { server } = fixture;
  const editor = fixture.start();
  editor.type(typed);
  await editor.shows("y was typed before this was on the screen: type it again to confirm.");
  expect(editor.screen()).toContain("Send 1 change to 1 app?");
  expect(server.requests.filter(isPatch)).toEqual([]);
  editor.type("y");
  await editor.shows("1 → 2  failed devices 8");
  expect(server.current(sampleId(0))).toMatchObject({ version: 2, summary: { failedDeviceCount: 8 } });
});

test("what is typed while the first page is waited for is kept, and Ctrl-C drops it", async () => {
  const first = Promise.withResolvers<void>();
  fixture.server.intervene(({ url }) => (url.includes("mobileApps?") ? { until: first.promise } : undefined));
  const editor = fixture.start();
  await editor.shows("Connecting");
  editor.type(keys.right);
  await editor.shows("1 key typed: done once the whole list is read.");
  editor.type(keys.ctrlC);
  await editor.shows("1 key dropped. Ctrl-C quits.");
  editor.type(typed);
  await editor.shows("5 keys typed: done once the whole list is read.");
  first.resolve();
  await editor.shows("y was typed before this was on the screen: type it again to confirm.");
  expect(fixture.server.requests.filter(isPatch)).toEqual([]);
});

test("what is typed while a reading that failed is tried again is kept", async () => {
  const { server } = fixture;
  const failures = [502, 502];
  server.intervene(({ url }) => {
    const status = url.includes("mobileApps?") ? failures.shift() : undefined;
    return status === undefined ? undefined : { status };
  });
  const editor = fixture.start();
  await editor.shows("(2 of 5)");
  editor.type(typed);
  await editor.shows("y was typed before this was on the screen: type it again to confirm.");
  expect(editor.screen()).toContain("Send 1 change to 1 app?");
  expect(server.requests.filter(isPatch)).toEqual([]);
});
