/** What the address says behind the `?`: texts, and lists of texts where a name is repeated. */
export type SearchParams = Record<string, string | string[]>;

export function parseSearch(search: string): SearchParams {
  const found: SearchParams = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = found[name];
    found[name] = before === undefined ? value : [before, value].flat();
  }
  return found;
}

/** The other way; what is empty is left out, so that an address says only what was chosen. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const each of [value].flat()) {
      if (each !== undefined && each !== null && each !== '') {
        params.append(name, String(each));
      }
    }
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}
