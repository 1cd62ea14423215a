import { UserError } from "@install-summary/command-line/errors";
import { dirname } from "node:path";
import { makeDraft, moveToFree } from "../../files/draft-file.ts";
import { identifyFile, isSameFile } from "../../files/file-identity.ts";
import { findStatus, look, realPath } from "../../files/look.ts";
import { refuseLeftLog } from "../../files/refuse-left-log.ts";
import { refuseMountedFile } from "../../files/refuse-mounted-file.ts";
import { trySyncFolder } from "../../files/sync-files.ts";
import { draftRestore, type RestoreDraftOptions, type RestoreReport } from "./draft-restore.ts";
import { holdStore } from "./hold-store.ts";
import { refuseLostStore } from "./refuse-lost-store.ts";
import { storeFault } from "./store-fault.ts";

/** What is restored to which file. No facade may serve it meanwhile. */
export interface RestoreOptions extends Pick<RestoreDraftOptions, "source" | "erased" | "by" | "signal"> {
  /** The store's file. */
  readonly file: string;
}

/** What was restored, and what was replaced. */
export interface RestoredStore extends RestoreReport {
  /** The path under which the replaced store is kept; undefined where there was none. */
  readonly replaced: string | undefined;
  /** Whether it is known how far the replaced store had come. */
  readonly isKnown: boolean;
  /** Why it is not known whether a crash would bring the replaced store back, as the end of a sentence that begins with the folder. */
  readonly unsynced: string | undefined;
}

/** Puts a backup in the place of a store. Throws `UserError`; the store is then as it was. */
export async function restoreStore({ file, ...options }: RestoreOptions): Promise<RestoredStore> {
  const found = findStatus(file);
  const isThere = found !== undefined;
  if (found?.isFile() === false)
    throw new UserError(`The store ${file} is a folder, a pipe or a device, and not a file.`);
  if (isThere && isSameFile(look(options.source, identifyFile), look(file, identifyFile)))
    throw new UserError(`The backup ${options.source} is the store itself. Name another file.`);
  try {
    if (isThere) {
      refuseMountedFile(file);
      refuseLeftLog(file);
    } else refuseLostStore(file);
    // A link stays one: the store that it leads to is replaced.
    const path = isThere ? realPath(file) : file;
    using held = isThere ? await holdStore(path, options.signal) : undefined;
    using draft = makeDraft(path, { owner: isThere ? path : dirname(path) });
    const report = await draftRestore({ ...options, draft: draft.path, replaced: held?.numbers });
    options.signal.throwIfAborted();
    const replaced = held?.replaceWith(draft.path, options.by.time);
    if (held === undefined) moveToFree(draft.path, path);
    const isKnown = held?.numbers !== undefined;
    return { ...report, replaced, isKnown, unsynced: trySyncFolder(dirname(path)) };
  } catch (error) {
    throw await storeFault(error, file, options.signal);
  }
}
