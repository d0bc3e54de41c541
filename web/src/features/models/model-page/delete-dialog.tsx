import { useTranslation } from 'react-i18next';
import { ReasonField } from '../../../console/forms/common-fields.tsx';
import { FormDialog } from '../../../console/forms/form-dialog.tsx';
import { useSeen } from '../../../console/forms/use-seen.ts';
import { type EditedModel, latestModel } from './edit-model.tsx';
import { useEditor } from './editor.tsx';
import { deleteModel } from './writes.ts';

/** Says what goes with a model before it is deleted. */
export function DeleteDialog(props: { model: EditedModel; close: () => void }) {
  const { t } = useTranslation();
  const { client, saved } = useEditor();
  const { seen: model, lookAgain } = useSeen(props.model, () =>
    latestModel(client, props.model.id),
  );
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
      lookAgain={lookAgain}
      onDone={(answer) => saved(answer, t('editing.deletion.deleted'))}
      onClose={props.close}
    >
      <p>{t('editing.deletion.detail')}</p>
      {model.isDefault && <p className="warn">{t('editing.deletion.wasDefault')}</p>}
      <ReasonField />
    </FormDialog>
  );
}
