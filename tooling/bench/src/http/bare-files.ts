import { join } from "node:path";
import { openBareStore } from "../bare/bare-store.ts";
import { appOf } from "../sample/apps.ts";

/** Makes the store of a limit, with the same apps as the facade's, and gives its file. */
export function createBareStore(folder: string, name: string, apps: number): string {
  const file = join(folder, `${name}.db`);
  const store = openBareStore(file);
  store.insert(Array.from({ length: apps }, (_, number) => appOf(number)));
  store.close();
  return file;
}
