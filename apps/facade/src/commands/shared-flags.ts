/** The options of every command, as they were typed. */
export interface SharedFlags {
  readonly data?: string;
  readonly store?: string;
  readonly config?: string;
}

export const sharedFlags = {
  data: textFlag("DIR", "Folder of keys and store, default .data"),
  store: textFlag("URL", "Where the store is, default sqlite:DIR/install-summary.db"),
  config: textFlag("FILE", "JSON file of settings; options and environment come before it"),
};

/** An option with a text, which is judged with the other settings. */
export function textFlag(placeholder: string, brief: string) {
  return { kind: "parsed", parse: String, optional: true, placeholder, brief } as const;
}

/** An option that is there or not. */
export function switchFlag(brief: string) {
  return { kind: "boolean", optional: true, withNegated: false, brief } as const;
}
