import { realpathSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { vi } from "vitest";

/** What became of some work. */
interface Moment {
  /** Whether it was done, and did not throw. */
  readonly isDone: boolean;
  /** Whether there was such a moment. */
  readonly isReached: boolean;
}

/**
 * Does something at the moment of a number in some work, among those in which a store's name is looked at or its file is read.
 */
export async function atMoment(wanted: number, act: () => void, work: () => unknown): Promise<Moment> {
  let moment = 0;
  const { native } = realpathSync;
  const method = "exec";
  const exec = DatabaseSync.prototype[method];
  const count = (): void => {
    moment += 1;
    if (moment === wanted) act();
  };
  const spies = [
    vi.spyOn(realpathSync, "native").mockImplementation((path) => {
      count();
      return native(String(path));
    }),
    vi.spyOn(DatabaseSync.prototype, method).mockImplementation(function execute(this: DatabaseSync, sql) {
      count();
      Reflect.apply(exec, this, [sql]);
    }),
  ];
  try {
    const isDone = await Promise.resolve(work()).then(
      () => true,
      () => false,
    );
    return { isDone, isReached: moment >= wanted };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
