import { Button, Empty, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { countPages } from '../../console/address.ts';
import { WhyReadOnly } from '../../console/as-of/why-read-only.tsx';
import { CursorPager } from '../../console/cursor-pager.tsx';
import { useFormat } from '../../console/format.ts';
import { UndoBar, useNotices } from '../../console/forms/undo.tsx';
import { graphiqlLink } from '../../console/graphiql-link.ts';
import { SearchField } from '../../console/search-field.tsx';
import { useSession } from '../../console/session.tsx';
import { ShowQuery } from '../../console/show-query.tsx';
import { Waiting } from '../catalogue/waiting.tsx';
import type { Address } from './capabilities-page.tsx';
import { MatrixDocument } from './documents.ts';
import { MatrixGrid } from './matrix-grid.tsx';
import { MODELS_ON_A_PAGE, MOST_COLUMNS } from './search.ts';
import { SUPPORTS, useCells } from './use-cells.ts';
import { type MatrixData, useMatrix } from './use-matrix.ts';

/** Models and capabilities: who can do what, who can't, and of whom nobody knows. */
export function Matrix({ search, update }: Address) {
  const { t } = useTranslation();
  const { mayWrite } = useSession();
  const matrix = useMatrix(search);
  const { rows, refresh } = matrix;
  const notices = useNotices(refresh);
  const isThere = rows !== undefined && matrix.capabilities !== undefined;
  const cells = useCells(notices.tell, refresh);

  return (
    <>
      <Tools search={search} update={update} matrix={matrix} />
      {!isThere && (
        <Waiting
          error={matrix.error}
          retry={matrix.again}
          toFirstPage={search.after || search.before ? () => update({}) : undefined}
        />
      )}
      {rows && (rows.length === 0 || matrix.capabilities?.length === 0) && (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t(
            matrix.capabilities?.length === 0 ? 'capabilities.none' : 'models.empty.noneSuch',
          )}
        >
          {(search.q || search.supplier.length > 0) && (
            <Button onClick={() => update({ q: '', supplier: [] })}>
              {t('models.filters.clear')}
            </Button>
          )}
        </Empty>
      )}
      {rows && rows.length > 0 && matrix.columns.length > 0 && (
        <>
          <MatrixGrid
            rows={rows}
            columns={matrix.columns}
            counts={matrix.counts}
            pending={cells.pending}
            isBusy={matrix.isLoading}
            suppliers={search.supplier}
            {...(mayWrite ? { onSet: cells.set } : {})}
          />
          <WhyReadOnly />
          <Legend mayWrite={mayWrite} />
          <CursorPager
            place={search}
            pageInfo={matrix.pageInfo}
            pages={countPages(matrix.total, MODELS_ON_A_PAGE)}
            go={update}
          />
        </>
      )}
      <UndoBar notices={notices} />
    </>
  );
}

function Tools({ search, update, matrix }: Address & { matrix: MatrixData }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="views-tools">
      <SearchField
        label={t('capabilities.searchModels')}
        value={search.q}
        onChange={(q, { replace }) => update({ q }, replace)}
      />
      <Select
        className="matrix-select"
        mode="multiple"
        allowClear
        maxTagCount="responsive"
        aria-label={t('models.filters.supplier')}
        placeholder={t('capabilities.anySupplier')}
        optionFilterProp="sought"
        options={matrix.suppliers.map(({ value, label }) => ({
          value,
          label: label ?? value,
          sought: `${label ?? ''} ${value}`.toLowerCase(),
        }))}
        value={search.supplier}
        onChange={(supplier) => update({ supplier })}
      />
      <Select
        className="matrix-select"
        mode="multiple"
        allowClear
        maxCount={MOST_COLUMNS}
        maxTagCount="responsive"
        aria-label={t('capabilities.columns')}
        placeholder={t('capabilities.columnsAtFirst')}
        optionFilterProp="sought"
        options={(matrix.capabilities ?? []).map(({ name, displayName }) => ({
          value: name,
          label: displayName,
          sought: `${displayName} ${name}`.toLowerCase(),
        }))}
        value={search.column}
        onChange={(column) => update({ column, page: search.page, ...placeOf(search) })}
      />
      <ShowQuery href={graphiqlLink(MatrixDocument, matrix.variables)} />
      <span className="muted" role="status">
        {matrix.total !== undefined &&
          t('models.count', { count: matrix.total, shown: format.number(matrix.total) })}
      </span>
    </div>
  );
}

/** Other columns are of the same rows. */
const placeOf = ({ after, before }: { after: string; before: string }) => ({ after, before });

function Legend({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="views-hints muted">
      <ul className="matrix-legend" aria-label={t('capabilities.legend')}>
        {SUPPORTS.map((known) => (
          <li key={known}>
            <span className={`known known-${known.toLowerCase()}`}>
              {t(`capabilities.known.${known}`)}
            </span>{' '}
            {t(`capabilities.meaning.${known}`)}
          </li>
        ))}
        <li>
          <span className="known-config" aria-hidden>
            ⚙
          </span>{' '}
          {t('capabilities.configured')}
        </li>
      </ul>
      {mayWrite && <p className="wide">{t('capabilities.keys')}</p>}
    </div>
  );
}
