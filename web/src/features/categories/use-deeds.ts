import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { type Answer, write } from '../../console/forms/answer.ts';
import type { Notice } from '../../console/forms/undo.tsx';
import { problemOf } from '../../console/forms/user-errors.ts';
import type { Deletion } from '../catalogue/delete-dialog.tsx';
import type { Deed } from './category-tree.tsx';
import { type CategoryNode, DeleteDocument, RestoreDocument } from './documents.ts';
import { type Branch, childrenOf, type Tree } from './tree.ts';
import type { Goal } from './use-moves.ts';

const deleteCategory = write('deleteCategory', DeleteDocument);
const restoreCategory = write('restoreCategory', RestoreDocument);

/** The dialog that is open, and about what. */
export type Asked =
  | { kind: 'edit' | 'move' | 'delete'; branch: Branch }
  | { kind: 'add'; branch: Branch | undefined };

export interface Deeds {
  asked: Asked | undefined;
  start(deed: Deed, branch: Branch): void;
  addRoot(): void;
  close(): void;
  move(moved: Branch, goal: Goal): void;
  saved(answer: Answer | undefined, id: string | undefined, name: string): void;
  remove(node: CategoryNode, deletion: Deletion): Promise<Answer>;
}

interface Options {
  tree: Tree | undefined;
  move: (tree: Tree, moved: Branch, goal: Goal) => Promise<void>;
  refresh: () => Promise<void>;
  tell: (notice: Notice) => void;
  show: (at: number) => void;
  /** Has a category be in sight. */
  reveal: (id: string) => void;
}

/** What people do with categories, by menu, key or button. */
export function useDeeds({ tree, move, refresh, tell, show, reveal }: Options): Deeds {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const [asked, setAsked] = useState<Asked>();

  const step = (branch: Branch, by: -1 | 1) => {
    if (!tree) {
      return;
    }
    const { parentId } = branch.place;
    const at = childrenOf(tree, parentId).indexOf(branch);
    if (at >= 0 && at + by >= 0 && at + by < childrenOf(tree, parentId).length) {
      void move(tree, branch, { parentId, index: at + by });
    }
  };

  const restore = async ({ node }: Branch) => {
    const answer = await restoreCategory(client, { id: node.id });
    const problem = problemOf(answer, t, i18n.language);
    void refresh();
    const name = node.displayName;
    tell({
      text:
        problem === undefined
          ? t('catalogueViews.restored', { name })
          : t('catalogueViews.notRestored', { name, problem }),
      isBad: problem !== undefined,
      changeSets: answer.changeSet === null ? [] : [answer.changeSet],
    });
  };

  return {
    asked,
    start(deed, branch) {
      const isDeleted = branch.node.deletedAt != null;
      if (deed === 'show') {
        show(branch.node.databaseId);
      } else if (deed === 'restore') {
        void restore(branch);
      } else if (isDeleted) {
        // There is nothing else to do with what is deleted.
        return;
      } else if (deed === 'up' || deed === 'down') {
        step(branch, deed === 'up' ? -1 : 1);
      } else {
        setAsked({ kind: deed, branch });
      }
    },
    addRoot: () => setAsked({ kind: 'add', branch: undefined }),
    close: () => setAsked(undefined),
    move: (moved, goal) => void (tree && move(tree, moved, goal).then(() => reveal(moved.node.id))),
    saved(answer, id, name) {
      const isNew = asked?.kind === 'add';
      setAsked(undefined);
      if (!answer) {
        return;
      }
      void refresh().then(() => id !== undefined && reveal(id));
      tell({
        text: t(isNew ? 'catalogueViews.created' : 'catalogueViews.saved', { name }),
        changeSets: answer.changeSet === null ? [] : [answer.changeSet],
      });
    },
    async remove({ id, version: expectedVersion, displayName: name }, deletion) {
      const answer = await deleteCategory(client, { id, expectedVersion, ...deletion });
      // Nothing waits for it: while the server is away, it takes until that is back.
      void refresh();
      if (answer.changeSet !== null) {
        const text = t('catalogueViews.deleted', { name });
        tell({ text, changeSets: [answer.changeSet] });
      }
      return answer;
    },
  };
}
