import { addAbortSignal, type Readable } from "node:stream";
import { isGraphError, type InstallSummary, type InstallSummaryEdit } from "@install-summary/core";
import { UserError, exitCodes, fileErrorText } from "@install-summary/command-line/errors";
import { editOf, parseAssignments } from "./assignment.ts";
import { openFile } from "../server/open-file.ts";
import { readText } from "../server/read-text.ts";
import { refusedPatch } from "./refused-patch.ts";
import { parseGivenPatch, unreadable } from "../changes/printed-summary.ts";

/** The change that `set` was asked for. */
export interface Change {
  /** The edit of the summary that it finds. Throws where it makes none. */
  readonly editOf: (summary: InstallSummary) => InstallSummaryEdit;
  /** The version that the values were read at, with the argument that names it; only that version is changed. */
  readonly readAt: { readonly etag: string; readonly argument: string } | undefined;
}

/**
 * Reads the arguments after the app: assignments, `@FILE` for a JSON patch in a file, or `-` or `@-` for one on standard input.
 * An app that `get` or `list` prints as JSON is one, too, and holds for the version that it was read at. Standard input is
 * read for `-` only. Throws `UserError`; a JSON patch is checked once the app is known.
 */
export async function readChange(
  args: readonly string[],
  stdin: Readable,
  signal: AbortSignal,
): Promise<Change> {
  const [source] = args;
  if (source === undefined) throw usage("No changes given.", undefined);
  if (!args.some(isPatchSource)) {
    const assignments = parseAssignments(args);
    return { editOf: (summary) => editOf(assignments, summary), readAt: undefined };
  }
  if (args.length > 1)
    throw usage(
      "A JSON patch cannot be combined with other arguments.",
      args.find((arg) => arg !== source) ?? source,
    );
  const { etag, patchFor, lineOf } = parseGivenPatch(await readPatchText(source, stdin, signal), source);
  return {
    editOf({ id }) {
      try {
        return patchFor(id);
      } catch (error) {
        throw isGraphError(error) ? refusedPatch(error, lineOf, source) : error;
      }
    },
    readAt: etag === undefined ? undefined : { etag, argument: source },
  };
}

function isPatchSource(arg: string): boolean {
  return arg === "-" || arg.startsWith("@");
}

/** A patch may have 64 KiB, which are up to 128 in UTF-16. A longer one is refused without reading it to its end. */
const maxBytes = 128 * 1024 + 3;

async function readPatchFile(argument: string, signal: AbortSignal): Promise<string> {
  try {
    return await readText(openFile(argument.slice(1), signal), maxBytes);
  } catch (error) {
    if (signal.aborted || error instanceof TypeError) throw error;
    throw usage(`The file cannot be read: ${fileErrorText(error)}.`, argument, []);
  }
}

async function readPatchText(source: string, stdin: Readable, signal: AbortSignal): Promise<string> {
  try {
    return await (source === "-" || source === "@-"
      ? readText(addAbortSignal(signal, stdin), maxBytes)
      : readPatchFile(source, signal));
  } catch (error) {
    throw error instanceof TypeError ? unreadable("is neither UTF-8 nor UTF-16", source) : error;
  }
}

function usage(message: string, argument: string | undefined, help = forms): UserError {
  return new UserError(message, { exit: exitCodes.usage, code: "Usage", argument, help });
}

const forms = ["Write NAME=4, NAME+=1 or NAME-=1 after the app, or @FILE, or - for a JSON patch."];
