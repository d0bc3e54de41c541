import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { FormDialog } from '../../../../console/forms/form-dialog.tsx';
import { useSeen } from '../../../../console/forms/use-seen.ts';
import type { VersionedModel } from './documents.ts';
import { useLatest } from './use-latest.ts';
import { deletePointer } from './writes.ts';

/** Takes a name away; the version that it points to stays. */
export function DeletePointerDialog(props: {
  model: VersionedModel;
  pointer: VersionedModel['pointers'][number];
  onClose: () => void;
  onDone: (notice: string) => void;
}) {
  const { t } = useTranslation();
  const client = useClient();
  const latest = useLatest(props.model.id);
  const { seen, lookAgain } = useSeen(props.pointer, async () =>
    (await latest())?.pointers.find(({ id }) => id === props.pointer.id),
  );
  const { id, name, version, modelVersion } = seen;
  return (
    <FormDialog
      title={t('versions.deletePointerTitle', { name })}
      width={520}
      initial={{}}
      isNew
      isDanger
      saveLabel={t('versions.deletePointer')}
      save={() => deletePointer(client, { id, expectedVersion: version })}
      lookAgain={lookAgain}
      onDone={() => props.onDone(t('versions.pointerDeleted', { name }))}
      onClose={props.onClose}
    >
      <p>{t('versions.deletePointerIntro', { name, label: modelVersion.label })}</p>
    </FormDialog>
  );
}
