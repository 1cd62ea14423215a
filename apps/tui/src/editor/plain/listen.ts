import { setImmediate } from "node:timers/promises";

/** The next line of the input, its end, or the end of the editor. */
export type Heard = IteratorResult<string, unknown> | { readonly exit: number };

/** What plain mode waits for. */
export interface Listener {
  /** The next line, where lines are heard, or the end of the editor. A line that has come is heard before the end. */
  first(hears: { readonly lines: boolean }): Promise<Heard>;
  /** The same, or undefined once the editor has changed. */
  orChange(hears: { readonly lines: boolean }): Promise<Heard | undefined>;
  /** Waits for the line after the one that came. */
  take(): void;
  /** Gives the lines that a terminal has by now to no one, and says how many they were. */
  drop(): Promise<number>;
  close(): void;
}

/**
 * Listens to the lines, to the end of the editor and to its changes. Each is listened to once: a race for each change would
 * leave a reaction on the line for as long as none comes.
 */
export function listen(
  subscribe: (changed: () => void) => () => void,
  lines: Pick<AsyncIterator<string, unknown>, "next">,
  ended: Promise<Heard>,
): Listener {
  let woken = Promise.withResolvers<void>();
  const wake = (): void => woken.resolve();
  let line = awaited(lines.next(), wake);
  const end = awaited(ended, wake);
  const unsubscribe = subscribe(wake);
  const take = (): void => {
    line = awaited(lines.next(), wake);
  };
  const come = (hears: { readonly lines: boolean }): Promise<Heard> | undefined => {
    if (hears.lines && line.hasCome()) return line.promise;
    return end.hasCome() ? end.promise : undefined;
  };

  return {
    async first(hears) {
      for (;;) {
        const heard = await this.orChange(hears);
        if (heard !== undefined) return heard;
      }
    },
    async orChange(hears) {
      const there = come(hears);
      if (there !== undefined) return there;
      woken = Promise.withResolvers();
      await woken.promise;
      return come(hears);
    },
    take,
    async drop() {
      for (let dropped = 0; ; dropped += 1) {
        // In each turn Node asks the system once, which hands on one line; what it asks in this one may be settled already.
        await setImmediate();
        await setImmediate();
        if (!line.hasCome() || (await line.promise).done === true) return dropped;
        take();
      }
    },
    close: unsubscribe,
  };
}

/** A promise that says whether it is settled. Who hears that takes its value, or its error. */
function awaited<Value>(
  promise: Promise<Value>,
  wake: () => void,
): { readonly promise: Promise<Value>; readonly hasCome: () => boolean } {
  let isThere = false;
  const settled = (): void => {
    isThere = true;
    wake();
  };
  promise.then(settled, settled);
  return { promise, hasCome: () => isThere };
}
