import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deletionOf } from './deletion.ts';
import type { Bulk } from './use-bulk.ts';
import type { Selection } from './use-selection.ts';

// Loaded when it is first asked for.
const DeleteManyDialog = lazy(async () => {
  const { DeleteManyDialog: component } = await import('./delete-many-dialog.tsx');
  return { default: component };
});

/** Deletes the selected models: a few that are in sight at once, others after a question. */
export function DeleteButton({ selection, bulk }: { selection: Selection; bulk: Bulk }) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const deletion = deletionOf(selection);
  const remove = () => void bulk.start({ kind: 'delete' });
  return (
    <>
      <Button
        size="small"
        danger
        disabled={bulk.isBusy || deletion.count === 0}
        onClick={deletion.isAsked ? () => setAsking(true) : remove}
      >
        {t('models.bulk.delete')}
      </Button>
      {isAsking && (
        <Suspense>
          <DeleteManyDialog
            deletion={deletion}
            onDelete={remove}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </>
  );
}
