/** What a variant is in a comparison: our work, what bounds it, or someone else's. */
export type Role = "ours" | "limit" | "peer";

/** What one round of one variant came to. What was not measured is absent. */
export interface Sample {
  /** How often per second. */
  readonly rate?: number;
  /** Latency in microseconds: half are faster, all but one in a hundred, and all. */
  readonly p50Us?: number;
  readonly p99Us?: number;
  readonly maxUs?: number;
  /** Processor time of the process that does the work, for each time that it is done, in microseconds. */
  readonly cpuUs?: number;
  /** Resident memory of that process; of a program that has ended, its peak. */
  readonly rssBytes?: number;
  /** The size of what an importer downloads. */
  readonly bytes?: number;
  /** How many responses were wrong. */
  readonly bad: number;
  /** The share of the time for which that process was computing. */
  readonly busy?: number;
  /** The same of the load generator. */
  readonly loadBusy?: number;
  /** How many changes shared a commit. */
  readonly groupSize?: number;
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

/** One way to do what a case asks for. */
export interface Variant {
  readonly variant: string;
  readonly role: Role;
  /** Runs once, before the first round; without it, one more `measure` does. */
  readonly warmUp?: () => Promise<unknown>;
  /** Does the work for a bounded time and checks every response. */
  readonly measure: () => Promise<Sample>;
}

/** Variants that are compared with each other, in one run and in turn. */
export interface Case {
  readonly case: string;
  readonly connections?: number;
  readonly variants: readonly Variant[];
}

/** A cost that can be compared: less is better. */
export type Metric = "p50Us" | "p99Us" | "maxUs" | "cpuUs" | "rssBytes" | "bytes";

/** A ratio to reach: our cost against another one of the same run. */
export interface Target {
  readonly target: string;
  readonly case: string;
  readonly metric: Metric;
  readonly ours: string;
  /** The variant that ours is compared with, or a fixed figure in the metric's unit. */
  readonly over: string | number;
  /**
   * `at most`: how many times the other's cost ours is. `at least`: how much of the work that the other does for a cost
   * ours does for it.
   */
  readonly wanted: "at least" | "at most";
  readonly goal: number;
  /** A worse ratio fails `--strict`. */
  readonly floor: number;
  /** A limit that has to do the same work. The verdict says what it reaches itself, in the same run. */
  readonly bound?: string;
}

/** A target that is not judged here. */
export interface FutureTarget {
  readonly target: string;
  /** What is missing for that. */
  readonly needs: string;
}

/** How a suite runs. */
export interface SuiteOptions {
  /** Everything that the suite has, however long it takes. */
  readonly isFull: boolean;
  /** Only to see whether it works: the figures mean nothing. */
  readonly isShort: boolean;
}

/** A suite that is ready to run. */
export interface Suite {
  /** How many rounds are measured unless `--rounds` says otherwise. */
  readonly rounds: number;
  readonly cases: readonly Case[];
  readonly targets: readonly Target[];
  readonly future?: readonly FutureTarget[];
  /** Ends what was started for the run. */
  readonly close: () => Promise<void>;
}
