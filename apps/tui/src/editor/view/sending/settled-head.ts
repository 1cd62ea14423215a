import type { SendItem } from "../../model/sending.ts";
import { identityLine } from "../identity-line.ts";
import type { Glyphs } from "../glyphs.ts";
import { bold, cutLine, dim, line, lineWidth, spread, type Line } from "../line.ts";
import { resultOf, versionsOf } from "./result-words.ts";

/** The head of the results of one change that no response confirmed: the question, and what reading it again told. */
export function settledHead(item: SendItem, summary: string, glyphs: Glyphs, width: number): readonly Line[] {
  return [titleLine(item, summary, glyphs, width), resultLine(item, glyphs, width)];
}

/** Whether no response confirmed a change, so that only reading the app tells what became of it. */
export function isSettledByReading({ status }: SendItem): boolean {
  switch (status.kind) {
    case "sent":
      return status.how === "found";
    case "notApplied":
    case "overtaken":
    case "unknown":
      return true;
    case "queued":
    case "running":
    case "waiting":
    case "comparing":
    case "conflict":
    case "refused":
    case "stopped":
    case "readAgain":
      return false;
  }
}

function titleLine({ app }: SendItem, summary: string, glyphs: Glyphs, width: number): Line {
  const question = line(bold(" Was it applied?"), "  ");
  const right = line(dim(`${summary} `));
  const room = width - lineWidth(question) - lineWidth(right) - 2;
  // Where room is short the name matters more than the question.
  const left =
    room < minName
      ? line(" ", identityLine(app, glyphs, width - lineWidth(right) - 3, { bold: true }))
      : line(question, identityLine(app, glyphs, room));
  return spread(left, right, width, glyphs.ellipsis);
}

/** A name needs this much beside the question. */
const minName = 24;

function resultLine(item: SendItem, glyphs: Glyphs, width: number): Line {
  const [mark, text] = resultOf(item, glyphs);
  const versions = versionsOf(item, glyphs);
  return cutLine(
    line(" ", mark, ` ${versions === "" ? text : `${versions}  ${text}`}`),
    width,
    glyphs.ellipsis,
  );
}
