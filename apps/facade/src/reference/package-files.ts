import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as z from "zod";

const { resolve } = createRequire(import.meta.url);
const manifest = "@install-summary/facade/package.json";

/** The version of this package, also where it is bundled. */
export function packageVersion(): string {
  const read: unknown = createRequire(import.meta.url)(manifest);
  return z.object({ version: z.string() }).parse(read).version;
}

/** A file of Swagger UI: of this package, which has a copy, or where it is not built of the dependency itself. */
export function referenceFile(name: string): string {
  const copy = join(dirname(resolve(manifest)), "dist/reference", name);
  return existsSync(copy) ? copy : resolve(`swagger-ui-dist/${name}`);
}
