import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { expect, onTestFinished, test, vi } from "vitest";
import { root } from "@tooling/launch/project";
import { createSandbox } from "../../src/sandbox.ts";
import { hasProgram } from "../../src/has-program.ts";

test("pnpm start in tmux: the shell has its screen again when the editor ends", async ({ skip }) => {
  for (const program of ["tmux", "pnpm"]) if (!hasProgram(program)) skip(`${program} is not on the PATH`);
  const sandbox = await createSandbox();
  // A separate tmux server, away from existing sessions and settings.
  const socket = `install-summary-${randomUUID()}`;
  const tmux = (...args: readonly string[]): string =>
    execFileSync("tmux", ["-L", socket, "-f", "/dev/null", ...args], {
      cwd: sandbox.folder,
      env: { ...sandbox.env, LC_ALL: "C.UTF-8", TERM: "xterm-256color" },
      encoding: "utf8",
    });
  const shows = (text: string): Promise<void> =>
    vi.waitFor(() => expect(tmux("capture-pane", "-p")).toContain(text), { timeout: 60_000, interval: 100 });
  tmux("new-session", "-d", "-x", "90", "-y", "28", "sh");
  onTestFinished(() => void tmux("kill-server"));

  tmux("send-keys", `pnpm --dir '${root}' start; echo "ended with $?"`, "Enter");
  await shows("200 apps · by failed");
  tmux("send-keys", "/payroll", "Enter");
  await shows("Contoso · Android · version 1");
  tmux("send-keys", "Escape", "q");
  await shows("ended with 0");

  expect(tmux("capture-pane", "-p")).toContain("Loaded the sample tenant: 200 apps.");
  expect(tmux("display-message", "-p", "#{alternate_on} #{cursor_flag} #{wrap_flag}").trim()).toBe("0 1 1");
});
