import { CaretDownFilled, CaretRightFilled, HolderOutlined, MoreOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import { Marked } from '../catalogue/marked.tsx';
import type { Deed } from './category-tree.tsx';
import type { TreeRow } from './tree.ts';
import type { Counts } from './use-counts.ts';
import type { Target, useDrag } from './use-drag.ts';

interface Props {
  row: TreeRow;
  counts: Counts;
  sought: string;
  isCurrent: boolean;
  mayWrite: boolean;
  isDragged: boolean;
  target: Target | undefined;
  drag: ReturnType<ReturnType<typeof useDrag>['propsOf']> | undefined;
  onToggle: () => void;
  onFocus: () => void;
  onKey: (event: React.KeyboardEvent<HTMLElement>) => void;
  onDeed: (deed: Deed) => void;
}

/** A category as a row. Only the row that is reached by Tab has links and buttons that are, too. */
export function TreeLine(props: Props) {
  const { t } = useTranslation();
  const { row, counts, isCurrent, target } = props;
  const { node, depth, children, path } = row.branch;
  const tabIndex = isCurrent ? 0 : -1;
  const isDeleted = node.deletedAt != null;
  const classes = [
    isDeleted && 'tree-deleted',
    props.isDragged && 'tree-dragged',
    target && (target.isRefused ? 'tree-refused' : `tree-${target.side}`),
  ];
  return (
    <tr
      data-id={node.id}
      className={classes.filter(Boolean).join(' ')}
      style={{ '--depth': depth } as React.CSSProperties}
      tabIndex={tabIndex}
      aria-level={depth + 1}
      aria-posinset={row.place}
      aria-setsize={row.of}
      {...(children.length > 0 ? { 'aria-expanded': row.isOpen } : {})}
      onFocus={props.onFocus}
      onKeyDown={props.onKey}
      {...props.drag}
    >
      <th scope="row" className="tree-name">
        <div className="tree-line">
          {props.drag && <HolderOutlined className="tree-handle wide" aria-hidden />}
          {children.length > 0 ? (
            <button
              type="button"
              className="tree-toggle"
              tabIndex={-1}
              aria-label={t(row.isOpen ? 'categories.close' : 'categories.open', {
                name: node.displayName,
              })}
              onClick={props.onToggle}
            >
              {row.isOpen ? <CaretDownFilled aria-hidden /> : <CaretRightFilled aria-hidden />}
            </button>
          ) : (
            <span className="tree-toggle" />
          )}
          <div className="tree-names">
            <button
              type="button"
              className="tree-open"
              tabIndex={tabIndex}
              onClick={() => props.onDeed('show')}
            >
              <Marked text={node.displayName} sought={props.sought} />
            </button>
            <bdi className="muted mono">
              <Marked text={node.name} sought={props.sought} />
            </bdi>
          </div>
          {isDeleted && <span className="flag flag-bad">{t('models.flags.deleted')}</span>}
          {!node.isActive && <span className="flag">{t('models.flags.inactive')}</span>}
        </div>
      </th>
      <td className="wide-cell muted mono">{node.categoryType}</td>
      <td className="table-right">
        {isDeleted ? (
          '—'
        ) : (
          <AllModels path={path} all={counts.all} tabIndex={tabIndex} name={node.displayName} />
        )}
      </td>
      <td className="table-right wide-cell">
        <Count value={isDeleted ? undefined : counts.own} />
      </td>
      <td className="tree-menu">
        <Menu {...props} />
      </td>
    </tr>
  );
}

function Count({ value }: { value: number | undefined }) {
  const format = useFormat();
  return value === undefined ? '—' : format.number(value);
}

function AllModels(props: {
  path: string;
  name: string;
  all: number | undefined;
  tabIndex: number;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { all, path, tabIndex } = props;
  if (all === undefined) {
    return '—';
  }
  const count = format.number(all);
  if (all === 0) {
    return count;
  }
  return (
    <Link
      to="/models"
      search={{ category: path }}
      tabIndex={tabIndex}
      draggable={false}
      aria-label={t('categories.models', { count: all, shown: count, name: props.name })}
    >
      {count}
    </Link>
  );
}

function Menu({ row, mayWrite, isCurrent, onDeed }: Props) {
  const { t } = useTranslation();
  const { node } = row.branch;
  const deeds: (Deed | null)[] = !mayWrite
    ? ['show']
    : node.deletedAt != null
      ? ['show', 'restore']
      : ['show', 'edit', 'add', null, 'move', 'up', 'down', null, 'delete'];
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        items: deeds.map((deed, index) =>
          deed === null
            ? { key: index, type: 'divider' }
            : {
                key: deed,
                label: t(`categories.deeds.${deed}`),
                danger: deed === 'delete',
                disabled: (deed === 'up' && !row.canRise) || (deed === 'down' && !row.canSink),
              },
        ),
        onClick: ({ key, domEvent }) => {
          domEvent.stopPropagation();
          onDeed(key as Deed);
        },
      }}
    >
      <Button
        size="small"
        type="text"
        icon={<MoreOutlined aria-hidden />}
        tabIndex={isCurrent ? 0 : -1}
        aria-label={t('categories.menu', { name: node.displayName })}
      />
    </Dropdown>
  );
}
