import { useTranslation } from 'react-i18next';
import { DataTable, Scroll } from '../../../console/data-table.tsx';
import { type Format, useFormat } from '../../../console/format.ts';
import { type DocumentType, type FragmentType, graphql, readFragment } from '../../../gql/index.ts';
import { Section } from './section.tsx';
import { Value, writeValue } from './value.tsx';

const ParametersFragment = graphql(`
  fragment ModelParameters on Model {
    id
    parameters {
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
    }
  }
`);

type Parameter = DocumentType<typeof ParametersFragment>['parameters'][number];

export function Parameters(props: { model: FragmentType<typeof ParametersFragment> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { parameters } = readFragment(ParametersFragment, props.model);
  return (
    <Section
      title={t('model.parameters.title')}
      count={parameters.length}
      empty={t('model.parameters.empty')}
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
              render: ({ type }) => <span className="muted mono">{type.toLowerCase()}</span>,
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
