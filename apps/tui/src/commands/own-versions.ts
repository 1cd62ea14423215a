import type { ListedChange } from "@install-summary/core/client";

/** The versions that the changes of a run have made, as their responses tell them. */
export interface OwnVersions {
  /** Notes the response to a change, whose body stays readable. */
  readonly note: (method: string, response: Response) => Promise<void>;
  /** Whether the responses to all changes told their versions, so that any other version is someone else's. */
  readonly areAllKnown: () => boolean;
  readonly has: (etag: string) => boolean;
  /** Whether a version of the log was made here: a change that alters nothing is told the version of someone else. */
  readonly made: (change: Pick<ListedChange, "version" | "requestId">) => boolean;
}

export function ownVersions(): OwnVersions {
  /** By version, the id of the first request whose response told it; undefined for a batch, whose changes have ids of their own. */
  const versions = new Map<string, string | undefined>();
  let areAllKnown = true;
  return { note, made, areAllKnown: () => areAllKnown, has: (etag) => versions.has(versionIn(etag)) };

  function made({ version, requestId }: Pick<ListedChange, "version" | "requestId">): boolean {
    const key = String(version);
    return versions.has(key) && (versions.get(key) ?? requestId) === requestId;
  }

  async function note(method: string, response: Response): Promise<void> {
    // A server that failed may have made the change all the same.
    if (response.status >= 500 || response.status === 408) areAllKnown = false;
    if (!response.ok) return;
    const header = response.headers.get("etag");
    const found = header === null ? [] : [versionIn(header)];
    try {
      // A batch has the versions of its changes in its body.
      const body = await response.clone().text();
      found.push(...[...body.matchAll(/W\/\\"([^"\\]*)\\"/g)].map(([, version = ""]) => version));
    } catch {
      areAllKnown = false;
    }
    if (found.length === 0 && method === "PATCH") areAllKnown = false;
    const id = method === "PATCH" ? (response.headers.get("request-id") ?? undefined) : undefined;
    for (const version of found) if (!versions.has(version)) versions.set(version, id);
  }
}

/** `7` of `W/"7"`: on the way an ETag may become a strong one. */
function versionIn(etag: string): string {
  return /^(?:W\/)?"(.*)"$/.exec(etag)?.[1] ?? etag;
}
