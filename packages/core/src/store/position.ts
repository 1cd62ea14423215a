import type { AppOrder } from "./app-filter.ts";
import { comparableValue, isNumeric, type ComparableApp } from "./comparable-value.ts";
import type { AppJson } from "./store.ts";
import { compareCodePoints } from "./text-key.ts";

/** A position between two apps: the values of an order's keys. It stays valid while apps come and go. */
export type AppPosition = readonly (string | number)[];

const byName: AppOrder = { path: { kind: "property", name: "displayName" }, descending: false };
const byId: AppOrder = { path: { kind: "property", name: "id" }, descending: false };

/** An order with name and id at its end, which tell any two apps apart. A key that comes twice counts once. */
export function completeOrder(orderBy: readonly AppOrder[] = []): readonly AppOrder[] {
  const keys: AppOrder[] = [];
  for (const key of [...orderBy, byName, byId]) {
    const isNew = keys.every(({ path }) => path.name !== key.path.name);
    if (isNew) keys.push(key);
    // No two apps have the same id, so nothing behind it decides.
    if (key.path.name === "id") break;
  }
  return keys;
}

/** Where an app is in an order. A text that is null counts as an empty one. */
export function positionOf(app: ComparableApp, order: readonly AppOrder[]): AppPosition {
  return order.map(({ path }) => comparableValue(app, path) ?? "");
}

/** The same for an app of a page. */
export function positionOfJson({ properties, summary }: AppJson, order: readonly AppOrder[]): AppPosition {
  return positionOf({ app: JSON.parse(properties), summary: JSON.parse(summary) }, order);
}

/** Which of two positions comes first in an order: below 0 the one, above 0 the other. */
export function comparePositions(one: AppPosition, other: AppPosition, order: readonly AppOrder[]): number {
  for (const [at, { descending }] of order.entries()) {
    const difference = compareValues(one[at] ?? "", other[at] ?? "");
    if (difference !== 0) return descending ? -difference : difference;
  }
  return 0;
}

/** Which of two values comes first. Texts compare by code points; a text and a number never meet in one key. */
export function compareValues(one: string | number, other: string | number): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return compareCodePoints(String(one), String(other));
}

/** The cursor that leads to a position. */
export function formatCursor(position: AppPosition): string {
  return JSON.stringify(position);
}

/**
 * Parses a cursor of an order. Undefined for any other text, so that a damaged cursor leads to the first page: each value
 * must be one that its key can have.
 */
export function parseCursor(cursor: string | undefined, order: readonly AppOrder[]): AppPosition | undefined {
  if (cursor === undefined) return undefined;
  const values = parseValues(cursor);
  if (values.length !== order.length) return undefined;
  const position = values.filter((value) => typeof value === "string" || isWhole(value));
  const fits = ({ path }: AppOrder, at: number): boolean =>
    typeof position[at] === (isNumeric(path) ? "number" : "string");
  return position.length === order.length && order.every(fits) ? position : undefined;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function parseValues(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(cursor);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
