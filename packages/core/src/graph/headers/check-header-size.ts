import { LimitError } from "../../store/limit-error.ts";

/** How many headers a request may have. */
const maxHeaders = 100;

/**
 * Throws the 431 for headers above a limit. They are given as names and values in turn; each counts with the two characters
 * that end it in HTTP/1.1.
 */
export function checkHeaderSize(texts: readonly string[], headerBytes: number): void {
  const size = texts.reduce((sum, text) => sum + text.length + 2, 0);
  if (texts.length / 2 <= maxHeaders && size <= headerBytes) return;
  throw new LimitError({
    limit: "headerBytes",
    code: "RequestHeaderFieldsTooLarge",
    message: `The headers are larger than ${headerBytes} bytes, or more than ${maxHeaders}.`,
  });
}
