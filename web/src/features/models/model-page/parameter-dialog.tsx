import { useTranslation } from 'react-i18next';
import { changedFrom } from '../../../console/forms/changes.ts';
import { FormDialog } from '../../../console/forms/form-dialog.tsx';
import { valueWord } from '../../../console/forms/value-words.ts';
import { nodeNow } from '../../../console/node-now.ts';
import { type DocumentType, graphql, readFragment } from '../../../gql/index.ts';
import { useEditor } from './editor.tsx';
import { EMPTY_PARAMETER, ParameterFields } from './parameter-fields.tsx';
import {
  type ParameterInput,
  type ParameterValues,
  readParameter,
  writeAllowed,
  writeValue,
} from './parameter-input.ts';
import { createParameter, updateParameter } from './writes-of-values.ts';

export const ParameterFragment = graphql(`
  fragment EditedParameter on ModelParameter {
    id
    name
    type
    value
    isDefault
    minimum
    maximum
    allowedValues
    description
    source
    version
  }
`);

export type Parameter = DocumentType<typeof ParameterFragment>;

const LatestDocument = graphql(`
  query LatestParameter($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on ModelParameter {
        ...EditedParameter
      }
    }
  }
`);

function valuesOf(parameter: Parameter): ParameterValues {
  const { type, minimum, maximum } = parameter;
  return {
    name: parameter.name,
    type,
    value: writeValue(type, parameter.value),
    minimum: minimum == null ? '' : String(minimum),
    maximum: maximum == null ? '' : String(maximum),
    allowed: writeAllowed(type, parameter.allowedValues),
    isDefault: parameter.isDefault,
    description: parameter.description ?? '',
  };
}

const LABELS = {
  name: 'editing.parameters.name',
  type: 'editing.parameters.type',
  value: 'editing.parameters.value',
  minimum: 'editing.parameters.minimum',
  maximum: 'editing.parameters.maximum',
  allowed: 'editing.parameters.allowed',
  isDefault: 'editing.parameters.isDefault',
  description: 'editing.parameters.description',
} as const;

export function ParameterDialog(props: {
  modelId: string;
  /** What is to be changed; a new one is made without. */
  parameter?: Parameter;
  /** Names that other parameters of the model have. */
  taken: readonly string[];
  close: () => void;
}) {
  const { t } = useTranslation();
  const { client, saved } = useEditor();
  const { parameter } = props;
  const initial = parameter ? valuesOf(parameter) : EMPTY_PARAMETER;

  /** What is not touched stays as it is, also where a browser couldn't have written it. */
  const inputOf = (values: ParameterValues): ParameterInput => {
    const { input } = readParameter(values, t);
    const isSameType = values.type === initial.type;
    return {
      ...input,
      ...(parameter && isSameType && values.value === initial.value
        ? { value: parameter.value }
        : {}),
      ...(parameter && isSameType && values.allowed === initial.allowed
        ? { allowedValues: (parameter.allowedValues as unknown[] | null) ?? null }
        : {}),
    };
  };

  const save = (values: ParameterValues, version: number | undefined) => {
    const input = inputOf(values);
    if (!parameter) {
      return createParameter(client, { modelId: props.modelId, ...input });
    }
    return updateParameter(client, {
      id: parameter.id,
      expectedVersion: version ?? null,
      ...changedFrom(inputOf(initial), input),
    } as Parameters<typeof updateParameter>[1]);
  };

  const latest = async () => {
    const node = await nodeNow(client, LatestDocument, parameter?.id ?? '');
    const now =
      node?.__typename === 'ModelParameter' ? readFragment(ParameterFragment, node) : undefined;
    return now && { version: now.version, values: valuesOf(now) };
  };

  return (
    <FormDialog<ParameterValues>
      title={
        parameter
          ? t('editing.parameters.title', { name: parameter.name })
          : t('editing.parameters.add')
      }
      initial={initial}
      version={parameter?.version}
      isNew={!parameter}
      pathOf={({ field }) => (field[0] === 'allowedValues' ? ['allowed'] : field)}
      latest={latest}
      describe={(key, value) => ({
        label: t(LABELS[key]),
        text: valueWord(key, value, t) ?? String(value ?? ''),
      })}
      save={(_, values, version) => save(values, version)}
      onDone={(answer, { name }) =>
        saved(answer, t(`editing.parameters.${parameter ? 'saved' : 'added'}`, { name }))
      }
      onClose={props.close}
    >
      <ParameterFields taken={props.taken} before={parameter ? initial : undefined} />
    </FormDialog>
  );
}
