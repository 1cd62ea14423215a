import { isIPv4 } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";

// The message of each schema goes on from the setting's name: "port must be …".

const textRule = "must be a text without control characters";
const text = z.string(textRule).regex(/^[^\u0000-\u001f\u007f]+$/, textRule);

/** The path of a file or folder, resolved against the folder in which a person typed it. */
export function pathSchema(folder: string): z.ZodType<string> {
  return text.transform((path) => resolve(folder, path));
}

/** Where the store is: `sqlite:FILE`. */
export function storeSchema(folder: string): z.ZodType<string> {
  const rule = "must be sqlite:FILE, the one kind of store there is";
  return text
    .regex(/^sqlite:(?:\/\/(?=\/))?(?!\/\/|:memory:)./, rule)
    .transform((url) => `sqlite:${resolve(folder, url.replace(/^sqlite:(?:\/\/)?/, ""))}`);
}

/** An address that other machines cannot reach. */
export const loopbackSchema: z.ZodType<string> = text.refine(
  (host) => host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127.")),
  "must be 127.0.0.1, ::1 or localhost: whoever reads this folder can make tokens of the development issuer, " +
    "so no other machine may reach it",
);

/** A whole number, also as text. */
export function wholeSchema(least: number, most: number): z.ZodType<number> {
  const rule = `must be a whole number from ${least} to ${most}`;
  const digits = z.string().regex(/^[0-9]{1,15}$/);
  return z
    .union([digits.transform(Number), z.number()], rule)
    .pipe(z.int(rule).min(least, rule).max(most, rule));
}

/** Yes or no, also as text. */
export const switchSchema: z.ZodType<boolean> = z.union(
  [z.boolean(), z.enum(["true", "false", "1", "0"]).transform((word) => word === "true" || word === "1")],
  "must be true or false",
);

export const logSchema: z.ZodType<"text" | "json"> = z.enum(["text", "json"], "must be text or json");
