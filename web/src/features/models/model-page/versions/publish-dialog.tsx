import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { PublishDocument, type VersionedModel } from './documents.ts';
import { Field, useSending, WriteDialog } from './write-dialog.tsx';

/** Freezes the model as it is, under a label. */
export function PublishDialog(props: {
  model: VersionedModel;
  onClose: () => void;
  onDone: (notice: string) => void;
}) {
  const { t } = useTranslation();
  const [, publish] = useMutation(PublishDocument);
  const sending = useSending();
  const [label, setLabel] = useState('');
  const [notes, setNotes] = useState('');
  const { problems } = sending;

  const submit = async () => {
    const input = { modelId: props.model.id, label: label.trim(), notes: notes.trim() || null };
    const isDone = await sending.send(async () => {
      const { data, error } = await publish({ input });
      return { error, userErrors: data?.publishModelVersion.userErrors };
    });
    if (isDone) {
      props.onDone(t('versions.published', { label: input.label }));
    }
  };

  return (
    <WriteDialog
      title={t('versions.publishTitle', { name: props.model.displayName ?? props.model.name })}
      submit={t('versions.publish')}
      sending={sending}
      fields={['label', 'notes']}
      onSubmit={() => void submit()}
      onClose={props.onClose}
    >
      <p className="muted">{t('versions.publishIntro')}</p>
      <Field label={t('versions.label')} name="label" problems={problems}>
        {(aria) => (
          <Input
            {...aria}
            autoFocus
            required
            value={label}
            onChange={({ target }) => setLabel(target.value)}
          />
        )}
      </Field>
      <Field label={t('versions.notes')} name="notes" problems={problems}>
        {(aria) => (
          <Input.TextArea
            {...aria}
            autoSize={{ minRows: 3, maxRows: 10 }}
            value={notes}
            onChange={({ target }) => setNotes(target.value)}
          />
        )}
      </Field>
    </WriteDialog>
  );
}
