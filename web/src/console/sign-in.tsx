import { Button } from 'antd';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useSession } from './session.tsx';
import { usePageTitle } from './states.tsx';

/** How one gets in. There is no password: whoever may run commands with the database hands out links. */
export function SignInPage() {
  const { t } = useTranslation();
  const { viewer, check } = useSession();
  const [wasAsked, setAsked] = useState(false);
  usePageTitle(t('signIn.title'));
  const isIn = viewer !== undefined && !viewer.isAnonymous;
  return (
    <section className="page prose">
      <h1>{t('signIn.title')}</h1>
      {isIn && <p role="status">{t('signIn.already', { name: viewer.name })}</p>}
      <p>{t('signIn.intro')}</p>
      <ol>
        <li>
          <Trans i18nKey="signIn.make" components={{ code: <code /> }} />
        </li>
        <li>{t('signIn.open')}</li>
        <li>{t('signIn.back')}</li>
      </ol>
      <p>
        <Trans i18nKey="signIn.first" components={{ code: <code /> }} />
      </p>
      {viewer?.role && viewer.isAnonymous && <p>{t('signIn.readOnly')}</p>}
      <Button
        type="primary"
        onClick={() => {
          setAsked(true);
          check();
        }}
      >
        {t('banners.signedIn')}
      </Button>
      <p role="status">{wasAsked && !isIn && t('signIn.notYet')}</p>
    </section>
  );
}
