import { counterWords } from "../words/counter-word.ts";

/** The columns that `list --sort` knows, as they are written. */
export const sortColumns: readonly string[] = [
  "app",
  "publisher",
  "platform",
  "version",
  "id",
  "share",
  "users.share",
  "changed",
  ...counterWords,
];
