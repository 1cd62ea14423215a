import { counterMaximum, counterNames, rebase, createSummary } from "@install-summary/core";
import { parseExactJson } from "@install-summary/core/text";
import * as z from "zod/mini";
import type { Draft, DraftPlace } from "./draft.ts";

/** The format that this program writes, and the newest that it reads. */
const format = 1;

/** Names are kept to be shown. A whole file has to stay below what is read of one. */
const maxName = 1000;

const count = z.int().check(z.minimum(0), z.maximum(counterMaximum));
const counters = z.partialRecord(z.enum(counterNames), z.optional(count));
const edits = z.partialRecord(
  z.enum(counterNames),
  z.optional(z.union([count, z.strictObject({ add: z.int() })])),
);
/** An ETag goes into the header of a request. Source: RFC 9110, section 8.8.3. */
const etag = z.nullable(
  z.string().check(z.maxLength(1000), z.regex(/^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/)),
);

const draftFile = z.object({
  format: z.literal(format),
  url: z.string(),
  tenant: z.string(),
  appId: z.guid(),
  name: z.nullable(z.string()),
  type: z.string(),
  publisher: z.nullable(z.string()),
  base: z.object({ etag, counters, readAt: z.number() }),
  edits,
  contested: counters,
  leftOut: z.boolean(),
  wasOvertaken: z.boolean(),
  takesBack: z.nullable(z.object({ version: z.nullable(z.int()), patch: counters })),
  pending: z.nullable(
    z.object({ patch: counters, ifMatch: etag, clientRequestId: z.guid(), at: z.number() }),
  ),
  savedAt: z.number(),
});

/** What the text of a draft's file says; `newer` where a newer version of this program has written it. */
export type ParsedDraft =
  | { readonly kind: "draft"; readonly draft: Draft; readonly savedAt: number }
  | { readonly kind: "newer" }
  | { readonly kind: "broken" };

/** The text of a draft's file. */
export function formatDraft(draft: Draft, { url, tenant }: DraftPlace, savedAt: number): string {
  const { app, readAt, edits: made, leftOut, wasOvertaken, contested, takesBack, pending } = draft;
  const values = Object.fromEntries(counterNames.map((name) => [name, app.installSummary[name]]));
  const file: z.input<typeof draftFile> = {
    format,
    url,
    tenant,
    appId: app.id,
    name: shortened(app.displayName),
    type: app["@odata.type"].slice(0, maxName),
    publisher: shortened(app.publisher),
    base: { etag: app.etag ?? null, counters: values, readAt },
    edits: made,
    contested,
    leftOut,
    wasOvertaken,
    takesBack:
      takesBack === undefined ? null : { version: takesBack.version ?? null, patch: takesBack.patch },
    pending:
      pending === undefined
        ? null
        : {
            patch: pending.change.patch,
            ifMatch: pending.change.etag ?? null,
            clientRequestId: pending.clientRequestId,
            at: pending.sentAt,
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
  const { appId: id, base, pending, takesBack } = file;
  if (counterNames.some((name) => base.counters[name] === undefined)) return undefined;
  const installSummary = createSummary(id, (name) => base.counters[name] ?? 0);
  // An edit that leaves the range of its counter, or leaves every value as it is, was never staged.
  const { patch, conflicts } = rebase(installSummary, file.edits, installSummary);
  const edited = counterNames.filter((name) => file.edits[name] !== undefined);
  if (edited.length === 0 || conflicts.length > 0) return undefined;
  if (edited.some((name) => patch[name] === undefined)) return undefined;
  return {
    app: {
      "@odata.type": file.type,
      id,
      displayName: file.name,
      publisher: file.publisher,
      installSummary,
      etag: base.etag ?? undefined,
    },
    readAt: base.readAt,
    edits: file.edits,
    leftOut: file.leftOut,
    wasOvertaken: file.wasOvertaken,
    contested: file.contested,
    ...(takesBack !== null && {
      takesBack: { version: takesBack.version ?? undefined, patch: takesBack.patch },
    }),
    pending:
      pending === null
        ? undefined
        : {
            change: { patch: pending.patch, etag: pending.ifMatch ?? undefined, base: installSummary },
            clientRequestId: pending.clientRequestId,
            sentAt: pending.at,
          },
  };
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
