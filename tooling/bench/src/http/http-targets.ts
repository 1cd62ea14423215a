import type { FutureTarget, Target } from "../judging/measurement.ts";

/** What the facade is to reach under load. */
export const httpTargets: readonly Target[] = [
  {
    target: "PATCH, 32 connections, of node:http that reads the body",
    case: "PATCH, 32",
    metric: "cpuUs",
    ours: "facade",
    over: "reads the body",
    wanted: "at least",
    goal: 0.33,
    floor: 0.27,
    bound: "group commit",
  },
  {
    target: "PATCH, 32 connections, of node:http with the same group commit",
    case: "PATCH, 32",
    metric: "cpuUs",
    ours: "facade",
    over: "group commit",
    wanted: "at least",
    goal: 0.8,
    floor: 0.65,
  },
  {
    target: "PATCH, 32 connections, p99 over node:http that reads the body",
    case: "PATCH, 32",
    metric: "p99Us",
    ours: "facade",
    over: "reads the body",
    wanted: "at most",
    goal: 6,
    floor: 10,
    bound: "group commit",
  },
  {
    target: "PATCH, one connection, over node:http with the same commit",
    case: "PATCH, 1",
    metric: "cpuUs",
    ours: "facade",
    over: "group commit",
    wanted: "at most",
    goal: 1.3,
    floor: 1.6,
  },
  {
    target: "GET, of node:http doing the same from SQLite",
    case: "GET, 32",
    metric: "cpuUs",
    ours: "facade",
    over: "from SQLite",
    wanted: "at least",
    goal: 0.7,
    floor: 0.6,
  },
  {
    target: "GET, of a constant response",
    case: "GET, 32",
    metric: "cpuUs",
    ours: "facade",
    over: "constant",
    wanted: "at least",
    goal: 0.38,
    floor: 0.33,
  },
  {
    target: "list page of 100, expanded, over Hono + JSON.stringify",
    case: "list, 8",
    metric: "cpuUs",
    ours: "facade",
    over: "Hono + JSON.stringify",
    wanted: "at least",
    goal: 1.8,
    floor: 1.4,
  },
];

/** What no facade can reach before it has the store for it. */
export const futureHttpTargets: readonly FutureTarget[] = [
  { target: "PATCH, 32 connections, PostgreSQL, over pgbench", needs: "a store in PostgreSQL" },
];
