import type { Readable } from "node:stream";
import { createPasteParser, type Parsed, type PasteNews } from "./paste-parser.ts";
import { withRead } from "./with-read.ts";

/**
 * The same input with each bracketed paste in one read. Without it Ink takes a mark that arrives in parts for keys, and then the
 * pasted text too, and gives no key any more after a paste whose end is lost. `tell` hears of such a paste.
 */
export function withWholePastes<Input extends Readable>(
  stdin: Input,
  tell: (news: PasteNews) => void,
): Input {
  const parser = createPasteParser();
  let due = "";
  let waiting: NodeJS.Timeout | undefined;

  function follow({ text, news }: Parsed): string {
    clearTimeout(waiting);
    const patience = parser.patience();
    if (patience !== undefined) waiting = setTimeout(expire, patience).unref();
    if (news !== undefined) tell(news);
    return text;
  }

  function expire(): void {
    due = follow(parser.expire());
    if (due !== "") stdin.emit("readable");
  }

  function read(): unknown {
    for (;;) {
      const chunk: unknown = due === "" ? stdin.read() : undefined;
      if (chunk !== undefined && typeof chunk !== "string") return chunk;
      const text = chunk === undefined ? due : follow(parser.take(chunk));
      due = "";
      if (text !== "") return text;
    }
  }

  return withRead(stdin, read);
}
