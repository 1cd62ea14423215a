import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { editorProgram } from "@tooling/launch/project";
import { beforeAll, describe, expect, test } from "vitest";
import { hasProgram } from "../src/has-program.ts";
import { pastedInto, pasteInto } from "../src/paste-into.ts";
import { createSandbox } from "../src/sandbox.ts";

const run = promisify(execFile);

const programs = [
  editorProgram,
  fileURLToPath(
    new URL(
      "dist/bin/install-summary-facade.js",
      import.meta.resolve("@install-summary/facade/package.json"),
    ),
  ),
];

/** One help, with what its examples do, and their lines. */
interface Help {
  readonly of: string;
  readonly text: string;
  readonly does: readonly string[];
  readonly lines: readonly string[];
}

/** All helps: that of the program, and those of its commands and of theirs. */
async function readHelps(program: string, ...words: readonly string[]): Promise<readonly Help[]> {
  const { stdout: text } = await run(process.execPath, [program, ...words, "--help"]);
  const [, examples = ""] = /\nExamples:\n((?: .*\n)+)/.exec(text) ?? [];
  const [, commands = ""] = /\nCommands:\n((?: .*\n)+)/.exec(text) ?? [];
  const help = {
    of: words.join(" "),
    text,
    does: [...examples.matchAll(/^ {2}(\S.*)$/gm)].map(([, does = ""]) => does),
    lines: [...examples.matchAll(/^ {4}(\S.*)$/gm)].map(([, line = ""]) => line),
  };
  const others: Help[] = [];
  for (const [, name = ""] of commands.matchAll(/^ {2}(\S+)/gm)) {
    others.push(...(await readHelps(program, ...words, name)));
  }
  return [help, ...others];
}

let helps: readonly Help[] = [];
/** Those whose examples are for any shell: a line of completion is for the start file of one. */
let common: readonly Help[] = [];
beforeAll(async () => {
  helps = (await Promise.all(programs.map((program) => readHelps(program)))).flat();
  common = helps.filter(({ of }) => of !== "completion");
});

test("every help has examples in 80 columns, and says what each does in words that no shell reads otherwise", () => {
  expect(helps.length).toBeGreaterThan(20);
  for (const { of, text, does, lines } of helps) {
    expect({ of, wide: text.split("\n").filter((line) => line.length > 80) }).toEqual({ of, wide: [] });
    expect({ of, lines: lines.length }).toEqual({ of, lines: does.length });
    expect(lines).not.toEqual([]);
    expect(does.filter((one) => !/^[\w ,.:/~-]+:$/.test(one))).toEqual([]);
  }
});

describe.for(pastedInto)("%s %s %s", ([shell, ...args]) => {
  test.runIf(hasProgram(shell))(
    "runs the examples that are pasted, with or without what they do",
    async () => {
      const { folder } = await createSandbox();
      const lines = common.flatMap((help) => help.lines);
      const typed = lines.map((line) => `${line}\n`).join("");
      const { calls } = pasteInto(["sh", "-s"], typed, folder);
      expect(calls).toHaveLength(lines.length);
      const { stderr, ...alone } = pasteInto([shell, ...args], typed, folder);
      expect(alone).toEqual({ calls });
      expect(stderr).not.toMatch(/not found|no matches|error|unexpected|unknown|quote>/i);
      const blocks = common.map(({ text }) => /\nExamples:\n(?: .*\n)+/.exec(text)?.[0]);
      expect(pasteInto([shell, ...args], blocks.join(""), folder).calls).toEqual(calls);
    },
  );
});

const scripted = pastedInto.filter(([, ...args]) => !args.includes("-i"));

describe.for(scripted)("%s %s %s", ([shell, ...args]) => {
  test.runIf(hasProgram(shell))("loads the completion that is for it", async () => {
    const { folder } = await createSandbox();
    const lines = helps.find(({ of }) => of === "completion")?.lines ?? [];
    const line = lines.find((one) => one.includes(`completion ${shell}`)) ?? "";
    expect(pasteInto([shell, ...args], `${line}\n`, folder)).toEqual({
      calls: [["install-summary", "completion", shell]],
      stderr: "",
    });
  });
});
