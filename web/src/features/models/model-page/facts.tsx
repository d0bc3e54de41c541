import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Fact, Facts } from '../../../console/facts.tsx';
import { useFormat } from '../../../console/format.ts';
import { Section } from '../../../console/section.tsx';
import { type FragmentType, graphql, readFragment } from '../../../gql/index.ts';
import { Aliases } from './aliases.tsx';
import { Categories } from './categories.tsx';
import { useEditor } from './editor.tsx';

const FactsFragment = graphql(`
  fragment ModelFacts on Model {
    id
    supplier {
      id
      name
      displayName
    }
    modelType
    subType
    releasedOn
    knowledgeCutoff
    deprecatedOn
    retiresOn
    successor {
      id
      databaseId
      name
      displayName
    }
    aliases {
      id
    }
    ...ModelAliases
    ...ModelPlaces
    createdAt
    updatedAt
    version
  }
`);

/** What a model is, at the side. What isn't known is not named, but for what everyone asks. */
export function ModelFacts(props: { model: FragmentType<typeof FactsFragment> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = readFragment(FactsFragment, props.model);
  const { mayEdit } = useEditor();
  const { supplier, successor } = model;
  const day = (value: string | null | undefined) => value && format.day(value);
  return (
    <aside className="model-side">
      <Section title={t('model.facts')}>
        <Facts>
          <Fact name={t('model.supplier')}>
            <Link to="/models" search={{ supplier: [supplier.name] }}>
              <bdi>{supplier.displayName ?? supplier.name}</bdi>
            </Link>
          </Fact>
          <Fact name={t('model.type')}>
            {t(`types.${model.modelType.toLowerCase() as Lowercase<typeof model.modelType>}`)}
            {model.subType && ` · ${model.subType}`}
          </Fact>
          <Fact name={t('model.released')}>{day(model.releasedOn) ?? t('models.unknown')}</Fact>
          <Fact name={t('model.cutoff')}>{day(model.knowledgeCutoff) ?? t('models.unknown')}</Fact>
          <Fact name={t('model.deprecatedOn')}>{day(model.deprecatedOn)}</Fact>
          <Fact name={t('model.retiresOn')}>{day(model.retiresOn)}</Fact>
          <Fact name={t('model.successor')}>
            {successor && (
              <Link to="/models/$modelId" params={{ modelId: String(successor.databaseId) }}>
                <bdi>{successor.displayName ?? successor.name}</bdi>
              </Link>
            )}
          </Fact>
          <Fact name={t('model.aliases')}>
            {(mayEdit || model.aliases.length > 0) && <Aliases model={model} />}
          </Fact>
          <Fact name={t('model.categories')}>
            <Categories model={model} />
          </Fact>
          <Fact name={t('model.created')}>{format.moment(model.createdAt)}</Fact>
          <Fact name={t('model.updated')}>{format.moment(model.updatedAt)}</Fact>
          <Fact name={t('model.id')}>
            <span className="mono">{model.id}</span>
          </Fact>
          <Fact name={t('model.version')}>{format.number(model.version)}</Fact>
        </Facts>
      </Section>
    </aside>
  );
}
