import { visibleText } from "@install-summary/core/text";
import stringWidth from "string-width";
import type { OwnSigns } from "./text/own-signs.ts";
import { printableJson } from "./text/printable-json.ts";
import { shownArgument } from "./errors/shown-word.ts";
import { withoutOptionSecrets } from "./errors/without-option-secrets.ts";
import { UserError, type CommandFailure } from "./errors/user-error.ts";

/** What failures are reported with: the program, its arguments, and where the report goes. */
export interface FailureReport {
  /** The program, which every message begins with. */
  readonly name: string;
  /** The arguments of the call, as they were typed. */
  readonly inputs: readonly string[];
  readonly stderr: { readonly write: (text: string) => unknown };
  /** Writes the program's own signs as the terminal can show them. */
  readonly signs: OwnSigns;
  /** Gives further lines of help. */
  readonly more?: ((failure: CommandFailure) => readonly string[]) | undefined;
}

/**
 * Says on standard error what happened, where, and what to do. With `--output json` or `ndjson` a last line says in JSON what
 * the program ends with: the first failure, whose exit code is that of the process.
 */
export function reportFailures(
  failures: readonly CommandFailure[],
  { name, inputs, stderr, signs, more }: FailureReport,
): void {
  for (const failure of failures)
    stderr.write(signs(formatFailure(failure, name, inputs, more?.(failure) ?? [])));
  const [first] = failures;
  if (first !== undefined && wantsJson(inputs)) stderr.write(`${failureJson(first)}\n`);
}

function formatFailure(
  failure: CommandFailure,
  name: string,
  inputs: readonly string[],
  more: readonly string[],
): string {
  const { message, argument, help = [], requestId } = failure;
  // Only our own errors speak in several lines; one in a server's message would look like a message of its own.
  const messages = failure instanceof UserError ? message.split("\n") : [message];
  const lines = messages.map((line) => `${name}: ${visibleText(line, 1000)}`);
  if (argument !== undefined) lines.push(...underlined(inputs, argument));
  lines.push(...[...help, ...more].map((line) => `  ${visibleText(line, 500)}`));
  if (requestId !== undefined) lines.push(`  request-id ${visibleText(requestId, 128)}`);
  return lines.map((line) => `${line}\n`).join("");
}

function failureJson({ exit, code, target, message, requestId }: CommandFailure): string {
  const body = { exit, code, target: target ?? null, message, requestId: requestId ?? null };
  return printableJson({ error: body });
}

/** The command line, shortened, with the argument at fault underlined; nothing where it is not found. */
function underlined(inputs: readonly string[], argument: string): readonly string[] {
  const index = findInput(inputs, argument);
  if (index === -1) return [];
  const hidden = withoutOptionSecrets(inputs);
  const before = hidden.slice(0, index).map((input) => shown(input, 24));
  // A value at fault is that of an option that exists.
  const isOption = argument.startsWith("-");
  const fault = shown((isOption ? hidden : inputs)[index] ?? "", 60);
  const after = hidden.slice(index + 1).map((input) => shown(input, 24));
  const indent = 2 + before.reduce((width, input) => width + stringWidth(input) + 1, 0);
  return [`  ${[...before, fault, ...after].join(" ")}`, " ".repeat(indent) + "^".repeat(stringWidth(fault))];
}

/** An argument may be a word of its own, follow `--option=`, or come before `=value`. */
function findInput(inputs: readonly string[], argument: string): number {
  const fits: readonly ((input: string) => boolean)[] = [
    (input) => input === argument,
    (input) => input.startsWith("--") && input.endsWith(`=${argument}`),
    (input) => input.startsWith("-") && input.startsWith(argument),
  ];
  return fits.map((fit) => inputs.findIndex(fit)).find((index) => index !== -1) ?? -1;
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function shown(input: string, maxLength: number): string {
  return guid.test(input) ? `${input.slice(0, 9)}…` : visibleText(shownArgument(input, maxLength));
}

/** Judged by the arguments themselves, since they may be what is wrong. */
function wantsJson(inputs: readonly string[]): boolean {
  return inputs.some((input, index) => {
    const before = inputs[index - 1];
    if (/^(?:--output=|-o=|-o)(?:nd)?json$/.test(input)) return true;
    return /^(?:nd)?json$/.test(input) && (before === "--output" || before === "-o");
  });
}
