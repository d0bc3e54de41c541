import { ArrowUpOutlined } from '@ant-design/icons';
import { Button, Switch, Tag } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FIRST_PAGE } from '../../console/address.ts';
import { CursorPager } from '../../console/cursor-pager.tsx';
import { useFormat } from '../../console/format.ts';
import { graphiqlLink } from '../../console/graphiql-link.ts';
import { Loading } from '../../console/loading.tsx';
import { ShowQuery } from '../../console/show-query.tsx';
import { Failure, usePageTitle } from '../../console/states.tsx';
import { ChangeSetItem } from './change-set-item.tsx';
import { ChangesHead } from './changes-head.tsx';
import { ChangeSetsDocument } from './documents.ts';
import { Filters } from './filters.tsx';
import { fold } from './fold.ts';
import { FoldedItem } from './folded-item.tsx';
import { LiveBadge } from './live-badge.tsx';
import { countConditions } from './search.ts';
import { useChangeSets } from './use-change-sets.ts';
import { useChangesSearch } from './use-changes-search.ts';
import { useObjectNames } from './use-object-names.ts';
import { scrollUp, useScrolled } from './use-scrolled.ts';

/** Who changed what and why, the newest first, and what comes at once. */
export function ChangesPage() {
  const { t } = useTranslation();
  const { search, update } = useChangesSearch();
  const [isPaused, setPaused] = useState(false);
  const isScrolled = useScrolled();
  const isFirstPage = !search.after && !search.before;
  const sets = useChangeSets(search, isFirstPage && (isPaused || isScrolled));
  usePageTitle(t('views.changes'));
  const { rows, error } = sets;
  const pauseId = useId();

  return (
    <div className="page changes">
      <ChangesHead title={t('views.changes')}>
        <LiveBadge isPaused={isPaused} />
        <span className="changes-pause">
          <label htmlFor={pauseId}>{t('changes.pause')}</label>
          <Switch id={pauseId} size="small" checked={isPaused} onChange={setPaused} />
        </span>
        <ShowQuery href={graphiqlLink(ChangeSetsDocument, sets.variables)} />
      </ChangesHead>
      <Filters
        actors={distinct(rows?.map(({ actor }) => actor))}
        operations={distinct(rows?.map(({ operation }) => operation ?? ''))}
      />
      <ObjectFilter />
      {error && !rows ? (
        <Failure
          error={error}
          retry={sets.refresh}
          wayOut={
            !isFirstPage && (
              <Button onClick={() => update(FIRST_PAGE)}>{t('states.firstPage')}</Button>
            )
          }
        />
      ) : (
        <>
          <div>
            <Waiting
              count={sets.waiting}
              onShow={() => {
                setPaused(false);
                scrollUp();
              }}
            />
            <List sets={sets} />
          </div>
          <CursorPager place={search} pageInfo={sets.pageInfo} pages={null} go={update} />
        </>
      )}
    </div>
  );
}

function distinct(values: readonly string[] | undefined): string[] {
  return [...new Set(values)].filter((value) => value !== '').sort();
}

/** The one object whose changes are meant, by name. */
function ObjectFilter() {
  const { t } = useTranslation();
  const { search, update } = useChangesSearch();
  const names = useObjectNames(search.object ? [search.object] : []);
  if (!search.object) {
    return null;
  }
  const named = names.get(search.object);
  const name = [named?.model?.name, named?.name ?? search.object].filter(Boolean).join(' · ');
  const text = t('changes.filters.object', { name });
  return (
    <p>
      <Tag
        closable={{ 'aria-label': t('models.filters.remove', { filter: text }) }}
        onClose={(event) => {
          event.preventDefault();
          update({ object: '' });
        }}
      >
        {text}
      </Tag>
    </p>
  );
}

/** How many came that are not shown yet. */
function Waiting({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="feed-waiting" role="status">
      {count > 0 && (
        <Button
          type="primary"
          shape="round"
          size="small"
          icon={<ArrowUpOutlined aria-hidden />}
          onClick={onShow}
        >
          {t('changes.waiting', { count, shown: format.number(count) })}
        </Button>
      )}
    </div>
  );
}

function List({ sets }: { sets: ReturnType<typeof useChangeSets> }) {
  const { t } = useTranslation();
  const { search } = useChangesSearch();
  const { rows, fresh } = sets;
  if (!rows) {
    return <Loading paragraph={{ rows: 12 }} />;
  }
  if (rows.length === 0) {
    return (
      <p className="feed-empty muted">
        {t(countConditions(search) > 0 ? 'changes.nothingMeets' : 'changes.empty')}
      </p>
    );
  }
  return (
    <ol className="feed" aria-label={t('views.changes')} aria-busy={sets.fetching}>
      {fold(rows).map((group) => {
        const [row] = group;
        // It stays open while more of it comes at its top.
        const oldest = group.at(-1) ?? row;
        return group.length === 1 ? (
          <ChangeSetItem key={row.id} row={row} isNew={fresh.has(row.id)} />
        ) : (
          <FoldedItem key={oldest.id} rows={group} fresh={fresh} />
        );
      })}
    </ol>
  );
}
