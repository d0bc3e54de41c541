import { useTranslation } from 'react-i18next';
import { DataTable, Scroll } from '../../../console/data-table.tsx';
import { type Format, useFormat } from '../../../console/format.ts';
import { Section } from '../../../console/section.tsx';
import { Value, writeValue } from '../../../console/value.tsx';
import { type FragmentType, graphql, readFragment } from '../../../gql/index.ts';
import { AddButton } from './edit-buttons.tsx';
import { useEditor } from './editor.tsx';
import { type Parameter, ParameterDialog, ParameterFragment } from './parameter-dialog.tsx';
import { RowActions } from './row-actions.tsx';
import { deleteParameter } from './writes-of-values.ts';

const ParametersFragment = graphql(`
  fragment ModelParameters on Model {
    id
    parameters {
      id
      ...EditedParameter
    }
  }
`);

export function Parameters(props: { model: FragmentType<typeof ParametersFragment> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = readFragment(ParametersFragment, props.model);
  const parameters = model.parameters.map((each) => readFragment(ParameterFragment, each));
  const { mayEdit, open, client } = useEditor();
  const dialogOf = (parameter?: Parameter) => (close: () => void) => (
    <ParameterDialog
      modelId={model.id}
      {...(parameter ? { parameter } : {})}
      taken={parameters.filter(({ id }) => id !== parameter?.id).map(({ name }) => name)}
      close={close}
    />
  );
  return (
    <Section
      title={t('model.parameters.title')}
      count={parameters.length}
      empty={t('model.parameters.empty')}
      actions={<AddButton label={t('editing.parameters.add')} dialog={dialogOf()} />}
    >
      <Scroll label={t('model.parameters.title')}>
        <DataTable<Parameter>
          label={t('model.parameters.title')}
          rows={parameters}
          keyOf={({ id }) => id}
          columns={[
            {
              key: 'name',
              isHeader: true,
              title: t('model.parameters.name'),
              render: ({ name, description }) => (
                <>
                  <bdi className="mono">{name}</bdi>
                  {description && <p className="muted cell-note">{description}</p>}
                </>
              ),
            },
            {
              key: 'value',
              title: t('model.parameters.value'),
              className: 'cell-value',
              render: ({ value, isDefault }) => (
                <>
                  {typeof value === 'number' ? (
                    <span className="mono">{format.number(value)}</span>
                  ) : (
                    <Value value={value} />
                  )}
                  {isDefault && <span className="flag">{t('model.parameters.default')}</span>}
                </>
              ),
            },
            {
              key: 'type',
              title: t('model.parameters.type'),
              render: ({ type }) => (
                <span className="muted">{t(`editing.parameters.types.${type}`)}</span>
              ),
            },
            {
              key: 'allowed',
              title: t('model.parameters.allowed'),
              render: (parameter) => <Allowed parameter={parameter} format={format} />,
            },
            {
              key: 'source',
              title: t('model.parameters.source'),
              render: ({ source }) => <span className="muted">{source ?? '–'}</span>,
            },
            ...(mayEdit
              ? [
                  {
                    key: 'actions',
                    title: t('editing.actions'),
                    isTitleHidden: true,
                    className: 'cell-actions',
                    render: (parameter: Parameter) => (
                      <RowActions
                        name={parameter.name}
                        onEdit={() => open(dialogOf(parameter))}
                        remove={() =>
                          deleteParameter(client, {
                            id: parameter.id,
                            expectedVersion: parameter.version,
                          })
                        }
                        removed={t('editing.parameters.removed', { name: parameter.name })}
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Scroll>
    </Section>
  );
}

function Allowed({ parameter, format }: { parameter: Parameter; format: Format }) {
  const { t } = useTranslation();
  const { minimum, maximum, allowedValues } = parameter;
  const parts = [
    minimum == null ? [] : t('model.parameters.atLeast', { value: format.number(minimum) }),
    maximum == null ? [] : t('model.parameters.atMost', { value: format.number(maximum) }),
    allowedValues == null ? [] : writeValue(allowedValues),
  ].flat();
  return <span className={parts.length > 0 ? '' : 'muted'}>{parts.join(' · ') || '–'}</span>;
}
