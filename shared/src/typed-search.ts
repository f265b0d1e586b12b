/**
 * What somebody types to look for is a name or a number as often as not. The contract calls it `q`, and it travels beside
 * the address, percent-coded: addresses are kept on the way, in logs of proxies and histories of browsers.
 */
export const searchHeader = 'X-Search';
export const searchField = 'q';
