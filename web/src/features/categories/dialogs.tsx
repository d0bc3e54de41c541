import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { useSeen } from '../../console/forms/use-seen.ts';
import { DeleteDialog } from '../catalogue/delete-dialog.tsx';
import { CategoryForm } from './category-form.tsx';
import { latestCategory } from './latest.ts';
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
      return <Deletion branch={asked.branch} countsOf={countsOf} deeds={deeds} />;
    default:
      return null;
  }
}

function Deletion({ branch, countsOf, deeds }: Omit<Props, 'tree'> & { branch: Branch }) {
  const { t } = useTranslation();
  const client = useClient();
  const { seen, lookAgain } = useSeen(
    {
      node: branch.node,
      below: flatten(branch.children).filter(({ node }) => node.deletedAt == null).length,
    },
    () => latestCategory(client, branch.node.id),
  );
  const { node, below } = seen;
  const { all: models = 0 } = countsOf(node.path);
  return (
    <DeleteDialog
      title={t('catalogueViews.deleteTitle', { name: node.displayName })}
      cascade={below > 0 ? t('categories.cascade', { count: below }) : undefined}
      onDelete={(deletion) => deeds.remove(node, deletion)}
      lookAgain={lookAgain}
      onClose={deeds.close}
    >
      <p>
        {models > 0 && t('categories.deleteModels', { count: models })}{' '}
        {t('catalogueViews.deleteRestorable')}
      </p>
    </DeleteDialog>
  );
}
