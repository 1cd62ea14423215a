import {
  counterMaximum,
  rebase,
  type CounterEdit,
  type CounterName,
  type EditConflict,
  type InstallSummary,
  type InstallSummaryEdit,
} from "@install-summary/core";
import { parseTypedCounter, type TypedCounterReason } from "@install-summary/core/text";
import { UserError, exitCodes, shownWord } from "@install-summary/command-line/errors";
import { findCounter, nearestCounterWord } from "../words/counter-words.ts";
import { formatCount } from "../words/format-count.ts";

/** One argument of `set`: what becomes of one counter. */
export interface Assignment {
  readonly counter: CounterName;
  readonly edit: CounterEdit;
  /** As it was typed. */
  readonly argument: string;
}

/** Parses `NAME=4`, `NAME+=1` and `NAME-=1`. Throws `UserError` for the first that cannot be read. */
export function parseAssignments(args: readonly string[]): readonly Assignment[] {
  const assignments: Assignment[] = [];
  for (const argument of args) {
    const assignment = parseAssignment(argument);
    if (assignments.some(({ counter }) => counter === assignment.counter)) {
      throw misspelt(argument, `${assignment.counter} is set twice.`, ["Set each counter once."]);
    }
    assignments.push(assignment);
  }
  return assignments;
}

/** The edit that assignments are of a summary. Throws `UserError` where a counter would leave its range. */
export function editOf(assignments: readonly Assignment[], summary: InstallSummary): InstallSummaryEdit {
  const all = Object.fromEntries(assignments.map(({ counter, edit }) => [counter, edit]));
  const { conflicts } = rebase(summary, all, summary);
  const [first] = assignments.flatMap(({ counter, argument }) =>
    conflicts.flatMap((conflict) => (conflict.counter === counter ? outOfRange(conflict, argument) : [])),
  );
  if (first !== undefined) throw first;
  return all;
}

function parseAssignment(argument: string): Assignment {
  const [, name = "", operator = "", text = ""] = /^(.*?)([+-]?=)(.*)$/s.exec(argument) ?? [];
  if (operator !== "=" && operator !== "+=" && operator !== "-=") {
    throw misspelt(argument, `Not an assignment: ${shownWord(argument)}.`, [
      "Write NAME=4, NAME+=1 or NAME-=1.",
    ]);
  }
  const counter = findCounter(name);
  if (counter === undefined) throw noSuchCounter(argument, name);
  // A person reviews it: old and new value are shown before it is sent.
  const parsed = parseTypedCounter(text, { grouped: true });
  if (parsed.kind === "value") return { counter, edit: counterEdit(operator, parsed.value), argument };
  const demand = demandFor(parsed.reason, operator);
  const got = text.trim() === "" ? "nothing" : shownWord(text);
  throw refused(
    counter,
    argument,
    `${counter} ${demand}; got ${got}.`,
    helpFor(parsed.reason, name, operator, text),
  );
}

function demandFor(reason: TypedCounterReason, operator: string): string {
  const isSigned = reason === "plus" || reason === "minus";
  // The operator has the sign already.
  if (isSigned && operator !== "=") return "is changed by an amount without a sign";
  return reason === "range" || reason === "minus"
    ? `must be between 0 and ${counterMaximum}`
    : "must be a whole number";
}

/** How the value is written that was probably meant. */
function helpFor(
  reason: TypedCounterReason,
  name: string,
  operator: string,
  text: string,
): readonly string[] {
  const typed = text.trim();
  const isSigned = reason === "plus" || reason === "minus";
  if (isSigned && operator === "=") {
    const sign = reason === "plus" ? "+" : "-";
    return [`Relative? Write ${name}${sign}=${typed.slice(1).trim()}.`];
  }
  if (isSigned) {
    const isLess = (operator === "-=") !== (reason === "minus");
    return [`Write ${name}${isLess ? "-" : "+"}=${typed.slice(1).trim()}.`];
  }
  if (reason === "point") return [`Write ${typed.replaceAll(".", "")} without the point.`];
  if (reason === "exponent") return ["Write the number out, without e."];
  return [];
}

function counterEdit(operator: "=" | "+=" | "-=", value: number): CounterEdit {
  if (operator === "=") return value;
  return { add: operator === "+=" ? value : -value };
}

function outOfRange({ counter, theirs, mine }: EditConflict, argument: string): UserError {
  // Only what is added or taken off leaves the range: a value that does was refused when it was read.
  const more = typeof mine === "number" ? mine - theirs : mine.add;
  const sum = `${formatCount(theirs)} ${more < 0 ? "-" : "+"} ${formatCount(Math.abs(more))}`;
  const bound = more < 0 ? "below 0" : `above ${counterMaximum}`;
  const message = `${counter} must be between 0 and ${counterMaximum}; ${sum} is ${bound}.`;
  return refused(counter, argument, message, []);
}

function noSuchCounter(argument: string, name: string): UserError {
  const nearest = nearestCounterWord(name);
  const help = nearest === undefined ? [] : [`Did you mean ${nearest}?`];
  return misspelt(argument, `Unknown counter: ${shownWord(name)}.`, [
    ...help,
    "Counters: installed, failed, not-applicable, not-installed, pending; of users: users.failed and so on.",
  ]);
}

function misspelt(argument: string, message: string, help: readonly string[]): UserError {
  return new UserError(message, { exit: exitCodes.usage, code: "Usage", argument, help });
}

function refused(target: string, argument: string, message: string, help: readonly string[]): UserError {
  return new UserError(message, {
    exit: exitCodes.refused,
    code: "ModelValidationFailure",
    target,
    argument,
    help,
  });
}
