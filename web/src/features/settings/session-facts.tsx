import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
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
        <dl className="facts">
          <div>
            <dt>{t('settings.session.who')}</dt>
            <dd>
              {viewer.isAnonymous ? t('settings.session.anonymous') : <bdi>{viewer.name}</bdi>}
            </dd>
          </div>
          <div>
            <dt>{t('settings.session.role')}</dt>
            <dd>{viewer.role ? t(`session.roles.${viewer.role}`) : t('session.noRole')}</dd>
          </div>
          {viewer.scopes && (
            <div>
              <dt>{t('settings.session.scopes')}</dt>
              <dd>{viewer.scopes.map((scope) => t(`settings.scopes.${scope}`)).join(', ')}</dd>
            </div>
          )}
          {end && (
            <div>
              <dt>{t('settings.session.until')}</dt>
              <dd>{format.moment(end)}</dd>
            </div>
          )}
        </dl>
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
