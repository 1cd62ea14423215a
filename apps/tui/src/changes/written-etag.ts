import { listETags, visibleText } from "@install-summary/core/text";

/**
 * The ETag that a text in a file means, as a weak one: `7`, `"7"` and `w/"7"` are all W/"7". Undefined for a text that is no
 * ETag, and for one that names any version or several.
 */
export function parseWrittenETag(text: string): string | undefined {
  try {
    const [tag, ...others] = listETags(text);
    return tag === undefined || others.length > 0 ? undefined : `W/${tag}`;
  } catch {
    return undefined;
  }
}

/** Two sentences about a text that is no ETag: the first lacks its beginning, the second its end. */
export function etagFault(text: string): string {
  return `'${visibleText(text, 64)}' names no version. It looks like W/"7" or 7`;
}
