import { spawn } from "@lydell/node-pty";
import { expect, test, vi } from "vitest";
import { google, patchesAt, signedIn, useCommandsFixture } from "./commands-fixture.ts";
import { program } from "./run-program.ts";

const fixture = useCommandsFixture();

interface Terminal {
  /** All that was written so far. */
  text(): string;
  type(keys: string): void;
  readonly exit: Promise<number>;
}

/** Runs a command in a real terminal of so many columns. */
function startInTerminal(args: readonly string[], columns = 80): Terminal {
  const env = { PATH: process.env["PATH"] ?? "", TERM: "xterm-256color", ...signedIn(fixture.server) };
  const terminal = spawn(process.execPath, [program, ...args], { cols: columns, rows: 24, env });
  let text = "";
  terminal.onData((data) => (text += data));
  const exit = new Promise<number>((resolve) => {
    terminal.onExit(({ exitCode }) => resolve(exitCode));
  });
  return { text: () => text.replaceAll("\r\n", "\n"), type: (keys) => terminal.write(keys), exit };
}

async function startSet(): Promise<Terminal> {
  const terminal = startInTerminal(["set", google, "failed=8"]);
  await vi.waitFor(() => expect(terminal.text()).toContain("[y/N]"), 10_000);
  expect(terminal.text()).toContain("Failed devices      16      8  −8");
  expect(terminal.text()).toContain(`Send this change to ${fixture.server.url}?`);
  return terminal;
}

test("set asks, and sends after yes", async () => {
  const terminal = await startSet();
  expect(patchesAt(fixture.server)).toEqual([]);
  terminal.type("y\r");
  expect(await terminal.exit).toBe(0);
  expect(fixture.server.current(google).summary.failedDeviceCount).toBe(8);
});

test.each([
  ["another answer", "n\r", 2],
  ["no answer", "\r", 2],
  ["the end of input", "\u0004", 2],
  ["Ctrl-C", "\u0003", 130],
])("%s sends nothing", async (_, keys, exit) => {
  const terminal = await startSet();
  terminal.type(keys);
  expect(await terminal.exit).toBe(exit);
  expect(patchesAt(fixture.server)).toEqual([]);
});

test("--yes does not ask", async () => {
  const terminal = startInTerminal(["set", google, "failed=8", "--yes"]);
  expect(await terminal.exit).toBe(0);
  expect(terminal.text()).not.toContain("[y/N]");
  expect(patchesAt(fixture.server)).toHaveLength(1);
});

test("a list fits the terminal that it is printed on", async () => {
  const terminal = startInTerminal(["list"], 72);
  expect(await terminal.exit).toBe(0);
  const [header] = terminal.text().split("\n");
  expect(header).toBe("App            Installed  Failed  Not app…  Not ins…  Pending  Id");
  expect(terminal.text()).toContain("00000000…");
});
