import { counterNames, createSummary, rebase, type InstallSummary } from "@install-summary/core";
import { parseExactJson } from "@install-summary/core/text";
import * as z from "zod/mini";
import type { Draft, DraftPlace, SentDraft } from "./draft.ts";
import { draftFile, format, type counters } from "./draft-file.ts";

/** Names are kept to be shown. A whole file has to stay below what is read of one. */
const maxName = 1000;

/** What the text of a draft's file says; `newer` where a newer version of this program has written it. */
export type ParsedDraft =
  | { readonly kind: "draft"; readonly draft: Draft; readonly savedAt: number }
  | { readonly kind: "newer" }
  | { readonly kind: "broken" };

/** The text of a draft's file. */
export function formatDraft(draft: Draft, { url, tenant }: DraftPlace, savedAt: number): string {
  const { app, readAt, edits: made, leftOut, wasOvertaken, overtaken, contested, takesBack, pending } = draft;
  // Who has changed what is still to be decided can be asked for by the versions between both.
  const movedFrom = Object.keys(contested).length === 0 ? undefined : draft.movedFrom;
  const file: z.input<typeof draftFile> = {
    format,
    url,
    tenant,
    appId: app.id,
    name: shortened(app.displayName),
    type: app["@odata.type"].slice(0, maxName),
    publisher: shortened(app.publisher),
    base: { ...versionMembers(app), readAt },
    edits: made,
    contested,
    movedFrom: movedFrom === undefined ? null : versionMembers(movedFrom),
    leftOut,
    wasOvertaken,
    takesBack:
      takesBack === undefined ? null : { version: takesBack.version ?? null, patch: takesBack.patch },
    pending: pending === undefined ? null : sentMembers(pending),
    overtaken:
      overtaken === undefined
        ? null
        : {
            ...sentMembers(overtaken),
            base: valuesOf(overtaken.change.base ?? app.installSummary),
            edits: overtaken.edits,
          },
    savedAt,
  };
  return `${JSON.stringify(file)}\n`;
}

/** Parses the text of a draft's file. Whatever another program has written there is `broken`, and never an error. */
export function parseDraft(text: string, place: DraftPlace): ParsedDraft {
  const value = parseJson(text);
  const known = z.object({ format: z.number() }).safeParse(value);
  if (known.success && known.data.format > format) return { kind: "newer" };
  const parsed = draftFile.safeParse(value);
  if (!parsed.success || parsed.data.url !== place.url || parsed.data.tenant !== place.tenant) {
    return { kind: "broken" };
  }
  const draft = draftOf(parsed.data);
  return draft === undefined ? { kind: "broken" } : { kind: "draft", draft, savedAt: parsed.data.savedAt };
}

/** The draft of a file; undefined where its parts do not fit each other. */
function draftOf(file: z.output<typeof draftFile>): Draft | undefined {
  const { appId: id, base, movedFrom, pending, overtaken, takesBack } = file;
  const installSummary = summaryOf(id, base.counters);
  const overtakenBase = overtaken ? summaryOf(id, overtaken.base) : undefined;
  const earlier = movedFrom ? summaryOf(id, movedFrom.counters) : undefined;
  if (installSummary === undefined || (overtaken && overtakenBase === undefined)) return undefined;
  if (movedFrom && earlier === undefined) return undefined;
  // An edit that leaves the range of its counter, or adds nothing, was never staged. A value that is as it was can be: it was
  // typed where others had set another one.
  const { patch, conflicts } = rebase(installSummary, file.edits, installSummary);
  const edited = counterNames.filter((name) => file.edits[name] !== undefined);
  if (edited.length === 0 || conflicts.length > 0) return undefined;
  if (edited.some((name) => patch[name] === undefined && typeof file.edits[name] !== "number"))
    return undefined;
  const app = {
    "@odata.type": file.type,
    id,
    displayName: file.name,
    publisher: file.publisher,
    installSummary,
    etag: base.etag ?? undefined,
  };
  return {
    app,
    readAt: base.readAt,
    edits: file.edits,
    leftOut: file.leftOut,
    wasOvertaken: file.wasOvertaken,
    ...(overtaken && { overtaken: { ...sentOf(overtaken, overtakenBase), edits: overtaken.edits } }),
    contested: file.contested,
    ...(movedFrom &&
      earlier && { movedFrom: { ...app, installSummary: earlier, etag: movedFrom.etag ?? undefined } }),
    ...(takesBack !== null && {
      takesBack: { version: takesBack.version ?? undefined, patch: takesBack.patch },
    }),
    pending: pending === null ? undefined : sentOf(pending, installSummary),
  };
}

type SentMembers = NonNullable<z.output<typeof draftFile>["pending"]>;

function sentMembers({ change, clientRequestId, sentAt }: SentDraft): SentMembers {
  return { patch: change.patch, ifMatch: change.etag ?? null, clientRequestId, at: sentAt };
}

function sentOf(
  { patch, ifMatch, clientRequestId, at }: SentMembers,
  base: InstallSummary | undefined,
): SentDraft {
  return { change: { patch, etag: ifMatch ?? undefined, base }, clientRequestId, sentAt: at };
}

function versionMembers({
  etag,
  installSummary,
}: Draft["app"]): NonNullable<z.input<typeof draftFile>["movedFrom"]> {
  return { etag: etag ?? null, counters: valuesOf(installSummary) };
}

function valuesOf(summary: InstallSummary): z.output<typeof counters> {
  return Object.fromEntries(counterNames.map((name) => [name, summary[name]]));
}

/** The summary with these values; undefined where one of them is missing. */
function summaryOf(id: string, values: z.output<typeof counters>): InstallSummary | undefined {
  if (counterNames.some((name) => values[name] === undefined)) return undefined;
  return createSummary(id, (name) => values[name] ?? 0);
}

function shortened(name: string | null): string | null {
  return name === null ? null : name.slice(0, maxName);
}

function parseJson(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}
