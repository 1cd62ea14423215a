import { expect, test, vi } from "vitest";
import { createDiskTrouble } from "./disk-trouble.ts";
import type { DraftFolder } from "./draft-folder.ts";
import type { DraftNews } from "./draft-news.ts";
import { createDraftWriter } from "./draft-writer.ts";
import { createFolderTurns, maxWait } from "./folder-turns.ts";
import { createKeptDrafts } from "./kept-drafts.ts";

const appId = "00000000-0000-4000-8000-000000000001";

const unused = (): never => expect.fail("A writer only writes.");

/** A writer to a disk that takes each draft when it is told to. */
function setUp() {
  const news: DraftNews["kind"][] = [];
  const report = ({ kind }: DraftNews): void => void news.push(kind);
  const writes: PromiseWithResolvers<void>[] = [];
  const write = (): Promise<void> => {
    const call = Promise.withResolvers<void>();
    writes.push(call);
    return call.promise;
  };
  const folder: DraftFolder = {
    write,
    find: unused,
    claim: unused,
    discard: unused,
    touch: unused,
    elsewhere: unused,
    end: unused,
  };
  const trouble = createDiskTrouble(report);
  const turns = createFolderTurns(async () => folder, trouble);
  const writer = createDraftWriter({ kept: createKeptDrafts(), turns, trouble, report });
  return { writer, news, writes };
}

test("a disk that was slow keeps drafts again once the newest is on it, not the one before", async () => {
  vi.useFakeTimers();
  const { writer, news, writes } = setUp();
  writer.write(appId, undefined);
  await vi.advanceTimersByTimeAsync(maxWait);
  expect(news).toEqual(["draftsFailed"]);
  writer.write(appId, undefined);
  writes[0]?.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(writes).toHaveLength(2);
  expect(news).toEqual(["draftsFailed"]);
  expect(writer.busy()).toEqual([appId]);
  writes[1]?.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(news).toEqual(["draftsFailed", "draftWritten", "draftsKept"]);
  expect(writer.busy()).toEqual([]);
  vi.useRealTimers();
});
