/** Whether a column, maybe in quotes, has the ids of apps: ApplicationId, or `id` as Graph calls it. */
export function isIdColumn(name: string): boolean {
  return /^\s*("?)\s*(?:Application)?Id\s*\1\s*$/i.test(name);
}

/** Whether names are those of an app as Graph has it: by its `id`, which a row of a report calls ApplicationId. */
export function areGraphNames(names: readonly string[]): boolean {
  const plain = names.map((name) => name.trim().toLowerCase());
  return plain.includes("id") && !plain.includes("applicationid");
}

/** The report's names of columns that may have those of Graph. */
export function reportNames(names: readonly string[]): readonly string[] {
  if (!areGraphNames(names)) return names;
  return names.map((name) =>
    isIdColumn(name) ? "ApplicationId" : name.replace(/^\s*@odata\.type\s*$/i, "ODataType"),
  );
}
