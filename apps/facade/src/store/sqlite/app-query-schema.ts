import { counterNames } from "@install-summary/core";
import {
  appProperties,
  type AppFilter,
  type AppPath,
  type AppQuery,
  type Operand,
} from "@install-summary/core/service";
import * as z from "zod";

const path: z.ZodType<AppPath> = z.union([
  z.object({ kind: z.literal("property"), name: z.enum(appProperties.map(({ name }) => name)) }),
  z.object({ kind: z.literal("counter"), name: z.enum(counterNames) }),
]);

const value = z.object({ kind: z.literal("value"), value: z.union([z.string(), z.number(), z.null()]) });
const operand: z.ZodType<Operand> = z.union([path, value]);

const filter: z.ZodType<AppFilter> = z.lazy(() =>
  z.union([
    z.object({ kind: z.enum(["and", "or"]), operands: z.array(filter) }),
    z.object({ kind: z.literal("not"), operand: filter }),
    z.object({
      kind: z.literal("compare"),
      operator: z.enum(["eq", "ne", "gt", "ge", "lt", "le"]),
      left: operand,
      right: operand,
    }),
    z.object({ kind: z.enum(["contains", "startsWith", "endsWith"]), text: operand, part: operand }),
    z.object({ kind: z.literal("isOf"), types: z.array(z.string()) }),
  ]),
);

const term = z.object({
  word: z.string(),
  property: z.enum(["displayName", "publisher"]).exactOptional(),
});

/** A query of apps in a message to the thread. */
export const appQuery: z.ZodType<AppQuery> = z.object({
  top: z.int(),
  skip: z.int().optional(),
  cursor: z.string().optional(),
  search: z.array(term).optional(),
  filter: filter.optional(),
  orderBy: z.array(z.object({ path, descending: z.boolean() })).optional(),
  count: z.boolean().optional(),
});
