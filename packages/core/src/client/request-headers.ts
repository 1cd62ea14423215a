import { copyMembers, memberEntries } from "../text/members.ts";
import { checkHeaders } from "./check-options.ts";
import type { ClientOptions, RequestHeaders } from "./client-options.ts";

/** Makes the function that gives a client's headers for each request. The caller may go on to change its object. */
export function createHeaders(headers: ClientOptions["headers"]): () => RequestHeaders {
  if (typeof headers !== "function") {
    const copy = copyMembers(headers);
    return () => copy;
  }
  return () => {
    const made = headers();
    checkHeaders(made, "createInstallSummaryClient");
    return made;
  };
}

/** Of several headers of one name, in whatever case, the last one counts; undefined is left out. */
export function joinHeaders(
  ...all: readonly (Readonly<Record<string, string | undefined>> | undefined)[]
): Headers {
  const joined = new Headers();
  for (const [name, value] of all.flatMap((one = {}) => memberEntries(one)))
    if (typeof value === "string") joined.set(name, value);
  return joined;
}
