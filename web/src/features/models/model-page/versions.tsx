import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../console/format.ts';
import { type FragmentType, graphql, readFragment } from '../../../gql/index.ts';
import { Section } from './section.tsx';

const VersionsFragment = graphql(`
  fragment ModelVersions on Model {
    id
    versions(first: 50) {
      totalCount
      nodes {
        id
        label
        notes
        createdAt
        pointers {
          id
          name
        }
      }
    }
  }
`);

export function Versions(props: { model: FragmentType<typeof VersionsFragment> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { versions } = readFragment(VersionsFragment, props.model);
  return (
    <Section
      title={t('model.versions.title')}
      count={versions.totalCount}
      empty={t('model.versions.empty')}
    >
      <ul className="plain versions">
        {versions.nodes.map(({ id, label, notes, createdAt, pointers }) => (
          <li key={id}>
            <bdi className="mono">{label}</bdi>
            {pointers.map((pointer) => (
              <span key={pointer.id} className="flag">
                {pointer.name}
              </span>
            ))}
            <span className="muted">{format.moment(createdAt)}</span>
            {notes && <p className="overview-text">{notes}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
