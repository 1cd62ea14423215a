/** How much of some work is done after so many milliseconds. */
export interface WorkDone {
  /** What is counted: `rows`. */
  readonly what: string;
  readonly done: number;
  /** How many there are, where that is known. */
  readonly of?: number | undefined;
  readonly ms: number;
}

const count = new Intl.NumberFormat("en-US");

/** Says how much is done, at which rate, and how long the rest takes: `1,000 of 4,000 rows, 500/s, 6 s left`. */
export function describeRest({ what, done, of, ms }: WorkDone): string {
  const amount = of === undefined ? count.format(done) : `${count.format(done)} of ${count.format(of)}`;
  const rate = ms > 0 ? (done * 1000) / ms : 0;
  if (rate < 1) return `${amount} ${what}`;
  const left = of === undefined ? "" : `, ${formatSeconds(Math.max(0, of - done) / rate)} left`;
  return `${amount} ${what}, ${count.format(Math.round(rate))}/s${left}`;
}

/** A time of some seconds, minutes or hours, as exact as people want it. */
function formatSeconds(time: number): string {
  const seconds = Math.ceil(time);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
