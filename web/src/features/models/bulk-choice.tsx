import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ChoicesDocument } from './documents.ts';
import type { Bulk } from './use-bulk.ts';

/** Gives the selected models a category or a capability, which is found by typing. */
export function BulkChoice({ kind, bulk }: { kind: 'category' | 'capability'; bulk: Bulk }) {
  const { t } = useTranslation();
  const [wasOpened, setWasOpened] = useState(false);
  const [{ data, fetching }] = useQuery({ query: ChoicesDocument, pause: !wasOpened });
  const found =
    kind === 'category'
      ? data?.categories.nodes
      : data?.capabilities.nodes.map((each) => ({ ...each, depth: 0 }));
  return (
    <Select
      size="small"
      className="bulk-choice"
      aria-label={t(`models.bulk.${kind}`)}
      placeholder={t(`models.bulk.${kind}`)}
      showSearch={{ optionFilterProp: 'label' }}
      disabled={bulk.isBusy}
      loading={fetching}
      notFoundContent={fetching ? t('states.loading') : undefined}
      popupMatchSelectWidth={260}
      placement="topLeft"
      options={(found ?? []).map(({ id, displayName, depth }) => ({
        value: id,
        label: displayName,
        depth,
      }))}
      optionRender={({ data: option }) => (
        <span style={{ paddingInlineStart: option.depth * 16 }}>{option.label}</span>
      )}
      onOpenChange={(open) => open && setWasOpened(true)}
      value={null}
      onChange={(id: string | null, option) => {
        if (id !== null && option && !Array.isArray(option)) {
          void bulk.start({ kind, id, label: option.label });
        }
      }}
    />
  );
}
