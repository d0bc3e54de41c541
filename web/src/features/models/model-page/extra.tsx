import { useTranslation } from 'react-i18next';
import { type FragmentType, graphql, readFragment } from '../../../gql/index.ts';
import { Section } from './section.tsx';
import { Value } from './value.tsx';

const ExtraFragment = graphql(`
  fragment ModelExtra on Model {
    id
    extra
  }
`);

/** What catalogues say of it that has no place of its own. */
export function Extra(props: { model: FragmentType<typeof ExtraFragment> }) {
  const { t } = useTranslation();
  const { extra } = readFragment(ExtraFragment, props.model);
  return extra == null ? null : (
    <Section title={t('model.extra')}>
      <Value value={extra} />
    </Section>
  );
}
