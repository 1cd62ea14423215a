import { statSync } from "node:fs";
import { preparePages, type ReadPage } from "./list-apps.ts";
import { prepareChanges, type ScanChanges } from "./read-changes.ts";
import { anyName, takeToRead } from "./refuse-other-log.ts";
import { prepareScans, type ScanPage } from "./scan-apps.ts";

/** What searches read a store's file with. */
export interface SearchReader {
  readonly readPage: ReadPage;
  readonly scanPage: ScanPage;
  readonly scanChanges: ScanChanges;
}

/** The readers of the file of one name, which another file may take. */
export interface SearchReaders {
  /** The reader of the file that has the name now. */
  take(): SearchReader;
  /** Gives a reader back that was taken. It is closed where it is not the latest, and nothing else has it. */
  giveBack(reader: SearchReader): void;
  /** Has the next search open the file anew, after a fault of a reader. */
  retire(reader: SearchReader): void;
  /** Closes all of them. */
  close(): void;
}

interface OpenReader {
  readonly reader: SearchReader;
  readonly inode: bigint;
  readonly close: () => void;
  users: number;
}

/** Creates readers, which are opened when they are needed. A scan throws once `isWanted` says no. */
export function createSearchReaders(file: string, isWanted: () => boolean): SearchReaders {
  const open = new Set<OpenReader>();
  let latest: OpenReader | undefined;

  const closeUnused = (): void => {
    for (const one of open) {
      if (one === latest || one.users > 0) continue;
      open.delete(one);
      one.close();
    }
  };

  const find = (reader: SearchReader): OpenReader | undefined =>
    [...open].find((one) => one.reader === reader);

  return {
    take() {
      const inode = statSync(file, { bigint: true }).ino;
      if (latest?.inode !== inode) {
        latest = undefined;
        closeUnused();
        latest = { ...openReader(file, isWanted), inode, users: 0 };
        open.add(latest);
      }
      latest.users += 1;
      return latest.reader;
    },
    giveBack(reader) {
      const one = find(reader);
      if (one !== undefined) one.users -= 1;
      closeUnused();
    },
    retire(reader) {
      if (latest?.reader === reader) latest = undefined;
    },
    close() {
      for (const one of open) one.close();
      open.clear();
      latest = undefined;
    },
  };
}

function openReader(file: string, isWanted: () => boolean): Pick<OpenReader, "reader" | "close"> {
  // A thread may wait for a file that is locked; the server's own could not.
  const database = takeToRead(file, { refuseNames: anyName, timeout: 5000 });
  try {
    const readPage = preparePages(database, isWanted);
    const scanPage = prepareScans(database);
    const { scanChanges } = prepareChanges(database, isWanted);
    return { reader: { readPage, scanPage, scanChanges }, close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}
