// By its default: a Node that is too old has no such name, and is yet to be told so.
import module from "node:module";
import { join } from "node:path";

/**
 * Has Node keep what it compiles of this program in the user's cache folder, which saves a tenth of each later start. It is a
 * folder of this user's own, since Node's default is one in /tmp that others could have filled. Node checks what it finds
 * there against the code and its own version, and goes without where the folder cannot be written.
 */
export async function keepCompiled(): Promise<void> {
  try {
    const { default: envPaths } = await import("env-paths");
    module.enableCompileCache(join(envPaths("install-summary", { suffix: "" }).cache, "compiled"));
  } catch {
    // A user without a home has no cache either.
  }
}
