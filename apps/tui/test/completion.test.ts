import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { openTerminal, type Terminal } from "@tooling/terminal";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { program, runProgram } from "./run-program.ts";

let folder = "";
let terminal: Terminal | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "install-summary-completion-"));
  const file = join(folder, "install-summary");
  await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  await chmod(file, 0o755);
  await writeFile(join(folder, "plan.json"), "{}");
  await writeFile(join(folder, "plans.csv"), "");
});
afterEach(() => terminal?.close());
afterAll(() => rm(folder, { recursive: true }));

/** The environment of a person whose home is the folder of the tests, and in whose path the program is. */
function environment(): NodeJS.ProcessEnv {
  return {
    PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
    HOME: folder,
    ZDOTDIR: folder,
    LANG: "C.UTF-8",
    TERM: "xterm-256color",
    PS1: "% ",
  };
}

function run(shell: string, ...args: readonly string[]): string {
  const { stdout } = spawnSync(shell, args, { env: environment(), cwd: folder, encoding: "utf8" });
  return stdout;
}

function has(shell: string): boolean {
  return spawnSync(shell, ["--version"], { stdio: "ignore" }).error === undefined;
}

type Complete = (...words: readonly string[]) => readonly string[];

const inBash: Complete = (...words) => inBashAt(words.join(" "), words);

/** `words` are what bash makes of the line. */
function inBashAt(line: string, words: readonly string[]): readonly string[] {
  const script = `source <(install-summary completion bash)
    COMP_LINE="install-summary $1"; shift; COMP_POINT=\${#COMP_LINE}
    COMP_WORDS=(install-summary "$@"); COMP_CWORD=$#
    _install_summary install-summary "$(sed 's/^=$//' <<<"\${!#}")" 2>/dev/null
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return run("bash", "--noprofile", "--norc", "-c", script, "bash", line, ...words)
    .trim()
    .split("\n");
}

const inFish: Complete = (...words) => {
  const line = ["install-summary", ...words].join(" ");
  const found = run(
    "fish",
    "--no-config",
    "-c",
    `install-summary completion fish | source; complete -C '${line}'`,
  );
  return found
    .trim()
    .split("\n")
    .map((each) => each.split("\t")[0] ?? "");
};

/** What the program takes without a command. */
const ownOptions = [
  "--help",
  "--plain",
  "--profile",
  "--quiet",
  "--read-only",
  "--screen-reader",
  "--verbose",
  "--version",
];

const shellsWithoutTerminal = [
  ["bash", inBash],
  ["fish", inFish],
] as const;

test.for(shellsWithoutTerminal)(
  "%s completes commands, options, values, counters, keys and shells",
  ([shell, complete], { skip }) => {
    skip(!has(shell), `${shell} is not installed`);
    expect(complete("")).toEqual(
      expect.arrayContaining(["list", "get", "set", "plan", "apply", "config", "help"]),
    );
    expect(complete("")).not.toContain("complete");
    expect(complete("li")).toEqual(["list"]);
    expect(complete("list", "--li")).toEqual(["--limit"]);
    expect(complete("list", "--output", "nd")).toEqual(["ndjson"]);
    expect(complete("list", "-o", "").toSorted()).toEqual(["csv", "json", "ndjson", "table", "tsv"]);
    expect(complete("list", "--sort", "users.f")).toEqual(["users.failed"]);
    expect(complete("list", "--sort", "sh")).toEqual(["share"]);
    expect(complete("list", "--sort", "-ch")).toEqual(["-changed"]);
    expect(complete("set", "app", "failed=1", "users.f")).toEqual(["users.failed="]);
    expect(complete("set", "app", "users.failed=1", "users.f")).toEqual([""]);
    expect(complete("config", "token")).toEqual(["tokenCommand", "tokenFile", "tokenVariable"]);
    expect(complete("config", "readOnly", "").toSorted()).toEqual(["false", "true"]);
    expect(complete("completion", "").toSorted()).toEqual(["bash", "fish", "pwsh", "zsh"]);
    expect(complete("help", "pl")).toEqual(["plan"]);
    expect(complete("--").toSorted()).toEqual(ownOptions);
    expect(complete("--pl")).toEqual(["--plain"]);
    expect(complete("--profile", "no")).toEqual(["none"]);
    expect(complete("--profile", "list", "--screen")).toEqual(["--screen-reader"]);
    expect(complete("--profile", "none", "li")).toEqual(["list"]);
    expect(complete("--profile", "none", "list", "--profi")).toEqual([""]);
    expect(complete("--plain", "--pl")).toEqual([""]);
    expect(complete("--plain", "li")).toEqual([""]);
    expect(complete("help", "--pl")).toEqual([""]);
    expect(complete("contract", "")).toEqual(expect.arrayContaining(["verify"]));
  },
);

test("bash completes the value behind =, which it takes for a word of its own", ({ skip }) => {
  skip(!has("bash"), "bash is not installed");
  expect(inBashAt("list --output=nd", ["list", "--output", "=", "nd"])).toEqual(["ndjson"]);
  const all = inBashAt("list --output=", ["list", "--output", "="]);
  expect(all.toSorted()).toEqual(["csv", "json", "ndjson", "table", "tsv"]);
  expect(inBashAt("set app failed=1 pend", ["set", "app", "failed", "=", "1", "pend"])).toEqual(["pending="]);
  expect(inBashAt("set app failed=", ["set", "app", "failed", "="])).toEqual([""]);
  expect(inBashAt('set app "failed=', ["set", "app", '"failed="'])).toEqual([""]);
});

test("fish completes the value behind =", ({ skip }) => {
  skip(!has("fish"), "fish is not installed");
  expect(inFish("list", "--output=nd")).toEqual(["--output=ndjson"]);
});

test("fish completes the files of plan, and of an option that takes one", ({ skip }) => {
  skip(!has("fish"), "fish is not installed");
  const option = ["contract", "verify", "URL", "--reader-token-file", "plan.j"];
  expect(inFish(...option)).toEqual(["plan.json"]);
  expect(inFish("plan", "plan").toSorted()).toEqual(["plan.json", "plans.csv"]);
});

test.for(["bash", "fish"])("%s evaluates nothing that was typed", (shell, { skip }) => {
  skip(!has(shell), `${shell} is not installed`);
  const evil = "$(touch pwned)";
  if (shell === "bash") inBash("get", evil, "; touch pwned", "`touch pwned`", "");
  else
    run(
      "fish",
      "--no-config",
      "-c",
      `install-summary completion fish | source; complete -C 'install-summary get "(touch pwned)" '`,
    );
  expect(existsSync(join(folder, "pwned"))).toBe(false);
});

const shells = [
  ["bash", ["--noprofile", "--norc", "-i"], "source <(install-summary completion bash)"],
  ["zsh", ["-f", "-i"], "autoload -Uz compinit; compinit -u -D; source <(install-summary completion zsh)"],
  ["fish", ["--no-config", "-i"], "install-summary completion fish | source"],
] as const;

/** A terminal with a shell that has loaded its script. */
async function openShell([shell, args, load]: (typeof shells)[number]): Promise<Terminal> {
  const opened = openTerminal({ command: shell, args, env: environment(), folder, columns: 100 });
  terminal = opened;
  // The marks in the line are not what is waited for.
  opened.type(`${load}; echo loa''ded\r`);
  await opened.shows(/^loaded/m);
  return opened;
}

test.for(shells)("in %s a person completes with Tab", async (shell, { skip }) => {
  skip(!has(shell[0]), `${shell[0]} is not installed`);
  const opened = await openShell(shell);
  opened.type("install-summary conf\t");
  await opened.shows("install-summary config");
  opened.type("tokenC\t");
  await opened.shows("install-summary config tokenCommand");
  opened.type("\u0015install-summary set app users.fa\t");
  await opened.shows("install-summary set app users.failed=");
  // All of it is there already.
  opened.type("\t8 pend\t");
  await opened.shows("install-summary set app users.failed=8 pending=");
  opened.type("\u0015install-summary --pl\t");
  await opened.shows("install-summary --plain");
  opened.type("\u0015install-summary --profile=no\t");
  await opened.shows("install-summary --profile=none");
  opened.type("\u0015install-summary list --output=nd\t");
  await opened.shows("install-summary list --output=ndjson");
  opened.type("\u0015install-summary apply pla\t");
  await opened.shows("install-summary apply plan");
  expect(opened.screen()).not.toContain(":files");
});

test("profiles of the config file are completed, and a broken file completes nothing", async () => {
  const env = { HOME: folder, APPDATA: folder };
  const path = (await runProgram(["config", "--path"], { env })).stdout.trim();
  await runProgram(["config", "glyphs", "ascii", "--profile", "prod"], { env });
  const complete = ["complete", "--", "=", "list", "--profile"];
  expect((await runProgram(complete, { env })).stdout).toBe("prod\tprofile\nnone\tprofile\n");
  await writeFile(path, "{");
  expect(await runProgram(complete, { env })).toEqual({ exit: 0, stdout: "none\tprofile\n", stderr: "" });
});

test.for(shells)("what %s inserts is quoted, and runs nothing", async (shell, { skip }) => {
  skip(!has(shell[0]), `${shell[0]} is not installed`);
  const env = { HOME: folder, APPDATA: folder };
  const path = (await runProgram(["config", "--path"], { env })).stdout.trim();
  await mkdir(dirname(path), { recursive: true });
  const profiles = { "solo one": {}, "it's": {}, "$(touch pwned)": {}, "new\n;touch pwned": {} };
  await writeFile(path, JSON.stringify({ profiles }));
  await writeFile(join(folder, "my patch.json"), "{}");
  const opened = await openShell(shell);
  for (const [typed, line] of [
    ["list --profile so", String.raw`list --profile solo\ one`],
    ["list --profile=so", String.raw`list --profile=solo\ one`],
    [String.raw`list --profile solo\ o`, String.raw`list --profile solo\ one`],
    ["list --profile 'so", "list --profile 'solo one'"],
    ["list --profile i", String.raw`list --profile it\'s`],
    ["set app @my", String.raw`set app @my\ patch.json`],
    ['set app "@my', 'set app "@my patch.json"'],
    [String.raw`list --profile \$`, String.raw`list --profile \$\(touch\ pwned\)`],
  ] as const) {
    opened.type(`\u0015install-summary ${typed}\t`);
    await opened.shows(`install-summary ${line}`);
  }
  opened.type("\r");
  await opened.shows("Not signed in: no token is set.");
  expect(existsSync(join(folder, "pwned"))).toBe(false);
});

// PowerShell is not run: its script is held against the documented grammar of what it uses.
test("the script for PowerShell has balanced brackets and quotes, and calls documented commands alone", async () => {
  const { stdout } = await runProgram(["completion", "pwsh"]);
  const code = stdout
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n");
  const withoutTexts = code.replaceAll(/'[^']*'|"(?:`.|[^"`])*"/g, "''");
  expect(withoutTexts).not.toMatch(/["`]/);
  const open: string[] = [];
  const pairs: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
  for (const sign of withoutTexts.match(/[()[\]{}]/g) ?? []) {
    if (pairs[sign] !== undefined && open.at(-1) === pairs[sign]) open.pop();
    else open.push(sign);
  }
  expect(open).toEqual([]);
  const commands = new Set(withoutTexts.match(/\b[A-Z]\w+-[A-Z]\w+/g));
  expect([...commands].toSorted()).toEqual([
    "ForEach-Object",
    "Register-ArgumentCompleter",
    "Select-Object",
    "Where-Object",
  ]);
  // Source: Microsoft, "Register-ArgumentCompleter": the parameters of a native completer.
  expect(code).toContain("-Native -CommandName 'install-summary' -ScriptBlock {");
  expect(code).toContain("param($wordToComplete, $commandAst, $cursorPosition)");
});

test("the help says how bash loads the script, and not how it prints it", async () => {
  const { stdout } = await runProgram(["completion", "--help"]);
  expect(stdout).toContain("  bash, in ~/.bashrc:\n    source <(install-summary completion bash)\n");
});

test("an unknown shell ends in 2 with those that are known", async () => {
  expect(await runProgram(["completion", "tcsh"])).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining("SHELL must be bash, zsh, fish, pwsh; got tcsh."),
  });
});
