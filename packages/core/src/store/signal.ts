/** Wakes everything that waits for something to happen. */
export interface Signal {
  /** Resolves at the next `raise`, or when `stop` is aborted. */
  wait(stop: AbortSignal): Promise<void>;
  raise(): void;
}

/** Creates a signal. */
export function createSignal(): Signal {
  const waiting = new Set<() => void>();
  return {
    wait: (stop) =>
      new Promise((resolve) => {
        const wake = (): void => {
          waiting.delete(wake);
          stop.removeEventListener("abort", wake);
          resolve();
        };
        if (stop.aborted) return resolve();
        waiting.add(wake);
        stop.addEventListener("abort", wake);
      }),
    raise() {
      for (const wake of waiting) wake();
    },
  };
}
