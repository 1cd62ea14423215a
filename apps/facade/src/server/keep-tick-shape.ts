import { executionAsyncResource } from "node:async_hooks";

let kept: object | undefined;

/**
 * Keeps `process.nextTick` fast, which Node calls several times for each request. Node makes a record of each call. A garbage
 * collection that finds no such record, as one does while a program is loaded, lets V8 forget their shape, and from then on
 * to make one takes four times as long. One record that is kept prevents that.
 */
export function keepTickShape(): void {
  process.nextTick(() => {
    kept ??= executionAsyncResource();
  });
}
