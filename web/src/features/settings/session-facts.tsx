import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Fact, Facts } from '../../console/facts.tsx';
import { useFormat } from '../../console/format.ts';
import { Section } from '../../console/section.tsx';
import { useSession } from '../../console/session.tsx';
import { graphql } from '../../gql/index.ts';

const SessionDocument = graphql(`
  query SessionFacts {
    viewer {
      name
      expiresAt
    }
  }
`);

/** Who asks, and what they may. */
export function SessionFacts() {
  const { t } = useTranslation();
  const format = useFormat();
  const { viewer } = useSession();
  const [{ data }] = useQuery({ query: SessionDocument, requestPolicy: 'network-only' });
  const end = data && data.viewer.name === viewer?.name ? data.viewer.expiresAt : undefined;
  return (
    <Section title={t('settings.session.title')}>
      {viewer && (
        <Facts>
          <Fact name={t('settings.session.who')}>
            {viewer.isAnonymous ? t('settings.session.anonymous') : <bdi>{viewer.name}</bdi>}
          </Fact>
          <Fact name={t('settings.session.role')}>
            {viewer.role ? t(`session.roles.${viewer.role}`) : t('session.noRole')}
          </Fact>
          <Fact name={t('settings.session.scopes')}>
            {viewer.scopes && (
              <span>{viewer.scopes.map((scope) => t(`settings.scopes.${scope}`)).join(', ')}</span>
            )}
          </Fact>
          <Fact name={t('settings.session.until')}>{end && format.moment(end)}</Fact>
        </Facts>
      )}
      {viewer && !viewer.isAnonymous && (
        <div>
          {/* The server's own page ends the session. */}
          <Button href="/login">{t('session.signOut')}</Button>
        </div>
      )}
      {viewer?.isAnonymous && <Link to="/sign-in">{t('session.signIn')}</Link>}
    </Section>
  );
}
