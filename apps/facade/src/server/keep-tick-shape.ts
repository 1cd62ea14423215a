import { executionAsyncResource } from "node:async_hooks";

let kept: object | undefined;

/**
 * Keeps `process.nextTick` fast, which Node calls several times for each request. V8 forgets the shape of its records
 * where a garbage collection finds none of them, as one does while a program is loaded. From then on the function that
 * makes them takes four times as long. A record that is kept prevents that.
 */
export function keepTickShape(): void {
  process.nextTick(() => {
    kept ??= executionAsyncResource();
  });
}
