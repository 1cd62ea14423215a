// The thread in which searches run, one after the other: they read a whole tenant, and would hold up every request in
// the thread of the server. Started by search-queue.ts with the path of the store's file.
import { statSync } from "node:fs";
import { getPriority, platform, setPriority } from "node:os";
import { openToRead } from "../../files/existing-database.ts";
import { preparePages, type ReadPage } from "./list-apps.ts";
import { prepareChanges, type ReadChanges } from "./read-changes.ts";
import {
  parseSearchRequest,
  type SearchFault,
  type SearchRequest,
  type SearchResponse,
} from "./search-messages.ts";
import { respondToMessages } from "./thread-messages.ts";

interface Reader {
  readonly readPage: ReadPage;
  readonly readChanges: ReadChanges;
  readonly inode: bigint;
  close(): void;
}

/** By how much other threads go before this one where there are fewer processors than work. */
const niceness = 10;

letOthersGoFirst();

const [, , file = ""] = process.argv;
let reader: Reader | undefined;
/** 1 once the search that runs is to stop. */
let stop = new Int32Array(new SharedArrayBuffer(4));

respondToMessages(
  (message) => respond(parseSearchRequest(message)),
  () => reader?.close(),
);

function letOthersGoFirst(): void {
  // On Linux this is the priority of the calling thread alone. Elsewhere it would be that of the whole process.
  if (platform() !== "linux") return;
  try {
    setPriority(Math.max(getPriority(), niceness));
  } catch {
    // A sandbox may forbid it. Searches work there all the same, at the priority of the others.
  }
}

function respond(request: SearchRequest): SearchResponse {
  const { id, tenantId } = request;
  stop = new Int32Array(request.stop);
  try {
    const { readPage, readChanges } = currentReader();
    if ("apps" in request) return { id, page: readPage(tenantId, request.apps) };
    return { id, changes: readChanges(tenantId, request.changes) };
  } catch (error) {
    if (!isWanted()) return { id, fault: faultOf(error) };
    reader?.close();
    reader = undefined;
    return { id, fault: faultOf(error) };
  }
}

/** Whether the response to the search that runs is still waited for. */
function isWanted(): boolean {
  return Atomics.load(stop, 0) === 0;
}

function faultOf(error: unknown): SearchFault {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    message: error.message,
    ...("errcode" in error && typeof error.errcode === "number" && { errcode: error.errcode }),
    ...("syscall" in error && typeof error.syscall === "string" && { syscall: error.syscall }),
  };
}

/** The connection to the file of this name, which another file may have taken since the last search. */
function currentReader(): Reader {
  const inode = statSync(file, { bigint: true }).ino;
  if (reader?.inode === inode) return reader;
  reader?.close();
  // A thread may wait for a file that is locked; the server's own could not.
  const database = openToRead(file);
  reader = {
    readPage: preparePages(database, isWanted),
    readChanges: prepareChanges(database, isWanted),
    inode,
    close: () => database.close(),
  };
  return reader;
}
