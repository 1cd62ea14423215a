import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createInstallSummaryClient } from "@install-summary/core/client";
import { exampleSummary } from "@install-summary/core/contract";
import { createFacade, openReportFile } from "@install-summary/facade";
import { editorProgram, sampleTenant } from "@tooling/launch/project";
import { openTerminal } from "@tooling/terminal";
import { Readable } from "node:stream";
import { expect, test } from "vitest";

const right = "\u001B[C";

test.each([44, 60, 80, 120])(
  "%i columns: the curl command that is selected from the screen runs in bash and is applied",
  async (columns) => {
    await using sample = await openReportFile(sampleTenant);
    const facade = await createFacade({
      settings: { port: 0 },
      prepare: async (unopened) => {
        await unopened.importReport(Readable.toWeb(sample.createReadStream({ autoClose: false })));
      },
    });
    const token = await facade.issueToken();
    const data = await mkdtemp(join(tmpdir(), "install-summary-copies-"));
    const editor = openTerminal({
      command: process.execPath,
      args: [editorProgram],
      columns,
      rows: 30,
      env: {
        PATH: process.env["PATH"],
        LANG: "C.UTF-8",
        HOME: data,
        XDG_DATA_HOME: data,
        LOCALAPPDATA: data,
        INSTALL_SUMMARY_URL: `${facade.url}/beta`,
        INSTALL_SUMMARY_TOKEN: token,
      },
    });
    try {
      await editor.shows("200");
      editor.type("/payroll\r");
      await editor.shows("Contoso");
      editor.type(`${right}8\r`);
      await editor.shows("Staged:");
      editor.type("cc");
      await editor.shows("curl -X PATCH");
      const rows = editor.screen().split("\n");
      const start = rows.findIndex((row) => row.startsWith("curl"));
      const end = rows.findIndex((row, index) => index > start && row.trim() === "");
      const selected = rows.slice(start, end).map((row) => row.trimEnd());
      const env = { PATH: process.env["PATH"], HOME: data, TOKEN: token };
      const { stdout } = await promisify(execFile)("bash", ["-c", `${selected.join("\n")} --silent --fail`], {
        env,
      });
      expect(JSON.parse(stdout)).toMatchObject({ id: exampleSummary.id });
      const client = createInstallSummaryClient({ baseUrl: `${facade.url}/beta`, token: () => token });
      expect((await client.get(exampleSummary.id)).etag).toBe('W/"2"');
    } finally {
      await editor.close();
      await facade.close();
      await rm(data, { recursive: true, force: true });
    }
  },
);
