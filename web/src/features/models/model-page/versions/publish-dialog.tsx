import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { FormDialog } from '../../../../console/forms/form-dialog.tsx';
import { prose, required, rule, versionLabel } from '../../../../console/forms/rules.ts';
import type { VersionedModel } from './documents.ts';
import { publishVersion } from './writes.ts';

/** Freezes the model as it is, under a label. */
export function PublishDialog(props: {
  model: VersionedModel;
  onClose: () => void;
  onDone: (notice: string) => void;
}) {
  const { t } = useTranslation();
  const client = useClient();
  const { id: modelId, name, displayName } = props.model;
  return (
    <FormDialog
      title={t('versions.publishTitle', { name: displayName ?? name })}
      width={520}
      initial={{ label: '', notes: '' }}
      isNew
      saveLabel={t('versions.publish')}
      save={(_, { label, notes }) =>
        publishVersion(client, { modelId, label, notes: notes || null })
      }
      onDone={(_, { label }) => props.onDone(t('versions.published', { label }))}
      onClose={props.onClose}
    >
      <p className="muted">{t('versions.publishIntro')}</p>
      <Form.Item
        name="label"
        label={t('versions.label')}
        rules={[required(t), rule(versionLabel, t)]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="notes" label={t('versions.notes')} rules={[rule(prose, t)]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} />
      </Form.Item>
    </FormDialog>
  );
}
