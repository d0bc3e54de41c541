import { Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { type Answer, answerOf, write } from '../../console/forms/answer.ts';
import { orNull } from '../../console/forms/changes.ts';
import { DescriptionField, ReasonField } from '../../console/forms/common-fields.tsx';
import { FormDialog } from '../../console/forms/form-dialog.tsx';
import {
  type Check,
  display,
  picture,
  required,
  rule,
  slug,
  url,
  urlPath,
} from '../../console/forms/rules.ts';
import {
  CreateSupplierDocument,
  type SupplierDetails,
  UpdateSupplierDocument,
} from './documents.ts';
import { latestSupplier } from './latest.ts';
import { joined, NO_SUPPLIER, type SupplierValues, valuesOf } from './supplier-values.ts';

const updateSupplier = write('updateSupplier', UpdateSupplierDocument);

interface Props {
  /** The one that is edited; left out for a new one. */
  edited?: SupplierDetails;
  /** The number of a new supplier goes with it. */
  onDone: (answer: Answer | undefined, made: number | undefined) => void;
  onClose: () => void;
}

export function SupplierForm({ edited, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  let made: number | undefined;

  const save = async (
    changed: Partial<SupplierValues>,
    values: SupplierValues,
    version: number | undefined,
  ) => {
    if (edited) {
      const input = { id: edited.id, expectedVersion: version ?? null, ...changed };
      return updateSupplier(client, input);
    }
    const given = Object.entries(values).map(([name, value]) => [name, orNull(value)]);
    const input = Object.fromEntries(given) as SupplierValues;
    const { data, error } = await client.mutation(CreateSupplierDocument, { input });
    made = data?.createSupplier.supplier?.databaseId;
    return answerOf(data?.createSupplier, error);
  };
  const latest = async () => {
    const supplier = edited && (await latestSupplier(client, edited.id));
    return supplier && { version: supplier.version, values: valuesOf(supplier) };
  };
  const name = edited && (edited.displayName ?? edited.name);

  return (
    <FormDialog<SupplierValues>
      title={name === undefined ? t('suppliers.new') : t('suppliers.edit', { name })}
      width={760}
      isNew={!edited}
      initial={edited ? valuesOf(edited) : NO_SUPPLIER}
      version={edited?.version}
      save={save}
      {...(edited ? { latest } : {})}
      describe={(key, value) => ({
        label: key === 'reason' ? t('forms.reason') : t(`suppliers.fields.${key}`),
        text:
          typeof value === 'boolean' ? t(value ? 'models.yes' : 'models.no') : String(value ?? ''),
      })}
      onDone={(answer) => onDone(answer, made)}
      onClose={onClose}
    >
      <Fields />
    </FormDialog>
  );
}

function Fields() {
  const { t } = useTranslation();
  const form = Form.useFormInstance<SupplierValues>();
  const baseUrl = Form.useWatch('baseUrl', form);
  const path = Form.useWatch('apiEndpoint', form);
  const line = (
    name: Exclude<keyof SupplierValues, 'reason'>,
    check: Check,
    hint?: string,
    placeholder?: string,
  ) => (
    <Form.Item
      name={name}
      label={t(`suppliers.fields.${name}`)}
      extra={hint}
      rules={name === 'name' ? [required(t), rule(check, t)] : [rule(check, t)]}
    >
      <Input spellCheck={false} autoCapitalize="off" placeholder={placeholder ?? ''} />
    </Form.Item>
  );
  return (
    <div className="form-grid">
      {line('displayName', display)}
      {line('name', slug, t('suppliers.hints.name'))}
      {line('category', slug, t('suppliers.hints.category'))}
      {line('adapter', slug, t('suppliers.hints.adapter'))}
      <DescriptionField label={t('suppliers.fields.description')} />
      {line('website', url, undefined, 'https://')}
      {line('apiDocs', url, undefined, 'https://')}
      {line('baseUrl', url, undefined, 'https://')}
      {line('apiEndpoint', urlPath, t('suppliers.hints.apiEndpoint'))}
      {line('apiUrl', url, t('suppliers.hints.apiUrl'), joined(baseUrl, path) ?? 'https://')}
      {line('logo', picture, t('suppliers.hints.logo'))}
      <Form.Item
        name="apiKeyRequired"
        label={t('suppliers.fields.apiKeyRequired')}
        // A select knows no null: unknown is a choice of its own.
        getValueProps={(value: boolean | null | undefined) => ({ value: String(value ?? null) })}
        normalize={(value: string) => (value === 'null' ? null : value === 'true')}
      >
        <Select
          options={[
            { value: 'null', label: t('models.unknown') },
            { value: 'true', label: t('models.yes') },
            { value: 'false', label: t('models.no') },
          ]}
        />
      </Form.Item>
      <Form.Item name="isActive" valuePropName="checked" label={t('models.filters.active')}>
        <Checkbox>{t('suppliers.fields.isActive')}</Checkbox>
      </Form.Item>
      <ReasonField />
    </div>
  );
}
