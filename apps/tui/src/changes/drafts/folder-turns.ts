import { notResponding, type DiskTrouble } from "./disk-trouble.ts";
import type { DraftFolder } from "./draft-folder.ts";
import { createTurns } from "./turns.ts";

/** Uses a folder of drafts, which is opened when it is first needed: one thing after the other. */
export interface FolderTurns {
  /**
   * Does a task once all that was asked for before is done. A disk that does not respond is told, `late` is called, and the
   * task goes on.
   */
  take<Result>(task: (folder: DraftFolder) => Promise<Result>, late?: () => void): Promise<Result>;
  /** The same where what fails is told, and never thrown. */
  attempt(task: (folder: DraftFolder) => Promise<void>): Promise<void>;
  /** Resolves once the disk does not respond, at once where it does not. */
  late(): Promise<void>;
  isOpened(): boolean;
}

/** How long a disk may take, in milliseconds; after that it does not respond. */
export const maxWait = 5000;

/** Creates the turns of a folder. */
export function createFolderTurns(open: () => Promise<DraftFolder>, trouble: DiskTrouble): FolderTurns {
  let opened: Promise<DraftFolder> | undefined;
  const turns = createTurns(maxWait);

  return { take, attempt, late: turns.late, isOpened: () => opened !== undefined };

  function take<Result>(
    task: (folder: DraftFolder) => Promise<Result>,
    late: () => void = () => {},
  ): Promise<Result> {
    return turns.take(
      () => folder().then(task),
      () => {
        trouble.fail(new Error(notResponding));
        late();
      },
    );
  }

  async function attempt(task: (folder: DraftFolder) => Promise<void>): Promise<void> {
    try {
      await take(task);
      trouble.recover();
    } catch (error) {
      trouble.fail(error);
    }
  }

  function folder(): Promise<DraftFolder> {
    opened ??= open().catch((error: unknown) => {
      // It may be there the next time.
      opened = undefined;
      throw error;
    });
    return opened;
  }
}
