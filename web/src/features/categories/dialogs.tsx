import { useTranslation } from 'react-i18next';
import { DeleteDialog } from '../catalogue/delete-dialog.tsx';
import { CategoryForm } from './category-form.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { type Branch, flatten, type Tree } from './tree.ts';
import type { Counts } from './use-counts.ts';
import type { Deeds } from './use-deeds.ts';

interface Props {
  deeds: Deeds;
  tree: Tree;
  countsOf: (path: string) => Counts;
}

/** The one that is open. */
export function Dialogs({ deeds, tree, countsOf }: Props) {
  const { asked } = deeds;
  switch (asked?.kind) {
    case 'add':
    case 'edit':
      return (
        <CategoryForm
          tree={tree}
          {...(asked.kind === 'edit' ? { edited: asked.branch } : { parent: asked.branch })}
          onDone={deeds.saved}
          onClose={deeds.close}
        />
      );
    case 'move':
      return (
        <MoveDialog
          tree={tree}
          moved={asked.branch}
          onMove={(goal) => deeds.move(asked.branch, goal)}
          onClose={deeds.close}
        />
      );
    case 'delete':
      return (
        <Deletion
          branch={asked.branch}
          models={countsOf(asked.branch.node.path).all}
          deeds={deeds}
        />
      );
    default:
      return null;
  }
}

function Deletion(props: { branch: Branch; models: number | undefined; deeds: Deeds }) {
  const { t } = useTranslation();
  const { branch, models = 0, deeds } = props;
  const below = flatten(branch.children).filter(({ node }) => node.deletedAt == null).length;
  return (
    <DeleteDialog
      title={t('catalogueViews.deleteTitle', { name: branch.node.displayName })}
      cascade={below > 0 ? t('categories.cascade', { count: below }) : undefined}
      onDelete={(choice) => deeds.remove(branch, choice)}
      onClose={deeds.close}
    >
      <p>
        {models > 0 && t('categories.deleteModels', { count: models })}{' '}
        {t('catalogueViews.deleteRestorable')}
      </p>
    </DeleteDialog>
  );
}
