import { isAppId } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";
import stringWidth from "string-width";
import type { ExitCode } from "../errors/command-error.ts";
import { describeFailure, type Failure } from "./failure.ts";

/** Says on standard error how a command failed, and gives the exit code to end with. */
export function reportFailure(
  error: unknown,
  inputs: readonly string[],
  stderr: { write(text: string): unknown },
): ExitCode {
  const failure = describeFailure(error);
  stderr.write(formatFailure(failure, inputs));
  if (wantsJson(inputs)) stderr.write(`${failureJson(failure)}\n`);
  return failure.exit;
}

/** What happened, where, and what to do next. */
function formatFailure(failure: Failure, inputs: readonly string[]): string {
  const lines = [`install-summary: ${visibleText(failure.message, 1000)}`];
  if (failure.argument !== undefined) lines.push(...underlined(inputs, failure.argument));
  lines.push(...failure.help.map((line) => `  ${visibleText(line, 500)}`));
  if (failure.requestId !== undefined) lines.push(`  request-id ${visibleText(failure.requestId, 128)}`);
  return lines.map((line) => `${line}\n`).join("");
}

function failureJson({ exit, code, target, message, requestId }: Failure): string {
  const body = { exit, code, target: target ?? null, message, requestId: requestId ?? null };
  return JSON.stringify({ error: body });
}

/** The command line, shortened, with the argument at fault underlined; nothing where it is not found. */
function underlined(inputs: readonly string[], argument: string): readonly string[] {
  const index = findInput(inputs, argument);
  if (index === -1) return [];
  const before = inputs.slice(0, index).map((input) => shown(input, 24));
  const fault = shown(inputs[index] ?? "", 60);
  const after = inputs.slice(index + 1).map((input) => shown(input, 24));
  const indent = 2 + before.reduce((width, input) => width + stringWidth(input) + 1, 0);
  return [`  ${[...before, fault, ...after].join(" ")}`, " ".repeat(indent) + "^".repeat(stringWidth(fault))];
}

/** An argument may stand alone, behind `--option=`, or in front of `=value`. */
function findInput(inputs: readonly string[], argument: string): number {
  const fits: readonly ((input: string) => boolean)[] = [
    (input) => input === argument,
    (input) => input.startsWith("--") && input.endsWith(`=${argument}`),
    (input) => input.startsWith("-") && input.startsWith(argument),
  ];
  return fits.map((fit) => inputs.findIndex(fit)).find((index) => index !== -1) ?? -1;
}

function shown(input: string, most: number): string {
  const short = isAppId(input) ? `${input.slice(0, 9)}…` : visibleText(input, most);
  return short === "" || /\s/.test(short) ? `"${short}"` : short;
}

/** Judged by the arguments themselves, since they may be what is wrong. */
function wantsJson(inputs: readonly string[]): boolean {
  return inputs.some((input, index) => {
    const before = inputs[index - 1];
    if (/^(?:--output|-o)=json$/.test(input)) return true;
    return input === "json" && (before === "--output" || before === "-o");
  });
}
