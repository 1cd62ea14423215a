/** Ends the message of a write's error where it is certain that nothing was changed. An import has words of its own for it. */
export const notApplied = " The change was not applied.";
