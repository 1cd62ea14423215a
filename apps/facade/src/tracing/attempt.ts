/** Does what an SDK may fail at; undefined where it threw. */
export type Attempt = <Value>(act: () => Value) => Value | undefined;

/** Makes what keeps the faults of an SDK away from requests. The first one is told to `onFault`. */
export function createAttempt(onFault: (error: unknown) => void): Attempt {
  let isTold = false;
  return (act) => {
    try {
      return act();
    } catch (error) {
      if (!isTold) onFault(error);
      isTold = true;
      return undefined;
    }
  };
}
