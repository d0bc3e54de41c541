import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ReasonField } from '../../../console/forms/common-fields.tsx';
import { FormDialog } from '../../../console/forms/form-dialog.tsx';
import { useSeen } from '../../../console/forms/use-seen.ts';
import { tellFailure } from '../../../console/forms/user-errors.ts';
import { graphql } from '../../../gql/index.ts';
import { type EditedModel, latestModel } from './edit-model.tsx';
import { useEditor } from './editor.tsx';
import { updateModel } from './writes.ts';

const DefaultDocument = graphql(`
  query DefaultNow($type: ModelType!, $subType: String) {
    defaultModelChoice(type: $type, subType: $subType) {
      reason
      configured {
        id
        name
        displayName
        isDefault
      }
    }
  }
`);

/** Says which model is the default now before another one takes its place. */
export function DefaultDialog(props: { model: EditedModel; close: () => void }) {
  const { t } = useTranslation();
  const { client, saved } = useEditor();
  const { seen: model, lookAgain } = useSeen(props.model, () =>
    latestModel(client, props.model.id),
  );
  const type = t(`types.${model.modelType.toLowerCase() as Lowercase<typeof model.modelType>}`);
  return (
    <FormDialog
      title={t('editing.default.title', { name: model.displayName ?? model.name })}
      width={520}
      initial={{ reason: '' }}
      isNew
      saveLabel={t('editing.default.confirm')}
      save={(_, { reason }) =>
        updateModel(client, {
          id: model.id,
          expectedVersion: model.version,
          isDefault: true,
          ...(reason ? { reason } : {}),
        })
      }
      lookAgain={lookAgain}
      onDone={(answer) => saved(answer, t('editing.default.made'))}
      onClose={props.close}
    >
      <p>
        {t('editing.default.of', { kind: model.subType ? `${type} · ${model.subType}` : type })}
      </p>
      <DefaultNow model={model} />
      <ReasonField />
    </FormDialog>
  );
}

function DefaultNow({ model }: { model: EditedModel }) {
  const { t } = useTranslation();
  const [{ data, error }] = useQuery({
    query: DefaultDocument,
    variables: { type: model.modelType, subType: model.subType ?? null },
    requestPolicy: 'network-only',
  });
  const now = data?.defaultModelChoice;
  const told = () => {
    if (error) {
      return tellFailure(error, t);
    }
    if (!data) {
      return t('editing.default.looking');
    }
    return now
      ? t('editing.default.now', { name: now.configured.displayName ?? now.configured.name })
      : t('editing.default.none');
  };
  return (
    <div role="status" className="default-now">
      <p>{told()}</p>
      {now?.reason && <p className="muted">{now.reason}</p>}
    </div>
  );
}
