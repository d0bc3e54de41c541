import { CloseOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type CSSProperties, memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import { SupplierMark } from '../models/marks.tsx';
import type { CompareModel } from './documents.ts';
import { createSections, type Row } from './sections.tsx';

interface Props {
  models: readonly CompareModel[];
  onlyDifferences: boolean;
  onMove: (id: number, by: -1 | 1) => void;
  onRemove: (id: number) => void;
}

/**
 * A column for each model. Rows that differ are marked, by a sign and by their ground. What is typed
 * below it doesn't render it anew.
 */
export const CompareTable = memo(function CompareTable(props: Props) {
  const { models, onlyDifferences, onMove, onRemove } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const sections = useMemo(() => createSections(models, t, format), [models, t, format]);
  const shown = sections
    .map(({ key, rows }) => ({
      key,
      rows: rows.filter(({ differs }) => differs || !onlyDifferences),
    }))
    .filter(({ rows }) => rows.length > 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus
    <section className="compare-frame" aria-label={t('compare.table')} tabIndex={0}>
      <table
        className="table compare-table"
        style={{ '--columns': models.length } as CSSProperties}
      >
        <caption className="hidden">{t('compare.table')}</caption>
        <thead>
          <tr>
            <td className="compare-corner" />
            {models.map((model, index) => (
              <Head
                key={model.id}
                model={model}
                isFirst={index === 0}
                isLast={index === models.length - 1}
                onMove={onMove}
                onRemove={onRemove}
              />
            ))}
          </tr>
        </thead>
        {shown.length === 0 && (
          <tbody>
            <tr>
              <td colSpan={models.length + 1} className="muted">
                {t('compare.alike')}
              </td>
            </tr>
          </tbody>
        )}
        {shown.map(({ key, rows }) => (
          <tbody key={key} className={`compare-${key}`}>
            <tr className="compare-section">
              <th scope="rowgroup" colSpan={models.length + 1}>
                <span>{t(`compare.sections.${key}`)}</span>
              </th>
            </tr>
            {rows.map((row) => (
              <Line key={row.key} row={row} models={models} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
});

function Line({ row, models }: { row: Row; models: readonly CompareModel[] }) {
  const { t } = useTranslation();
  return (
    <tr className={row.differs ? 'compare-differs' : undefined}>
      <th scope="row">
        {row.differs && (
          <span className="compare-sign" title={t('compare.differs')}>
            <span aria-hidden>≠</span>
            <span className="hidden">{t('compare.differs')}: </span>
          </span>
        )}
        <bdi>{row.label}</bdi>
        {row.note && <bdi className="muted compare-line">{row.note}</bdi>}
      </th>
      {models.map(({ id }, index) => (
        <td key={id}>{row.cell(index)}</td>
      ))}
    </tr>
  );
}

interface HeadProps extends Pick<Props, 'onMove' | 'onRemove'> {
  model: CompareModel;
  isFirst: boolean;
  isLast: boolean;
}

function Head({ model, isFirst, isLast, onMove, onRemove }: HeadProps) {
  const { t } = useTranslation();
  const name = model.displayName ?? model.name;
  const supplier = model.supplier.displayName ?? model.supplier.name;
  // A button that can do nothing keeps the focus, for who moves a column to the end by it.
  const move = (by: -1 | 1, isIdle: boolean) => ({
    size: 'small' as const,
    type: 'text' as const,
    'aria-disabled': isIdle,
    onClick: () => !isIdle && onMove(model.databaseId, by),
  });
  return (
    <th scope="col">
      <div className="compare-head">
        <SupplierMark name={supplier} />
        <div className="compare-name">
          <Link to="/models/$modelId" params={{ modelId: String(model.databaseId) }}>
            <bdi title={name}>{name}</bdi>
          </Link>
          <bdi className="muted">{supplier}</bdi>
        </div>
      </div>
      <div className="compare-tools">
        <Button
          {...move(-1, isFirst)}
          icon={<LeftOutlined aria-hidden />}
          aria-label={t('compare.left', { name })}
        />
        <Button
          {...move(1, isLast)}
          icon={<RightOutlined aria-hidden />}
          aria-label={t('compare.right', { name })}
        />
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('compare.remove', { name })}
          onClick={() => onRemove(model.databaseId)}
        />
      </div>
    </th>
  );
}
