// Money as the schema has it is a decimal text. What is done with it here, multiplying by counts and
// adding, needs no division, so whole numbers of any length and the place of the point are exact.

export interface Exact {
  digits: bigint;
  /** How many of the digits stand behind the point. */
  scale: number;
}

export const ZERO: Exact = { digits: 0n, scale: 0 };

/** Null for what is no decimal number. */
export function readExact(text: string): Exact | null {
  const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) {
    return null;
  }
  const digits = BigInt(whole + part);
  return { digits: sign ? -digits : digits, scale: part.length };
}

export function times({ digits, scale }: Exact, count: bigint): Exact {
  return { digits: digits * count, scale };
}

/** Divided by a power of ten. */
export function shifted({ digits, scale }: Exact, places: number): Exact {
  return { digits, scale: scale + places };
}

const digitsAt = ({ digits, scale }: Exact, wanted: number) =>
  digits * 10n ** BigInt(wanted - scale);

export function plus(one: Exact, other: Exact): Exact {
  const scale = Math.max(one.scale, other.scale);
  return { digits: digitsAt(one, scale) + digitsAt(other, scale), scale };
}

/** Below zero if the first is less, above if it is more. */
export function compareExact(one: Exact, other: Exact): number {
  const scale = Math.max(one.scale, other.scale);
  const difference = digitsAt(one, scale) - digitsAt(other, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The shortest decimal text. */
export function writeExact({ digits, scale }: Exact): string {
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const part = text.slice(text.length - scale).replace(/0+$/, '');
  return `${sign}${whole}${part ? `.${part}` : ''}`;
}
