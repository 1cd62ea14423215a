/** The shells that the command line can be completed in. */
export const shells = ["bash", "zsh", "fish", "pwsh"] as const;

/** One of these shells. */
export type Shell = (typeof shells)[number];
