/**
 * The response header of a server that records changes with the `client-request-id` of their requests.
 *
 * - `true`, of a success: an earlier arrival of the same request was applied. The summary is the one that is there now.
 * - `false`, of a 412: no arrival of this request was applied.
 */
export const repeatedHeader = "install-summary-repeated";
