// The thread that moves what was committed from the write-ahead log into the store's file. In the thread of the server
// a commit now and then would do it, and take ten times as long as the others. Started by checkpointer.ts with the path
// of the store's file.
import type { DatabaseSync } from "node:sqlite";
import { anyName, takeAndOpen } from "./refuse-other-log.ts";
import { onRequest, post } from "./thread-messages.ts";

/** What a checkpoint has found and done. */
export interface CheckpointResult {
  /** How many pages the log has. */
  readonly log: number;
  /** How many of them are in the store's file now; once it is all of them, the next commit starts the log anew. */
  readonly moved: number;
}

const [, , file = ""] = process.argv;
let database: DatabaseSync | undefined;

onRequest(
  () => post(checkpoint()),
  () => database?.close(),
);

/** Runs a checkpoint that holds up no one. Source: https://sqlite.org/pragma.html#pragma_wal_checkpoint */
function checkpoint(): CheckpointResult {
  try {
    database ??= takeAndOpen(file, { refuseNames: anyName });
    const row = database.prepare("PRAGMA wal_checkpoint(PASSIVE)").get();
    return { log: Number(row?.["log"]), moved: Number(row?.["checkpointed"]) };
  } catch {
    // Nothing is lost: the log keeps what was not moved, and a disk that fails makes the next commit fail as well.
    database?.close();
    database = undefined;
    return { log: 0, moved: 0 };
  }
}
