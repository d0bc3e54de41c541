import { Form, Input, Radio, Select, Switch } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { FormDialog } from '../../../console/forms/form-dialog.tsx';
import { byteLength, prose, required, rule, VALUE_BYTES } from '../../../console/forms/rules.ts';
import type { Support } from '../../../gql/graphql.ts';
import { graphql } from '../../../gql/index.ts';
import type { Known } from './capabilities.tsx';
import { useEditor } from './editor.tsx';
import { readJson } from './parameter-input.ts';
import { attachCapabilities } from './writes.ts';

const CapabilitiesDocument = graphql(`
  query CapabilityChoices {
    capabilities(first: 100, orderBy: [{ field: DISPLAY_NAME }]) {
      nodes {
        id
        name
        displayName
      }
    }
  }
`);

interface Values {
  capability: string | null;
  support: Support;
  kind: 'none' | 'text' | 'json';
  config: string;
  isDefault: boolean;
}

function valuesOf(known: Known | undefined): Values {
  const config = known?.config;
  const isText = typeof config === 'string';
  return {
    capability: known?.capability.id ?? null,
    support: known?.support ?? 'SUPPORTED',
    kind: config == null ? 'none' : isText ? 'text' : 'json',
    config: config == null ? '' : isText ? config : JSON.stringify(config, null, 2),
    isDefault: known?.isDefault ?? false,
  };
}

function configOf({ kind, config }: Values): unknown {
  if (kind === 'none') {
    return null;
  }
  return kind === 'text' ? config : JSON.parse(config);
}

function jsonProblem(text: string, t: TFunction): string | undefined {
  const read = readJson(text, t);
  if ('problem' in read) {
    return read.problem;
  }
  const length = byteLength(JSON.stringify(read.value));
  return length > VALUE_BYTES ? t('forms.rules.bytes', { length, limit: VALUE_BYTES }) : undefined;
}

/** What is known of one ability of a model: that it has it, and how, or that it has not. */
export function CapabilityDialog(props: {
  modelId: string;
  /** What is known already, if it is to be changed. */
  known?: Known;
  /** Capabilities of which something is known. */
  taken?: readonly string[];
  close: () => void;
}) {
  const { t } = useTranslation();
  const { client, saved } = useEditor();
  const { known, taken = [] } = props;
  const [{ data, fetching }] = useQuery({ query: CapabilitiesDocument, pause: !!known });
  const choices = (data?.capabilities.nodes ?? [])
    .filter(({ id }) => !taken.includes(id))
    .map(({ id, name, displayName }) => ({
      value: id,
      label: displayName,
      sought: `${displayName} ${name}`,
    }));
  const nameOf = (id: string | null) =>
    known?.capability.displayName ?? choices.find(({ value }) => value === id)?.label ?? '';
  return (
    <FormDialog<Values>
      title={
        known
          ? t('editing.capabilities.title', { name: known.capability.displayName })
          : t('editing.capabilities.add')
      }
      width={560}
      initial={valuesOf(known)}
      isNew={!known}
      pathOf={({ field }) => field.slice(2)}
      save={(_, values) =>
        attachCapabilities(client, {
          modelId: props.modelId,
          capabilities: [
            {
              capability: values.capability ?? '',
              support: values.support,
              config: configOf(values),
              isDefault: values.isDefault,
            },
          ],
        })
      }
      onDone={(answer, { capability }) =>
        saved(answer, t('editing.capabilities.saved', { name: nameOf(capability) }))
      }
      onClose={props.close}
    >
      {!known && (
        <Form.Item<Values>
          name="capability"
          label={t('editing.capabilities.capability')}
          rules={[required(t)]}
        >
          <Select
            showSearch={{ optionFilterProp: 'sought' }}
            loading={fetching}
            placeholder={t('editing.capabilities.unknown')}
            options={choices}
          />
        </Form.Item>
      )}
      <Form.Item<Values> name="support" label={t('editing.capabilities.support')}>
        <Radio.Group
          options={[
            { value: 'SUPPORTED', label: t('editing.capabilities.supported') },
            { value: 'UNSUPPORTED', label: t('editing.capabilities.unsupported') },
          ]}
        />
      </Form.Item>
      <ConfigFields />
      <Form.Item<Values>
        name="isDefault"
        label={t('editing.capabilities.isDefault')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
    </FormDialog>
  );
}

/** How the model has it: nothing, a text or a structure. */
function ConfigFields() {
  const { t } = useTranslation();
  const kind = Form.useWatch<Values['kind'] | undefined>('kind') ?? 'none';
  return (
    <>
      <Form.Item<Values> name="kind" label={t('editing.capabilities.config')}>
        <Radio.Group
          options={(['none', 'text', 'json'] as const).map((value) => ({
            value,
            label: t(`editing.capabilities.configs.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item<Values>
        hidden={kind === 'none'}
        name="config"
        label={t(`editing.capabilities.configs.${kind}`)}
        rules={kind === 'none' ? [] : [required(t), rule(kind === 'json' ? jsonProblem : prose, t)]}
      >
        <Input.TextArea
          className={kind === 'json' ? 'mono' : ''}
          spellCheck={kind !== 'json'}
          autoSize={{ minRows: 3, maxRows: 14 }}
        />
      </Form.Item>
    </>
  );
}
