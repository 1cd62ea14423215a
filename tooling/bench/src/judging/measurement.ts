/** What a variant is in a comparison: our work, what bounds it, or someone else's. */
export type Role = "ours" | "limit" | "peer";

/** What one round of one variant came to. What was not measured is absent. */
export interface Sample {
  /** How often per second. */
  readonly rate?: number;
  /** Latency in microseconds: half are faster, and all but one in a hundred. */
  readonly p50Us?: number;
  readonly p99Us?: number;
  /** Processor time for each, in microseconds. */
  readonly cpuUs?: number;
  /** Resident memory of the process that does the work. */
  readonly rssBytes?: number;
  /** The size of what an importer downloads. */
  readonly bytes?: number;
  /** How many answers were wrong. */
  readonly bad: number;
  /** The share of its time that the process that does the work was computing. */
  readonly busy?: number;
}

/** A sample with everything that it is a sample of: one line of the JSON. */
export interface Row extends Sample {
  readonly suite: string;
  readonly case: string;
  readonly variant: string;
  readonly role: Role;
  readonly round: number;
  readonly connections?: number;
}

/** One way of doing what a case asks for. */
export interface Variant {
  readonly variant: string;
  readonly role: Role;
  /** Does it for a bounded time, and checks every answer. */
  readonly measure: () => Promise<Sample>;
}

/** Things that are compared with each other, in one run and in turn. */
export interface Case {
  readonly case: string;
  readonly connections?: number;
  readonly variants: readonly Variant[];
}

/** What can be put in relation. */
export type Metric = "rate" | "p50Us" | "p99Us" | "cpuUs" | "bytes";

/** A figure to reach: ours over something else of the same run. */
export interface Target {
  readonly target: string;
  readonly case: string;
  readonly metric: Metric;
  readonly ours: string;
  readonly over: string;
  /** Whether a ratio is good when it is large or when it is small. */
  readonly wanted: "at least" | "at most";
  readonly goal: number;
  /** Worse than this fails `--strict`. */
  readonly floor: number;
}

/** How a suite is to run. */
export interface SuiteOptions {
  /** Everything that the suite has, however long it takes. */
  readonly isFull: boolean;
  /** Only to see whether it works: the figures mean nothing. */
  readonly isShort: boolean;
}

/** A suite that is ready to run. */
export interface Suite {
  readonly cases: readonly Case[];
  readonly targets: readonly Target[];
  /** Ends what was started for the run. */
  readonly close: () => Promise<void>;
}
