/** Apps of which their file lacks the same counters, and the columns that these would have. */
export interface MissingCounters {
  /** As the report spells them: `FailedDeviceCount`. */
  readonly columns: readonly string[];
  readonly apps: number;
}

/** Counts apps by the counters that they lack: nearly always the same ones, those whose columns a file lacks. */
export interface MissingCounterCounts {
  /** Adds an app by the columns that it lacks. */
  add(columns: readonly string[]): void;
  all(): readonly MissingCounters[];
}

/** Starts to count. */
export function countMissingCounters(): MissingCounterCounts {
  const apps = new Map<string, number>();
  return {
    add(columns) {
      const key = columns.join(",");
      apps.set(key, (apps.get(key) ?? 0) + 1);
    },
    all: () => Array.from(apps, ([key, count]) => ({ columns: key.split(","), apps: count })),
  };
}

/** A sentence for new apps that lack the same counters: how many, which, and what to do, such as with an option. */
export function describeMissing({ columns, apps }: MissingCounters, option = "--missing-as-zero"): string {
  const start = apps === 1 ? "1 app is new" : `${apps} apps are new`;
  const lack = columns.length === 1 ? "This column is missing" : "These columns are missing";
  return (
    `${start}, and a new app needs all ten counters. ${lack}: ${columns.join(", ")}. ` +
    `Select all ten columns in the export, or import with ${option} to use 0.`
  );
}
