import { dirname, sep } from "node:path";
import { checkWritable } from "../files/check-writable.ts";
import { startFault } from "../files/file-fault.ts";
import { isThere } from "../files/look.ts";
import { refuseLostStore } from "../store/sqlite/refuse-lost-store.ts";

/** Throws `UserError` where `import` and `serve` could not make a store that is missing. Makes nothing. */
export function checkMissingStore(file: string, data: string): void {
  refuseLostStore(file);
  const folder = dirname(file);
  // The data folder is made before the store, with the folders above it.
  if (!isThere(data) && `${data}${sep}`.startsWith(`${folder}${sep}`)) return;
  try {
    // A name that ends so is refused by the system where it is not that of a folder.
    checkWritable(`${folder}${sep}`);
  } catch (error) {
    throw startFault(`The folder ${folder} of the store`, error, folder);
  }
}
