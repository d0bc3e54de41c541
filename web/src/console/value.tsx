/** A value of whatever kind, as text: what is written in it is shown and never run. */
export function writeValue(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) {
    return value.join(', ');
  }
  return JSON.stringify(value, null, 2) ?? '';
}

export function Value({ value }: { value: unknown }) {
  return <bdi className="value mono">{writeValue(value)}</bdi>;
}
