import { commandText, nameWords, type CommandPlace } from "./command-text.ts";

/** The command that writes the file that `plan` reads. */
export function allRowsCommand(place: CommandPlace): string {
  return `${commandText(place, "list", "--limit", "0", "--output", "csv")} > apps.csv`;
}

/** The command that makes a plan of a file. */
export function planCommand(place: CommandPlace): string {
  return `${commandText(place, "plan", "FILE", "--output", "json")} > plan.json`;
}

/** The command that compares a file with what it was before it was edited. */
export function planSinceCommand(place: CommandPlace, file: string): string {
  return commandText(place, "plan", ...nameWords(file, place.shell), "OLD");
}

/** The command that applies a plan with these options; one of standard input has no name to give. */
export function applyCommand(place: CommandPlace, file: string, options: readonly string[]): string {
  const name = file === "-" ? ["PLAN"] : nameWords(file, place.shell);
  return commandText(
    place,
    "apply",
    ...(file.startsWith("-") ? [...options, ...name] : [...name, ...options]),
  );
}
