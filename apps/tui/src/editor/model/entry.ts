import {
  type CounterEdit,
  type InstallSummaryPatch,
  counterMaximum,
  safeParsePatchText,
} from "@install-summary/core";
import { formatCount } from "../../words/format-count.ts";
import { editedValue, isInRange } from "./edit.ts";

/** What a person typed into a counter comes to. */
export type EntryReading =
  | { readonly kind: "nothing" }
  | { readonly kind: "edit"; readonly edit: CounterEdit; readonly value: number }
  | { readonly kind: "refused"; readonly reason: string };

/** Reads an entry against the value that it is made on; `+5` and `-3` are relative to it. */
export function readEntry(text: string, base: number): EntryReading {
  const typed = text.trim();
  if (typed === "") return { kind: "nothing" };
  const [, sign = "", digits = ""] = /^([+\-−]?)(.*)$/s.exec(typed) ?? [];
  if (digits === "") return refused(sign === "+" ? "add how much?" : "take off how much?");
  if (/^\d{1,3}(?:\.\d{3})+$/.test(digits)) {
    return refused(`type ${digits.replaceAll(".", "")} without the point`);
  }
  const amount = readWhole(digits);
  if (amount === undefined) return refused("must be a whole number");
  if (sign === "") {
    return isInRange(amount)
      ? { kind: "edit", edit: amount, value: amount }
      : refused(`must be between 0 and ${formatCount(counterMaximum)}`);
  }
  const edit = { add: sign === "+" ? amount : -amount };
  const value = editedValue(base, edit);
  if (isInRange(value)) return { kind: "edit", edit, value };
  const sum = `${formatCount(base)} ${sign === "+" ? "+" : "−"} ${formatCount(amount)}`;
  return refused(value < 0 ? `${sum} is below 0` : `${sum} is above ${formatCount(counterMaximum)}`);
}

/** What a pasted text comes to. */
export type PasteReading =
  | { readonly kind: "one"; readonly text: string }
  | { readonly kind: "patch"; readonly patch: InstallSummaryPatch }
  | { readonly kind: "values"; readonly values: readonly number[] }
  | { readonly kind: "refused"; readonly reason: string };

/** Reads a pasted text: one number, ten numbers in the specification's order, or a JSON patch for the app. */
export function readPaste(text: string, appId: string): PasteReading {
  const pasted = text.trim();
  if (pasted === "") return refused("nothing was pasted");
  if (pasted.startsWith("{")) {
    const parsed = safeParsePatchText(pasted, { id: appId });
    return parsed.success ? { kind: "patch", patch: parsed.data } : refused(parsed.error.message);
  }
  if (isOneNumber(pasted)) return { kind: "one", text: pasted };
  // Cells of a spreadsheet come with tabs or line breaks between them, and may be grouped themselves.
  const cells = [pasted.split(/\s*[\t\n\r;]+\s*/), pasted.split(/[\s,;]+/)].find(
    (parts) => parts.length === 10,
  );
  if (cells === undefined) {
    return refused(`${pasted.split(/[\s,;]+/).length} values were pasted: one, ten, or a JSON patch fit`);
  }
  const values: number[] = [];
  for (const cell of cells) {
    const reading = readEntry(cell, 0);
    if (reading.kind !== "edit" || typeof reading.edit !== "number") {
      return refused(
        reading.kind === "refused" ? `${cell}: ${reading.reason}` : `${cell} is not a plain number`,
      );
    }
    values.push(reading.edit);
  }
  return { kind: "values", values };
}

function refused(reason: string): { readonly kind: "refused"; readonly reason: string } {
  return { kind: "refused", reason };
}

/** What belongs in the cell, also if it is refused there: the reason is then shown beside it. */
function isOneNumber(text: string): boolean {
  return readWhole(text.replace(/^[+\-−]/, "")) !== undefined || /^[^\s,;]{1,20}$/.test(text);
}

/** Digits, plain or grouped in threes by one kind of separator. */
function readWhole(text: string): number | undefined {
  const isGrouped = /^\d{1,3}([ ,'’\u00a0\u202f])\d{3}(?:\1\d{3})*$/.test(text);
  if (!isGrouped && !/^\d+$/.test(text)) return undefined;
  return Number(text.replaceAll(/\D/g, ""));
}
