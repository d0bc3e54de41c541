import './changed-records.css';

import { SearchOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ClearIcon } from '../../console/clear-icon.tsx';
import { useFormat } from '../../console/format.ts';
import { LongText } from '../../console/long-text.tsx';
import type { Changed, Report } from './answer.ts';
import { countFields, findChanged, remembering } from './changed.ts';
import { partName, wordOf } from './part-names.ts';
import { useImportSearch } from './use-import-search.ts';

const ROWS = 25;

/** What was there before and differs, with before and after of each field; a page at a time. */
export function ChangedRecords({ report }: { report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { search, update } = useImportSearch();
  const { changed, more_changed: more, dry_run: isDryRun } = report;
  const find = useDeferredValue(search.find);
  const tell = useMemo(
    () =>
      remembering(({ field, before, after }) =>
        [partName(field, t), wordOf(field, before, t), wordOf(field, after, t)].flatMap(
          (told) => told ?? [],
        ),
      ),
    [t],
  );
  const found = useMemo(
    () => findChanged(changed, find, search.field, tell),
    [changed, find, search.field, tell],
  );
  const pages = Math.max(1, Math.ceil(found.length / ROWS));
  const page = Math.min(search.page, pages);
  const shown = found.slice((page - 1) * ROWS, page * ROWS);
  return (
    <section className="card" aria-labelledby="import-changed">
      <h2 id="import-changed">
        {t(isDryRun ? 'imports.changed.title' : 'imports.changed.titleDone')}
        {changed.length > 0 && (
          <span className="card-count">{format.number(changed.length + more)}</span>
        )}
      </h2>
      {changed.length === 0 ? (
        <p className="muted">{t(isDryRun ? 'imports.changed.none' : 'imports.changed.noneDone')}</p>
      ) : (
        <>
          <Finder changed={changed} found={found.length} />
          <ul className="changed">
            {shown.map((each) => (
              <Record key={each.record} changed={each} />
            ))}
          </ul>
          {found.length === 0 && (
            <p className="changed-none">
              {t('imports.changed.noneSuch')}{' '}
              <Button size="small" onClick={() => update({ find: '', field: undefined, page: 1 })}>
                {t('imports.changed.clear')}
              </Button>
            </p>
          )}
          {pages > 1 && (
            <Pages page={page} pages={pages} onChange={(next) => update({ page: next })} />
          )}
          {more > 0 && (
            <p className="muted">
              {t('imports.changed.more', { count: more, shown: format.number(more) })}
            </p>
          )}
        </>
      )}
    </section>
  );
}

function Finder({ changed, found }: { changed: readonly Changed[]; found: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { search, update } = useImportSearch();
  const fields = useMemo(() => countFields(changed), [changed]);
  return (
    <div className="changed-tools">
      <Input
        type="search"
        allowClear={{ clearIcon: <ClearIcon /> }}
        className="changed-find"
        prefix={<SearchOutlined aria-hidden />}
        maxLength={200}
        aria-label={t('imports.changed.find')}
        placeholder={t('imports.changed.find')}
        value={search.find}
        onChange={({ target }) => update({ find: target.value, page: 1 })}
      />
      <Select
        showSearch
        allowClear
        className="changed-field"
        aria-label={t('imports.changed.field')}
        placeholder={t('imports.changed.anyField')}
        popupMatchSelectWidth={280}
        options={fields.map(({ field, count }) => ({
          value: field,
          label: partName(field, t),
          count,
        }))}
        filterOption={(text, option) =>
          `${option?.label} ${option?.value}`.toLowerCase().includes(text.toLowerCase())
        }
        optionRender={({ data }) => (
          <span className="import-option">
            <bdi>{data.label}</bdi>
            <span className="muted">{format.number(data.count)}</span>
          </span>
        )}
        value={search.field ?? null}
        onChange={(field) => update({ field: field ?? undefined, page: 1 })}
      />
      <span className="muted" role="status">
        {t('imports.changed.count', { count: found, shown: format.number(found) })}
      </span>
    </div>
  );
}

function Record({ changed }: { changed: Changed }) {
  const { t } = useTranslation();
  return (
    <li>
      <h3>
        <bdi>{changed.record}</bdi>
      </h3>
      <dl>
        {changed.fields.map(({ field, before, after }) => (
          <div key={field}>
            <dt>
              <bdi title={field}>{partName(field, t)}</bdi>
            </dt>
            <dd>
              <span className="hidden">{t('imports.changed.before')}: </span>
              <Value mark="del" value={wordOf(field, before, t)} />
              <span aria-hidden> → </span>
              <span className="hidden">{t('imports.changed.after')}: </span>
              <Value mark="ins" value={wordOf(field, after, t)} />
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function Value({ mark: Mark, value }: { mark: 'del' | 'ins'; value: string | null }) {
  const { t } = useTranslation();
  return value === null ? (
    <span className="muted">{t('imports.changed.nothing')}</span>
  ) : (
    <Mark>
      <bdi className="mono">
        <LongText text={value} />
      </bdi>
    </Mark>
  );
}

function Pages(props: { page: number; pages: number; onChange: (page: number) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { page, pages, onChange } = props;
  return (
    <nav className="changed-pages" aria-label={t('imports.changed.pages')}>
      <span>
        {t('imports.changed.place', { page: format.number(page), pages: format.number(pages) })}
      </span>
      <Button size="small" disabled={page === 1} onClick={() => onChange(page - 1)}>
        {t('imports.changed.back')}
      </Button>
      <Button size="small" disabled={page === pages} onClick={() => onChange(page + 1)}>
        {t('imports.changed.on')}
      </Button>
    </nav>
  );
}
