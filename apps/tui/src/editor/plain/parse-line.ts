import type { CounterName } from "@install-summary/core";
import { findCounter } from "../../words/counter-words.ts";

/** What a line of a person asks for in plain mode. */
export type PlainCommand =
  /** Nothing was typed: where am I? */
  | { readonly kind: "show" }
  | { readonly kind: "find"; readonly text: string }
  /** A number of a list that was printed, or the number of apps that a question asks for. */
  | { readonly kind: "number"; readonly digits: string }
  /** What is typed into a counter; empty to hear its value. */
  | { readonly kind: "counter"; readonly counter: CounterName; readonly text: string }
  | { readonly kind: "revert"; readonly counter: CounterName }
  /** A JSON patch, or numbers, as they are pasted. */
  | { readonly kind: "paste"; readonly text: string }
  | { readonly kind: "drop" | "undo" | "mine" | "theirs"; readonly number: number }
  | { readonly kind: Word }
  /** A key of the editor, as its messages name them. */
  | { readonly kind: "key"; readonly key: string };

/** A command of one word. */
export type Word = (typeof words)[number];

/** The commands of one word. */
export const words = [
  "list",
  "more",
  "review",
  "send",
  "yes",
  "no",
  "json",
  "drop",
  "undo",
  "redo",
  "again",
  "history",
  "back",
  "help",
  "quit",
] as const;

/** Keys by the names that messages give them, and by words that a person would try. */
const keyWords: Readonly<Record<string, string>> = {
  esc: "escape",
  escape: "escape",
  enter: "enter",
  space: " ",
  tab: "tab",
  exit: "q",
  next: "n",
  previous: "N",
  failures: "f",
  "history all": "H",
  copy: "c",
  "undo all": "U",
  mine: "m",
  theirs: "t",
};

/**
 * Parses a line. What is no command is a text to find an app by; `find` before it finds what would be a command. Counters
 * are named as in the table, with or without `devices`: `failed 8`, `users pending -2`, `failed=8`.
 */
export function parseLine(line: string): PlainCommand {
  const text = line.trim();
  if (text === "") return { kind: "show" };
  const lower = text.toLowerCase().replaceAll(/\s+/g, " ");
  if (/^\d+$/.test(text)) return { kind: "number", digits: text };
  if (text.startsWith("{") || /^\d[\d\s,;]*$/.test(text)) return { kind: "paste", text };
  const found = /^find\s+(.+)$/is.exec(text)?.[1];
  if (found !== undefined) return { kind: "find", text: found };
  const word = words.find((one) => one === lower);
  if (word !== undefined) return { kind: word };
  const [, verb = "", number = ""] = /^(drop|undo|mine|theirs) (\d{1,9})$/.exec(lower) ?? [];
  if (verb === "drop" || verb === "undo" || verb === "mine" || verb === "theirs") {
    return { kind: verb, number: Number(number) };
  }
  const key = keyWords[lower] ?? (/^[^\d]$/u.test(text) ? text : undefined);
  if (key !== undefined) return { kind: "key", key };
  const reverted = /^(?:x|revert) (.+)$/.exec(lower)?.[1];
  const revertedCounter = reverted === undefined ? undefined : counterOf(reverted);
  if (revertedCounter !== undefined) return { kind: "revert", counter: revertedCounter };
  return parseCounter(text) ?? { kind: "find", text };
}

/** The longest beginning that names a counter; what follows is the value, whatever it is, so that it can be refused. */
function parseCounter(text: string): PlainCommand | undefined {
  const ends = [...text.matchAll(/(?=[=\s]|$)/g)].map(({ index }) => index).toReversed();
  for (const end of ends) {
    const counter = counterOf(text.slice(0, end).replace(/[+\-−]$/, ""));
    if (counter === undefined) continue;
    const sign = /[+\-−]$/.exec(text.slice(0, end))?.[0] ?? "";
    const rest = text.slice(end).trim();
    // `failed+=2`, as in the command `set`.
    const value = rest.startsWith("=") ? sign + rest.slice(1).trim() : rest;
    // Several words without a number are the name of an app.
    if (/\s/.test(value) && !/\d/.test(value)) continue;
    return { kind: "counter", counter, text: value };
  }
  return undefined;
}

function counterOf(name: string): CounterName | undefined {
  const parts = name.toLowerCase().split(/[\s.]+/);
  const isOf = (scope: string): boolean => parts.some((part) => part === scope || part === `${scope}s`);
  const rest = parts.filter((part) => !/^(?:user|device)s?$/.test(part)).join(" ");
  if (rest === "" || (isOf("user") && isOf("device"))) return undefined;
  return findCounter(isOf("user") ? `users.${rest}` : rest);
}
