import { nearestName, visibleText } from "@install-summary/core/text";
import type { z } from "zod";
import type { ConfigValues } from "./config-file.ts";
import { UserError } from "@install-summary/command-line/errors";

/** Finds the value of each setting in its sources, and collects what is wrong with them. */
export interface SettingReader {
  /** The value of a setting, or the fallback where no source has one. */
  read<Value>(name: string, schema: z.ZodType<Value>, fallback: Value): Value;
  /** Throws `UserError` with a sentence for each fault, names that no setting has among them. */
  finish(): void;
}

export interface Sources {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly file: string;
  readonly values: ConfigValues;
}

export function createSettingReader(sources: Sources): SettingReader {
  const problems: string[] = [];
  const known: string[] = [];
  return {
    read(name, schema, fallback) {
      known.push(name);
      const given = find(name, sources);
      if (given === undefined) return fallback;
      const result = schema.safeParse(given.value);
      if (result.success) return result.data;
      const rule = result.error.issues[0]?.message ?? "is not understood";
      problems.push(`${name} ${rule}; got ${shown(given.value)} (from ${given.source}).`);
      return fallback;
    },
    finish() {
      for (const name of sources.values.keys()) {
        if (known.includes(name)) continue;
        const near = nearestName(name, known);
        const hint = near === undefined ? "" : ` Did you mean ${near}?`;
        problems.push(`${shown(name)} is not a setting (from ${sources.file}).${hint}`);
      }
      if (problems.length > 0) throw new UserError(problems.join("\n"));
    },
  };
}

function find(name: string, sources: Sources): { value: unknown; source: string } | undefined {
  const flag = sources.flags[name];
  if (flag !== undefined) return { value: flag, source: `--${separated(name, "-")}` };
  const variable = `INSTALL_SUMMARY_${separated(name, "_").toUpperCase()}`;
  const value = sources.env[variable];
  if (value !== undefined && value !== "") return { value, source: variable };
  return sources.values.has(name) ? { value: sources.values.get(name), source: sources.file } : undefined;
}

/** A setting's name in the spelling of a flag or a variable: `read-only`. */
function separated(name: string, separator: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => separator + letter.toLowerCase());
}

/** A value as it stands in the source, without what may be a password in it. */
function shown(value: unknown): string {
  return visibleText(JSON.stringify(value).replaceAll(/\/\/[^/]*@/g, "//…@"), 64);
}
