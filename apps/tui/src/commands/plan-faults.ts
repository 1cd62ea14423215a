import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { parseETagVersion, visibleText } from "@install-summary/core/text";
import type { MovedRow } from "../changes/make-plan.ts";
import type { PlanRow } from "../changes/plan-rows.ts";
import { formatCount } from "../words/format-count.ts";
import { commandText } from "../words/command-text.ts";
import { allRowsCommand, planSinceCommand } from "../words/plan-commands.ts";
import type { CommandContext } from "./command-context.ts";
import { firstOf } from "./read-rows.ts";

/** The error for apps that are not `where` they were looked for. */
export function unknownApps(rows: readonly PlanRow[], { place }: CommandContext, where: string): UserError {
  const many =
    rows.length === 1 ? "An app of the file is" : `${formatCount(rows.length)} apps of the file are`;
  return new UserError(`${many} not ${where}. Nothing was planned.`, {
    exit: exitCodes.notFound,
    code: "AppNotFound",
    help: [
      ...firstOf(rows.map(nameAndId)),
      `Take these rows out of the file, or bring the apps in: ${commandText(place, "import", "FILE")}`,
    ],
  });
}

/** The error for rows of other versions than their apps have, where what happened between them is not known. */
export function movedApps(moved: readonly MovedRow[], context: CommandContext, file: string): UserError {
  const later = moved.filter(isLater);
  return later.length > 0 ? laterApps(later, context) : changedApps(moved, context, file);
}

/** Whether a row names a version that its app has not had. */
function isLater({ row, app }: MovedRow): boolean {
  const [read, now] = [parseETagVersion(row.etag ?? undefined), parseETagVersion(app.etag)];
  return read !== undefined && now !== undefined && read > now;
}

function laterApps(moved: readonly MovedRow[], { place }: CommandContext): UserError {
  const many = moved.length === 1 ? "An app has" : `${formatCount(moved.length)} apps have`;
  return new UserError(`${many} a later version in the file than on the server. Nothing was planned.`, {
    exit: exitCodes.conflict,
    code: "PreconditionFailed",
    target: "ETag",
    help: [
      ...firstOf(moved.map(versions)),
      "Is INSTALL_SUMMARY_URL the server that the file was written from?",
      `If its data was restored since, write the file anew: ${allRowsCommand(place)}`,
    ],
  });
}

function changedApps(moved: readonly MovedRow[], { place }: CommandContext, file: string): UserError {
  const many = moved.length === 1 ? "An app has" : `${formatCount(moved.length)} apps have`;
  return new UserError(
    `${many} changed since the file was written, and this server does not tell what changed. Nothing was planned.`,
    {
      exit: exitCodes.conflict,
      code: "PreconditionFailed",
      target: "ETag",
      help: [
        ...firstOf(moved.map(versions)),
        `Name the file as it was before you edited it: ${planSinceCommand(place, file)}`,
      ],
    },
  );
}

function versions({ row, app }: MovedRow): string {
  return `${nameAndId(row)}  ${row.etag ?? ""}, now ${app.etag ?? ""}`;
}

/** The error for standard input in two places. */
export function onlyOnce(): UserError {
  return new UserError("Standard input can be read once only.", { argument: "-" });
}

function nameAndId({ id, displayName }: PlanRow): string {
  return displayName === null ? id : `${id}  ${visibleText(displayName, 80)}`;
}
