import { Form, Input, Select } from 'antd';
import type { Rule } from 'antd/es/form';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { type Answer, write } from '../../console/forms/answer.ts';
import { LastFields } from '../../console/forms/common-fields.tsx';
import { FormDialog } from '../../console/forms/form-dialog.tsx';
import { display, required, rule, slug, snakeCase } from '../../console/forms/rules.ts';
import { valueWord } from '../../console/forms/value-words.ts';
import type { Domain } from '../../gql/graphql.ts';
import {
  type CapabilityRow,
  CreateCapabilityDocument,
  UpdateCapabilityDocument,
} from './documents.ts';
import { latestCapability } from './latest.ts';
import { DOMAINS } from './search.ts';

const createCapability = write('createCapability', CreateCapabilityDocument);
const updateCapability = write('updateCapability', UpdateCapabilityDocument);

interface Values {
  displayName: string;
  name: string;
  domain: Domain;
  capabilityType: string | null;
  inputTypes: string[] | null;
  outputTypes: string[] | null;
  description: string | null;
  isActive: boolean;
  reason: string | null;
}

const NONE: Values = {
  displayName: '',
  name: '',
  domain: 'NLP',
  capabilityType: null,
  inputTypes: null,
  outputTypes: null,
  description: null,
  isActive: true,
  reason: null,
};

const orNone = (types: readonly string[] | null) => (types?.length ? [...types] : null);

const valuesOf = (row: CapabilityRow): Values => ({
  displayName: row.displayName,
  name: row.name,
  domain: row.domain,
  capabilityType: row.capabilityType ?? null,
  inputTypes: orNone(row.inputTypes),
  outputTypes: orNone(row.outputTypes),
  description: row.description ?? null,
  isActive: row.isActive,
  reason: null,
});

const COMMON_TYPES = ['text', 'image', 'audio', 'video', 'file', 'pdf', 'embedding', 'score'];
const MOST_TYPES = 20;

interface Props {
  edited: CapabilityRow | undefined;
  onDone: (answer: Answer | undefined, name: string) => void;
  onClose: () => void;
}

export function CapabilityForm({ edited, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const client = useClient();

  const save = async (changed: Partial<Values>, values: Values, version: number | undefined) => {
    if (edited) {
      const input = { id: edited.id, expectedVersion: version ?? null, ...changed };
      return updateCapability(client, input);
    }
    return createCapability(client, values);
  };
  const latest = async () => {
    const row = edited && (await latestCapability(client, edited.id));
    return row && { version: row.version, values: valuesOf(row) };
  };
  const label = (key: keyof Values) =>
    key === 'reason' ? t('forms.reason') : t(`capabilities.fields.${key}`);

  return (
    <FormDialog<Values>
      title={edited ? t('capabilities.edit', { name: edited.displayName }) : t('capabilities.new')}
      isNew={!edited}
      initial={edited ? valuesOf(edited) : NONE}
      version={edited?.version}
      save={save}
      {...(edited ? { latest } : {})}
      describe={(key, value) => ({
        label: label(key),
        text: valueWord(key, value, t) ?? [value ?? ''].flat().join(', '),
      })}
      onDone={(answer, { displayName }) => onDone(answer, displayName)}
      onClose={onClose}
    >
      <Fields label={label} />
    </FormDialog>
  );
}

function Fields({ label }: { label: (key: keyof Values) => string }) {
  const { t } = useTranslation();
  return (
    <div className="form-grid">
      <Form.Item
        name="displayName"
        label={label('displayName')}
        rules={[required(t), rule(display, t)]}
      >
        <Input />
      </Form.Item>
      <Form.Item
        name="name"
        label={label('name')}
        extra={t('capabilities.nameHint')}
        rules={[required(t), rule(slug, t)]}
      >
        <Input className="mono" spellCheck={false} autoCapitalize="off" />
      </Form.Item>
      <Form.Item name="domain" label={label('domain')} rules={[required(t)]}>
        <Select
          options={DOMAINS.map((domain) => ({
            value: domain.toUpperCase(),
            label: t(`capabilities.domains.${domain}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="capabilityType"
        label={label('capabilityType')}
        extra={t('capabilities.kindHint')}
        rules={[rule(slug, t)]}
      >
        <Input className="mono" spellCheck={false} autoCapitalize="off" />
      </Form.Item>
      <Types name="inputTypes" label={label('inputTypes')} />
      <Types name="outputTypes" label={label('outputTypes')} />
      <LastFields label={label} />
    </div>
  );
}

/** Some of those that are common, or others that are typed. */
function Types({ name, label }: { name: 'inputTypes' | 'outputTypes'; label: string }) {
  const { t } = useTranslation();
  const each: Rule = {
    validator: async (_, types: string[] | null | undefined) => {
      const wrong = types?.find((type) => snakeCase(type, t) !== undefined);
      if (wrong !== undefined) {
        throw new Error(`${wrong}: ${snakeCase(wrong, t)}`);
      }
      if (types && types.length > MOST_TYPES) {
        throw new Error(t('capabilities.tooManyTypes', { limit: MOST_TYPES }));
      }
    },
  };
  return (
    <Form.Item
      name={name}
      label={label}
      extra={t('capabilities.typesHint')}
      rules={[each]}
      validateTrigger={['onChange', 'onBlur']}
      getValueProps={(value: string[] | null | undefined) => ({ value: value ?? [] })}
      normalize={(value: string[]) => orNone(value)}
    >
      <Select
        mode="tags"
        tokenSeparators={[',', '，', ' ']}
        options={COMMON_TYPES.map((value) => ({ value, label: value }))}
      />
    </Form.Item>
  );
}
