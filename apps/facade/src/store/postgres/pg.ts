// The one place from which pg is loaded.
import { restoreVariable } from "./without-native.ts";

export { Client, DatabaseError, Pool, Query, TypeOverrides, types } from "pg";
export type { ClientBase, ClientConfig, Connection, PoolClient, QueryResult } from "pg";

restoreVariable();
