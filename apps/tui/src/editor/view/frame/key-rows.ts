/** Keys of a row, as they are written, with what they do. Of keys that do different things each has its own label too. */
export type KeyRow = readonly [keys: string, label: string, apart?: readonly KeyLabel[]];

/** A key, as it is written, with what it does. */
export type KeyLabel = readonly [key: string, label: string];

/** Keys that belong together, each with what it does. */
export interface Section {
  readonly title: string;
  readonly keys: readonly KeyRow[];
  /** Whether several share a row. */
  readonly isDense?: boolean;
  /** Whether its keys are those that work while a number is typed. */
  readonly opensByNumber?: boolean;
}
