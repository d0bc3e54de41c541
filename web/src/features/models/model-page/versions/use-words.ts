import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Format, useFormat } from '../../../../console/format.ts';
import { valueWord } from '../../../../console/forms/value-words.ts';
import { writeValue } from '../../../../console/value.tsx';
import type { Line } from './lines.ts';

type Writer = (value: string, format: Format, line: Line) => string;

const day: Writer = (value, format) => format.day(value);

const WRITERS: Record<string, Writer> = {
  amount: (value, format, { price }) => format.money(value, price?.currency ?? ''),
  releasedOn: day,
  knowledgeCutoff: day,
  deprecatedOn: day,
  retiresOn: day,
  validUntil: day,
};

/** Writes the values of a line as the rest of the console does; what is free is written as it is. */
export function useWords(line: Line): (part: string | undefined, value: unknown) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => (part, value) => {
      if (typeof value === 'number') {
        return format.number(value);
      }
      const known = part ?? (line.section === 'fields' ? line.name : '');
      const writer = typeof value === 'string' ? WRITERS[known] : undefined;
      return writer
        ? writer(value as string, format, line)
        : (valueWord(known, value, t) ?? writeValue(value));
    },
    [t, format, line],
  );
}
