/** What an address says about the time it shows. */
export type Sought = { moment: string } | { problem: 'unreadable' | 'future'; text: string };

const PATTERN =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,6})\d*)?(Z|[+ -]\d{2}:\d{2})?)?$/i;

/** This browser's clock may be a little behind the server's, which has the last word. */
const LEEWAY_MS = 60_000;

/**
 * A moment as people or programs write it: a day, or a time as ISO 8601 has it, in UTC unless it says
 * otherwise. There is one text for each moment, so that whatever is kept by it is kept once.
 */
export function readMoment(text: string, now: number = Date.now()): Sought {
  const unreadable: Sought = { problem: 'unreadable', text };
  const [, day, time = '00:00', fraction = '', zone = 'Z'] = PATTERN.exec(text.trim()) ?? [];
  if (day === undefined) {
    return unreadable;
  }
  // A plus sign that nobody escaped is a space in an address.
  const date = new Date(`${day}T${time}${zone.toUpperCase().replace(' ', '+')}`);
  if (Number.isNaN(date.getTime()) || isNoSuchDay(day)) {
    return unreadable;
  }
  if (date.getTime() > now + LEEWAY_MS) {
    return { problem: 'future', text };
  }
  const rest = fraction.replace(/0+$/, '');
  return { moment: `${date.toISOString().slice(0, 19)}${rest && `.${rest}`}Z` };
}

/** `Date` takes the 31st of February for a day in March. */
function isNoSuchDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day;
}

/** A moment as the browser's field for times has it: in the local time zone, to the second. */
export function toFieldValue(moment: string | number): string {
  const date = new Date(moment);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}

/** The other way; undefined as long as the field isn't filled in. */
export function fromFieldValue(value: string): string | undefined {
  const date = new Date(value);
  return value === '' || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
