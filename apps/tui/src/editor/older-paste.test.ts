import type { ListedApp } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { driveEditor } from "../../test/editor-driver.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { printApps } from "../commands/get.ts";
import { summaryJson } from "../words/request-text.ts";
import { versionFact } from "../words/version-text.ts";

const asJson = (app: ListedApp): string => JSON.stringify(summaryJson(app), undefined, 2);
const asList = (app: ListedApp): string =>
  JSON.stringify([{ ...app.installSummary, platform: "iOS", etag: app.etag }]);
const asFullMetadata = (app: ListedApp): string =>
  JSON.stringify({ "@odata.etag": app.etag, ...app.installSummary });

async function asTable(app: ListedApp): Promise<string> {
  let printed = "";
  await printApps({ write: (text) => (printed += text) }, [app]);
  return printed;
}

test.each([
  ["the table", asTable],
  ["JSON", asJson],
  ["a list as JSON", asList],
  ["what Graph responds with", asFullMetadata],
])(
  "values of an older version are said to be older in whatever form they are pasted: %s",
  async (_, print) => {
    const app = listedApp(0, "App 00");
    const editor = driveEditor([app, listedApp(1, "App 01")]);
    editor.press("right");
    const older = { ...app, installSummary: { ...app.installSummary, failedDeviceCount: 9 }, etag: 'W/"3"' };
    editor.happen({ kind: "paste", text: await print(older) });
    expect(editor.state().staging.apps.get(sampleId(0))?.edits).toEqual({ failedDeviceCount: 9 });
    expect(editor.state().notice).toEqual({
      tone: "wrong",
      text: `Pasted: 1 counter is staged. u undoes it. The values are of version 3, and the app is ${versionFact(app.etag)}.`,
    });
    editor.press("u");
    editor.happen({ kind: "paste", text: await print({ ...older, etag: app.etag }) });
    expect(editor.state().notice).toEqual({
      tone: "plain",
      text: "Pasted: 1 counter is staged. u undoes it.",
    });
  },
);
