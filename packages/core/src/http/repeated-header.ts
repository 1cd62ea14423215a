/**
 * The response header of a server that records changes with the `client-request-id` of their requests.
 *
 * - `true`, of a success: an earlier arrival of the same request was applied. The summary is the one that is there now.
 * - `false`, of a 412: no arrival of this request was applied.
 */
export const repeatedHeader = "install-summary-repeated";

/**
 * The response header that comes with `true`: the `client-request-id` of the request whose earlier arrival was applied. A
 * gateway that puts the caller's own id back into `client-request-id` leaves this one as it is.
 */
export const repeatedIdHeader = "install-summary-repeated-id";
