import { Alert, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../../console/use-focus-back.ts';
import { CategoryOption, optionsOf } from './category-options.tsx';
import type { Branch, Tree } from './tree.ts';
import { type Goal, obstacle, othersAt } from './use-moves.ts';

const ROOT = '';

/** Moving without a mouse: below which category, and behind which of its children. */
export function MoveDialog(props: {
  tree: Tree;
  moved: Branch;
  onMove: (goal: Goal) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { tree, moved } = props;
  const [parent, setParent] = useState(moved.place.parentId ?? ROOT);
  const ids = { parent: useId(), place: useId() };
  const parentId = parent === ROOT ? null : parent;
  const others = othersAt(tree, moved, parentId);
  const isHere = parentId === moved.place.parentId;
  const hereAt = others.filter((other) => isBefore(tree, other, moved)).length;
  const [chosen, setChosen] = useState<number>();
  const index = chosen ?? (isHere ? hereAt : others.length);
  const found = obstacle(tree, moved, parentId);
  useFocusBack();

  return (
    <Modal
      open
      title={<bdi>{t('categories.move.title', { name: moved.node.displayName })}</bdi>}
      okText={t('categories.move.ok')}
      okButtonProps={{ disabled: found !== undefined || (isHere && index === hereAt) }}
      onOk={() => {
        props.onClose();
        props.onMove({ parentId, index });
      }}
      onCancel={props.onClose}
    >
      <div className="dialog-body">
        <div className="dialog-field">
          <label htmlFor={ids.parent}>{t('categories.move.parent')}</label>
          <Select
            id={ids.parent}
            autoFocus
            aria-label={t('categories.move.parent')}
            showSearch={{ optionFilterProp: 'sought' }}
            virtual={false}
            options={[
              { value: ROOT, label: t('categories.move.root'), sought: '', depth: 0, path: '' },
              ...optionsOf(tree).map((option) => ({
                ...option,
                disabled: obstacle(tree, moved, option.value) !== undefined,
              })),
            ]}
            optionRender={({ data }) => <CategoryOption {...data} />}
            value={parent}
            onChange={(value: string) => {
              setParent(value);
              setChosen(undefined);
            }}
          />
          <p className="muted">{t('categories.move.hint')}</p>
        </div>
        <div className="dialog-field">
          <label htmlFor={ids.place}>{t('categories.move.place')}</label>
          <Select
            id={ids.place}
            aria-label={t('categories.move.place')}
            virtual={false}
            options={[
              { value: 0, label: t('categories.move.first') },
              ...others.map(({ node }, at) => ({
                value: at + 1,
                label: t('categories.move.behind', { name: node.displayName }),
              })),
            ]}
            value={index}
            onChange={setChosen}
          />
        </div>
        {found && (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={t(`categories.refused.${found}`, { name: moved.node.displayName })}
          />
        )}
      </div>
    </Modal>
  );
}

/** Whether one stands before the other among the same siblings. */
function isBefore(tree: Tree, one: Branch, other: Branch): boolean {
  const { parentId } = other.place;
  const all = parentId === null ? tree.roots : (tree.byId.get(parentId)?.children ?? []);
  return all.indexOf(one) < all.indexOf(other);
}
