import { createHash } from "node:crypto";
import type { DraftPlace } from "./draft.ts";

const guid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const draftName = new RegExp(String.raw`^(${guid})\.(${guid})\.json$`);
const sessionName = new RegExp(String.raw`^(${guid})\.json$`);
const unfinishedName = new RegExp(String.raw`^${guid}\.(${guid})\.json\.tmp$`);

/** Whose draft a file is, and of which app. */
export interface DraftName {
  readonly appId: string;
  readonly session: string;
}

/** The name of the file in which a session keeps the draft of an app. Ids are GUIDs, whose case does not matter. */
export function formatDraftName({ appId, session }: DraftName): string {
  return `${appId.toLowerCase()}.${session}.json`;
}

/** Parses the name of a draft's file; undefined for any other file. */
export function parseDraftName(name: string): DraftName | undefined {
  const [, appId, session] = draftName.exec(name) ?? [];
  return appId === undefined || session === undefined ? undefined : { appId, session };
}

/** The session that was writing a file when it ended; undefined for a file that is whole, or not a draft's. */
export function unfinishedSession(name: string): string | undefined {
  return unfinishedName.exec(name)?.[1];
}

/** The session that a file in the folder of sessions is of; undefined for any other file. */
export function parseSessionName(name: string): string | undefined {
  return sessionName.exec(name)?.[1];
}

/** The name of the folder with the drafts for a server and a tenant. */
export function placeName({ url, tenant }: DraftPlace): string {
  return createHash("sha256").update(`${url}\n${tenant}`).digest("hex").slice(0, 16);
}
