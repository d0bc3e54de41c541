import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { type Answer, write } from '../../console/forms/answer.ts';
import type { Notice } from '../../console/forms/undo.tsx';
import { problemOf } from '../../console/forms/user-errors.ts';
import type { Deletion } from '../catalogue/delete-dialog.tsx';
import {
  type CapabilityRow,
  DeleteCapabilityDocument,
  RestoreCapabilityDocument,
} from './documents.ts';

const deleteCapability = write('deleteCapability', DeleteCapabilityDocument);
const restoreCapability = write('restoreCapability', RestoreCapabilityDocument);

export type CapabilityDeed = 'new' | 'edit' | 'delete' | 'restore';

interface Asked {
  kind: 'new' | 'edit' | 'delete';
  row: CapabilityRow | undefined;
}

export interface CapabilityDeeds {
  asked: Asked | undefined;
  start(deed: CapabilityDeed, row?: CapabilityRow): void;
  close(): void;
  saved(answer: Answer | undefined, name: string): void;
  remove(row: CapabilityRow, deletion: Deletion): Promise<Answer>;
}

/** What is done with capabilities. */
export function useCapabilityDeeds(
  refresh: () => void,
  tell: (notice: Notice) => void,
): CapabilityDeeds {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const [asked, setAsked] = useState<Asked>();
  const setsOf = ({ changeSet }: Answer) => (changeSet === null ? [] : [changeSet]);

  const restore = async ({ id, displayName: name }: CapabilityRow) => {
    const answer = await restoreCapability(client, { id });
    const problem = problemOf(answer, t, i18n.language);
    refresh();
    tell(
      problem === undefined
        ? { text: t('catalogueViews.restored', { name }), changeSets: setsOf(answer) }
        : { text: t('catalogueViews.notRestored', { name, problem }), isBad: true },
    );
  };

  return {
    asked,
    start(deed, row) {
      if (deed !== 'restore') {
        setAsked({ kind: deed, row });
      } else if (row) {
        void restore(row);
      }
    },
    close: () => setAsked(undefined),
    saved(answer, name) {
      const isNew = asked?.kind === 'new';
      setAsked(undefined);
      refresh();
      if (answer) {
        const text = t(isNew ? 'catalogueViews.created' : 'catalogueViews.saved', { name });
        tell({ text, changeSets: setsOf(answer) });
      }
    },
    async remove({ id, version: expectedVersion, displayName: name }, deletion) {
      const answer = await deleteCapability(client, { id, expectedVersion, ...deletion });
      refresh();
      if (answer.changeSet !== null) {
        tell({ text: t('catalogueViews.deleted', { name }), changeSets: setsOf(answer) });
      }
      return answer;
    },
  };
}
