/** `?a=1&b=x` of what is given; neither URL nor URLSearchParams exists in WeChat. */
export function queryString(query: Readonly<Record<string, unknown>> = {}): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** A value of a page's address that is words: a browser hands it over decoded, WeChat as it stands in the address. */
export function wordsOfParam(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value; // a lone % of somebody's words: it was decoded already
  }
}
