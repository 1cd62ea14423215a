import { asciiLowerCase } from "./ascii-case.ts";

/**
 * The path by which a request is routed: its first segment decoded and in lower case, and no empty segments. What
 * follows the first segment is kept as it was sent.
 */
export function routingPath(path: string): string {
  if (path.startsWith("/beta/")) return path;
  const [first = "", ...rest] = path.split("/").filter((segment) => segment !== "");
  return `/${[asciiLowerCase(decodeName(first)), ...rest].join("/")}`;
}

/** A slash that was encoded must not split the segment, and a malformed segment names nothing. */
function decodeName(segment: string): string {
  try {
    const name = decodeURIComponent(segment);
    return name.includes("/") ? segment : name;
  } catch {
    return segment;
  }
}
