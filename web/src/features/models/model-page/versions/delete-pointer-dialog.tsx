import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { DeletePointerDocument, type VersionedModel } from './documents.ts';
import { useLookAgain } from './use-look-again.ts';
import { useSending, WriteDialog } from './write-dialog.tsx';

/** Takes a name away; the version that it points to stays. */
export function DeletePointerDialog(props: {
  model: VersionedModel;
  pointer: VersionedModel['pointers'][number];
  onClose: () => void;
  onDone: (notice: string) => void;
}) {
  const { t } = useTranslation();
  const [, remove] = useMutation(DeletePointerDocument);
  const sending = useSending();
  const lookAgain = useLookAgain(props.model.id, sending);
  const { id, name, version, modelVersion } = props.pointer;

  const submit = async () => {
    const isDone = await sending.send(async () => {
      const { data, error } = await remove({ input: { id, expectedVersion: version } });
      return { error, userErrors: data?.deleteModelPointer.userErrors };
    });
    if (isDone) {
      props.onDone(t('versions.pointerDeleted', { name }));
    }
  };

  return (
    <WriteDialog
      title={t('versions.deletePointerTitle', { name })}
      submit={t('versions.deletePointer')}
      isDanger
      sending={sending}
      onSubmit={() => void submit()}
      onLookAgain={lookAgain}
      onClose={props.onClose}
    >
      <p>{t('versions.deletePointerIntro', { name, label: modelVersion.label })}</p>
    </WriteDialog>
  );
}
