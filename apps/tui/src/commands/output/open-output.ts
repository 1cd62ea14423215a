import { printableJson } from "@install-summary/command-line/text";
import { clearText } from "../../text/clear-text.ts";
import type { OutputFlags, OutputForm } from "./output-form.ts";
import { textOutput, type PrintTarget } from "./print.ts";
import type { Query } from "./query.ts";
import { recordsOf, type Records } from "./records.ts";

/** What a command found or did. */
export interface Result {
  /** Its data, as `--output json` prints it and `--query` sees it. */
  readonly value: unknown;
  /** Prints it for a person. */
  readonly table: (output: PrintTarget) => Promise<void> | void;
  /** Its rows for `csv` and `tsv`. @default the members of its data */
  readonly records?: () => Records;
}

/** Where a command's data goes, in the form that was asked for. */
export interface Output {
  /** Whether a person gets the command's own table. */
  readonly isTable: boolean;
  /**
   * Prints a result, and resolves to whether its data could be written; why not is told when the program ends. Rejects
   * with `UserError` where `--query` does not fit the data.
   */
  readonly print: (result: Result) => Promise<boolean>;
}

/**
 * Opens the output that `--output` and `--query` ask for. Every command does so first: a mistake in a query is found
 * before anything is asked of a server. Rejects with `UserError` for one.
 */
export async function openOutput(
  { stdout, env }: { readonly stdout: NodeJS.WriteStream; readonly env: NodeJS.ProcessEnv },
  { output: form, query: text }: OutputFlags,
): Promise<Output> {
  // Loaded only where it is used.
  const query = text === undefined ? undefined : await (await import("./query.ts")).loadQuery(text);
  return {
    isTable: form === "table" && query === undefined,
    async print(result) {
      if (query !== undefined) return printQueried(stdout, form, query, result, textOutput(stdout, env));
      if (form === "table") {
        await result.table(textOutput(stdout, env));
        return true;
      }
      return writeAll(stdout, await chunksOf(form, result, stdout.isTTY));
    },
  };
}

async function printQueried(
  stdout: NodeJS.WriteStream,
  form: OutputForm,
  query: Query,
  { value }: Result,
  target: PrintTarget,
): Promise<boolean> {
  const found = query(value);
  // Scripts take a single text as it is, in whichever form the rest would be.
  if (typeof found === "string" && form !== "csv") return writeAll(stdout, [`${clearText(found)}\n`]);
  if (form !== "table") return writeAll(stdout, await chunksOf(form, { value: found }, stdout.isTTY));
  const { printFound } = await import("./print-found.ts");
  await printFound(target, found);
  return true;
}

async function chunksOf(
  form: Exclude<OutputForm, "table">,
  { value, records = () => recordsOf(value) }: Pick<Result, "value" | "records">,
  isTerminal: boolean,
): Promise<Iterable<string>> {
  if (form === "json") return jsonChunks(value);
  if (form === "ndjson") return jsonLines(value);
  const { formatCsv, formatTsv } = await import("./delimited.ts");
  return form === "csv" ? formatCsv(records(), isTerminal) : formatTsv(records());
}

/** JSON in parts, since the text of a long array would be longer than a string can be. */
function* jsonChunks(value: unknown): Generator<string> {
  if (!Array.isArray(value) || value.length === 0) {
    yield `${printableJson(value, 2)}\n`;
    return;
  }
  for (const [index, item] of value.entries()) {
    const text = printableJson(item, 2).replaceAll("\n", "\n  ");
    yield `${index === 0 ? "[" : ","}\n  ${text}`;
  }
  yield "\n]\n";
}

/** A line for each item of an array, or one for any other value. */
function* jsonLines(value: unknown): Generator<string> {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const item of items) yield `${printableJson(item)}\n`;
}

const chunkLength = 64 * 1024;

/** Writes parts no faster than they are read, and stops where that fails: the reader may have gone. */
async function writeAll(stdout: NodeJS.WriteStream, parts: Iterable<string>): Promise<boolean> {
  let text = "";
  for (const part of parts) {
    text += part;
    if (text.length < chunkLength) continue;
    if (!(await write(stdout, text))) return false;
    text = "";
  }
  return text === "" || write(stdout, text);
}

/** Whether the text was written. */
function write(stdout: NodeJS.WriteStream, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    stdout.write(text, (error) => resolve(error === null || error === undefined));
  });
}
