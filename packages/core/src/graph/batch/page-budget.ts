/** How long the responses of batches may be, in characters, before further pages of apps have to wait for another batch. */
export interface PageBudget {
  /** Opens the account of one batch. */
  open(): BatchAccount;
}

/** What one batch holds. */
export interface BatchAccount {
  /** Whether a page may be read. It is counted from now on; `hold` says how long it became. */
  mayRead(): boolean;
  /** Counts a response, in the place of the page that was to be read. */
  hold(length: number, isPage: boolean): void;
  /** Gives everything back once the batch is responded to. */
  close(): void;
}

const mebibyte = 1024 * 1024;
/** What the responses of one batch may hold. */
const maxOfBatch = 16 * mebibyte;
/** What those of all batches may hold together, until the last request of each is done. */
const maxOfAll = 64 * mebibyte;
/** What a page counts that is still being read: as much as a usual long one. */
const usualPage = 2 * mebibyte;

/** Makes the budget that all batches of a service have together. */
export function createPageBudget(): PageBudget {
  let all = 0;
  return {
    open() {
      let own = 0;
      const add = (length: number): void => {
        own += length;
        all += length;
      };
      return {
        mayRead() {
          if (own >= maxOfBatch || all >= maxOfAll) return false;
          add(usualPage);
          return true;
        },
        hold: (length, isPage) => add(length - (isPage ? usualPage : 0)),
        close: () => add(-own),
      };
    },
  };
}
