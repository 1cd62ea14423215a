import { buildCommand, buildRouteMap } from "@stricli/core";
import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { exitCodes } from "./errors/exit-codes.ts";
import { UserError } from "./errors/user-error.ts";
import { withHelp, withProgramHelp } from "./help/with-help.ts";
import { runProgram, type Program, type ProgramContext } from "./run-program.ts";

interface PourFlags {
  readonly size: "small" | "large";
  readonly cups?: number;
  readonly dryRun?: boolean;
}

function run(this: ProgramContext, { size, cups = 1, dryRun = false }: PourFlags, drink: string): void {
  if (drink === "mercury") throw new UserError("Mercury is not a drink.", { exit: exitCodes.refused });
  if (drink === "nothing") throw new RangeError("the cup is bottomless");
  this.process.stdout.write(`${cups} ${size} ${drink}${dryRun ? "?" : ""}\n`);
  if (drink === "sand") this.endWith(exitCodes.partly);
}

const pour = withHelp<ProgramContext>(
  buildCommand<PourFlags, [drink: string], ProgramContext>({
    loader: async () => run,
    parameters: {
      flags: {
        size: { kind: "enum", values: ["small", "large"], default: "small", brief: "Size of the cup" },
        cups: { kind: "parsed", parse: parseCups, optional: true, placeholder: "N", brief: "How many" },
        dryRun: { kind: "boolean", optional: true, withNegated: false, brief: "Pour nothing" },
      },
      positional: {
        kind: "tuple",
        parameters: [{ brief: "What to pour", placeholder: "DRINK", parse: String }],
      },
    },
    docs: { brief: "Pour a drink" },
  }),
  {
    usage: ["DRINK [OPTIONS]"],
    text: ["Pours a drink."],
    examples: [{ does: "Two large teas", line: "pour tea --size large --cups 2" }],
  },
);

const routes = withProgramHelp<ProgramContext>(
  buildRouteMap({ routes: { pour }, docs: { brief: "Serve drinks" } }),
  { usage: ["COMMAND [OPTIONS]"], text: [], examples: [] },
);

function parseCups(text: string): number {
  if (/^[1-9]$/.test(text)) return Number(text);
  throw new Error("must be a whole number from 1 to 9");
}

const bar: Program<ProgramContext> = {
  name: "bar",
  version: "1.2.3",
  routes,
  context: (base) => base,
  loadDescribe: async () => () => undefined,
};

async function runBar(...args: readonly string[]) {
  const stdout = memory();
  const stderr = memory();
  const argv = ["node", "bar", ...args];
  const exit = await runProgram(bar, { argv, env: {}, stdout: stdout.stream, stderr: stderr.stream });
  return { exit, stdout: stdout.text(), stderr: stderr.text() };
}

test.each([
  [["pour", "mercury"], 6],
  [["pour", "nothing"], 1],
  [["pour", "sand"], 1],
  [["pour", "tea"], 1],
  [["pour", "tea", "--cups"], 2],
  [["pour"], 2],
  [["zzz"], 2],
])(
  "the last line of JSON has the exit code, also where the output cannot be written: %j",
  async (args, code) => {
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error("full"), { code: "ENOSPC" })),
    });
    const stderr = memory();
    // The option is any command's.
    const program = {
      ...bar,
      expand: (inputs: readonly string[]) => inputs.filter((word) => word !== "-ojson"),
    };
    const exit = await runProgram(program, {
      argv: ["node", "bar", ...args, "-ojson"],
      env: {},
      stdout,
      stderr: stderr.stream,
    });
    expect(exit).toBe(code);
    const last = stderr.text().trimEnd().split("\n").at(-1) ?? "";
    expect(JSON.parse(last)).toMatchObject({ error: { exit: code } });
  },
);

test.each([
  ["pour", "tea", "--token", "s3cret"],
  ["pour", "tea", "--token=s3cret"],
  ["pour", "--foo", "--client-secret", "s3cret"],
  ["--password", "s3cret", "pour"],
  ["--password=s3cret", "pour"],
  ["puor", "--api-key=s3cret"],
])(
  "an option that does not exist and is for a secret does not have it repeated: %s %s %s",
  async (...args) => {
    const { exit, stdout, stderr } = await runBar(...args);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
    expect(stderr).toContain("…");
    expect(stderr).not.toContain("s3cret");
  },
);

function memory(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join("") };
}

test("a command gets its options and arguments, and its output is all that is printed", async () => {
  expect(await runBar("pour", "tea", "--size", "large", "--cups=2")).toEqual({
    exit: 0,
    stdout: "2 large tea\n",
    stderr: "",
  });
});

test("a command chooses its exit code without failing", async () => {
  expect(await runBar("pour", "sand")).toMatchObject({ exit: 8, stderr: "" });
});

describe("a wrong command line ends in 2 and says what, where and what to do", () => {
  test.each([
    [["pout", "tea"], "Unknown command: pout.", "  pout tea\n  ^^^^\n  Did you mean pour?\n"],
    [["zzz"], "Unknown command: zzz.", "  zzz\n  ^^^\n  bar --help lists the commands.\n"],
    [["tea"], "Unknown command: tea.", "  tea\n  ^^^\n  bar --help lists the commands.\n"],
    [["--cups", "2"], "Unknown option: --cups.", "  Put options after the command: bar COMMAND --cups\n"],
    [["pour", "tea", "--cusp", "2"], "Unknown option: --cusp.", "  Did you mean --cups?\n"],
    [["pour", "tea", "--dry-rnu"], "Unknown option: --dry-rnu.", "  Did you mean --dry-run?\n"],
    [["pour", "tea", "-x"], "Unknown option: -x.", "  pour tea -x\n           ^^\n"],
    [["pour", "tea", "--cups", "0"], "--cups must be a whole number from 1 to 9; got 0.", "            ^\n"],
    [["pour", "tea", "--cups="], '--cups must be a whole number from 1 to 9; got "".', "Put --help after"],
    [["pour", "tea", "--size", "huge"], "--size must be small or large; got huge.", "             ^^^^\n"],
    [["pour", "tea", "--dry-run=maybe"], "--dry-run must be true or false; got maybe.", "^^^^^"],
    [["pour", "tea", "--cups"], "--cups needs a value.", "           ^^^^^^\n"],
    [["pour", "tea", "coffee"], "Unexpected argument: coffee.", "           ^^^^^^\n"],
    [["pour", "tea", "iced tea"], 'Unexpected argument: "iced tea".', '  pour tea "iced tea"\n'],
    [["pour", "tea", "x://ada:hunter2@y"], "Unexpected argument: x://…@y.", "  pour tea x://…@y\n"],
    [["--x=y://ada:hunter2@z"], "Unknown option: --x=y://…@z.", "bar COMMAND --x=y://…@z\n"],
    [["pour"], "DRINK is missing.", "  Put --help after the command to see its options.\n"],
    [["pour", "tea", "--cups", "1", "--cups", "2"], "--cups was given twice.", "^^^^^^"],
  ])("%j", async (args, message, rest) => {
    const ended = await runBar(...args);
    expect(ended).toMatchObject({ exit: 2, stdout: "" });
    expect(ended.stderr.split("\n")[0]).toBe(`bar: ${message}`);
    expect(ended.stderr).toContain(rest);
  });
});

test("a user error ends in its own exit code, a bug in 1 with all that is known of it", async () => {
  expect(await runBar("pour", "mercury")).toEqual({
    exit: 6,
    stdout: "",
    stderr: "bar: Mercury is not a drink.\n",
  });
  const { exit, stderr } = await runBar("pour", "nothing");
  expect(exit).toBe(1);
  expect(stderr).toMatch(
    /^bar: Unexpected error\. This is a bug; please report it with:\n {2}RangeError: the cup is bottomless\n {2}at /,
  );
});

test("help shows usage, arguments, options with their defaults, and examples", async () => {
  const { stdout } = await runBar("help", "pour");
  expect(stdout).toBe(
    [
      "Pours a drink.",
      "",
      "Usage:",
      "  bar pour DRINK [OPTIONS]",
      "",
      "Arguments:",
      "  DRINK  What to pour",
      "",
      "Options:",
      "      --size small|large  Size of the cup (default: small)",
      "      --cups N            How many",
      "      --dry-run           Pour nothing",
      "  -h, --help              Print help and exit",
      "",
      "Examples:",
      "  Two large teas:",
      "    bar pour tea --size large --cups 2",
      "",
    ].join("\n"),
  );
});

test("without arguments the help of the whole program is printed", async () => {
  const [bare, asked] = await Promise.all([runBar(), runBar("--help")]);
  expect(bare).toEqual(asked);
  expect(bare.stdout).toContain("\nCommands:\n  pour  Pour a drink\n");
});
