import { notAReport } from "./json/report-members.ts";
import { unreadable } from "./input/unreadable.ts";

/** Throws `GraphError` 400 for JSON that begins neither as an object nor as a list, by its first part: it is no CSV either. */
export function refuseOtherJson(start: string): void {
  const text = start.trim();
  if (commentFirst.test(text)) {
    throw unreadable("The JSON begins with a comment. Take it out.");
  }
  if (/^(?:null|true|false|-?\d[\d.e+-]{0,99})$/i.test(text)) throw notAReport(`is only ${text}`);
  // What writes a text into JSON escapes its quotes and its line breaks. Without any it is the only one, or the only column of a
  // CSV without a row: ids or counters.
  if (/^"[^"]*(?:\\|(?<!id|count)"$)/i.test(text) && !/[\r\n]/.test(text)) throw notAReport("is a text");
}

/** Comments before the bracket of a JSON text. No part of them fits in two ways, so that many of them cost no time. */
const commentFirst = /^(?:\/\/.*[\r\n]|\/\*(?:[^*]|\*(?!\/))*\*\/|\s)+[{[]/;
