// The thread in which searches run, one after the other: they read a whole tenant, and would hold up every request in
// the thread of the server. Started by search-queue.ts.
import { statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { openExistingDatabase } from "../../files/existing-database.ts";
import type { AppPage, AppQuery } from "@install-summary/core/service";
import { readPage } from "./read-page.ts";
import { prepareReads, type ReadStatements } from "./read-statements.ts";
import type { ThreadData } from "./start-thread.ts";

/** A search that the thread is asked for. */
export interface SearchRequest {
  readonly id: number;
  readonly tenantId: string;
  readonly query: AppQuery;
}

/** The response to a search, under the same id. */
export type SearchResponse =
  | { readonly id: number; readonly page: AppPage }
  | { readonly id: number; readonly fault: SearchFault };

/** An error with what tells faults of files apart, which the copy that a thread sends would lose. */
export interface SearchFault {
  readonly message: string;
  readonly errcode?: number;
  readonly syscall?: string;
}

interface Reader {
  readonly reads: ReadStatements;
  readonly inode: bigint;
  close(): void;
}

const { file }: ThreadData = workerData;
let reader: Reader | undefined;

parentPort?.on("message", ({ id, tenantId, query }: SearchRequest) => {
  parentPort?.postMessage(respond(id, tenantId, query));
});

function respond(id: number, tenantId: string, query: AppQuery): SearchResponse {
  try {
    return { id, page: readPage(currentReader().reads, tenantId, query) };
  } catch (error) {
    reader?.close();
    reader = undefined;
    return { id, fault: faultOf(error) };
  }
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
  const database = openExistingDatabase(file, { readOnly: true, timeout: 5000 });
  reader = { reads: prepareReads(database), inode, close: () => database.close() };
  return reader;
}
