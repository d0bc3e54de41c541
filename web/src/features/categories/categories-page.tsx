import '../catalogue/catalogue.css';
import '../models/marks.css';
import './categories.css';

import { PlusOutlined } from '@ant-design/icons';
import { getRouteApi } from '@tanstack/react-router';
import { Alert, Button, Checkbox, Empty } from 'antd';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WhyReadOnly } from '../../console/as-of/why-read-only.tsx';
import { useFormat } from '../../console/format.ts';
import { UndoBar, useNotices } from '../../console/forms/undo.tsx';
import { graphiqlLink } from '../../console/graphiql-link.ts';
import { SearchField } from '../../console/search-field.tsx';
import { useSession } from '../../console/session.tsx';
import { ShowQuery } from '../../console/show-query.tsx';
import { usePageTitle } from '../../console/states.tsx';
import { Waiting } from '../catalogue/waiting.tsx';
import { CategoryDetails } from './category-details.tsx';
import { CategoryTree } from './category-tree.tsx';
import { Dialogs } from './dialogs.tsx';
import { TreeDocument } from './documents.ts';
import type { CategoriesSearch } from './search.ts';
import { findIn, rowsOf, type Tree } from './tree.ts';
import { useDeeds } from './use-deeds.ts';
import { useMoves, usePending } from './use-moves.ts';
import { type Openness, useOpen } from './use-open.ts';
import { useTree } from './use-tree.ts';

const route = getRouteApi('/categories');

export function CategoriesPage() {
  const { t } = useTranslation();
  const { mayWrite } = useSession();
  const search: CategoriesSearch = route.useSearch();
  const navigate = route.useNavigate();
  const update = (patch: Partial<CategoriesSearch>, replace = false) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace, resetScroll: false });

  const { pending, expect } = usePending();
  const categories = useTree(search.deleted, pending);
  const { tree, refresh } = categories;
  const notices = useNotices(refresh);
  const move = useMoves(expect, refresh, notices.tell);
  const openness = useOpen(tree);
  const [current, setCurrent] = useState<string>();
  const deeds = useDeeds({
    tree,
    move,
    refresh,
    tell: notices.tell,
    show: (selected) => update({ selected }),
    reveal: (id) => {
      setCurrent(id);
      openness.set(waysTo(tree, id), true);
    },
  });
  const sought = useDeferredValue(search.q);
  const found = useMemo(() => (tree && sought ? findIn(tree, sought) : undefined), [tree, sought]);
  const rows = useMemo(
    () => (tree ? rowsOf(tree, openness.isOpen, found) : []),
    [tree, openness, found],
  );
  usePageTitle(t('views.categories'));

  // What the address names is in sight.
  // By its number: as of the past, ids tell the moment too.
  const looked =
    tree && [...tree.byId.values()].find(({ node }) => node.databaseId === search.selected);
  const lookedId = looked?.node.id;
  const isHere = tree !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once, and may be closed again
  useEffect(() => {
    if (lookedId !== undefined) {
      setCurrent(lookedId);
      openness.set(waysTo(tree, lookedId), true);
    }
  }, [lookedId, isHere]);

  return (
    <section className="page views" aria-labelledby="categories-title">
      <Head tree={tree} found={found?.size} />
      <Tools
        search={search}
        update={update}
        openness={openness}
        tree={tree}
        onNew={mayWrite ? deeds.addRoot : undefined}
      />
      {!tree && <Waiting error={categories.error} retry={() => void refresh()} />}
      {tree && search.selected !== undefined && !looked && (
        <Alert
          type="warning"
          showIcon
          title={t('categories.notFound')}
          closable={{
            onClose: () => update({ selected: undefined }),
            'aria-label': t('forms.close'),
          }}
        />
      )}
      {tree && rows.length === 0 && (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t(sought ? 'categories.noneSuch' : 'categories.none')}
        />
      )}
      {tree && rows.length > 0 && (
        <>
          <CategoryTree
            tree={tree}
            rows={rows}
            countsOf={categories.countsOf}
            openness={openness}
            sought={sought}
            current={current}
            mayWrite={mayWrite}
            onCurrent={setCurrent}
            onDeed={deeds.start}
            onMove={(moved, goal) => void move(tree, moved, goal)}
          />
          <WhyReadOnly />
          <Hints mayWrite={mayWrite} deletedTotal={categories.deletedTotal} />
        </>
      )}
      {looked && (
        <CategoryDetails
          branch={looked}
          counts={categories.countsOf(looked.node.path)}
          mayWrite={mayWrite}
          onDeed={(deed) => deeds.start(deed, looked)}
          onClose={() => update({ selected: undefined })}
        />
      )}
      {tree && mayWrite && <Dialogs deeds={deeds} tree={tree} countsOf={categories.countsOf} />}
      <UndoBar notices={notices} />
    </section>
  );
}

function Tools(props: {
  search: CategoriesSearch;
  update: (patch: Partial<CategoriesSearch>, replace?: boolean) => void;
  openness: Openness;
  tree: Tree | undefined;
  /** Left out for who may not change anything. */
  onNew: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const { search, update, openness } = props;
  return (
    <div className="views-tools">
      <SearchField
        label={t('categories.search')}
        value={search.q}
        onChange={(q, { replace }) => update({ q }, replace)}
      />
      <Button disabled={!props.tree} onClick={() => openness.setAll(true)}>
        {t('categories.openAll')}
      </Button>
      <Button disabled={!props.tree} onClick={() => openness.setAll(false)}>
        {t('categories.closeAll')}
      </Button>
      <Checkbox
        checked={search.deleted}
        onChange={({ target }) => update({ deleted: target.checked })}
      >
        {t('catalogueViews.showDeleted')}
      </Checkbox>
      {props.onNew && props.tree && (
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={props.onNew}>
          {t('categories.new')}
        </Button>
      )}
      <ShowQuery href={graphiqlLink(TreeDocument, { withDeleted: search.deleted })} />
    </div>
  );
}

function Head({ tree, found }: { tree: Tree | undefined; found: number | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = tree?.byId.size ?? 0;
  return (
    <div className="views-head">
      <h1 id="categories-title">{t('views.categories')}</h1>
      <span className="muted" role="status">
        {tree &&
          (found === undefined
            ? t('categories.count', { count, shown: format.number(count) })
            : t('categories.found', { found: format.number(found), of: format.number(count) }))}
      </span>
    </div>
  );
}

const MOST_DELETED = 100;

function Hints({ mayWrite, deletedTotal }: { mayWrite: boolean; deletedTotal: number }) {
  const { t } = useTranslation();
  return (
    <div className="views-hints muted">
      {deletedTotal > MOST_DELETED && <p>{t('categories.moreDeleted', { count: MOST_DELETED })}</p>}
      <p className="wide">{t(mayWrite ? 'categories.keysToWrite' : 'categories.keysToRead')}</p>
    </div>
  );
}

/** Those above a category, which have to be open for it to be seen. */
function waysTo(tree: Tree | undefined, id: string): string[] {
  const above = tree?.byId.get(id)?.place.parentId;
  return above == null ? [] : [...waysTo(tree, above), above];
}
