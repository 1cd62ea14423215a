import { UserError } from "@install-summary/command-line/errors";
import { lstatSync, statSync } from "node:fs";
import { join } from "node:path";
import { resolveLinks } from "./look.ts";

/** Where a file that a person named goes in the end. */
export interface Target {
  /** Links are followed, so that what is a link stays one. */
  readonly path: string;
  /** Whether a file is there, which the new one replaces. */
  readonly isThere: boolean;
}

/**
 * Finds the place of a file that is written whole and then takes its name. Throws `UserError` for a folder, and for a pipe, a
 * device and a broken link: a rename would put a file in the place of `/dev/null` itself.
 */
export function findTarget(target: string, example: string): Target {
  if (lstatSync(target, { throwIfNoEntry: false }) === undefined) return { path: target, isThere: false };
  const status = statSync(target, { throwIfNoEntry: false });
  if (status?.isDirectory() === true) {
    throw new UserError(
      `The path ${target} is a folder. Name a file in it, such as ${join(target, example)}.`,
    );
  }
  if (status?.isFile() !== true) {
    throw new UserError(
      `The file ${target} is a pipe, a device or a broken link, and cannot be replaced. Name another file.`,
    );
  }
  return { path: resolveLinks(target), isThere: true };
}
