import { openTerminal } from "@tooling/terminal";
import { execFile } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { program } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

const unknown = "/deviceAppManagement/mobileApps/99999999-9999-4999-8999-999999999999";

test.each([1, 2])(
  "a terminal held by Ctrl-S stops neither requests nor the end, at signal %i",
  async (signals) => {
    const folder = temporaryFolder();
    const data = join(folder, "data");
    const { stdout: token } = await promisify(execFile)(process.execPath, [program, "token", "--data", data]);
    const terminal = openTerminal({
      command: process.execPath,
      args: [program, "serve", "--port", "0", "--data", data],
      columns: 200,
      folder,
    });
    onTestFinished(() => terminal.close());
    await terminal.shows("serving");
    const [url = ""] = /http:\/\/[^\s"]+/.exec(terminal.screen()) ?? [];

    terminal.type("\u0013");
    // More than a terminal holds.
    for (let request = 0; request < 600; request += 1) {
      const response = await fetch(url + unknown, { headers: { authorization: `Bearer ${token.trim()}` } });
      await response.text();
      expect(response.status).toBe(404);
    }
    for (let signal = 0; signal < signals; signal += 1) terminal.signal("SIGTERM");
    const { exitCode, signal } = await terminal.ended;
    // The second signal may come when the end is reached already.
    expect([exitCode, signal]).toBeOneOf(
      signals === 1
        ? [[0, 0]]
        : [
            [0, 0],
            [0, constants.signals.SIGTERM],
          ],
    );
  },
);
