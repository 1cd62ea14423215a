import { createReadStream } from "node:fs";
import { addAbortSignal, type Readable } from "node:stream";
import type { InstallSummary, InstallSummaryEdit } from "@install-summary/core";
import { UserError, exitCodes, fileErrorText } from "@install-summary/command-line/errors";
import { editOf, readAssignments } from "./assignment.ts";
import { readGivenPatch } from "./printed-summary.ts";

/** The change that `set` was asked for. */
export interface Change {
  /** The edit of the summary that it finds. Throws where it makes none. */
  readonly editOf: (summary: InstallSummary) => InstallSummaryEdit;
  /** The version that the values were read at, with the argument that names it; only that version is changed. */
  readonly readAt: { readonly etag: string; readonly argument: string } | undefined;
}

/**
 * Reads the arguments after the app: assignments, `@FILE` for a JSON patch in a file, or `-` for one on standard input.
 * What `get --output json` prints is one, too, and holds for the version that it was read at. Standard input is read for `-` only. Throws `UserError`; a JSON patch is checked once the app is known.
 */
export async function readChange(
  args: readonly string[],
  stdin: Readable,
  signal: AbortSignal,
): Promise<Change> {
  const [source] = args;
  if (source === undefined) throw usage("No changes given.", undefined);
  if (!args.some(isPatchSource)) {
    const assignments = readAssignments(args);
    return { editOf: (summary) => editOf(assignments, summary), readAt: undefined };
  }
  if (args.length > 1)
    throw usage(
      "A JSON patch cannot be combined with other arguments.",
      args.find((arg) => arg !== source) ?? source,
    );
  const bytes = source === "-" ? await readAll(addAbortSignal(signal, stdin)) : await readPatchFile(source);
  const { etag, patchFor } = readGivenPatch(bytes, source);
  return {
    editOf: ({ id }) => patchFor(id),
    readAt: etag === undefined ? undefined : { etag, argument: source },
  };
}

function isPatchSource(arg: string): boolean {
  return arg === "-" || arg.startsWith("@");
}

/** A patch may have 64 KiB. A longer one is refused without reading it to its end. */
const maxBytes = 64 * 1024 + 1;

async function readAll(stdin: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length >= maxBytes) break;
  }
  return Buffer.concat(chunks);
}

async function readPatchFile(argument: string): Promise<Uint8Array> {
  try {
    return await readAll(createReadStream(argument.slice(1)));
  } catch (error) {
    throw usage(`The file cannot be read: ${fileErrorText(error)}.`, argument, []);
  }
}

function usage(message: string, argument: string | undefined, help = forms): UserError {
  return new UserError(message, { exit: exitCodes.usage, code: "Usage", argument, help });
}

const forms = ["Write NAME=4, NAME+=1 or NAME-=1 after the app, or @FILE, or - for a JSON patch."];
