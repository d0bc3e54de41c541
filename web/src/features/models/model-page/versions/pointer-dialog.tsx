import { Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { SetPointerDocument, type Version, type VersionedModel } from './documents.ts';
import { LATEST } from './pointer-list.tsx';
import { useLookAgain } from './use-look-again.ts';
import { Field, useSending, WriteDialog } from './write-dialog.tsx';

const USUAL_NAMES = ['production', 'staging', 'canary'];

/** Points a name to a version: a new name, or one that points elsewhere now. */
export function PointerDialog(props: {
  model: VersionedModel;
  versions: readonly Version[];
  /** The pointer to move; a new one is made without. */
  pointer?: VersionedModel['pointers'][number];
  onClose: () => void;
  onDone: (notice: string) => void;
}) {
  const { t } = useTranslation();
  const { model, versions, pointer } = props;
  const [, set] = useMutation(SetPointerDocument);
  const sending = useSending();
  const lookAgain = useLookAgain(model.id, sending);
  const [name, setName] = useState(pointer?.name ?? '');
  const [versionId, setVersionId] = useState(pointer?.modelVersion.id ?? versions[0]?.id ?? null);
  const listId = useId();
  const { problems } = sending;

  const submit = async () => {
    const known = model.pointers.find((each) => each.name === name.trim());
    const input = {
      modelId: model.id,
      name: name.trim(),
      versionId,
      // Of `latest` it is told that it can't be set, and nothing else.
      expectedVersion: known && known.name !== LATEST ? known.version : null,
    };
    const isDone = await sending.send(async () => {
      const { data, error } = await set({ input });
      return { error, userErrors: data?.setModelPointer.userErrors };
    });
    if (isDone) {
      const label = versions.find(({ id }) => id === versionId)?.label ?? '';
      props.onDone(t('versions.pointed', { name: input.name, label }));
    }
  };

  return (
    <WriteDialog
      title={pointer ? t('versions.moveTitle', { name: pointer.name }) : t('versions.pointTitle')}
      submit={t(pointer ? 'versions.move' : 'versions.point')}
      sending={sending}
      fields={['name', 'versionId']}
      onSubmit={() => void submit()}
      onLookAgain={lookAgain}
      onClose={props.onClose}
    >
      {pointer && (
        <p className="muted">{t('versions.pointsNow', { label: pointer.modelVersion.label })}</p>
      )}
      {!pointer && (
        <>
          <p className="muted">{t('versions.pointIntro')}</p>
          <Field label={t('versions.pointerName')} name="name" problems={problems}>
            {(aria) => (
              <Input
                {...aria}
                autoFocus
                required
                list={listId}
                value={name}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </Field>
          <datalist id={listId}>
            {USUAL_NAMES.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </>
      )}
      <Field label={t('versions.version')} name="versionId" problems={problems}>
        {(aria) => (
          <Select
            {...aria}
            autoFocus={pointer !== undefined}
            value={versionId}
            onChange={setVersionId}
            showSearch={{ optionFilterProp: 'label' }}
            options={versions.map(({ id, label }) => ({ value: id, label }))}
          />
        )}
      </Field>
    </WriteDialog>
  );
}
