import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { isGraphError } from "@install-summary/core";
import { failureSentence } from "@install-summary/core/client";
import { readPlanRows, type PlanRow, type PlanRows } from "../changes/plan-rows.ts";
import { formatCount } from "../words/format-count.ts";
import { allRowsCommand } from "../words/plan-commands.ts";
import type { CommandContext } from "./command-context.ts";
import { openInput } from "./open-input.ts";

/** The rows of a file that `plan` was given. Rejects with `UserError` where the file or one of its rows cannot be used. */
export async function readRows(file: string, context: CommandContext): Promise<readonly PlanRow[]> {
  const { rows, rejected } = await readWhole(file, context);
  if (rejected.length === 0) return rows;
  const lines = rejected.map(({ line, problem }) => `line ${line}: ${problem}`);
  throw new UserError(
    `${lines.length === 1 ? "A row" : `${formatCount(lines.length)} rows`} of ${file} cannot be used. Nothing was planned.`,
    { exit: exitCodes.refused, code: "BadRequest", argument: file, help: firstOf(lines) },
  );
}

/** The reader of reports refuses a file in the words and with the class of a server's errors, and no server was asked. */
async function readWhole(file: string, context: CommandContext): Promise<PlanRows> {
  try {
    return await readPlanRows(openInput(file, context));
  } catch (error) {
    if (!isGraphError(error)) throw error;
    const name = file === "-" ? "Standard input" : file;
    throw new UserError(`${name} cannot be used: ${failureSentence(error.message)} Nothing was planned.`, {
      exit: exitCodes.refused,
      code: error.code,
      argument: file,
      help: [`FILE is what list prints: ${allRowsCommand(context.place)}`],
      cause: error,
    });
  }
}

const maxNamed = 20;

/** The first lines, and how many more there are. */
export function firstOf(lines: readonly string[]): readonly string[] {
  const more = lines.length - maxNamed;
  return more > 0 ? [...lines.slice(0, maxNamed), `and ${formatCount(more)} more`] : lines;
}
