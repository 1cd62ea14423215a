import {
  counters,
  type Counter,
  type CounterName,
  type CounterScope,
  type CounterState,
} from "@install-summary/core";
import { counterStates } from "@install-summary/core/text";

/** The rows of the table of counters, in the specification's order. */
export const states: readonly CounterState[] = counterStates;

/** The columns of the table of counters. */
export const scopes: readonly CounterScope[] = ["device", "user"];

const byPlace = new Map(counters.map((counter) => [`${counter.state} ${counter.scope}`, counter.name]));
const byName = new Map(counters.map((counter) => [counter.name, counter]));

/** The counter in a row and a column of the table. */
export function counterOf(state: CounterState, scope: CounterScope): CounterName {
  const name = byPlace.get(`${state} ${scope}`);
  if (name === undefined) throw new Error(`no counter of ${scope}s that are ${state}`);
  return name;
}

/** What is known of a counter. */
export function describeCounter(name: CounterName): Counter {
  const counter = byName.get(name);
  if (counter === undefined) throw new Error(`no counter is called ${name}`);
  return counter;
}

/** The counter some rows below and columns right of another; the table's edges hold. */
export function counterBeside(name: CounterName, rows: number, columns: number): CounterName {
  const { state, scope } = describeCounter(name);
  const row = clamp(states.indexOf(state) + rows, states.length);
  const column = clamp(scopes.indexOf(scope) + columns, scopes.length);
  return counterOf(states[row] ?? state, scopes[column] ?? scope);
}

/** The next counter, row by row, or the previous one; after the last comes the first. */
export function counterAfter(name: CounterName, step: 1 | -1): CounterName {
  const { state, scope } = describeCounter(name);
  const places = states.length * scopes.length;
  const place = states.indexOf(state) * scopes.length + scopes.indexOf(scope);
  const next = (place + step + places) % places;
  return counterOf(states[Math.floor(next / scopes.length)] ?? state, scopes[next % scopes.length] ?? scope);
}

function clamp(index: number, count: number): number {
  return Math.min(count - 1, Math.max(0, index));
}
