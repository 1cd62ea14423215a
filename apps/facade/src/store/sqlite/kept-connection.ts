import { hasWritableFolder } from "../../files/existing-database.ts";
import { isThere } from "../../files/look.ts";
import { whenReadable } from "../../files/when-free.ts";
import { connect, type StoreConnection } from "./connection.ts";
import { connectToRead } from "./connect-to-read.ts";
import { createStoreFile } from "./create-store-file.ts";
import { takePlace } from "./refuse-other-log.ts";
import { storeFault } from "./store-fault.ts";
import { findPlace, isInPlace, withoutLog, type FilePlace, type FilesState } from "./watch-files.ts";

/** Which file is connected to, and how. */
export interface ConnectionOptions {
  /** The path of the store's file; it is created if it is missing. */
  readonly file: string;
  /**
   * Whether a log that is there is proven first: it may be of a process that was killed. Beside a facade that serves it is not:
   * SQLite knows there which commits are on the disk.
   *
   * @default true
   */
  readonly mustProve?: boolean | undefined;
  /**
   * Whether a file whose folder cannot be written, as on a disk that is read-only, is opened all the same, for work that only
   * reads. A file that alone cannot be written is refused: what SQLite puts beside it would be as read-only.
   *
   * @default false
   */
  readonly mayOnlyRead?: boolean | undefined;
}

/** The one connection of a store to its file, which may be closed and is then opened again in the same place. */
export interface KeptConnection {
  /** The connection, which is opened where there is none. Throws errors of SQLite, of the system, and `UserError`. */
  take(): StoreConnection;
  /** The connection; undefined where there is none. */
  current(): StoreConnection | undefined;
  /** What became of the files. Throws the system's error where that cannot be told. */
  look(): FilesState;
  /** Closes the connection. */
  drop(): void;
  /** Closes all connections, so that the system takes back locks that it did not take back from one of them. */
  letGo(): void;
  /** Remembers that the log may have commits that are not on the disk. */
  doubt(): void;
  /** Remembers that the disk does not give some pages. The connection is closed; the next one does not read all to check them. */
  lackPages(): void;
  /** Closes all for good. The log of a damaged store is not moved into its file. */
  close(isDamaged: boolean): void;
}

/** Opens a store's file. Throws `UserError` for a file that cannot be used. */
export async function openConnection({
  file,
  mustProve = true,
  mayOnlyRead = false,
}: ConnectionOptions): Promise<KeptConnection> {
  const isReadOnly = mayOnlyRead && isThere(file) && !hasWritableFolder(file);
  let connection: StoreConnection | undefined = await start(file, { mustProve, isReadOnly });
  let { guard, place } = connection;
  /** Whether the log may have commits that are not on the disk. While there is a guard SQLite tells them apart. */
  let isDoubtful = false;
  let lacksPages = false;

  /** Where the file was. Without a guard the connection that was closed has removed the log. */
  const known = (): FilePlace => (guard === undefined ? withoutLog(place) : place);

  const open = (): StoreConnection => {
    const opened = isReadOnly
      ? connectToRead(file, { place: known(), lacksPages })
      : connect(file, {
          place: known(),
          mustWrite: false,
          mustProve: isDoubtful && guard === undefined,
          lacksPages,
          guard,
        });
    isDoubtful = false;
    ({ guard, place } = opened);
    return opened;
  };

  const drop = (): void => {
    connection?.database.close();
    connection = undefined;
  };

  return {
    take: () => (connection ??= open()),
    current: () => connection,
    look: () => connection?.look() ?? (isInPlace(findPlace(file), known()) ? "in place" : "moved"),
    drop,
    letGo() {
      drop();
      guard?.close();
      guard = undefined;
      isDoubtful = true;
    },
    doubt() {
      isDoubtful = true;
    },
    lackPages() {
      lacksPages = true;
      isDoubtful = true;
      drop();
    },
    close(isDamaged) {
      // The last connection moves the log into the file when it closes, and removes the log. A guard cannot do it: as the
      // last one it leaves all files of a damaged store as they are.
      if (!isDamaged) guard?.close();
      drop();
      if (isDamaged) guard?.close();
    },
  };
}

async function start(
  file: string,
  { mustProve, isReadOnly }: { readonly mustProve: boolean; readonly isReadOnly: boolean },
): Promise<StoreConnection> {
  try {
    if (isReadOnly) return await whenReadable(() => connectToRead(file, { place: takePlace(file) }));
    createStoreFile(file);
    const options = { mustWrite: true, mustProve, guard: undefined };
    return await whenReadable(() => connect(file, { ...options, place: takePlace(file) }));
  } catch (error) {
    throw await storeFault(error, file);
  }
}
