import { DownOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { LifecycleStage } from '../../gql/graphql.ts';
import { amongOf, MOST_COMPARED } from '../compare/search.ts';
import { type Action, concerns } from './action.ts';
import { BulkChoice } from './bulk-choice.tsx';
import { DeleteButton } from './delete-button.tsx';
import { countConditions } from './search.ts';
import type { Bulk } from './use-bulk.ts';
import { useModelsSearch } from './use-models-search.ts';
import type { Selection } from './use-selection.ts';

/** What can be done with the rows that are selected; who may not write can compare them. */
export function BulkBar(props: { selection: Selection; bulk: Bulk; mayWrite: boolean }) {
  const { selection, bulk, mayWrite } = props;
  const { t } = useTranslation();
  const act = (action: Action) => ({
    onClick: () => void bulk.start(action),
    disabled: bulk.isBusy || !selection.rows.some((row) => concerns(action, row)),
  });
  const areAnyLive = mayWrite && selection.rows.some((row) => row.deletedAt == null);
  const areAnyDeleted = mayWrite && selection.rows.some((row) => row.deletedAt != null);
  return (
    <section className="bulk" aria-label={t('models.bulk.title')}>
      <strong role="status">
        {t('models.bulk.selected', { count: selection.rows.length })}
        {selection.hidden.length > 0 && t('models.bulk.hidden', { count: selection.hidden.length })}
        {selection.isFull && <span className="muted"> {t('models.bulk.most')}</span>}
      </strong>
      <CompareButton selection={selection} />
      {areAnyLive && (
        <>
          <Button size="small" {...act({ kind: 'activate' })}>
            {t('models.bulk.activate')}
          </Button>
          <Button size="small" {...act({ kind: 'deactivate' })}>
            {t('models.bulk.deactivate')}
          </Button>
          <Dropdown
            trigger={['click']}
            disabled={bulk.isBusy}
            menu={{
              items: Object.values(LifecycleStage).map((stage) => ({
                key: stage,
                label: t(`stages.${stage.toLowerCase() as Lowercase<LifecycleStage>}`),
              })),
              onClick: ({ key }) =>
                void bulk.start({ kind: 'stage', stage: key as LifecycleStage }),
            }}
          >
            <Button size="small" icon={<DownOutlined aria-hidden />} iconPlacement="end">
              {t('models.bulk.stage')}
            </Button>
          </Dropdown>
          <BulkChoice kind="category" bulk={bulk} />
          <BulkChoice kind="capability" bulk={bulk} />
          <DeleteButton selection={selection} bulk={bulk} />
        </>
      )}
      {areAnyDeleted && (
        <Button size="small" {...act({ kind: 'restore' })}>
          {t('models.bulk.restore')}
        </Button>
      )}
      <Button size="small" type="text" className="bulk-clear" onClick={() => selection.set([])}>
        {t('models.bulk.clear')}
      </Button>
    </section>
  );
}

/** Sets the selected models side by side, in the order in which they were selected. */
function CompareButton({ selection }: { selection: Selection }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { search } = useModelsSearch();
  const models = selection.rows
    .filter((row) => row.deletedAt == null)
    .map((row) => String(row.databaseId));
  const among = countConditions(search) > 0 ? amongOf(search) : undefined;
  return (
    <Button
      size="small"
      disabled={models.length < 2 || models.length > MOST_COMPARED}
      onClick={() =>
        void navigate({ to: '/compare', search: { models, ...(among ? { among } : {}) } })
      }
    >
      {t('models.bulk.compare', { most: MOST_COMPARED })}
    </Button>
  );
}
