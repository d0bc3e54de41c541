import { useTranslation } from 'react-i18next';
import { Section } from '../../../console/section.tsx';
import { Value } from '../../../console/value.tsx';
import { type FragmentType, graphql, readFragment } from '../../../gql/index.ts';

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
