import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../../console/forms/form-dialog.tsx';
import { freeName, required, rule } from '../../../console/forms/rules.ts';
import { type FragmentType, graphql, readFragment } from '../../../gql/index.ts';
import { AddButton } from './edit-buttons.tsx';
import { useEditor } from './editor.tsx';
import { Removable } from './removable.tsx';
import { createAlias, deleteAlias } from './writes.ts';

export const AliasesFragment = graphql(`
  fragment ModelAliases on Model {
    id
    name
    aliases {
      id
      alias
      version
    }
  }
`);

/** The other names of a model. */
export function Aliases(props: { model: FragmentType<typeof AliasesFragment> }) {
  const { t } = useTranslation();
  const model = readFragment(AliasesFragment, props.model);
  const { client } = useEditor();
  return (
    <>
      {model.aliases.map(({ id, alias, version }) => (
        <Removable
          key={id}
          name={alias}
          remove={() => deleteAlias(client, { id, expectedVersion: version })}
          removed={t('editing.aliases.removed', { name: alias })}
        >
          <bdi className="mono">{alias}</bdi>
        </Removable>
      ))}
      <AddButton
        label={t('editing.aliases.add')}
        dialog={(close) => (
          <AddAlias
            modelId={model.id}
            name={model.name}
            known={model.aliases.map(({ alias }) => alias)}
            close={close}
          />
        )}
      />
    </>
  );
}

function AddAlias(props: {
  modelId: string;
  name: string;
  known: readonly string[];
  close: () => void;
}) {
  const { t } = useTranslation();
  const { client, saved } = useEditor();
  return (
    <FormDialog
      title={t('editing.aliases.add')}
      width={480}
      initial={{ alias: '' }}
      isNew
      saveLabel={t('editing.add')}
      save={(_, { alias }) => createAlias(client, { modelId: props.modelId, alias })}
      onDone={(answer, { alias }) => saved(answer, t('editing.aliases.added', { name: alias }))}
      onClose={props.close}
    >
      <Form.Item
        name="alias"
        label={t('editing.aliases.alias')}
        extra={t('editing.aliases.hint')}
        rules={[
          required(t),
          rule(freeName, t),
          rule((alias) => (alias === props.name ? t('editing.aliases.own') : undefined), t),
          rule(
            (alias) => (props.known.includes(alias) ? t('editing.aliases.twice') : undefined),
            t,
          ),
        ]}
      >
        <Input className="mono" autoComplete="off" spellCheck={false} />
      </Form.Item>
    </FormDialog>
  );
}
