import { useTranslation } from 'react-i18next';
import type { Client } from 'urql';
import { useFormat } from '../../../console/format.ts';
import { changedFrom, isSame } from '../../../console/forms/changes.ts';
import { ReasonField } from '../../../console/forms/common-fields.tsx';
import { FormDialog } from '../../../console/forms/form-dialog.tsx';
import type { UserError } from '../../../console/forms/user-errors.ts';
import { valueWord } from '../../../console/forms/value-words.ts';
import { nodeNow } from '../../../console/node-now.ts';
import { type DocumentType, graphql, readFragment } from '../../../gql/index.ts';
import { ModelFields } from '../model-form/model-fields.tsx';
import { inputOf, type ModelValues, valuesOf } from '../model-form/model-values.ts';
import { useEditor } from './editor.tsx';
import { updateModel } from './writes.ts';

export const ModelEditingFragment = graphql(`
  fragment ModelEditing on Model {
    id
    name
    displayName
    description
    modelType
    subType
    isActive
    isDefault
    lifecycleStage
    deprecatedOn
    retiresOn
    releasedOn
    knowledgeCutoff
    deletedAt
    version
    supplier {
      id
      name
      displayName
    }
    successor {
      id
      name
      displayName
    }
  }
`);

export type EditedModel = DocumentType<typeof ModelEditingFragment>;

const LatestDocument = graphql(`
  query LatestModel($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Model {
        ...ModelEditing
      }
    }
  }
`);

const LABELS = {
  name: 'editing.model.name',
  displayName: 'editing.model.displayName',
  description: 'editing.model.description',
  modelType: 'editing.model.type',
  subType: 'editing.model.subType',
  isActive: 'editing.model.isActive',
  lifecycleStage: 'editing.model.stage',
  deprecatedOn: 'editing.model.deprecatedOn',
  retiresOn: 'editing.model.retiresOn',
  releasedOn: 'editing.model.releasedOn',
  knowledgeCutoff: 'editing.model.cutoff',
  successor: 'editing.model.successor',
  isDefault: 'editing.model.isDefault',
  reason: 'forms.reason',
} as const;

/** How a value of a model's field is shown where it is compared. */
function useDescribe() {
  const { t } = useTranslation();
  const format = useFormat();
  const DAYS = ['deprecatedOn', 'retiresOn', 'releasedOn', 'knowledgeCutoff'];
  const textOf = (key: keyof ModelValues, value: unknown): string => {
    if (typeof value === 'object' && value !== null && 'label' in value) {
      return String(value.label);
    }
    const text = String(value ?? '');
    return DAYS.includes(key) && text !== ''
      ? format.day(text)
      : (valueWord(key, value, t) ?? text);
  };
  return (key: keyof ModelValues, value: unknown) => ({
    label: t(LABELS[key]),
    text: textOf(key, value),
  });
}

/** Reads a model past the cache, and so has the page show it as it is now. */
export async function latestModel(client: Client, id: string): Promise<EditedModel | undefined> {
  const node = await nodeNow(client, LatestDocument, id);
  return node?.__typename === 'Model' ? readFragment(ModelEditingFragment, node) : undefined;
}

/** Changes what a model is; what hangs on it is changed in its sections. */
export function EditModel({ model, close }: { model: EditedModel; close: () => void }) {
  const { t } = useTranslation();
  const { client, saved } = useEditor();
  const describe = useDescribe();
  const initial = valuesOf(model);

  const latest = async () => {
    const now = await latestModel(client, model.id);
    return now && { version: now.version, values: valuesOf(now) };
  };

  return (
    <FormDialog<ModelValues>
      title={t('editing.model.title', { name: model.displayName ?? model.name })}
      width={760}
      initial={initial}
      version={model.version}
      shown={Object.keys(LABELS)}
      pathOf={({ field }: UserError) => (field[0] === 'successorId' ? ['successor'] : field)}
      describe={describe}
      latest={latest}
      save={(_, values, version) => {
        const { reason, ...changed } = changedFrom(inputOf(initial), inputOf(values));
        return updateModel(client, {
          id: model.id,
          expectedVersion: version ?? null,
          ...changed,
          ...(isSame(reason, null) ? {} : { reason: reason ?? null }),
        } as Parameters<typeof updateModel>[1]);
      }}
      onDone={(answer) => saved(answer, t('editing.model.saved'))}
      onClose={close}
    >
      <ModelFields before={{ ...initial, id: model.id, isDefault: model.isDefault }} />
      <ReasonField />
    </FormDialog>
  );
}
