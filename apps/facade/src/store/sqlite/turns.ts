/** Runs an action in a turn of the event loop of its own. */
export type InTurn = <Result>(action: () => Promise<Result>) => Promise<Result>;

/**
 * Makes turns: of actions that come together one runs in each turn of the event loop, in the order in which they came,
 * and other requests are served in between. The first one runs at once.
 */
export function createTurns(): InTurn {
  const waiting: (() => void)[] = [];
  let isTaken = false;

  const passOn = (): void => {
    const begin = waiting.shift();
    if (begin === undefined) {
      isTaken = false;
      return;
    }
    setImmediate(passOn);
    begin();
  };

  return async (action) => {
    if (isTaken) {
      await new Promise<void>((begin) => waiting.push(begin));
    } else {
      isTaken = true;
      setImmediate(passOn);
    }
    return action();
  };
}
