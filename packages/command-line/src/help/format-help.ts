import type { Command, CommandContext } from "@stricli/core";
import { columns, fold } from "./fold.ts";
import type { Help } from "./help.ts";

interface Flag {
  readonly name: string;
  readonly brief: string;
  readonly aliases?: readonly string[];
}

interface HelpParts {
  /** The program and the command. */
  readonly prefix: readonly string[];
  readonly additionalFlags: readonly Flag[];
  readonly help: Help;
}

interface CommandHelpParts extends HelpParts {
  readonly parameters: Parameters;
}

interface ProgramHelpParts extends HelpParts {
  readonly brief: string;
  readonly commands: readonly (readonly [name: string, brief: string])[];
}

type Parameters = Command<CommandContext>["parameters"];
type Row = readonly [name: string, meaning: string];

/** The help text of one command. */
export function commandHelp({ prefix, additionalFlags, parameters, help }: CommandHelpParts): string {
  const [program = ""] = prefix;
  return joined([
    ...help.text.map((paragraph) => fold(paragraph)),
    ["Usage:", ...usageLines(prefix.join(" "), help)],
    section("Arguments", argumentRows(parameters)),
    section("Options", [...optionRows(parameters), ...additionalRows(additionalFlags)]),
    ...otherSections(help),
    exampleLines(program, help),
  ]);
}

/** The help text of the program: its commands, and what holds for all of them. */
export function programHelp({ prefix, brief, additionalFlags, commands, help }: ProgramHelpParts): string {
  const program = prefix.join(" ");
  return joined([
    fold(`${brief}.`),
    ...help.text.map((paragraph) => fold(paragraph)),
    ["Usage:", ...usageLines(program, help)],
    section("Commands", commands),
    section("Options", additionalRows(additionalFlags)),
    exampleLines(program, help),
    ...otherSections(help),
    [`${prefix.toSpliced(1, 0, "help").join(" ")} COMMAND shows the help of one command.`],
  ]);
}

function joined(blocks: readonly (readonly string[])[]): string {
  const filled = blocks.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function section(title: string, rows: readonly Row[]): readonly string[] {
  return rows.length === 0 ? [] : [`${title}:`, ...columns(rows)];
}

function otherSections({ sections = [] }: Help): readonly (readonly string[])[] {
  return sections.map(({ title, rows }) => section(title, rows));
}

function usageLines(call: string, { usage }: Help): readonly string[] {
  return usage.flatMap((form) => fold(`  ${call} ${form}`.trimEnd(), "    "));
}

function exampleLines(program: string, { examples }: Help): readonly string[] {
  if (examples.length === 0) return [];
  // No comments: zsh takes them for commands where they are pasted.
  const lines = examples.flatMap(({ does, line }) => [
    ...fold(`  ${does}:`, "  "),
    `    ${exampleLine(program, line)}`,
  ]);
  return ["Examples:", ...lines];
}

function exampleLine(program: string, line: string): string {
  return line.includes("{program}") ? line.replaceAll("{program}", program) : `${program} ${line}`.trimEnd();
}

function argumentRows({ positional }: Parameters): readonly Row[] {
  if (positional === undefined) return [];
  const all = positional.kind === "array" ? [positional.parameter] : positional.parameters;
  return all.map(({ placeholder = "", brief }) => [placeholder, brief]);
}

function optionRows({ flags = {}, aliases = {} }: Parameters): readonly Row[] {
  return Object.entries(flags).map(([name, flag]) => {
    const alias = Object.entries(aliases).find(([, meant]) => meant === name)?.[0];
    const value = "values" in flag ? flag.values.join("|") : (flag.placeholder ?? "");
    const usual =
      "default" in flag && flag.default !== undefined ? ` (default: ${String(flag.default)})` : "";
    return [`${optionName(name, alias)} ${value}`.trimEnd(), flag.brief + usual];
  });
}

function additionalRows(flags: readonly Flag[]): readonly Row[] {
  return flags.map(({ name, aliases = [], brief }) => [optionName(name, aliases[0]), brief]);
}

function optionName(name: string, alias: string | undefined): string {
  const dashed = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `${alias === undefined ? "    " : `-${alias}, `}--${dashed}`;
}
