import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Format, useFormat } from '../../../../console/format.ts';
import type { LifecycleStage, ModelType, Support } from '../../../../gql/graphql.ts';
import { writeValue } from '../value.tsx';
import type { Line } from './lines.ts';

type Writer = (value: string, t: TFunction<'console'>, format: Format, line: Line) => string;

const day: Writer = (value, _t, format) => format.day(value);

const WRITERS: Record<string, Writer> = {
  modelType: (value, t) => t(`types.${value.toLowerCase() as Lowercase<ModelType>}`),
  lifecycleStage: (value, t) => t(`stages.${value.toLowerCase() as Lowercase<LifecycleStage>}`),
  support: (value, t) => t(`model.capabilities.${value.toLowerCase() as Lowercase<Support>}`),
  amount: (value, _t, format, { price }) => format.money(value, price?.currency ?? ''),
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
      if (typeof value === 'boolean') {
        return t(value ? 'models.yes' : 'models.no');
      }
      if (typeof value === 'number') {
        return format.number(value);
      }
      const known = part ?? (line.section === 'fields' ? line.name : '');
      const writer = typeof value === 'string' ? WRITERS[known] : undefined;
      return writer ? writer(value as string, t, format, line) : writeValue(value);
    },
    [t, format, line],
  );
}
