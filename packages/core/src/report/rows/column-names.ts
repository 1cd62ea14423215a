/** Whether a column, maybe in quotes, has the ids of apps: ApplicationId, or `id` as Graph calls it. */
export function isIdColumn(name: string): boolean {
  // Step by step: an expression for blanks on both sides of quotes would try each way to share a long run of them.
  const plain = plainName(plainName(name).replace(/^"(.*)"$/s, "$1"));
  return plain === "id" || plain === "applicationid";
}

/** Whether names are those of an app as Graph has it: by its `id`, which a row of a report calls ApplicationId. */
export function areGraphNames(names: readonly string[]): boolean {
  const plain = names.map(plainName);
  return plain.includes("id") && !plain.includes("applicationid");
}

/** The report's names of columns that may have those of Graph. */
export function reportNames(names: readonly string[]): readonly string[] {
  if (!areGraphNames(names)) return names;
  return names.map((name) =>
    isIdColumn(name) ? "ApplicationId" : plainName(name) === "@odata.type" ? "ODataType" : name,
  );
}

function plainName(name: string): string {
  return name.trim().toLowerCase();
}
