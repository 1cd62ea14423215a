// The thread in which searches run, in turns: they read a whole tenant, and would hold up every request in the thread of the
// server. Started by search-queue.ts with the path of the store's file.
import { UserError } from "@install-summary/command-line/errors";
import { getPriority, platform, setPriority } from "node:os";
import { isByIndex } from "../sql/page-sql.ts";
import type { Steps } from "./parts.ts";
import { createRounds } from "./rounds.ts";
import {
  parseSearchRequest,
  type SearchFault,
  type SearchRequest,
  type SearchResponse,
} from "./search-messages.ts";
import { createSearchReaders, type SearchReader } from "./search-readers.ts";
import { onRequest, post } from "./thread-messages.ts";
import { stopped } from "./wanted.ts";

/** By how much other threads go before this one where there are fewer processors than work. */
const niceness = 10;

letOthersGoFirst();

const [, , file = ""] = process.argv;
/** 1 once the search whose turn it is is to stop. */
let stop = new Int32Array(new SharedArrayBuffer(4));
const readers = createSearchReaders(file, () => isWanted(stop));
const rounds = createRounds();

onRequest(
  (message) => rounds.add(respond(parseSearchRequest(message)), post),
  () => {
    rounds.end();
    readers.close();
  },
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

function* respond(request: SearchRequest): Steps<SearchResponse> {
  const ownStop = new Int32Array(request.stop);
  let reader: SearchReader | undefined;
  try {
    reader = readers.take();
    const steps = search(reader, request);
    for (;;) {
      stop = ownStop;
      // The error goes through the search, which gives back what it has.
      const step = isWanted(ownStop) ? steps.next() : steps.throw(stopped());
      if (step.done === true) return step.value;
      yield;
    }
  } catch (error) {
    if (reader !== undefined && isWanted(ownStop)) readers.retire(reader);
    return { id: request.id, fault: faultOf(error) };
  } finally {
    if (reader !== undefined) readers.giveBack(reader);
  }
}

function* search(
  { readPage, scanPage, scanChanges }: SearchReader,
  request: SearchRequest,
): Steps<SearchResponse> {
  const { id, tenantId } = request;
  if ("changes" in request) return { id, changes: yield* scanChanges(tenantId, request.changes) };
  // All apps in the order of an index, counted or some of them left out, are soon read by it.
  if (isByIndex(request.apps)) return { id, page: readPage(tenantId, request.apps) };
  return { id, page: yield* scanPage(tenantId, request.apps) };
}

/** Whether the response to a search is still waited for. */
function isWanted(flag: Int32Array): boolean {
  return Atomics.load(flag, 0) === 0;
}

function faultOf(error: unknown): SearchFault {
  // It names a path; what the system said is what the other thread can tell apart.
  if (error instanceof UserError && error.cause !== undefined) return faultOf(error.cause);
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    message: error.message,
    ...("errcode" in error && typeof error.errcode === "number" && { errcode: error.errcode }),
    ...("syscall" in error && typeof error.syscall === "string" && { syscall: error.syscall }),
  };
}
