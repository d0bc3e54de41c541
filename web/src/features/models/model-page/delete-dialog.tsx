import { useTranslation } from 'react-i18next';
import { ReasonField } from '../../../console/forms/common-fields.tsx';
import { FormDialog } from '../../../console/forms/form-dialog.tsx';
import type { EditedModel } from './edit-model.tsx';
import { useEditor } from './editor.tsx';
import { deleteModel } from './writes.ts';

/** Says what goes with a model before it is deleted. */
export function DeleteDialog({ model, close }: { model: EditedModel; close: () => void }) {
  const { t } = useTranslation();
  const { client, saved } = useEditor();
  return (
    <FormDialog
      title={t('editing.deletion.title', { name: model.displayName ?? model.name })}
      width={520}
      initial={{ reason: '' }}
      isNew
      isDanger
      saveLabel={t('editing.deletion.confirm')}
      save={(_, { reason }) =>
        deleteModel(client, {
          id: model.id,
          expectedVersion: model.version,
          ...(reason ? { reason } : {}),
        })
      }
      onDone={(answer) => saved(answer, t('editing.deletion.deleted'))}
      onClose={close}
    >
      <p>{t('editing.deletion.detail')}</p>
      {model.isDefault && <p className="warn">{t('editing.deletion.wasDefault')}</p>}
      <ReasonField />
    </FormDialog>
  );
}
