import type { Readable } from "node:stream";
import { withRead } from "./with-read.ts";

const report = /\u001B\[\d+;(\d+)R/g;
/** What may be the beginning of a report whose rest is still to come. */
const beginning = /\u001B(?:\[(?:\d+(?:;\d*)?)?)?$/;
/** How long such a beginning is held back, in milliseconds: it may be a key, Esc. */
const holding = 30;
/** How long reports are looked for, in milliseconds. */
const patience = 2000;

/** An input without the reports of a terminal, which come between the keys that are typed meanwhile. */
export interface QuietInput<Input extends Readable> {
  readonly input: Input;
  /** Resolves once all reports have come, or none is expected any more. */
  readonly settled: Promise<void>;
}

/**
 * The same input without the next `count` reports of where the cursor is, whose columns `told` is given once all have come. What
 * a person types meanwhile arrives in its order. A terminal that sends no reports is left alone after a while.
 */
export function withoutReports<Input extends Readable>(
  stdin: Input,
  count: number,
  told: (columns: readonly number[]) => void,
): QuietInput<Input> {
  const settling = Promise.withResolvers<void>();
  const columns: number[] = [];
  let held = "";
  let isDue = false;
  let release: NodeJS.Timeout | undefined;
  const limit = setTimeout(() => {
    settling.resolve();
    giveHeld();
  }, patience).unref();
  let isOpen = true;
  void settling.promise.then(() => {
    isOpen = false;
    clearTimeout(limit);
  });

  /** Has what is held back read as it is. */
  function giveHeld(): void {
    isDue = held !== "";
    if (isDue) stdin.emit("readable");
  }

  function withoutKnown(text: string): string {
    const keys = text.replaceAll(report, (whole: string, column: string) => {
      if (columns.length === count) return whole;
      columns.push(Number(column));
      return "";
    });
    if (columns.length === count) {
      settling.resolve();
      told(columns);
      return keys;
    }
    held = beginning.exec(keys)?.[0] ?? "";
    if (held !== "") release = setTimeout(giveHeld, holding);
    return keys.slice(0, keys.length - held.length);
  }

  function read(): unknown {
    for (;;) {
      const chunk: unknown = stdin.read();
      if (typeof chunk !== "string") {
        if (chunk !== null || !isDue) return chunk;
        isDue = false;
        const keys = held;
        held = "";
        return keys;
      }
      clearTimeout(release);
      const text = held + chunk;
      held = "";
      isDue = false;
      const keys = isOpen ? withoutKnown(text) : text;
      if (keys !== "") return keys;
    }
  }

  return { input: withRead(stdin, read), settled: settling.promise };
}
