import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { watchBundle } from "@tooling/bundle/watch";
import { openTerminal, type Terminal } from "@tooling/terminal";
import { expect, test } from "vitest";
import { keys, useEditorFixture } from "./editor-fixture.ts";
import { program } from "./run-program.ts";

const fixture = useEditorFixture();

/** Whether the terminal is as a shell expects it; a shell that is back at its prompt marks pastes itself. */
function isRestored(terminal: Terminal, atPrompt = false): boolean {
  const text = terminal.written();
  const isOn = (mode: string): boolean =>
    text.lastIndexOf(`\u001b[?${mode}h`) > text.lastIndexOf(`\u001b[?${mode}l`);
  const isShellsScreen = terminal.emulator.buffer.active.type === "normal";
  // The cursor shows, rows wrap, pastes are not marked.
  return isShellsScreen && isOn("25") && isOn("7") && (atPrompt || !isOn("2004"));
}

/** An editor with one edit, which is typed once this is on the screen. */
async function startWithEdit(first = "13 apps"): Promise<Terminal> {
  const editor = fixture.start();
  await editor.shows(first);
  expect(editor.emulator.buffer.active.type).toBe("alternate");
  editor.type(`${keys.right}8${keys.enter}`);
  await editor.shows("review (1)");
  return editor;
}

test("q quits at once, the terminal is as it was, and a line says that the edits are kept", async () => {
  const editor = await startWithEdit();
  editor.type("q");
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
  expect(isRestored(editor)).toBe(true);
  const command = `INSTALL_SUMMARY_URL='${fixture.server.url}' install-summary --profile none`;
  expect(editor.screen().replaceAll("\n", "")).toBe(
    `1 draft is kept on this computer: ${command} brings it back.`,
  );
});

test("q asks where drafts cannot be kept, y quits, and the terminal is as it was", async () => {
  await writeFile(join(fixture.folder(), "install-summary"), "in the way");
  const editor = await startWithEdit("Drafts cannot be kept");
  editor.type("q");
  await editor.shows("Quit and lose 1 staged change?");
  editor.type(keys.escape);
  await editor.hides("Quit and lose");
  editor.type("q");
  await editor.shows("Quit and lose 1 staged change?");
  editor.type("y");
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
  expect(isRestored(editor)).toBe(true);
  expect(editor.screen()).toContain("1 draft could not be kept: ");
});

test("with edits that cannot be kept Ctrl-C asks, and again asks for y, which ends with 130", async () => {
  await writeFile(join(fixture.folder(), "install-summary"), "in the way");
  const editor = await startWithEdit("Drafts cannot be kept");
  editor.type(keys.ctrlC);
  await editor.shows("Quit and lose 1 staged change?");
  editor.type(keys.ctrlC);
  await editor.shows("y quits and loses 1 staged change");
  editor.type("y");
  expect(await editor.ended).toMatchObject({ exitCode: 130 });
  expect(isRestored(editor)).toBe(true);
});

test("without edits the first Ctrl-C ends", async () => {
  const editor = fixture.start();
  await editor.shows("13 apps");
  editor.type(keys.ctrlC);
  expect(await editor.ended).toMatchObject({ exitCode: 130 });
  expect(isRestored(editor)).toBe(true);
});

test.each<[NodeJS.Signals, number]>([
  ["SIGTERM", 143],
  ["SIGHUP", 129],
])("%s ends it with %i, and the terminal is as it was", async (signal, exitCode) => {
  const editor = await startWithEdit();
  editor.signal(signal);
  expect(await editor.ended).toMatchObject({ exitCode });
  expect(isRestored(editor)).toBe(true);
});

test("a signal that ends it while a change is on its way leaves a word on it in the shell", async () => {
  fixture.server.intervene(({ method }) => (method === "PATCH" ? "hang" : undefined));
  const editor = await startWithEdit();
  editor.type("sy");
  await editor.shows("waiting for a response");
  editor.signal("SIGTERM");
  expect(await editor.ended).toMatchObject({ exitCode: 143 });
  expect(isRestored(editor)).toBe(true);
  expect(editor.screen()).toContain("1 change was sent and not confirmed: it may have been applied.");
  expect(editor.screen()).toMatch(/: failed=8\n/);
  expect(editor.screen()).toContain("install-summary get ");
});

test.each(["drawing", "waiting"])(
  "a crash while %s is told after the terminal was restored",
  async (where) => {
    const folder = await mkdtemp(join(tmpdir(), "install-summary-editor-"));
    try {
      const here = fileURLToPath(new URL("..", import.meta.url));
      const built = Promise.withResolvers<readonly string[]>();
      const entry = join(here, "test/crashing-editor.ts");
      const bundle = await watchBundle(entry, folder, "crash", built.resolve);
      expect(await built.promise).toEqual([]);
      await bundle.stop();
      const args = [join(folder, "crash.js"), where];
      const editor = openTerminal({ command: process.execPath, args, env: fixture.env() });
      expect(await editor.ended).toMatchObject({ exitCode: 1 });
      expect(isRestored(editor)).toBe(true);
      expect(editor.screen()).toContain("The editor ended: a defect");
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);

test("a sign-in that takes its time does not keep who quits", async () => {
  const env = { ...fixture.env(), INSTALL_SUMMARY_TOKEN: "", INSTALL_SUMMARY_TOKEN_COMMAND: "sleep 60" };
  const editor = fixture.start({ env });
  await editor.shows("Connecting …");
  editor.type("q");
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
  // It is not the disk that does not respond.
  expect(editor.written()).not.toContain("Waiting 5 s");
});

test.skipIf(process.platform === "win32")("neither does a pipe that gives no token", async () => {
  const pipe = join(fixture.folder(), "token");
  execFileSync("mkfifo", [pipe]);
  const env = { ...fixture.env(), INSTALL_SUMMARY_TOKEN: "", INSTALL_SUMMARY_TOKEN_FILE: pipe };
  const editor = fixture.start({ env });
  await editor.shows("Connecting …");
  editor.type("q");
  // The pipe holds a thread of the process, so only a signal ends it.
  expect(await editor.ended).toMatchObject({ signal: 15 });
  expect(isRestored(editor)).toBe(true);
});

test("Ctrl-L draws everything again", async () => {
  const editor = await startWithEdit();
  await new Promise<void>((resolve) => editor.emulator.write("\u001b[2J\u001b[Hgarbage", resolve));
  expect(editor.screen()).toContain("garbage");
  editor.type(keys.ctrlL);
  await editor.hides("garbage");
  await editor.shows("review (1)");
});

test("Ctrl-L twice in one read, as a key that is held sends it, loses nothing", async () => {
  const editor = await startWithEdit();
  editor.type(keys.ctrlL.repeat(5));
  editor.type("q");
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
});

test("Ctrl-Z gives the shell back, and fg the editor as it was", async ({ skip }) => {
  skip(!existsSync("/bin/bash"), "bash, whose job control it needs, is not installed");
  const env = { ...fixture.env(), PS1: "shell> " };
  const shell = fixture.start({ command: "/bin/bash", args: ["--norc", "-i"], env });
  shell.type(`'${process.execPath}' '${program}'\r`);
  await shell.shows("13 apps");
  shell.type(`${keys.right}8${keys.enter}`);
  await shell.shows("review (1)");
  shell.type(keys.ctrlZ);
  await shell.shows("Stopped");
  expect(isRestored(shell, true)).toBe(true);
  shell.type("echo at the shell\r");
  await shell.shows(/^at the shell/m);
  shell.type("fg\r");
  await shell.shows("341 → 8 ●");
  shell.type(keys.ctrlC);
  await shell.shows(/fg\n[^]*shell>$/);
  shell.type("exit\r");
  await shell.ended;
  expect(isRestored(shell, true)).toBe(true);
});
