import { ClientError } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEmptyEditor } from "../../test/editor-driver.ts";
import { listedApp } from "../../test/sample-apps.ts";
import { failureOf } from "../server/failure.ts";

const next = `http://127.0.0.1:18431/beta/deviceAppManagement/mobileApps?$expand=installSummary&$top=1000&$skiptoken=${"k".repeat(600)}`;

test.each([
  [40, 12],
  [60, 20],
  [80, 24],
  [100, 30],
])("a later page that cannot be used is told with what is wrong and what to do at %i×%i", (columns, rows) => {
  const editor = driveEmptyEditor({ columns, rows });
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps: [listedApp(0), listedApp(1)], count: 20_000 });
  const error = new ClientError(
    "InvalidResponse",
    `The response to GET ${next} cannot be used: it is not JSON.`,
  );
  editor.happen({ kind: "listFailed", generation, failure: failureOf(error) });
  const drawn = drawEditor(editor.state());
  const text = drawn.join(" ").replaceAll(/\s+/g, " ");
  expect(text).toContain(
    "✗ The response to GET 127.0.0.1:18431/…/mobileApps cannot be used: it is not JSON.",
  );
  expect(text).toContain("R tries again.");
  expect(drawn.at(-1)).toContain("R read again");
});
