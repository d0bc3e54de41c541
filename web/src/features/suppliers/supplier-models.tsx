import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Scroll } from '../../console/data-table.tsx';
import { useFormat } from '../../console/format.ts';
import { Section } from '../../console/section.tsx';
import { type DocumentType, graphql } from '../../gql/index.ts';
import { Stage } from '../models/marks.tsx';
import { TYPES } from '../models/search.ts';

export const SupplierModelsFragment = graphql(`
  fragment SupplierModels on Supplier {
    id
    name
    models(first: 10, orderBy: [{ field: UPDATED_AT, direction: DESC }, { field: NAME }]) {
      totalCount
      facets {
        modelTypes {
          value
          label
          count
        }
      }
      nodes {
        id
        databaseId
        name
        displayName
        modelType
        lifecycleStage
        updatedAt
      }
    }
  }
`);

/** How many models of which type it offers, each a way into the table of models, and those changed last. */
export function SupplierModels({
  supplier,
}: {
  supplier: DocumentType<typeof SupplierModelsFragment>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { totalCount, facets, nodes } = supplier.models;
  const types = facets.modelTypes.flatMap(({ value, count }) => {
    const type = TYPES.find((known) => known === value);
    return type ? [{ type, count }] : [];
  });
  const lower = <T extends string>(text: T) => text.toLowerCase() as Lowercase<T>;
  return (
    <Section title={t('models.title')} count={totalCount} empty={t('suppliers.noModels')}>
      <ul className="supplier-types">
        <li>
          <Link to="/models" search={{ supplier: [supplier.name] }}>
            {t('suppliers.allModels')} <span>{format.number(totalCount)}</span>
          </Link>
        </li>
        {types.map(({ type, count }) => (
          <li key={type}>
            <Link to="/models" search={{ supplier: [supplier.name], type: [type] }}>
              {t(`types.${type}`)} <span>{format.number(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Scroll label={t('suppliers.lastModels')}>
        <table className="table" aria-label={t('suppliers.lastModels')}>
          <thead>
            <tr>
              <th scope="col">{t('models.columns.model')}</th>
              <th scope="col">{t('models.columns.type')}</th>
              <th scope="col">{t('models.columns.stage')}</th>
              <th scope="col">{t('models.columns.updated')}</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((model) => (
              <tr key={model.id}>
                <th scope="row">
                  <Link to="/models/$modelId" params={{ modelId: String(model.databaseId) }}>
                    <bdi>{model.displayName ?? model.name}</bdi>
                  </Link>
                </th>
                <td>{t(`types.${lower(model.modelType)}`)}</td>
                <td>
                  <Stage stage={model.lifecycleStage} />
                </td>
                <td>{format.moment(model.updatedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  );
}
