import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openTerminal, type Terminal, type TerminalOptions } from "@tooling/terminal";

function open(options: TerminalOptions): Terminal {
  const terminal = openTerminal(options);
  onTestFinished(() => terminal.close());
  return terminal;
}

const program = (source: string): TerminalOptions => ({ command: process.execPath, args: ["-e", source] });

test("a program sees a terminal of the asked size, and its text is on the screen", async () => {
  const terminal = open({
    ...program("console.log(process.stdout.isTTY, process.stdout.columns, process.stdout.rows, '企业 👩‍💻!')"),
    columns: 40,
    rows: 12,
  });

  expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
  expect(terminal.screen()).toBe("true 40 12 企业 👩‍💻!");
  expect(terminal.emulator.buffer.active.getLine(0)?.getCell(18)?.getChars()).toBe("!");
});

test("typed keys reach the program, a resize too", async () => {
  const terminal = open(
    program(`process.stdin.on("data", (keys) => console.log("got", String(keys).trim()));
      process.stdout.on("resize", () => console.log("size", process.stdout.columns));
      console.log("ready");`),
  );

  await terminal.shows("ready");
  terminal.type("hello\r");
  await terminal.shows("got hello");
  terminal.resize(100, 30);
  await terminal.shows("size 100");
  expect(terminal.screen()).toBe("ready\nhello\ngot hello\nsize 100");
});

test("what the program asks of the terminal is answered", async () => {
  const terminal = open(
    program(`process.stdin.setRawMode(true);
      process.stdin.once("data", (answer) => { console.log(JSON.stringify(String(answer))); process.exit(); });
      process.stdout.write("ab\\u001B[6n");`),
  );

  await terminal.ended;
  expect(terminal.screen()).toContain(String.raw`ab"\u001b[1;3R"`);
});

test("waiting for what never comes fails with the screen, at once when the program ends", async () => {
  const terminal = open(program("console.log('only this')"));

  await expect(terminal.shows("something else", 60)).rejects.toThrow("only this");
});

test("a signal ends the program", async () => {
  const terminal = open(program("setInterval(() => {}, 1000); console.log('up')"));

  await terminal.shows("up");
  terminal.signal("SIGTERM");
  expect(await terminal.ended).toEqual({ exitCode: 0, signal: 15 });
});

test("a variable without a value is not passed to the program", async () => {
  const terminal = open({
    ...program("console.log('NOT_SET' in process.env, process.env.SET)"),
    env: { PATH: process.env["PATH"], NOT_SET: undefined, SET: "yes" },
  });

  await terminal.ended;
  expect(terminal.screen()).toBe("false yes");
});

const printsHome = program("console.log(process.env.HOME, process.env.XDG_DATA_HOME)");

test("a program without a home has an empty one, which ends with it", async () => {
  for (const env of [undefined, { PATH: process.env["PATH"] }, { HOME: homedir() }]) {
    const terminal = open({ ...printsHome, columns: 200, ...(env !== undefined && { env }) });
    await terminal.ended;
    const [home = "", data = ""] = terminal.screen().split(" ");
    expect(data).toBe(join(home, "data"));
    expect(home).toContain("install-summary-home-");
    expect(existsSync(home)).toBe(false);
  }
});

test("a home that the environment names stays", async () => {
  const terminal = open({ ...printsHome, env: { HOME: "/tmp/ada", XDG_DATA_HOME: "/tmp/ada/data" } });
  await terminal.ended;
  expect(terminal.screen()).toBe("/tmp/ada /tmp/ada/data");
});
