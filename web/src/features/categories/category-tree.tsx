import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Branch, Tree, TreeRow } from './tree.ts';
import { TreeLine } from './tree-line.tsx';
import type { Counts } from './use-counts.ts';
import { useDrag } from './use-drag.ts';
import type { Goal } from './use-moves.ts';
import type { Openness } from './use-open.ts';

/** What can be done with a category. */
export type Deed = 'show' | 'edit' | 'add' | 'move' | 'up' | 'down' | 'delete' | 'restore';

interface Props {
  tree: Tree;
  rows: readonly TreeRow[];
  countsOf: (path: string) => Counts;
  openness: Openness;
  /** What is sought; empty if nothing is. */
  sought: string;
  current: string | undefined;
  mayWrite: boolean;
  onCurrent: (id: string) => void;
  onDeed: (deed: Deed, branch: Branch) => void;
  onMove: (moved: Branch, goal: Goal) => void;
}

/** The deeds that keys stand for, on a row that has the focus. */
const KEYS: Record<string, Deed> = {
  Enter: 'show',
  F2: 'edit',
  Insert: 'add',
  m: 'move',
  Delete: 'delete',
  'Alt+ArrowUp': 'up',
  'Alt+ArrowDown': 'down',
};

/** The categories as a grid of rows, one of which is reached by Tab, and the others by arrow keys. */
export function CategoryTree(props: Props) {
  const { t } = useTranslation();
  const { tree, rows, openness, onCurrent, onDeed } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const hadFocus = useRef(false);
  const shown = rows.find(({ branch }) => branch.node.id === props.current) ?? rows[0];
  const current = shown?.branch.node.id;
  const drag = useDrag(tree, props.onMove, (id) => openness.set([id], true));

  const focus = (id: string | undefined) => {
    if (id !== undefined) {
      onCurrent(id);
      body.current?.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus();
    }
  };

  // A row that moves is taken out of the page for a moment, and loses the focus.
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) {
      body.current?.querySelector<HTMLElement>(`[data-id="${current}"]`)?.focus();
    }
  });

  const onKey = (event: React.KeyboardEvent<HTMLElement>, row: TreeRow) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) {
      return;
    }
    const key = event.altKey ? `Alt+${event.key}` : event.key;
    const { node, place, children } = row.branch;
    const at = rows.indexOf(row);
    const steps: Record<string, () => void> = {
      ArrowDown: () => focus(rows[at + 1]?.branch.node.id),
      ArrowUp: () => focus(rows[at - 1]?.branch.node.id),
      Home: () => focus(rows[0]?.branch.node.id),
      End: () => focus(rows.at(-1)?.branch.node.id),
      ArrowRight: () =>
        row.isOpen ? focus(rows[at + 1]?.branch.node.id) : openness.set([node.id], true),
      ArrowLeft: () =>
        row.isOpen && children.length > 0
          ? openness.set([node.id], false)
          : focus(place.parentId ?? undefined),
    };
    const deed = KEYS[key];
    const step = steps[key] ?? (deed && (() => onDeed(deed, row.branch)));
    if (step) {
      event.preventDefault();
      step();
    }
  };

  return (
    <div className="table-frame">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree of rows with cells is a grid
        role="treegrid"
        className="table tree"
        aria-label={t('views.categories')}
      >
        <thead>
          <tr>
            <th scope="col">{t('categories.columns.category')}</th>
            <th scope="col" className="wide-cell">
              {t('categories.columns.type')}
            </th>
            <th scope="col" className="table-right">
              {t('categories.columns.all')}
            </th>
            <th scope="col" className="table-right wide-cell">
              {t('categories.columns.own')}
            </th>
            <th scope="col" className="tree-menu">
              <span className="hidden">{t('categories.columns.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody
          ref={body}
          onFocus={() => {
            hadFocus.current = true;
          }}
          onBlur={(event) => {
            // To nowhere: taken out of the page, or pressed beside it, which does no harm.
            hadFocus.current = event.relatedTarget === null && !event.target.isConnected;
          }}
        >
          {rows.map((row) => (
            <TreeLine
              key={row.branch.node.id}
              row={row}
              counts={props.countsOf(row.branch.node.path)}
              sought={props.sought}
              isCurrent={row.branch.node.id === current}
              mayWrite={props.mayWrite}
              isDragged={drag.dragged?.node.id === row.branch.node.id}
              target={drag.target?.id === row.branch.node.id ? drag.target : undefined}
              drag={
                props.mayWrite && row.branch.node.deletedAt == null ? drag.propsOf(row) : undefined
              }
              onToggle={() => openness.set([row.branch.node.id], !row.isOpen)}
              onFocus={() => onCurrent(row.branch.node.id)}
              onKey={(event) => onKey(event, row)}
              onDeed={(deed) => onDeed(deed, row.branch)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
