import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Client, useClient } from 'urql';
import { type Answer, isDone, write } from '../../console/forms/answer.ts';
import type { Notice } from '../../console/forms/undo.tsx';
import { problemOf } from '../../console/forms/user-errors.ts';
import { MoveDocument, UpdateDocument } from './documents.ts';
import {
  type Branch,
  childrenOf,
  isWithin,
  type Place,
  type Plan,
  planMove,
  type Tree,
} from './tree.ts';

/** Where something is to go: which one among the children of a category, without itself. */
export interface Goal {
  parentId: string | null;
  index: number;
}

export function othersAt(tree: Tree, moved: Branch, parentId: string | null) {
  return childrenOf(tree, parentId).filter(({ node }) => node.id !== moved.node.id);
}

/** Why something can't go there; undefined if it can, for all that is known here. */
export function obstacle(
  tree: Tree,
  moved: Branch,
  parentId: string | null,
): 'cycle' | 'taken' | undefined {
  if (isWithin(tree, parentId, moved.node.id)) {
    return 'cycle';
  }
  const others = othersAt(tree, moved, parentId);
  return others.some(({ node }) => node.name === moved.node.name) ? 'taken' : undefined;
}

type Places = ReadonlyMap<string, Place>;

/** The places of what is being moved, until the server has told them. */
export function usePending() {
  const [pending, setPending] = useState<Places>(new Map());
  const expect = useCallback((places: Places) => {
    setPending((before) => new Map([...before, ...places]));
    return () => setPending((before) => new Map([...before].filter(([id]) => !places.has(id))));
  }, []);
  return { pending, expect };
}

const moveCategory = write('moveCategory', MoveDocument);
export const updateCategory = write('updateCategory', UpdateDocument);

/** What is moved goes first: if that is refused, nothing else makes room for it. */
async function carryOut(
  client: Client,
  { node }: Branch,
  parentId: string | null,
  { position, shifts }: Plan,
): Promise<Answer[]> {
  const { id, version: expectedVersion } = node;
  const answers = [await moveCategory(client, { id, expectedVersion, parentId, position })];
  for (const { branch, position: shifted } of shifts) {
    if (!answers.every(isDone)) {
      break;
    }
    const { id, version: expectedVersion } = branch.node;
    answers.push(await updateCategory(client, { id, expectedVersion, position: shifted }));
  }
  return answers;
}

/**
 * Moves categories. One that moves is shown at its new place at once, and goes back if the server
 * refuses.
 */
export function useMoves(
  expect: (places: Places) => () => void,
  refresh: () => Promise<void>,
  tell: (notice: Notice) => void,
) {
  const { t, i18n } = useTranslation();
  const client = useClient();

  return useCallback(
    async (tree: Tree, moved: Branch, { parentId, index }: Goal): Promise<void> => {
      const name = moved.node.displayName;
      const found = obstacle(tree, moved, parentId);
      if (found) {
        tell({ text: t(`categories.refused.${found}`, { name }), isBad: true });
        return;
      }
      const isHere = parentId === moved.place.parentId;
      const plan = planMove(moved, othersAt(tree, moved, parentId), index);
      if (isHere && plan.position === moved.place.position && plan.shifts.length === 0) {
        return;
      }
      const settle = expect(
        new Map([
          [moved.node.id, { parentId, position: plan.position }],
          ...plan.shifts.map(
            ({ branch, position }) => [branch.node.id, { parentId, position }] as const,
          ),
        ]),
      );
      const answers = await carryOut(client, moved, parentId, plan);
      const problem = answers.map((each) => problemOf(each, t, i18n.language)).find(Boolean);
      const to = tree.byId.get(parentId ?? '')?.node.displayName;
      const kind = isHere ? 'reordered' : to === undefined ? 'movedToRoot' : 'moved';
      tell({
        text:
          problem === undefined
            ? t(`categories.done.${kind}`, { name, to })
            : t('categories.notMoved', { name, problem }),
        isBad: problem !== undefined,
        changeSets: answers.flatMap(({ changeSet }) => changeSet ?? []),
      });
      // While the server is away, this waits for it.
      await refresh();
      settle();
    },
    [client, expect, refresh, tell, t, i18n],
  );
}
