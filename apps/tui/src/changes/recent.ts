import { readChangesPage, type ChangeLogClient } from "./change-log.ts";

/** For apps that changed last how late that was: the higher, the later. */
export type Recent = ReadonlyMap<string, number>;

/** How many of the latest changes are looked at: one page. */
export const recentChanges = 1000;

/** Reads which apps changed last. */
export async function readRecent(client: ChangeLogClient, signal: AbortSignal): Promise<Recent> {
  const { changes } = await readChangesPage(client, { top: recentChanges, signal });
  const recent = new Map<string, number>();
  for (const [age, { appId }] of changes.entries()) {
    const id = appId.toLowerCase();
    if (!recent.has(id)) recent.set(id, recentChanges - age);
  }
  return recent;
}
