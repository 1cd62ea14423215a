import { counterMaximum, counterNames } from "@install-summary/core";
import { Ajv } from "ajv";
import * as z from "zod";
import * as mini from "zod/mini";
import type { WholePatch } from "../sample/example.ts";

// The same check by libraries alone.

const counter = z.int().min(0).max(counterMaximum);

/** A patch as zod validates it. */
export const zodPatch: z.ZodType<WholePatch> = z.strictObject(
  Object.fromEntries(counterNames.map((name) => [name, counter.exactOptional()])),
);

const miniCounter = mini.int().check(mini.minimum(0), mini.maximum(counterMaximum));

/** The same with zod's smaller edition. */
export const miniPatch: mini.ZodMiniType<WholePatch> = mini.strictObject(
  Object.fromEntries(counterNames.map((name) => [name, mini.exactOptional(miniCounter)])),
);

/** The same as a JSON schema that ajv compiled. */
export const ajvPatch = new Ajv({ allErrors: true }).compile<WholePatch>({
  type: "object",
  additionalProperties: false,
  properties: Object.fromEntries(
    counterNames.map((name) => [name, { type: "integer", minimum: 0, maximum: counterMaximum }]),
  ),
});
