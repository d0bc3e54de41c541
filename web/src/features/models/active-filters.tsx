import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import { countConditions, type ModelsSearch, withoutConditions } from './search.ts';
import type { FacetName, Facets } from './use-facets.ts';
import { useModelsSearch } from './use-models-search.ts';

interface Chip {
  key: string;
  text: string;
  /** What of it is a name, in whatever script. */
  name?: string;
  without: Partial<ModelsSearch>;
}

/** All conditions in one line, each with a way out of it. */
export function ActiveFilters({ facets }: { facets: Facets }) {
  const { t } = useTranslation();
  const { search, update, go } = useModelsSearch();
  const chips = useChips(search, facets);
  if (countConditions(search) === 0) {
    return null;
  }
  return (
    <ul className="chips" aria-label={t('models.filters.chosen')}>
      {chips.map(({ key, text, name, without }) => (
        <li key={key}>
          <span className="chip">
            <span>
              {name ? text.slice(0, -name.length) : text}
              {name && <bdi>{name}</bdi>}
            </span>
            <button
              type="button"
              aria-label={t('models.filters.remove', { filter: text })}
              onClick={() => update(without)}
            >
              <CloseOutlined aria-hidden />
            </button>
          </span>
        </li>
      ))}
      <li>
        <Button type="link" size="small" onClick={() => go(withoutConditions(search))}>
          {t('models.filters.clear')}
        </Button>
      </li>
    </ul>
  );
}

function useChips(search: ModelsSearch, facets: Facets): Chip[] {
  const { t } = useTranslation();
  const format = useFormat();
  const named = (name: FacetName, value: string) =>
    facets.counts[name].find((facet) => facet.value === value)?.label ?? value;
  const each = <K extends 'supplier' | 'type' | 'subType' | 'stage' | 'capability'>(
    name: K,
    label: (value: string) => string,
  ): Chip[] =>
    search[name].map((value) => ({
      key: `${name}:${value}`,
      text: `${t(`models.filters.${name}`)}: ${label(value)}`,
      name: label(value),
      without: { [name]: search[name].filter((other) => other !== value) },
    }));
  const range = (
    name: 'context' | 'input' | 'output',
    least: string | undefined,
    most: string | undefined,
    without: Partial<ModelsSearch>,
  ): Chip[] => {
    if (least === undefined && most === undefined) {
      return [];
    }
    const kind = least === undefined ? 'upTo' : most === undefined ? 'from' : 'between';
    const text = t(`models.filters.ranges.${kind}`, { least, most });
    return [{ key: name, text: `${t(`models.filters.${name}`)}: ${text}`, without }];
  };
  const tokens = (value: number | undefined) =>
    value === undefined ? undefined : format.tokens(value);
  const dollars = (value: string | undefined) =>
    value === undefined ? undefined : format.money(value, 'USD');
  const one = (
    name: 'q' | 'category' | 'free' | 'active' | 'deleted',
    text: string | undefined,
  ): Chip[] =>
    text
      ? [
          {
            key: name,
            text,
            without: { [name]: name === 'q' || name === 'category' ? '' : undefined },
          },
        ]
      : [];

  return [
    ...one('q', search.q && t('models.filters.words', { words: search.q })),
    ...each('supplier', (value) => named('supplier', value)),
    ...one('category', search.category && `${t('models.filters.category')}: ${search.category}`),
    ...each('capability', (value) => named('capability', value)),
    ...each('type', (value) => t(`types.${value as 'language'}`)),
    ...each('subType', (value) => value),
    ...each('stage', (value) => t(`stages.${value as 'active'}`)),
    ...range('context', tokens(search.minContext), tokens(search.maxContext), {
      minContext: undefined,
      maxContext: undefined,
    }),
    ...range('input', dollars(search.minInput), dollars(search.maxInput), {
      minInput: undefined,
      maxInput: undefined,
    }),
    ...range('output', dollars(search.minOutput), dollars(search.maxOutput), {
      minOutput: undefined,
      maxOutput: undefined,
    }),
    ...one('free', search.free && t(`models.filters.freeChips.${search.free}`)),
    ...one('active', search.active && t(`models.filters.activeChips.${search.active}`)),
    ...one('deleted', search.deleted && t(`models.filters.deletedChips.${search.deleted}`)),
  ];
}
