import { BulbOutlined, GlobalOutlined } from '@ant-design/icons';
import { Link, Outlet } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import mark from '../favicon.svg';
import { AsOf, AsOfView } from './as-of/as-of.tsx';
import { AsOfBanner } from './as-of/as-of-banner.tsx';
import { AsOfButton } from './as-of/as-of-button.tsx';
import { useAsOf } from './as-of/as-of-context.ts';
import { Banners } from './banners.tsx';
import { LANGUAGES, type Language, setLanguage } from './i18n.ts';
import { Navigation } from './navigation.tsx';
import { PaletteButton } from './palette-button.tsx';
import { useSession } from './session.tsx';
import { SessionMenu } from './session-menu.tsx';
import { SignInPage } from './sign-in.tsx';
import { useStore } from './store.ts';
import { THEMES, type Theme, themePreference } from './theme.tsx';

/** What every view has around it, at whatever time. */
export function Shell() {
  return (
    <AsOf>
      <Frame />
    </AsOf>
  );
}

function Frame() {
  const { t } = useTranslation();
  const { isShut } = useSession();
  const isPast = useAsOf() !== undefined;
  return (
    <div className={isPast ? 'shell shell-past' : 'shell'}>
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <header className="bar">
        <Link to="/models" className="brand">
          <img src={mark} alt="" width={24} height={24} />
          <span className="wide">Modelry</span>
          <span className="hidden narrow">Modelry</span>
        </Link>
        <Navigation />
        <div className="bar-end">
          <PaletteButton />
          <AsOfButton />
          <LanguageMenu />
          <ThemeMenu />
          <SessionMenu />
        </div>
      </header>
      <AsOfBanner />
      <Banners />
      <main id="content" tabIndex={-1}>
        {isShut ? (
          <SignInPage />
        ) : (
          <AsOfView>
            <Outlet />
          </AsOfView>
        )}
      </main>
    </div>
  );
}

function LanguageMenu() {
  const { t, i18n } = useTranslation();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: Object.entries(LANGUAGES).map(([key, label]) => ({
          key,
          label: <span lang={key}>{label}</span>,
        })),
        selectable: true,
        selectedKeys: [i18n.language],
        onClick: ({ key }) => void setLanguage(key as Language),
      }}
    >
      <Button type="text" icon={<GlobalOutlined aria-hidden />} aria-label={t('shell.language')} />
    </Dropdown>
  );
}

function ThemeMenu() {
  const { t } = useTranslation();
  const theme = useStore(themePreference);
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: THEMES.map((key) => ({ key, label: t(`shell.themes.${key}`) })),
        selectable: true,
        selectedKeys: [theme],
        onClick: ({ key }) => themePreference.set(key as Theme),
      }}
    >
      <Button type="text" icon={<BulbOutlined aria-hidden />} aria-label={t('shell.theme')} />
    </Dropdown>
  );
}
