import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { answerOf } from '../../../../console/forms/answer.ts';
import { FormDialog } from '../../../../console/forms/form-dialog.tsx';
import { DeletePointerDocument, type VersionedModel } from './documents.ts';
import { useLatest } from './use-latest.ts';

/** Takes a name away; the version that it points to stays. */
export function DeletePointerDialog(props: {
  model: VersionedModel;
  pointer: VersionedModel['pointers'][number];
  onClose: () => void;
  onDone: (notice: string) => void;
}) {
  const { t } = useTranslation();
  const [, remove] = useMutation(DeletePointerDocument);
  const latest = useLatest(props.model.id);
  // Others' changes are to be told before something else is deleted than was seen.
  const [{ id, name, version, modelVersion }, see] = useState(props.pointer);
  const lookAgain = async () => {
    const now = await latest();
    see((before) => now?.pointers.find((each) => each.id === before.id) ?? before);
  };
  return (
    <FormDialog
      title={t('versions.deletePointerTitle', { name })}
      width={520}
      initial={{}}
      isNew
      isDanger
      saveLabel={t('versions.deletePointer')}
      save={async () => {
        const { data, error } = await remove({ input: { id, expectedVersion: version } });
        return answerOf(data?.deleteModelPointer, error);
      }}
      lookAgain={lookAgain}
      onDone={() => props.onDone(t('versions.pointerDeleted', { name }))}
      onClose={props.onClose}
    >
      <p>{t('versions.deletePointerIntro', { name, label: modelVersion.label })}</p>
    </FormDialog>
  );
}
