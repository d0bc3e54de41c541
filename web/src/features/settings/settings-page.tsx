import './settings.css';

import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../../console/states.tsx';
import { ExpiringKeys } from './expiring-keys.tsx';
import { Preferences } from './preferences.tsx';
import { Roles } from './roles.tsx';
import { Server } from './server.tsx';
import { SessionFacts } from './session-facts.tsx';
import { Tokens } from './tokens/tokens.tsx';

/** Who one is and what one may, who else gets in, how the server is, and how the console looks. */
export function SettingsPage() {
  const { t } = useTranslation();
  usePageTitle(t('views.settings'));
  return (
    <div className="page settings">
      <h1>{t('views.settings')}</h1>
      <div className="settings-pair">
        <SessionFacts />
        <Preferences />
      </div>
      <Tokens />
      <ExpiringKeys />
      <Roles />
      <Server />
    </div>
  );
}
